// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A lesson with a step of each kind, from its start to its end: by keys alone, and with the mouse alone. And what a teacher does with it.
#include "LessonDocks.h"
#include "LessonFiles.h"
#include "LessonPointer.h"
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "PresenterMode.h"
#include "StepWorkspace.h"
#include "console/ConsoleView.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "lessons/AnswerList.h"
#include "lessons/CourseList.h"
#include "lessons/CoursePage.h"
#include "lessons/LessonPane.h"
#include "lessons/QuestionCard.h"
#include "lessons/TallyCard.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "theme/Theme.h"
#include "timeline/TimelineView.h"

#include <QAction>
#include <QApplication>
#include <QDir>
#include <QDockWidget>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <QToolButton>

namespace loopscope {

class LessonWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void courseIsListed();
    void fromStartToEnd_data();
    void fromStartToEnd();
    void nothingIsSeenBeforeTheAnswer();
    void wrongAnswerIsExplainedAndComesBack();
    void momentsArePointedAt();
    void textOfATaskIsKept();
    void hintsComeOneByOne();
    void docksAreAsTheyWere_data();
    void docksAreAsTheyWere();
    void audienceRaisesHands();
    void filesAreReadAgain();
    void whatCannotBeOpenedIsSaid();
    void progressGoesElsewhere();

private:
    LessonsWorkspace &lessons() { return m_window->lessons(); }
    LessonPane &pane() { return lessons().pane(); }
    QuestionCard &question() { return pane().question(); }
    QString step() { return lessons().walk().id(); }
    /// By a key or by a click on the button that says so.
    void act(bool byKeys);
    void press(QAction *action);
    /// Puts the chips into this order, or chooses these.
    void answer(const QStringList &answer, bool byKeys);
    void choose(AnswerList &list, const QString &item, bool byKeys);
    void waitForQuestion();

    QTemporaryDir m_folder;
    QString m_course;
    std::unique_ptr<MainWindow> m_window;
};

void LessonWindowTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    m_course = QFINDTESTDATA("fixtures/lessons");
    QVERIFY(!m_course.isEmpty());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void LessonWindowTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->openLessons(m_course));
}

void LessonWindowTest::press(QAction *action)
{
    for (QToolButton *button : pane().findChildren<QToolButton *>()) {
        if (button->isVisible() && button->toolTip() == action->toolTip() && button->text() == action->iconText()) {
            QVERIFY2(button->isEnabled(), qPrintable(button->text()));
            QTest::mouseClick(button, Qt::LeftButton);
            return;
        }
    }
    QFAIL(qPrintable(QStringLiteral("no button for ") + action->text()));
}

void LessonWindowTest::act(bool byKeys)
{
    QTRY_VERIFY_WITH_TIMEOUT(m_window->commands().lessonAct->isEnabled(), 20'000);
    if (byKeys)
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Return, Qt::ControlModifier);
    else
        press(m_window->commands().lessonAct);
}

