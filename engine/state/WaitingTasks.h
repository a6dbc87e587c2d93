// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/SharedTable.h"

#include <array>
#include <limits>
#include <optional>
#include <vector>

namespace loopscope {

/// Where a task waits. Also the order in which the views list them.
enum class LoopQueue : quint8 {
    None = 0, ///< scripts, modules and process events: created to run at once
    NextTick = 1,
    Microtasks = 2,
    Timers = 3,
    Pending = 4,
    Poll = 5, ///< callbacks of I/O, waiting for it or ready
    Check = 6,
    Closing = 7,
};
constexpr size_t loopQueueCount = 8;

LoopQueue queueOf(TaskKind kind);

/// A task that waits or runs. Its name is the RecordingIndex's to tell; when it was created, the event that did it.
struct TaskState
{
    SubjectId id = 0;
    TaskKind kind = TaskKind::Internal;
    SiteId function = 0; ///< its function; 0 if that is not in the person's files
    SiteId scheduledAt = 0; ///< the place that scheduled it
    SubjectId cause = 0; ///< the task, promise or request that led to it
    quint64 createdEvent = 0; ///< index in the recording
    std::optional<quint64> dueAt; ///< ns; timers only
    bool ready = false; ///< its time or its I/O came
    bool referenced = true; ///< false: does not keep the loop alive
    bool operator==(const TaskState &) const = default;
};

/// The tasks that wait, by number and in the order of their queues: timers by due time, I/O with the ready ones first, all others as they
/// came.
///
/// Millions can wait, and every snapshot has them: so what is kept of each is packed (28 bytes, and 16 or 24 for its place in the queue),
/// and copies share it. Timers mostly come out of order; a queue in the order of their due times would be changed all over between any two
/// snapshots. So they are kept by number, a run of them with the time of its first, which is enough to find the first of all quickly.
class WaitingTasks
{
public:
    size_t size() const { return m_tasks.size(); }
    size_t count(LoopQueue queue) const;
    bool contains(SubjectId id) const { return m_tasks.find(id) != nullptr; }
    std::optional<TaskState> find(SubjectId id) const;
    /// The tasks of a queue in its order, at most `limit` of them.
    std::vector<TaskState> first(LoopQueue queue, size_t limit) const;
    /// Calls visit(const TaskState &) in the order of the numbers until it returns false.
    template<typename Visit>
    void visit(Visit &&visit) const
    {
        m_tasks.visit([&](SubjectId id, const Packed &task) { return visit(unpacked(id, task)); });
    }

    /// Puts the task at the end of its queue, or of those with the same right in it. `event`: index of the event that does it, which must
    /// be below 2^32, as everywhere here.
    void add(const TaskState &task, quint64 event);
    /// Takes it out; nothing if it does not wait.
    std::optional<TaskState> take(SubjectId id);
    /// Of a timer: puts it where its new due time (ns) belongs.
    void arm(SubjectId timer, quint64 dueAt, quint64 event);
    void setReady(SubjectId id, quint64 event);
    void setReferenced(SubjectId id, bool isReferenced);

    /// What this copy takes of memory, about, with its part of what it shares with others.
    size_t ownBytes() const;

    bool operator==(const WaitingTasks &) const = default;

private:
    struct Packed
    {
        quint32 createdEvent = 0;
        quint32 queuedEvent = 0; ///< that put it at its place
        SiteId function = 0;
        SiteId scheduledAt = 0;
        SubjectId cause = 0;
        TaskKind kind = TaskKind::Internal;
        bool ready = false;
        bool referenced = true;
        bool operator==(const Packed &) const = default;
    };
    /// When a timer's turn is: the smaller, the sooner.
    struct Due
    {
        static constexpr quint64 never = std::numeric_limits<quint64>::max();
        quint64 time = never; ///< ns
        quint32 armedEvent = std::numeric_limits<quint32>::max();
        bool operator==(const Due &) const = default;
        bool operator<(const Due &other) const { return time != other.time ? time < other.time : armedEvent < other.armedEvent; }
    };
    struct SoonestDue
    {
        Due due;
        template<typename Entry>
        void add(const Entry &entry)
        {
            due = std::min(due, entry.value);
        }
        template<typename Entry>
        bool outlives(const Entry &entry) const
        {
            return due < entry.value;
        }
    };
    using Timers = SharedTable<SubjectId, Due, SoonestDue>;

    /// The place in a queue without due times: the right of way, then the order of arrival.
    static quint64 placeOf(const Packed &task);
    TaskState unpacked(SubjectId id, const Packed &task) const;
    std::vector<SubjectId> soonest(size_t limit) const;

    SharedTable<SubjectId, Packed> m_tasks;
    std::array<SharedTable<quint64, SubjectId>, loopQueueCount> m_queues; ///< by LoopQueue and place; Timers and None stay empty
    Timers m_timers;
};

} // namespace loopscope
