// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The real window with the real runner: type, run, step both ways, break, stop, kill.
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "console/ConsoleModel.h"
#include "editor/QScintilla.h"
#include "editor/SourceEditor.h"
#include "editor/SourcePane.h"
#include "events/EventListModel.h"
#include "loopview/LoopView.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/StateTimeline.h"
#include "theme/Theme.h"

#include <QAction>
#include <QApplication>
#include <QMenu>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include <csignal>

namespace loopscope {

class RunWindowTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void typedScriptRunsAndPrints();
    void stepsGoForwardAndBack();
    void landmarkStepsLetTheRunnerGoOn();
    void breakpointIsHit();
    void runToLineStopsThere();
    void endlessScriptPausesAndStops();
    void killedRunnerLeavesItsRecording();
    void syntaxErrorIsShownWhereItIs();
    void uncaughtErrorIsSaid();
    void uncaughtErrorIsMarkedOnItsLine();
    void otherFilesAreShownWhereTheCursorIs();
    void breakpointInAnotherFileIsHit();
    void callbacksOfRequestsCarryBothNames();
    void handlersOfProcessEventsLeaveTheStack();
    void editorLeavesTheWindowsKeys();
    void editingAsksForANewRun();
    void slowPlayKeepsTheRunnerClose();
    void everyExampleRuns();

private:
    void type(const QString &script);
    QStringList console() const;
    RunSession::State state() const { return m_window->session().state(); }
    quint64 cursor() const { return m_window->stepper().cursor(); }
    const LoopContents &shown() const { return m_window->workspace().loopView()->contents(); }
    /// Presses a step's key and waits until the runner has done it.
    void step(QAction *action);

    /// Opens a script with another file, other.js, beside it.
    void openOther(const QString &main, const QString &other);

    QTemporaryDir m_folder;
    std::unique_ptr<MainWindow> m_window;
};

void RunWindowTest::initTestCase()
{
    const QString bin = qEnvironmentVariable("LOOPSCOPE_BIN");
    QVERIFY2(!bin.isEmpty(), "run through CTest, or set LOOPSCOPE_BIN to the folder of loopscope");
    qputenv("LOOPSCOPE_RUNNER", (bin + QStringLiteral("/loopscope")).toLocal8Bit());
    Theme::current().install(*qobject_cast<QApplication *>(QApplication::instance()));
}

void RunWindowTest::init()
{
    m_window = std::make_unique<MainWindow>(MainWindow::Memory::Forget);
    m_window->resize(1366, 768);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
}

void RunWindowTest::type(const QString &script)
{
    m_window->editor().setFocus();
    m_window->editor().setAutoIndent(false);
    QTest::keyClicks(&m_window->editor(), script);
}

QStringList RunWindowTest::console() const
{
    const ConsoleModel &model = *m_window->workspace().consoleModel();
    QStringList lines;
    for (int row = 0; row < model.rowCount(); ++row)
        lines << model.index(row).data().toString();
    return lines;
}

void RunWindowTest::step(QAction *action)
{
    action->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->stepper().isStepping() && state() != RunSession::State::Starting, 20'000);
}

void RunWindowTest::typedScriptRunsAndPrints()
{
    type(QStringLiteral(
        "setTimeout(function late() { console.log('late'); }, 10); process.nextTick(() => console.log('tick')); console.log('script');"));
    QTest::keyClick(&m_window->editor(), Qt::Key_F5);
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(console(), QStringList({QStringLiteral("script"), QStringLiteral("tick"), QStringLiteral("late")}));
    QTRY_COMPARE(cursor(), m_window->session().eventCount());
    QCOMPARE(m_window->session().exitCode(), 0);
    QVERIFY(m_window->banner().sentence().isEmpty());
    QVERIFY(m_window->session().reader()->isComplete());
}

void RunWindowTest::stepsGoForwardAndBack()
{
    type(QStringLiteral("process.nextTick(function soon() {}); console.log('here');"));
    step(m_window->commands().nextEvent);
    QTRY_COMPARE(cursor(), quint64(1));
    QCOMPARE(m_window->session().eventCount(), quint64(1));
    for (int i = 0; i < 200 && shown().ticks.total == 0; ++i)
        step(m_window->commands().nextEvent);
    QCOMPARE(shown().ticks.total, 1);
    QVERIFY(shown().ticks.items.front().changed);
    step(m_window->commands().nextEvent); // its name
    QCOMPARE(shown().ticks.items.front().name, QStringLiteral("soon"));
    QVERIFY(!shown().ticks.items.front().changed);
    QCOMPARE(m_window->editor().currentLine(), 1);
    QVERIFY(m_window->session().isLive());
    QCOMPARE(cursor(), m_window->session().eventCount());

    const quint64 recorded = m_window->session().eventCount();
    m_window->commands().previousEvent->trigger();
    m_window->commands().previousEvent->trigger();
    QCOMPARE(shown().ticks.total, 0);
    QCOMPARE(m_window->session().eventCount(), recorded); // back is in the recording only
    step(m_window->commands().nextEvent);
    QCOMPARE(shown().ticks.total, 1);
    QCOMPARE(m_window->session().eventCount(), recorded);
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(console(), QStringList(QStringLiteral("here")));
}

