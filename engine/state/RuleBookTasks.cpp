// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LoopState.h"
#include "state/RuleBook.h"

namespace loopscope {

Rule RuleBook::ofTask(const Event &event, const Occasion &occasion)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
        if (occasion.task == TaskKind::Immediate && event.phase() == Phase::Check)
            return {
                tr("The check phase runs only what waited when it began: an immediate made by an immediate runs in the next iteration."),
                ofWaiting(occasion.task).mechanism};
        return occasion.task == TaskKind::ProcessEvent ? ofProcessEvent(occasion.name) : ofWaiting(occasion.task);
    case EventKind::TaskReady:
        return {tr("Its request is done; its callback waits for the poll phase."),
            tr("uv__work_done, or the watcher of the descriptor, will call Node's request wrap, and that the JavaScript callback.")};
    case EventKind::TaskBegun:
        return occasion.task == TaskKind::ProcessEvent ? ofProcessEvent(occasion.name) : ofTaskBegun(occasion);
    case EventKind::TaskEnded:
        return ofTaskEnded(event, occasion);
    case EventKind::TaskCancelled:
        return ofCancelled(occasion.task);
    case EventKind::TaskRearmed:
        return {tr("An interval is armed again when its callback has run, so callbacks never overlap."),
            tr("listOnTimeout inserts it again with start = now, read after the callback (`timer._repeat`): the time the callback took is "
               "not made up for, and the interval drifts.")};
    case EventKind::TimerArmed:
        return {tr("A timer is due its delay after it was set: never sooner, maybe later."),
            tr("It goes to the end of the list of its duration; the first of a list decides when the list is due. Delays below 1 or above "
               "2147483647 ms become 1 ms.")};
    case EventKind::TaskReferenced:
        return event.detail != 0 ? Rule{tr("`ref()` makes it keep the process running again."),
                   tr("A counter of referenced timers or immediates decides whether Node's libuv handle is referenced.")}
                                 : Rule{tr("`unref()`: it may run, but the process does not wait for it."),
                                     tr("When no timer is referenced any more, Node calls uv_unref on its timer handle, and "
                                        "uv__loop_alive no longer counts it.")};
    case EventKind::SubjectNamed:
        return {tr("This function has no place in a file of the script, so its name is noted."),
            tr("A note of the recording; nothing happens in Node here.")};
    default:
        return {};
    }
}

Rule RuleBook::ofWaiting(TaskKind task)
{
    switch (task) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return {tr("A timer runs in the timers phase of the first iteration after its time has come: never sooner, maybe later."),
            tr("Node keeps a list a duration, in order of creation, and one libuv timer for the list that is due first. A callback that "
               "runs long makes all timers behind it late.")};
    case TaskKind::Immediate:
        return {tr("`setImmediate` queues for the next check phase, right after poll."),
            tr("It is appended to immediateQueue; while that holds referenced ones an idle handle keeps poll from waiting. Made by an "
               "immediate, it runs one iteration later: processImmediate has already taken its list.")};
    case TaskKind::Tick:
        return {tr("`process.nextTick` runs as soon as the callback of now is done, before any promise reaction."),
            tr("It is pushed on the FixedQueue of lib/internal/process/task_queues.js, which processTicksAndRejections empties before it "
               "calls runMicrotasks.")};
    case TaskKind::Microtask:
        return {tr("`queueMicrotask` joins the microtasks: after the nextTick queue, before the loop goes on."),
            tr("V8's MicrotaskQueue::EnqueueMicrotask, the same first-in first-out queue as that of promise reactions.")};
    case TaskKind::PromiseReaction:
        return {tr("The promise is settled, so its handler joined the microtask queue."),
            tr("TriggerPromiseReactions (or PerformPromiseThen, if the promise was settled already) makes a NewPromiseReactionJob and "
               "hands it to HostEnqueuePromiseJob: V8's microtask queue.")};
    case TaskKind::AwaitContinuation:
        return {tr("What was awaited is settled, so the rest of the async function joined the microtask queue."),
            tr("Await did PerformPromiseThen with two closures that resume the function; the one that fits became a "
               "NewPromiseReactionJob: one microtask, whatever was awaited if it is a native promise.")};
    case TaskKind::ThenableJob:
        return {tr("A promise was resolved with another one: following it takes a microtask of its own."),
            tr("NewPromiseResolveThenableJob: the job calls `then` of the inner promise, and that takes another microtask to answer. So an "
               "async function that returns a promise settles two microtasks later than one that returns a plain value.")};
    case TaskKind::IoCallback:
        return {tr("The work is done outside of JavaScript; the callback waits for it and then for the poll phase."),
            tr("A request wrap (FSReqCallback and the like) holds the callback; libuv calls it from uv__io_poll when the work is done.")};
    case TaskKind::PendingCallback:
        return {tr("Some results of the system are kept for the next iteration's pending phase."),
            tr("libuv's pending_queue, run by uv__run_pending; also up to eight times right after poll.")};
    case TaskKind::CloseCallback:
        return {tr("Close callbacks run in the last phase of an iteration."),
            tr("uv_close puts the handle on loop->closing_handles; uv__run_closing_handles calls back at the end of the turn.")};
    case TaskKind::Script:
        return {tr("A run begins with the main script; the loop starts when it has ended."),
            tr("run_main_module.js: CommonJS runs inside one callback scope; an ES module is loaded by promise jobs and runs in one of "
               "them.")};
    case TaskKind::ModuleEvaluation:
        return {tr("A module's body runs once, at its first import, after the modules that it imports itself."),
            tr("ECMAScript's Evaluate visits the module graph depth first; a cycle sees what is initialized so far.")};
    case TaskKind::ProcessEvent:
    case TaskKind::Internal:
        return {
            tr("Node does this itself, between two callbacks."), tr("Work of Node's own JavaScript or C++; it is no part of the script.")};
    }
    return {};
}

