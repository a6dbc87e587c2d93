// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/RealRun.h"

#include <QElapsedTimer>
#include <QTest>

#include <algorithm>
#include <numeric>
#include <sys/resource.h>

using namespace loopscope;

namespace {

class Notebook final : public LabSink
{
public:
    explicit Notebook(LabControls *controls = nullptr)
        : m_controls(controls)
    {
    }
    void sample(const LabSample &sample) override
    {
        samples.push_back(sample);
        if (m_controls)
            m_controls->stop();
    }
    void lanes(const LabLanes &lanes) override { spans.insert(spans.end(), lanes.spans.begin(), lanes.spans.end()); }
    void request(const LabRequest &request) override { requests.push_back(request); }

    std::vector<LabSample> samples;
    std::vector<LabSpan> spans;
    std::vector<LabRequest> requests;

private:
    LabControls *m_controls;
};

/// What is told of threads and processes, and of the whole, agrees.
void checkUsage(const LabResult &result)
{
    QVERIFY(result.bytesSent >= result.completed * 7); // of each body
    QVERIFY(!result.threads.empty());
    QVERIFY(!result.processes.empty());
    double threads = 0;
    qint64 requests = 0;
    for (const LabThread &thread : result.threads) {
        QVERIFY(thread.process > 0);
        QVERIFY(thread.cpuSeconds >= 0 && thread.readySeconds >= 0);
        threads += thread.cpuSeconds;
        requests += thread.requests;
    }
    double processes = 0;
    for (const LabProcess &process : result.processes) {
        QVERIFY(process.mostMemoryBytes > 1'000'000 || process.cpuSeconds == 0);
        processes += process.cpuSeconds;
    }
    QVERIFY(threads > 0 && processes > 0);
    // The dispatcher is a thread of no process of the server, and some ms pass between the looks.
    QVERIFY2(threads < result.cpuCores * result.seconds + 0.1, qPrintable(QString::number(threads)));
    if (result.model != ServerModel::Node) // it tells every 50 ms
        QVERIFY2(std::abs(requests - result.completed) <= 20, qPrintable(QString::number(requests)));
}

Scenario scenarioOf(const char *path)
{
    Scenario scenario;
    scenario.script = QStringLiteral(FIXTURES "/plain.js");
    scenario.machine.poolThreads = 2;
    scenario.machine.threadLimit = 3;
    scenario.machine.processes = 2;
    scenario.load.clients = 4;
    scenario.load.thinkTime = QStringLiteral("det:0");
    scenario.load.seconds = 0.5;
    scenario.load.warmupSeconds = 0.1;
    scenario.load.routes.front().path = QString::fromLatin1(path);
    return scenario;
}

} // namespace

Q_DECLARE_METATYPE(loopscope::ServerModel)

class RealRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void figuresAgree_data();
    void figuresAgree();
    void aLoopTellsEachCallbackOfARequest();
    void bodiesAndWorkersAreTheirRequests_data();
    void bodiesAndWorkersAreTheirRequests();
    void aDeadLoopEndsTheRun();
    void threadsStayWithConnections_data();
    void threadsStayWithConnections();
    void aStopIsObeyedAtOnce();
    void whatCannotBeServedIsASentence();
    void idleConnectionsLeaveRoomForOthers();
};

void RealRunTest::figuresAgree_data()
{
    QTest::addColumn<ServerModel>("model");
    for (const ServerModel model : serverModels)
        QTest::newRow(qPrintable(keyOf(model))) << model;
}

