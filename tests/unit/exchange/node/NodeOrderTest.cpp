// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QDir>
#include <QFile>
#include <QHash>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// A real Node and our own run call the same functions and reject the same promises in the same order.
class NodeOrderTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;

    QString record(const QString &command, const QString &program, const QStringList &options = {})
    {
        const QString file = m_folder.filePath(command + QLatin1String(".lscope"));
        QProcess process;
        process.setStandardInputFile(QProcess::nullDevice());
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QLatin1String("/loopscope"),
            QStringList{command, program, QStringLiteral("--record"), file} + options);
        constexpr int patience = 60000;
        return process.waitForFinished(patience) ? file : QString();
    }

    /// What ran of the person's, callback by callback: kind and place.
    static QStringList callbacks(const QString &file)
    {
        RecordingReader reader;
        QStringList list;
        if (!reader.open(file) || !reader.isComplete())
            return list;
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            const auto kind = static_cast<TaskKind>(event.detail);
            if (event.kind != EventKind::TaskBegun || event.site == 0 || kind == TaskKind::Script || kind == TaskKind::ProcessEvent
                || kind == TaskKind::ModuleEvaluation)
                continue;
            const SitePlace place = reader.place(event.site);
            list.append(QStringLiteral("%1 at %2:%3").arg(event.detail).arg(place.site->line).arg(place.site->column));
        }
        return list;
    }

    static QByteArray compared(const QString &left, const QString &right, int *exitCode)
    {
        QProcess process;
        process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QLatin1String("/loopscope"), {QStringLiteral("compare"), left, right});
        if (!process.waitForFinished())
            return {};
        *exitCode = process.exitCode();
        return process.readAllStandardOutput();
    }

    /// Lines of the person's where promises were made that were rejected, in that order.
    static QList<quint32> rejectedPromises(const QString &file)
    {
        RecordingReader reader;
        QList<quint32> lines;
        QHash<SubjectId, quint32> made;
        if (!reader.open(file) || !reader.isComplete())
            return {};
        for (quint64 i = 0; i < reader.eventCount(); ++i) {
            const Event event = reader.event(i);
            // Of an async function the function: Node does not tell the call.
            const bool isOfFunction = event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction);
            const SiteId site = isOfFunction ? static_cast<SiteId>(event.value) : event.site;
            if (event.kind == EventKind::PromiseCreated && site != 0)
                made.insert(event.subject, reader.place(site).site->line);
            if (event.kind == EventKind::PromiseRejected && made.contains(event.subject))
                lines.append(made.value(event.subject));
        }
        return lines;
    }

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty())
            QSKIP("there is no node on the PATH");
    }

    void sameOrder_data()
    {
        QTest::addColumn<QString>("program");
        // Programs in which what Node's own JavaScript does cannot come between: all that is called is the person's.
        for (const char *name : {"fs-order", "forawait-order", "microtask-error-then-rest", "mixed-abort-signals", "order-close-callbacks",
                 "order-immediate-before-timer-from-io", "order-immediate-error", "order-immediate-from-timer",
                 "order-nested-timeouts-same-duration", "order-phases", "order-tick-args", "order-tick-error-keeps-queue",
                 "order-tick-microtask-between-immediates", "order-tick-microtask-between-timers", "process-exit-microtasks",
                 "process-next-tick-order-with-exit", "promises-aggregate-error", "promises-constructor", "promises-inspect",
                 "promises-unhandled-async-function", "promises-unhandled-handler", "stream-pipe-order", "timers-clear-in-microtask",
                 "timers-immediates-nested", "timers-interval-overlap", "timers-interval", "timers-lists", "timers-nested-depth",
                 "timers-refresh-in-callback", "timers-throw-in-immediate-keeps-order"})
            QTest::newRow(name) << QStringLiteral(ORACLE_PROGRAMS "/%1.js").arg(QLatin1String(name));
    }
    void sameOrder()
    {
        QFETCH(QString, program);
        const QStringList ours = callbacks(record(QStringLiteral("run"), program, {QStringLiteral("--allow-all")}));
        QVERIFY(!ours.isEmpty());
        // Samples come later than what happened, and change nothing of its order.
        for (const char *samples : {"--sample=none", "--sample=200"}) {
            // On a busy machine a timer may be due before an immediate that Node would run first otherwise.
            QStringList theirs;
            for (int attempt = 0; attempt < 5 && theirs != ours; ++attempt)
                theirs = callbacks(record(QStringLiteral("node"), program, {QLatin1String(samples)}));
            QCOMPARE(theirs, ours);
        }
    }

    void sameRejections_data()
    {
        QTest::addColumn<QString>("program");
        for (const char *name : {"async-arrow-this-arguments", "async-await-odd-values", "async-default-parameters-throw",
                 "async-error-propagation", "async-job-counts", "async-return-promise", "promises-aggregate-error", "promises-chain-values",
                 "promises-combinators", "promises-constructor", "promises-handled-in-time", "promises-inspect",
                 "promises-multiple-handlers", "promises-refusals", "promises-self-resolution", "promises-thenable-edge",
                 "promises-unhandled-async-function", "promises-unhandled-becomes-uncaught", "promises-unhandled-exit",
                 "promises-unhandled-handler", "promises-unhandled-in-handler", "promises-unhandled-object",
                 "promises-unhandled-undefined-null", "promises-unhandled-value"})
            QTest::newRow(name) << QStringLiteral(ORACLE_PROGRAMS "/%1.js").arg(QLatin1String(name));
    }
    void sameRejections()
    {
        QFETCH(QString, program);
        const QList<quint32> theirs = rejectedPromises(record(QStringLiteral("node"), program));
        const QList<quint32> ours = rejectedPromises(record(QStringLiteral("run"), program, {QStringLiteral("--allow-all")}));
        QVERIFY(!theirs.isEmpty());
        QCOMPARE(theirs, ours);
    }

    void compareFindsNoDifference_data()
    {
        QTest::addColumn<QString>("program");
        for (const char *name : {"async-closures-capture", "async-default-parameters-throw", "async-error-propagation", "async-interleave",
                 "async-local-storage", "async-local-storage-emitters", "async-try-finally", "forawait-custom", "forawait-sync-iterables",
                 "promises-chain-values", "promises-combinators", "promises-constructor", "promises-handled-in-time", "promises-refusals",
                 "order-phases", "order-promise-vs-tick-in-promise", "order-quiz-async1-async2", "order-resolve-with-promise", "fs-order",
                 "timers-interval", "timers-error-exit-code"})
            QTest::newRow(name) << QStringLiteral(ORACLE_PROGRAMS "/%1.js").arg(QLatin1String(name));
    }
    void compareFindsNoDifference()
    {
        QFETCH(QString, program);
        const QString ours = record(QStringLiteral("run"), program, {QStringLiteral("--allow-all")});
        QByteArray difference;
        int exitCode = 1;
        for (int attempt = 0; attempt < 5 && exitCode != 0; ++attempt)
            difference = compared(record(QStringLiteral("node"), program), ours, &exitCode);
        QVERIFY2(exitCode == 0, difference.constData());
        QVERIFY(difference.startsWith("The same: "));
    }

    void compareFindsTheFirstDifference()
    {
        const auto script = [this](const QString &name, const char *second) {
            QFile file(m_folder.filePath(name));
            if (file.open(QIODevice::WriteOnly))
                file.write(QByteArray("async function f() { await 1; }\nf();\nf().then(() => {});\n") + second);
            return file.fileName();
        };
        const QString theirs = record(QStringLiteral("node"), script(QStringLiteral("a.js"), "setTimeout(function one() {}, 1);\n"));
        const QString ours = record(QStringLiteral("run"), script(QStringLiteral("b.js"), "setImmediate(function two() {});\n"));
        int exitCode = 0;
        const QByteArray difference = compared(theirs, ours, &exitCode);
        QCOMPARE(exitCode, 1);
        QVERIFY2(difference.contains("timeout `one` begun") && difference.contains("immediate `two` begun"), difference.constData());
    }
};

QTEST_GUILESS_MAIN(NodeOrderTest)
#include "NodeOrderTest.moc"
