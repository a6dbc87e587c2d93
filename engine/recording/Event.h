// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <type_traits>

/// The vocabulary of a recording: what can happen in a run, and the 32 bytes that say so.
///
/// Every event is one fixed-size little-endian record. Numbers that name things:
///  * a *subject* (task, promise or I/O request) has a number that is unique in its recording, from one counter that starts at 1;
///  * a *site* (a place in a source file: function, statement, await) has a number that is unique in its recording; 0 means "no
///    place in the person's files" (Node's own code, or ours);
///  * a *string* has a number of its own; 0 is the empty string.
/// Numbers below are part of the file format: add at the end, never renumber. docs/recording-format.md explains the file.
namespace loopscope {

using SubjectId = quint32;
using SiteId = quint32;
using StringId = quint32;

/// The phases of an iteration, in the order in which Node 20 (libuv 1.45 and later) draws its cycle.
enum class Phase : quint8 {
    None = 0, ///< before the loop starts (the main script), or after it ended
    Timers = 1,
    PendingCallbacks = 2,
    IdlePrepare = 3,
    Poll = 4,
    Check = 5,
    ClosingCallbacks = 6,
};

/// What an event says. The comment gives the use of `detail`, `subject`, `cause`, `site` and `value`; what is not named is 0.
enum class EventKind : quint8 {
    None = 0, ///< not written yet: the end of the recording
    Payload = 1, ///< a definition; detail: PayloadKind, subject: its number, value: bytes that follow, padded to 32

    RunStarted = 2, ///< value: wall-clock epoch of virtual time 0, in ms
    RunEnded = 3, ///< detail: RunEnding, value: exit code
    IterationStarted = 4, ///< value: number of the iteration, from 1
    PhaseEntered = 5, ///< phase: the phase
    PhaseLeft = 6, ///< phase: the phase
    PollWaitStarted = 7, ///< value: timeout in ns; -1 without limit
    PollWaitEnded = 8, ///< value: ns waited

    TaskCreated = 16, ///< detail: TaskKind, subject: task, cause: who led to it, site: its function, value: site that scheduled it
    TaskReady = 17, ///< subject: task (its time or its I/O came), cause: the request or promise that made it ready
    TaskBegun = 18, ///< detail: TaskKind, subject: task, cause: as created, site: its function
    TaskEnded = 19, ///< detail: TaskKind, subject: task, value: 1 if it threw
    TaskCancelled = 20, ///< subject: task, cause: running task, site: where
    TaskRearmed = 21, ///< subject: task that will run again (interval, refresh), cause: running task; a TimerArmed follows. As at its
                      ///< creation: detail: TaskKind, site: its function, value: site that scheduled it
    TimerArmed = 22, ///< subject: timer task, value: due time in ns of run time
    TaskReferenced = 23, ///< subject: task, detail: 1 if it keeps the loop alive, 0 if not
    SubjectNamed = 24, ///< subject: any, value: StringId of its name (functions without a site, requests)

    PromiseCreated = 32, ///< detail: PromiseOrigin, subject: promise, cause: running task, site: where, value: promise it derives from; of
                         ///< an async function: site of that function
    PromiseAdopted = 33, ///< subject: promise, value: promise whose state it takes on
    PromiseFulfilled = 34, ///< detail: 1 if with undefined, subject: promise, cause: running task, site: where
    PromiseRejected = 35, ///< subject: promise, cause: running task, site: where, value: StringId of the reason
    ReactionAdded = 36, ///< detail: ReactionKind, subject: promise, site: handler, value: derived promise
    AwaitSuspended = 37, ///< subject: promise of the async function (0 at module top level), site: the await, value: promise awaited
    AwaitResumed = 38, ///< subject: promise of the async function, site: the await, value: promise awaited
    RejectionUnhandled = 39, ///< subject: promise, value: StringId of the reason
    RejectionHandled = 40, ///< subject: promise that was reported and has a handler now
    PromiseAwaitedAll = 41, ///< subject: promise of all/race/any/allSettled, value: one promise it waits for
    PromiseSettleIgnored = 42, ///< detail: IgnoredSettle, subject: promise that was resolved before, cause: running task, site: where

