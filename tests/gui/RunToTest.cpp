// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Run-to commands and playing, in the real window with the real runner: forward at the head of a live run, back, and forward again.
#include "MainWindow.h"
#include "PaceButton.h"
#include "QueueGoalBar.h"
#include "StepWorkspace.h"
#include "console/ConsoleModel.h"
#include "editor/SourceEditor.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/LoopState.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QMenu>
#include <QTest>

namespace loopscope {

class RunToTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void nextMicrotask();
    void microtasksThrough();
    void untilThePromiseOfALineSettles();
    void untilAQueueHolds();
    void breakpointsHoldOnTheWay();
    void linesAndBreakpointsAreGoneBackTo();
    void aGoalThatNeverComesEndsWithTheRun();
    void aSearchWithoutEndIsPaused();
    void waitsLastAsLongAsTheClockSays();
    void paceIsChosenByKeys();
    void playsBackAtThePace_data();
    void playsBackAtThePace();
    void playingBackTurnsAndStops();
    void playsBackToTheStartAtOnce();

private:
    /// Triggers a command and waits until the window has done it.
    void go(QAction *action);
    void runToTheEnd(const QString &script);
    Event moment() const { return m_window->session().reader()->event(m_window->stepper().cursor() - 1); }
    const LoopState &state() const { return *m_window->workspace().state(); }
    quint64 cursor() const { return m_window->stepper().cursor(); }
    bool isAtHead() const { return cursor() == m_window->session().eventCount() && m_window->session().isLive(); }
    const StudioActions &commands() const { return m_window->commands(); }

    std::unique_ptr<MainWindow> m_window;
};

void RunToTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void RunToTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void RunToTest::go(QAction *action)
{
    QVERIFY2(action->isEnabled(), qPrintable(action->text()));
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isPlaying() && !m_window->stepper().isStepping()
            && m_window->session().state() != RunSession::State::Running && m_window->session().isCaughtUp(),
        20'000);
}

void RunToTest::nextMicrotask()
{
    m_window->editor().setText(QStringLiteral("process.nextTick(() => {});\nqueueMicrotask(function one() {});\n"
                                              "Promise.resolve().then(function two() {});\nsetTimeout(() => {}, 5);\n"));
    go(commands().nextMicrotask);
    QCOMPARE(moment().kind, EventKind::TaskBegun);
    QCOMPARE(static_cast<TaskKind>(moment().detail), TaskKind::Microtask);
    QVERIFY(isAtHead());
    const quint64 first = cursor();
    go(commands().nextMicrotask);
    QCOMPARE(static_cast<TaskKind>(moment().detail), TaskKind::PromiseReaction);
    QVERIFY(isAtHead());
    go(commands().previousMicrotask);
    QCOMPARE(cursor(), first);
    // There is none before: the cursor stays.
    go(commands().previousMicrotask);
    QCOMPARE(cursor(), first);
}

void RunToTest::microtasksThrough()
{
    m_window->editor().setText(QStringLiteral("queueMicrotask(() => queueMicrotask(function last() {}));\n"
                                              "setTimeout(() => process.nextTick(function tick() {}), 5);\n"));
    go(commands().microtasksDrained);
    QCOMPARE(moment().kind, EventKind::TaskEnded);
    QCOMPARE(static_cast<TaskKind>(moment().detail), TaskKind::Microtask);
    QVERIFY(state().runningTask() == nullptr);
    QCOMPARE(state().waitingCount(LoopQueue::Microtasks), std::size_t(0));
    QCOMPARE(state().totals.tasksEnded, quint64(3)); // script and both microtasks
    QVERIFY(isAtHead());
    const quint64 first = cursor();
    go(commands().microtasksDrained);
    QCOMPARE(static_cast<TaskKind>(moment().detail), TaskKind::Tick);
    go(commands().backToDrained);
    QCOMPARE(cursor(), first);
}

void RunToTest::untilThePromiseOfALineSettles()
{
    m_window->editor().setText(
        QStringLiteral("const slow = new Promise(resolve => setTimeout(resolve, 50));\nsetTimeout(() => {}, 10);\nslow.then(() => {});\n"));
    m_window->editor().setCursorPosition(1, 0);
    go(commands().runToLine);
    m_window->editor().setCursorPosition(0, 0);
    go(commands().untilSettled);
    QCOMPARE(moment().kind, EventKind::PromiseFulfilled);
    QCOMPARE(state().phase, Phase::Timers);
    QVERIFY(isAtHead());
    const quint64 settled = cursor();
    go(commands().nextMicrotask);
    m_window->workspace().state();
    m_window->stepper().setCursor(m_window->session().eventCount());
    go(commands().previousEvent);
    m_window->stepper().setCursor(settled - 1);
    go(commands().untilSettled);
    QCOMPARE(cursor(), settled);
}

