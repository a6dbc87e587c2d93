// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A recording that was written as a trace and read again, and files of the installed Node.
#include "exchange/TraceOpening.h"

#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <map>

using namespace loopscope;

namespace {

const QByteArray script =
    "const fs = require('fs');\n"
    "const { Worker, isMainThread } = require('worker_threads');\n"
    "function work(n) { let sum = 0; for (let i = 0; i < n; ++i) sum += Math.sqrt(i); return sum; }\n"
    "async function load(name) { const text = await fs.promises.readFile(name, 'utf8'); work(50); return text; }\n"
    "let count = 0;\n"
    "const timer = setInterval(function tick() { work(3000000); if (++count > 2) clearInterval(timer); }, 5);\n"
    "load(__filename).then(() => load(__filename)).then(() => { throw new Error('\"x\\\\\" \\u00e4'); }).catch(() => {});\n"
    "process.nextTick(() => work(5));\n"
    "setImmediate(function soon() { queueMicrotask(() => console.log('told')); });\n"
    "if (isMainThread) new Worker(__filename);\n";

} // namespace

class TraceRoundTripTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void chromeGivesTheSameRecording();
    void chromeIsNoDifferenceToCompare();
    void profileGivesTheSameCalls();
    void profileOfNode();
    void profileInATraceOfNode();
    void traceOfNode();

private:
    bool run(const QString &program, const QStringList &arguments) const
    {
        QProcess process;
        process.setWorkingDirectory(m_folder.path());
        process.start(program, arguments);
        return process.waitForFinished() && process.exitCode() == 0;
    }
    bool loopscope(const QStringList &arguments) const
    {
        return run(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"), arguments);
    }
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    /// How often each function was entered, and the time in it with what it called.
    static std::map<QString, std::pair<int, quint64>> calls(const RecordingReader &reader);

    QTemporaryDir m_folder;
    QString m_node = QStandardPaths::findExecutable(QStringLiteral("node"));
};

std::map<QString, std::pair<int, quint64>> TraceRoundTripTest::calls(const RecordingReader &reader)
{
    std::map<QString, std::pair<int, quint64>> calls;
    std::map<QString, quint64> entered;
    for (quint64 i = 0; i < reader.eventCount(); ++i) {
        const Event event = reader.event(i);
        const QString name = reader.place(event.site).functionName();
        if (event.loop() != 0)
            continue;
        if (event.kind == EventKind::CallEntered)
            entered[name] = event.time;
        if (event.kind == EventKind::CallLeft) {
            ++calls[name].first;
            calls[name].second += event.time - entered[name];
        }
    }
    return calls;
}

void TraceRoundTripTest::initTestCase()
{
    QFile file(path("a.js"));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(script);
    file.close();
    QVERIFY(loopscope({QStringLiteral("run"), QStringLiteral("a.js"), QStringLiteral("--record"), path("a.lscope")}));
}

void TraceRoundTripTest::chromeGivesTheSameRecording()
{
    QVERIFY(loopscope({QStringLiteral("export"), path("a.lscope"), QStringLiteral("-o"), path("a.trace")}));
    QVERIFY(loopscope({QStringLiteral("import"), path("a.trace"), QStringLiteral("-o"), path("again.lscope")}));
    RecordingReader before;
    RecordingReader after;
    QVERIFY(before.open(path("a.lscope")));
    QVERIFY(after.open(path("again.lscope")));
    QCOMPARE(after.eventCount(), before.eventCount());
    bool hasWorker = false;
    for (quint64 i = 0; i < before.eventCount(); ++i) {
        const Event left = before.event(i);
        const Event right = after.event(i);
        const SitePlace from = before.place(left.site);
        const SitePlace to = after.place(right.site);
        const bool isSame = left.kind == right.kind && left.time == right.time && left.subject == right.subject && left.cause == right.cause
            && left.detail == right.detail && left.phaseAndLane == right.phaseAndLane && from.isValid() == to.isValid()
            && from.functionName() == to.functionName();
        QVERIFY2(isSame, qPrintable(QStringLiteral("event %1").arg(i)));
        if (from.isValid()) {
            QCOMPARE(to.source->path, from.source->path);
            QCOMPARE(to.site->line, from.site->line);
            QCOMPARE(to.site->column, from.site->column);
            QCOMPARE(to.source->text, from.source->text);
            QCOMPARE(to.snippet(), from.snippet());
        }
        if (left.kind == EventKind::ConsoleText || left.kind == EventKind::PromiseRejected || left.kind == EventKind::SubjectNamed)
            QCOMPARE(after.string(static_cast<StringId>(right.value)), before.string(static_cast<StringId>(left.value)));
        hasWorker = hasWorker || left.loop() != 0;
    }
    QVERIFY(hasWorker);
    QCOMPARE(after.metadata()[QLatin1String("seed")], before.metadata()[QLatin1String("seed")]);
    QCOMPARE(after.metadata()[QLatin1String("importedFrom")][QLatin1String("format")].toString(), QStringLiteral("chrome"));
}