void RealRunTest::figuresAgree()
{
    QFETCH(const ServerModel, model);
    const Scenario scenario = scenarioOf("/await");
    Notebook notebook;
    QString problem;
    const std::optional<LabResult> result = RealRun(scenario, model).run(notebook, LabControls(scenario, model), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    QCOMPARE(result->model, model);
    QCOMPARE(result->truth, Truth::Real);
    QVERIFY(result->completed > 0);
    QCOMPARE(result->failures.total(), 0);
    QVERIFY(result->latency.p50 >= 0.02);
    QVERIFY(result->latency.p99 >= result->latency.p50);
    QVERIFY(result->cpuCores > 0);
    QVERIFY(result->mostMemoryBytes > 1'000'000);
    QVERIFY(result->meanInFlight > 3.5 && result->meanInFlight <= 4.0001);
    QCOMPARE(result->mostInFlight, 4);
    // About 100 requests, of which 4 are in flight at each edge.
    QVERIFY2(result->littleDifference < 1e-6, qPrintable(QString::number(result->littleDifference)));
    QVERIFY(result->death.isNull());
    qint64 arrivals = 0;
    for (const LabSample &sample : notebook.samples) {
        arrivals += sample.time > 0 && sample.time <= 0.5001 ? sample.arrivals : 0;
        QVERIFY(std::accumulate(sample.threads.begin(), sample.threads.end(), 0) <= result->mostThreads);
        QVERIFY(sample.queued >= 0 && sample.queued <= sample.inFlight);
    }
    QCOMPARE(arrivals, result->arrivals);
    checkUsage(*result);
    QVERIFY(!notebook.spans.empty());
    QVERIFY(!notebook.requests.empty());
    for (const LabRequest &request : notebook.requests) {
        double last = request.arrival;
        for (const LabStep &step : request.steps) {
            QVERIFY(step.from >= last - 1e-6);
            QVERIFY(step.to >= step.from);
            last = step.to;
        }
        if (request.latency >= 0)
            QVERIFY(std::abs(last - request.arrival - request.latency) < 1e-6);
    }
}

/// A handler with two awaits and a timer, for two clients at once.
void RealRunTest::aLoopTellsEachCallbackOfARequest()
{
    Scenario scenario = scenarioOf("/steps");
    scenario.load.clients = 2;
    Notebook notebook;
    QString problem;
    const auto result = RealRun(scenario, ServerModel::EventLoop).run(notebook, LabControls(scenario, ServerModel::EventLoop), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    std::vector<LabStep> running;
    int answered = 0;
    for (const LabRequest &request : notebook.requests) {
        if (request.latency < 0)
            continue;
        ++answered;
        QCOMPARE(request.steps.front().kind, LabStep::Kind::Queued);
        // Its computations in their order, of 2, 3 and 4 ms, each a step, and between them what it waited for.
        std::vector<LabStep> computed;
        for (const LabStep &step : request.steps) {
            if (step.kind == LabStep::Kind::Running && step.to - step.from >= 0.001 * static_cast<double>(computed.size() + 2))
                computed.push_back(step);
        }
        QCOMPARE(computed.size(), 3U);
        QVERIFY(computed[1].from - computed[0].to >= 0.009);
        QVERIFY(computed[2].from - computed[1].to >= 0.014);
        for (std::size_t index = 1; index < request.steps.size(); ++index) {
            if (request.steps[index].kind == LabStep::Kind::Running)
                QVERIFY(request.steps[index - 1].kind != LabStep::Kind::Running);
        }
        for (const LabStep &step : request.steps) {
            if (step.kind == LabStep::Kind::Running)
                running.push_back(step);
        }
    }
    QVERIFY(answered > 0);
    // One thread runs one of them at a time.
    std::sort(running.begin(), running.end(), [](const LabStep &one, const LabStep &other) { return one.from < other.from; });
    for (std::size_t index = 1; index < running.size(); ++index)
        QVERIFY(running[index].from >= running[index - 1].to - 2e-6);
}

void RealRunTest::bodiesAndWorkersAreTheirRequests_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<double>("least"); // seconds that each request runs
    QTest::newRow("body") << ServerModel::EventLoop << 0.003;
    QTest::newRow("worker") << ServerModel::Workers << 0.005;
}

void RealRunTest::bodiesAndWorkersAreTheirRequests()
{
    QFETCH(const ServerModel, model);
    QFETCH(const double, least);
    Scenario scenario = scenarioOf(model == ServerModel::Workers ? "/blur" : "/body");
    if (model == ServerModel::Workers) {
        scenario.script = QStringLiteral(FIXTURES "/offload.js");
        scenario.offload = QStringList{QStringLiteral("blur")};
    } else {
        scenario.load.routes.front().method = QStringLiteral("POST");
        scenario.load.routes.front().bodyBytes = 400'000; // pieces of at most 64 KiB, of which the first may come with the head
    }
    Notebook notebook;
    QString problem;
    const auto result = RealRun(scenario, model).run(notebook, LabControls(scenario, model), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    int answered = 0;
    for (const LabRequest &request : notebook.requests) {
        if (request.latency < 0)
            continue;
        ++answered;
        double ran = 0;
        bool wasOnWorker = false;
        for (const LabStep &step : request.steps) {
            ran += step.kind == LabStep::Kind::Running ? step.to - step.from : 0;
            wasOnWorker = wasOnWorker || (step.kind == LabStep::Kind::Running && step.thread > 1);
        }
        QVERIFY2(ran >= least, qPrintable(QString::number(ran)));
        QCOMPARE(wasOnWorker, model == ServerModel::Workers);
    }
    QVERIFY(answered > 0);
}

void RealRunTest::aDeadLoopEndsTheRun()
{
    Scenario scenario = scenarioOf("/throw");
    scenario.load.seconds = 20;
    scenario.load.warmupSeconds = 0;
    Notebook notebook;
    QString problem;
    QElapsedTimer timer;
    timer.start();
    const auto result = RealRun(scenario, ServerModel::EventLoop).run(notebook, LabControls(scenario, ServerModel::EventLoop), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    QVERIFY(timer.elapsed() < 10'000);
    QVERIFY2(result->death.contains(QLatin1String("on purpose")), qPrintable(result->death));
    QVERIFY(result->lostToDeath >= 1);
    QVERIFY(!result->wasStopped);
}

void RealRunTest::threadsStayWithConnections_data()
{
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<double>("keep");
    QTest::newRow("thread pool, for requests") << ServerModel::ThreadPool << 0.0;
    QTest::newRow("thread pool, for connections") << ServerModel::ThreadPool << 60.0;
    QTest::newRow("processes, for connections") << ServerModel::Processes << 60.0;
    QTest::newRow("thread pool, for connections that end soon") << ServerModel::ThreadPool << 0.02;
}

void RealRunTest::threadsStayWithConnections()
{
    // Two of twelve clients have the two threads for good, two wait in the queue, the others are refused; where threads are for requests,
    // all are served.
    QFETCH(const ServerModel, model);
    QFETCH(const double, keep);
    Scenario scenario = scenarioOf("/await");
    scenario.load.clients = 12;
    scenario.load.thinkTime = QStringLiteral("det:0.2");
    scenario.load.warmupSeconds = 0.2; // they ask first when it ends
    scenario.load.seconds = 1;
    scenario.machine.backlog = keep > 1 ? 2 : 100;
    scenario.machine.keepAliveSeconds = keep;
    Notebook notebook;
    QString problem;
    const std::optional<LabResult> result = RealRun(scenario, model).run(notebook, LabControls(scenario, model), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    QVERIFY(result->completed > 0);
    if (keep > 1) {
        // Two seconds after the end the load closes its connections, and the threads are free.
        const double closed = scenario.load.seconds + 2;
        for (const LabSample &sample : notebook.samples)
            QVERIFY(sample.time < 0.1 || sample.time >= closed || sample.threads[static_cast<std::size_t>(ThreadState::Idle)] == 0);
        QVERIFY(result->mostQueued >= 2);
        QVERIFY(result->failures.reset > 0);
        QVERIFY2(result->completed <= 10, qPrintable(QString::number(result->completed)));
    } else {
        QCOMPARE(result->failures.total(), 0);
        QVERIFY2(result->completed > 11, qPrintable(QString::number(result->completed)));
    }
}

void RealRunTest::aStopIsObeyedAtOnce()
{
    Scenario scenario = scenarioOf("/hold");
    scenario.load.seconds = 60;
    LabControls controls(scenario, ServerModel::ThreadPool);
    Notebook notebook(&controls);
    QString problem;
    QElapsedTimer timer;
    timer.start();
    const auto result = RealRun(scenario, ServerModel::ThreadPool).run(notebook, controls, &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    QVERIFY(timer.elapsed() < 20'000);
    QVERIFY(result->wasStopped);
}

void RealRunTest::whatCannotBeServedIsASentence()
{
    Scenario scenario = scenarioOf("/");
    scenario.script = QStringLiteral(FIXTURES "/no-server.js");
    Notebook notebook;
    QString problem;
    QVERIFY(!makeRealRun(scenario, ServerModel::Processes)->run(notebook, LabControls(scenario, ServerModel::Processes), &problem));
    QVERIFY2(problem.contains(QLatin1String("no server")), qPrintable(problem));
    QVERIFY(notebook.samples.empty());
}

/// Both ends of a connection are files of this process. The last test, as the limit stays.
void RealRunTest::idleConnectionsLeaveRoomForOthers()
{
    const rlimit few{600, 600};
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &few), 0);
    Scenario scenario = scenarioOf("/");
    scenario.load.idleConnections = 1000;
    Notebook notebook;
    QString problem;
    const auto result = RealRun(scenario, ServerModel::ThreadPool).run(notebook, LabControls(scenario, ServerModel::ThreadPool), &problem);
    QVERIFY2(result.has_value(), qPrintable(problem));
    QVERIFY(result->completed > 0);
    // Whoever may raise any limit has no problem.
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    if (limit.rlim_cur == few.rlim_cur)
        QVERIFY2(result->notes.join(QLatin1Char(' ')).contains(QLatin1String("ulimit -Hn 3008")),
            qPrintable(result->notes.join(QLatin1Char('\n'))));
}

QTEST_GUILESS_MAIN(RealRunTest)
#include "RealRunTest.moc"
