// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ModelledServer.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope {

namespace {

// The same as in simulated runs.
constexpr qint64 processBytes = 12LL << 20;
constexpr qint64 connectionBytes = 16'384;

/// Of libuv, for each loop; they begin when they are needed first.
constexpr int poolThreads = 4;

/// A thread that waits less is not taken from its core: locks and system calls spin for so long. In ns.
constexpr qint64 shortestBlock = 20'000;

/// ns after which a connection that was dropped is asked for again first; each further time after twice as long.
constexpr qint64 firstRepetition = 1'000'000'000;

/// Stages of a request before those of its sample: what the scenario adds.
constexpr quint16 extraStages = 2;

Processors::Settings settingsOf(const ScenarioMachine &machine)
{
    return {machine.cores, std::max<qint64>(1000, std::llround(machine.timeSliceMilliseconds * 1e6)),
        std::llround(machine.contextSwitchMicroseconds * 1e3), std::llround(machine.wakeUpMicroseconds * 1e3)};
}

} // namespace

ModelledServer::ModelledServer(
    const Scenario &scenario, ServerModel model, const RequestProfile &profile, EventHeap &events, LaneBook &lanes, RequestBook &requests)
    : m_model(model)
    , m_machine(scenario.machine)
    , m_profile(profile)
    , m_keepsConnections(scenario.load.keepAlive)
    , m_holdsSockets(scenario.load.protocol == ScenarioLoad::Protocol::WebSocket && !hasLoops())
    , m_sockets(scenario.load.protocol == ScenarioLoad::Protocol::WebSocket ? scenario.load.clients : 0)
    , m_events(events)
    , m_requests(requests)
    , m_processors(settingsOf(scenario.machine), events, lanes, requests)
    , m_held(hasLoops() ? 0 : std::llround(scenario.machine.keepAliveSeconds * 1e9))
{
    setExtra(scenario.extra.ioMilliseconds, scenario.extra.cpuMilliseconds);
    if (hasLoops())
        m_loops.push_back(startThread(Role::Loop, 0));
    switch (model) {
    case ServerModel::Workers:
        setThreads(m_machine.workers, 0);
        break;
    case ServerModel::Cluster:
        setThreads(m_machine.loops, 0);
        break;
    case ServerModel::ThreadPerRequest:
        setThreads(m_machine.threadLimit, 0);
        break;
    case ServerModel::ThreadPool:
        setThreads(m_machine.poolThreads, 0);
        break;
    case ServerModel::Processes:
        setThreads(m_machine.processes, 0);
        break;
    default:
        break;
    }
}

quint32 ModelledServer::startThread(Role role, qint64 now)
{
    const quint32 thread = m_processors.start(now, role == Role::PoolThread);
    if (thread >= m_threads.size())
        m_threads.resize(thread + 1);
    m_threads[thread] = {};
    m_threads[thread].role = role;
    return thread;
}

void ModelledServer::setExtra(double ioMilliseconds, double cpuMilliseconds)
{
    m_extraWait = std::llround(std::max(0.0, ioMilliseconds) * 1e6);
    m_extraWork = std::llround(std::max(0.0, cpuMilliseconds) * 1e6);
}

void ModelledServer::setThreads(int threads, qint64 now)
{
    m_limit = std::clamp(threads, 1, 1'000'000);
    if (m_model == ServerModel::Cluster) {
        while (m_loops.size() < static_cast<size_t>(m_limit))
            m_loops.push_back(startThread(Role::Loop, now)); // loops that are too many get no new requests
    } else if (m_model == ServerModel::Workers) {
        m_workers.limit = m_limit;
        for (; m_workers.count < m_limit; ++m_workers.count)
            m_workers.idle.push_back(startThread(Role::Worker, now));
    } else if (m_model == ServerModel::ThreadPool || m_model == ServerModel::Processes) {
        while (m_processors.threads() < m_limit && memoryWith(1, 0) <= m_machine.memoryBytes) {
            const quint32 thread = startThread(Role::Server, now);
            if (m_waiting.size > 0)
                serve(thread, pop(m_waiting), false, now);
            else
                m_idle.push_back(thread);
        }
        for (; m_processors.threads() > m_limit && !m_idle.empty(); m_idle.pop_back())
            m_processors.end(m_idle.back(), now); // those that are busy end when they are through
    }
}