void RunToTest::untilAQueueHolds()
{
    m_window->editor().setText(
        QStringLiteral("let n = 0;\nfunction more() {\n  setTimeout(more, 10);\n  if (++n % 2) setTimeout(more, 10);\n}\n"
                       "more();\n"));
    QVERIFY(m_window->queueBar().isHidden());
    commands().untilQueue->trigger();
    QVERIFY(m_window->queueBar().isVisible());
    m_window->queueBar().setGoal(LoopQueue::Timers, 4);
    go(commands().untilQueue);
    QCOMPARE(state().waitingCount(LoopQueue::Timers), std::size_t(4));
    QVERIFY(m_window->session().isLive());
    const quint64 first = cursor();
    // Many pauses on the way: the runner goes on in portions, and the cursor is exact all the same.
    m_window->queueBar().setGoal(LoopQueue::Timers, 40);
    QTest::keyClick(&m_window->queueBar(), Qt::Key_Return);
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isPlaying(), 20'000);
    QCOMPARE(state().waitingCount(LoopQueue::Timers), std::size_t(40));
    QCOMPARE(moment().kind, EventKind::TaskCreated);
    m_window->queueBar().setGoal(LoopQueue::Timers, 4);
    go(commands().backToQueue);
    QCOMPARE(state().waitingCount(LoopQueue::Timers), std::size_t(4));
    QVERIFY(cursor() >= first);
    QTest::keyClick(&m_window->queueBar(), Qt::Key_Escape);
    QVERIFY(m_window->queueBar().isHidden());
    QVERIFY(m_window->editor().hasFocus());
}

void RunToTest::breakpointsHoldOnTheWay()
{
    m_window->editor().setText(QStringLiteral("console.log(1);\nconsole.log(2);\nconsole.log(3);\nconsole.log(4);\n"));
    m_window->editor().toggleBreakpoint(2);
    m_window->editor().setCursorPosition(3, 0);
    go(commands().runToLine);
    QCOMPARE(m_window->editor().currentLine(), 2);
    go(commands().runToLine);
    QCOMPARE(m_window->editor().currentLine(), 4);
    m_window->stepper().toStart();
    go(commands().nextMicrotask);
    QCOMPARE(m_window->editor().currentLine(), 2);
}

void RunToTest::linesAndBreakpointsAreGoneBackTo()
{
    m_window->editor().setText(QStringLiteral("for (let i = 0; i < 3; i++) {\n  console.log(i);\n}\nconsole.log('end');\n"));
    go(commands().run);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    m_window->stepper().toEnd();
    m_window->editor().setCursorPosition(1, 0);
    for (const int printed : {2, 1, 0}) {
        go(commands().backToLine);
        QCOMPARE(m_window->editor().currentLine(), 2);
        QCOMPARE(state().totals.consoleTexts, static_cast<quint64>(printed));
    }
    const quint64 first = cursor();
    go(commands().backToLine);
    QCOMPARE(cursor(), first);
    m_window->stepper().toEnd();
    m_window->editor().toggleBreakpoint(2);
    go(commands().playBack);
    QCOMPARE(m_window->editor().currentLine(), 2);
    QCOMPARE(state().totals.consoleTexts, quint64(2));
}

void RunToTest::aGoalThatNeverComesEndsWithTheRun()
{
    m_window->editor().setText(QStringLiteral("console.log('only this');\n"));
    go(commands().nextMicrotask);
    QCOMPARE(m_window->session().state(), RunSession::State::Ended);
    QCOMPARE(cursor(), m_window->session().eventCount());
}

void RunToTest::aSearchWithoutEndIsPaused()
{
    m_window->editor().setText(QStringLiteral("function again() { setImmediate(again); }\nagain();\n"));
    commands().nextMicrotask->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().eventCount() > 1'000, 20'000);
    QVERIFY(m_window->stepper().isPlaying());
    go(commands().pause);
    QCOMPARE(m_window->session().state(), RunSession::State::Paused);
}

void RunToTest::waitsLastAsLongAsTheClockSays()
{
    m_window->editor().setText(QStringLiteral("setTimeout(function late() { console.log('late'); }, 3000);\n"));
    m_window->stepper().setPace({Pace::Basis::RunTime, 10}); // 3 s in 0.3 s
    QElapsedTimer passed;
    passed.start();
    commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->workspace().consoleModel()->rowCount() == 1, 20'000);
    QVERIFY2(passed.elapsed() >= 290, qPrintable(QString::number(passed.elapsed())));
    // What the script's clock says does not depend on it.
    QVERIFY(state().time >= 3'000'000'000 && state().time < 3'010'000'000);
}

