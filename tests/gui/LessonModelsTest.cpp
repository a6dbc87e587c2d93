// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The course without widgets: where one is, how far, what comes back; a show of hands; the hand-out.
#include "lessons/CourseRows.h"
#include "lessons/Handout.h"
#include "lessons/LessonWalk.h"
#include "lessons/Tally.h"
#include "theme/Theme.h"

#include <QApplication>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QTextDocument>

namespace loopscope {

using Stand = OpenCourse::Stand;

class LessonModelsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void siblingFollowsTheQuestion();
    void standIsTold();
    void wrongOnesComeBack();
    void oneGoesOnWhereOneStood();
    void copiesAreTheLearners();
    void handsAreCounted();
    void handoutHasAnswersOnlyIfAskedFor_data();
    void handoutHasAnswersOnlyIfAskedFor();
    void handoutIsPaged();

private:
    const Lesson &lesson() { return m_course->course().lessons.constFirst(); }
    Handout::Answers answers() const;

    QString m_path;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<OpenCourse> m_course;
    std::unique_ptr<LessonWalk> m_walk;
};

void LessonModelsTest::initTestCase()
{
    m_path = QFINDTESTDATA("fixtures/lessons");
    QVERIFY(!m_path.isEmpty());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void LessonModelsTest::init()
{
    m_home = std::make_unique<QTemporaryDir>();
    m_walk.reset();
    m_course = std::make_unique<OpenCourse>(m_home->path());
    m_walk = std::make_unique<LessonWalk>(*m_course);
    QVERIFY2(m_course->open(m_path), qPrintable(m_course->problem()));
}

void LessonModelsTest::siblingFollowsTheQuestion()
{
    QVERIFY(m_walk->begin(QStringLiteral("kinds"), QStringLiteral("order")));
    QCOMPARE(m_walk->place(), 3);
    m_walk->next();
    QCOMPARE(m_walk->id(), QStringLiteral("order.again"));
    QVERIFY(m_walk->script().endsWith(QStringLiteral("other.js")));
    m_walk->next();
    QCOMPARE(m_walk->id(), QStringLiteral("queue"));
    m_walk->previous();
    QCOMPARE(m_walk->id(), QStringLiteral("order"));
    QVERIFY(!m_walk->begin(QStringLiteral("kinds"), QStringLiteral("none")));
    QVERIFY(!m_walk->begin(QStringLiteral("none")));
    QCOMPARE(m_walk->id(), QStringLiteral("order")); // that changes nothing
}

void LessonModelsTest::standIsTold()
{
    QCOMPARE(m_course->standOf(lesson()), Stand::New);
    QVERIFY(m_walk->begin(QStringLiteral("kinds")));
    QCOMPARE(m_course->standOf(lesson()), Stand::Begun);
    QCOMPARE(m_course->standOf(lesson(), *lesson().step(QStringLiteral("read"))), Stand::Done);
    QVERIFY(m_walk->begin(QStringLiteral("kinds"), QStringLiteral("order")));
    m_walk->handIn({QStringLiteral("script"), QStringLiteral("microtask"), QStringLiteral("timer")}, true);
    QCOMPARE(m_course->standOf(lesson(), *lesson().step(QStringLiteral("order"))), Stand::Begun); // its sibling is left
    m_walk->next();
    m_walk->handIn({QStringLiteral("script"), QStringLiteral("microtask"), QStringLiteral("tick")}, false);
    QCOMPARE(m_course->standOf(lesson(), *lesson().step(QStringLiteral("order"))), Stand::Wrong);
    const CourseRow row = CourseRows::of(*m_course).constFirst();
    QCOMPARE(row.note, QStringLiteral("1 of 7 steps"));
    QCOMPARE(row.steps.at(2), Stand::Wrong);
}

void LessonModelsTest::wrongOnesComeBack()
{
    QVERIFY(m_walk->begin(QStringLiteral("kinds"), QStringLiteral("choice")));
    m_walk->handIn({QStringLiteral("0")}, false);
    const auto retries = m_course->progress().retries(m_course->progressName());
    QCOMPARE(retries.size(), 1);
    QVERIFY(m_walk->beginRetries(retries));
    QVERIFY(m_walk->isRetry());
    QCOMPARE(m_walk->id(), QStringLiteral("choice"));
    QVERIFY(m_walk->answer() == nullptr); // asked anew
    m_walk->handIn({QStringLiteral("1")}, true);
    QVERIFY(!m_walk->hasNext());
    QVERIFY(m_course->progress().retries(m_course->progressName()).isEmpty());
}

void LessonModelsTest::oneGoesOnWhereOneStood()
{
    QVERIFY(m_walk->begin(QStringLiteral("kinds"), QStringLiteral("next")));
    m_walk->showHint();
    QVERIFY(m_course->save());
    OpenCourse again(m_home->path());
    LessonWalk walk(again);
    QVERIFY(again.open(m_path));
    QCOMPARE(again.lessonToGoOn()->name, QStringLiteral("kinds"));
    QVERIFY(walk.begin(QStringLiteral("kinds")));
    QCOMPARE(walk.id(), QStringLiteral("next"));
}

void LessonModelsTest::copiesAreTheLearners()
{
    const LessonStep &task = *lesson().step(QStringLiteral("do"));
    const QString copy = m_course->workingCopy(lesson(), task, task.script, true);
    QVERIFY2(!copy.isEmpty(), qPrintable(m_course->problem()));
    QVERIFY(copy.startsWith(m_home->path()));
    QFile file(copy);
    QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate) && file.write("mine") == 4);
    file.close();
    QCOMPARE(m_course->workingCopy(lesson(), task, task.script, true), copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), QByteArray("mine"));
    file.close();
    QCOMPARE(m_course->resetCopy(lesson(), task, task.script), copy);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(file.readAll().contains("wrong"));
}