qint64 ModelledServer::connectionsThatFit() const
{
    if (holdsIdle())
        return std::numeric_limits<qint64>::max(); // threads and the backlog are what they need
    const qint64 threads = m_processors.threads();
    const qint64 rest = m_machine.memoryBytes - (hasProcesses() ? threads : 1) * processBytes - threads * m_machine.stackBytes;
    return std::max<qint64>(0, rest / connectionBytes);
}

qint64 ModelledServer::memoryWith(int moreThreads, int moreConnections) const
{
    const qint64 threads = m_processors.threads() + moreThreads;
    const qint64 processes = hasProcesses() ? threads : 1;
    const qint64 held = m_held.size() + m_waiting.size + moreConnections;
    const qint64 connections = holdsIdle() ? held
        : holdsSockets()                   ? m_connections + held
                                           : std::max(m_connections, m_served + moreConnections);
    return processes * processBytes + threads * m_machine.stackBytes + connections * connectionBytes;
}

// ------------------------------------------------------------------------------------------------------------- requests

quint32 ModelledServer::add(const ModelledRequest &request)
{
    if (m_free.empty()) {
        m_slots.push_back(request);
        return static_cast<quint32>(m_slots.size() - 1);
    }
    const quint32 slot = m_free.back();
    m_free.pop_back();
    m_slots[slot] = request;
    return slot;
}

void ModelledServer::push(RequestLine &line, quint32 slot)
{
    m_slots[slot].next = none;
    (line.size++ == 0 ? line.first : m_slots[line.last].next) = slot;
    line.last = slot;
}

quint32 ModelledServer::pop(RequestLine &line)
{
    const quint32 slot = line.first;
    line.first = m_slots[slot].next;
    --line.size;
    return slot;
}

void ModelledServer::dequeue(quint32 slot)
{
    m_queued -= m_slots[slot].isQueued ? 1 : 0;
    m_slots[slot].isQueued = false;
}

/// Stages that take no time are passed over.
ModelledServer::Next ModelledServer::nextOf(ModelledRequest &request) const
{
    const RequestProfile::Sample &sample = m_profile.sample(request.sample);
    while (request.stage < extraStages + sample.stages) {
        const quint16 stage = request.stage++;
        if (stage == 0) {
            if (m_extraWait > 0)
                return {Next::Kind::Wait, m_extraWait, 0};
        } else if (stage == 1) {
            if (m_extraWork > 0)
                return {Next::Kind::Compute, m_extraWork, 0};
        } else if (const ProfileStage &laid = m_profile.stage(sample.firstStage + stage - extraStages); laid.time > 0) {
            if (laid.kind == ProfileStage::Kind::Wait && (hasLoops() || laid.time >= shortestBlock))
                return {Next::Kind::Wait, laid.time, laid.name};
            if (laid.kind == ProfileStage::Kind::Tick)
                return {Next::Kind::Tick, laid.time, laid.name};
            if (laid.kind == ProfileStage::Kind::Offload && m_model == ServerModel::Workers)
                return {Next::Kind::Offload, laid.time, laid.name};
            return {laid.kind == ProfileStage::Kind::Pool && hasLoops() ? Next::Kind::Pool : Next::Kind::Compute, laid.time, laid.name};
        }
    }
    if (m_sockets > 0 && request.stage == extraStages + sample.stages) {
        ++request.stage;
        if (const qint64 time = heardAfter(request); time > 0)
            return {Next::Kind::Compute, time, 0};
    }
    return {};
}

/// What a server does for a message when the first of its clients has it counts as telling the others: the profile shows that for all of
/// them, who are as many here as share the server's variables and have a thread, if they need one.
double ModelledServer::hearers() const
{
    if (m_model == ServerModel::Cluster)
        return 1.0 / m_limit;
    if (m_model == ServerModel::Processes)
        return 1.0 / m_sockets;
    return hasLoops() ? 1 : std::min(1.0, static_cast<double>(m_held.size()) / m_sockets);
}

qint64 ModelledServer::timeAfter(const ModelledRequest &request) const
{
    const auto after = static_cast<double>(m_profile.routes()[request.route].after);
    return std::llround(m_sockets > 0 ? after * hearers() : after);
}

