// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ThreadOrder.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {
constexpr quint64 never = ~0ULL;
/// What a process needs beside its threads' stacks.
constexpr qint64 processBytes = 12LL << 20;
/// So often limits and commands are looked at.
constexpr quint64 turnsBetweenLooks = 256;

Machine::Settings settingsOf(const ScenarioMachine &machine)
{
    return {machine.cores, static_cast<quint64>(machine.timeSliceMilliseconds * 1e6),
        static_cast<quint64>(machine.contextSwitchMicroseconds * 1e3), static_cast<quint64>(machine.wakeUpMicroseconds * 1e3)};
}

int threadsOf(const ScenarioMachine &machine, ServerModel model)
{
    switch (model) {
    case ServerModel::ThreadPool:
        return machine.poolThreads;
    case ServerModel::Processes:
        return machine.processes;
    case ServerModel::Cluster:
        return machine.loops;
    default:
        return machine.threadLimit;
    }
}
} // namespace

ThreadOrder::ThreadOrder(const ScenarioMachine &machine, ServerModel model, const RunCompanion::Parts &parts, ServerIo &io, LaneBook &lanes,
    RequestBook &requests)
    : m_settings(machine)
    , m_model(model)
    , m_tracer(parts.tracer)
    , m_loop(parts.loop)
    , m_client(parts.client)
    , m_io(io)
    , m_lanes(lanes)
    , m_requests(requests)
    , m_machine(settingsOf(machine), *this)
    , m_wantedCores(machine.cores)
    , m_limit(threadsOf(machine, model))
    , m_keep(model == ServerModel::Cluster ? 0 : static_cast<quint64>(machine.keepAliveSeconds * 1e9))
{
    m_threads.emplace_back();
    startThread(); // the main one
    if (model == ServerModel::ThreadPerRequest)
        return;
    for (int index = 0; index < m_limit; ++index) {
        m_free.push_back(startThread());
        at(m_free.back()).isFree = true;
    }
    std::reverse(m_free.begin(), m_free.end());
}

ThreadOrder::~ThreadOrder() { endEngines(); }

// --------------------------------------------------------------------------------------------------------------- threads

int ThreadOrder::startThread()
{
    int number = static_cast<int>(m_threads.size());
    if (m_ended.empty()) {
        m_threads.emplace_back();
    } else {
        number = m_ended.back();
        m_ended.pop_back();
        at(number) = {};
    }
    ++m_living;
    m_lanes.set(number, ThreadState::Idle, 0, m_now);
    return number;
}

void ThreadOrder::endThread(int thread)
{
    --m_living;
    if (engineOf(thread) == thread)
        endEngine(thread);
    m_lanes.set(thread, ThreadState::Gone, 0, m_now);
}

bool ThreadOrder::mayStart() const
{
    return threads() < m_limit && processBytes + (threads() + 1) * m_settings.stackBytes <= m_settings.memoryBytes;
}

int ThreadOrder::freeThread()
{
    while (!m_free.empty() && threads() > m_limit) { // there are to be fewer
        const int thread = m_free.back();
        m_free.pop_back();
        at(thread).isFree = false;
        endThread(thread);
        m_ended.push_back(thread);
    }
    if (!m_free.empty()) {
        const int thread = m_free.back();
        m_free.pop_back();
        at(thread).isFree = false;
        return thread;
    }
    return mayStart() ? startThread() : 0;
}

int ThreadOrder::threadOf(StrandId strand) const
{
    const auto found = m_threadOf.find(strand);
    return found == m_threadOf.end() ? 0 : found->second;
}

/// Connections go to the loops of a cluster in turn.
int ThreadOrder::nextLoop()
{
    while (threads() < m_limit)
        startThread();
    m_lastLoop = m_lastLoop >= mainThread + m_limit ? mainThread + 1 : m_lastLoop + 1;
    return m_lastLoop;
}

/// A thread is woken for each request that waits, as long as there are any. Which one it takes is seen when it runs: one that runs already
/// may be quicker.
void ThreadOrder::wakeThreads()
{
    while (static_cast<int>(m_queue.size()) > m_seeking) {
        const int thread = freeThread();
        if (thread == 0)
            return;
        ++m_seeking;
        at(thread).seeks = true;
        if (m_burstOf != thread)
            m_machine.makeReady(thread, m_now);
    }
}

