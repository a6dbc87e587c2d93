// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SimulatedRuns.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace loopscope;

namespace {

/// The first request that a process has is answered with 500, so failures count processes.
const char *const counter = "let count = 0;\n"
                            "require('http').createServer((req, res) => {\n"
                            "  res.statusCode = ++count === 1 ? 500 : 200;\n"
                            "  setTimeout(() => res.end('x'), 5);\n"
                            "}).listen(3000);";

} // namespace

/// Simulated processes have variables of their own; threads share them.
class ProcessesTest : public QObject
{
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_scripts = 0;

    Scenario scenarioOf(const char *script)
    {
        Scenario scenario;
        scenario.script = m_folder.filePath(QStringLiteral("server%1.js").arg(++m_scripts));
        QFile file(scenario.script);
        if (!file.open(QIODevice::WriteOnly))
            qFatal("no file");
        file.write(script);
        scenario.load.clients = 20;
        scenario.load.thinkTime = QStringLiteral("exp:100");
        scenario.load.seconds = 5;
        scenario.load.warmupSeconds = 0;
        scenario.load.requests = 400;
        scenario.machine.processes = 4;
        scenario.machine.loops = 3;
        return scenario;
    }

    LabResult run(const Scenario &scenario, ServerModel model, QByteArray *all = nullptr)
    {
        Told told;
        const LabControls controls(scenario, model);
        QString problem;
        const std::optional<LabResult> result = runOnThread(scenario, model, told, controls, &problem);
        if (!result)
            qWarning("%s", qPrintable(problem));
        if (all)
            *all = told.all;
        return result.value_or(LabResult{});
    }

private Q_SLOTS:
    void eachHasItsVariables_data()
    {
        QTest::addColumn<ServerModel>("model");
        QTest::addColumn<int>("counts");
        QTest::newRow("cluster") << ServerModel::Cluster << 3;
        QTest::newRow("processes") << ServerModel::Processes << 4;
        QTest::newRow("threads") << ServerModel::ThreadPool << 1;
    }
    void eachHasItsVariables()
    {
        QFETCH(ServerModel, model);
        QFETCH(int, counts);
        for (const bool keepAlive : {true, false}) {
            Scenario scenario = scenarioOf(counter);
            scenario.load.keepAlive = keepAlive;
            const LabResult result = run(scenario, model);
            QCOMPARE(result.failures.badStatus, counts);
            QCOMPARE(result.failures.total(), counts);
            QCOMPARE(result.completed, 400 - counts);
        }
    }

    // Whoever ends takes its own variables with it, and the one in its place begins anew.
    void anErrorEndsOneProcess_data()
    {
        QTest::addColumn<QByteArray>("end");
        QTest::newRow("error") << QByteArray("throw new Error('no more')");
        QTest::newRow("exit") << QByteArray("process.exit(3)");
    }
    void anErrorEndsOneProcess()
    {
        QFETCH(QByteArray, end);
        const QByteArray script = "let count = 0;\n"
                                  "require('http').createServer((req, res) => {\n"
                                  "  res.statusCode = ++count === 1 ? 500 : 200;\n"
                                  "  if (req.url === '/end') "
            + end
            + ";\n"
              "  setTimeout(() => res.end('x'), 5);\n"
              "}).listen(3000);";
        Scenario scenario = scenarioOf(script.constData());
        ScenarioRoute often;
        often.weight = 99;
        ScenarioRoute seldom;
        seldom.path = QStringLiteral("/end");
        scenario.load.routes = {often, seldom};
        const LabResult result = run(scenario, ServerModel::Processes);
        QVERIFY(result.death.isNull());
        QVERIFY(result.lostToDeath > 0);
        QCOMPARE(result.failures.reset, result.lostToDeath); // once each: clients do not ask again
        // One count for each of the four processes, and one for each that came in the place of one that had ended and was asked.
        QVERIFY2(result.failures.badStatus > 4 && result.failures.badStatus <= 4 + result.lostToDeath,
            qPrintable(QStringLiteral("%1 counts, %2 ends").arg(result.failures.badStatus).arg(result.lostToDeath)));
        QCOMPARE(result.completed + result.failures.total(), 400);
    }

    void equalRunsAreEqual_data() { eachHasItsVariables_data(); }
    void equalRunsAreEqual()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf("const own = Math.random() * 10;\n"
                                       "require('http').createServer((req, res) => setTimeout(() => res.end(String(own)), own))"
                                       ".listen(3000);");
        QByteArray first;
        QByteArray second;
        run(scenario, model, &first);
        run(scenario, model, &second);
        QVERIFY(!first.isEmpty());
        QCOMPARE(first, second);
    }

    // It listens later than its first connection comes; and asks a server beside it, which the first process has for all.
    void processesMayListenLate()
    {
        Scenario scenario =
            scenarioOf("const http = require('http');\n"
                       "setTimeout(() => {\n"
                       "  http.createServer((req, res) => {\n"
                       "    http.get('http://localhost:4000/', (answer) => { answer.resume().on('end', () => res.end('x')); });\n"
                       "  }).listen(3000);\n"
                       "  http.createServer((req, res) => setTimeout(() => res.end('y'), 3)).listen(4000);\n"
                       "}, 50);");
        for (const ServerModel model : {ServerModel::Cluster, ServerModel::Processes}) {
            const LabResult result = run(scenario, model);
            QCOMPARE(result.failures.total(), 0);
            QCOMPARE(result.completed, 400);
        }
    }

    void extraWaitsAreWaited()
    {
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => res.end('x')).listen(3000);");
        scenario.load.clients = 1;
        scenario.extra.ioMilliseconds = 10;
        for (const ServerModel model : {ServerModel::Cluster, ServerModel::Processes}) {
            const LabResult result = run(scenario, model);
            QVERIFY2(result.latency.p50 > 0.01 && result.latency.p50 < 0.0115, qPrintable(QString::number(result.latency.p50)));
        }
    }
};

QTEST_GUILESS_MAIN(ProcessesTest)
#include "ProcessesTest.moc"
