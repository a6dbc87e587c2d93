// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/RuleBook.h"

#include "recording/RecordingFormat.h"

namespace loopscope {

Rule RuleBook::of(const Event &event, const Occasion &occasion)
{
    using Kind = EventKind;
    // The groups of EventKind, by number.
    if (event.kind < Kind::TaskCreated)
        return ofRun(event);
    if (event.kind < Kind::PromiseCreated)
        return ofTask(event, occasion);
    if (event.kind < Kind::CallEntered)
        return ofPromise(event);
    if (event.kind < Kind::IoSubmitted)
        return ofCall(event);
    return event.kind < Kind::ConsoleText ? ofRequestEvent(event) : ofNote(event);
}

Rule RuleBook::ofRun(const Event &event)
{
    switch (event.kind) {
    case EventKind::RunStarted:
        return {tr("Node first prepares itself, then it runs the script from top to bottom, and only then the loop begins to turn."),
            tr("node::LoadEnvironment runs `lib/internal/main/run_main_module.js`; SpinEventLoop calls uv_run(UV_RUN_DEFAULT) after it.")};
    case EventKind::RunEnded:
        return ofRunEnded(static_cast<RunEnding>(event.detail));
    case EventKind::IterationStarted:
        return {tr("Something still keeps the loop alive: a timer, an immediate, or I/O in flight."),
            tr("uv_run turns while uv__loop_alive finds a referenced handle that is active, a request in flight, or a handle that is being "
               "closed. "
               "Since libuv 1.45 (Node 20) it runs the timers once before the loop and then last in each turn: the same cycle as in the "
               "drawing, which begins it with the timers.")};
    case EventKind::PhaseEntered:
        return ofPhase(event.phase());
    case EventKind::PhaseLeft:
        return {tr("The phase has run all it had; nothing keeps the loop going."),
            tr("uv_run returns when uv__loop_alive is false at the end of a turn.")};
    case EventKind::PollWaitStarted:
        return ofPollWait(event.value);
    case EventKind::PollWaitEnded:
        return {tr("The loop wakes when I/O completes or the next timer is due, whichever comes first."),
            tr("epoll_wait returned: a descriptor is ready, a thread of the pool has rung (uv_async_send), or the timeout is over. libuv "
               "then takes "
               "the time anew (uv__update_time).")};
    default:
        return {};
    }
}

Rule RuleBook::ofRunEnded(RunEnding ending)
{
    switch (ending) {
    case RunEnding::Finished:
        return {tr("Nothing keeps the loop alive any more."),
            tr("uv_run returned, `beforeExit` queued nothing new, so SpinEventLoop leaves its loop and EmitProcessExit runs the `exit` "
               "handlers.")};
    case RunEnding::Exited:
        return {tr("`process.exit` ends the process at once: what still waits never runs."),
            tr("`process.exit` emits `exit` synchronously, then process.reallyExit stops the environment without another turn of the "
               "loop.")};
    case RunEnding::Uncaught:
        return {tr("An error that nobody catches ends the process."),
            tr("TriggerUncaughtException found no `uncaughtException` handler: it prints the error, emits `exit`, and ends with code 1 (7 "
               "if the "
               "handler itself threw).")};
    case RunEnding::Limit:
        return {tr("The run reached a limit that it was given, so Loopscope ended it; Node would have gone on."),
            tr("`--max-time`, `--max-events` and `--max-memory` are Loopscope's own; Node has none of them.")};
    case RunEnding::Stopped:
        return {tr("The run was stopped from outside."), tr("Like a process that is ended by a signal: not even `exit` is emitted.")};
    case RunEnding::Refused:
        return {tr("The script could not be prepared, so nothing of it ran."),
            tr("V8 compiles a whole file before its first statement runs: a syntax error anywhere keeps all of it from running.")};
    }
    return {};
}

Rule RuleBook::ofPhase(Phase phase)
{
    switch (phase) {
    case Phase::Timers:
        return {tr("An iteration begins with the timers that are due, the earliest first."),
            tr("uv__run_timers calls Node's one libuv timer, and processTimers walks the timer lists: one list a duration, each in the "
               "order of "
               "creation, the lists in a heap by their next expiry. So of two timers of one duration the older runs first.")};
    case Phase::PendingCallbacks:
        return {tr("Here run callbacks of some system operations that were put off from the iteration before."),
            tr("uv__run_pending: errors of TCP writes and connects that libuv reports one turn later. Scripts meet it rarely.")};
    case Phase::IdlePrepare:
        return {tr("Node uses this phase for itself; no callback of a script runs here."),
            tr("uv__run_idle and uv__run_prepare. While immediates wait, Node keeps an idle handle active, which makes the poll timeout "
               "0.")};
    case Phase::Poll:
        return {tr("Here the loop takes finished I/O and runs its callbacks; with nothing else to do it waits here."),
            tr("uv__io_poll calls epoll_wait with the timeout of uv__backend_timeout, then runs a callback for each ready descriptor. Work "
               "of "
               "the "
               "thread pool arrives here too, through an async handle.")};
    case Phase::Check:
        return {tr("Here run the callbacks of `setImmediate`, always right after poll."),
            tr("uv__run_check calls CheckImmediate, and processImmediate takes the whole list at once: immediates made by immediates stand "
               "in "
               "the new list and run in the next iteration.")};
    case Phase::ClosingCallbacks:
        return {tr("Here run the callbacks of handles that were closed."),
            tr("uv__run_closing_handles: uv_close only marks a handle; its callback, the `close` event, comes at the end of the turn.")};
    case Phase::None:
        break;
    }
    return {};
}

Rule RuleBook::ofPollWait(qint64 timeout)
{
    const QString mechanism =
        tr("uv__backend_timeout: 0 if an idle handle is active (immediates wait), or pending or closing callbacks wait; else the time to "
           "the nearest timer in the heap; without timers -1, no limit.");
    if (timeout < 0)
        return {tr("No timer is armed and no immediate waits: only I/O can wake the loop."), mechanism};
    if (timeout == 0)
        return {tr("Something else is ready, so poll only looks and does not wait."), mechanism};
    return {tr("Nothing is ready: the loop sleeps until I/O completes or the next timer is due."), mechanism};
}

Rule RuleBook::ofCall(const Event &event)
{
    switch (event.kind) {
    case EventKind::CallEntered:
        if ((event.detail & CallSampled) != 0)
            return {tr("Where calls are not recorded one by one, the call stack is sampled: what is seen there is taken to run until the "
                       "next look."),
                tr("As a sampling profiler does it. Whatever else is recorded is told with the stack as it is then.")};
        if ((event.detail & CallResumes) != 0)
            return {tr("What it waited for has come, so it goes on where it stood."),
                tr("V8 keeps a suspended function's registers in a generator object; resuming pushes a fresh frame and fills it from "
                   "there.")};
        return {tr("A call runs at once, on top of the one that made it: nothing is queued."),
            tr("V8 pushes a frame on the call stack. The caller goes on when that frame has been popped.")};
    case EventKind::CallLeft:
        return {tr("It returned or threw, so the one below goes on; with an empty stack the callback is over."),
            tr("V8 pops the frame. Only when the last one is gone does control return to Node's C++, which then drains ticks and "
               "microtasks.")};
    case EventKind::Statement:
        return {tr("JavaScript runs to its end: nothing else can run before the call stack is empty."),
            tr("One thread runs JavaScript, and neither V8 nor libuv ever interrupts it for a callback (ECMAScript: a job runs to "
               "completion).")};
    case EventKind::StatementsCapped:
        return {tr("From here on the callback's calls and statements are counted, not recorded one by one; its call stack is sampled."),
            tr("A limit of the recording only (`--callback-cap`): the statements run all the same, and virtual time counts them.")};
    default:
        return {};
    }
}

Rule RuleBook::ofRequest(bool isInKernel)
{
    if (isInKernel)
        return {tr("The operating system does the work; JavaScript is free meanwhile."),
            tr("libuv watches a non-blocking descriptor with epoll; no thread of the pool is busy with it.")};
    return {tr("Files, DNS and crypto are worked on by four threads beside JavaScript's, first come, first served."),
        tr("uv__work_submit puts the request at the end of one FIFO queue; UV_THREADPOOL_SIZE threads (4 unless set) take from its front. "
           "A fifth request waits for the first free thread.")};
}

Rule RuleBook::ofRequestEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::IoSubmitted:
        return {tr("Slow work is handed away: the call returns at once, and the answer comes as a callback in the poll phase."),
            ofRequest(false).mechanism};
    case EventKind::IoStarted:
        return event.value > 0
            ? Rule{tr("A thread of the pool was free, so it took the oldest request of the queue."), ofRequest(false).mechanism}
            : ofRequest(true);
    case EventKind::IoCompleted:
        return {tr("The work is done on another thread; JavaScript hears of it when the loop comes to its poll phase."),
            tr("The thread appends the request to loop->wq and rings uv_async_send; uv__work_done runs in uv__io_poll. Completion order, "
               "not "
               "submission order, decides which callback comes first.")};
    case EventKind::HandleOpened:
    case EventKind::HandleClosed:
    case EventKind::HandleActive:
        return {tr("A handle is something the script holds for a while: a server, a connection, a process. While it waits for news it "
                   "keeps the loop alive."),
            tr("uv_handle_t: the loop is alive as long as one handle is active and referenced (uv_ref, uv_unref), a request is under way, "
               "or a handle is closing.")};
    case EventKind::HandleTold:
        return {tr("The kernel says what is new; JavaScript hears of it when the loop comes to its poll phase."),
            tr("uv__io_poll asks epoll_wait which descriptors are ready, and calls the callback of each handle in turn.")};
    default:
        return {};
    }
}

