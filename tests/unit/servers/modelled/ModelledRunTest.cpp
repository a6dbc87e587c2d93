// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Modelled servers, compared with theory where a setting makes one of its queues out of them.
#include "ModelledRuns.h"

#include "servers/queueing/QueueFormulas.h"

#include <set>
#include <thread>

using namespace loopscope;

namespace {

/// Computing with an exponential distribution: its quantiles, so that mean and tail are exact.
RequestProfile exponentialWork(double mean)
{
    constexpr int count = 20'000;
    std::vector<Stages> samples;
    for (int i = 0; i < count; ++i)
        samples.push_back({cpu(std::llround(-std::log(1 - (i + 0.5) / count) * mean * 1e9))});
    return profileOf(samples);
}

} // namespace

class ModelledRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theQueuesOfTheory_data();
    void theQueuesOfTheory();
    void closedLoadsFollowTheInteractiveLaw_data();
    void closedLoadsFollowTheInteractiveLaw();
    void littlesLawInEveryRun_data();
    void littlesLawInEveryRun();
    void waitingBlocksThreadsAndNotTheLoop();
    void oneLongComputationHoldsTheLoopUp();
    void workersTakeComputingFromTheLoop();
    void theLoopsPoolComputesBeside();
    void clusterUsesAllCores();
    void contextSwitchesCost();
    void stacksNeedMemory();
    void clientsGiveUp();
    void aCrashEndsWhoServes_data();
    void aCrashEndsWhoServes();
    void knobsActDuringTheRun();
    void aRequestIsFollowed();
    void lanesHaveNoGaps();
    void sameSeedSameRun();
    void stopsAtOnce();
    void unknownRoutesAreNamed();
    void profilesBecomeStages();
    void longComputingIsTakenForOffloaded();
};

void ModelledRunTest::theQueuesOfTheory_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<double>("rate");
    QTest::addColumn<int>("cores");
    QTest::addColumn<int>("backlog");
    QTest::addColumn<double>("slice");
    QTest::addColumn<bool>("isShared");
    constexpr double endless = 1e6; // ms
    QTest::newRow("event loop is M/M/1") << ServerModel::EventLoop << 5000.0 << 1 << 1'000'000 << endless << false;
    QTest::newRow("pool of four on four cores is M/M/4") << ServerModel::ThreadPool << 28'000.0 << 4 << 1'000'000 << endless << false;
    QTest::newRow("with a short backlog M/M/4/12") << ServerModel::ThreadPool << 36'000.0 << 4 << 8 << endless << false;
    QTest::newRow("threads with endless slices are M/M/2")
        << ServerModel::ThreadPerRequest << 12'000.0 << 2 << 1'000'000 << endless << false;
    QTest::newRow("threads with short slices share") << ServerModel::ThreadPerRequest << 5000.0 << 1 << 1'000'000 << 0.002 << true;
    QTest::newRow("processes are M/M/4") << ServerModel::Processes << 28'000.0 << 4 << 1'000'000 << endless << false;
}

void ModelledRunTest::theQueuesOfTheory()
{
    QFETCH(ServerModel, model);
    QFETCH(double, rate);
    QFETCH(int, cores);
    QFETCH(int, backlog);
    QFETCH(double, slice);
    QFETCH(bool, isShared);
    constexpr double mean = 1e-4;
    Scenario scenario = plainScenario();
    scenario.load.rate = rate;
    scenario.load.seconds = isShared ? 30 : 40;
    scenario.machine.cores = scenario.machine.poolThreads = scenario.machine.processes = cores;
    scenario.machine.threadLimit = 100'000;
    scenario.machine.backlog = backlog;
    scenario.machine.timeSliceMilliseconds = slice;
    const LabResult result = ran(scenario, model, exponentialWork(mean));
    const QueueSetting setting{Distribution::exponential(rate), Distribution::exponential(1 / mean), cores,
        isShared ? QueueDiscipline::ProcessorSharing : QueueDiscipline::Fifo, backlog < 1000 ? cores + backlog : 0};
    const QueuePrediction theory = QueueFormulas::predict(setting).value();
    VERIFY_NEAR(result.latency.mean, theory.meanSojourn, 0.03);
    VERIFY_NEAR(result.latency.p50, *theory.p50, 0.03);
    VERIFY_NEAR(result.latency.p99, *theory.p99, 0.05);
    VERIFY_NEAR(result.cpuCores, theory.utilisation * cores, 0.02);
    VERIFY_NEAR(result.meanInFlight, theory.meanInSystem, 0.03);
    VERIFY_NEAR(1 + static_cast<double>(result.failures.reset) / static_cast<double>(result.arrivals), 1 + theory.lost, 0.003);
}

