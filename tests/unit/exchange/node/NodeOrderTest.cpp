// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording/RecordingReader.h"

#include <QDir>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace loopscope;

/// A real Node and our own run call the same functions in the same order.
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
        const QStringList theirs = callbacks(record(QStringLiteral("node"), program));
        const QStringList ours = callbacks(record(QStringLiteral("run"), program, {QStringLiteral("--allow-all")}));
        QVERIFY(!theirs.isEmpty());
        QCOMPARE(theirs, ours);
    }
};

QTEST_GUILESS_MAIN(NodeOrderTest)
#include "NodeOrderTest.moc"