Rule RuleBook::ofJobBegun(const Occasion &occasion)
{
    const QString plain = occasion.ticksWait
        ? tr("Microtasks are being drained, and that goes on until none is left, also before ticks that were queued meanwhile.")
        : tr("The nextTick queue is empty, so microtasks run until none is left; only then the loop goes on.");
    const QString drain = tr("runMicrotasks (V8's MicrotaskQueue::RunMicrotasks) takes jobs until the queue is empty, also those that "
                             "are added meanwhile. Then processTicksAndRejections looks at the ticks again.");
    switch (occasion.task) {
    case TaskKind::AwaitContinuation:
        return {plain, drain + QLatin1Char(' ') + tr("This job resumes the async function where its Await suspended it.")};
    case TaskKind::ThenableJob:
        return {plain, drain + QLatin1Char(' ') + tr("This job, a NewPromiseResolveThenableJob, calls the inner promise's `then`.")};
    case TaskKind::PromiseReaction:
        return {plain, drain + QLatin1Char(' ') + tr("This job calls the handler and settles the promise that `then` returned.")};
    default:
        return {plain, drain};
    }
}

Rule RuleBook::ofTaskBegun(const Occasion &occasion)
{
    switch (occasion.task) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return {tr("Its time has come, and the timers phase runs all timers that are due."),
            tr("listOnTimeout runs the timers of a list whose start + duration is not after now; between two of them runNextTicks drains "
               "ticks and microtasks (since Node 11).")};
    case TaskKind::Immediate:
        return {tr("The check phase runs what `setImmediate` queued before the phase began, in that order."),
            tr("processImmediate took the whole list when the phase began; between two immediates runNextTicks drains ticks and "
               "microtasks.")};
    case TaskKind::Tick:
        return {tr("The nextTick queue is emptied after every callback, before promise reactions and before the loop goes on."),
            tr("InternalCallbackScope::Close calls processTicksAndRejections: all ticks, then runMicrotasks, and again until both queues "
               "are "
               "empty.")};
    case TaskKind::IoCallback:
        return {tr("Its request is done, and the poll phase runs callbacks of finished I/O."),
            tr("uv__io_poll called the request's wrap; MakeCallback opens a callback scope around it, so ticks and microtasks are drained "
               "behind each single I/O callback.")};
    case TaskKind::PendingCallback:
        return {tr("The pending phase runs what was put off from the iteration before."), ofWaiting(occasion.task).mechanism};
    case TaskKind::CloseCallback:
        return {tr("The closing phase runs the callbacks of what was closed."), ofWaiting(occasion.task).mechanism};
    case TaskKind::Microtask:
    case TaskKind::PromiseReaction:
    case TaskKind::AwaitContinuation:
    case TaskKind::ThenableJob:
        return ofJobBegun(occasion);
    case TaskKind::Internal:
        return ofInternalWork(occasion.name);
    default:
        return ofWaiting(occasion.task);
    }
}