/// As a dispatcher in front of real threads does: it accepts all, and resets those for whom its queue has no room.
void ThreadOrder::turnAway(StrandId strand)
{
    m_kept.erase(strand);
    m_server ? m_io.abandon(strand) : m_io.breakConnection(strand, m_now);
}

/// The request that has waited longest; 0 if there is none.
StrandId ThreadOrder::takeRequest()
{
    while (!m_queue.empty()) {
        const StrandId strand = m_queue.front();
        m_queue.pop_front();
        if (m_io.served(strand))
            return strand;
        m_tasks -= static_cast<qint64>(m_waiting[strand].size()); // the client has gone
        m_waiting.erase(strand);
    }
    return 0;
}

void ThreadOrder::bind(int number, StrandId strand)
{
    Thread &thread = at(number);
    m_threadOf[strand] = number;
    thread.strand = strand;
    thread.request = static_cast<qint64>(m_io.requestOn(strand));
    if (m_waitBefore == 0 || m_waiting[strand].empty())
        return handOver(number);
    thread.waits = true;
    m_waits.emplace(m_now + m_waitBefore, number);
}

/// The thread gets what came for its request so far.
void ThreadOrder::handOver(int thread)
{
    at(thread).waits = false;
    auto waiting = m_waiting.extract(at(thread).strand);
    if (waiting.empty())
        return;
    for (Task &task : waiting.mapped()) {
        --m_tasks;
        push(thread, std::move(task));
    }
}

/// Its request is over.
void ThreadOrder::release(int thread)
{
    Thread &released = at(thread);
    if (threadOf(released.strand) == thread)
        m_threadOf.erase(released.strand);
    if (const auto left = m_waiting.find(released.strand); released.stays && left != m_waiting.end()) {
        m_tasks -= static_cast<qint64>(left->second.size()); // of a connection that has ended
        m_waiting.erase(left);
    }
    released.stays = false;
    ++released.stay;
    released.strand = 0;
    released.request = 0;
    if (!m_queue.empty() && threads() <= m_limit && m_model != ServerModel::ThreadPerRequest) {
        released.seeks = true; // the next one at once
        ++m_seeking;
        return;
    }
    if (m_model != ServerModel::ThreadPerRequest && threads() <= m_limit) {
        m_lanes.set(thread, ThreadState::Idle, 0, m_now);
        m_free.push_back(thread);
        released.isFree = true;
        return wakeThreads();
    }
    endThread(thread);
    wakeThreads();
    m_ended.push_back(thread); // its number is free when it has left its core
}

void ThreadOrder::answered(StrandId strand)
{
    const int thread = threadOf(strand);
    // It waited for that, and needs no core to find that it is over: its client may ask again before it gets one.
    if (thread > mainThread && !isCluster() && !m_machine.hasBurst(thread) && end(thread, m_now))
        m_machine.makeReady(thread, m_now);
}

bool ThreadOrder::dieOfError()
{
    const int thread = m_burstOf;
    if (thread <= mainThread)
        return false;
    if (m_server && (!m_dying.insert(thread).second || !m_io.isCapturing()))
        return true; // it does already, or it will when it has a connection, as its script does not come to listen
    ++m_deaths;
    std::vector<StrandId> lost;
    if (isCluster()) {
        for (const auto &[strand, loop] : m_threadOf) {
            if (loop == thread)
                lost.push_back(strand);
        }
    } else {
        lost.push_back(at(thread).strand);
    }
    for (const StrandId strand : lost) {
        m_io.capture([this, strand](quint64 now) {
            const ServedConnection *connection = m_io.served(strand);
            const quint64 request = m_io.requestOn(strand); // perhaps one that nobody has begun to read
            m_lostToDeaths += connection && (connection->isBusy || (request != 0 && request != connection->request)) ? 1 : 0;
            m_server ? m_io.abandon(strand) : m_io.breakConnection(strand, now);
        });
    }
    if (m_server)
        m_io.capture([this, thread](quint64) { endEngine(engineOf(thread)); });
    return true;
}

