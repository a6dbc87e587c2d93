// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "SampleStream.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr Truth truth = Truth::Simulated;
constexpr std::array models = {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest};

/// The same in every run.
double wave(double at, double phase) { return std::sin(at * 1.7 + phase); }

double p99Of(ServerModel model, double time)
{
    switch (model) {
    case ServerModel::ThreadPool:
        return 0.03 + 0.18 * std::max(time, 0.0);
    case ServerModel::ThreadPerRequest:
        return 0.038 + 0.004 * wave(time, 1);
    default:
        return 0.024 + 0.002 * wave(time, 2);
    }
}

} // namespace

Scenario SampleStream::scenario()
{
    Scenario scenario;
    scenario.title = QStringLiteral("A slow backend");
    scenario.description = QStringLiteral("Every request waits 20 ms for an answer from elsewhere.");
    scenario.lookFor = QStringLiteral("how the pool fills up");
    scenario.script = QStringLiteral("/tmp/server.js");
    scenario.models.assign(models.begin(), models.end());
    scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
    scenario.load.rate = 4000;
    scenario.seed = 7;
    return scenario;
}

SweepReport SampleStream::sweep()
{
    SweepReport report;
    report.scenario = scenario();
    report.values = {1, 10, 100, 316, 1000};
    for (const ServerModel model : models)
        report.runs.push_back({model, truth});
    for (const double clients : report.values) {
        for (const ServerModel model : models) {
            const bool isPool = model == ServerModel::ThreadPool;
            LabResult point = result(model, 10);
            point.histogram.clear();
            point.throughput = isPool ? std::min(clients * 10, 640.0) : clients * 10;
            point.completed = std::lround(point.throughput * 10);
            point.latency.p99 = isPool ? std::max(0.05, clients / 640) : 0.05;
            point.failures.timedOut = isPool && clients > 500 ? point.completed : 0;
            report.points.push_back({clients, point});
        }
    }
    return report;
}

LabLanes SampleStream::lanes(ServerModel model, int threads, double from, double to, int spansASecond)
{
    LabLanes lanes{model, truth, to, {}, 0, {}};
    const double length = 1.0 / spansASecond;
    for (int thread = 1; thread <= threads; ++thread) {
        double time = from;
        for (int i = 0; time < to - 1e-9; ++i) {
            const auto turn = static_cast<unsigned>(std::lround(time / length)) + static_cast<unsigned>(thread) * 7U;
            static constexpr ThreadState states[] = {ThreadState::Running, ThreadState::Blocked, ThreadState::Blocked, ThreadState::Ready,
                ThreadState::Running, ThreadState::Idle};
            const ThreadState state =
                model == ServerModel::EventLoop ? (turn % 3 == 0 ? ThreadState::Idle : ThreadState::Running) : states[turn % 6];
            const double end = std::min(to, from + (i + 1) * length);
            lanes.spans.push_back({thread, state, time, end, state == ThreadState::Idle ? 0 : static_cast<qint64>(turn / 6 + 1)});
            time = end;
        }
    }
    return lanes;
}

LabSample SampleStream::sample(ServerModel model, double time)
{
    LabSample sample;
    sample.model = model;
    sample.truth = truth;
    sample.time = time;
    sample.interval = 0.1;
    const bool isPool = model == ServerModel::ThreadPool;
    sample.arrivals = 400;
    sample.completed = std::lround((isPool ? 320 : 399) + 8 * wave(time, static_cast<double>(model)));
    const double p99 = p99Of(model, time);
    sample.latency = {p99 / 2, p99 / 2.2, p99 / 1.4, p99, p99 * 1.4, p99 * 2};
    sample.queued = isPool ? static_cast<int>(std::max(0.0, time) * 800) : 0;
    sample.inFlight = (isPool ? 64 : 81) + sample.queued;
    sample.threads = {0, 1, 0, 0};
    if (isPool)
        sample.threads = {0, 2, 1, 61};
    if (model == ServerModel::ThreadPerRequest)
        sample.threads = {3, 2, 4, 76};
    sample.cpuCores = 0.6 + 0.05 * wave(time, 4);
    sample.memoryBytes = model == ServerModel::EventLoop ? 61'000'000 : isPool ? 124'000'000 : 1'100'000'000;
    sample.contextSwitches = model == ServerModel::EventLoop ? 20 : 900;
    return sample;
}