void RunToTest::paceIsChosenByKeys()
{
    Stepper &stepper = m_window->stepper();
    QVERIFY(!stepper.pace().isPaced());
    commands().slower->trigger();
    QCOMPARE(stepper.pace(), (Pace{Pace::Basis::Events, 100}));
    for (int i = 0; i < 20; ++i)
        commands().slower->trigger();
    QCOMPARE(stepper.pace(), (Pace{Pace::Basis::Events, 0.1}));
    QVERIFY(m_window->pace().text().contains(QLocale().toString(0.1)));
    m_window->pace().menu()->actions().constLast()->trigger();
    QCOMPARE(stepper.pace(), (Pace{Pace::Basis::RunTime, 0.1}));
    for (int i = 0; i < 20; ++i)
        commands().faster->trigger();
    QVERIFY(!stepper.pace().isPaced());
}

void RunToTest::runToTheEnd(const QString &script)
{
    m_window->editor().setText(script);
    go(commands().run);
    QTRY_COMPARE_WITH_TIMEOUT(m_window->session().state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    m_window->stepper().toEnd();
}

void RunToTest::playsBackAtThePace_data()
{
    QTest::addColumn<Pace>("pace");
    QTest::addColumn<int>("atLeast"); // ms
    QTest::newRow("by events, the quickest") << Pace{Pace::Basis::Events, 100} << 0;
    QTest::newRow("by run time") << Pace{Pace::Basis::RunTime, 10} << 290; // 3 s in 0.3 s
}

void RunToTest::playsBackAtThePace()
{
    QFETCH(const Pace, pace);
    QFETCH(const int, atLeast);
    runToTheEnd(QStringLiteral("setTimeout(function late() { console.log('late'); }, 3000);\n"));
    m_window->stepper().setPace(pace);
    QElapsedTimer passed;
    passed.start();
    QList<quint64> seen;
    connect(&m_window->stepper(), &Stepper::moved, this, [&] { seen.append(cursor()); });
    commands().playBack->trigger();
    QVERIFY(m_window->stepper().isPlaying());
    QVERIFY(!commands().playBack->isEnabled());
    QVERIFY(commands().pause->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isPlaying(), 20'000);
    QCOMPARE(cursor(), quint64(0));
    QVERIFY2(passed.elapsed() >= atLeast, qPrintable(QString::number(passed.elapsed())));
    QVERIFY(seen.size() > 1);
    QVERIFY(std::is_sorted(seen.rbegin(), seen.rend()));
    QVERIFY(!commands().playBack->isEnabled()); // there is nothing before the start
}

void RunToTest::playingBackTurnsAndStops()
{
    runToTheEnd(QStringLiteral("for (let i = 0; i < 30; i++)\n  console.log(i);\nconsole.log('end');\n"));
    m_window->stepper().setPace({Pace::Basis::Events, 5});
    commands().playBack->trigger();
    QTRY_VERIFY(cursor() < m_window->session().eventCount());
    // Another pace: the direction stays.
    const quint64 slow = cursor();
    commands().faster->trigger();
    QTRY_VERIFY(cursor() + 10 < slow); // far enough from the end that running forward does not come to it before it is paused
    go(commands().pause);
    const quint64 paused = cursor();
    commands().run->trigger();
    QTRY_VERIFY(cursor() > paused);
    go(commands().pause);
    // A breakpoint holds in this direction too.
    m_window->stepper().toEnd();
    m_window->stepper().setPace({Pace::Basis::Events, 100});
    m_window->editor().toggleBreakpoint(2);
    go(commands().playBack);
    QCOMPARE(m_window->editor().currentLine(), 2);
    QCOMPARE(state().totals.consoleTexts, quint64(29));
    go(commands().playBack);
    QCOMPARE(state().totals.consoleTexts, quint64(28));
}

void RunToTest::playsBackToTheStartAtOnce()
{
    runToTheEnd(QStringLiteral("console.log(1);\nconsole.log(2);\n"));
    go(commands().playBack);
    QCOMPARE(cursor(), quint64(0));
    m_window->stepper().toEnd();
    m_window->editor().toggleBreakpoint(1);
    go(commands().playBack);
    QCOMPARE(m_window->editor().currentLine(), 1);
    go(commands().playBack); // none before it
    QCOMPARE(cursor(), quint64(0));
}

} // namespace loopscope

QTEST_MAIN(loopscope::RunToTest)
#include "RunToTest.moc"