// --------------------------------------------------------------------------------------------------------------- routing

bool ThreadOrder::beginsRequest(const Task &task)
{
    if (task.kind != Task::Kind::Transition || task.transition.kind != IoTransition::Kind::Told
        || task.transition.event.kind != HandleEvent::Kind::Data)
        return false;
    const ServedConnection *connection = m_io.served(task.strand);
    return connection && !connection->isBusy;
}

void ThreadOrder::push(int thread, Task task)
{
    ++m_tasks;
    showReady(thread, task.strand);
    at(thread).tasks.push_back(std::move(task));
    if (m_burstOf != thread)
        m_machine.makeReady(thread, m_now);
}

void ThreadOrder::route(Task task)
{
    if (m_server)
        return routeToProcess(std::move(task));
    const bool isServed = task.strand != 0 && m_io.served(task.strand);
    const bool begins = isServed && beginsRequest(task);
    if (begins)
        m_io.announce(task.strand, task.transition.time);
    const int thread = threadOf(task.strand);
    if (const auto waiting = m_waiting.find(task.strand); waiting != m_waiting.end()) {
        ++m_tasks;
        waiting->second.push_back(std::move(task));
        return;
    }
    if (begins && thread != 0 && holds(task.strand)) {
        const StrandId strand = task.strand;
        ++m_tasks;
        m_waiting[strand].push_back(std::move(task));
        if (std::exchange(at(thread).stays, false)) // else it is about to end with the last one, and then sees this one
            bind(thread, strand);
        return;
    }
    // Who is about to end with a connection's last request has no claim to its next.
    if (thread != 0 && !begins)
        return push(thread, std::move(task));
    if (!begins)
        return push(mainThread, std::move(task));
    if (isFull())
        return turnAway(task.strand);
    ++m_tasks;
    m_queue.push_back(task.strand);
    m_waiting[task.strand].push_back(std::move(task));
    wakeThreads();
}

void ThreadOrder::routeTransitions()
{
    for (IoTransition &transition : m_io.pull(m_now)) {
        if (transition.kind == IoTransition::Kind::Started)
            continue;
        Task task;
        task.kind = Task::Kind::Transition;
        task.strand = m_io.strandOf(transition);
        task.transition = std::move(transition);
        route(std::move(task));
    }
}

void ThreadOrder::routeTimers()
{
    while (!m_due.empty() && std::get<0>(*m_due.begin()) <= m_now) {
        const auto [due, generation, timer] = *m_due.begin();
        m_due.erase(m_due.begin());
        Task task;
        task.kind = Task::Kind::Timer;
        task.strand = m_timers[timer].strand;
        task.timer = timer;
        task.generation = generation;
        route(std::move(task));
    }
    endStays();
    while (!m_waits.empty() && m_waits.begin()->first <= m_now) {
        const int thread = m_waits.begin()->second;
        m_waits.erase(m_waits.begin());
        handOver(thread);
    }
}

// ------------------------------------------------------------------------------------------------------ timers, callbacks

void ThreadOrder::armed(Timer &timer, quint64 duration)
{
    disarmed(timer);
    const quint64 generation = ++m_generation;
    ArmedTimer &armed = m_timers[&timer];
    armed = {generation, m_io.current(), 0, m_server && m_burstOf > mainThread ? engineOf(m_burstOf) : 0};
    constexpr quint64 nanoseconds = 1'000'000;
    if (!m_io.isCapturing())
        return setDue(timer, armed, m_io.clock().now() + duration * nanoseconds);
    m_io.capture([this, &timer, generation, duration](quint64 now) {
        const auto found = m_timers.find(&timer);
        if (found != m_timers.end() && found->second.generation == generation)
            setDue(timer, found->second, now + duration * nanoseconds);
    });
}

void ThreadOrder::setDue(Timer &timer, ArmedTimer &armed, quint64 due)
{
    armed.due = due;
    m_due.emplace(due, armed.generation, &timer);
}

void ThreadOrder::disarmed(Timer &timer)
{
    const auto found = m_timers.find(&timer);
    if (found == m_timers.end())
        return;
    m_due.erase({found->second.due, found->second.generation, &timer});
    m_timers.erase(found);
}

