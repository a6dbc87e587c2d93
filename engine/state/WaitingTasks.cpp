// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/WaitingTasks.h"

#include <algorithm>
#include <utility>

namespace loopscope {

LoopQueue queueOf(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Tick:
        return LoopQueue::NextTick;
    case TaskKind::Microtask:
    case TaskKind::PromiseReaction:
    case TaskKind::AwaitContinuation:
    case TaskKind::ThenableJob:
        return LoopQueue::Microtasks;
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return LoopQueue::Timers;
    case TaskKind::Immediate:
        return LoopQueue::Check;
    case TaskKind::IoCallback:
        return LoopQueue::Poll;
    case TaskKind::PendingCallback:
        return LoopQueue::Pending;
    case TaskKind::CloseCallback:
        return LoopQueue::Closing;
    case TaskKind::Script:
    case TaskKind::ProcessEvent:
    case TaskKind::ModuleEvaluation:
    case TaskKind::Internal:
        break;
    }
    return LoopQueue::None;
}

quint64 WaitingTasks::placeOf(const Packed &task)
{
    const bool hasToWait = queueOf(task.kind) == LoopQueue::Poll && !task.ready;
    return (quint64{hasToWait} << 32U) | task.queuedEvent;
}

TaskState WaitingTasks::unpacked(SubjectId id, const Packed &task) const
{
    TaskState state{id, task.kind, task.function, task.scheduledAt, task.cause, task.createdEvent, {}, task.ready, task.referenced};
    if (const Due *due = m_timers.find(id); due != nullptr && due->time != Due::never)
        state.dueAt = due->time;
    return state;
}

size_t WaitingTasks::count(LoopQueue queue) const
{
    return queue == LoopQueue::Timers ? m_timers.size() : m_queues[static_cast<size_t>(queue)].size();
}

std::optional<TaskState> WaitingTasks::find(SubjectId id) const
{
    const Packed *task = m_tasks.find(id);
    return task != nullptr ? std::optional<TaskState>(unpacked(id, *task)) : std::nullopt;
}

std::vector<TaskState> WaitingTasks::first(LoopQueue queue, size_t limit) const
{
    const std::vector<SubjectId> ids = queue == LoopQueue::Timers ? soonest(limit) : m_queues[static_cast<size_t>(queue)].values(limit);
    std::vector<TaskState> tasks;
    tasks.reserve(ids.size());
    std::transform(ids.begin(), ids.end(), std::back_inserter(tasks), [this](SubjectId id) { return unpacked(id, *m_tasks.find(id)); });
    return tasks;
}

/// The timers in the order in which they are due, at most `limit` of them.
std::vector<SubjectId> WaitingTasks::soonest(size_t limit) const
{
    // No timer of a run comes before the run's first; so those looked for are in the `limit` runs whose firsts come first.
    std::vector<std::pair<Due, size_t>> runs;
    for (size_t run = 0; run < m_timers.runCount(); ++run)
        runs.emplace_back(m_timers.run(run).digest.due, run);
    const auto byDue = [](const auto &one, const auto &other) { return one.first < other.first; };
    if (runs.size() > limit) {
        std::nth_element(runs.begin(), runs.begin() + static_cast<std::ptrdiff_t>(limit), runs.end(), byDue);
        runs.resize(limit);
    }
    std::vector<std::pair<Due, SubjectId>> timers;
    for (const auto &[due, run] : runs) {
        for (const Timers::Entry &timer : m_timers.run(run).entries)
            timers.emplace_back(timer.value, timer.key);
    }
    const size_t wanted = std::min(limit, timers.size());
    std::partial_sort(timers.begin(), timers.begin() + static_cast<std::ptrdiff_t>(wanted), timers.end(), byDue);
    std::vector<SubjectId> ids;
    for (size_t i = 0; i < wanted; ++i)
        ids.push_back(timers[i].second);
    return ids;
}

void WaitingTasks::add(const TaskState &task, quint64 event)
{
    const auto queuedEvent = static_cast<quint32>(event);
    const Packed packed{static_cast<quint32>(task.createdEvent), queuedEvent, task.function, task.scheduledAt, task.cause, task.kind,
        task.ready, task.referenced};
    const LoopQueue queue = queueOf(task.kind);
    if (queue == LoopQueue::Timers)
        m_timers.insert(task.id, {task.dueAt.value_or(Due::never), queuedEvent});
    else if (queue != LoopQueue::None)
        m_queues[static_cast<size_t>(queue)].insert(placeOf(packed), task.id);
    m_tasks.insert(task.id, packed);
}

std::optional<TaskState> WaitingTasks::take(SubjectId id)
{
    const Packed *packed = m_tasks.find(id);
    if (packed == nullptr)
        return std::nullopt;
    const TaskState task = unpacked(id, *packed);
    const LoopQueue queue = queueOf(task.kind);
    if (queue == LoopQueue::Timers)
        m_timers.erase(id);
    else
        m_queues[static_cast<size_t>(queue)].erase(placeOf(*packed));
    m_tasks.erase(id);
    return task;
}

void WaitingTasks::arm(SubjectId timer, quint64 dueAt, quint64 event)
{
    Packed *task = m_tasks.edit(timer);
    if (task == nullptr || queueOf(task->kind) != LoopQueue::Timers)
        return;
    task->ready = false;
    task->queuedEvent = static_cast<quint32>(event);
    m_timers.insert(timer, {dueAt, task->queuedEvent});
}

void WaitingTasks::setReady(SubjectId id, quint64 event)
{
    Packed *task = m_tasks.edit(id);
    if (task == nullptr)
        return;
    const bool moves = queueOf(task->kind) == LoopQueue::Poll;
    auto &queue = m_queues[static_cast<size_t>(LoopQueue::Poll)];
    if (moves) {
        queue.erase(placeOf(*task));
        task->queuedEvent = static_cast<quint32>(event);
    }
    task->ready = true;
    if (moves)
        queue.insert(placeOf(*task), id);
}

void WaitingTasks::setReferenced(SubjectId id, bool isReferenced)
{
    if (Packed *task = m_tasks.edit(id); task != nullptr)
        task->referenced = isReferenced;
}

size_t WaitingTasks::ownBytes() const
{
    size_t bytes = m_tasks.ownBytes() + m_timers.ownBytes();
    for (const auto &queue : m_queues)
        bytes += queue.ownBytes();
    return bytes;
}

} // namespace loopscope
