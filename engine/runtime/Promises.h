// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"
#include "runtime/Jobs.h"

#include <functional>

namespace loopscope {

class PlainYield;

/// An async function, or a combinator, that waits for what runs now.
struct AsyncCaller
{
    int site; ///< of its await; of a combinator: its PromiseOrigin below 0
    QV4::Value function; ///< of its generator; of a combinator: the index at which it waits
    QV4::Value receiver;
};

/// Promises and their jobs, after ECMAScript 2023, 27.2 (the abstract operations have the specification's names), with an event in the
/// recording for everything that happens to one. The combinators (all, race, ...) are in js/core/promise.js, on top of these.
class Promises
{
public:
    explicit Promises(Core &core);
    ~Promises();
    static Promises &current() { return *s_current; }

    using PromiseHeap = QV4::Heap::LoopscopePromise;

    /// Puts the constructor and its native functions on `global`, and the natives that promise.js needs on `binding`.
    void install(QV4::Object *global, QV4::Object *binding);

    /// A pending promise of the intrinsic constructor. `parent`: the promise whose reaction it answers; `awaiting`: the promise of the
    /// async function that awaits what it stands for.
    PromiseHeap *create(PromiseOrigin origin, PromiseHeap *parent = nullptr, PromiseHeap *awaiting = nullptr);
    /// The promise that an async function answers with.
    PromiseHeap *createFor(const QV4::Value &function);
    void resolve(PromiseHeap *promise, const QV4::Value &resolution);
    void fulfill(PromiseHeap *promise, const QV4::Value &value);
    void reject(PromiseHeap *promise, const QV4::Value &reason);
    /// PromiseResolve(%Promise%, value); null with an exception pending if looking at value.constructor threw.
    PromiseHeap *promiseResolve(const QV4::Value &value, PromiseOrigin origin, PromiseHeap *awaiting = nullptr);
    /// PerformPromiseThen with a job that is filled in already. `handlerSite`: the place of the handler, if it stands inside another one.
    void performThen(PromiseHeap *promise, QV4::Heap::LoopscopeJob *job, ReactionKind kind, SubjectId derived, SiteId handlerSite = 0);
    /// Records that a promise that was resolved before was to be settled again.
    void tellIgnored(SubjectId promise, IgnoredSettle what);

    QV4::Heap::LoopscopeJob *createJob(TaskKind kind);
    /// The object that stands for a tick or queued microtask in async_hooks.
    QV4::ReturnedValue resourceOf(QV4::Heap::LoopscopeJob *job);
    /// The promise whose reaction, adoption or await the job is, if promises are tracked; null otherwise.
    PromiseHeap *trackedPromise(const QV4::Heap::LoopscopeJob *job);
    /// Runs a reaction, thenable or await job. Never throws.
    void runJob(QV4::Heap::LoopscopeJob *job);

    /// Calls `take` with those that wait for the running microtask, nearest first, as far as it is the only thing they wait for; until it
    /// gives false.
    void forEachAsyncCaller(const std::function<bool(const AsyncCaller &)> &take) const;

    /// `$a`: the next await suspends here.
    void setAwaitSite(SiteId site) { m_awaitSite = site; }
    /// `$h.async`: runs the body of an async function up to its first await; gives its promise.
    QV4::ReturnedValue startAsyncFunction(const QV4::Value &thisObject, const QV4::Value &arguments, const QV4::Value &generatorFunction);
    /// Continues a generator that exists already as an async function (module bodies).
    QV4::ReturnedValue startCoroutine(const QV4::Value &generator);

    const QV4::Value &constructor() const { return *m_constructor.valueRef(); }
    QV4::ReturnedValue construct(const QV4::Value *argv, int argc, const QV4::Value *newTarget);

    static PromiseHeap *asPromise(const QV4::Value &value);

