// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/RuleBook.h"

namespace loopscope {

Rule RuleBook::ofPromise(const Event &event)
{
    switch (event.kind) {
    case EventKind::PromiseCreated:
        return ofPromiseCreated(static_cast<PromiseOrigin>(event.detail));
    case EventKind::PromiseAdopted:
        return {tr("A promise that is resolved with another one takes over its state, whatever that becomes."),
            tr("The resolve function found a `then`: it queues a NewPromiseResolveThenableJob, which calls that `then`. Following a "
               "promise that is settled already takes two microtasks.")};
    case EventKind::PromiseFulfilled:
        return {tr("All that waits for it, with `then` or `await`, joins the microtask queue at this moment."),
            tr("FulfillPromise sets the state once and for all; TriggerPromiseReactions queues a NewPromiseReactionJob for each reaction, "
               "in the order in which they were added.")};
    case EventKind::PromiseRejected:
        return {tr("If nobody handles it before the microtasks are drained, Node reports an unhandled rejection."),
            tr("RejectPromise: without a handler HostPromiseRejectionTracker is told, and Node puts the promise on "
               "pendingUnhandledRejections. Then TriggerPromiseReactions queues the reactions.")};
    case EventKind::ReactionAdded:
        return ofReaction(static_cast<ReactionKind>(event.detail));
    case EventKind::AwaitSuspended:
        return {tr("`await` always gives the thread back: the rest runs as a microtask once the promise is settled."),
            tr("Await(v): PromiseResolve(%Promise%, v), which leaves a native promise as it is and wraps anything else; then "
               "PerformPromiseThen with closures that resume the function. The function leaves the call stack.")};
    case EventKind::AwaitResumed:
        return {tr("Its turn in the microtask queue has come."),
            tr("The NewPromiseReactionJob of the await resumes the function with the value, or throws the reason at the await.")};
    case EventKind::RejectionUnhandled:
        return {tr("The microtasks are drained and no handler was added."),
            tr("processPromiseRejections takes pendingUnhandledRejections after the drain: a handler added within the same drain is in "
               "time, one added in a later callback is not.")};
    case EventKind::RejectionHandled:
        return {tr("A handler came too late: the rejection was already reported."),
            tr("HostPromiseRejectionTracker(promise, \"handle\"): Node emits `rejectionHandled`.")};
    case EventKind::PromiseAwaitedAll:
        return {tr("It is settled by what becomes of the promises it was given."),
            tr("PerformPromiseAll and its kin call PromiseResolve and then `then` on each value: even plain values take one microtask.")};
    case EventKind::PromiseSettleIgnored:
        return {
            tr("A promise is settled once: the first `resolve` or `reject` counts, and whatever comes later is ignored, without a word."),
            tr("The resolving functions of CreateResolvingFunctions share one [[AlreadyResolved]] record; when it is true they return at "
               "once. V8 counts them for its kPromiseResolveAfterResolved hook, of which Node makes the event `multipleResolves`.")};
    default:
        return {};
    }
}

Rule RuleBook::ofPromiseCreated(PromiseOrigin origin)
{
    switch (origin) {
    case PromiseOrigin::Constructor:
        return {tr("`new Promise` runs its function at once; only the reactions come later."),
            tr("The executor is called synchronously with the two resolving functions of CreateResolvingFunctions.")};
    case PromiseOrigin::Then:
    case PromiseOrigin::Catch:
        return {tr("`then` and `catch` answer with a new promise: it is settled by what their handler returns or throws."),
            tr("PerformPromiseThen makes a result capability; the reaction's job resolves it with the handler's value. `catch(f)` is "
               "`then(undefined, f)`.")};
    case PromiseOrigin::Finally:
        return {tr("`finally` passes on what it was given, after its handler has run and what that returned is settled."),
            tr("It is a `then` with two closures that call the handler, PromiseResolve its value, and `then` back to the original: two "
               "microtasks more than `then`.")};
    case PromiseOrigin::AsyncFunction:
        return {tr("An `async` function answers with a promise at once, and its body runs up to the first `await` right now."),
            tr("AsyncFunctionStart evaluates the body synchronously until an Await; `return` resolves the promise, `throw` rejects it.")};
    case PromiseOrigin::AsyncGenerator:
        return {tr("Each `next()` of an async generator answers with a promise of one result."),
            tr("AsyncGeneratorEnqueue: requests wait in a queue of the generator, and AsyncGeneratorDrainQueue serves them in order.")};
    case PromiseOrigin::Resolve:
        return {tr("`Promise.resolve` gives a native promise back as it is, and wraps anything else in a new one."),
            tr("PromiseResolve(C, x): if x is a promise whose constructor is C it is returned; else a new capability is resolved with x. "
               "`await` does the same.")};
    case PromiseOrigin::Reject:
        return {tr("`Promise.reject` always makes a new promise, rejected from the start."),
            tr("NewPromiseCapability, then its reject function with the reason.")};
    case PromiseOrigin::All:
        return {tr("`Promise.all` is fulfilled when all its promises are, or rejected with the first that is."),
            tr("PerformPromiseAll adds a `then` to each and counts down; the last one resolves the result.")};
    case PromiseOrigin::AllSettled:
        return {tr("`Promise.allSettled` waits for all of them, whatever becomes of each."),
            tr("PerformPromiseAllSettled: both handlers store an outcome and count down.")};
    case PromiseOrigin::Any:
        return {tr("`Promise.any` is fulfilled with the first that is, and rejected when all are."),
            tr("PerformPromiseAny collects the reasons into an AggregateError.")};
    case PromiseOrigin::Race:
        return {tr("`Promise.race` takes over what the first settled promise became; the others go on unheard."),
            tr("PerformPromiseRace adds the result's own resolving functions to each promise; the first call counts.")};
    case PromiseOrigin::Runtime:
        return {tr("Node made this promise; it settles it when its own work is done."),
            tr("The promise API of Node's core modules: a wrap in C++ or a helper in lib/internal resolves it.")};
    }
    return {};
}

Rule RuleBook::ofReaction(ReactionKind reaction)
{
    switch (reaction) {
    case ReactionKind::Then:
    case ReactionKind::Catch:
    case ReactionKind::Finally:
        return {tr("A handler waits for the promise. Had the promise been settled already, it would be queued at once: never called "
                   "directly."),
            tr("PerformPromiseThen appends to [[PromiseFulfillReactions]] and [[PromiseRejectReactions]] of a pending promise; of a "
               "settled "
               "one it calls HostEnqueuePromiseJob.")};
    case ReactionKind::Await:
        return {tr("An async function waits for the promise at an `await`."),
            tr("PerformPromiseThen without a result capability: the closures resume the function.")};
    case ReactionKind::Adopt:
        return {tr("Another promise waits for this one, to become what it becomes."),
            tr("`then` was called by a NewPromiseResolveThenableJob with the resolving functions of the outer promise.")};
    }
    return {};
}

} // namespace loopscope
