// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/ControlGate.h"
#include "FakeWindow.h"
#include "control/Breakpoints.h"
#include "loop/Tracer.h"
#include "recording/RecordingWriter.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

#include <atomic>
#include <chrono>
#include <thread>

using namespace loopscope;
using namespace std::chrono_literals;

namespace {

/// The runner's side: a program that runs statements 1 to `statementCount` over and over, each on the line of its number, and each recorded
/// as one event.
class FakeRunner
{
public:
    FakeRunner(FakeWindow &window, SiteId statementCount, quint64 turns, const QString &socket = FakeWindow::name())
        : m_window(window)
        , m_thread([this, statementCount, turns, socket] { run(statementCount, turns, socket); })
    {
    }
    ~FakeRunner()
    {
        // A run whose window has gone ends, wherever a failed check left it.
        m_window.disappear();
        giveUp = true;
        m_thread.join();
    }

    std::atomic<bool> giveUp = false;
    std::atomic<quint64> statements = 0;
    std::atomic<int> stops = 0;
    std::atomic<int> shortWaits = 0;
    std::atomic<bool> waits = false; ///< rests in waitInterruptibly instead of running statements
    std::atomic<bool> finished = false;

private:
    void run(SiteId statementCount, quint64 turns, const QString &socket)
    {
        QString error;
        const auto gate = ControlGate::connectTo(socket, &error);
        if (!gate)
            return;
        Clock clock(Clock::Kind::Virtual);
        const auto writer = RecordingWriter::toNowhere();
        Tracer tracer(clock, *writer, DetailLevel::Statements);
        tracer.attend = [&] {
            tracer.setAttentionAt(~0ULL);
            gate->attend();
        };
        gate->attach(
            tracer,
            [statementCount](SiteId site, QString *path, quint32 *line) {
                *path = QStringLiteral("/work/script.js");
                // The last two statements share a line.
                *line = site == statementCount ? site - 1 : site;
                return true;
            },
            [this] { ++stops; });
        gate->waitAtStart();
        for (quint64 turn = 0; turn < turns && stops == 0 && !giveUp; ++turn) {
            while (waits && stops == 0 && !giveUp) {
                if (!gate->waitInterruptibly(3'600'000'000'000ULL))
                    ++shortWaits;
            }
            for (SiteId site = 1; site <= statementCount && stops == 0; ++site) {
                tracer.statement(site, nullptr);
                ++statements;
            }
        }
        gate->ended(3);
        finished = true;
    }

    FakeWindow &m_window;
    std::thread m_thread;
};

const QByteArray running = R"({"state":"running"})";
const QByteArray ended = R"({"exitCode":3,"state":"ended"})";

} // namespace

class ControlGateTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void connectsAndStartsPaused();
    void connectsByAbsolutePath();
    void refusesWithASentence();
    void stepsEventByEvent();
    void runsToALaterEvent();
    void stepsToKinds();
    void stepsPastOtherDetailsAndSubjects();
    void pausesARunThatRuns();
    void stopsWhilePausedAndWhileRunning();
    void stopsWhenTheWindowGoes();
    void breakpoints_data();
    void breakpoints();
    void breakpointsCanBeTakenAway();
    void steppingStopsAtBreakpointsToo();
    void ignoresWhatItDoesNotUnderstand();
    void waitsInterruptibly();
    void commandsInOnePiece();
    void oneBreakpointALine();
};

#define START(runnerName, ...)                                                                                                             \
    FakeWindow window;                                                                                                                     \
    FakeRunner runnerName(window, __VA_ARGS__);                                                                                            \
    QVERIFY(window.accept());                                                                                                              \
    QCOMPARE(window.receiveObject().value(QLatin1String("state")).toString(), QStringLiteral("connected"));                                \
    QCOMPARE(window.receive(), paused(0, "start"))