void TraceRoundTripTest::chromeIsNoDifferenceToCompare()
{
    QProcess process;
    process.setWorkingDirectory(m_folder.path());
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        {QStringLiteral("compare"), path("a.lscope"), path("a.trace")});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.readAllStandardError(), QByteArray());
    QCOMPARE(process.exitCode(), 0);
    QVERIFY(process.readAllStandardOutput().startsWith("The same: "));
}

void TraceRoundTripTest::profileGivesTheSameCalls()
{
    QVERIFY(loopscope({QStringLiteral("export"), path("a.lscope"), QStringLiteral("-o"), path("a.cpuprofile")}));
    RecordingReader before;
    RecordingReader after;
    QString problem;
    QString notice;
    QVERIFY(before.open(path("a.lscope")));
    QVERIFY2(openRecordingOrTrace(path("a.cpuprofile"), after, &problem, &notice), qPrintable(problem));
    const auto expected = calls(before)[QStringLiteral("tick")];
    const auto read = calls(after)[QStringLiteral("tick")];
    QCOMPARE(read.first, expected.first);
    const quint64 difference = std::max(read.second, expected.second) - std::min(read.second, expected.second);
    QVERIFY2(difference <= 6000, qPrintable(QString::number(difference))); // 1 µs at either end of three calls
}

void TraceRoundTripTest::profileOfNode()
{
    if (m_node.isEmpty())
        QSKIP("node is not installed");
    QVERIFY(run(m_node, {QStringLiteral("--cpu-prof"), QStringLiteral("--cpu-prof-name=node.cpuprofile"), QStringLiteral("a.js")}));
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY2(openRecordingOrTrace(path("node.cpuprofile"), reader, &problem, &notice), qPrintable(problem));
    QCOMPARE(notice, QString());
    auto all = calls(reader);
    QVERIFY(all[QStringLiteral("tick")].first > 0 && all[QStringLiteral("work")].second > 0);
    QVERIFY(all[QStringLiteral("tick")].second >= all[QStringLiteral("work")].second / 2);
}

void TraceRoundTripTest::profileInATraceOfNode()
{
    if (m_node.isEmpty())
        QSKIP("node is not installed");
    QVERIFY(run(m_node,
        {QStringLiteral("--cpu-prof"), QStringLiteral("--trace-event-categories"), QStringLiteral("v8,disabled-by-default-v8.cpu_profiler"),
            QStringLiteral("--trace-event-file-pattern=profile.json"), QStringLiteral("a.js")}));
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY2(openRecordingOrTrace(path("profile.json"), reader, &problem, &notice), qPrintable(problem));
    QCOMPARE(notice, QString());
    auto all = calls(reader);
    QVERIFY(all[QStringLiteral("tick")].first > 0 && all[QStringLiteral("work")].second > 0);
    QVERIFY(all[QStringLiteral("tick")].second >= all[QStringLiteral("work")].second / 2);
}

void TraceRoundTripTest::traceOfNode()
{
    if (m_node.isEmpty())
        QSKIP("node is not installed");
    QVERIFY(run(m_node,
        {QStringLiteral("--trace-event-categories"), QStringLiteral("v8,node.perf,node.fs"),
            QStringLiteral("--trace-event-file-pattern=node.json"), QStringLiteral("a.js")}));
    RecordingReader reader;
    QString problem;
    QString notice;
    QVERIFY2(openRecordingOrTrace(path("node.json"), reader, &problem, &notice), qPrintable(problem));
    QCOMPARE(notice, QString());
    qint64 running = 0;
    size_t tasks = 0;
    quint64 time = 0;
    for (quint64 i = 0; i < reader.eventCount(); ++i) {
        const Event event = reader.event(i);
        QVERIFY(event.time >= time);
        time = event.time;
        tasks += event.kind == EventKind::TaskBegun ? 1 : 0;
        running += event.kind == EventKind::TaskBegun ? 1 : event.kind == EventKind::TaskEnded ? -1 : 0;
    }
    QCOMPARE(running, 0);
    QVERIFY(tasks > 5);
}

QTEST_GUILESS_MAIN(TraceRoundTripTest)
#include "TraceRoundTripTest.moc"