void ModelledRunTest::closedLoadsFollowTheInteractiveLaw_data()
{
    QTest::addColumn<ServerModel>("model");
    for (const ServerModel model : serverModels)
        QTest::addRow("%s", qPrintable(keyOf(model))) << model;
}

void ModelledRunTest::closedLoadsFollowTheInteractiveLaw()
{
    // Throughput x (response time + think time) = clients (Denning and Buzen 1978), whatever the server is like.
    QFETCH(ServerModel, model);
    Scenario scenario = plainScenario();
    scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
    scenario.load.clients = 300;
    scenario.load.thinkTime = QStringLiteral("exp:10");
    scenario.load.seconds = 20;
    const LabResult result = ran(scenario, model, profileOf({{cpu(200'000), wait(20 * kMillisecond), cpu(300'000)}}));
    VERIFY_NEAR(result.throughput * (result.latency.mean + 0.1), 300, 0.02);
    QCOMPARE(result.failures.total(), qint64(0));
    QVERIFY(result.completed > 10'000);
}

void ModelledRunTest::littlesLawInEveryRun_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<double>("warmup");
    QTest::newRow("light") << 100.0 << 1.0;
    QTest::newRow("overloaded") << 3000.0 << 1.0;
    QTest::newRow("overloaded from the start") << 3000.0 << 0.0;
    QTest::newRow("hardly anybody") << 0.5 << 0.0;
}

void ModelledRunTest::littlesLawInEveryRun()
{
    QFETCH(double, rate);
    QFETCH(double, warmup);
    Scenario scenario = plainScenario();
    scenario.load.rate = rate;
    scenario.load.warmupSeconds = warmup;
    scenario.load.timeoutSeconds = 2;
    const LabResult result = ran(scenario, ServerModel::EventLoop, profileOf({{cpu(kMillisecond), wait(5 * kMillisecond)}}));
    QVERIFY(result.meanInFlight > 0);
    QVERIFY2(result.littleDifference < 1e-6, qPrintable(QString::number(result.littleDifference)));
}

void ModelledRunTest::waitingBlocksThreadsAndNotTheLoop()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 500;
    scenario.load.timeoutSeconds = 5;
    scenario.machine.poolThreads = 20;
    const RequestProfile profile = profileOf({{cpu(50'000), wait(100 * kMillisecond), cpu(50'000)}});
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    VERIFY_NEAR(loop.throughput, 500, 0.05);
    QVERIFY(loop.latency.p99 < 0.11);
    // Twenty threads that each wait 100 ms for a request serve 200 of them a second.
    Listener listener;
    const LabResult pool = ran(scenario, ServerModel::ThreadPool, profile, listener, LabControls(scenario, ServerModel::ThreadPool));
    VERIFY_NEAR(static_cast<double>(pool.completed) / pool.seconds, 200, 0.3);
    QVERIFY(pool.failures.timedOut > 1000);
    QVERIFY(listener.samples.back().threads[static_cast<size_t>(ThreadState::Blocked)] >= 18);
    QVERIFY(listener.samples.back().queued > 1000);
    const LabResult threads = ran(scenario, ServerModel::ThreadPerRequest, profile);
    VERIFY_NEAR(threads.throughput, 500, 0.05);
    QVERIFY(threads.mostThreads >= 40 && threads.mostThreads < 100);
}