Rule RuleBook::ofTaskEnded(const Event &event, const Occasion &occasion)
{
    if (event.value == 1)
        return {tr("An error left the callback, so the rest of it does not run; `uncaughtException` handlers are asked next."),
            tr("The exception crossed the last JavaScript frame: TriggerUncaughtException decides whether the process lives on.")};
    if (queueOf(occasion.task) == LoopQueue::Microtasks)
        return {tr("The microtasks go on until none is left."),
            tr("RunMicrotasks takes the next job of the queue without going back to Node in between.")};
    if (occasion.isNested)
        return {tr("It ran inside another task, which goes on now."), tr("No callback scope was closed, so nothing is drained here.")};
    return {tr("Behind every callback the nextTick queue is emptied, then the microtasks, before the loop goes on."),
        tr("InternalCallbackScope::Close: with no ticks it lets V8 perform a microtask checkpoint; if ticks or rejections wait, it calls "
           "processTicksAndRejections.")};
}

Rule RuleBook::ofCancelled(TaskKind task)
{
    switch (task) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return {tr("It was cleared before it ran, so it never will."),
            tr("`clearTimeout` unlinks the timer from its list; a list left empty is dropped, and libuv's timer stays until it fires in "
               "vain.")};
    case TaskKind::Immediate:
        return {tr("It was cleared before it ran, so it never will."),
            tr("`clearImmediate` marks it and unlinks it from the queue, even while processImmediate is walking the list.")};
    default:
        return {tr("It was withdrawn before it ran, so it never will."), tr("Nothing is left in its queue.")};
    }
}

Rule RuleBook::ofProcessEvent(const QString &name)
{
    if (name == QLatin1String("exit"))
        return {tr("The process is about to end: its handlers run to their end, and what they schedule never runs."),
            tr("EmitProcessExit calls the handlers synchronously; the loop does not turn again.")};
    if (name == QLatin1String("beforeExit"))
        return {tr("The loop has nothing left to do. What a handler schedules now makes it go on."),
            tr("SpinEventLoop: uv_run returned, EmitProcessBeforeExit runs the handlers; if uv_loop_alive is true then, uv_run is called "
               "again.")};
    if (name == QLatin1String("uncaughtException") || name == QLatin1String("uncaughtExceptionMonitor"))
        return {tr("Nobody caught the error. With a handler the process goes on; without one it ends."),
            tr("TriggerUncaughtException calls process._fatalException, which emits `uncaughtExceptionMonitor` and then "
               "`uncaughtException`. A handled error keeps the loop going, but the callback that threw is lost.")};
    if (name == QLatin1String("unhandledRejection"))
        return {tr("The microtasks are drained and nobody handled the rejection. Without a handler for it the process ends."),
            tr("processPromiseRejections, last in processTicksAndRejections. The default mode, `--unhandled-rejections=throw`, raises the "
               "reason as an uncaught exception if no handler is there.")};
    if (name == QLatin1String("rejectionHandled"))
        return {tr("A rejection that was reported as unhandled got a handler after all."),
            tr("V8's PromiseRejectCallback with kPromiseHandlerAddedAfterReject; Node emits the event at the next "
               "processPromiseRejections.")};
    if (name == QLatin1String("warning"))
        return {tr("Node warns of something; it is printed to stderr unless that is turned off."),
            tr("`process.emitWarning` emits the event in a later tick, with process.nextTick(doEmitWarning).")};
    return {tr("Node tells the script about this at once."), tr("`process` is an EventEmitter: emit calls the handlers one by one.")};
}

Rule RuleBook::ofInternalWork(const QString &name)
{
    if (name == QLatin1String("_onTimeout"))
        return {tr("Node reads the timer's callback, and that runs code of the script here."),
            tr("listOnTimeout calls `timer._onTimeout`; a getter or proxy in its place runs first.")};
    if (name == QLatin1String("async_hooks"))
        return {tr("A hook of `async_hooks` is told about this; it runs at once."),
            tr("emitInitScript, emitBeforeScript and emitAfterScript call the hooks synchronously.")};
    return ofWaiting(TaskKind::Internal);
}

} // namespace loopscope