/// One of those who hear a message stands for it, so that the latencies of many messages are spread like those of deliveries.
qint64 ModelledServer::heardAfter(const ModelledRequest &request) const
{
    constexpr quint64 stream = 102; // of random numbers
    return std::llround(static_cast<double>(timeAfter(request)) * CounterRandom(request.number, stream).uniform(0));
}

void ModelledServer::waitFor(quint32 slot, const Next &next, qint64 now)
{
    const ModelledRequest &request = m_slots[slot];
    const qint64 wait = next.kind == Next::Kind::Tick ? next.time - now % next.time : next.time;
    m_events.add(now + wait, EventHeap::Kind::Wake, slot);
    if (m_requests.follows(request.number))
        m_requests.step(request.number, LabStep::Kind::Waiting, static_cast<quint64>(now),
            hasLoops() ? 0 : static_cast<int>(request.thread) + 1, m_profile.name(next.name));
}

/// Gives what is left to be done for it, in ns.
qint64 ModelledServer::answer(quint32 slot, qint64 now)
{
    const ModelledRequest &request = m_slots[slot];
    if (m_requests.follows(request.number))
        m_requests.answer(request.number, static_cast<quint64>(now));
    const RequestProfile::Route &route = m_profile.routes()[request.route];
    const bool fails = route.failing > 0 && CounterRandom(request.number, 3).uniform(0) <= route.failing;
    const qint64 left = timeAfter(request) - (m_sockets > 0 ? heardAfter(request) : 0);
    finish(slot, fails ? LoadFailure::BadStatus : LoadFailure::Count, now);
    return std::max<qint64>(0, left);
}

/// What is left to be done for the request that the thread, or loop, has just answered.
void ModelledServer::tidyUp(quint32 thread, qint64 time, bool isOnCore, qint64 now)
{
    m_threads[thread].request = none;
    m_threads[thread].isBusy = true;
    m_processors.setRequest(thread, 0);
    if (isOnCore)
        m_processors.goOn(thread, time, now);
    else
        m_processors.makeReady(thread, time, now);
}

/// The server has no more to do with it.
void ModelledServer::finish(quint32 slot, LoadFailure failure, qint64 now)
{
    dequeue(slot);
    --m_served;
    if (m_slots[slot].isAwaited)
        onAnswered(slot, failure, now);
    m_free.push_back(slot);
}

void ModelledServer::countMost()
{
    m_mostQueued = m_queued;
    m_mostMemory = memory();
}

void ModelledServer::noteMost()
{
    m_mostQueued = std::max(m_mostQueued, m_queued);
    m_mostMemory = std::max(m_mostMemory, memory());
}

void ModelledServer::arrive(quint32 slot, qint64 now)
{
    ModelledRequest &request = m_slots[slot];
    if (request.attempts > 0 && !request.isAwaited) { // given up meanwhile
        m_free.push_back(slot);
        return;
    }
    ++m_served;
    ++m_queued;
    request.isQueued = true;
    const bool hasRoom = memoryWith(0, 0) <= m_machine.memoryBytes;
    m_ranOutOfMemory = m_ranOutOfMemory || !hasRoom;
    if (!hasRoom || !m_death.isNull()) {
        refuse(slot, now);
        return;
    }
    if (m_requests.follows(request.number))
        m_requests.step(request.number, LabStep::Kind::Queued, static_cast<quint64>(now));
    if (hasLoops())
        arriveAtLoop(slot, now);
    else
        arriveAtThreads(slot, now);
    noteMost();
}

void ModelledServer::turnAway(quint32 slot, qint64 now)
{
    ++m_served;
    refuse(slot, now);
}

void ModelledServer::wake(quint32 slot, qint64 now)
{
    if (hasLoops())
        callBack(slot, now);
    else
        carryOn(m_slots[slot].thread, false, now);
}

void ModelledServer::stepCore(quint32 core, qint64 now)
{
    const std::optional<quint32> thread = m_processors.advance(core, now);
    if (!thread)
        return;
    switch (m_threads[*thread].role) {
    case Role::Loop:
        endCallback(*thread, now);
        break;
    case Role::Worker:
        endHelp(m_workers, *thread, now);
        break;
    case Role::PoolThread:
        endHelp(m_pool, *thread, now);
        break;
    case Role::Server:
        carryOn(*thread, true, now);
        break;
    }
}