void LessonWindowTest::waitForQuestion()
{
    QTRY_VERIFY_WITH_TIMEOUT(question().chips().count() > 0 && question().list().isVisible(), 20'000);
}

void LessonWindowTest::choose(AnswerList &list, const QString &item, bool byKeys)
{
    const auto place = static_cast<int>(list.chips().items().indexOf(item));
    QVERIFY(place >= 0);
    if (!byKeys) {
        QTest::mouseClick(&list, Qt::LeftButton, {}, list.itemRect(place).center());
        return;
    }
    list.setFocus();
    QTest::keyClick(&list, Qt::Key_Home);
    for (int i = 0; i < place; ++i)
        QTest::keyClick(&list, Qt::Key_Down);
    QTest::keyClick(&list, Qt::Key_Space);
}

void LessonWindowTest::answer(const QStringList &answer, bool byKeys)
{
    AnswerList &list = question().list();
    if (list.chips().kind() != AnswerChips::Kind::Order) {
        choose(list, answer.constFirst(), byKeys);
        return;
    }
    for (int place = 0; place < answer.size(); ++place) {
        const auto from = static_cast<int>(list.chips().items().indexOf(answer.at(place)));
        QVERIFY(from >= place);
        if (from == place)
            continue;
        if (byKeys) {
            list.setFocus();
            QTest::keyClick(&list, Qt::Key_Home);
            for (int i = 0; i < from; ++i)
                QTest::keyClick(&list, Qt::Key_Down);
            for (int i = from; i > place; --i)
                QTest::keyClick(&list, Qt::Key_Up, Qt::AltModifier);
            continue;
        }
        const QPoint start = list.itemRect(from).center();
        const QPoint end(start.x(), list.itemRect(place).top() + 1);
        QTest::mousePress(&list, Qt::LeftButton, {}, start);
        QMouseEvent move(QEvent::MouseMove, end, list.mapToGlobal(end), Qt::NoButton, Qt::LeftButton, {});
        QApplication::sendEvent(&list, &move);
        QTest::mouseRelease(&list, Qt::LeftButton, {}, end);
    }
    QCOMPARE(list.chips().answer(), answer);
}

void LessonWindowTest::courseIsListed()
{
    CourseList &list = lessons().page().list();
    QVERIFY(list.isVisible());
    QVERIFY(list.hasFocus());
    QCOMPARE(list.itemCount(), 1); // the other one cannot be taken
    QVERIFY(list.itemName(0).contains(QStringLiteral("All kinds of steps")));
    const QString problems = lessons().page().problemText();
    QVERIFY2(problems.contains(QStringLiteral("broken/lesson.json:5")), qPrintable(problems));
    QVERIFY2(problems.contains(QStringLiteral("nowhere.js")), qPrintable(problems));
    QTest::keyClick(&list, Qt::Key_Return);
    QTRY_COMPARE(step(), QStringLiteral("read"));
    QVERIFY(!lessons().page().isVisible());
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_4, Qt::ControlModifier); // and back
    QTRY_VERIFY(lessons().page().isVisible());
}

void LessonWindowTest::fromStartToEnd_data()
{
    QTest::addColumn<bool>("byKeys");
    QTest::newRow("by keys") << true;
    QTest::newRow("by the mouse") << false;
}

void LessonWindowTest::fromStartToEnd()
{
    QFETCH(const bool, byKeys);
    CourseList &list = lessons().page().list();
    if (byKeys)
        QTest::keyClick(&list, Qt::Key_Return);
    else
        QTest::mouseClick(&list, Qt::LeftButton, {}, list.itemRect(0).center());
    QTRY_COMPARE(step(), QStringLiteral("read"));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("watch"));
    for (int moment = 0; moment < 3; ++moment) {
        act(byKeys);
        QTRY_COMPARE_WITH_TIMEOUT(lessons().walk().moment(), moment, 20'000);
    }
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("order"));
    waitForQuestion();
    answer({QStringLiteral("script"), QStringLiteral("microtask"), QStringLiteral("timer")}, byKeys);
    act(byKeys);
    QVERIFY2(pane().feedbackText().contains(QStringLiteral("✓ Right")), qPrintable(pane().feedbackText()));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("order.again"));
    waitForQuestion();
    answer({QStringLiteral("script"), QStringLiteral("tick"), QStringLiteral("microtask")}, byKeys);
    act(byKeys);
    QVERIFY(pane().feedbackText().contains(QStringLiteral("✓ Right")));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("queue"));
    waitForQuestion();
    answer({QStringLiteral("soon")}, byKeys);
    act(byKeys);
    QVERIFY2(pane().feedbackText().contains(QStringLiteral("✓ Right")), qPrintable(pane().feedbackText()));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("next"));
    waitForQuestion();
    answer({QStringLiteral("soon")}, byKeys);
    const auto rules = QuestionCard::rulesInWords();
    choose(question().rules(), rules.at(2).second, byKeys); // microtasks-first
    act(byKeys);
    QVERIFY2(pane().feedbackText().contains(QStringLiteral("✓ Right")), qPrintable(pane().feedbackText()));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("choice"));
    waitForQuestion();
    answer({QStringLiteral("Three.")}, byKeys);
    act(byKeys);
    QVERIFY2(pane().feedbackText().contains(QStringLiteral("✓ Right")), qPrintable(pane().feedbackText()));
    act(byKeys);
    QTRY_COMPARE(step(), QStringLiteral("do"));
    act(byKeys);
    QTRY_VERIFY_WITH_TIMEOUT(pane().feedbackText().contains(QStringLiteral("✗ Not yet")), 20'000);
    QVERIFY(pane().feedbackText().contains(QStringLiteral("It still says wrong.")));
    m_window->editor().selectAll();
    m_window->editor().replaceSelectedText(QStringLiteral("console.log('right');\n"));
    act(byKeys);
    QTRY_VERIFY_WITH_TIMEOUT(pane().feedbackText().contains(QStringLiteral("✓ That is it")), 20'000);
    act(byKeys); // the last step: done
    QTRY_VERIFY(lessons().page().isVisible());
    QCOMPARE(list.rows().constFirst().note, QStringLiteral("done"));
    QVERIFY(!lessons().page().retryButton().isVisible());
}

void LessonWindowTest::nothingIsSeenBeforeTheAnswer()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("order")));
    waitForQuestion();
    QVERIFY(m_window->source().isVisible());
    QVERIFY(!m_window->workspace().consoleView()->isVisible());
    QVERIFY(!m_window->workspace().loopPane()->isVisible());
    QVERIFY(m_window->session().reader() == nullptr);
    for (const QAction *action : {m_window->commands().run, m_window->commands().nextEvent, m_window->commands().runAgain})
        QVERIFY2(!action->isEnabled(), qPrintable(action->text()));
    QVERIFY(m_window->editor().isReadOnly());
    act(true);
    QVERIFY(m_window->workspace().consoleView()->isVisible());
    QVERIFY(m_window->workspace().loopPane()->isVisible());
    QTRY_VERIFY(m_window->commands().nextEvent->isEnabled());
    QCOMPARE(m_window->stepper().cursor(), quint64{0}); // the run is stepped from its start
    m_window->commands().nextEvent->trigger();
    QVERIFY(m_window->stepper().cursor() > 0);
}

