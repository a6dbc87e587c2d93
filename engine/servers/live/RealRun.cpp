// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/RealRun.h"

#include "servers/lab/ToldRequests.h"
#include "servers/load/LoadInLab.h"
#include "servers/load/LoopbackSockets.h"
#include "servers/load/ScenarioLoadPlan.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <unistd.h>

namespace loopscope {

namespace {

using Knob = LabControls::Knob;

/// How often, in seconds, the run looks at the server, the load and the knobs.
constexpr double period = 0.01;
/// Requests whose way is told beside those of isAlwaysTold(): around the one that is followed, on both sides; or the first ones that are
/// measured.
constexpr qint64 toldAround = 25;
/// Single requests that are kept, to be followed.
constexpr quint64 keptRecords = 200'000;

/// Seconds; what is shorter is the time between two notes.
constexpr double shortestWait = 1e-6;

QString tr(const char *text) { return QCoreApplication::translate("RealRun", text); }

double secondsOf(qint64 nanoseconds) { return static_cast<double>(nanoseconds) / 1e9; }

} // namespace

RealRun::RealRun(const Scenario &scenario, ServerModel model)
    : m_scenario(scenario)
    , m_model(model)
    , m_server(scenario, model)
    , m_rate(scenario.load.rate)
    , m_clients(scenario.load.clients)
    , m_threads(LabControls(scenario, model).value(Knob::Threads))
{
}

std::optional<LabResult> RealRun::run(LabSink &sink, const LabControls &controls, QString *problem)
{
    const auto begin = std::chrono::steady_clock::now();
    std::optional<LoadPlan> plan = loadPlanOf(m_scenario, problem);
    if (plan)
        fitIdleConnections(*plan);
    if (!plan || !m_server.start([&controls] { return controls.isStopped(); }, problem))
        return std::nullopt;
    plan->target.port = m_server.port();
    plan->mostRecords = keptRecords;
    m_load = std::make_unique<LoadGenerator>(*plan);
    const qint64 origin = LaneBoard::now() + static_cast<qint64>(plan->warmupSeconds * 1e9);
    m_lanes = std::make_unique<LaneWatch>(m_server.board(), origin, static_cast<qint64>(plan->mostRecords));
    if (const QString wrong = m_load->start(); !wrong.isEmpty()) {
        *problem = wrong;
        return std::nullopt;
    }
    // Its threads may begin some milliseconds later; lanes and requests have to be on one axis.
    while (m_load->origin() == 0 && !controls.isStopped() && !m_load->waitForEnd(0.001)) { }
    if (m_load->origin() != 0)
        m_lanes->setOrigin(m_load->origin() + static_cast<qint64>(plan->warmupSeconds * 1e9));
    m_lastUsage = m_usage.look(m_server.processes());
    m_threadUsage = std::make_unique<ThreadUsage>(m_server.board());
    m_threadUsage->look(true);
    m_toldThreads = m_threadUsage->lanes();
    if (plan->warmupSeconds <= 0)
        beginMeasuring();
    while (!m_load->waitForEnd(period)) {
        turnKnobs(controls);
        m_server.look();
        m_mostThreads = std::max(m_mostThreads, m_lanes->threads());
        for (const LoadSample &stretch : m_load->takeSamples())
            tell(sink, stretch);
        if (controls.isStopped() || !m_server.death().isEmpty())
            break;
    }
    m_threadUsage->look(true);
    m_usage.look(m_server.processes());
    const bool isOver = m_load->isOver();
    if (!isOver) {
        m_load->stop();
        m_load->waitForEnd();
        m_inFlightAtDeath = static_cast<qint64>(m_load->result().unanswered());
    }
    m_server.look();
    for (const LoadSample &stretch : m_load->takeSamples())
        tell(sink, stretch);
    tellRequests(sink, std::llround(controls.value(Knob::Follow)));
    const LabResult outcome =
        result(!isOver && m_server.death().isEmpty(), std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count());
    m_server.stop();
    return outcome;
}

/// The server's processes get the limit of open files that this one has, which may have both ends of each connection.
void RealRun::fitIdleConnections(LoadPlan &plan)
{
    const auto wanted = static_cast<quint64>(plan.idleConnections);
    const auto asking = static_cast<quint64>(plan.hasClients() ? plan.arrivals.clients : plan.mostConnections);
    const quint64 ends = m_server.hasDispatcher() ? 2 : 1;
    const quint64 given = LoopbackSockets::raiseLimit(ends * (wanted + asking)) / ends;
    if (wanted == 0 || ends == 1 || given >= wanted + asking)
        return; // of its own ends the load says it
    plan.idleConnections = static_cast<int>(given > asking ? given - asking : 0);
    m_notes << tr(
        "The system lets this process open too few files for both ends of %1 connections and %2 idle ones, of which there are %3; raise "
        "its limit first (ulimit -Hn %4 as the administrator, at most fs.nr_open).")
                   .arg(asking)
                   .arg(wanted)
                   .arg(plan.idleConnections)
                   .arg(ends * (wanted + asking) + 1000);
}

void RealRun::turnKnobs(const LabControls &controls)
{
    m_server.setExtras(std::max(0.0, controls.value(Knob::IoMilliseconds)), std::max(0.0, controls.value(Knob::CpuMilliseconds)));
    const auto hasChanged = [&controls](Knob knob, double *last) { return std::exchange(*last, controls.value(knob)) != *last; };
    if (hasChanged(Knob::Rate, &m_rate))
        m_load->setRate(m_rate);
    if (hasChanged(Knob::Clients, &m_clients))
        m_load->setClients(static_cast<int>(m_clients));
    if (hasChanged(Knob::Threads, &m_threads))
        m_server.setThreads(static_cast<int>(m_threads));
}

void RealRun::tell(LabSink &sink, const LoadSample &stretch)
{
    const ServerUsage::Figures usage = m_usage.look(m_server.processes());
    const double dispatcher = m_server.dispatcherSeconds();
    LabSample sample;
    sample.model = m_model;
    sample.truth = Truth::Real;
    sample.time = secondsOf(stretch.to);
    sample.interval = secondsOf(stretch.to - stretch.from);
    sample.arrivals = static_cast<qint64>(stretch.arrivals);
    sample.completed = static_cast<qint64>(stretch.completed);
    sample.failures = failuresOf(stretch);
    sample.latency = latencyOf(stretch.latency);
    sample.histogram = coarseBarsOf(stretch.latency);
    sample.inFlight = static_cast<int>(stretch.inFlight);
    sample.queued = static_cast<int>(std::max<qint64>(0, sample.inFlight - m_lanes->inService()));
    m_threadUsage->look();
    sample.threads = m_lanes->states(m_threadUsage->ready());
    if (sample.interval > 0) {
        sample.cpuCores = (usage.processorSeconds - m_lastUsage.processorSeconds + dispatcher - m_lastDispatcher) / sample.interval;
    }
    sample.memoryBytes = usage.memoryBytes;
    sample.contextSwitches = usage.contextSwitches - m_lastUsage.contextSwitches;
    sample.bytesSent = static_cast<qint64>(stretch.bytesReceived);
    m_lastUsage = m_usageAtEnd = usage;
    m_lastDispatcher = dispatcher;
    m_mostMemory = std::max(m_mostMemory, usage.memoryBytes);
    m_mostThreads = std::max(m_mostThreads, m_lanes->threads());
    const int mostQueued = m_server.takeMostQueued();
    if (stretch.to <= 0)
        m_resetBefore += sample.failures.reset;
    if (m_isMeasuring) {
        m_mostQueued = std::max({m_mostQueued, sample.queued, mostQueued});
        m_mostInFlight = std::max(m_mostInFlight, static_cast<int>(stretch.mostInFlight));
    }
    sink.sample(sample);
    LabLanes lanes = m_lanes->take();
    lanes.model = m_model;
    lanes.truth = Truth::Real;
    lanes.uses = uses();
    sink.lanes(lanes);
    if (stretch.to >= 0 && !m_isMeasuring)
        beginMeasuring();
}

/// When the warm-up is told, with what was known at the last look.
void RealRun::beginMeasuring()
{
    m_isMeasuring = true;
    m_usageAtStart = m_lastUsage;
    m_dispatcherAtStart = m_lastDispatcher;
    m_threadUsage->look(true);
    m_threadsAtStart = m_threadUsage->lanes();
    m_processesAtStart = m_usage.processes();
    for (int lane = 0; lane < m_server.board().lanes(); ++lane)
        m_begunAtStart.push_back(m_server.board().lane(lane).begun.load(std::memory_order_relaxed));
}

std::vector<LabUse> RealRun::uses()
{
    std::vector<LabUse> uses;
    const std::vector<ThreadUsage::Figures> &now = m_threadUsage->lanes();
    for (std::size_t lane = 0; lane < now.size(); ++lane) {
        const LabUse use{static_cast<int>(lane) + 1, now[lane].processorSeconds - m_toldThreads[lane].processorSeconds,
            now[lane].readySeconds - m_toldThreads[lane].readySeconds};
        if (use.cpuSeconds > 0 || use.readySeconds > 0)
            uses.push_back(use);
    }
    m_toldThreads = now;
    return uses;
}

// ------------------------------------------------------------------------------------------------------------------ result

LabResult RealRun::result(bool wasStopped, double wallSeconds)
{
    const LoadResult load = m_load->result();
    LabResult result;
    result.model = m_model;
    result.truth = Truth::Real;
    result.seconds = std::max(0.0, load.seconds());
    result.wallSeconds = wallSeconds;
    result.wasStopped = wasStopped;
    result.arrivals = static_cast<qint64>(load.measured.arrivals);
    result.completed = static_cast<qint64>(load.measured.completed);
    result.failures = failuresOf(load.whole);
    result.throughput = load.throughput();
    result.latency = latencyOf(load.whole.latency);
    result.uncorrectedLatency = latencyOf(load.whole.uncorrected);
    result.histogram = barsOf(load.whole.latency);
    result.meanInFlight = load.measured.meanInFlight();
    result.littleDifference = load.measured.littleDifference();
    result.mostInFlight = m_mostInFlight;
    result.mostQueued = m_mostQueued;
    result.mostThreads = m_mostThreads;
    const double spent = m_usageAtEnd.processorSeconds - m_usageAtStart.processorSeconds + m_lastDispatcher - m_dispatcherAtStart;
    setBusySeconds(result, spent);
    setUsage(result);
    result.mostMemoryBytes = m_mostMemory;
    result.bytesSent = static_cast<qint64>(load.measured.bytesReceived);
    result.contextSwitches = m_usageAtEnd.contextSwitches - m_usageAtStart.contextSwitches;
    result.death = m_server.death();
    if (!result.death.isEmpty()) {
        // Some clients found out before us, and others asked who was dead already.
        if (!m_server.hasDispatcher())
            result.arrivals -= std::exchange(result.failures.refused, 0);
        result.failures.reset += result.seconds > 0 ? m_inFlightAtDeath : 0;
    }
    if (!result.death.isEmpty() || m_server.restarts() > 0)
        result.lostToDeath = std::max<qint64>(result.failures.reset - m_server.refused(), 0);
    if (!result.death.isEmpty() && !(result.seconds > 0)) // in the warm-up
        result.lostToDeath = m_inFlightAtDeath + m_resetBefore;
    result.notes = notes();
    return result;
}

/// Of threads and processes, what they used in the measured part.
void RealRun::setUsage(LabResult &result) const
{
    if (!m_isMeasuring)
        return;
    if (const double dispatcher = m_lastDispatcher - m_dispatcherAtStart; dispatcher > 0)
        result.threads.push_back({0, ::getpid(), dispatcher, 0, 0});
    for (std::size_t index = 0; index < m_threadsAtStart.size(); ++index) {
        const LaneBoard::Lane &lane = m_server.board().lane(static_cast<int>(index));
        const ThreadUsage::Figures &figures = m_threadUsage->lanes()[index];
        if (lane.thread == 0)
            continue;
        result.threads.push_back(
            {static_cast<int>(index) + 1, lane.process, figures.processorSeconds - m_threadsAtStart[index].processorSeconds,
                figures.readySeconds - m_threadsAtStart[index].readySeconds, static_cast<qint64>(lane.begun - m_begunAtStart[index])});
    }
    for (const auto &[number, process] : m_usage.processes()) {
        const auto before = m_processesAtStart.find(number);
        result.processes.push_back(
            {number, process.seconds - (before == m_processesAtStart.end() ? 0 : before->second.seconds), process.memoryBytes});
    }
}

QStringList RealRun::notes() const
{
    QStringList notes = m_notes + m_server.notes() + m_load->notes();
    const int cores = static_cast<int>(std::thread::hardware_concurrency());
    if (m_scenario.machine.cores != cores)
        notes << tr("This machine has %1 cores, and the server may use them all; the scenario's %2 are for simulated and modelled runs.")
                     .arg(cores)
                     .arg(m_scenario.machine.cores);
    if (const qint64 refused = m_server.refused(); refused > 0)
        notes
            << tr("%1 requests found the queue of %2 full, and their connections were reset.").arg(refused).arg(m_scenario.machine.backlog);
    notes << tr("The load is made on the same machine, and takes some of its processors' time.");
    return notes;
}

// ---------------------------------------------------------------------------------------------------------------- requests

void RealRun::tellRequests(LabSink &sink, qint64 followed)
{
    m_lanes->take();
    const std::vector<LoadRecord> records = m_load->takeRecords();
    const auto firstMeasured = std::find_if(records.begin(), records.end(), [](const LoadRecord &record) { return record.intended >= 0; });
    if (firstMeasured == records.end())
        return;
    const qint64 first = followed > 0 ? followed - toldAround : static_cast<qint64>(firstMeasured->number);
    const qint64 last = first + 2 * toldAround;
    for (const LoadRecord &record : records) {
        const auto number = static_cast<qint64>(record.number);
        if ((number >= first && number <= last) || isAlwaysTold(record.number))
            sink.request(requestOf(record, m_lanes->way(number)));
    }
}

LabRequest RealRun::requestOf(const LoadRecord &record, const LaneWatch::Way *way) const
{
    LabRequest request;
    request.model = m_model;
    request.truth = Truth::Real;
    request.number = static_cast<qint64>(record.number);
    request.route = m_load->plan().requests.routes[record.route].title();
    request.arrival = secondsOf(record.intended);
    const double end = secondsOf(record.ended);
    request.latency = record.failure == LoadFailure::Count || record.failure == LoadFailure::BadStatus ? end - request.arrival : -1;
    request.status = record.status;
    const auto step = [&request](LabStep::Kind kind, double from, double to, int thread, const QString &what = {}) {
        if (to > from)
            request.steps.push_back({kind, from, to, thread, what});
    };
    if (!way) {
        step(LabStep::Kind::Queued, request.arrival, end, 0);
        return request;
    }
    const int thread = way->lane + 1;
    const double left = way->ended > 0 ? std::min(way->ended, end) : end;
    step(LabStep::Kind::Queued, request.arrival, way->began, thread);
    double told = way->began;
    const bool isLoop = m_model == ServerModel::EventLoop || m_model == ServerModel::Workers || m_model == ServerModel::Cluster;
    const auto waitUntil = [&](double until) {
        if (until <= told)
            return;
        const bool isAdded = told < way->handler;
        step(LabStep::Kind::Waiting, told, until, thread,
            isAdded      ? tr("waits what is added to every request")
                : isLoop ? tr("waits for I/O, or for its turn")
                         : tr("waits for I/O"));
        told = until;
    };
    // A lane's are in order; a worker's come between them.
    std::vector<LabSpan> spans = way->spans;
    std::stable_sort(spans.begin(), spans.end(), [](const LabSpan &one, const LabSpan &other) { return one.from < other.from; });
    for (const LabSpan &span : spans) {
        double from = std::min(std::max(span.from, told), left);
        const double to = std::min(span.to, left);
        if (span.state != ThreadState::Running || to <= from)
            continue;
        if (from - told < shortestWait)
            from = told;
        waitUntil(from);
        step(LabStep::Kind::Running, from, to, span.thread);
        told = to;
    }
    waitUntil(left);
    step(LabStep::Kind::Network, left, end, 0);
    return request;
}

std::unique_ptr<LabRun> makeRealRun(const Scenario &scenario, ServerModel model) { return std::make_unique<RealRun>(scenario, model); }

} // namespace loopscope
