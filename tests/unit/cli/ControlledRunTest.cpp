// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "FakeWindow.h"
#include "recording/RecordingReader.h"

#include <QFile>
#include <QHash>
#include <QJsonArray>
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
    void tellsTheVariablesOfAStatement();
    void variablesAreShownWithoutRunningCode();
    void stopsWhereAConditionHolds();
    void saysWhyAConditionCannotBeTold_data();
    void saysWhyAConditionCannotBeTold();
    void leavesNoTraceInTheRecording();

private:
    /// Runs to a line and gives the variables told there.
    QHash<QString, QString> variablesAt(int line, const QString &condition = {});
    static QHash<QString, QString> variablesIn(const QJsonObject &message);
    bool start(const QByteArray &script, const QStringList &options = {});
    qint64 receivePaused(const char *reason);
    /// The next line that tells no variables.
    QByteArray receiveState();
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

QByteArray ControlledRunTest::receiveState()
{
    for (;;) {
        const QByteArray line = m_window->receive();
        if (!line.contains("\"values\":"))
            return line;
    }
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
        QCOMPARE(receiveState(), running);
        const qint64 events = receivePaused("breakpoint");
        QVERIFY(events > 0);
        RecordingReader reader;
        QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))));
        const Event last = reader.event(static_cast<quint64>(events) - 1);
        QCOMPARE(last.kind, EventKind::Statement);
        QCOMPARE(reader.place(last.site).shortPlace(), QStringLiteral("a.js:3"));
    }
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(receiveState(), running);
    QCOMPARE(receiveState(), QByteArray(R"({"exitCode":0,"state":"ended"})"));
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
    QCOMPARE(receiveState(), running);
    QTest::qWait(20);
    m_window->send(R"({"command":"pause"})");
    const qint64 events = receivePaused("pause");
    QVERIFY(events > 0);
    QCOMPARE(recordedEvents(), static_cast<quint64>(events)); // nothing moves
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(receiveState(), running);
    m_window->send(R"({"command":"stop"})");
    QCOMPARE(receiveState(), QByteArray(R"({"exitCode":130,"state":"ended"})"));
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->exitCode(), 130);
    RecordingReader reader;
    QVERIFY(reader.open(m_folder->filePath(QStringLiteral("a.lscope"))) && reader.isComplete());
}

void ControlledRunTest::endsWithTheWindow()
{
    QVERIFY(start("for (;;) {}"));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(receiveState(), running);
    m_window->disappear();
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->exitStatus(), QProcess::NormalExit);
    QCOMPARE(m_process->exitCode(), 130);
}

QHash<QString, QString> ControlledRunTest::variablesIn(const QJsonObject &message)
{
    QHash<QString, QString> variables;
    const QJsonArray values = message.value(QLatin1String("values")).toArray();
    for (const QJsonValue &value : values)
        variables.insert(value[QLatin1String("name")].toString(), value[QLatin1String("text")].toString());
    return variables;
}

QHash<QString, QString> ControlledRunTest::variablesAt(int line, const QString &condition)
{
    const QJsonObject place{
        {QStringLiteral("path"), QStringLiteral("a.js")}, {QStringLiteral("line"), line}, {QStringLiteral("condition"), condition}};
    const QJsonObject command{{QStringLiteral("command"), QStringLiteral("breakpoints")}, {QStringLiteral("lines"), QJsonArray{place}}};
    m_window->send(QJsonDocument(command).toJson(QJsonDocument::Compact));
    m_window->send(R"({"command":"continue"})");
    if (m_window->receive() != running || receivePaused("breakpoint") < 0)
        return {};
    return variablesIn(m_window->receiveObject());
}