void LessonModelsTest::handsAreCounted()
{
    Tally tally({QStringLiteral("a"), QStringLiteral("b")});
    QCOMPARE(tally.percent(0), 0);
    tally.setHands(0, 3);
    tally.setHands(1, 1);
    tally.setHands(2, 5); // there is no such answer
    QCOMPARE(tally.total(), 4);
    QCOMPARE(tally.percent(0), 75);
    tally.setHands(1, -1);
    QCOMPARE(tally.hands(1), 0);
    tally.setHands(1, 100'000);
    QCOMPARE(tally.hands(1), Tally::mostHands);
}

Handout::Answers LessonModelsTest::answers() const
{
    Handout::Answers found;
    const QStringList lines{QStringLiteral("script"), QStringLiteral("microtask"), QStringLiteral("timer")};
    found.insert(QStringLiteral("kinds/order"), {lines, {QStringLiteral("first script, then the others")}});
    found.insert(QStringLiteral("kinds/choice"), {{QStringLiteral("Two."), QStringLiteral("Three.")}, {QStringLiteral("Three.")}});
    return found;
}

void LessonModelsTest::handoutHasAnswersOnlyIfAskedFor_data()
{
    QTest::addColumn<bool>("hasSolutions");
    QTest::newRow("to fill in") << false;
    QTest::newRow("with solutions") << true;
}

void LessonModelsTest::handoutHasAnswersOnlyIfAskedFor()
{
    QFETCH(const bool, hasSolutions);
    const Handout::Answers given = answers();
    QTextDocument document;
    Handout(m_course->course(), given, hasSolutions).fill(document);
    const QString text = document.toPlainText();
    for (const char *there :
        {"All kinds of steps", "In which order are these lines printed?", "Let the script print right.", "☐", "Once more"})
        QVERIFY2(text.contains(QString::fromUtf8(there)), there);
    QVERIFY2(text.contains(QStringLiteral("2  console.log('wrong');")), qPrintable(text)); // code has line numbers
    for (const char *solved :
        {"first script, then the others", "console.log('right');", "One word is another.", "First the script, then its"})
        QVERIFY2(text.contains(QString::fromUtf8(solved)) == hasSolutions, solved);
}

void LessonModelsTest::handoutIsPaged()
{
    const Handout::Answers given = answers();
    const Handout handout(m_course->course(), given, true);
    const QString path = m_home->filePath(QStringLiteral("handout.pdf"));
    QCOMPARE(handout.writePdf(path), QString());
    QVERIFY(handout.pages() >= 2);
    QFile file(path);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray pdf = file.readAll();
    QVERIFY(pdf.startsWith("%PDF-"));
    QCOMPARE(static_cast<int>(pdf.count("/Type /Page\n")), handout.pages());
    QVERIFY(handout.writePdf(QStringLiteral("/nowhere/at/all.pdf")).contains(QStringLiteral("/nowhere/at/all.pdf")));
}

} // namespace loopscope

QTEST_MAIN(loopscope::LessonModelsTest)
#include "LessonModelsTest.moc"