// ---------------------------------------------------------------------------------------------------------------- loops

/// Connections are given to loops in turn: what comes on one is the same loop's always.
quint32 ModelledServer::loopFor(const ModelledRequest &request) const
{
    const size_t count = std::min(m_loops.size(), static_cast<size_t>(m_model == ServerModel::Cluster ? m_limit : 1));
    const quint64 turn = m_keepsConnections && request.connection != none ? request.connection : request.number;
    return m_loops[turn % count];
}

void ModelledServer::repeatConnecting(quint32 slot, qint64 now)
{
    dequeue(slot);
    --m_served;
    constexpr quint8 most = 20; // years
    ModelledRequest &request = m_slots[slot];
    m_events.add(now + (firstRepetition << request.attempts), EventHeap::Kind::Arrive, slot);
    request.attempts = std::min<quint8>(most, request.attempts + 1);
}

void ModelledServer::arriveAtLoop(quint32 slot, qint64 now)
{
    ModelledRequest &request = m_slots[slot];
    request.thread = loopFor(request);
    Thread &loop = m_threads[request.thread];
    // In front of a cluster somebody accepts who does nothing else.
    if (!m_keepsConnections && m_model != ServerModel::Cluster && loop.isBusy && ++loop.toAccept > m_machine.backlog) {
        --loop.toAccept;
        return repeatConnecting(slot, now);
    }
    if (m_extraWait > 0) { // the callback that takes it does nothing but begin to wait
        dequeue(slot);
        waitFor(slot, nextOf(request), now);
    } else {
        callBack(slot, now);
    }
}

/// A callback is ready.
void ModelledServer::callBack(quint32 slot, qint64 now)
{
    const ModelledRequest &request = m_slots[slot];
    if (request.isLost) {
        m_free.push_back(slot);
        return;
    }
    Thread &loop = m_threads[request.thread];
    if (!request.isQueued && m_requests.follows(request.number))
        m_requests.step(request.number, LabStep::Kind::Ready, static_cast<quint64>(now), static_cast<int>(request.thread) + 1);
    push(loop.line, slot);
    if (!loop.isBusy)
        runCallback(request.thread, false, now);
}

void ModelledServer::runCallback(quint32 number, bool isOnCore, qint64 now)
{
    Thread &loop = m_threads[number];
    if (loop.line.size == 0) {
        loop.isBusy = false;
        loop.request = none;
        loop.toAccept = 0;
        m_processors.setRequest(number, 0);
        m_processors.leave(number, ThreadState::Idle, now);
        return;
    }
    if (loop.leftOfIteration == 0) { // the loop looks for what is ready, and accepts
        loop.leftOfIteration = loop.line.size;
        loop.toAccept = 0;
    }
    --loop.leftOfIteration;
    const quint32 slot = pop(loop.line);
    dequeue(slot);
    loop.request = slot;
    loop.isBusy = true;
    m_processors.setRequest(number, m_slots[slot].number);
    // A callback that only hands on an answer takes no time to speak of.
    const Next next = nextOf(m_slots[slot]);
    const bool computes = next.kind == Next::Kind::Compute;
    if (!computes && next.kind != Next::Kind::Answer)
        --m_slots[slot].stage;
    const qint64 time = computes ? next.time : 1;
    if (isOnCore)
        m_processors.goOn(number, time, now);
    else
        m_processors.makeReady(number, time, now);
}

void ModelledServer::endCallback(quint32 number, qint64 now)
{
    const quint32 slot = m_threads[number].request;
    if (slot == none) // what was left of one that is answered
        return runCallback(number, true, now);
    if (dies(slot, number, true, now))
        return;
    const Next next = nextOf(m_slots[slot]);
    switch (next.kind) {
    case Next::Kind::Compute:
        m_processors.goOn(number, next.time, now);
        return;
    case Next::Kind::Wait:
    case Next::Kind::Tick:
        waitFor(slot, next, now);
        break;
    case Next::Kind::Offload:
        hand(m_workers, slot, next, now);
        break;
    case Next::Kind::Pool:
        m_pool.limit = poolThreads * static_cast<int>(m_loops.size());
        hand(m_pool, slot, next, now);
        break;
    case Next::Kind::Answer:
        if (const qint64 left = answer(slot, now); left > 0)
            return tidyUp(number, left, true, now);
        break;
    }
    runCallback(number, true, now);
}