void ControlledRunTest::tellsTheVariablesOfAStatement()
{
    QVERIFY(start("const far = 'away';\n" // 1
                  "function near(first, {second}, ...others) {\n" // 2
                  "  let own = first + second;\n" // 3
                  "  for (const each of others) {\n" // 4
                  "    own += each + far.length;\n" // 5
                  "  }\n" // 6
                  "  return own;\n" // 7
                  "}\n" // 8
                  "near(1, {second: 2}, 3, 4);\n" // 9
                  "(async () => {\n" // 10
                  "  try { throw new RangeError('no'); } catch (problem) {\n" // 11
                  "    await problem;\n" // 12
                  "  }\n" // 13
                  "})();\n" // 14
                  "let late = 5;\n")); // 15
    QHash<QString, QString> variables = variablesAt(5);
    QCOMPARE(variables.value(QStringLiteral("first")), QStringLiteral("1"));
    QCOMPARE(variables.value(QStringLiteral("second")), QStringLiteral("2"));
    QCOMPARE(variables.value(QStringLiteral("others")), QStringLiteral("[3, 4]"));
    QCOMPARE(variables.value(QStringLiteral("own")), QStringLiteral("3"));
    QCOMPARE(variables.value(QStringLiteral("each")), QStringLiteral("3"));
    QCOMPARE(variables.value(QStringLiteral("far")), QStringLiteral("'away'"));
    variables = variablesAt(12);
    QCOMPARE(variables.value(QStringLiteral("problem")), QStringLiteral("RangeError: no"));
    QVERIFY2(!variables.contains(QStringLiteral("late")), "it has no value yet and nobody inside uses it");
    m_window->send(R"({"command":"stop"})");
}

void ControlledRunTest::variablesAreShownWithoutRunningCode()
{
    QVERIFY(start("const loud = () => { console.log('heard'); return 1; };\n"
                  "const object = {plain: 1, get louder() { return loud(); }, toString: loud};\n"
                  "const proxy = new Proxy({}, {get: loud, ownKeys: loud, getOwnPropertyDescriptor: loud, getPrototypeOf: loud});\n"
                  "class Loud { static get name() { return loud(); } constructor() { this.inner = proxy; } }\n"
                  "const made = new Loud();\n"
                  "const list = [object, 'text', 7n, , proxy];\n"
                  "const later = new Promise(() => {}), done = Promise.resolve(5);\n"
                  "const never = () => [loud, object, proxy, Loud, made, list, later, done, after];\n"
                  "console.log('here');\n"
                  "let after = 1;\n"));
    const QHash<QString, QString> variables = variablesAt(9);
    QCOMPARE(variables.value(QStringLiteral("object")), QStringLiteral("{plain: 1, louder: (getter), toString: function}"));
    QCOMPARE(variables.value(QStringLiteral("proxy")), QStringLiteral("Proxy"));
    QVERIFY2(variables.value(QStringLiteral("made")).contains(QStringLiteral("{inner: Proxy}")),
        qPrintable(variables.value(QStringLiteral("made"))));
    QCOMPARE(variables.value(QStringLiteral("list")), QStringLiteral("[{…}, 'text', 7n, undefined, Proxy]"));
    QCOMPARE(variables.value(QStringLiteral("later")), QStringLiteral("Promise {pending}"));
    QCOMPARE(variables.value(QStringLiteral("done")), QStringLiteral("Promise {5}"));
    QCOMPARE(variables.value(QStringLiteral("after")), QStringLiteral("not initialized yet"));
    m_window->send(R"({"command":"breakpoints","lines":[]})");
    m_window->send(R"({"command":"continue"})");
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->readAllStandardOutput(), QByteArray("here\n"));
}

void ControlledRunTest::stopsWhereAConditionHolds()
{
    QVERIFY(start("const limit = 7;\nfor (let n = 0; n < 10; n++) {\n  if (n > limit) break;\n}\nconsole.log(Math.random());\n"));
    const QHash<QString, QString> variables = variablesAt(3, QStringLiteral("n * 2 === 10 && limit > n"));
    QCOMPARE(variables.value(QStringLiteral("n")), QStringLiteral("5"));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    QCOMPARE(m_window->receive(), QByteArray(R"({"exitCode":0,"state":"ended"})"));
}

