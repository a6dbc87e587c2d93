// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RandomRun.h"

#include <algorithm>

namespace loopscope {

RandomRun::RandomRun(quint32 seed, size_t atLeast)
    : m_random(seed)
{
    add(EventKind::RunStarted);
    runTask(create(TaskKind::Script));
    drain();
    for (quint64 iteration = 1; events.size() < atLeast; ++iteration) {
        add(EventKind::IterationStarted).value = static_cast<qint64>(iteration);
        m_now.iteration = iteration;
        for (const Phase phase :
            {Phase::Timers, Phase::PendingCallbacks, Phase::IdlePrepare, Phase::Poll, Phase::Check, Phase::ClosingCallbacks})
            runPhase(phase);
        if (below(3) == 0)
            runTask(create(TaskKind::ProcessEvent));
        create(TaskKind::Timeout); // so that there is always something to do
        drain();
    }
    add(EventKind::RunEnded);
    expected.push_back(m_now);
}

/// The expectation for the state after an event is kept before the next one, when all that belongs to it was noted.
Event &RandomRun::add(EventKind kind, SubjectId subject, quint8 detail)
{
    if (events.size() % 50 == 49 || below(200) == 0)
        expected.push_back(m_now);
    m_time += below(3000);
    Event event;
    event.time = m_time;
    event.kind = kind;
    event.subject = subject;
    event.detail = detail;
    event.setPhase(m_now.phase);
    m_now.time = m_time;
    m_now.cursor = events.size() + 1;
    return events.emplace_back(event);
}

SubjectId RandomRun::create(TaskKind kind)
{
    const SubjectId id = m_nextSubject++;
    const SiteId function = below(40);
    m_tasks[id] = {kind, function};
    Event &event = add(EventKind::TaskCreated, id, static_cast<quint8>(kind));
    event.site = function;
    event.cause = m_now.running.empty() ? 0 : m_now.running.back();
    event.value = below(40);
    const LoopQueue where = queueOf(kind);
    if (where != LoopQueue::None)
        queue(where).push_back(id);
    if (where == LoopQueue::Timers)
        arm(id);
    if (below(10) == 0)
        add(EventKind::SubjectNamed, id).value = 1;
    return id;
}

void RandomRun::arm(SubjectId task)
{
    m_tasks[task].due = m_time + below(100000);
    add(EventKind::TimerArmed, task).value = static_cast<qint64>(m_tasks[task].due);
    std::vector<SubjectId> &timers = queue(LoopQueue::Timers);
    std::erase(timers, task);
    m_now.ready.erase(task);
    const auto later = [&](SubjectId other) { return m_tasks[other].due > m_tasks[task].due; };
    timers.insert(std::find_if(timers.begin(), timers.end(), later), task);
}

void RandomRun::submit()
{
    const SubjectId request = m_nextSubject++;
    add(EventKind::IoSubmitted, request, static_cast<quint8>(IoKind::File)).cause = m_now.running.empty() ? 0 : m_now.running.back();
    m_now.inFlight.insert(request);
    m_waitingRequests.push_back(request);
    const SubjectId task = create(TaskKind::IoCallback);
    m_callbackOf[request] = task;
}

void RandomRun::serveRequests()
{
    for (quint32 thread = 1; thread <= 4; ++thread) {
        if (const auto busy = m_now.threads.find(thread); busy != m_now.threads.end() && below(2) == 0) {
            const SubjectId request = busy->second;
            add(EventKind::IoCompleted, request);
            m_now.threads.erase(busy);
            m_now.inFlight.erase(request);
            const SubjectId task = m_callbackOf[request];
            add(EventKind::TaskReady, task).cause = request;
            std::vector<SubjectId> &poll = queue(LoopQueue::Poll);
            std::erase(poll, task);
            poll.insert(std::find_if(poll.begin(), poll.end(), [&](SubjectId other) { return !m_now.ready.contains(other); }), task);
            m_now.ready.insert(task);
        }
        if (!m_now.threads.contains(thread) && !m_waitingRequests.empty()) {
            const SubjectId request = m_waitingRequests.front();
            m_waitingRequests.erase(m_waitingRequests.begin());
            add(EventKind::IoStarted, request).value = thread;
            m_now.threads[thread] = request;
        }
    }
}

void RandomRun::forget(SubjectId task)
{
    for (auto &each : m_now.queues)
        std::erase(each, task);
    m_now.ready.erase(task);
}

void RandomRun::promiseAct()
{
    if (m_now.unsettled.empty() || below(2) == 0) {
        const SubjectId promise = m_nextSubject++;
        add(EventKind::PromiseCreated, promise, static_cast<quint8>(1 + below(13)));
        m_now.unsettled.insert(promise);
        return;
    }
    const SubjectId promise = *std::next(m_now.unsettled.begin(), below(static_cast<quint32>(m_now.unsettled.size())));
    switch (below(5)) {
    case 0:
        add(EventKind::ReactionAdded, promise, static_cast<quint8>(ReactionKind::Then));
        break;
    case 1:
        add(EventKind::AwaitSuspended, promise).value = promise;
        add(EventKind::AwaitResumed, promise).value = promise;
        break;
    case 2:
        add(EventKind::PromiseRejected, promise);
        m_now.unsettled.erase(promise);
        add(EventKind::RejectionUnhandled, promise);
        break;
    default:
        add(EventKind::PromiseFulfilled, promise);
        m_now.unsettled.erase(promise);
        create(TaskKind::PromiseReaction);
        break;
    }
}

void RandomRun::call(int depth)
{
    const SiteId function = 100 + below(10);
    add(EventKind::CallEntered, 0, static_cast<quint8>(below(4))).site = function;
    m_now.frames.push_back(function);
    for (quint32 i = below(3); i > 0; --i)
        add(EventKind::Statement).site = below(500);
    if (depth < 6 && below(2) == 0)
        call(depth + 1);
    if (below(5) == 0)
        return; // thrown out of: the task's end takes the frame away
    if (m_now.frames.back() == function) { // the callee left, too
        add(EventKind::CallLeft).site = function;
        m_now.frames.pop_back();
    }
}

void RandomRun::act()
{
    static constexpr std::array kinds{TaskKind::Timeout, TaskKind::Interval, TaskKind::Immediate, TaskKind::Tick, TaskKind::Microtask,
        TaskKind::AwaitContinuation, TaskKind::ThenableJob, TaskKind::PendingCallback, TaskKind::CloseCallback};
    switch (below(8)) {
    case 0:
        create(kinds[below(kinds.size())]);
        break;
    case 1:
        submit();
        break;
    case 2:
        promiseAct();
        break;
    case 3:
        add(EventKind::ConsoleText, 0, 1);
        ++m_now.consoleTexts;
        break;
    case 4:
        if (const auto &timers = queue(LoopQueue::Timers); !timers.empty()) {
            const SubjectId task = timers[below(static_cast<quint32>(timers.size()))];
            if (below(2) == 0) {
                add(EventKind::TaskCancelled, task);
                forget(task);
            } else { // refresh()
                add(EventKind::TaskRearmed, task, static_cast<quint8>(m_tasks[task].kind));
                forget(task);
                queue(LoopQueue::Timers).push_back(task);
                arm(task);
            }
        }
        break;
    default:
        call(0);
        break;
    }
}

void RandomRun::runTask(SubjectId task)
{
    const Task what = m_tasks[task];
    Event &begun = add(EventKind::TaskBegun, task, static_cast<quint8>(what.kind));
    begun.site = what.function;
    forget(task);
    m_now.running.push_back(task);
    const size_t depth = m_now.frames.size();
    m_now.frames.push_back(what.function);
    for (quint32 i = below(6); i > 0; --i)
        act();
    if (what.kind == TaskKind::Script && below(2) == 0)
        runTask(create(TaskKind::ModuleEvaluation));
    add(EventKind::TaskEnded, task, static_cast<quint8>(what.kind));
    m_now.running.pop_back();
    m_now.frames.resize(depth);
    if (what.kind == TaskKind::Interval && below(4) != 0) {
        add(EventKind::TaskRearmed, task, static_cast<quint8>(what.kind)).site = what.function;
        queue(LoopQueue::Timers).push_back(task);
        arm(task);
    }
}

void RandomRun::drain()
{
    for (int limit = 0; limit < 30; ++limit) {
        if (!queue(LoopQueue::NextTick).empty())
            runTask(queue(LoopQueue::NextTick).front());
        else if (!queue(LoopQueue::Microtasks).empty())
            runTask(queue(LoopQueue::Microtasks).front());
        else
            return;
    }
}

void RandomRun::runPhase(Phase phase)
{
    static const std::map<Phase, LoopQueue> queues{{Phase::Timers, LoopQueue::Timers}, {Phase::PendingCallbacks, LoopQueue::Pending},
        {Phase::Poll, LoopQueue::Poll}, {Phase::Check, LoopQueue::Check}, {Phase::ClosingCallbacks, LoopQueue::Closing}};
    add(EventKind::PhaseEntered).setPhase(phase);
    m_now.phase = phase;
    if (phase == Phase::Poll) {
        add(EventKind::PollWaitStarted).value = below(2) == 0 ? -1 : below(10000);
        serveRequests();
        add(EventKind::PollWaitEnded).value = below(10000);
    }
    if (const auto found = queues.find(phase); found != queues.end()) {
        std::vector<SubjectId> due = queue(found->second);
        due.resize(std::min<size_t>(due.size(), 5));
        for (const SubjectId task : due) {
            const std::vector<SubjectId> &waiting = queue(found->second);
            const bool stillWaits = std::find(waiting.begin(), waiting.end(), task) != waiting.end();
            if (!stillWaits || (phase == Phase::Poll && !m_now.ready.contains(task)))
                continue;
            if (phase == Phase::Timers) {
                add(EventKind::TaskReady, task);
                m_now.ready.insert(task);
            }
            runTask(task);
            drain();
        }
    }
    add(EventKind::PhaseLeft);
    m_now.phase = Phase::None;
}

} // namespace loopscope