void LessonWindowTest::wrongAnswerIsExplainedAndComesBack()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("order")));
    waitForQuestion();
    answer({QStringLiteral("script"), QStringLiteral("timer"), QStringLiteral("microtask")}, true);
    act(true);
    const QString said = pane().feedbackText();
    QVERIFY2(said.contains(QStringLiteral("✗ Not so")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("✗ here")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("Timers wait for the loop; microtasks do not.")), qPrintable(said));
    QVERIFY2(said.contains(QStringLiteral("First the script, then its microtasks, then the loop.")), qPrintable(said));
    auto *feedback = pane().findChild<QTextBrowser *>(QString(), Qt::FindChildrenRecursively);
    QVERIFY(feedback != nullptr);
    const quint64 before = m_window->stepper().cursor();
    Q_EMIT pane().linkChosen(QUrl(QStringLiteral("event:5")));
    QCOMPARE(m_window->stepper().cursor(), quint64{6});
    QVERIFY(before != 6);
    m_window->commands().courseList->trigger();
    QTRY_VERIFY(lessons().page().retryButton().isVisible());
    QTest::mouseClick(&lessons().page().retryButton(), Qt::LeftButton);
    QTRY_COMPARE(step(), QStringLiteral("order"));
    waitForQuestion();
    answer({QStringLiteral("script"), QStringLiteral("microtask"), QStringLiteral("timer")}, true);
    act(true);
    act(true);
    QTRY_VERIFY(lessons().page().isVisible());
    QVERIFY(!lessons().page().retryButton().isVisible());
}

void LessonWindowTest::momentsArePointedAt()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("watch")));
    const auto *pointer = m_window->findChild<LessonPointer *>();
    QVERIFY(pointer != nullptr);
    QVERIFY(pointer->rect().isEmpty());
    quint64 cursor = 0;
    QStringList places;
    for (int moment = 0; moment < 3; ++moment) {
        act(true);
        QTRY_COMPARE_WITH_TIMEOUT(lessons().walk().moment(), moment, 20'000);
        QVERIFY(m_window->stepper().cursor() > cursor);
        cursor = m_window->stepper().cursor();
        QTRY_VERIFY(!pointer->rect().isEmpty());
        places << pointer->place();
    }
    QCOMPARE(places, (QStringList{QStringLiteral("stack"), QStringLiteral("microtasks"), QStringLiteral("timers")}));
    act(true);
    QTRY_VERIFY(pointer->rect().isEmpty());
}

