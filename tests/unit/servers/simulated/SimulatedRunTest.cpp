// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SimulatedRuns.h"

#include <QTemporaryDir>
#include <QtTest>

using namespace loopscope;

namespace {

const char *const quick = "require('http').createServer((req, res) => res.end('hello')).listen(3000);";
const char *const waits20 = "require('http').createServer((req, res) => setTimeout(() => res.end('done'), 20)).listen(3000);";
/// 10,000 rounds; of 500 ns each they take 5 ms.
const char *const counts =
    "require('http').createServer((req, res) => { for (let i = 0; i < 10000; i++) ; res.end('done'); }).listen(3000);";

} // namespace

/// Scripts served in virtual time under each model, against what can be worked out by hand.
class SimulatedRunTest : public QObject
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
        scenario.load.clients = 40;
        scenario.load.thinkTime = QStringLiteral("det:0");
        scenario.load.seconds = 1;
        scenario.load.warmupSeconds = 0.5;
        return scenario;
    }

    LabResult run(const Scenario &scenario, ServerModel model, Told *told = nullptr, double follow = 0)
    {
        Told own;
        LabControls controls(scenario, model);
        controls.set(LabControls::Knob::Follow, follow);
        QString problem;
        const auto result = runOnThread(scenario, model, told ? *told : own, controls, &problem);
        if (!result)
            qWarning("%s", qPrintable(problem));
        return result.value_or(LabResult{});
    }

    QString problemOf(const Scenario &scenario, ServerModel model)
    {
        Told told;
        const LabControls controls(scenario, model);
        QString problem;
        return runOnThread(scenario, model, told, controls, &problem) ? QString() : problem;
    }

    static bool isNear(double value, double expected, double tolerance) { return qAbs(value - expected) <= expected * tolerance; }

    static void eachModel()
    {
        QTest::addColumn<ServerModel>("model");
        for (const ServerModel model : serverModels) {
            if (model != ServerModel::Workers)
                QTest::newRow(qPrintable(keyOf(model))) << model;
        }
    }

