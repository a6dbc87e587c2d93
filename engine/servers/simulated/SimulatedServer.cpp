// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/SimulatedServer.h"

#include "loop/Tracer.h"
#include "servers/lab/AcceptorBacklog.h"
#include "servers/lab/WakeUpTime.h"
#include "servers/load/LoadInLab.h"
#include "servers/simulated/ProcessHook.h"
#include "servers/simulated/SimulatedClients.h"
#include "servers/simulated/SimulatedWebSockets.h"
#include "servers/simulated/ThreadOrder.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <thread>

namespace loopscope {

namespace {

constexpr quint64 sampleInterval = 100'000'000;
/// A script that does not listen by then is not waited for.
constexpr quint64 patience = 30'000'000'000;
constexpr int loopThread = 1;
/// What a process needs beside its threads' stacks, and a connection with the buffers of its kernel and of the server.
constexpr qint64 processBytes = 12LL << 20;
constexpr qint64 connectionBytes = 16'384;

/// ns of a synchronous call of fs where files lie in the system's cache (docs/simulated-io.md), beside its bytes.
constexpr quint64 synchronousCall = 7'000;

using Knob = LabControls::Knob;

QString translated(const char *text) { return QCoreApplication::translate("loopscope::SimulatedRun", text); }

quint64 nanoseconds(double milliseconds) { return static_cast<quint64>(std::max(milliseconds, 0.0) * 1e6); }
quint64 microseconds(double count) { return static_cast<quint64>(std::max(count, 0.0) * 1e3); }

} // namespace

SimulatedServer::SimulatedServer(
    const Scenario &scenario, ServerModel model, const LoadPlan &plan, LabSink &sink, const LabControls &controls)
    : m_scenario(scenario)
    , m_model(model)
    , m_plan(plan)
    , m_sink(sink)
    , m_controls(controls)
    , m_known(scenario, model)
    , m_recorder(plan, [this](LoadSample &&sample) { publish(std::move(sample)); })
{
    if (ThreadOrder::hasProcesses(model)) {
        const bool isCluster = model == ServerModel::Cluster;
        m_firstHook = std::make_unique<ProcessHook>(isCluster, true);
        m_hook = std::make_unique<ProcessHook>(isCluster, false);
        if (isCluster)
            m_hook->wait = [this] { return m_known.value(Knob::IoMilliseconds); };
    }
    m_requests.onEnded = [this](LabRequest &&request) {
        request.model = m_model;
        request.truth = Truth::Simulated;
        m_sink.request(request);
    };
}

SimulatedServer::~SimulatedServer() = default;

void SimulatedServer::record(RecordingWriter &writer, quint64 mostEvents)
{
    m_trace = std::make_unique<ServerTrace>(writer, m_model, mostEvents);
    m_requests.setTrace(*m_trace);
    m_trace->onStarted = [this] { m_lanes.setTrace(*m_trace, m_clock->now()); };
}

// ------------------------------------------------------------------------------------------------------------------- run

std::unique_ptr<IoProvider> SimulatedServer::adopt(std::unique_ptr<IoProvider> provider)
{
    auto io = std::make_unique<ServerIo>(std::move(provider), *this);
    m_io = io.get();
    if (!m_firstHook)
        return io;
    auto first = std::make_unique<ProcessIo>(*m_io, loopThread, m_model == ServerModel::Cluster);
    first->own(std::move(io));
    m_firstIo = first.get();
    return first;
}

ServerHook *SimulatedServer::hook() const { return m_firstHook.get(); }

void SimulatedServer::join(const Parts &parts)
{
    m_tracer = &parts.tracer;
    m_clock = &parts.tracer.clock();
    m_stop = parts.stop;
    m_io->setClock(*m_clock);
    m_io->setBacklog(m_scenario.machine.backlog);
    setCosts(parts.tracer);
    if (m_model == ServerModel::EventLoop || m_model == ServerModel::Workers) {
        m_lanes.set(loopThread, ThreadState::Running, 0, m_clock->now());
        watch(parts.tracer, [this](const Event &event) { sawEvent(event); });
    } else {
        joinThreads(parts);
    }
    if (m_plan.requests.protocol == RequestPlan::Protocol::WebSocket)
        m_clients = std::make_unique<SimulatedWebSockets>(parts.network, m_plan, m_recorder);
    else
        m_clients = std::make_unique<SimulatedClients>(parts.network, m_plan, m_recorder);
    m_clients->setWakeUp(microseconds(m_scenario.machine.clientWakeUpMicroseconds));
    watchClients();
    turnKnobs(0);
    m_clients->schedule(patience, [this](quint64 now) {
        Q_UNUSED(now)
        if (m_clients->hasServer())
            return;
        m_neverListened = true;
        m_stop();
    });
}

void SimulatedServer::joinThreads(const Parts &parts)
{
    m_threads = std::make_unique<ThreadOrder>(m_scenario.machine, m_model, parts, *m_io, m_lanes, m_requests);
    if (m_trace)
        m_threads->setTrace(*m_trace);
    m_io->setHeld();
    m_io->setBacklog(acceptorBacklog);
    if (m_model != ServerModel::Cluster)
        m_io->setCalculates();
    parts.loop.setOrder(m_threads.get());
    if (!m_firstHook)
        return;
    m_threads->serveWith(*this, parts, *m_firstIo, m_hook.get());
    m_threads->onListening = [this] { listensAt(m_threads->endpoint()); };
    m_firstHook->setPort(m_threads->endpoint().port);
    m_hook->setPort(m_threads->endpoint().port);
}

void SimulatedServer::setCosts(Tracer &tracer) const
{
    VirtualCosts costs = tracer.costs();
    costs.statement = static_cast<quint64>(std::llround(m_scenario.machine.statementNanoseconds));
    costs.synchronousIo = synchronousCall;
    tracer.setCosts(costs);
}

/// A worker: its lane says when it is busy.
void SimulatedServer::joinBeside(int loop, Tracer &tracer)
{
    setCosts(tracer);
    const int thread = loopThread + loop;
    m_lanes.set(thread, ThreadState::Running, 0, tracer.clock().now());
    watch(tracer, [this, thread, &tracer](const Event &event) {
        if (event.kind == EventKind::PollWaitStarted)
            m_lanes.set(thread, ThreadState::Idle, 0, event.time);
        else if (event.kind == EventKind::PollWaitEnded)
            wakeUp(thread, tracer.clock(), event);
        else if (event.kind == EventKind::LoopEnded)
            m_lanes.set(thread, ThreadState::Gone, 0, event.time);
    });
}

void SimulatedServer::watch(Tracer &tracer, std::function<void(const Event &)> see)
{
    if (m_trace)
        m_trace->trace(tracer, std::move(see));
    else
        tracer.setAfterEvent(std::move(see));
}

/// A loop that had nothing to do has something.
void SimulatedServer::wakeUp(int thread, Clock &clock, const Event &waitEnded)
{
    m_lanes.set(thread, ThreadState::Running, 0, waitEnded.time);
    clock.work(microseconds(m_scenario.machine.wakeUpMicroseconds * sleepDepth(static_cast<double>(waitEnded.value))));
}

void SimulatedServer::watchClients()
{
    m_clients->onBegun = [this](quint64 now) { begun(now); };
    m_clients->onSent = [this](const LoadRecord &record, quint64 now) {
        if (m_requests.follows(record.number)) {
            const quint64 arrival = static_cast<quint64>(static_cast<qint64>(m_clients->measuredFrom()) + record.intended);
            m_requests.begin(record.number, m_plan.requests.routes[record.route].title(), arrival, now);
        }
    };
    m_clients->onEnded = [this](const LoadRecord &record, quint64 now) {
        m_taken.erase(record.number);
        m_requests.end(record.number, record.status, now);
    };
    m_clients->onFinished = [this](quint64 now) { finish(now); };
}

quint64 SimulatedServer::networkTime(quint64 now) const { return m_threads && m_threads->hasBegun() ? m_threads->now() : now; }

void SimulatedServer::attend()
{
    if (m_isOver || !m_clients)
        return;
    // A thread's callback that goes on for ever: the machine's time does not pass meanwhile, so nothing else would end it.
    if (m_threads && m_io->clock().now() > m_threads->now() + patience) {
        m_isEndless = true;
        m_neverListened = !m_clients->hasServer();
        m_stop();
        return;
    }
    if (!m_controls.isStopped())
        return;
    m_wasStopped = true;
    if (m_clients->hasBegun())
        finish(networkTime(m_clock->now()));
    else
        m_stop();
}

bool SimulatedServer::contain(const QString &reason)
{
    m_reason = reason;
    return m_threads && m_threads->dieOfError();
}

// ----------------------------------------------------------------------------------------------------------------- server

void SimulatedServer::listens(const Endpoint &endpoint)
{
    if (!m_firstHook) // processes are reached elsewhere
        listensAt(endpoint);
}

void SimulatedServer::listensAt(const Endpoint &endpoint)
{
    if (m_clients->hasServer())
        return;
    // Not from within the script's call: the clients come when it has gone on, to threads when these do.
    if (m_threads && !m_threads->hasBegun()) {
        m_threads->onBegun = [this, endpoint] { listensAt(endpoint); };
        return;
    }
    m_clients->schedule(networkTime(m_clock->now()), [this, endpoint](quint64 now) {
        if (!m_clients->hasServer())
            m_clients->begin(endpoint, m_scenario.machine.backlog, now);
    });
}

void SimulatedServer::begun(quint64 now)
{
    const quint64 from = m_clients->measuredFrom();
    m_lanes.setOrigin(from);
    m_requests.setOrigin(from);
    m_sampledAt = now;
    m_sampledBusy = m_lanes.busyTime(now);
    m_clients->schedule(from + static_cast<quint64>(std::llround(m_plan.seconds * 1e9)), [this](quint64 at) { finish(at); });
    if (m_trace && from > now) // when there is a tick in any case, so that being recorded changes nothing
        m_clients->schedule(from, [this](quint64 at) { m_trace->measured(at); });
    else if (m_trace)
        m_trace->measured(now);
    m_nextTick = from % sampleInterval + (now / sampleInterval) * sampleInterval;
    while (m_nextTick <= now)
        m_nextTick += sampleInterval;
    m_clients->schedule(m_nextTick, [this](quint64 at) { tick(at); });
}

void SimulatedServer::accepted(const ServedConnection &connection)
{
    countMost(0);
    if (m_threads)
        m_threads->accepted(connection);
}

quint64 SimulatedServer::requestOn(quint32 client, bool *isHead)
{
    *isHead = m_clients->isHead(client);
    return m_clients->requestOn(client);
}

quint64 SimulatedServer::waitBefore() const { return nanoseconds(m_known.value(Knob::IoMilliseconds)); }

void SimulatedServer::arrived(quint64 number, quint64 time)
{
    m_requests.step(number, LabStep::Kind::Queued, time);
    if (!m_threads && waitBefore() > 0)
        m_requests.step(number, LabStep::Kind::Waiting, time, 0, QStringLiteral("extra I/O"));
}

quint64 SimulatedServer::taken(const ServedConnection &connection)
{
    const int waiting = static_cast<int>(m_clients->inFlight()) - static_cast<int>(m_taken.size());
    countMost(waiting > 1 ? waiting : 0); // one that is taken when it comes is no queue
    if (connection.client != 0 && connection.request < SimulatedLoad::firstGreeting)
        m_taken.insert(connection.request);
    if (connection.isUpgraded)
        return 0; // a message
    const ScenarioMachine &machine = m_scenario.machine;
    return microseconds(machine.requestMicroseconds - machine.answeredMicroseconds) + nanoseconds(m_known.value(Knob::CpuMilliseconds));
}

quint64 SimulatedServer::afterAnswer() const
{
    const ScenarioMachine &machine = m_scenario.machine;
    return microseconds(std::min(machine.answeredMicroseconds, machine.requestMicroseconds));
}

void SimulatedServer::answered(const ServedConnection &connection, quint64 time)
{
    m_requests.answer(connection.request, time);
    if (m_threads)
        m_threads->answered(connection.handle);
}

void SimulatedServer::asked(StrandId strand, const QString &label)
{
    const qint64 request = requestOf(strand);
    if (request != 0 && m_requests.follows(static_cast<quint64>(request)))
        m_requests.nameWait(static_cast<quint64>(request), label);
}

qint64 SimulatedServer::requestOf(StrandId strand)
{
    const ServedConnection *connection = m_io->served(strand);
    return connection && connection->isBusy ? static_cast<qint64>(connection->request) : 0;
}

// ------------------------------------------------------------------------------------------------------------ measuring

void SimulatedServer::turnKnobs(quint64 now)
{
    const auto changed = [this](Knob knob) {
        const double value = m_controls.value(knob);
        if (value == m_known.value(knob))
            return false;
        m_known.set(knob, value);
        return true;
    };
    if (changed(Knob::Rate))
        m_clients->setRate(std::max(m_known.value(Knob::Rate), 0.0), now);
    if (changed(Knob::Clients))
        m_clients->setClients(std::clamp(static_cast<int>(m_known.value(Knob::Clients)), 0, ArrivalPlan::MostClients), now);
    if (changed(Knob::Follow))
        m_requests.follow(static_cast<quint64>(std::max(m_known.value(Knob::Follow), 0.0)));
    changed(Knob::CpuMilliseconds);
    changed(Knob::IoMilliseconds);
    const bool hasThreads = changed(Knob::Threads);
    const bool hasCores = changed(Knob::Cores);
    if (!m_threads)
        return;
    m_threads->setWaitBefore(waitBefore());
    if (hasThreads)
        m_threads->setThreads(std::clamp(static_cast<int>(m_known.value(Knob::Threads)), 1, 100'000));
    if (hasCores)
        m_threads->setCores(std::clamp(static_cast<int>(m_known.value(Knob::Cores)), 1, 1024));
}

void SimulatedServer::tick(quint64 now)
{
    if (m_isOver)
        return;
    m_recorder.passTime(static_cast<qint64>(now) - static_cast<qint64>(m_clients->measuredFrom()));
    turnKnobs(now);
    keepPace(now);
    if (m_trace)
        m_trace->look(now);
    attend();
    if (m_isOver)
        return;
    m_nextTick += sampleInterval;
    m_clients->schedule(m_nextTick, [this](quint64 at) { tick(at); });
}

void SimulatedServer::keepPace(quint64 now)
{
    const double pace = m_controls.value(Knob::Pace);
    if (pace != m_pace) {
        m_pace = pace;
        m_paceWall = std::chrono::steady_clock::now();
        m_paceFrom = now;
    }
    if (!(pace > 0))
        return;
    const auto goal = m_paceWall + std::chrono::nanoseconds(static_cast<qint64>(static_cast<double>(now - m_paceFrom) / pace));
    constexpr auto look = std::chrono::milliseconds(20);
    while (std::chrono::steady_clock::now() < goal && !m_controls.isStopped() && m_controls.value(Knob::Pace) == m_pace)
        std::this_thread::sleep_for(std::min<std::chrono::steady_clock::duration>(look, goal - std::chrono::steady_clock::now()));
}

void SimulatedServer::finish(quint64 now)
{
    if (m_isOver)
        return;
    m_recorder.passTime(static_cast<qint64>(now) - static_cast<qint64>(m_clients->measuredFrom()));
    m_recorder.finish();
    m_isOver = true;
    m_stop();
}

/// Between two samples, too.
void SimulatedServer::countMost(int queued)
{
    if (m_isOver || !m_clients->hasBegun() || networkTime(m_clock->now()) < m_clients->measuredFrom())
        return;
    m_mostQueued = std::max(m_mostQueued, queued);
    m_mostMemory = std::max(m_mostMemory, memory());
}

qint64 SimulatedServer::memory() const
{
    const int threads = servingThreads();
    const int processes = m_firstHook ? threads : 1;
    return processes * processBytes + threads * m_scenario.machine.stackBytes + m_clients->openConnections() * connectionBytes;
}

LabSample SimulatedServer::toSample(const LoadSample &sample, quint64 now)
{
    LabSample told;
    told.model = m_model;
    told.truth = Truth::Simulated;
    told.time = static_cast<double>(sample.to) / 1e9;
    told.interval = static_cast<double>(sample.to - sample.from) / 1e9;
    told.arrivals = static_cast<qint64>(sample.arrivals);
    told.completed = static_cast<qint64>(sample.completed);
    told.failures = failuresOf(sample);
    told.latency = latencyOf(sample.latency);
    told.histogram = coarseBarsOf(sample.latency);
    told.inFlight = static_cast<int>(sample.inFlight);
    told.queued = std::max(0, static_cast<int>(sample.inFlight) - static_cast<int>(m_taken.size()));
    told.threads = m_lanes.counts();
    if (m_threads)
        --told.threads[static_cast<std::size_t>(m_lanes.stateOf(loopThread))]; // it accepts
    const quint64 busy = m_lanes.busyTime(now);
    if (now > m_sampledAt)
        told.cpuCores = static_cast<double>(busy - m_sampledBusy) / static_cast<double>(now - m_sampledAt);
    told.memoryBytes = memory();
    const qint64 switches = m_threads ? m_threads->switches() : 0;
    told.contextSwitches = switches - m_sampledSwitches;
    told.bytesSent = static_cast<qint64>(sample.bytesReceived); // what clients received
    m_sampledAt = now;
    m_sampledBusy = busy;
    m_sampledSwitches = switches;
    return told;
}

void SimulatedServer::publish(LoadSample &&sample)
{
    if (m_isOver || sample.to <= sample.from)
        return;
    const quint64 now = static_cast<quint64>(static_cast<qint64>(m_clients->measuredFrom()) + sample.to);
    const LabSample told = toSample(sample, now);
    if (sample.from >= 0) {
        m_mostQueued = std::max(m_mostQueued, told.queued);
        m_mostMemory = std::max(m_mostMemory, told.memoryBytes);
        m_busyAtEnd = m_sampledBusy;
        m_switchesAtEnd = m_sampledSwitches;
        m_total.addAfter(sample);
    } else {
        m_busyAtStart = m_busyAtEnd = m_sampledBusy;
        m_switchesAtStart = m_switchesAtEnd = m_sampledSwitches;
        m_lostAtStart = m_threads ? m_threads->lostToDeaths() : 0;
        m_lanes.countMost();
        m_total.from = m_total.to = sample.to;
    }
    m_sink.sample(told);
    LabLanes lanes;
    lanes.model = m_model;
    lanes.truth = Truth::Simulated;
    m_lanes.take(now, &lanes);
    m_sink.lanes(lanes);
}

// ---------------------------------------------------------------------------------------------------- the event loop's lane

StrandId SimulatedServer::ownerOf(SubjectId task, SubjectId cause)
{
    const auto found = m_owners.find(task);
    if (found != m_owners.end())
        return found->second;
    return m_io->strandOfSubject(cause);
}

void SimulatedServer::began(SubjectId task, SubjectId cause, quint64 time)
{
    const StrandId strand = ownerOf(task, cause);
    m_owners[task] = strand;
    m_running.push_back(task);
    m_io->setCurrent(strand);
    const auto request = static_cast<qint64>(m_io->requestOn(strand));
    m_lanes.set(loopThread, ThreadState::Running, request, time);
    m_requests.step(static_cast<quint64>(request), LabStep::Kind::Running, time, loopThread);
    if (const SubjectId served = m_trace ? m_trace->subjectOf(static_cast<quint64>(request)) : 0; served != 0)
        m_tracer->emitCaused(EventKind::TaskServes, 0, task, served, 0, 0);
}

void SimulatedServer::sawEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated: {
        const StrandId strand = m_io->current() != 0 ? m_io->current() : m_io->strandOfSubject(event.cause);
        if (strand != 0)
            m_owners[event.subject] = strand;
        break;
    }
    case EventKind::TaskReady:
        if (const StrandId strand = ownerOf(event.subject, event.cause); strand != 0 && m_running.empty())
            m_requests.step(m_io->requestOn(strand), LabStep::Kind::Ready, event.time, loopThread);
        break;
    case EventKind::TaskBegun:
        began(event.subject, event.cause, event.time);
        break;
    case EventKind::TaskEnded: {
        if (m_running.empty())
            break;
        m_requests.step(static_cast<quint64>(requestOf(m_io->current())), LabStep::Kind::Waiting, event.time, loopThread);
        m_owners.erase(m_running.back());
        m_running.pop_back();
        const StrandId outer = m_running.empty() ? 0 : m_owners[m_running.back()];
        m_io->setCurrent(outer);
        m_lanes.set(loopThread, ThreadState::Running, requestOf(outer), event.time);
        break;
    }
    case EventKind::TaskCancelled:
        m_owners.erase(event.subject);
        break;
    case EventKind::PollWaitStarted:
        m_lanes.set(loopThread, ThreadState::Idle, 0, event.time);
        break;
    case EventKind::PollWaitEnded:
        wakeUp(loopThread, *m_clock, event);
        break;
    default:
        break;
    }
}

// ---------------------------------------------------------------------------------------------------------------- results

QString SimulatedServer::problem(int exitCode) const
{
    if (m_clients->hasBegun() || m_wasStopped)
        return {};
    if (m_neverListened)
        return translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                              "the script '%1' listens at no port: a server has to call listen() within 30 seconds of virtual time."))
            .arg(m_scenario.script);
    if (!m_reason.isEmpty())
        return translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "the script '%1' ended before it listened at a port: %2"))
            .arg(m_scenario.script, m_reason);
    return translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                          "the script '%1' ended with exit code %2 and never listened at a port; a server has to call listen()."))
        .arg(m_scenario.script)
        .arg(exitCode);
}

