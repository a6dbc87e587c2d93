// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ModelledRuns.h"

using namespace loopscope;

/// Connections of modelled servers: those that queues and backlogs have no room for, those that threads stay with, and those of WebSocket.
class ModelledConnectionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fullQueuesLoseConnections();
    void fullBacklogsTakeConnectionsLater();
    void socketsHaveThreads_data();
    void socketsHaveThreads();
    void aThreadsDeathEndsItsSocket();
    void messagesAreHeardOneAfterTheOther();
    void threadsStayWithConnections_data();
    void threadsStayWithConnections();
    void silentConnectionsTakeThreads();
};

void ModelledConnectionsTest::fullQueuesLoseConnections()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 2000;
    scenario.load.keepAlive = false;
    scenario.machine.backlog = 10;
    scenario.machine.poolThreads = 1;
    const RequestProfile profile = profileOf({{cpu(kMillisecond)}});
    const LabResult pool = ran(scenario, ServerModel::ThreadPool, profile);
    VERIFY_NEAR(pool.throughput, 1000, 0.01);
    VERIFY_NEAR(static_cast<double>(pool.failures.reset), static_cast<double>(pool.arrivals - pool.completed), 0.01);
    QCOMPARE(pool.failures.total(), pool.failures.reset);
    QVERIFY(pool.latency.max <= 0.01101);
    QCOMPARE(pool.mostQueued, 10);
}

void ModelledConnectionsTest::fullBacklogsTakeConnectionsLater()
{
    Scenario scenario = plainScenario();
    scenario.load.keepAlive = false;
    scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
    scenario.load.burstSize = 30;
    scenario.load.burstSeconds = 100;
    scenario.load.warmupSeconds = 0;
    scenario.machine.backlog = 10;
    // A loop accepts everybody each time it looks, so that a long computation, and nothing else, fills its backlog. The first one is taken
    // at once and ten wait; the others come again after one second, and so on: the kernel drops what it has no room for.
    const RequestProfile profile = profileOf({{cpu(100 * kMillisecond)}});
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    QCOMPARE(loop.failures.total(), qint64(0));
    QVERIFY(loop.latency.p50 > 1 && loop.latency.max < 5);
    scenario.load.timeoutSeconds = 0.9; // before they come again
    const LabResult hasty = ran(scenario, ServerModel::EventLoop, profile);
    QCOMPARE(hasty.completed + hasty.failures.timedOut, qint64(30));
    QVERIFY(hasty.failures.timedOut >= 19);
    // In front of a cluster somebody accepts who does nothing else.
    QVERIFY(ran(scenario, ServerModel::Cluster, profile).latency.max < 0.9);
}

void ModelledConnectionsTest::socketsHaveThreads_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<bool>("hasThreads");
    for (const ServerModel model : serverModels)
        QTest::addRow("%s", qPrintable(keyOf(model)))
            << model << (model == ServerModel::ThreadPerRequest || model == ServerModel::ThreadPool || model == ServerModel::Processes);
}