    CallEntered = 48, ///< site: the function, value: site of the call; detail: bits of CallDetail
    CallLeft = 49, ///< site: the function
    Statement = 50, ///< site: the statement about to run
    StatementsCapped = 51, ///< detail: 0 statements, 1 calls; value: how many were left out here; site: the last one's statement

    IoSubmitted = 64, ///< detail: IoKind, subject: request, cause: running task, site: where, value: StringId of its label
    IoStarted = 65, ///< subject: request, value and lane: pool thread from 1; 0 if the kernel does it
    IoCompleted = 66, ///< subject: request, value: 0 or the negative errno, lane: pool thread
    HandleOpened = 67, ///< detail: IoKind, subject: handle, cause: running task, site: where, value: StringId of its label
    HandleClosed = 68, ///< subject: handle, cause: running task, site: where
    HandleTold = 69, ///< detail: what (HandleEvent::Kind of io/HandleProvider.h), subject: handle, value: bytes, or the negative errno
    HandleActive = 70, ///< detail: bit 0 if it listens, reads or runs, bit 1 if that keeps the loop alive; subject: handle

    ConsoleText = 80, ///< detail: 1 stdout, 2 stderr, cause: running task, site: where, value: StringId of the text
    ErrorThrown = 81, ///< detail: 1 if nobody caught it, cause: task that threw it, site: where, value: StringId of message and stack
    FreeChoice = 82, ///< detail: ChoiceKind, value: what was taken; Node itself may go either way here
    LimitReached = 83, ///< detail: LimitKind, value: the limit
    Mark = 84, ///< detail: 0, value: StringId of its name; or format::measuredMark
    Dropped = 85, ///< value: events lost here (wall clock only)
    Paused = 86, ///< unused in files; reserved
    RejectionsProcessed = 87, ///< the loop looked for rejections nobody handled

    LoopStarted = 96, ///< a loop beside the main one, in its lane; detail: LoopKind, subject: the loop, cause: the task that started it,
                      ///< value: StringId of its name
    LoopEnded = 97, ///< in its lane; detail: RunEnding, subject: the loop, value: exit code
    MessagePosted = 98, ///< subject: message, cause: running task, site: where, value: lane of the loop that it goes to