Rule RuleBook::ofNote(const Event &event)
{
    switch (event.kind) {
    case EventKind::ConsoleText:
        return {tr("Printing happens at once, in the middle of the callback that asked for it."),
            tr("`console.log` formats its arguments and writes to process.stdout; files and terminals are written synchronously.")};
    case EventKind::ErrorThrown:
        if (event.detail != 0)
            return {tr("No `catch` and no handler took it, so Node ends the process."),
                tr("V8 reports the error to TriggerUncaughtException, which calls process._fatalException: without an `uncaughtException` "
                   "handler it prints the stack and exits with code 1.")};
        return {tr("An error unwinds the call stack up to the nearest `catch`."),
            tr("V8 looks up the handler table of each frame from the top; frames without a handler for the place are popped.")};
    case EventKind::FreeChoice:
        return event.detail == static_cast<quint8>(ChoiceKind::TimeoutBeforeImmediate)
            ? Rule{tr("Whether a 1 ms timer is due when the loop begins depends on how long Node took to start."),
                tr("`setTimeout(f, 0)` means 1 ms. uv_run compares the timer with a clock of whole milliseconds: if start-up crossed a "
                   "millisecond the timer runs now, else the check phase with the immediate comes first.")}
            : Rule{tr("Requests that are in flight together may finish in any order."),
                tr("Each thread of the pool works on its own; uv__work_done runs the callbacks in the order in which the threads "
                   "finished.")};
    case EventKind::LimitReached:
        return ofRunEnded(RunEnding::Limit);
    case EventKind::Mark:
        if (event.detail == format::measuredMark)
            return {tr("A server's first requests warm it up and are not counted: its figures begin here."), {}};
        return {tr("The script marked this moment itself, with `performance.mark` or the like."),
            tr("A mark is an entry with a name and a time in the performance timeline; it schedules nothing.")};
    case EventKind::Dropped:
        return {tr("Events came faster than they could be written, so some are missing here."),
            tr("Only on the wall clock: in virtual time the script waits for the recording instead.")};
    case EventKind::LoopStarted:
        return {tr("A worker or a child has a loop of its own: its callbacks never run between those of this one."),
            tr("Worker::StartThread makes a thread with an isolate, an environment and a uv_loop_t; a child process has all of these "
               "too.")};
    case EventKind::LoopEnded:
        return {tr("A loop ends when nothing keeps it alive, when its script exits, or when the one that started it ends it."),
            tr("The thread leaves its uv_run and the loop that started it hears of the end in a later poll phase, as 'exit'.")};
    case EventKind::MessagePosted:
        return {tr("A message is copied when it is posted; the other side gets it in a later turn of its own loop."),
            tr("MessagePort::PostMessage serializes the value into the other port's queue and rings uv_async_send; the copy is made into "
               "an object "
               "again in the poll phase of the loop that gets it.")};
    case EventKind::RejectionsProcessed:
        return {tr("With ticks and microtasks drained, Node looks whether a rejected promise is left without a handler."),
            tr("The last condition of processTicksAndRejections: `while (!queue.isEmpty() || processPromiseRejections())`.")};
    default:
        return ofServer(event);
    }
}

} // namespace loopscope