void ControlledRunTest::saysWhyAConditionCannotBeTold_data()
{
    QTest::addColumn<QString>("condition");
    QTest::addColumn<QString>("reason");
    QTest::addRow("unknown name") << QStringLiteral("nowhere > 1") << QStringLiteral("nowhere");
    QTest::addRow("no expression") << QStringLiteral("n >") << QStringLiteral("SyntaxError");
    QTest::addRow("throws") << QStringLiteral("fail(n)") << QStringLiteral("Error: thrown");
    QTest::addRow("endless") << QStringLiteral("(function () { for (;;) ; })()") << QStringLiteral("did not come to an end");
    QTest::addRow("endless in the script") << QStringLiteral("spin()") << QStringLiteral("did not come to an end");
}

void ControlledRunTest::saysWhyAConditionCannotBeTold()
{
    QFETCH(QString, condition);
    QFETCH(QString, reason);
    QVERIFY(start("function fail(n) { throw new Error('thrown'); }\nfunction spin() { for (;;) ; }\nlet n = 1;\nconsole.log(n, "
                  "fail.length, spin.length);\n"));
    const QJsonObject place{
        {QStringLiteral("path"), QStringLiteral("a.js")}, {QStringLiteral("line"), 4}, {QStringLiteral("condition"), condition}};
    m_window->send(
        QJsonDocument(QJsonObject{{QStringLiteral("command"), QStringLiteral("breakpoints")}, {QStringLiteral("lines"), QJsonArray{place}}})
            .toJson(QJsonDocument::Compact));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    QVERIFY(receivePaused("breakpoint") > 0);
    const QString problem = m_window->receiveObject().value(QLatin1String("problem")).toString();
    QVERIFY2(problem.contains(reason) && problem.contains(condition), qPrintable(problem));
    m_window->send(R"({"command":"continue"})");
    QCOMPARE(m_window->receive(), running);
    QCOMPARE(m_window->receive(), QByteArray(R"({"exitCode":0,"state":"ended"})"));
    QVERIFY(m_process->waitForFinished(patience));
    QCOMPARE(m_process->readAllStandardOutput(), QByteArray("1 1 0\n"));
}

void ControlledRunTest::leavesNoTraceInTheRecording()
{
    const QByteArray script = "const list = [];\nfunction add(n) {\n  list.push(n, Math.random());\n  return list.length;\n}\n"
                              "for (let i = 0; i < 20; i++) setTimeout(() => add(i), i);\n"
                              "async function wait() { for (const each of [1, 2]) await each; console.log(Date.now(), list); }\nwait();\n";
    QVERIFY(start(script));
    // Stops, values, and conditions that call the script's own functions, read the clock and draw numbers.
    QVERIFY(!variablesAt(3, QStringLiteral("[1].map(add) && Date.now() && Math.random() && n === 4 && list.splice(-2)")).isEmpty());
    QCOMPARE(variablesAt(3, QStringLiteral("n === 9")).value(QStringLiteral("n")), QStringLiteral("9"));
    m_window->send(R"({"command":"breakpoints","lines":[]})");
    m_window->send(R"({"command":"continue"})");
    QVERIFY(m_process->waitForFinished(patience));
    const QByteArray output = m_process->readAllStandardOutput();
    const auto recording = [this](const char *name) {
        QFile file(m_folder->filePath(QLatin1String(name)));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray watched = recording("a.lscope");
    QProcess plain;
    plain.setWorkingDirectory(m_folder->path());
    plain.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), QStringLiteral("b.lscope"), QStringLiteral("--detail"),
            QStringLiteral("statements")});
    QVERIFY(plain.waitForFinished(patience));
    QCOMPARE(plain.readAllStandardOutput(), output);
    QVERIFY(!watched.isEmpty());
    QVERIFY(watched == recording("b.lscope"));
}

QTEST_GUILESS_MAIN(ControlledRunTest)
#include "ControlledRunTest.moc"