    // A server in virtual time; in the lane of the thread's loop where there is one.
    ThreadStarted = 112, ///< subject: the thread, value: its number from 1, which is free again when it has ended
    ThreadChanged = 113, ///< detail: ThreadActivity, subject: the thread, value: number of its request, cause: that while under way
    ThreadEnded = 114, ///< subject: the thread
    RequestSent = 115, ///< by a client; subject: the client's request, value: its number from 1; its route is told by a SubjectNamed
    RequestDue = 116, ///< follows RequestSent if that came late; subject: the request, value: ns of run time when it was due
    RequestStepped = 117, ///< detail: RequestActivity, subject: the request, cause: the thread, value: StringId of what it is about
    RequestAnswered = 118, ///< its answer is on the way; subject: the request
    RequestEnded = 119, ///< the client has its answer, or will get none; subject: the request, value: the status, 0 without an answer
    TaskServes = 120, ///< the running task does something for a request; subject: the task, cause: the request
};

enum class PayloadKind : quint8 {
    Metadata = 1, ///< UTF-8 JSON: program, version, arguments, seed, clock, rule set, cost table, detail level
    String = 2, ///< UTF-8 text
    Source = 3, ///< a source file with its site table; see SourcePayload in docs/recording-format.md
};

/// Bits of CallEntered's detail.
enum CallDetail : quint8 {
    CallResumes = 1, ///< a suspended function goes on
    CallSampled = 2, ///< seen on the call stack, which is sampled where calls are left out (StatementsCapped) or were never told one by
                     ///< one; it was entered earlier, and may stand for several calls, until it is no longer seen. Not counted as a call
};

enum class TaskKind : quint8 {
    Script = 1, ///< the main script or module
    Timeout = 2,
    Interval = 3,
    Immediate = 4,
    Tick = 5, ///< process.nextTick
    Microtask = 6, ///< queueMicrotask
    PromiseReaction = 7, ///< then, catch, finally
    AwaitContinuation = 8,
    ThenableJob = 9, ///< PromiseResolveThenableJob
    IoCallback = 10,
    PendingCallback = 11,
    CloseCallback = 12,
    ProcessEvent = 13, ///< handlers of 'exit', 'beforeExit', 'uncaughtException', 'unhandledRejection', 'warning'
    ModuleEvaluation = 14,
    Internal = 15, ///< work of the runtime itself, e.g. preparing a module
};

/// What a loop beside the main one runs.
enum class LoopKind : quint8 {
    Worker = 1, ///< a thread of worker_threads
    Child = 2, ///< a process that was forked
    Beside = 3, ///< a script that was started beside the main one
    Thread = 4, ///< no loop: a thread of a simulated server, which shares the script's variables with the others
    Process = 5, ///< no loop: a process of a simulated server
};

/// What a thread of a server does.
enum class ThreadActivity : quint8 { Idle = 0, Running = 1, Ready = 2, Blocked = 3 };

/// What a client's request does.
enum class RequestActivity : quint8 {
    Network = 0, ///< is on its way to the server, or the answer back
    Queued = 1, ///< waits to be taken
    Running = 2, ///< its code runs
    Ready = 3, ///< could go on, and waits for the loop or a core
    Waiting = 4, ///< waits for I/O, a timer, a worker
};

/// Each loop has this many lanes: the first is its own, the others are those of its pool's threads (the last serves all further ones).
constexpr quint16 lanesOfLoop = 64;

enum class PromiseOrigin : quint8 {
    Constructor = 1,
    Then = 2,
    AsyncFunction = 3,
    Resolve = 4, ///< Promise.resolve, and what await wraps a plain value in
    Reject = 5,
    All = 6,
    AllSettled = 7,
    Any = 8,
    Race = 9,
    Finally = 10,
    AsyncGenerator = 11,
    Runtime = 12, ///< made by Node's API (fs.promises, timers/promises, ...)
    Catch = 13,
};

enum class ReactionKind : quint8 { Then = 1, Await = 2, Adopt = 3, Catch = 4, Finally = 5 };

/// What tried to settle a promise that was resolved already.
enum class IgnoredSettle : quint8 { Resolve = 1, Reject = 2, Throw = 3 };

enum class IoKind : quint8 { File = 1, Directory = 2, Dns = 3, Tcp = 4, Pipe = 5, Process = 6, Crypto = 7, Compression = 8, Other = 9 };

enum class RunEnding : quint8 {
    Finished = 0, ///< the loop had nothing left to do
    Exited = 1, ///< process.exit
    Uncaught = 2, ///< an error nobody caught
    Limit = 3, ///< --max-time, --max-events or --max-memory
    Stopped = 4, ///< stopped from outside
    Refused = 5, ///< the script could not be prepared
};

enum class ChoiceKind : quint8 { TimeoutBeforeImmediate = 1, IoCompletionOrder = 2 };

/// Idle: only handles were left, which nothing in virtual time can reach.
enum class LimitKind : quint8 { Time = 1, Events = 2, Memory = 3, Idle = 4 };

/// One record. Written in place into the growing file; `kind` is stored last, so a reader that sees it sees the rest.
struct Event
{
    quint64 time = 0; ///< ns of run time (virtual or wall) since the script's start
    qint64 value = 0; ///< depends on the kind
    SubjectId subject = 0;
    SubjectId cause = 0;
    SiteId site = 0;
    EventKind kind = EventKind::None;
    quint8 detail = 0;
    quint16 phaseAndLane = 0; ///< low 3 bits: Phase; high 13 bits: lane; see lanesOfLoop

    Phase phase() const { return static_cast<Phase>(phaseAndLane & 7U); }
    quint16 lane() const { return static_cast<quint16>(phaseAndLane >> 3U); }
    /// Of the loop: 0 is the main script's.
    quint16 loop() const { return static_cast<quint16>(lane() / lanesOfLoop); }
    void setPhase(Phase phase, quint16 lane = 0) { phaseAndLane = static_cast<quint16>((lane << 3U) | static_cast<quint16>(phase)); }
};
static_assert(sizeof(Event) == 32 && std::is_trivially_copyable_v<Event>, "a record is 32 bytes in the file");

/// What a site in a source file is.
enum class SiteKind : quint8 { Function = 1, Statement = 2, Await = 3, Call = 4 };

} // namespace loopscope