void ThreadOrder::enqueued(Immediate &immediate)
{
    Task task;
    task.kind = Task::Kind::Immediate;
    task.strand = m_io.current();
    task.immediate = &immediate;
    push(m_burstOf != 0 ? m_burstOf : mainThread, std::move(task));
}

void ThreadOrder::enqueued(std::function<void()> callback)
{
    Task task;
    task.strand = m_io.current();
    task.callback = std::move(callback);
    push(m_burstOf != 0 ? m_burstOf : mainThread, std::move(task));
}

// ----------------------------------------------------------------------------------------------------------------- bursts

void ThreadOrder::perform(Task &task, const Runner &runner)
{
    switch (task.kind) {
    case Task::Kind::Transition:
        if (m_server && task.transition.request == 0 && task.transition.event.handle == m_listener)
            return acceptConnection();
        m_io.deliver(std::move(task.transition));
        runner.client.runIoCallbacks();
        return;
    case Task::Kind::Hand:
        return hand(task, runner);
    case Task::Kind::Timer: {
        const auto found = m_timers.find(task.timer);
        if (found == m_timers.end() || found->second.generation != task.generation)
            return; // cleared, or armed anew
        runner.loop.run(*task.timer);
        break;
    }
    case Task::Kind::Immediate:
        runner.loop.run(*task.immediate);
        break;
    case Task::Kind::Callback:
        task.callback();
        return;
    }
    runner.client.leaveCallbackScope();
}

void ThreadOrder::runBurst(Task &task, const Runner &runner)
{
    if (!runner.client.isStopping())
        perform(task, runner);
    if (!runner.client.isStopping())
        runner.client.runNativeImmediates();
}

/// Runs the burst's JavaScript, and keeps what it does to the outside and to the recording.
void ThreadOrder::perform(int number, Task &task, const Runner &runner)
{
    m_io.setCurrent(task.strand);
    m_io.beginCapture();
    holdTrace(number, runner);
    if (!runner.engine)
        runBurst(task, runner);
    else if (!runner.engine->hasEnded())
        runner.engine->turn([&] { runBurst(task, runner); });
    if (runner.engine && runner.engine->hasEnded()) {
        m_io.setClock(runner.engine->clock());
        m_server->companion.contain(QStringLiteral("process.exit()"));
    }
    releaseTrace(number, runner);
}

Machine::Burst ThreadOrder::begin(int number, quint64 now)
{
    m_now = now;
    m_tracer.clock().moveTo(now);
    Thread &thread = at(number);
    m_burstOf = number;
    if (std::exchange(thread.seeks, false)) {
        --m_seeking;
        if (const StrandId strand = takeRequest(); strand != 0)
            bind(number, strand);
    }
    thread.effects.clear();
    if (thread.tasks.empty()) {
        m_burstOf = 0;
        return {};
    }
    Task task = std::move(thread.tasks.front());
    thread.tasks.pop_front();
    --m_tasks;
    const auto cameWith = static_cast<qint64>(m_io.requestOn(task.strand));
    const Runner runner = runnerOf(number);
    runner.clock.moveTo(now);
    m_io.setClock(runner.clock);
    if (std::exchange(thread.isNew, false) && m_model == ServerModel::ThreadPerRequest && number != mainThread)
        runner.clock.work(static_cast<quint64>(m_settings.threadStartMicroseconds * 1e3));
    perform(number, task, runner);
    const quint64 reached = runner.engine ? runner.engine->clock().now() : m_tracer.clock().now();
    thread.effects = m_io.endCapture();
    thread.burstStrand = m_io.current();
    m_io.setCurrent(0);
    m_io.setClock(m_tracer.clock());
    m_burstOf = 0;
    Machine::Burst burst;
    burst.length = reached - now;
    for (const ServerIo::Effect &effect : thread.effects)
        burst.marks.push_back(effect.moment - now);
    m_tracer.clock().moveTo(now);
    if (thread.strand == 0)
        thread.request = cameWith;
    const qint64 request = thread.request;
    m_lanes.set(number, ThreadState::Running, request, now);
    m_requests.step(static_cast<quint64>(request), LabStep::Kind::Running, now, number);
    return burst;
}