void ControlGateTest::connectsAndStartsPaused()
{
    FakeWindow window;
    FakeRunner runner(window, 3, 1);
    QVERIFY(window.accept());
    const QJsonObject connected = window.receiveObject();
    QCOMPARE(connected.value(QLatin1String("pid")).toInteger(), QCoreApplication::applicationPid());
    QCOMPARE(window.receive(), paused(0, "start"));
    std::this_thread::sleep_for(30ms);
    QCOMPARE(runner.statements.load(), 0ULL);
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), ended);
    QCOMPARE(runner.statements.load(), 3ULL);
}

void ControlGateTest::connectsByAbsolutePath()
{
    FakeWindow window;
    FakeRunner runner(window, 3, 1, window.fullServerName());
    QVERIFY(window.accept());
    QVERIFY(!window.receive().isEmpty());
}

void ControlGateTest::refusesWithASentence()
{
    QString error;
    QVERIFY(!ControlGate::connectTo(QStringLiteral("nobody-listens-here"), &error));
    QVERIFY2(error.contains(QLatin1String("nobody-listens-here")) && error.endsWith(u'.'), qPrintable(error));
    QVERIFY(!ControlGate::connectTo(QString(300, u'x'), &error));
    QVERIFY2(error.contains(QLatin1String("too long")), qPrintable(error));
}

