// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QElapsedTimer>
#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace loopscope;

/// What a person meets who runs `loopscope node`.
class NodeProgramTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QString script(const char *text) const
    {
        QFile file(path("script.js"));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }
    void start(QProcess &process, const QStringList &arguments) const
    {
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QLatin1String("/loopscope"), QStringList{QStringLiteral("node")} + arguments);
        QVERIFY(process.waitForStarted());
    }
    void run(QProcess &process, const QStringList &arguments) const
    {
        start(process, arguments);
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
    }
    int countOf(EventKind kind, const char *file = "out.lscope") const
    {
        RecordingReader reader;
        int count = 0;
        if (!reader.open(path(file)))
            return -1;
        for (quint64 i = 0; i < reader.eventCount(); ++i)
            count += reader.event(i).kind == kind ? 1 : 0;
        return count;
    }

private Q_SLOTS:
    void init()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
            QSKIP("there is no node on the PATH");
    }

    void streamsArgumentsAndExitCodePassThrough()
    {
        QProcess process;
        start(process,
            {script("process.stdin.on('data', (d) => { console.log(process.argv[2] + d); console.error('e'); process.exitCode = 7; });"),
                QStringLiteral("--flag"), QStringLiteral("--record"), path("out.lscope")});
        process.write("in");
        process.closeWriteChannel();
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.readAllStandardOutput(), QByteArray("--flagin\n"));
        QCOMPARE(process.readAllStandardError(), QByteArray("e\n"));
        QCOMPARE(process.exitCode(), 7);
        QCOMPARE(countOf(EventKind::ConsoleText), 2);
    }

    void scriptSeesNoOptionsOfOurs()
    {
        QProcess process;
        run(process,
            {script("const { Worker, isMainThread } = require('worker_threads');\n"
                    "console.log(process.execArgv); if (isMainThread) new Worker(__filename);"),
                QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.readAllStandardOutput(), QByteArray("[]\n[]\n"));
    }

    void recordingSaysWhatItIs()
    {
        QProcess process;
        run(process, {script("setTimeout(() => {}, 1)"), QStringLiteral("--record"), path("out.lscope")});
        RecordingReader reader;
        QVERIFY(reader.open(path("out.lscope")));
        QVERIFY(reader.isComplete());
        QCOMPARE(reader.metadata().value(QLatin1String("program")).toString(), QStringLiteral("node"));
        QCOMPARE(reader.metadata().value(QLatin1String("truth")).toString(), QStringLiteral("real"));
        QVERIFY(reader.metadata().value(QLatin1String("version")).toString().startsWith(u'v'));
    }

    void clearedTimersAreCancelled()
    {
        QProcess process;
        run(process,
            {script("const t = setTimeout(() => {}, 1000); setTimeout(() => clearTimeout(t), 1);"
                    "const i = setInterval(() => clearInterval(i), 2);"),
                QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(countOf(EventKind::TaskCancelled), 2);
    }

    void callsOfSeveralStepsAreOneRequest()
    {
        QProcess process;
        run(process, {script("require('fs').readFile(__filename, () => {});"), QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(countOf(EventKind::IoSubmitted), 1);
        QCOMPARE(countOf(EventKind::IoCompleted), 1);
    }

    void uncaughtErrorsAreRecorded()
    {
        QProcess process;
        run(process, {script("setImmediate(() => { throw new Error('so'); });"), QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.exitCode(), 1);
        QCOMPARE(countOf(EventKind::ErrorThrown), 1);
    }

    void limitOfTimeEndsIt()
    {
        QProcess process;
        QElapsedTimer timer;
        timer.start();
        run(process,
            {script("setTimeout(() => { for (;;); }, 1)"), QStringLiteral("--max-time"), QStringLiteral("0.5"), QStringLiteral("--record"),
                path("out.lscope")});
        QCOMPARE(process.exitCode(), 124);
        QVERIFY(timer.elapsed() < 10000);
        RecordingReader reader;
        QVERIFY(reader.open(path("out.lscope")) && reader.isComplete());
    }

    void recordingGrowsWhileNodeRunsAndOutlivesItsDeath()
    {
        QProcess process;
        start(process, {script("setInterval(() => {}, 20); console.log(process.pid);"), QStringLiteral("--record"), path("live.lscope")});
        QVERIFY(process.waitForReadyRead());
        const auto pid = static_cast<pid_t>(process.readAllStandardOutput().trimmed().toLongLong());
        QVERIFY(pid > 0);
        QTRY_VERIFY(countOf(EventKind::TaskBegun, "live.lscope") > 5);
        ::kill(pid, SIGKILL);
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 128 + SIGKILL);
        RecordingReader reader;
        QVERIFY(reader.open(path("live.lscope")) && reader.isComplete());
    }

    void noSamplesIfNotAsked()
    {
        QProcess process;
        run(process,
            {script("for (const end = Date.now() + 50; Date.now() < end;);"), QStringLiteral("--sample=none"), QStringLiteral("--record"),
                path("out.lscope")});
        QCOMPARE(countOf(EventKind::CallEntered), 0);
    }

    void workersAreLoopsOfTheirOwn()
    {
        QProcess process;
        run(process,
            {script("const { Worker, isMainThread } = require('worker_threads');\n"
                    "function spin() { for (const end = Date.now() + 60; Date.now() < end;); }\n"
                    "if (isMainThread) for (let i = 0; i < 2; ++i) new Worker(__filename);\n"
                    "else setTimeout(() => { spin(); setImmediate(() => {}); }, 5);\n"
                    "setTimeout(() => {}, 1);"),
                QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.exitCode(), 0);
        QCOMPARE(countOf(EventKind::LoopStarted), 2);
        QCOMPARE(countOf(EventKind::LoopEnded), 2);
        QCOMPARE(countOf(EventKind::RunEnded), 1);
        RecordingReader reader;
        QVERIFY(reader.open(path("out.lscope")) && reader.isComplete());
        QStringList begun;
        quint64 last = 0;
        bool hasSpun = false;
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            QVERIFY(event.time >= last);
            last = event.time;
            if (event.kind == EventKind::TaskBegun && event.site != 0)
                begun.append(QStringLiteral("%1 %2 line %3").arg(event.loop()).arg(event.detail).arg(reader.place(event.site).site->line));
            hasSpun |= event.kind == EventKind::CallEntered && event.loop() != 0 && reader.place(event.site).site->name == u"spin";
        }
        begun.sort();
        QCOMPARE(begun,
            QStringList({QStringLiteral("0 2 line 5"), QStringLiteral("1 2 line 4"), QStringLiteral("1 2 line 5"),
                QStringLiteral("1 4 line 4"), QStringLiteral("2 2 line 4"), QStringLiteral("2 2 line 5"), QStringLiteral("2 4 line 4")}));
        QVERIFY(hasSpun);
        QCOMPARE(reader.event(reader.eventCount() - 1).kind, EventKind::RunEnded);
    }

    void workersThatAreTerminatedAreToldUpToThere()
    {
        QProcess process;
        run(process,
            {script("const { Worker, isMainThread, parentPort } = require('worker_threads');\n"
                    "if (!isMainThread) { parentPort.postMessage(1); setInterval(() => {}, 5); }\n"
                    "else { const w = new Worker(__filename); w.on('message', () => setTimeout(() => w.terminate(), 500)); }"),
                QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.exitCode(), 0);
        RecordingReader reader;
        QVERIFY(reader.open(path("out.lscope")) && reader.isComplete());
        QVERIFY(countOf(EventKind::TaskRearmed) > 10);
        QCOMPARE(countOf(EventKind::LoopEnded), 1);
    }

    void childrenAreLeftAlone()
    {
        QProcess process;
        run(process,
            {script("if (process.send) setTimeout(() => process.disconnect(), 5);\n"
                    "else require('child_process').fork(__filename).on('exit', (c) => console.log(c));"),
                QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.readAllStandardOutput(), QByteArray("0\n"));
        QCOMPARE(process.readAllStandardError(), QByteArray());
        QCOMPARE(countOf(EventKind::RunEnded), 1);
        QCOMPARE(countOf(EventKind::TimerArmed), 0); // that is the child's
    }

    void refuses_data()
    {
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("no file") << QStringList{QStringLiteral("/nowhere.js"), QStringLiteral("--events")}
                                 << QByteArray("there is no file");
        QTest::newRow("nothing kept") << QStringList{script("")} << QByteArray("nothing of it would be kept");
        QTest::newRow("samples") << QStringList{QStringLiteral("--sample=often"), QStringLiteral("a.js")}
                                 << QByteArray("'none' or a number");
        QTest::newRow("stacks") << QStringList{QStringLiteral("--stacks=many"), QStringLiteral("a.js")} << QByteArray("'all', 'some'");
    }
    void refuses()
    {
        QFETCH(QStringList, arguments);
        QFETCH(QByteArray, sentence);
        QProcess process;
        run(process, arguments);
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains(sentence));
    }

    void noNodeOnThePath()
    {
        QProcess process;
        QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("PATH"), m_folder.path());
        process.setProcessEnvironment(environment);
        run(process, {script(""), QStringLiteral("--events")});
        QCOMPARE(process.exitCode(), 2);
        QVERIFY(process.readAllStandardError().contains("there is no 'node'"));
    }

    void logsOfNodesOwnAreRead()
    {
        QProcess node;
        node.setWorkingDirectory(m_folder.path());
        node.start(QStringLiteral("node"),
            {QStringLiteral("--trace-event-categories"), QStringLiteral("node.async_hooks,node.perf,v8"),
                script("setTimeout(() => {}, 1); setImmediate(() => {});")});
        QVERIFY(node.waitForFinished());
        QProcess process;
        run(process, {path("node_trace.1.log"), QStringLiteral("--record"), path("out.lscope")});
        QCOMPARE(process.exitCode(), 0);
        RecordingReader reader;
        QVERIFY(reader.open(path("out.lscope")) && reader.isComplete());
        QCOMPARE(countOf(EventKind::TaskBegun), 3); // and the script
        QProcess import;
        import.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QLatin1String("/loopscope"),
            {QStringLiteral("import"), path("node_trace.1.log"), QStringLiteral("-o"), path("imported.lscope")});
        QVERIFY(import.waitForFinished());
        QCOMPARE(import.exitCode(), 0);
        QCOMPARE(countOf(EventKind::TaskBegun, "imported.lscope"), 3);
        QCOMPARE(countOf(EventKind::TimerArmed, "imported.lscope"), 1);
        QVERIFY(reader.open(path("imported.lscope")));
        const QJsonObject origin = reader.metadata().value(QLatin1String("importedFrom")).toObject();
        QCOMPARE(origin.value(QLatin1String("format")).toString(), QStringLiteral("node"));
    }
};

QTEST_GUILESS_MAIN(NodeProgramTest)
#include "NodeProgramTest.moc"