void ModelledRunTest::oneLongComputationHoldsTheLoopUp()
{
    // One request of twenty computes for 50 ms: the others wait behind it in the loop, and share cores with it as threads.
    Scenario scenario = plainScenario();
    scenario.load.rate = 200;
    scenario.machine.cores = 2;
    std::vector<Stages> samples(20, Stages{cpu(100'000)});
    samples.front() = {cpu(50 * kMillisecond)};
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profileOf(samples));
    const LabResult threads = ran(scenario, ServerModel::ThreadPerRequest, profileOf(samples));
    QVERIFY(loop.latency.p50 > 5 * threads.latency.p50);
}

void ModelledRunTest::workersTakeComputingFromTheLoop()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 30;
    scenario.machine.cores = 4;
    scenario.machine.workers = 3;
    const RequestProfile profile = profileOf({{cpu(100'000), {ProfileStage::Kind::Offload, 60 * kMillisecond, 0}, cpu(100'000)}});
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    QVERIFY(loop.cpuCores <= 1.001);
    QVERIFY(loop.throughput < 17);
    const LabResult workers = ran(scenario, ServerModel::Workers, profile);
    VERIFY_NEAR(workers.throughput, 30, 0.15);
    VERIFY_NEAR(workers.cpuCores, 30 * 0.0602, 0.15);
    QCOMPARE(workers.mostThreads, 4);
}

void ModelledRunTest::theLoopsPoolComputesBeside()
{
    // As zlib and crypto do: four threads of the pool on two cores, while the loop is free for others.
    Scenario scenario = plainScenario();
    scenario.load.rate = 150;
    scenario.machine.cores = 2;
    const RequestProfile profile = profileOf({{cpu(100'000), {ProfileStage::Kind::Pool, 10 * kMillisecond, 0}, cpu(100'000)}});
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    VERIFY_NEAR(loop.throughput, 150, 0.1);
    VERIFY_NEAR(loop.cpuCores, loop.throughput * 0.0102, 0.02);
    QCOMPARE(loop.mostThreads, 5);
    // A pool's thread computes itself.
    scenario.machine.poolThreads = 3;
    const LabResult pool = ran(scenario, ServerModel::ThreadPool, profile);
    QCOMPARE(pool.mostThreads, 3);
    VERIFY_NEAR(pool.cpuCores, pool.throughput * 0.0102, 0.02);
}

void ModelledRunTest::clusterUsesAllCores()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 10'000;
    scenario.load.timeoutSeconds = 1;
    scenario.machine.cores = scenario.machine.loops = 4;
    const RequestProfile profile = profileOf({{cpu(kMillisecond)}});
    VERIFY_NEAR(ran(scenario, ServerModel::EventLoop, profile).cpuCores, 1, 0.01);
    VERIFY_NEAR(ran(scenario, ServerModel::Cluster, profile).cpuCores, 4, 0.01);
    // More loops than cores share them.
    scenario.machine.cores = 2;
    VERIFY_NEAR(ran(scenario, ServerModel::Cluster, profile).cpuCores, 2, 0.01);
}

void ModelledRunTest::contextSwitchesCost()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 500;
    scenario.machine.cores = 1;
    scenario.machine.contextSwitchMicroseconds = 100;
    const RequestProfile profile = profileOf({{cpu(500'000), wait(kMillisecond), cpu(500'000)}});
    const LabResult result = ran(scenario, ServerModel::ThreadPerRequest, profile);
    // Two for each request at least, but when it finds its core as it left it.
    QVERIFY(result.contextSwitches > result.completed);
    VERIFY_NEAR(result.cpuCores, result.throughput * 1e-3 + static_cast<double>(result.contextSwitches) / result.seconds * 1e-4, 0.01);
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    QVERIFY(loop.contextSwitches <= 1);
}