    /// Makes the function that tells a combinator's promise of the outcome of its element `index`; `sibling` is undefined or the function
    /// of the same element that is only to be called if this one is not.
    QV4::ReturnedValue createElement(
        PromiseOrigin combinator, PromiseHeap *promise, quint32 index, const QV4::Value &settle, const QV4::Value &sibling);
    /// What the running job goes on with will settle `promise`, which is kept alive elsewhere.
    void setPromiseOfJob(PromiseHeap *promise) { m_promiseOfJob = promise; }
    /// Makes the two functions of CreateResolvingFunctions.
    void createResolvingFunctions(PromiseHeap *promise, QV4::Value *resolveFunction, QV4::Value *rejectFunction);

private:
    friend struct PromiseNatives;
    PromiseHeap *create(PromiseOrigin origin, qint64 comesFrom);
    static QV4::Heap::InternalClass *cachedClass(const QV4::PersistentValue &slot)
    {
        return static_cast<QV4::Heap::InternalClass *>(slot.valueRef()->heapObject());
    }
    /// A native function object of the class that `functionClass` keeps.
    template<typename T>
    void makeFunction(QV4::Scoped<T> &slot, QV4::PersistentValue &functionClass);
    QV4::ReturnedValue startCoroutine(PromiseHeap *promise, const QV4::Value &generator, bool isFresh);
    void step(QV4::Heap::LoopscopeCoroutine *coroutine, const QV4::Value &value, bool throws);
    /// Await(value); false with an exception pending if looking at the value threw.
    bool suspend(QV4::Heap::LoopscopeCoroutine *coroutine, const QV4::Value &value);
    QV4::Heap::LoopscopeJob *continuationOf(QV4::Heap::LoopscopeCoroutine *coroutine);
    void enqueueReaction(QV4::Heap::LoopscopeJob *job, PromiseHeap *promise);
    /// Names a reaction whose handler has no place in the person's files.
    void nameReaction(const QV4::Heap::LoopscopeJob *job);
    void enqueueReaction(QV4::Heap::LoopscopeJob *job, SubjectId promise, const QV4::Value &result, bool isRejected);
    void triggerReactions(PromiseHeap *promise);
    /// Numbers a promise for async_hooks. `parent`: the promise it follows from, or null.
    void track(PromiseHeap *promise, PromiseHeap *parent);
    void announce(PromiseHeap *promise, PromiseHeap *parent);
    void announceResolution(PromiseHeap *promise);
    /// Gives an await that suspends a promise of its own, as V8 does while somebody looks on.
    void trackAwait(QV4::Heap::LoopscopeJob *job, PromiseHeap *awaited);
    /// Tells uncaught.js that nobody handles the promise, or that somebody does now. `context`: the async context it was made in.
    void trackRejection(PromiseHeap *promise, bool handled, const QV4::Value &context);
    /// Tells of the async generator that stands at an await; gives the promise it is to settle next.
    PromiseHeap *takeGenerator(const QV4::Heap::LoopscopeJob *await, const std::function<bool(const AsyncCaller &)> &take) const;
    /// The promise that an async generator settles next; null if its state is none.
    PromiseHeap *answeredBy(const QV4::Value &generatorState) const;
    PromiseHeap *promiseOf(const QV4::Value &capability) const;
    void settleCapability(const QV4::Value &capability, const QV4::Value &value, bool rejects);
    QV4::ReturnedValue then(const QV4::Value &promise, const QV4::Value &onFulfilled, const QV4::Value &onRejected, PromiseOrigin origin,
        SiteId handlerSite = 0);
    /// `promise.constructor` is the intrinsic one. False with an exception pending if looking at it threw.
    bool hasPlainConstructor(PromiseHeap *promise);
    /// Nobody redefined Promise[Symbol.species].
    bool hasPlainSpecies();
    void cacheGeneratorFunctions();

    static thread_local Promises *s_current;
    Core &m_core;
    QV4::ExecutionEngine *m_v4;
    QV4::PersistentValue m_constructor;
    QV4::PersistentValue m_prototype;
    QV4::PersistentValue m_promiseClass; ///< internal class of plain promises
    QV4::PersistentValue m_jobClass;
    QV4::PersistentValue m_coroutineClass;
    QV4::PersistentValue m_resolverClass; ///< of resolving functions, with their `length`
    QV4::PersistentValue m_elementClass;
    QV4::PersistentValue m_speciesGetter;
    // What was found last on the way to `constructor` and to the species, and what shows that nobody has touched that way since.
    quintptr m_plainPrototypeChain = 0; ///< V4 gives a class another number when anything on its prototype chain gets another shape
    const QV4::Value *m_constructorSlot = nullptr;
    QV4::PersistentValue m_speciesClass; ///< internal class of the constructor
    uint m_speciesSlot = 0;
    QV4::PersistentValue m_generatorNext;
    QV4::PersistentValue m_generatorThrow;
    QV4::PersistentValue m_thenName;
    QV4::PersistentValue m_resolveName;
    QV4::PersistentValue m_rejectName;
    QV4::PersistentValue m_promiseName;
    std::unique_ptr<PlainYield> m_plainYield;
    QV4::VTable::Call m_intrinsicThen = nullptr;
    SiteId m_awaitSite = 0;
    bool m_adopts = false; ///< the call of `then` that comes next is that of the job that adopts a promise's state
    SiteId m_createdAt = 0; ///< of the promise that was made last
    PromiseHeap *m_promiseOfJob = nullptr; ///< what the running job is about to settle; kept alive by runJob
};

} // namespace loopscope
