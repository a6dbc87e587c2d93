// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "state/SharedTable.h"
#include "state/WaitingTasks.h"

#include <optional>
#include <vector>

namespace loopscope {

/// A line of the call stack. The bottom frame of every running task stands for the task itself.
struct CallFrame
{
    SubjectId task = 0;
    bool isTask = false;
    bool isResumed = false; ///< goes on after an await or yield
    SiteId function = 0;
    SiteId calledAt = 0; ///< the call; 0 for a task
    SiteId statement = 0; ///< the statement about to run in this frame; 0 before the first
    quint64 enteredAt = 0; ///< ns
    quint64 enteredEvent = 0; ///< index in the recording
    bool operator==(const CallFrame &) const = default;
};

/// An I/O request from submission to completion.
struct RequestState
{
    SubjectId id = 0;
    IoKind kind = IoKind::Other;
    StringId label = 0;
    SubjectId cause = 0;
    SiteId submittedFrom = 0;
    quint64 submittedAt = 0; ///< ns
    std::optional<quint64> startedAt; ///< ns; not set: waits for a free thread of the pool
    quint32 thread = 0; ///< of the pool, from 1; 0 while it waits and if the kernel does it
    bool operator==(const RequestState &) const = default;
};

/// A socket, server, pipe, process or watcher that is open.
struct HandleState
{
    SubjectId id = 0;
    IoKind kind = IoKind::Other;
    StringId label = 0;
    SubjectId cause = 0;
    SiteId openedFrom = 0;
    quint64 openedAt = 0; ///< ns
    bool isActive = false; ///< it listens, reads or runs
    bool keepsAlive = false; ///< and that keeps the loop alive
    bool operator==(const HandleState &) const = default;
};

/// A promise that is not settled yet. Small, as millions can wait: who made it, when and from what is in the event of its creation.
struct PromiseState
{
    quint32 createdEvent = 0; ///< index in the recording
    SiteId createdFrom = 0;
    SubjectId adopted = 0; ///< the promise whose state it will take on
    SubjectId awaiting = 0; ///< of an async function that stands at an await: the promise it awaits
    SiteId awaitSite = 0; ///< of that await
    quint32 reactions = 0; ///< handlers and awaits that wait for it
    quint32 waitsFor = 0; ///< all, any, ...: the promises it was given
    bool operator==(const PromiseState &) const = default;
};

struct PollWait
{
    quint64 startedAt = 0; ///< ns
    qint64 timeout = 0; ///< ns; -1 without limit
    bool operator==(const PollWait &) const = default;
};

struct ErrorState
{
    StringId text = 0; ///< message and stack
    SiteId site = 0;
    bool uncaught = false;
    quint64 event = 0; ///< index in the recording
    bool operator==(const ErrorState &) const = default;
};

struct FreeChoiceState
{
    ChoiceKind kind = ChoiceKind::TimeoutBeforeImmediate;
    qint64 taken = 0;
    quint64 event = 0; ///< index in the recording
    bool operator==(const FreeChoiceState &) const = default;
};

struct RunEndState
{
    RunEnding ending = RunEnding::Finished;
    int exitCode = 0;
    bool operator==(const RunEndState &) const = default;
};

/// How often things happened so far.
struct RunTotals
{
    quint64 tasksCreated = 0;
    quint64 tasksBegun = 0;
    quint64 tasksEnded = 0;
    quint64 tasksCancelled = 0;
    quint64 promisesCreated = 0;
    quint64 promisesFulfilled = 0;
    quint64 promisesRejected = 0;
    quint64 requestsCompleted = 0;
    quint64 consoleTexts = 0;
    quint64 statements = 0; ///< recorded and capped ones
    quint64 statementsCapped = 0;
    quint64 eventsDropped = 0;
    bool operator==(const RunTotals &) const = default;
};

/// A loop beside the main one that has not ended.
struct RunningLoop
{
    quint16 loop = 0; ///< its number: Event::loop()
    LoopKind kind = LoopKind::Worker;
    SubjectId subject = 0;
    SubjectId startedBy = 0; ///< task
    StringId name = 0;
    quint64 startedAt = 0; ///< ns
    bool operator==(const RunningLoop &) const = default;
};

/// What one loop, mostly the main script's, looks like at one moment: the fold of a recording from its start to a cursor. What happened in
/// other loops moves the cursor and the time only.
///
/// A plain value: copying it is cheap whatever waits in it. It holds numbers only; names, texts and places are looked up in the
/// RecordingReader. Any sequence of events can be applied, also one from a damaged file: what makes no sense is passed over.
struct LoopState
{
    quint64 cursor = 0; ///< events applied; the event of the moment is number cursor - 1
    quint64 time = 0; ///< ns of run time
    quint16 loop = 0; ///< which one this is of: Event::loop(), 0 is the main script's
    quint64 iteration = 0; ///< 0 before the loop's first
    Phase phase = Phase::None; ///< None before the loop, after it, and between two phases
    std::optional<PollWait> pollWait; ///< set while the loop waits for I/O or a timer