void ThreadOrder::reach(int thread, std::size_t mark, quint64 now)
{
    m_now = now;
    m_tracer.clock().moveTo(now);
    at(thread).effects[mark].perform(now);
}

bool ThreadOrder::end(int number, quint64 now)
{
    m_now = now;
    if (m_heldBursts)
        m_heldBursts->end(number, now);
    Thread &thread = at(number);
    const auto wait = [&](ThreadState state, qint64 request) {
        m_lanes.set(number, state, request, now);
        m_requests.step(static_cast<quint64>(thread.request), LabStep::Kind::Waiting, now, number);
    };
    if (!thread.tasks.empty() || thread.seeks) {
        if (thread.seeks || thread.tasks.front().strand != thread.burstStrand)
            m_requests.step(static_cast<quint64>(thread.request), LabStep::Kind::Waiting, now, number);
        return true;
    }
    if (m_kept.contains(thread.strand)) // a process, with a connection that it was not given or has given back
        return stayOn(number);
    const ServedConnection *connection = m_io.served(thread.strand);
    const bool isOwn = threadOf(thread.strand) == number; // else the connection has its next request, on another thread
    const bool hasConnection = m_server && thread.strand != 0; // a process, until it gives it back
    if (thread.waits || hasConnection || (connection && connection->isBusy && isOwn)) {
        if (thread.waits)
            m_requests.nameWait(static_cast<quint64>(thread.request), QStringLiteral("extra I/O"));
        wait(ThreadState::Blocked, thread.request);
        return false;
    }
    if (number != mainThread && !isCluster() && !thread.isFree) {
        if (isOwn && holds(thread.strand))
            return stayOn(number);
        release(number);
        return thread.seeks;
    }
    wait(ThreadState::Idle, 0);
    thread.request = 0;
    return !thread.tasks.empty();
}

void ThreadOrder::showReady(int thread, StrandId strand)
{
    if (m_lanes.stateOf(thread) == ThreadState::Running && at(thread).burstStrand == strand)
        return; // it goes on
    if (const quint64 request = m_io.requestOn(strand); request != 0)
        m_requests.step(request, LabStep::Kind::Ready, m_now, thread);
}

void ThreadOrder::scheduled(int number, bool isRunning, quint64 now)
{
    m_now = std::max(m_now, now);
    Thread &thread = at(number);
    const qint64 request = thread.request;
    m_lanes.set(number, isRunning ? ThreadState::Running : ThreadState::Ready, request, m_now);
    m_requests.step(static_cast<quint64>(request), isRunning ? LabStep::Kind::Running : LabStep::Kind::Ready, m_now, number);
}

// -------------------------------------------------------------------------------------------------------------------- run

quint64 ThreadOrder::nextMoment() const
{
    quint64 next = std::min(m_machine.nextMoment(), m_io.nextPull());
    if (!m_due.empty())
        next = std::min(next, std::get<0>(*m_due.begin()));
    if (!m_waits.empty())
        next = std::min(next, m_waits.begin()->first);
    return m_stays.empty() ? next : std::min(next, m_stays.front().moment);
}

void ThreadOrder::turn(quint64 now)
{
    m_now = std::max(m_now, now);
    m_tracer.clock().moveTo(m_now);
    if (m_heldBursts)
        m_heldBursts->advanceTo(m_now, m_machine);
    m_machine.setCores(m_wantedCores, m_now);
    m_machine.advanceTo(m_now);
    m_tracer.clock().moveTo(m_now);
    routeTransitions();
    routeTimers();
}

void ThreadOrder::run()
{
    m_now = std::max(m_now, m_tracer.clock().now());
    m_hasBegun = true;
    if (onBegun)
        onBegun();
    while (!m_client.isStopping() && (m_loop.isAlive() || m_machine.isBusy())) {
        const quint64 next = nextMoment();
        if (next == never) {
            m_client.waitUntil(never); // nothing can come any more: the run ends
            break;
        }
        turn(next);
        if (++m_turns % turnsBetweenLooks == 0 && m_tracer.attend)
            m_tracer.attend();
    }
    if (m_heldBursts)
        m_heldBursts->endAll(m_now);
    endEngines();
}

} // namespace loopscope