void RunWindowTest::landmarkStepsLetTheRunnerGoOn()
{
    type(QStringLiteral(
        "setImmediate(function soon() { console.log('soon'); }); setTimeout(function late() { console.log('late'); }, 50);"));
    step(m_window->commands().nextStatement);
    QCOMPARE(m_window->editor().currentLine(), 1);
    step(m_window->commands().nextIteration);
    QCOMPARE(shown().iteration, quint64(1));
    QVERIFY(m_window->session().isLive());
    for (int i = 0; i < 10 && !shown().stations.at(4).current; ++i)
        step(m_window->commands().nextPhase);
    QVERIFY(shown().stations.at(4).current);
    step(m_window->commands().nextCallback);
    QCOMPARE(shown().frames.back().fact, QStringLiteral("soon"));
    step(m_window->commands().nextConsoleLine);
    QCOMPARE(console(), QStringList(QStringLiteral("soon")));
    step(m_window->commands().nextIteration);
    QCOMPARE(shown().iteration, quint64(2));
    m_window->commands().previousIteration->trigger();
    QCOMPARE(shown().iteration, quint64(1));
    QVERIFY(console().isEmpty());
}

void RunWindowTest::breakpointIsHit()
{
    m_window->editor().setText(
        QStringLiteral("let n = 0;\nfunction count() {\n  n += 1;\n  if (n < 3) setImmediate(count);\n}\ncount();\nconsole.log('end');\n"));
    m_window->editor().toggleBreakpoint(3);
    m_window->commands().run->trigger();
    for (int hit = 0; hit < 3; ++hit) {
        QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Paused, 20'000);
        QTRY_COMPARE(m_window->editor().currentLine(), 3);
        QCOMPARE(shown().frames.front().name, QStringLiteral("count"));
        m_window->commands().run->trigger();
    }
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    // In the recording the same line is stopped at again, without a runner.
    m_window->stepper().toStart();
    m_window->commands().run->trigger();
    QCOMPARE(m_window->editor().currentLine(), 3);
}