    WaitingTasks waitingTasks;
    /// Tasks that run, the outermost first. (More than one only where Node nests them, as modules in scripts.)
    std::vector<TaskState> runningTasks;
    /// The task that was last told to run for a client's request, and that request; of simulated servers.
    SubjectId servingTask = 0;
    SubjectId servedRequest = 0;
    /// The outermost first.
    std::vector<CallFrame> stack;

    SharedTable<SubjectId, RequestState> requests; ///< in flight
    std::vector<SubjectId> poolThreads = std::vector<SubjectId>(4); ///< the request each thread works on, or 0

    SharedTable<SubjectId, HandleState> handles; ///< open
    std::vector<RunningLoop> runningLoops; ///< in the order of their start

    quint64 keepingHandles = 0; ///< those of them that keep the loop alive

    SharedTable<SubjectId, PromiseState> unsettledPromises;
    SharedTable<SubjectId, StringId> unhandledRejections; ///< reported and not handled since; the value is the reason
    SubjectId topLevelAwait = 0; ///< the promise the main module's top level awaits
    SiteId topLevelAwaitSite = 0; ///< 0 if it does not await

    RunTotals totals;
    std::optional<FreeChoiceState> lastChoice;
    std::optional<ErrorState> lastError;
    std::optional<LimitKind> limitReached;
    std::optional<RunEndState> end;

    /// Applies event number `cursor`.
    void apply(const Event &event);

    /// The task that runs, null if none does. Valid until the state changes, as all pointers below.
    const TaskState *runningTask() const { return runningTasks.empty() ? nullptr : &runningTasks.back(); }
    /// A task that waits or runs; nothing if it does neither.
    std::optional<TaskState> task(SubjectId id) const;
    size_t waitingCount(LoopQueue queue) const { return waitingTasks.count(queue); }
    /// The waiting tasks of a queue in its order, at most `limit` of them.
    std::vector<TaskState> waiting(LoopQueue queue, size_t limit = static_cast<size_t>(-1)) const
    {
        return waitingTasks.first(queue, limit);
    }
    /// Requests that wait for a free thread of the pool, in their order.
    std::vector<RequestState> poolQueue(size_t limit = static_cast<size_t>(-1)) const;
    /// The statement about to run, in the innermost frame that has one; 0 if no script runs.
    SiteId currentStatement() const;

    /// What this copy takes of memory, about, with its part of what it shares with others.
    size_t ownBytes() const;

    bool operator==(const LoopState &) const = default;

private:
    /// Each looks at the events of its group and leaves the others alone.
    void applyRunEvent(const Event &event);
    void applyTaskEvent(const Event &event);
    void applyPromiseEvent(const Event &event);
    void applyCallEvent(const Event &event);
    void applyRequestEvent(const Event &event);
    void applyHandleEvent(const Event &event);
    void applyNoteEvent(const Event &event);
    void countLoop(const Event &event);

    TaskState made(const Event &event) const;
    void createTask(const Event &event);
    void beginTask(const Event &event);
    void endTask(const Event &event);
    void rearmTask(const Event &event);
    void leaveCall(const Event &event);
    quint64 eventIndex() const { return cursor; }

    std::optional<TaskState> m_lastEnded; ///< an interval is armed again right after its run
};

} // namespace loopscope
