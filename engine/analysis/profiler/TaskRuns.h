// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/SubjectTable.h"
#include "recording/Event.h"

#include <optional>
#include <vector>

namespace loopscope {

/// One run of a callback. Times are ns of run time.
struct TaskRun
{
    quint64 created = 0; ///< or armed again
    quint64 ready = 0; ///< could have run from here on: a timer's due time, the completion of I/O, else `created`
    quint64 begun = 0;
    quint64 ended = 0; ///< `begun` while it runs
    quint32 event = 0; ///< number of its TaskBegun
    SubjectId task = 0;
    SubjectId cause = 0;
    SiteId function = 0;
    SiteId scheduledAt = 0;
    quint32 hold = 0; ///< runs between two chances of the loop to turn have one number, from 0
    TaskKind kind = TaskKind::Internal;
    Phase phase = Phase::None;
    bool isNested = false; ///< ran inside of another one
    bool threw = false;
    bool isCreationKnown = false; ///< false: `created` and `ready` are when it began
    quint16 loop = 0;

    quint64 ran() const { return ended - begun; }
    /// Ready, and not yet its turn.
    quint64 waited() const { return begun > ready ? begun - ready : 0; }
    /// Not ready: for its time or its I/O.
    quint64 idle() const { return ready > created ? ready - created : 0; }
    /// process.nextTick and microtasks: what runs before the loop may go on.
    bool isDrained() const
    {
        return kind == TaskKind::Tick || kind == TaskKind::Microtask || kind == TaskKind::PromiseReaction
            || kind == TaskKind::AwaitContinuation || kind == TaskKind::ThenableJob;
    }
};

/// Tasks that wait, of one loop or of all: when they were created, or armed again, and could run. Grows with the recording, 40 bytes a
/// task. Any sequence of events can be taken in. Not thread-safe.
class TaskStarts
{
public:
    /// Takes in event number `index`. A task that begins, or is cancelled, does not wait any more.
    void add(const Event &event, quint64 index);
    /// The run that event number `index`, a TaskBegun that is not taken in yet, begins.
    TaskRun begun(const Event &event, quint64 index) const;
    /// A task that waits, as a run that has not begun: `begun` and `ended` are 0. Nothing if it does not wait.
    std::optional<TaskRun> waiting(SubjectId task) const;
    /// The numbers of all that were ever seen are below this.
    SubjectId end() const { return static_cast<SubjectId>(m_known.size()); }

private:
    struct Known
    {
        quint64 created = 0;
        quint64 ready = 0;
        SubjectId cause = 0;
        SiteId function = 0;
        SiteId scheduledAt = 0;
        quint16 loop = 0;
        TaskKind kind = TaskKind::Internal;
        bool isWaiting = false;
    };
    SubjectTable<Known> m_known;
};

/// All runs of a loop's callbacks, in the order of their beginning. Grows with the recording; 64 bytes a run, 40 a task. Any sequence of
/// events can be taken in. Not thread-safe.
class TaskRuns
{
public:
    /// Takes in event number `index`, of the loop.
    void add(const Event &event, quint64 index);

    const std::vector<TaskRun> &all() const { return m_runs; }
    /// The callback that runs (the innermost); null if none does.
    const TaskRun *running() const { return m_running.empty() ? nullptr : &m_runs[m_running.back()]; }

private:
    void begin(const Event &event, quint64 index);
    void end(const Event &event);

    TaskStarts m_starts;
    std::vector<TaskRun> m_runs;
    std::vector<std::size_t> m_running;
    quint32 m_hold = 0;
    bool m_holdHasRuns = false;
};

} // namespace loopscope
