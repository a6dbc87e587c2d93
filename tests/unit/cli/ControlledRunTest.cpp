// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWindow.h"
#include "recording/RecordingReader.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// The program under a window's control, with everything in between: socket, gate, runtime, recording.
class ControlledRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void stepsAndStops();
    void breakpointBeforeALine();
    void endlessRunsObey_data();
    void endlessRunsObey();
    void endsWithTheWindow();

private:
    bool start(const QByteArray &script, const QStringList &options = {});
    qint64 receivePaused(const char *reason);
    /// Events in the file, read while the run is alive.
    quint64 recordedEvents();

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FakeWindow> m_window;
    std::unique_ptr<QProcess> m_process;
};

bool ControlledRunTest::start(const QByteArray &script, const QStringList &options)
{
    m_process.reset();
    m_window.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_window = std::make_unique<FakeWindow>();
    QFile file(m_folder->filePath(QStringLiteral("a.js")));
    if (!file.open(QIODevice::WriteOnly) || file.write(script) != script.size())
        return false;
    file.close();
    m_process = std::make_unique<QProcess>();
    m_process->setWorkingDirectory(m_folder->path());
    m_process->start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        QStringList{QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), QStringLiteral("a.lscope"),
            QStringLiteral("--detail"), QStringLiteral("statements"), QStringLiteral("--control"), m_window->fullServerName()}
            + options);
    return m_window->accept() && m_window->receiveObject().value(QLatin1String("pid")).toInteger() == m_process->processId()
        && receivePaused("start") == 0;
}

qint64 ControlledRunTest::receivePaused(const char *reason)
{
    const QJsonObject message = m_window->receiveObject();
    const bool isPaused =
        message.value(QLatin1String("state")) == QLatin1String("paused") && message.value(QLatin1String("reason")) == QLatin1String(reason);
    return isPaused ? message.value(QLatin1String("events")).toInteger() : -1;
}

quint64 ControlledRunTest::recordedEvents()
{
    RecordingReader reader;
    return reader.open(m_folder->filePath(QStringLiteral("a.lscope"))) ? reader.eventCount() : 0;
}

static const QByteArray running = R"({"state":"running"})";

void ControlledRunTest::stepsAndStops()
{
    QVERIFY(start("console.log(1);\nsetTimeout(() => console.log(2), 5);\n"));
    for (int events = 1; events <= 5; ++events) {
        m_window->send(R"({"command":"run-until","event":)" + QByteArray::number(events) + '}');
        QCOMPARE(m_window->receive(), running);
        QCOMPARE(receivePaused("step"), events);
        QCOMPARE(recordedEvents(), static_cast<quint64>(events));
    }
    m_window->send(R"({"command":"run-until-kind","kinds":[5]})"); // PhaseEntered
    QCOMPARE(m_window->receive(), running);
    const qint64 atPhase = receivePaused("step");
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
    QCOMPARE(reader.event(static_cast<quint64>(atPhase) - 1).kind, EventKind::PhaseEntered);
    m_window->send(R"({"command":"stop"})");
    QCOMPARE(m_window->receive(), QByteArray(R"({"exitCode":130,"state":"ended"})"));
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->readAllStandardOutput(), QByteArray("1\n"));
}

void ControlledRunTest::breakpointBeforeALine()
{
    QVERIFY(start("let n = 0;\nfunction f() {\n  n++;\n  if (n < 2) setTimeout(f, 10);\n}\nf();\n"));
    m_window->send(R"({"command":"breakpoints","lines":[{"path":"a.js","line":3}]})");
    for (int hit = 0; hit < 2; ++hit) {
        m_window->send(R"({"command":"continue"})");
        QCOMPARE(m_window->receive(), running);
        const qint64 events = receivePaused("breakpoint");
        QVERIFY(events > 0);
        RecordingReader reader;
        QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
        const Event last = reader.event(static_cast<quint64>(events) - 1);
        QCOMPARE(last.kind, EventKind::Statement);
        QCOMPARE(reader.place(last.site).shortPlace(), QStringLiteral("a.js:3"));
    }
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    QCOMPARE(m_window->receive(), QByteArray(R"({"exitCode":0,"state":"ended"})"));
}

void ControlledRunTest::endlessRunsObey_data()
{
    QTest::addColumn<QByteArray>("script");
    QTest::addColumn<QStringList>("options");
    const QStringList wall = {QStringLiteral("--clock"), QStringLiteral("wall")};
    QTest::addRow("loop") << QByteArray("for (;;) {}") << QStringList();
    QTest::addRow("jobs") << QByteArray("(function f() { Promise.resolve().then(f); })()") << QStringList();
    QTest::addRow("ticks") << QByteArray("(function f() { process.nextTick(f); })()") << QStringList();
    QTest::addRow("immediates") << QByteArray("(function f() { setImmediate(f); })()") << QStringList();
    QTest::addRow("waiting on the wall clock") << QByteArray("setInterval(() => {}, 3600000)") << wall;
}

void ControlledRunTest::endlessRunsObey()
{
    QFETCH(QByteArray, script);
    QFETCH(QStringList, options);
    QVERIFY(start(script, options));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    QTest::qWait(20);
    m_window->send(R"({"command":"pause"})");
    const qint64 events = receivePaused("pause");
    QVERIFY(events > 0);
    QCOMPARE(recordedEvents(), static_cast<quint64>(events)); // nothing moves
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    m_window->send(R"({"command":"stop"})");
    QCOMPARE(m_window->receive(), QByteArray(R"({"exitCode":130,"state":"ended"})"));
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->exitCode(), 130);
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))) && reader.isComplete());
}

void ControlledRunTest::endsWithTheWindow()
{
    QVERIFY(start("for (;;) {}"));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    m_window->disappear();
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 130);
}

QTEST_GUILESS_MAIN(ControlledRunTest)
#include "ControlledRunTest.moc"