void LessonWindowTest::textOfATaskIsKept()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("do")));
    const QString mine = QStringLiteral("console.log('mine');\n");
    m_window->editor().selectAll();
    m_window->editor().replaceSelectedText(mine);
    act(true);
    QTRY_VERIFY_WITH_TIMEOUT(pane().feedbackText().contains(QStringLiteral("✗ Not yet")), 20'000);
    const QString more = QStringLiteral("console.log('more');\n");
    m_window->editor().append(more); // not tried, but typed
    m_window->commands().previousLessonStep->trigger();
    QTRY_COMPARE(step(), QStringLiteral("choice"));
    m_window->commands().nextLessonStep->trigger();
    QTRY_COMPARE(step(), QStringLiteral("do"));
    QCOMPARE(m_window->editor().text(), mine + more);
    QFile original(QDir(m_course).filePath(QStringLiteral("kinds/task.js")));
    QVERIFY(original.open(QIODevice::ReadOnly));
    QVERIFY(!original.readAll().contains("mine"));
    m_window->commands().lessonReset->trigger(); // asks first
    QCOMPARE(m_window->editor().text(), mine + more);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(m_window->editor().text().contains(QStringLiteral("wrong")));
}

void LessonWindowTest::hintsComeOneByOne()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("do")));
    const auto shown = [&] {
        QStringList all;
        for (const QTextBrowser *each : pane().findChildren<QTextBrowser *>()) {
            if (each->isVisible())
                all << each->toPlainText();
        }
        return all.join(u'\n');
    };
    QVERIFY(!shown().contains(QStringLiteral("Hint 1")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_H, Qt::ControlModifier | Qt::AltModifier);
    QVERIFY(shown().contains(QStringLiteral("Hint 1. Look at the text in quotes.")));
    QVERIFY(!shown().contains(QStringLiteral("Hint 2")));
    m_window->commands().lessonHint->trigger();
    QVERIFY(shown().contains(QStringLiteral("Hint 2")));
    QVERIFY(!m_window->commands().lessonHint->isEnabled());
    QVERIFY(!shown().contains(QStringLiteral("One word is another.")));
    m_window->commands().lessonSolution->trigger(); // asks first
    QVERIFY(!shown().contains(QStringLiteral("A solution")));
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Space);
    QTRY_VERIFY(shown().contains(QStringLiteral("console.log('right');")));
    QVERIFY(shown().contains(QStringLiteral("One word is another.")));
}

void LessonWindowTest::docksAreAsTheyWere_data()
{
    QTest::addColumn<bool>("isPresenting");
    QTest::newRow("at the desk") << false;
    QTest::newRow("from presenter mode") << true;
}

void LessonWindowTest::docksAreAsTheyWere()
{
    QFETCH(bool, isPresenting);
    m_window->commands().stepWorkspace->trigger();
    QTest::qWait(100);
    const auto places = [&] {
        QMap<QString, QRect> all;
        for (const QDockWidget *dock : m_window->findChildren<QDockWidget *>(QString(), Qt::FindDirectChildrenOnly))
            all.insert(
                dock->objectName(), (dock->isVisible() && dock->geometry().intersects(m_window->rect()) ? dock->geometry() : QRect()));
        return all;
    };
    const QMap<QString, QRect> before = places();
    const QSize size = m_window->size();
    if (isPresenting) {
        m_window->commands().presenter->trigger();
        QTRY_VERIFY(places() != before);
    }
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("read")));
    QTRY_VERIFY(lessons().docks().textDock().isVisible());
    QVERIFY(!m_window->presenter().isOn());
    if (isPresenting)
        QTest::qWait(1500); // what the presenter mode does later does not take the lesson's views away
    QVERIFY(lessons().docks().textDock().isVisible());
    QVERIFY(!m_window->workspace().timelineView()->isVisible());
    QCOMPARE(m_window->size(), size);
    m_window->commands().stepWorkspace->trigger();
    QCOMPARE(m_window->size(), size);
    QTRY_COMPARE_WITH_TIMEOUT(places(), before, 3000);
    QVERIFY(!lessons().docks().textDock().isVisible());
    m_window->commands().lessonsWorkspace->trigger(); // where it was left
    QTRY_VERIFY(lessons().docks().textDock().isVisible());
    QCOMPARE(step(), QStringLiteral("read"));
}