void ModelledServer::hand(Helpers &helpers, quint32 slot, const Next &next, qint64 now)
{
    const ModelledRequest &request = m_slots[slot];
    if (helpers.idle.empty() && helpers.count < helpers.limit) {
        helpers.idle.push_back(startThread(helpers.role, now));
        ++helpers.count;
    }
    if (helpers.idle.empty()) {
        --m_slots[slot].stage; // taken again when one of them is free
        push(helpers.line, slot);
        if (m_requests.follows(request.number))
            m_requests.step(request.number, LabStep::Kind::Waiting, static_cast<quint64>(now), 0, m_profile.name(next.name));
        return;
    }
    const quint32 thread = helpers.idle.back();
    helpers.idle.pop_back();
    m_threads[thread].request = slot;
    m_processors.setRequest(thread, request.number);
    m_processors.makeReady(thread, next.time, now);
}

void ModelledServer::endHelp(Helpers &helpers, quint32 thread, qint64 now)
{
    const quint32 done = m_threads[thread].request;
    m_processors.setRequest(thread, 0);
    if (helpers.count > helpers.limit) {
        --helpers.count;
        m_processors.leave(thread, ThreadState::Gone, now);
    } else if (helpers.line.size > 0) {
        const quint32 slot = pop(helpers.line);
        const Next next = nextOf(m_slots[slot]);
        m_threads[thread].request = slot;
        m_processors.setRequest(thread, m_slots[slot].number);
        m_processors.goOn(thread, next.time, now);
    } else {
        m_threads[thread].request = none;
        m_processors.leave(thread, ThreadState::Idle, now);
        helpers.idle.push_back(thread);
    }
    callBack(done, now);
}

// --------------------------------------------------------------------------------------------------------------- deaths

bool ModelledServer::dies(quint32 slot, quint32 thread, bool isOnCore, qint64 now)
{
    const QString &reason = m_profile.routes()[m_slots[slot].route].death;
    if (reason.isNull())
        return false;
    if (hasLoops()) {
        dieWithLoop(thread, reason, now);
        return true;
    }
    dieWithThread(slot, thread, isOnCore, now);
    return true;
}

/// A loop that is the whole server ends it; one of a cluster's processes is replaced at once.
void ModelledServer::dieWithLoop(quint32 number, const QString &reason, qint64 now)
{
    Thread &loop = m_threads[number];
    ++m_threadDeaths;
    m_processors.setRequest(number, 0);
    m_processors.leave(number, ThreadState::Idle, now);
    if (m_model != ServerModel::Cluster)
        m_death = reason;
    // Everything that this loop has dies with it. What is in no line has an event, or a helper, that is still to come to it.
    enum : quint8 { elsewhere, inLine, free };
    std::vector<quint8> places(m_slots.size(), elsewhere);
    for (const quint32 slot : m_free)
        places[slot] = free;
    places[loop.request] = inLine;
    while (loop.line.size > 0)
        places[pop(loop.line)] = inLine;
    for (RequestLine *line : {&m_workers.line, &m_pool.line}) {
        RequestLine others;
        while (line->size > 0) {
            const quint32 slot = pop(*line);
            const bool isOurs = m_slots[slot].thread == number;
            if (isOurs)
                places[slot] = inLine;
            else
                push(others, slot);
        }
        *line = others;
    }
    for (quint32 slot = 0; slot < m_slots.size(); ++slot) {
        ModelledRequest &request = m_slots[slot];
        const bool isOnItsWay = request.stage == 0 && places[slot] == elsewhere;
        if (places[slot] == free || request.isLost || request.thread != number || isOnItsWay)
            continue;
        ++m_lostToDeath;
        dequeue(slot);
        --m_served;
        if (request.isAwaited)
            onAnswered(slot, LoadFailure::Reset, now);
        if (places[slot] == inLine)
            m_free.push_back(slot);
        else
            request.isLost = true;
    }
    loop = {};
    loop.role = Role::Loop;
}

} // namespace loopscope
