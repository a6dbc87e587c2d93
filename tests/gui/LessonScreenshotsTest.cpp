// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the Lessons workspace in each of its states, to look through, at several sizes of text and window; no text may be cut.
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "Shots.h"
#include "StepWorkspace.h"
#include "editor/SourceEditor.h"
#include "lessons/AnswerList.h"
#include "lessons/LessonPane.h"
#include "lessons/QuestionCard.h"
#include "lessons/TallyCard.h"
#include "loopview/LoopView.h"
#include "session/RunSession.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QScopeGuard>
#include <QSpinBox>
#include <QTest>

namespace loopscope {

class LessonScreenshotsTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void states_data();
    void states();
    void cleanupTestCase() { QVERIFY(m_shots.writeIndex(QStringLiteral("Lessons"))); }

private:
    /// Gives the first answer there is, and hands it in.
    void answer();

    QString m_course;
    Shots m_shots;
    std::unique_ptr<MainWindow> m_window;
};

void LessonScreenshotsTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    m_course = QFINDTESTDATA("fixtures/lessons");
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
    m_shots.begin(QStringLiteral(SCREENSHOT_FOLDER));
}

void LessonScreenshotsTest::answer()
{
    QuestionCard &card = m_window->lessons().pane().question();
    QTRY_VERIFY_WITH_TIMEOUT(card.chips().count() > 0 && card.list().isVisible(), 20'000);
    if (card.chips().kind() != AnswerChips::Kind::Order)
        card.chips().toggle(0);
    if (card.rules().isVisible())
        card.rules().chips().toggle(0);
    m_window->commands().lessonAct->trigger();
    QTest::qWait(100);
}

void LessonScreenshotsTest::states_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<int>("zoom");
    QTest::newRow("small") << QSize(1366, 768) << 100;
    QTest::newRow("large-text") << QSize(1366, 768) << 200;
    QTest::newRow("wide") << QSize(2560, 1440) << 100;
}

void LessonScreenshotsTest::states()
{
    QFETCH(const QSize, size);
    QFETCH(const int, zoom);
    const auto back = qScopeGuard([] { Theme::current().setZoom(100); });
    Theme::current().setZoom(zoom);
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->workspace().loopView()->setMotion(LoopView::Motion::Off);
    m_window->resize(size);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QVERIFY(m_window->openLessons(m_course));
    LessonsWorkspace &lessons = m_window->lessons();
    QStringList wrong;
    const QString row = QString::fromLatin1(QTest::currentDataTag());
    const auto shoot = [&](const QString &name) { wrong << m_shots.shoot(*m_window, row + u'-' + name, row + u' ' + name); };
    shoot(QStringLiteral("list"));
    for (const char *step : {"read", "watch", "order", "queue", "next", "choice", "do"}) {
        QVERIFY(lessons.begin(QStringLiteral("kinds"), QString::fromLatin1(step)));
        QTRY_VERIFY_WITH_TIMEOUT(!lessons.isBusy(), 20'000);
        shoot(QString::fromLatin1(step));
        if (lessons.walk().question() != nullptr) {
            answer();
        } else if (lessons.walk().step()->kind != LessonStep::Kind::Read) {
            m_window->commands().lessonHint->trigger();
            m_window->commands().lessonAct->trigger();
            QTRY_VERIFY_WITH_TIMEOUT(!lessons.isBusy(), 20'000);
            QTest::qWait(100);
        } else {
            continue;
        }
        shoot(QString::fromLatin1(step) + QStringLiteral("-done"));
    }
    if (zoom == 100) {
        m_window->commands().presenter->trigger();
        QVERIFY(lessons.begin(QStringLiteral("kinds"), QStringLiteral("order")));
        QTRY_VERIFY_WITH_TIMEOUT(lessons.tally().isVisible(), 20'000);
        lessons.tally().fields().constFirst()->setValue(9);
        lessons.tally().fields().constLast()->setValue(3);
        shoot(QStringLiteral("hands"));
        m_window->commands().lessonAct->trigger();
        QTest::qWait(100);
        shoot(QStringLiteral("hands-shown"));
        m_window->commands().presenter->trigger();
    }
    QVERIFY2(wrong.isEmpty(), qPrintable(wrong.join(u'\n')));
}

} // namespace loopscope

QTEST_MAIN(loopscope::LessonScreenshotsTest)
#include "LessonScreenshotsTest.moc"