void ModelledRunTest::stacksNeedMemory()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 1000;
    scenario.load.timeoutSeconds = 5;
    scenario.machine.threadLimit = 10'000;
    scenario.machine.stackBytes = 8LL << 20;
    scenario.machine.memoryBytes = 1LL << 30;
    const RequestProfile profile = profileOf({{cpu(50'000), wait(1000 * kMillisecond)}});
    const LabResult threads = ran(scenario, ServerModel::ThreadPerRequest, profile);
    QVERIFY(threads.mostThreads > 100 && threads.mostThreads <= 128);
    QVERIFY(threads.mostMemoryBytes <= 1LL << 30);
    QVERIFY2(threads.notes.join(u' ').contains(QStringLiteral("ran out of memory (1024 MiB)")), qPrintable(threads.notes.join(u' ')));
    const LabResult loop = ran(scenario, ServerModel::EventLoop, profile);
    VERIFY_NEAR(loop.meanInFlight, 1000, 0.05);
    QVERIFY(loop.mostMemoryBytes < 64LL << 20);
}

void ModelledRunTest::clientsGiveUp()
{
    Scenario scenario = plainScenario();
    scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
    scenario.load.clients = 10;
    scenario.load.thinkTime = QStringLiteral("det:0");
    scenario.load.timeoutSeconds = 0.5;
    scenario.load.warmupSeconds = 0;
    const LabResult result = ran(scenario, ServerModel::EventLoop, profileOf({{wait(2000 * kMillisecond)}}));
    QCOMPARE(result.completed, qint64(0));
    QCOMPARE(result.failures.timedOut, qint64(10 * (20 - 1)));
    QCOMPARE(result.mostInFlight, 10);
}

void ModelledRunTest::aCrashEndsWhoServes_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<bool>("endsAll");
    QTest::newRow("event loop") << ServerModel::EventLoop << true;
    QTest::newRow("workers") << ServerModel::Workers << true;
    QTest::newRow("cluster") << ServerModel::Cluster << false;
    QTest::newRow("thread per request") << ServerModel::ThreadPerRequest << false;
    QTest::newRow("thread pool") << ServerModel::ThreadPool << false;
    QTest::newRow("processes") << ServerModel::Processes << false;
}

void ModelledRunTest::aCrashEndsWhoServes()
{
    QFETCH(ServerModel, model);
    QFETCH(bool, endsAll);
    RequestProfile profile = profileOf({{cpu(100'000), wait(50 * kMillisecond), cpu(100'000)}});
    profile.addRoute({QStringLiteral("GET /crash"), 0, 0, 0, 0, QStringLiteral("the handler threw")});
    profile.addSample({cpu(100'000)});
    Scenario scenario = plainScenario();
    scenario.load.rate = 200;
    scenario.load.warmupSeconds = 0;
    scenario.load.routes = {{}, {}};
    scenario.load.routes[1].path = QStringLiteral("/crash");
    scenario.load.routes[1].weight = 0.01; // more than a cluster has loops
    const LabResult result = ran(scenario, model, profile);
    QVERIFY(result.completed > 0);
    QCOMPARE(result.death, endsAll ? QStringLiteral("the handler threw") : QString());
    QCOMPARE(result.lostToDeath, result.failures.reset);
    if (endsAll) {
        QVERIFY(result.lostToDeath >= 1 && result.lostToDeath < 40);
        QVERIFY(result.seconds < 9);
    } else {
        QVERIFY(result.lostToDeath >= 10);
        QVERIFY(result.throughput > 180);
        QVERIFY2(result.notes.join(u' ').contains(QStringLiteral("the server went on")), qPrintable(result.notes.join(u' ')));
    }
}

void ModelledRunTest::knobsActDuringTheRun()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 100;
    scenario.machine.cores = 1;
    LabControls controls(scenario, ServerModel::ThreadPool);
    Listener listener;
    listener.onSample = [&](const LabSample &sample) {
        if (isNear(sample.time, 3, 1e-9)) {
            controls.set(Knob::Rate, 1000);
            controls.set(Knob::IoMilliseconds, 20);
        } else if (isNear(sample.time, 6, 1e-9)) {
            controls.set(Knob::CpuMilliseconds, 1);
            controls.set(Knob::Cores, 2);
            controls.set(Knob::Threads, 128);
        }
    };
    ran(scenario, ServerModel::ThreadPool, profileOf({{cpu(100'000)}}), listener, controls);
    const auto between = [&](double from, double to, auto value) {
        double sum = 0;
        int count = 0;
        for (const LabSample &sample : listener.samples) {
            if (sample.time > from + 0.35 && sample.time < to - 0.05) {
                sum += value(sample);
                ++count;
            }
        }
        return sum / count;
    };
    const auto completed = [](const LabSample &sample) { return static_cast<double>(sample.completed) / sample.interval; };
    const auto latency = [](const LabSample &sample) { return sample.latency.p50; };
    const auto cores = [](const LabSample &sample) { return sample.cpuCores; };
    VERIFY_NEAR(between(0, 3, completed), 100, 0.15);
    VERIFY_NEAR(between(3, 6, completed), 1000, 0.05);
    VERIFY_NEAR(between(3, 6, latency), 0.0201, 0.02);
    VERIFY_NEAR(between(3, 6, cores), 0.1, 0.1);
    VERIFY_NEAR(between(6, 10, cores), 1.1, 0.05);
    QCOMPARE(listener.samples.front().threads[0] + listener.samples.front().threads[3] + listener.samples.front().threads[1], 64);
    const std::array<int, 4> threads = listener.samples.back().threads;
    QCOMPARE(threads[0] + threads[1] + threads[2] + threads[3], 128);
}

void ModelledRunTest::aRequestIsFollowed()
{
    Scenario scenario = plainScenario();
    scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
    scenario.load.burstSize = 3;
    scenario.load.warmupSeconds = 0;
    LabControls controls(scenario, ServerModel::EventLoop);
    controls.set(Knob::Follow, 2);
    Listener listener;
    ran(scenario, ServerModel::EventLoop, profileOf({{cpu(kMillisecond), wait(5 * kMillisecond), cpu(kMillisecond)}}), listener, controls);
    const auto found =
        std::find_if(listener.requests.begin(), listener.requests.end(), [](const LabRequest &request) { return request.number == 2; });
    QVERIFY(found != listener.requests.end());
    QCOMPARE(found->route, QStringLiteral("GET /"));
    QCOMPARE(found->status, 200);
    // It waits for the first one of its burst, runs, waits for its answer, finds the loop free again when that of the first is through.
    QList<LabStep::Kind> kinds;
    double at = found->arrival;
    for (const LabStep &step : found->steps) {
        kinds.append(step.kind);
        QVERIFY(std::abs(step.from - at) < 1e-9);
        at = step.to;
    }
    QCOMPARE(kinds, (QList<LabStep::Kind>{LabStep::Kind::Queued, LabStep::Kind::Running, LabStep::Kind::Waiting, LabStep::Kind::Running}));
    QVERIFY(std::abs(at - found->arrival - found->latency) < 1e-9);
    QVERIFY(std::abs(found->latency - 0.008) < 1e-9);
    QCOMPARE(found->steps[1].thread, 1);
}

void ModelledRunTest::lanesHaveNoGaps()
{
    Scenario scenario = plainScenario();
    scenario.load.rate = 100;
    scenario.load.seconds = 3;
    scenario.machine.poolThreads = 5;
    scenario.machine.cores = 1;
    Listener listener;
    const LabControls controls(scenario, ServerModel::ThreadPool);
    ran(scenario, ServerModel::ThreadPool, profileOf({{cpu(4 * kMillisecond), wait(10 * kMillisecond), cpu(4 * kMillisecond)}}), listener,
        controls);
    QCOMPARE(listener.left, qint64(0));
    std::map<int, double> until;
    std::set<ThreadState> states;
    double running = 0;
    std::sort(
        listener.spans.begin(), listener.spans.end(), [](const LabSpan &left, const LabSpan &right) { return left.from < right.from; });
    for (const LabSpan &span : listener.spans) {
        if (until.count(span.thread))
            QVERIFY(std::abs(until[span.thread] - span.from) < 1e-9);
        until[span.thread] = span.to;
        states.insert(span.state);
        running += span.state == ThreadState::Running ? span.to - span.from : 0;
    }
    QCOMPARE(until.size(), size_t(5));
    QVERIFY(states == (std::set{ThreadState::Idle, ThreadState::Running, ThreadState::Ready, ThreadState::Blocked}));
    // One core runs no more than one thread.
    QVERIFY(running > 1 && running <= 4.0001);
}

void ModelledRunTest::sameSeedSameRun()
{
    Scenario scenario = plainScenario();
    scenario.load.seconds = 3;
    const RequestProfile profile = exponentialWork(5e-4);
    const auto histogram = [&] {
        const LabResult result = ran(scenario, ServerModel::ThreadPool, profile);
        QString text = QString::number(result.latency.mean, 'g', 17);
        for (const LabBar &bar : result.histogram)
            text += QStringLiteral(" %1:%2").arg(bar.from).arg(bar.count);
        return text;
    };
    const QString alone = histogram();
    std::array<QString, 3> together;
    {
        std::vector<std::jthread> threads;
        for (QString &text : together)
            threads.emplace_back([&] { text = histogram(); });
    }
    for (const QString &text : together)
        QCOMPARE(text, alone);
    scenario.seed = 2;
    QVERIFY(histogram() != alone);
}

void ModelledRunTest::stopsAtOnce()
{
    Scenario scenario = plainScenario();
    scenario.load.seconds = 3600;
    scenario.load.rate = 100'000;
    LabControls controls(scenario, ServerModel::EventLoop);
    Listener listener;
    listener.onSample = [&](const LabSample &sample) {
        if (sample.time > 0.5)
            controls.stop();
    };
    const LabResult result = ran(scenario, ServerModel::EventLoop, profileOf({{cpu(1000)}}), listener, controls);
    QVERIFY(result.wasStopped);
    QVERIFY(result.seconds > 0.4 && result.seconds < 2);
    QVERIFY(result.completed > 10'000);
}

void ModelledRunTest::unknownRoutesAreNamed()
{
    Scenario scenario = plainScenario();
    scenario.load.routes.front().path = QStringLiteral("/elsewhere");
    const LabControls controls(scenario, ServerModel::EventLoop);
    Listener listener;
    QString problem;
    QVERIFY(!makeModelledRun(scenario, ServerModel::EventLoop, profileOf({{cpu(1000)}}))->run(listener, controls, &problem));
    QVERIFY2(problem.contains(QStringLiteral("GET /elsewhere")), qPrintable(problem));
    QVERIFY(!makeModelledRun(scenario, ServerModel::Node, profileOf({{cpu(1000)}}))->run(listener, controls, &problem));
    QVERIFY2(problem.contains(QStringLiteral("real")), qPrintable(problem));
}

void ModelledRunTest::profilesBecomeStages()
{
    ObservedProfile observed;
    ObservedRoute route;
    route.route = QStringLiteral("GET /");
    route.outsideSeconds = 1e-5;
    route.elsewhereSeconds = 2e-3;
    route.failures = 1;
    route.requests = {{{{LabStep::Kind::Running, 1e-3, {}}, {LabStep::Kind::Waiting, 5e-3, QStringLiteral("pbkdf2")},
        {LabStep::Kind::Running, 2e-3, QStringLiteral("resize")}}}};
    observed.routes = {route};
    const RequestProfile profile = RequestProfile::of(observed, {QStringLiteral("resize")});
    QVERIFY(!profile.assumesOffload());
    QCOMPARE(profile.routes().front().failing, 0.5);
    const RequestProfile::Route &laid = profile.routes().front();
    VERIFY_NEAR(profile.meanSeconds(laid, ProfileStage::Kind::Cpu), 1.01e-3, 1e-9);
    VERIFY_NEAR(profile.meanSeconds(laid, ProfileStage::Kind::Pool), 2e-3, 1e-9);
    VERIFY_NEAR(profile.meanSeconds(laid, ProfileStage::Kind::Wait), 3e-3, 1e-9);
    VERIFY_NEAR(profile.meanSeconds(laid, ProfileStage::Kind::Offload), 2e-3, 1e-9);
}

void ModelledRunTest::longComputingIsTakenForOffloaded()
{
    ObservedProfile observed;
    ObservedRoute route;
    route.route = QStringLiteral("GET /");
    route.requests = {{{{LabStep::Kind::Running, 2e-4, {}}}}, {{{LabStep::Kind::Running, 20e-3, {}}}}};
    observed.routes = {route};
    const RequestProfile profile = RequestProfile::of(observed, {QStringLiteral("resize")});
    QVERIFY(profile.assumesOffload());
    VERIFY_NEAR(profile.meanSeconds(profile.routes().front(), ProfileStage::Kind::Offload), 10e-3, 1e-9);
    VERIFY_NEAR(profile.meanSeconds(profile.routes().front(), ProfileStage::Kind::Cpu), 1e-4, 1e-9);
    Scenario scenario = plainScenario();
    scenario.load.rate = 150;
    scenario.machine.cores = 4;
    scenario.machine.workers = 3;
    scenario.offload = QStringList{QStringLiteral("resize")};
    const LabResult workers = ran(scenario, ServerModel::Workers, profile);
    VERIFY_NEAR(workers.throughput, 150, 0.1);
    QVERIFY2(workers.notes.join(u' ').contains(QStringLiteral("(resize)")), qPrintable(workers.notes.join(u' ')));
    QVERIFY(ran(scenario, ServerModel::EventLoop, profile).notes.isEmpty());
}

QTEST_GUILESS_MAIN(ModelledRunTest)
#include "ModelledRunTest.moc"