void RunWindowTest::runToLineStopsThere()
{
    m_window->editor().setText(QStringLiteral("console.log(1);\nconsole.log(2);\nconsole.log(3);\n"));
    m_window->editor().setCursorPosition(2, 0);
    QTest::keyClick(&m_window->editor(), Qt::Key_F10, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Paused, 20'000);
    QTRY_COMPARE(m_window->editor().currentLine(), 3);
    QCOMPARE(console(), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
    // The line was no breakpoint: the rest runs through.
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
}

void RunWindowTest::endlessScriptPausesAndStops()
{
    m_window->editor().setText(QStringLiteral("function again() { setImmediate(again); }\nagain();\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().eventCount() > 5'000, 20'000);
    QCOMPARE(state(), RunSession::State::Running);
    m_window->commands().pause->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Paused, 20'000);
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().isCaughtUp(), 20'000);
    const quint64 recorded = m_window->session().eventCount();
    QTest::qWait(100);
    QCOMPARE(m_window->session().eventCount(), recorded);
    m_window->commands().stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isLive(), 20'000);
    QCOMPARE(state(), RunSession::State::Ended);
    QVERIFY(m_window->commands().previousEvent->isEnabled());

    // A loop that never comes back to the event loop stops as well.
    m_window->editor().setText(QStringLiteral("for (;;) ;\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().eventCount() > 3, 20'000);
    m_window->commands().stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isLive(), 20'000);
}

void RunWindowTest::killedRunnerLeavesItsRecording()
{
    m_window->editor().setText(QStringLiteral("console.log('alive');\nfunction again() { setImmediate(again); }\nagain();\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session().eventCount() > 1'000, 20'000);
    QCOMPARE(::kill(static_cast<pid_t>(m_window->session().processId()), SIGKILL), 0);
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Lost, 20'000);
    QVERIFY(m_window->banner().isVisible());
    QVERIFY(m_window->banner().sentence().contains(QStringLiteral("recorded")));
    QTRY_VERIFY(m_window->session().isCaughtUp());
    QVERIFY(m_window->session().eventCount() > 1'000);
    m_window->stepper().toEnd();
    QCOMPARE(cursor(), m_window->session().eventCount());
    QCOMPARE(console(), QStringList(QStringLiteral("alive")));
    m_window->commands().previousIteration->trigger();
    QVERIFY(cursor() < m_window->session().eventCount());
    // And a new run starts as if nothing had been.
    m_window->editor().setText(QStringLiteral("console.log('again');\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(console(), QStringList(QStringLiteral("again")));
    QVERIFY(m_window->banner().sentence().isEmpty());
}

void RunWindowTest::syntaxErrorIsShownWhereItIs()
{
    m_window->editor().setText(QStringLiteral("console.log('one');\nlet x = ;\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isLive() && m_window->banner().isVisible(), 20'000);
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("Line 2")), qPrintable(m_window->banner().sentence()));
    QVERIFY(console().join(QLatin1Char('\n')).contains(QStringLiteral("SyntaxError")));
    QVERIFY(m_window->commands().run->isEnabled());
}

void RunWindowTest::uncaughtErrorIsSaid()
{
    m_window->editor().setText(QStringLiteral("setTimeout(function fail() {\n  throw new Error('boom');\n}, 1);\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->banner().isVisible(), 20'000);
    QVERIFY2(m_window->banner().sentence().contains(QStringLiteral("boom")), qPrintable(m_window->banner().sentence()));
    QCOMPARE(m_window->session().exitCode(), 1);
}

void RunWindowTest::uncaughtErrorIsMarkedOnItsLine()
{
    m_window->editor().setText(
        QStringLiteral("function deep(n) {\n  if (n === 0) throw new TypeError('deep');\n  deep(n - 1);\n}\ndeep(2);\n"));
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(m_window->banner().isVisible(), 20'000);
    const QString sentence = m_window->banner().sentence();
    QVERIFY2(sentence.contains(QStringLiteral("on line 2 that nobody caught")), qPrintable(sentence));
    // "Go there" shows the moment it was thrown, with the stack that led to it.
    m_window->banner().findChildren<QToolButton *>().constLast()->click();
    QCOMPARE(m_window->editor().currentLine(), 2);
    QVERIFY(shown().frames.size() >= 4);
}

void RunWindowTest::openOther(const QString &main, const QString &other)
{
    QVERIFY(m_folder.isValid());
    for (const auto &[name, text] : {std::pair(QStringLiteral("main.js"), main), std::pair(QStringLiteral("other.js"), other)}) {
        QFile file(m_folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text.toUtf8());
    }
    QVERIFY(m_window->openFile(m_folder.filePath(QStringLiteral("main.js"))));
}

void RunWindowTest::otherFilesAreShownWhereTheCursorIs()
{
    openOther(QStringLiteral("const other = require('./other');\nother();\nconsole.log('back');\n"),
        QStringLiteral("module.exports = function other() {\n  console.log('in other');\n};\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(console().size(), 2);
    SourcePane &source = m_window->source();
    m_window->stepper().toStart();
    m_window->commands().nextConsoleLine->trigger();
    QVERIFY(source.shownPath().endsWith(QStringLiteral("other.js")));
    QCOMPARE(source.shown().currentLine(), 2);
    QVERIFY(source.shown().isReadOnly());
    QVERIFY(source.shown().text().contains(QStringLiteral("in other")));
    m_window->commands().showScript->trigger();
    QVERIFY(source.showsScript());
    QCOMPARE(source.shown().currentLine(), 0);
    m_window->commands().nextConsoleLine->trigger();
    QVERIFY(source.showsScript());
    QCOMPARE(m_window->editor().currentLine(), 3);
    m_window->commands().previousConsoleLine->trigger();
    QVERIFY(!source.showsScript());
}

void RunWindowTest::breakpointInAnotherFileIsHit()
{
    openOther(QStringLiteral("const other = require('./other');\nsetTimeout(other, 1);\n"),
        QStringLiteral("module.exports = function other() {\n  console.log('one');\n  console.log('two');\n};\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    SourcePane &source = m_window->source();
    QVERIFY(source.showFile(m_folder.filePath(QStringLiteral("other.js"))));
    source.shown().toggleBreakpoint(3);
    m_window->commands().runAgain->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Paused, 20'000);
    QTRY_COMPARE(console(), QStringList(QStringLiteral("one")));
    QTRY_VERIFY(source.shownPath().endsWith(QStringLiteral("other.js")));
    QCOMPARE(source.shown().currentLine(), 3);
    QCOMPARE(source.shown().breakpoints(), (LineBreakpoints{{3, QString()}}));
    m_window->commands().clearBreakpoints->trigger();
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
}

void RunWindowTest::callbacksOfRequestsCarryBothNames()
{
    openOther(
        QStringLiteral("const fs = require('fs');\nfs.stat(__filename, function measured() {});\nfs.stat(__filename, () => 7);\n"), {});
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    m_window->stepper().toStart();
    m_window->commands().nextIteration->trigger();
    const auto &poll = shown().stations.at(3).queue.items;
    QCOMPARE(poll.size(), std::size_t(2));
    QCOMPARE(poll.at(0).name, QStringLiteral("measured"));
    QVERIFY2(poll.at(0).fact.contains(QStringLiteral("stat main.js")), qPrintable(poll.at(0).fact));
    QCOMPARE(poll.at(1).name, QStringLiteral("stat main.js"));
}

void RunWindowTest::handlersOfProcessEventsLeaveTheStack()
{
    m_window->editor().setText(QStringLiteral("process.on('unhandledRejection', function report() { console.log('seen'); });\n"
                                              "Promise.reject(1);\nsetImmediate(() => {});\n"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_VERIFY(m_window->session().isCaughtUp());
    m_window->stepper().toStart();
    m_window->commands().nextConsoleLine->trigger();
    QCOMPARE(shown().frames.size(), std::size_t(2));
    QCOMPARE(shown().frames.front().name, QStringLiteral("report"));
    QCOMPARE(shown().frames.back().name, QStringLiteral("process event"));
    QVERIFY2(shown().frames.back().fact.contains(QStringLiteral("unhandledRejection")), qPrintable(shown().frames.back().fact));
    m_window->commands().nextIteration->trigger();
    QVERIFY(shown().frames.empty());
}

void RunWindowTest::editorLeavesTheWindowsKeys()
{
    // While text can be typed, Scintilla claims each key that it has a command for.
    for (const QAction *action : m_window->actions()) {
        for (const QKeySequence &key : action->shortcuts()) {
            QKeyEvent event(QEvent::ShortcutOverride, key[0].key(), key[0].keyboardModifiers());
            event.ignore();
            QCoreApplication::sendEvent(&m_window->editor(), &event);
            QVERIFY2(!event.isAccepted(), qPrintable(key.toString()));
        }
    }
}

void RunWindowTest::editingAsksForANewRun()
{
    type(QStringLiteral("console.log(1);"));
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    m_window->stepper().toStart();
    type(QStringLiteral(" console.log(2);"));
    QVERIFY(m_window->workspace().isEdited());
    m_window->commands().run->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(state(), RunSession::State::Ended, 20'000);
    QTRY_COMPARE(console(), QStringList({QStringLiteral("1"), QStringLiteral("2")}));
    QVERIFY(!m_window->workspace().isEdited());
}

void RunWindowTest::slowPlayKeepsTheRunnerClose()
{
    m_window->editor().setText(QStringLiteral("function again() { setImmediate(again); }\nagain();\n"));
    m_window->stepper().setPace({Pace::Basis::Events, 20});
    m_window->commands().run->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(cursor() > 30, 20'000);
    QVERIFY(m_window->session().eventCount() < cursor() + 2'000);
    m_window->commands().pause->trigger();
    QTest::qWait(50);
    const quint64 here = cursor();
    QTest::qWait(100);
    QCOMPARE(cursor(), here);
    m_window->commands().stop->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isLive(), 20'000);
}

void RunWindowTest::everyExampleRuns()
{
    for (QAction *example : m_window->commands().examples->actions()) {
        example->trigger();
        m_window->commands().run->trigger();
        QTRY_VERIFY_WITH_TIMEOUT(!m_window->session().isLive(), 30'000);
        QVERIFY2(state() == RunSession::State::Ended && m_window->session().exitCode() == 0,
            qPrintable(example->text() + m_window->session().errorOutput()));
        QTRY_VERIFY(m_window->session().isCaughtUp());
        QTRY_VERIFY2(!console().isEmpty(), qPrintable(example->text()));
        QVERIFY2(m_window->banner().sentence().isEmpty(), qPrintable(example->text()));
    }
}

} // namespace loopscope

QTEST_MAIN(loopscope::RunWindowTest)
#include "RunWindowTest.moc"
