// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RecordingRules.h"

namespace loopscope {

namespace {

constexpr qint64 NanosecondsPerMillisecond = 1'000'000;

bool isPhaseCallback(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
    case TaskKind::Immediate:
    case TaskKind::IoCallback:
    case TaskKind::PendingCallback:
    case TaskKind::CloseCallback:
        return true;
    default:
        return false;
    }
}

Phase phaseOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return Phase::Timers;
    case TaskKind::Immediate:
        return Phase::Check;
    case TaskKind::IoCallback:
        return Phase::Poll;
    case TaskKind::PendingCallback:
        return Phase::PendingCallbacks;
    case TaskKind::CloseCallback:
        return Phase::ClosingCallbacks;
    default:
        return Phase::None;
    }
}

} // namespace

RecordingRules::RecordingRules(const RecordingReader &reader)
    : m_reader(reader)
{
}

RecordingRules::Queue RecordingRules::queueOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Tick:
        return Queue::Tick;
    case TaskKind::Microtask:
    case TaskKind::PromiseReaction:
    case TaskKind::AwaitContinuation:
    case TaskKind::ThenableJob:
        return Queue::Micro;
    default:
        return Queue::None;
    }
}

QString RecordingRules::firstBrokenRule()
{
    const quint64 count = m_reader.eventCount();
    if (count < 2 || m_reader.event(0).kind != EventKind::RunStarted || m_reader.event(count - 1).kind != EventKind::RunEnded)
        return QStringLiteral("the recording does not start with RunStarted and end with RunEnded");
    for (quint64 i = 0; i < count; ++i) {
        if (m_reader.event(i).loop() != 0)
            continue;
        const QString broken = check(m_reader.event(i));
        if (!broken.isEmpty())
            return QStringLiteral("event %1: %2").arg(i).arg(broken);
    }
    const Event last = m_reader.event(count - 1);
    if (last.detail == static_cast<quint8>(RunEnding::Finished) && !m_running.empty())
        return QStringLiteral("task %1 never ended").arg(m_running.back());
    return {};
}

QString RecordingRules::check(const Event &event)
{
    if (event.time < m_time)
        return QStringLiteral("time went back");
    m_time = event.time;
    if (m_waitingTicks == 0 && m_waitingMicrotasks == 0)
        m_threw = false;
    switch (event.kind) {
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::PhaseLeft:
        return checkPhase(event);
    case EventKind::PollWaitStarted:
        if (!queuesAreThrough())
            return QStringLiteral("the loop sleeps while ticks or microtasks wait");
        return {};
    case EventKind::TaskCreated:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
    case EventKind::TaskCancelled:
    case EventKind::TaskRearmed:
    case EventKind::TimerArmed:
        return checkTask(event);
    default:
        return {};
    }
}

QString RecordingRules::checkPhase(const Event &event)
{
    if (!m_running.empty())
        return QStringLiteral("a phase changes while task %1 runs").arg(m_running.back());
    if (event.kind != EventKind::PhaseLeft && !queuesAreThrough())
        return QStringLiteral("a phase starts while %1 ticks and %2 microtasks wait").arg(m_waitingTicks).arg(m_waitingMicrotasks);
    if (event.kind == EventKind::IterationStarted) {
        m_lastPhase = Phase::None;
    } else if (event.kind == EventKind::PhaseLeft) {
        if (event.phase() != m_phase)
            return QStringLiteral("a phase is left that was not entered");
        m_phase = Phase::None;
    } else {
        // libuv runs callbacks that polling postponed right after it.
        const bool pendingAfterPoll = m_lastPhase == Phase::Poll && event.phase() == Phase::PendingCallbacks;
        if (event.phase() <= m_lastPhase && !pendingAfterPoll)
            return QStringLiteral("phase %1 after phase %2 in one iteration").arg(int(event.phase())).arg(int(m_lastPhase));
        m_phase = event.phase(); // entering one leaves the other
        if (!pendingAfterPoll)
            m_lastPhase = m_phase;
    }
    return {};
}