LabRequest SampleStream::request(ServerModel model, qint64 number)
{
    using Kind = LabStep::Kind;
    const double wait = model == ServerModel::ThreadPool ? 0.06 : 0.001;
    LabRequest request{model, truth, number, QStringLiteral("GET /products/7"), 1, 0, 200, {}};
    double time = 1;
    const auto add = [&](Kind kind, double length, int thread, const QString &what) {
        request.steps.push_back({kind, time, time + length, thread, what});
        time += length;
    };
    add(Kind::Network, 0.0004, 0, {});
    add(Kind::Queued, wait, 0, {});
    add(Kind::Running, 0.0015, 1, {});
    add(Kind::Waiting, 0.02, 0, QStringLiteral("GET backend.example/user/7"));
    add(Kind::Ready, 0.003, 1, {});
    add(Kind::Running, 0.001, 1, {});
    add(Kind::Network, 0.0004, 0, {});
    request.latency = time - 1;
    return request;
}

LabResult SampleStream::result(ServerModel model, double seconds)
{
    LabResult result;
    result.model = model;
    result.truth = truth;
    result.seconds = seconds;
    result.throughput = model == ServerModel::ThreadPool ? 3201 : 3990;
    result.completed = std::lround(result.throughput * seconds);
    result.arrivals = std::lround(4000 * seconds);
    const double p99 = p99Of(model, seconds);
    result.latency = {p99 / 2, p99 / 2.2, p99 / 1.4, p99, p99 * 1.4, p99 * 2};
    result.uncorrectedLatency = result.latency;
    for (int i = 0; i < 40; ++i) {
        const double from = p99 / 4 * std::pow(1.05, i);
        result.histogram.push_back({from, from * 1.05, std::lround(1000 * std::exp(-std::pow((i - 14) / 7.0, 2))) + 1});
    }
    result.meanInFlight = result.throughput * result.latency.mean * 1.001;
    result.littleDifference = 0.001;
    result.mostThreads = model == ServerModel::EventLoop ? 1 : model == ServerModel::ThreadPool ? 64 : 85;
    result.mostQueued = model == ServerModel::ThreadPool ? 8000 : 0;
    result.cpuCores = 0.6;
    result.mostMemoryBytes = sample(model, 1).memoryBytes;
    return result;
}

QByteArray SampleStream::lines(const Shape &shape)
{
    LabStart start;
    start.version = QStringLiteral("0.1.0");
    start.machine = QStringLiteral("a test");
    start.scenario = scenario();
    start.scenario.load.seconds = shape.seconds;
    for (const ServerModel model : models)
        start.runs.push_back({model, truth});
    QByteArray lines = LabJson::line(start);
    for (int tick = 0; tick < qRound(shape.seconds * 10); ++tick) {
        for (const ServerModel model : models) {
            const int threads = model == ServerModel::EventLoop ? 1 : shape.poolThreads;
            lines += LabJson::line(lanes(model, threads, tick / 10.0, (tick + 1) / 10.0, shape.spansASecond));
            lines += LabJson::line(sample(model, (tick + 1) / 10.0));
        }
    }
    for (const ServerModel model : models) {
        lines += LabJson::line(request(model, 4711));
        if (shape.ends)
            lines += LabJson::line(result(model, shape.seconds));
    }
    if (!shape.ends)
        return lines;
    LabVerdict verdict;
    verdict.sentence = QStringLiteral("At 4,000 requests/s the event loop keeps p99 at 24 ms; the thread pool is full.");
    verdict.winner = keyOf(ServerModel::EventLoop);
    verdict.evidence = {QStringLiteral("thread pool: 64 of 64 threads are blocked on I/O, and its queue grows by 800 a second."),
        QStringLiteral("thread per request: as quick, with 18 times the memory.")};
    verdict.turn = QStringLiteral("With more than 0.5 ms of CPU a request it turns round.");
    return lines + LabJson::line(verdict) + LabJson::line(LabEnd{false, 1});
}

} // namespace loopscope