void LessonWindowTest::audienceRaisesHands()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("order")));
    m_window->commands().presenter->trigger();
    TallyCard &tally = lessons().tally();
    QTRY_VERIFY_WITH_TIMEOUT(tally.isVisible(), 20'000);
    QVERIFY(Theme::current().zoom() > 100);
    QVERIFY(pane().feedbackText().isEmpty());
    QVERIFY(m_window->session().reader() == nullptr);
    const auto script = static_cast<int>(tally.tally().answers().indexOf(QStringLiteral("script")));
    QVERIFY(script >= 0);
    tally.fields().at(script)->setValue(12);
    tally.fields().at((script + 1) % 3)->setValue(4);
    act(true);
    QVERIFY2(tally.said().at(script).contains(QStringLiteral("12 of 16 hands (75 %)")), qPrintable(tally.said().join(u'\n')));
    QVERIFY(tally.said().at(script).contains(QStringLiteral("✓")));
    QVERIFY(!tally.said().at((script + 1) % 3).contains(QStringLiteral("✓")));
    QVERIFY(pane().feedbackText().contains(QStringLiteral("What the run did")));
    QVERIFY(lessons().walk().answer() == nullptr); // an audience is no learner
    m_window->commands().presenter->trigger();
    QTRY_COMPARE(Theme::current().zoom(), 100);
    QTRY_VERIFY(!tally.isVisible());
}

void LessonWindowTest::filesAreReadAgain()
{
    const QString copy = m_folder.filePath(QStringLiteral("mine"));
    QVERIFY(m_window->lessonFiles().makeLesson(copy));
    const QString name = QFileInfo(copy).fileName();
    QVERIFY(lessons().begin(name));
    const QString text = QDir(copy).filePath(QStringLiteral("lesson.md"));
    QFile file(text);
    QVERIFY(file.open(QIODevice::ReadWrite));
    const QByteArray before = file.readAll();
    const QByteArray changed = "What was typed just now.\n\n" + before;
    QVERIFY(file.seek(0) && file.write(changed) == changed.size());
    file.close();
    QTRY_VERIFY_WITH_TIMEOUT(pane().text().contains(QStringLiteral("What was typed just now.")), 10'000);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate)); // no step has its heading any more
    file.close();
    QTRY_VERIFY_WITH_TIMEOUT(lessons().page().isVisible(), 10'000);
    QTRY_VERIFY2(lessons().page().problemText().contains(QStringLiteral("lesson.md")), qPrintable(lessons().page().problemText()));
}

void LessonWindowTest::whatCannotBeOpenedIsSaid()
{
    QVERIFY(!m_window->openLessons(m_folder.filePath(QStringLiteral("nowhere"))));
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("nowhere")), qPrintable(m_window->banner().sentence()));
    QDir(m_folder.path()).mkdir(QStringLiteral("empty"));
    QVERIFY(!m_window->openLessons(m_folder.filePath(QStringLiteral("empty"))));
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("course.json")), qPrintable(m_window->banner().sentence()));
    QVERIFY(lessons().page().list().itemCount() == 1); // what was open stays
    QVERIFY(!m_window->openLessons(m_course, QStringLiteral("kinds"), QStringLiteral("none")));
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("watch")), qPrintable(m_window->banner().sentence()));
}

void LessonWindowTest::progressGoesElsewhere()
{
    QVERIFY(lessons().begin(QStringLiteral("kinds"), QStringLiteral("choice")));
    waitForQuestion();
    answer({QStringLiteral("Three.")}, true);
    act(true);
    const QString exported = m_folder.filePath(QStringLiteral("progress.json"));
    QVERIFY2(m_window->lessonFiles().exportProgress(exported), qPrintable(m_window->banner().sentence()));
    const QString handedIn = m_folder.filePath(QStringLiteral("ada.submission"));
    QVERIFY2(m_window->lessonFiles().handIn(QStringLiteral("Ada"), handedIn), qPrintable(m_window->banner().sentence()));
    QFile file(handedIn);
    QVERIFY(file.open(QIODevice::ReadOnly) && file.readAll().contains("Ada"));
    init(); // another window, which has nothing
    QCOMPARE(lessons().course().stepsDone(lessons().course().course().lessons.constFirst()), 0);
    QVERIFY2(m_window->lessonFiles().importProgress(exported), qPrintable(m_window->banner().sentence()));
    QCOMPARE(lessons().course().stepsDone(lessons().course().course().lessons.constFirst()), 1);
    QVERIFY(!m_window->lessonFiles().importProgress(m_course + QStringLiteral("/course.json")));
    QVERIFY(!m_window->banner().sentence().isEmpty());
}

} // namespace loopscope

QTEST_MAIN(loopscope::LessonWindowTest)
#include "LessonWindowTest.moc"