void ModelledConnectionsTest::socketsHaveThreads()
{
    // 20 clients stay connected. Where threads are for connections, eight of them have one each and send all messages; the others wait.
    QFETCH(ServerModel, model);
    QFETCH(bool, hasThreads);
    Scenario scenario = plainScenario();
    scenario.load.protocol = ScenarioLoad::Protocol::WebSocket;
    scenario.load.clients = 20;
    scenario.load.rate = 100;
    scenario.machine.poolThreads = scenario.machine.threadLimit = scenario.machine.processes = 8;
    const RequestProfile profile = profileOf({{cpu(100'000)}});
    LabControls controls(scenario, model);
    Listener listener;
    listener.onSample = [&](const LabSample &sample) {
        if (isNear(sample.time, 5, 1e-9))
            controls.set(Knob::Clients, 3);
    };
    const LabResult result = ran(scenario, model, profile, listener, controls);
    VERIFY_NEAR(result.throughput, 100, 0.1);
    QCOMPARE(result.failures.total(), qint64(0));
    const auto blocked = [&](double time) {
        for (const LabSample &sample : listener.samples) {
            if (isNear(sample.time, time, 1e-9))
                return sample.threads[static_cast<size_t>(ThreadState::Blocked)]
                    + sample.threads[static_cast<size_t>(ThreadState::Running)];
        }
        return -1;
    };
    if (hasThreads) {
        QCOMPARE(result.mostThreads, 8);
        QCOMPARE(blocked(4), 8);
        QCOMPARE(blocked(8), 3);
    } else {
        QVERIFY(blocked(4) <= 2);
    }
}

void ModelledConnectionsTest::aThreadsDeathEndsItsSocket()
{
    Scenario scenario = plainScenario();
    scenario.load.protocol = ScenarioLoad::Protocol::WebSocket;
    scenario.load.clients = 4;
    scenario.load.rate = 200;
    scenario.load.routes = {{}, {}};
    scenario.load.routes[1].path = QStringLiteral("/crash");
    scenario.load.routes[1].weight = 0.02;
    scenario.machine.poolThreads = 4;
    RequestProfile profile = profileOf({{cpu(100'000)}});
    profile.addRoute({QStringLiteral("GET /crash"), 0, 0, 0, 0, QStringLiteral("the handler threw")});
    profile.addSample({cpu(100'000)});
    Listener listener;
    const LabResult result = ran(scenario, ServerModel::ThreadPool, profile, listener, LabControls(scenario, ServerModel::ThreadPool));
    QVERIFY(result.failures.reset > 10);
    QCOMPARE(result.lostToDeath, result.failures.reset);
    QVERIFY(result.throughput > 180);
    // They come back after a tenth of a second each time.
    int connected = 0;
    for (const LabSample &sample : listener.samples)
        connected += sample.threads[static_cast<size_t>(ThreadState::Idle)] < 4 ? 1 : 0;
    QVERIFY(connected > 100);
}

void ModelledConnectionsTest::threadsStayWithConnections_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<double>("keep");
    QTest::addColumn<double>("throughput");
    // Eight clients at a time have the threads for good: 8 / (200 ms + 20 ms) a second. Without keeping all 20 are served.
    for (const ServerModel model : {ServerModel::ThreadPerRequest, ServerModel::ThreadPool, ServerModel::Processes}) {
        QTest::addRow("%s, for requests", qPrintable(keyOf(model))) << model << 0.0 << 20 / 0.22;
        QTest::addRow("%s, for connections", qPrintable(keyOf(model))) << model << 60.0 << 8 / 0.22;
    }
    QTest::newRow("a loop knows nothing of it") << ServerModel::EventLoop << 60.0 << 20 / 0.22;
    QTest::newRow("nor do several") << ServerModel::Cluster << 60.0 << 20 / 0.22;
}

void ModelledConnectionsTest::threadsStayWithConnections()
{
    QFETCH(ServerModel, model);
    QFETCH(double, keep);
    QFETCH(double, throughput);
    Scenario scenario = plainScenario();
    scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
    scenario.load.clients = 20;
    scenario.load.thinkTime = QStringLiteral("exp:5");
    scenario.machine.poolThreads = scenario.machine.threadLimit = scenario.machine.processes = 8;
    scenario.machine.keepAliveSeconds = keep;
    const RequestProfile profile = profileOf({{cpu(10'000), wait(20 * kMillisecond)}});
    Listener listener;
    const LabResult result = ran(scenario, model, profile, listener, LabControls(scenario, model));
    VERIFY_NEAR(result.throughput, throughput, 0.08);
    const bool isHeld = keep > 0 && model != ServerModel::EventLoop && model != ServerModel::Cluster;
    QCOMPARE(listener.samples.back().threads[static_cast<size_t>(ThreadState::Blocked)] == 8, isHeld);
    QCOMPARE(listener.samples.back().queued, isHeld ? 12 : 0);
    // One who closes the connection after each answer gives the thread back.
    scenario.load.keepAlive = false;
    VERIFY_NEAR(ran(scenario, model, profile).throughput, 20 / 0.22, 0.08);
}

void ModelledConnectionsTest::silentConnectionsTakeThreads()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 20;
    scenario.load.timeoutSeconds = 2;
    scenario.load.keepAlive = false; // else the first one that is served keeps its connection for all
    scenario.load.idleConnections = 100;
    scenario.machine.poolThreads = 8;
    scenario.machine.backlog = 6;
    scenario.machine.keepAliveSeconds = 2;
    const RequestProfile profile = profileOf({{cpu(10'000), wait(kMillisecond)}});
    Listener listener;
    const LabResult result = ran(scenario, ServerModel::ThreadPool, profile, listener, LabControls(scenario, ServerModel::ThreadPool));
    // Each thread has a connection in two seconds, and most of them ask nothing.
    QVERIFY(result.failures.reset > 0);
    QVERIFY(result.throughput < 10);
    QCOMPARE(listener.samples.back().threads[static_cast<size_t>(ThreadState::Blocked)], 8);
    QVERIFY2(result.notes.join(u' ').contains(QStringLiteral("Of 100 idle connections the server took 14")),
        qPrintable(result.notes.join(u' ')));
    scenario.machine.keepAliveSeconds = 0;
    const LabResult free = ran(scenario, ServerModel::ThreadPool, profile);
    QCOMPARE(free.failures.total(), qint64(0));
    VERIFY_NEAR(free.throughput, 20, 0.3);
}

void ModelledConnectionsTest::messagesAreHeardOneAfterTheOther()
{
    // Telling ten clients takes a millisecond: half of them hear in the first half of it. Five who have a thread are told in half the time,
    // and whoever has a process alone hears only itself.
    Scenario scenario = plainScenario();
    scenario.load.protocol = ScenarioLoad::Protocol::WebSocket;
    scenario.load.clients = 10;
    scenario.load.rate = 20;
    scenario.load.seconds = 100;
    scenario.machine.poolThreads = scenario.machine.processes = 5;
    RequestProfile profile;
    profile.addRoute({QStringLiteral("GET /"), 0, 0, 0, 0, {}, kMillisecond});
    profile.addSample({cpu(100'000)});
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    VERIFY_NEAR(loop.latency.p50, 0.6e-3, 0.1);
    VERIFY_NEAR(loop.cpuSecondsPerRequest, 1.1e-3, 0.01);
    const LabResult pool = ran(scenario, ServerModel::ThreadPool, profile);
    VERIFY_NEAR(pool.latency.p50, 0.35e-3, 0.1);
    VERIFY_NEAR(pool.cpuSecondsPerRequest, 0.6e-3, 0.01);
    VERIFY_NEAR(ran(scenario, ServerModel::Processes, profile).cpuSecondsPerRequest, 0.2e-3, 0.01);
}

QTEST_GUILESS_MAIN(ModelledConnectionsTest)
#include "ModelledConnectionsTest.moc"