void ControlGateTest::stepsEventByEvent()
{
    START(runner, 5, 2);
    for (int event = 1; event <= 10; ++event) {
        window.send(R"({"command":"run-until","event":)" + QByteArray::number(event) + '}');
        QCOMPARE(window.receive(), running);
        QCOMPARE(window.receive(), paused(event, "step"));
    }
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::runsToALaterEvent()
{
    START(runner, 5, 1000);
    window.send(R"({"command":"run-until","event":4321})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(4321, "step"));
    window.send(R"({"command":"run-until","event":17})"); // long past
    QCOMPARE(window.receive(), paused(4321, "step"));
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::stepsToKinds()
{
    START(runner, 5, 1000);
    window.send(R"({"command":"run-until-kind","kinds":[3,50]})"); // IterationStarted, Statement
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(1, "step"));
    window.send(R"({"command":"run-until-kind","kinds":[50],"details":[3,0],"subject":0})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(2, "step"));
    window.send(R"({"command":"run-until-kind","kinds":[3]})"); // never comes
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::stepsPastOtherDetailsAndSubjects()
{
    for (const char *pattern : {R"("details":[1])", R"("subject":7)", R"("details":[0],"subject":7)"}) {
        START(runner, 5, 1000);
        window.send(QByteArray(R"({"command":"run-until-kind","kinds":[50],)") + pattern + '}');
        QCOMPARE(window.receive(), running);
        QCOMPARE(window.receive(), ended);
    }
}

void ControlGateTest::pausesARunThatRuns()
{
    START(runner, 5, ~0ULL);
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QTRY_VERIFY(runner.statements > 1000);
    window.send(R"({"command":"pause"})");
    const QJsonObject state = window.receiveObject();
    QCOMPARE(state.value(QLatin1String("reason")).toString(), QStringLiteral("pause"));
    // The event of the statement that noticed it is not recorded yet.
    QCOMPARE(state.value(QLatin1String("events")).toInteger(), static_cast<qint64>(runner.statements.load()));
    const quint64 before = runner.statements;
    std::this_thread::sleep_for(30ms);
    QCOMPARE(runner.statements.load(), before);
    window.send(R"({"command":"pause"})"); // is already
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
    QCOMPARE(runner.stops.load(), 1);
}

void ControlGateTest::stopsWhilePausedAndWhileRunning()
{
    {
        START(runner, 5, ~0ULL);
        window.send(R"({"command":"stop"})");
        QCOMPARE(window.receive(), ended);
        QCOMPARE(runner.statements.load(), 0ULL);
    }
    START(runner, 5, ~0ULL);
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::stopsWhenTheWindowGoes()
{
    {
        START(runner, 5, ~0ULL);
        window.disappear();
        QTRY_VERIFY(runner.finished);
        QCOMPARE(runner.stops.load(), 1);
    }
    START(runner, 5, ~0ULL);
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    window.disappear();
    QTRY_VERIFY(runner.finished);
    QCOMPARE(runner.stops.load(), 1);
}

void ControlGateTest::breakpoints_data()
{
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<bool>("hits");
    QTest::addRow("whole path") << QByteArray("/work/script.js") << true;
    QTest::addRow("file name") << QByteArray("script.js") << true;
    QTest::addRow("other file") << QByteArray("/other/script.js") << false;
    QTest::addRow("end of the name") << QByteArray("t.js") << false;
}

void ControlGateTest::breakpoints()
{
    QFETCH(QByteArray, path);
    QFETCH(bool, hits);
    START(runner, 5, 2);
    window.send(R"({"command":"breakpoints","lines":[{"path":")" + path + R"(","line":3}]})");
    for (const int events : {3, 8}) { // the statement's own event is recorded, what it does is not done yet
        window.send(R"({"command":"continue"})");
        QCOMPARE(window.receive(), running);
        if (!hits)
            break;
        QCOMPARE(window.receive(), paused(events, "breakpoint"));
        QCOMPARE(runner.statements.load(), static_cast<quint64>(events - 1));
    }
    if (hits) {
        window.send(R"({"command":"continue"})");
        QCOMPARE(window.receive(), running);
    }
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::breakpointsCanBeTakenAway()
{
    START(runner, 5, 3);
    window.send(R"({"command":"breakpoints","lines":[{"path":"script.js","line":2},{"path":"script.js","line":1}]})");
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(1, "breakpoint"));
    window.send(R"({"command":"breakpoints","lines":[]})");
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::steppingStopsAtBreakpointsToo()
{
    START(runner, 5, 3);
    window.send(R"({"command":"breakpoints","lines":[{"path":"script.js","line":3}]})");
    window.send(R"({"command":"run-until","event":12})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(3, "breakpoint"));
    window.send(R"({"command":"continue"})"); // the goal is forgotten
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(8, "breakpoint"));
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::ignoresWhatItDoesNotUnderstand()
{
    START(runner, 5, 1);
    for (const QByteArray line : {"", "nonsense", "[]", R"({"command":"fly"})", R"({"command":7})", R"({"kinds":[-1,999]})"})
        window.send(line);
    std::this_thread::sleep_for(30ms);
    QCOMPARE(runner.statements.load(), 0ULL);
    window.send(R"({"command":"run-until-kind","kinds":[-1,999,"x"]})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::waitsInterruptibly()
{
    START(runner, 5, ~0ULL);
    runner.waits = true;
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    std::this_thread::sleep_for(20ms);
    const int before = runner.shortWaits;
    window.send(R"({"command":"pause"})");
    QCOMPARE(window.receive(), paused(0, "pause"));
    QCOMPARE(runner.shortWaits.load(), before); // it waits inside
    window.send(R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QTRY_VERIFY(runner.shortWaits > before);
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::commandsInOnePiece()
{
    START(runner, 5, 1000);
    window.send(R"({"command":"breakpoints","lines":[{"path":"script.js","line":3}]})"
                "\n"
                R"({"command":"continue"})");
    QCOMPARE(window.receive(), running);
    QCOMPARE(window.receive(), paused(3, "breakpoint"));
    window.send(R"({"command":"stop"})");
    QCOMPARE(window.receive(), ended);
}

void ControlGateTest::oneBreakpointALine()
{
    Breakpoints breakpoints;
    breakpoints.setPlaceOfSite([](SiteId site, QString *path, quint32 *line) {
        *path = QStringLiteral("a.js");
        *line = site <= 3 ? 10 : site;
        return site != 0;
    });
    breakpoints.setLines({{QStringLiteral("a.js"), 10}, {QStringLiteral("a.js"), 5}});
    QVERIFY(breakpoints.hits(1));
    QVERIFY(!breakpoints.hits(2)); // goes on in the line
    QVERIFY(!breakpoints.hits(3));
    QVERIFY(breakpoints.hits(2)); // went back in it: a loop
    QVERIFY(!breakpoints.hits(4));
    QVERIFY(breakpoints.hits(5));
    QVERIFY(breakpoints.hits(1));
    QVERIFY(breakpoints.hits(5)); // another line
}

QTEST_GUILESS_MAIN(ControlGateTest)
#include "ControlGateTest.moc"