private Q_SLOTS:
    void tellsTheSameTwice_data() { eachModel(); }
    void tellsTheSameTwice()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf("const fs = require('fs');\n"
                                       "require('http').createServer(async (req, res) => {\n"
                                       "  await fs.promises.readFile(__filename); res.end(await new Promise(r => setTimeout(r, 3, 'x')));\n"
                                       "}).listen(3000);");
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 500;
        Told first;
        Told second;
        const LabResult result = run(scenario, model, &first, 300);
        run(scenario, model, &second, 300);
        QVERIFY(result.completed > 300);
        QCOMPARE(result.failures.total(), 0);
        QVERIFY(first.requests.size() >= 15);
        QVERIFY(!first.all.isEmpty());
        QCOMPARE(first.all, second.all);
    }

    // 8 threads that wait 20 ms each: 400 requests a second, whatever the cores. A loop waits for all 40 clients at once: 2000.
    void loopBeatsPoolWhereRequestsWait()
    {
        Scenario scenario = scenarioOf(waits20);
        scenario.machine.poolThreads = 8;
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY2(isNear(pool.throughput, 400, 0.01), qPrintable(QString::number(pool.throughput)));
        QVERIFY(isNear(pool.latency.mean, 0.1, 0.02)); // 40 clients through 400 a second
        const LabResult loop = run(scenario, ServerModel::EventLoop);
        QVERIFY2(isNear(loop.throughput, 2000, 0.01), qPrintable(QString::number(loop.throughput)));
        const LabResult threads = run(scenario, ServerModel::ThreadPerRequest);
        QVERIFY2(isNear(threads.throughput, 2000, 0.02), qPrintable(QString::number(threads.throughput)));
        QVERIFY2(threads.mostThreads <= 80, qPrintable(QString::number(threads.mostThreads)));
    }

    // 5 ms of work a request: 200 a second and core. A loop has one core.
    // One request every 100 ms: everybody has slept when it comes, and to 99 / 102 of how deep one can.
    void whoSleepsIsWokenUp_data() { eachModel(); }
    void whoSleepsIsWokenUp()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(quick);
        scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
        scenario.load.burstSize = 1;
        scenario.load.burstSeconds = 0.1;
        scenario.load.seconds = 3;
        scenario.machine.requestMicroseconds = 2'000;
        const double awake = run(scenario, model).latency.p50;
        scenario.machine.wakeUpMicroseconds = 4'000;
        scenario.machine.clientWakeUpMicroseconds = 1'000;
        const double asleep = run(scenario, model).latency.p50;
        QVERIFY2(std::abs(asleep - awake - (4e-3 * 0.97 + 2e-3)) < 0.2e-3, qPrintable(QString::number(asleep - awake)));
        scenario.machine.answeredMicroseconds = 1'500;
        const double early = run(scenario, model).latency.p50;
        QVERIFY2(std::abs(asleep - early - 1.5e-3) < 0.2e-3, qPrintable(QString::number(asleep - early)));
    }

    void coresCountWhereRequestsWork()
    {
        Scenario scenario = scenarioOf(counts);
        scenario.machine.statementNanoseconds = 500;
        scenario.machine.poolThreads = 8;
        const auto throughput = [&](ServerModel model) { return run(scenario, model).throughput; };
        QVERIFY(isNear(throughput(ServerModel::EventLoop), 200, 0.02));
        QVERIFY(isNear(throughput(ServerModel::ThreadPool), 400, 0.03));
        QVERIFY(isNear(throughput(ServerModel::Cluster), 400, 0.03));
        scenario.machine.cores = 4;
        QVERIFY(isNear(throughput(ServerModel::ThreadPool), 800, 0.04));
        QVERIFY(isNear(throughput(ServerModel::Cluster), 400, 0.03)); // two loops
    }

    // One request works for 300 ms. All others wait for that behind a loop, and behind one thread only in a pool.
    void blockingStopsTheLoopButOneThread()
    {
        Scenario scenario = scenarioOf("let n = 0;\n"
                                       "require('http').createServer((req, res) => {\n"
                                       "  if (++n === 300) for (let i = 0; i < 600000; i++) ;\n"
                                       "  res.end('x');\n"
                                       "}).listen(3000);");
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 400;
        scenario.machine.statementNanoseconds = 500;
        const LabResult loop = run(scenario, ServerModel::EventLoop);
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY2(loop.latency.p90 > 0.05, qPrintable(QString::number(loop.latency.p90)));
        QVERIFY2(pool.latency.p90 < 0.005, qPrintable(QString::number(pool.latency.p90)));
        QVERIFY(pool.latency.max > 0.29);
        QCOMPARE(loop.failures.total() + pool.failures.total(), 0);
    }

    void countsInSystemAsLittleSays_data() { eachModel(); }
    void countsInSystemAsLittleSays()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => setTimeout(() => res.end('done'), 2)).listen(3000);");
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 1000;
        scenario.load.seconds = 3;
        const LabResult result = run(scenario, model);
        QVERIFY(result.completed > 2500);
        QVERIFY2(result.littleDifference < 1e-6, qPrintable(QString::number(result.littleDifference)));
    }

    // More come than can be served, from the warm-up on: hundreds are in flight at the end, and many give up.
    void countsAsLittleSaysWhereRequestsPileUp_data() { eachModel(); }
    void countsAsLittleSaysWhereRequestsPileUp()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(counts);
        scenario.machine.statementNanoseconds = 500;
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 1000;
        scenario.load.timeoutSeconds = 0.5;
        scenario.load.warmupSeconds = 0.3;
        scenario.load.seconds = 0.7;
        const LabResult result = run(scenario, model);
        QVERIFY(result.meanInFlight > 100);
        QVERIFY(result.failures.total() > 50);
        QVERIFY2(result.littleDifference < 1e-6, qPrintable(QString::number(result.littleDifference)));
    }

    // 30 requests come at one moment. One thread has the first, four wait, and the others lose their connections. Those 5 wait longer for
    // an answer than they have the patience for.
    void fullQueuesLoseConnections_data()
    {
        QTest::addColumn<ServerModel>("model");
        for (const ServerModel model : {ServerModel::ThreadPool, ServerModel::ThreadPerRequest, ServerModel::Processes})
            QTest::newRow(qPrintable(keyOf(model))) << model;
    }
    void fullQueuesLoseConnections()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => setTimeout(() => res.end('x'), 600)).listen(3000);");
        scenario.machine.poolThreads = scenario.machine.threadLimit = scenario.machine.processes = 1;
        scenario.machine.backlog = 4;
        scenario.load.keepAlive = false;
        scenario.load.timeoutSeconds = 0.5;
        scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
        scenario.load.burstSize = 30;
        scenario.load.burstSeconds = 10;
        scenario.load.warmupSeconds = 0;
        const LabResult result = run(scenario, model);
        QCOMPARE(result.failures.reset, 25);
        QCOMPARE(result.failures.timedOut, 5);
        QCOMPARE(result.mostThreads, 1);
    }

    // A loop that computes for 600 ms leaves connections to the kernel, which keeps 4 and the one more that Linux takes, and drops the
    // others: who asks again after a second is taken, as far as there is room.
    void fullBacklogsTakeConnectionsLater()
    {
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => {\n"
                                       "  for (const end = Date.now() + 600; Date.now() < end;); res.end('x'); }).listen(3000);");
        scenario.machine.backlog = 4;
        scenario.load.keepAlive = false;
        scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
        scenario.load.burstSize = 30;
        scenario.load.burstSeconds = 10;
        scenario.load.warmupSeconds = 0;
        scenario.load.timeoutSeconds = 0.9;
        scenario.load.seconds = 3;
        const LabResult hasty = run(scenario, ServerModel::EventLoop);
        QCOMPARE(hasty.failures.timedOut, 30 - hasty.completed);
        QCOMPARE(hasty.failures.total(), hasty.failures.timedOut);
        scenario.load.timeoutSeconds = 60;
        scenario.load.seconds = 59;
        scenario.load.burstSeconds = 100;
        const LabResult patient = run(scenario, ServerModel::EventLoop);
        QCOMPARE(patient.failures.total(), 0);
        QVERIFY(patient.completed > hasty.completed);
    }

    // A pool whose threads die one after the other has new ones in their places.
    void deadThreadsAreReplaced()
    {
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => {\n"
                                       "  if (req.url === '/bad') setTimeout(() => { throw new Error('bad'); }, 1); else res.end('x');\n"
                                       "}).listen(3000);");
        scenario.load.routes = {{}, {}};
        scenario.load.routes[1].path = QStringLiteral("/bad");
        scenario.load.clients = 10;
        scenario.machine.poolThreads = 4;
        const LabResult result = run(scenario, ServerModel::ThreadPool);
        QVERIFY(result.lostToDeath > 100);
        QCOMPARE(result.lostToDeath, result.failures.reset);
        QVERIFY(qAbs(result.completed - result.lostToDeath) < result.completed / 4); // as many of one kind as of the other
    }

    void threadsStayWithConnections_data() { eachModel(); }
    void threadsStayWithConnections()
    {
        // 20 clients who ask every 220 ms: as many as there are threads have them for good, where threads stay with connections.
        QFETCH(ServerModel, model);
        const bool staysWith = model != ServerModel::EventLoop && model != ServerModel::Cluster;
        Scenario scenario = scenarioOf(waits20);
        scenario.load.clients = 20;
        scenario.load.thinkTime = QStringLiteral("exp:5");
        scenario.load.seconds = 4;
        scenario.machine.poolThreads = scenario.machine.threadLimit = scenario.machine.processes = 8;
        QVERIFY(isNear(run(scenario, model).throughput, 20 / 0.22, 0.1));
        scenario.machine.keepAliveSeconds = 60;
        Told told;
        const LabResult kept = run(scenario, model, &told);
        QVERIFY2(isNear(kept.throughput, (staysWith ? 8 : 20) / 0.22, 0.1), qPrintable(QString::number(kept.throughput)));
        QCOMPARE(told.samples.back().threads[static_cast<std::size_t>(ThreadState::Blocked)] == 8, staysWith);
        QCOMPARE(told.samples.back().queued, staysWith ? 12 : 0);
        // Who ends connections after a while serves all again, though with waiting.
        scenario.machine.keepAliveSeconds = 0.05;
        const LabResult ended = run(scenario, model);
        QVERIFY(isNear(ended.throughput, 20 / 0.22, 0.1));
        QCOMPARE(ended.failures.total(), 0);
        QCOMPARE(ended.latency.p99 > 0.03, staysWith);
    }

    void silentConnectionsTakeThreads()
    {
        Scenario scenario = scenarioOf(quick);
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 20;
        scenario.load.seconds = 5;
        scenario.load.timeoutSeconds = 2;
        scenario.load.keepAlive = false; // else the first one that is served keeps its connection for all
        scenario.load.idleConnections = 100;
        scenario.machine.poolThreads = 8;
        scenario.machine.backlog = 6;
        QCOMPARE(run(scenario, ServerModel::ThreadPool).failures.total(), 0);
        scenario.machine.keepAliveSeconds = 2;
        Told told;
        const LabResult result = run(scenario, ServerModel::ThreadPool, &told);
        QVERIFY(result.failures.total() > 0);
        QVERIFY(result.throughput < 10);
        QCOMPARE(told.samples.back().threads[static_cast<std::size_t>(ThreadState::Blocked)], 8);
        QCOMPARE(run(scenario, ServerModel::EventLoop).failures.total(), 0);
    }

    void followsOneRequest_data() { eachModel(); }
    void followsOneRequest()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(waits20);
        Told told;
        run(scenario, model, &told, 100);
        const auto found =
            std::find_if(told.requests.begin(), told.requests.end(), [](const LabRequest &request) { return request.number == 100; });
        QVERIFY(found != told.requests.end());
        QCOMPARE(found->route, QStringLiteral("GET /"));
        QCOMPARE(found->status, 200);
        QVERIFY(found->latency > 0.02);
        double waited = 0;
        bool ran = false;
        for (std::size_t index = 0; index < found->steps.size(); ++index) {
            const LabStep &step = found->steps[index];
            QVERIFY(step.to >= step.from);
            if (index > 0)
                QCOMPARE(step.from, found->steps[index - 1].to); // no gaps
            waited += step.kind == LabStep::Kind::Waiting ? step.to - step.from : 0;
            ran = ran || (step.kind == LabStep::Kind::Running && step.thread > 0);
        }
        QVERIFY(ran);
        QVERIFY2(waited > 0.0195 && waited < 0.0205, qPrintable(QString::number(waited)));
        QCOMPARE(found->steps.front().kind, LabStep::Kind::Network);
        QCOMPARE(found->steps.back().kind, LabStep::Kind::Network);
        QVERIFY(qAbs(found->steps.back().to - found->arrival - found->latency) < 1e-9);
    }

    void lanesHaveNoGaps_data() { eachModel(); }
    void lanesHaveNoGaps()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(waits20);
        scenario.machine.poolThreads = 8;
        Told told;
        run(scenario, model, &told);
        std::map<int, double> upTo;
        for (const LabSpan &span : told.spans) {
            QVERIFY(span.to > span.from);
            if (const auto before = upTo.find(span.thread); before != upTo.end())
                QVERIFY(qAbs(before->second - span.from) < 1e-9);
            upTo[span.thread] = span.to;
        }
        QVERIFY(!upTo.empty());
    }

    // 10 ms of extra I/O and 1 ms of extra work for each request, from the scenario.
    void addsWorkAndWaits()
    {
        Scenario scenario = scenarioOf(quick);
        scenario.load.clients = 1;
        scenario.extra.ioMilliseconds = 10;
        scenario.extra.cpuMilliseconds = 1;
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest}) {
            const LabResult result = run(scenario, model);
            QVERIFY2(result.latency.p50 > 0.011 && result.latency.p50 < 0.0112, qPrintable(QString::number(result.latency.p50)));
        }
    }

    // 5 ms of work a request on two workers: 400 a second, while the loop itself has next to nothing to do.
    void workersTakeTheWork()
    {
        Scenario scenario = scenarioOf("function count() { for (let i = 0; i < 10000; i++) ; return 'done'; }\n"
                                       "require('http').createServer(async (req, res) => res.end(await count())).listen(3000);");
        scenario.machine.statementNanoseconds = 500;
        scenario.machine.cores = 4;
        scenario.offload = QStringList{QStringLiteral("count")};
        const LabResult result = run(scenario, ServerModel::Workers);
        QVERIFY2(isNear(result.throughput, 400, 0.05), qPrintable(QString::number(result.throughput)));
        QVERIFY2(result.cpuCores > 1.9 && result.cpuCores < 2.3, qPrintable(QString::number(result.cpuCores)));
        QCOMPARE(result.mostThreads, 3);
    }

    // What a loop has the threads of its pool calculate, a request's own thread does itself, on a core.
    void threadsCalculateThemselves()
    {
        Scenario scenario = scenarioOf("const crypto = require('crypto');\n"
                                       "require('http').createServer((req, res) => {\n"
                                       "  crypto.pbkdf2('secret', 'salt', 10000, 32, 'sha256', (error, key) => res.end(key));\n"
                                       "}).listen(3000);");
        scenario.load.clients = 10;
        scenario.load.seconds = 0.5;
        scenario.load.warmupSeconds = 0.1;
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY2(pool.cpuCores > 1.95, qPrintable(QString::number(pool.cpuCores)));
        const LabResult loop = run(scenario, ServerModel::EventLoop);
        QVERIFY2(loop.cpuCores < 0.2, qPrintable(QString::number(loop.cpuCores)));
        QVERIFY(loop.throughput > 1.5 * pool.throughput); // four threads of the pool, and two cores: it does not know of the cores
    }

    void speaksWebSocket()
    {
        Scenario scenario =
            scenarioOf("const http = require('http');\n"
                       "const server = http.createServer((req, res) => res.end()).listen(3000);\n"
                       "const sockets = [];\n"
                       "server.on('upgrade', (req, socket) => {\n"
                       "  socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\n\\r\\n');\n"
                       "  sockets.push(socket);\n"
                       "  socket.on('data', (frame) => {\n"
                       "    const text = frame.subarray(6).map((byte, at) => byte ^ frame[2 + (at & 3)]);\n"
                       "    const told = Buffer.concat([Buffer.from([0x81, text.length]), text]);\n"
                       "    for (const each of sockets) each.write(told);\n"
                       "  });\n"
                       "});");
        scenario.load.protocol = ScenarioLoad::Protocol::WebSocket;
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.clients = 20;
        scenario.load.rate = 200;
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool}) {
            const LabResult result = run(scenario, model);
            QVERIFY2(result.completed > 150, qPrintable(QString::number(result.completed)));
            QCOMPARE(result.failures.total(), 0);
            QVERIFY(result.latency.p50 > 0 && result.latency.p50 < 0.01);
        }
    }

    void errorsTakeWhatTheyRunIn()
    {
        Scenario scenario = scenarioOf("let n = 0;\n"
                                       "require('http').createServer((req, res) => {\n"
                                       "  if (++n === 5000) throw new TypeError('no more');\n"
                                       "  setTimeout(() => res.end('x'), 1);\n"
                                       "}).listen(3000);");
        scenario.load.thinkTime = QStringLiteral("exp:200");
        const LabResult loop = run(scenario, ServerModel::EventLoop);
        QVERIFY2(loop.death.contains(QStringLiteral("TypeError: no more")), qPrintable(loop.death));
        QVERIFY(loop.lostToDeath > 1);
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY(pool.death.isNull());
        QCOMPARE(pool.lostToDeath, 1);
        QVERIFY(pool.completed > 4'000);
    }

    // Whoever tells all clients at once answers for threads that wait: each is free for another request before its client asks again.
    void threadsEndWithTheirAnswers()
    {
        Scenario scenario = scenarioOf("let waiting = [];\n"
                                       "setInterval(() => { for (const res of waiting.splice(0)) res.end('tick'); }, 100);\n"
                                       "require('http').createServer((req, res) => waiting.push(res)).listen(3000);");
        scenario.load.clients = 100;
        const LabResult each = run(scenario, ServerModel::ThreadPerRequest);
        QVERIFY2(each.completed >= 900 && each.completed <= 1'000, qPrintable(QString::number(each.completed))); // ten ticks
        QVERIFY2(each.mostThreads <= 100, qPrintable(QString::number(each.mostThreads)));
        scenario.machine.poolThreads = 16;
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY2(pool.completed >= 144 && pool.completed <= 160, qPrintable(QString::number(pool.completed))); // 16 hear of each
    }

    void deathsLoseRequestsOnce()
    {
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => {\n"
                                       "  if (req.url === '/end') throw new Error('no more');\n"
                                       "  setTimeout(() => res.end('x'), 5);\n"
                                       "}).listen(3000);");
        ScenarioRoute often;
        often.weight = 49;
        ScenarioRoute seldom;
        seldom.path = QStringLiteral("/end");
        scenario.load.routes = {often, seldom};
        scenario.load.clients = 10;
        scenario.load.warmupSeconds = 0;
        for (const ServerModel model : {ServerModel::ThreadPool, ServerModel::Cluster}) {
            const LabResult result = run(scenario, model);
            QVERIFY(result.lostToDeath > 5);
            QCOMPARE(result.failures.reset, result.lostToDeath); // of each one client hears, and it does not ask again
        }
    }

    void saysWhatIsWrong_data()
    {
        QTest::addColumn<QByteArray>("script");
        QTest::addColumn<QString>("expected");
        QTest::newRow("ends") << QByteArray("1;") << QStringLiteral("never listened");
        QTest::newRow("throws") << QByteArray("throw new Error('broken');") << QStringLiteral("Error: broken");
        QTest::newRow("waits") << QByteArray("setInterval(() => {}, 1000);") << QStringLiteral("listens at no port");
        QTest::newRow("endless") << QByteArray("for (;;) ;") << QStringLiteral("listens at no port");
        QTest::newRow("syntax") << QByteArray("let let = ;") << QStringLiteral("before it listened");
    }
    void saysWhatIsWrong()
    {
        QFETCH(QByteArray, script);
        QFETCH(QString, expected);
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool}) {
            Scenario scenario = scenarioOf(script.constData());
            scenario.machine.statementNanoseconds = 50'000; // so that endless loops are through with their time soon
            const QString problem = problemOf(scenario, model);
            QVERIFY2(problem.contains(expected), qPrintable(problem));
        }
    }

    void endlessHandlersEndTheRun()
    {
        Scenario scenario = scenarioOf("require('http').createServer((req, res) => { for (;;) ; }).listen(3000);");
        scenario.machine.statementNanoseconds = 50'000;
        const LabResult loop = run(scenario, ServerModel::EventLoop);
        QCOMPARE(loop.completed, 0);
        const LabResult pool = run(scenario, ServerModel::ThreadPool);
        QVERIFY2(pool.death.contains(QStringLiteral("did not end")), qPrintable(pool.death));
    }

    void stopsAtOnce_data() { eachModel(); }
    void stopsAtOnce()
    {
        QFETCH(ServerModel, model);
        Scenario scenario = scenarioOf(quick);
        scenario.load.thinkTime = QStringLiteral("exp:50");
        scenario.load.seconds = 3600;
        LabControls controls(scenario, model);
        class Stopping final : public LabSink
        {
        public:
            explicit Stopping(LabControls &knobs)
                : m_controls(knobs)
            {
            }
            void sample(const LabSample &sample) override
            {
                if (sample.time > 0.5)
                    m_controls.stop();
            }
            void lanes(const LabLanes &) override { }
            void request(const LabRequest &) override { }

        private:
            LabControls &m_controls;
        } sink(controls);
        QString problem;
        const auto result = runOnThread(scenario, model, sink, controls, &problem);
        QVERIFY(result);
        QVERIFY(result->wasStopped);
        QVERIFY(result->seconds < 1);
    }
};

QTEST_GUILESS_MAIN(SimulatedRunTest)
#include "SimulatedRunTest.moc"
