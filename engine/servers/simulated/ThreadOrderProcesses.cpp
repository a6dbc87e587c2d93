// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ThreadOrder.h"

#include "servers/lab/AcceptorBacklog.h"

#include <utility>

namespace loopscope {

// Processes with an engine each. An engine is started when its process has its first connection, and takes no time of the cores then: real
// processes are started before the load comes.

namespace {
/// What accepting a connection, and sending it to a process, takes: three calls of the system.
constexpr quint64 acceptTime = 15'000;
} // namespace

void ThreadOrder::serveWith(RunCompanion &server, const RunCompanion::Parts &parts, ProcessIo &io, ServerHook *hook)
{
    m_server.emplace(ProcessEngine::Server{server, *this, m_io, *this, m_client, m_tracer.costs()});
    m_parts.emplace(parts);
    m_hook = hook;
    io.setSource(this);
    m_listener = m_tracer.newSubject();
    HandleProvider &handles = *m_io.handles();
    Endpoint any;
    any.address = "127.0.0.1";
    handles.open(m_listener, HandleKind::Tcp);
    handles.bind(m_listener, any, 0);
    handles.listen(m_listener, acceptorBacklog);
    handles.localEndpoint(m_listener, &m_endpoint);
}

ThreadOrder::Runner ThreadOrder::runnerOf(int thread)
{
    if (!m_server || thread == mainThread)
        return {m_tracer.clock(), m_loop, m_client, &m_tracer, nullptr};
    const int process = engineOf(thread);
    std::unique_ptr<ProcessEngine> &engine = m_engines[process];
    if (!engine) {
        const StrandId strand = m_tracer.newSubject();
        m_threadOf[strand] = process;
        m_io.setCurrent(strand);
        std::vector<Event> *const traced = m_trace ? &m_traced[process] : nullptr;
        engine = std::make_unique<ProcessEngine>(*m_server, *m_parts, m_hook, process, isCluster(), strand, m_now, traced);
        m_io.setCurrent(0);
        traceEngine(process, *engine);
    }
    return {engine->clock(), engine->loop(), engine->client(), engine->tracer(), engine.get()};
}

// --------------------------------------------------------------------------------------------------------------- routing

void ThreadOrder::routeToProcess(Task task)
{
    const bool isTold = task.kind == Task::Kind::Transition && task.transition.kind == IoTransition::Kind::Told;
    const HandleId handle = isTold ? task.transition.event.handle : 0;
    if (handle != 0 && handle == m_listener)
        return push(mainThread, std::move(task));
    if (m_kept.contains(handle)) {
        if (task.transition.event.kind == HandleEvent::Kind::Data)
            return queueKept(handle, task.transition.time);
        return endKept(handle);
    }
    const int thread = threadOf(task.strand);
    if (task.strand != 0 && thread == 0)
        return; // it waits for a process, or was one's that has ended
    if (thread != 0 && beginsRequest(task))
        m_io.announce(task.strand, task.transition.time);
    push(thread == 0 ? mainThread : thread, std::move(task));
}

/// It brings a request.
void ThreadOrder::queueKept(HandleId connection, quint64 time)
{
    m_io.announce(connection, time);
    if (threadOf(connection) == 0 && !m_waiting.contains(connection) && isFull())
        return turnAway(connection);
    m_kept.erase(connection);
    Task task;
    task.kind = Task::Kind::Hand;
    task.strand = connection;
    ++m_tasks;
    const bool isQueued = m_waiting.contains(connection);
    m_waiting[connection].push_back(std::move(task));
    if (const int process = threadOf(connection); process != 0) {
        at(process).stays = false;
        return bind(process, connection);
    }
    if (isQueued)
        return;
    m_queue.push_back(connection);
    wakeThreads();
}

/// It is closed, and who stays with it is free.
void ThreadOrder::endKept(HandleId connection)
{
    m_kept.erase(connection);
    m_io.handles()->close(connection);
    const int process = threadOf(connection);
    if (process == 0)
        return;
    m_threadOf.erase(connection);
    at(process).strand = 0;
    if (!m_machine.hasBurst(process))
        m_machine.makeReady(process, m_now);
}

void ThreadOrder::keep(HandleId connection)
{
    m_kept.insert(connection);
    m_io.handles()->setReading(connection, true);
}

void ThreadOrder::acceptConnection()
{
    const HandleId connection = m_tracer.newSubject();
    m_tracer.clock().work(acceptTime);
    if (m_io.handles()->accept(m_listener, connection) != 0)
        return;
    m_io.capture([this, connection](quint64) {
        if (!isCluster()) {
            keep(connection);
            return holds(connection) ? queueSilent(connection) : void();
        }
        Task task;
        task.kind = Task::Kind::Hand;
        task.strand = connection;
        const int loop = m_threadOf[connection] = nextLoop();
        push(loop, std::move(task));
    });
}

// ----------------------------------------------------------------------------------------------------- what processes say

void ThreadOrder::hand(Task &task, const Runner &runner)
{
    const int process = engineOf(m_burstOf);
    if (m_dying.erase(m_burstOf) > 0) { // of an error in its start
        dieOfError();
        return;
    }
    if (!m_listening.contains(process)) {
        ++m_tasks;
        Task postponed;
        postponed.kind = Task::Kind::Hand;
        postponed.strand = task.strand;
        m_postponed[m_burstOf].push_back(std::move(postponed));
        return;
    }
    runner.engine->io().hand(task.strand);
    runner.client.runIoCallbacks();
}

void ThreadOrder::listens(int process)
{
    if (process == mainThread) {
        if (onListening)
            onListening();
        return;
    }
    m_listening.insert(process);
    for (auto &[thread, tasks] : m_postponed) {
        if (engineOf(thread) != process)
            continue;
        for (Task &task : std::exchange(tasks, {})) {
            --m_tasks;
            push(thread, std::move(task));
        }
    }
}

void ThreadOrder::taken(HandleId from, HandleId to)
{
    const int thread = m_burstOf;
    m_threadOf.erase(from);
    m_threadOf[to] = thread;
    if (at(thread).strand == from)
        at(thread).strand = to;
    m_io.setCurrent(to);
}

void ThreadOrder::accepted(HandleId connection) { m_threadOf[connection] = m_burstOf > mainThread ? m_burstOf : mainThread; }

void ThreadOrder::givenBack(int process, HandleId connection, bool isKept, quint64 now)
{
    Q_UNUSED(process)
    const int thread = threadOf(connection);
    if (thread == 0)
        return; // the process has ended
    if (at(thread).strand == connection)
        at(thread).strand = 0;
    const HandleId kept = m_tracer.newSubject();
    if (!isKept)
        m_io.handles()->close(connection);
    else if (m_io.move(connection, kept) == 0)
        keep(kept);
    if (isKept && holds(kept)) {
        at(thread).strand = kept;
        m_threadOf[kept] = thread;
    }
    if (!m_machine.hasBurst(thread))
        m_machine.makeReady(thread, now); // to find that it is free
}

// ------------------------------------------------------------------------------------------------------------------- ends

void ThreadOrder::endEngine(int process)
{
    auto engine = m_engines.extract(process);
    if (engine.empty())
        return;
    m_listening.erase(process);
    for (auto timer = m_timers.begin(); timer != m_timers.end();) {
        if (timer->second.engine == process) {
            m_due.erase({timer->second.due, timer->second.generation, timer->first});
            timer = m_timers.erase(timer);
        } else {
            ++timer;
        }
    }
    std::erase_if(m_dying, [process](int dying) { return engineOf(dying) == process; });
    std::erase_if(m_threadOf, [process](const auto &entry) { return entry.second > mainThread && engineOf(entry.second) == process; });
    for (int thread = process; thread < static_cast<int>(m_threads.size()); thread += MostEngines) {
        if (m_heldBursts)
            m_heldBursts->end(thread, m_now);
        m_tasks -= static_cast<qint64>(at(thread).tasks.size() + m_postponed[thread].size());
        at(thread).tasks.clear();
        m_postponed.erase(thread);
        at(thread).strand = 0;
    }
    engine.mapped().reset();
    recordEngine(process);
}

void ThreadOrder::endEngines()
{
    while (!m_engines.empty())
        endEngine(m_engines.begin()->first);
}

} // namespace loopscope