QString RecordingRules::checkTask(const Event &event)
{
    if (event.kind == EventKind::TaskCreated) {
        if (m_tasks.contains(event.subject))
            return QStringLiteral("task %1 is created twice").arg(event.subject);
        Task &task = m_tasks[event.subject];
        task.kind = static_cast<TaskKind>(event.detail);
        task.waits = true;
        if (const Queue queue = queueOf(task.kind); queue != Queue::None)
            ++waitingIn(queue);
        m_isModule = m_isModule || task.kind == TaskKind::ModuleEvaluation;
        return {};
    }
    const auto found = m_tasks.find(event.subject);
    if (found == m_tasks.end())
        return QStringLiteral("task %1 was never created").arg(event.subject);
    Task &task = *found;
    switch (event.kind) {
    case EventKind::TimerArmed:
        task.due = event.value;
        return {};
    case EventKind::TaskRearmed:
        task.waits = true;
        return {};
    case EventKind::TaskCancelled:
        if (const Queue queue = queueOf(task.kind); queue != Queue::None && task.waits)
            --waitingIn(queue);
        task.waits = false;
        return {};
    case EventKind::TaskBegun:
        return checkBegin(event, task);
    default:
        return checkEnd(event);
    }
}

QString RecordingRules::checkBegin(const Event &event, Task &task)
{
    if (!task.waits)
        return QStringLiteral("task %1 begins, but it was cancelled or has run").arg(event.subject);
    if (static_cast<TaskKind>(event.detail) != task.kind)
        return QStringLiteral("task %1 begins as another kind than it was created").arg(event.subject);
    task.waits = false;
    if (isPhaseCallback(task.kind) && phaseOf(task.kind) != event.phase())
        return QStringLiteral("task %1 of kind %2 begins in phase %3").arg(event.subject).arg(int(task.kind)).arg(int(event.phase()));
    // Node's timers know whole milliseconds: one can run up to a millisecond before its exact time.
    const bool isTimer = task.kind == TaskKind::Timeout || task.kind == TaskKind::Interval;
    if (isTimer && static_cast<qint64>(event.time) < task.due - NanosecondsPerMillisecond)
        return QStringLiteral("timer %1 begins %2 ns early").arg(event.subject).arg(task.due - static_cast<qint64>(event.time));
    const QString broken = checkQueues(event, task);
    m_running.push_back(event.subject);
    return broken;
}

QString RecordingRules::checkQueues(const Event &event, const Task &task)
{
    const Queue queue = queueOf(task.kind);
    if (queue != Queue::None)
        --waitingIn(queue);
    if (!m_running.empty())
        return {}; // inside another callback: handlers of process events
    if (isPhaseCallback(task.kind) && !queuesAreThrough())
        return QStringLiteral("task %1 begins while %2 ticks and %3 microtasks wait")
            .arg(event.subject)
            .arg(m_waitingTicks)
            .arg(m_waitingMicrotasks);
    // A module's own code runs among the microtasks, so its first microtasks come before its ticks.
    if (queue == Queue::Micro && m_lastQueue != Queue::Micro && m_waitingTicks && !m_isModule && !m_threw)
        return QStringLiteral("microtask %1 begins while %2 ticks wait").arg(event.subject).arg(m_waitingTicks);
    if (queue == Queue::Tick && m_lastQueue == Queue::Micro && m_waitingMicrotasks && !m_threw)
        return QStringLiteral("tick %1 begins while %2 microtasks wait").arg(event.subject).arg(m_waitingMicrotasks);
    return {};
}

QString RecordingRules::checkEnd(const Event &event)
{
    if (m_running.empty() || m_running.back() != event.subject)
        return QStringLiteral("task %1 ends, but it is not the innermost that runs").arg(event.subject);
    m_running.pop_back();
    if (m_running.empty())
        m_lastQueue = queueOf(static_cast<TaskKind>(event.detail));
    m_threw = m_threw || event.value == 1;
    return {};
}

QStringList RecordingRules::order() const
{
    QStringList lines;
    for (quint64 i = 0; i < m_reader.eventCount(); ++i) {
        const Event event = m_reader.event(i);
        if (event.kind == EventKind::TaskBegun)
            lines.append(
                QStringLiteral("%1 %2 in %3").arg(event.detail).arg(m_reader.place(event.site).shortPlace()).arg(int(event.phase())));
        else if (event.kind == EventKind::ConsoleText)
            lines.append(m_reader.string(static_cast<StringId>(event.value)));
    }
    return lines;
}

bool RecordingRules::hasFreedom() const
{
    for (quint64 i = 0; i < m_reader.eventCount(); ++i) {
        const EventKind kind = m_reader.event(i).kind;
        if (kind == EventKind::FreeChoice || kind == EventKind::IoSubmitted)
            return true;
    }
    return false;
}

} // namespace loopscope