LabResult SimulatedServer::result(int exitCode, double wallSeconds)
{
    const quint64 inFlight = m_clients->inFlight();
    QString death;
    qint64 lostToDeath = 0;
    if (!m_isOver) { // the script ended by itself
        finish(networkTime(m_clock->now()));
        death = m_isEndless
            ? translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "a callback did not end within 30 seconds of virtual time"))
            : m_reason.isEmpty()
            ? translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "the server ended by itself, with exit code %1")).arg(exitCode)
            : translated(QT_TRANSLATE_NOOP("loopscope::SimulatedRun", "an error that nobody caught ended the server: %1")).arg(m_reason);
        lostToDeath = static_cast<qint64>(inFlight);
    }
    LabResult result = resultOf(m_total);
    if (m_trace && m_trace->isCut())
        result.notes << translated(QT_TRANSLATE_NOOP(
            "loopscope::SimulatedRun", "the recording ends before the run does, at its limit of events ('--max-events')."));
    result.model = m_model;
    result.truth = Truth::Simulated;
    result.wallSeconds = wallSeconds;
    result.wasStopped = m_wasStopped;
    result.death = death;
    result.lostToDeath = lostToDeath;
    if (result.seconds > 0)
        result.failures.reset += lostToDeath; // those in flight had no time to notice
    result.mostQueued = m_mostQueued;
    const int acceptors = m_threads ? 1 : 0;
    result.mostThreads = std::max(0, m_lanes.mostThreads() - acceptors);
    result.mostMemoryBytes = m_mostMemory;
    result.contextSwitches = m_switchesAtEnd - m_switchesAtStart;
    setBusySeconds(result, static_cast<double>(m_busyAtEnd - m_busyAtStart) / 1e9);
    if (m_threads && m_threads->deaths() > 0) {
        result.lostToDeath += m_threads->lostToDeaths() - m_lostAtStart;
        const char *const text = m_firstHook
            ? QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                "processes that died of what nobody caught: %1, the last one of '%2'. Requests lost with them: %3. The server went on.")
            : QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                "threads that died of what nobody caught: %1, the last one of '%2'. Requests lost with them: %3. The server went on.");
        result.notes << translated(text).arg(m_threads->deaths()).arg(m_reason).arg(m_threads->lostToDeaths());
    }
    if (m_firstHook && result.mostThreads > ThreadOrder::MostEngines)
        result.notes << translated(
            QT_TRANSLATE_NOOP("loopscope::SimulatedRun",
                "of %1 simulated processes only %2 have variables of their own; each further one shares them with one of "
                "these."))
                            .arg(result.mostThreads)
                            .arg(ThreadOrder::MostEngines);
    else if (m_model == ServerModel::ThreadPool || m_model == ServerModel::ThreadPerRequest)
        result.notes << translated(QT_TRANSLATE_NOOP(
            "loopscope::SimulatedRun", "simulated threads share the script's variables; in real runs each thread has its own."));
    return result;
}

} // namespace loopscope
