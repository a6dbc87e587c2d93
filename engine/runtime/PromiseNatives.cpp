// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Natives.h"
#include "runtime/Promises.h"

namespace loopscope {

using namespace QV4;

/// The native functions around promises: thin, the work is in Promises.
struct PromiseNatives
{
    // promiseThen(promise, onFulfilled, onRejected, origin): then with an intrinsic derived promise.
    static ReturnedValue promiseThen(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Promises::current().then(
            argv[0], argumentAt(argv, argc, 1), argumentAt(argv, argc, 2), static_cast<PromiseOrigin>(argumentAt(argv, argc, 3).toInt32()));
    }

    // Promise.prototype.then. A promise whose constructor is the intrinsic one needs no look at species, which that one does not redefine.
    static ReturnedValue then(const FunctionObject *, const Value *thisObject, const Value *argv, int argc)
    {
        return thenOf(*thisObject, argumentAt(argv, argc, 0), argumentAt(argv, argc, 1), PromiseOrigin::Then, 0);
    }

    // thenFor(promise, onFulfilled, onRejected, origin, handler): the same for `catch` and `finally`; `handler` is what those were given.
    static ReturnedValue thenFor(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        const SiteId handler = Core::current().siteOf(argumentAt(argv, argc, 4));
        return thenOf(argv[0], argv[1], argv[2], static_cast<PromiseOrigin>(argv[3].toInt32()), handler);
    }

    static ReturnedValue thenOf(
        const Value &receiver, const Value &onFulfilled, const Value &onRejected, PromiseOrigin origin, SiteId handlerSite)
    {
        Promises &promises = Promises::current();
        Scope scope(promises.m_v4);
        if (Promises::PromiseHeap *promise = Promises::asPromise(receiver)) {
            if (promises.hasPlainConstructor(promise) && promises.hasPlainSpecies())
                return promises.then(receiver, onFulfilled, onRejected, origin, handlerSite);
            if (promises.m_v4->hasException)
                return Encode::undefined();
        }
        Value *arguments = scope.alloc(3);
        arguments[0] = receiver;
        arguments[1] = onFulfilled;
        arguments[2] = onRejected;
        return promises.m_core.callHookOrThrow("promiseThenSlowly", arguments, 3);
    }

    // Promise.resolve
    static ReturnedValue resolve(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
    {
        Promises &promises = Promises::current();
        if (thisObject->sameValue(promises.constructor()))
            return promiseResolve(function, thisObject, argv, argc);
        Scope scope(promises.m_v4);
        Value *arguments = scope.alloc(2);
        arguments[0] = *thisObject;
        arguments[1] = argumentAt(argv, argc, 0);
        return promises.m_core.callHookOrThrow("promiseResolveSlowly", arguments, 2);
    }

    // promiseThenCapability(promise, onFulfilled, onRejected, capability | undefined): for subclasses; without one for await in async
    // generators.
    static ReturnedValue promiseThenCapability(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Promises &promises = Promises::current();
        Scope scope(promises.m_v4);
        const Value capability = argumentAt(argv, argc, 3);
        Scoped<LoopscopeJob> job(
            scope, promises.createJob(capability.isUndefined() ? TaskKind::AwaitContinuation : TaskKind::PromiseReaction));
        if (argv[1].as<FunctionObject>())
            job->d()->handler.set(promises.m_v4, argv[1]);
        if (argumentAt(argv, argc, 2).as<FunctionObject>())
            job->d()->rejectHandler.set(promises.m_v4, argv[2]);
        job->d()->capability.set(promises.m_v4, capability);
        SubjectId derived = 0;
        if (ScopedObject record(scope, capability); record) {
            ScopedString name(scope, promises.m_promiseName.value());
            ScopedValue promise(scope, record->get(name));
            if (const auto *heap = Promises::asPromise(promise))
                derived = heap->subject;
        }
        promises.performThen(static_cast<Promises::PromiseHeap *>(argv[0].heapObject()), job->d(),
            capability.isUndefined() ? ReactionKind::Await : ReactionKind::Then, derived);
        return Encode::undefined();
    }

    // awaitThen(value, onFulfilled, onRejected, state): Await(value) with native continuations; throws if looking at value.constructor
    // does. `state`: of the async generator that awaits, or undefined.
    static ReturnedValue awaitThen(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Promises &promises = Promises::current();
        Scope scope(promises.m_v4);
        Promises::PromiseHeap *heap = promises.promiseResolve(argv[0], PromiseOrigin::Resolve);
        if (!heap)
            return Encode::undefined();
        Scoped<LoopscopePromise> promise(scope, heap);
        Scoped<LoopscopeJob> job(scope, promises.createJob(TaskKind::AwaitContinuation));
        if (promises.m_awaitSite) {
            job->d()->site = std::exchange(promises.m_awaitSite, 0);
            job->d()->isAtAwait = true;
        }
        job->d()->handler.set(promises.m_v4, argv[1]);
        job->d()->rejectHandler.set(promises.m_v4, argv[2]);
        job->d()->argument.set(promises.m_v4, argumentAt(argv, argc, 3)); // until there is a result
        promises.trackAwait(job->d(), promise->d());
        const auto *answered = promises.answeredBy(argumentAt(argv, argc, 3));
        Core::current().tracer().emitEvent(EventKind::ReactionAdded, static_cast<quint8>(ReactionKind::Await), promise->d()->subject,
            job->d()->site, answered ? answered->subject : 0);
        promises.performThen(promise->d(), job->d(), ReactionKind::Await, 0);
        return Encode::undefined();
    }

    // createPromise(origin), resolvePromise(promise, value), rejectPromise(promise, reason): intrinsic promises without resolving
    // functions.
    static ReturnedValue createPromise(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Promises::current().create(static_cast<PromiseOrigin>(argumentAt(argv, argc, 0).toInt32()))->asReturnedValue();
    }
    static ReturnedValue resolvePromise(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        if (auto *promise = Promises::asPromise(argv[0]); promise && !promise->alreadyResolved) {
            promise->alreadyResolved = true;
            Promises::current().resolve(promise, argumentAt(argv, argc, 1));
        }
        return Encode::undefined();
    }
    static ReturnedValue rejectPromise(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        if (auto *promise = Promises::asPromise(argv[0]); promise && !promise->alreadyResolved) {
            promise->alreadyResolved = true;
            Promises::current().reject(promise, argumentAt(argv, argc, 1));
        }
        return Encode::undefined();
    }

    // promiseResolve(value): PromiseResolve(%Promise%, value)
    static ReturnedValue promiseResolve(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Promises::PromiseHeap *promise = Promises::current().promiseResolve(argumentAt(argv, argc, 0), PromiseOrigin::Resolve);
        return promise ? promise->asReturnedValue() : Encode::undefined();
    }

    static ReturnedValue isPromise(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Encode(argc > 0 && Promises::asPromise(argv[0]) != nullptr);
    }

    // promiseDetails(promise) -> [state (0 pending, 1 fulfilled, 2 rejected), value]
    static ReturnedValue promiseDetails(const FunctionObject *function, const Value *, const Value *argv, int argc)
    {
        const auto *promise = argc > 0 ? Promises::asPromise(argv[0]) : nullptr;
        if (!promise)
            return Encode::undefined();
        Scope scope(function);
        Value *values = scope.alloc(2);
        values[0] = Value::fromInt32(promise->state);
        values[1] = promise->result;
        return scope.engine->newArrayObject(values, 2)->asReturnedValue();
    }

    // setPromiseOrigin is told by the recording only: combinator(promise, origin, element)
    static ReturnedValue recordCombinator(const FunctionObject *, const Value *, const Value *argv, int)
    {
        const auto *promise = Promises::asPromise(argv[0]);
        const auto *element = Promises::asPromise(argv[1]);
        if (promise && element)
            Core::current().tracer().emitEvent(EventKind::PromiseAwaitedAll, 0, promise->subject, 0, element->subject);
        return Encode::undefined();
    }

    // combinatorElement(origin, promise, index, settle, sibling | undefined) -> the function that calls settle(index, outcome) once
    static ReturnedValue combinatorElement(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Promises::current().createElement(static_cast<PromiseOrigin>(argv[0].toInt32()), Promises::asPromise(argv[1]),
            argv[2].toUInt32(), argv[3], argumentAt(argv, argc, 4));
    }

    // addResolvers({ promise }): gives it promise's `resolve` and `reject`
    static ReturnedValue addResolvers(const FunctionObject *function, const Value *, const Value *argv, int)
    {
        Promises &promises = Promises::current();
        Scope scope(function);
        ScopedObject capability(scope, argv[0]);
        ScopedString name(scope, promises.m_promiseName.value());
        ScopedValue promise(scope, capability->get(name));
        Value *functions = scope.alloc(2);
        promises.createResolvingFunctions(Promises::asPromise(promise), functions, functions + 1);
        name = promises.m_resolveName.value();
        capability->put(name, functions[0]);
        name = promises.m_rejectName.value();
        capability->put(name, functions[1]);
        return capability->asReturnedValue();
    }

    // setPromiseOfJob(promise): what goes on in this job answers with it
    static ReturnedValue setPromiseOfJob(const FunctionObject *, const Value *, const Value *argv, int)
    {
        Promises::current().setPromiseOfJob(Promises::asPromise(argv[0]));
        return Encode::undefined();
    }

    // async(thisObject, arguments | null, generatorFunction): an async function's body.
    static ReturnedValue async(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return Promises::current().startAsyncFunction(argv[0], argumentAt(argv, argc, 1), argumentAt(argv, argc, 2));
    }

    // runCoroutine(generator): goes on with a generator as an async function; gives its promise.
    static ReturnedValue runCoroutine(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return Promises::current().startCoroutine(argv[0]);
    }
};

void Promises::install(Object *global, Object *binding)
{
    Scope scope(m_v4);
    ScopedFunctionObject promiseConstructor(scope, m_v4->memoryManager->allocate<LoopscopePromiseConstructor>(m_v4->rootContext()));
    m_constructor.set(m_v4, promiseConstructor);
    m_intrinsicThen = PromiseNatives::then;
    ScopedObject prototype(scope, m_prototype.value());
    promiseConstructor->defineReadonlyProperty(m_v4->id_prototype(), prototype);
    promiseConstructor->defineReadonlyConfigurableProperty(m_v4->id_length(), Value::fromInt32(1));
    prototype->defineDefaultProperty(m_v4->id_constructor(), promiseConstructor);
    global->defineDefaultProperty(QStringLiteral("Promise"), promiseConstructor);
    defineNatives(m_v4, binding,
        {{"then", PromiseNatives::then, 2}, {"thenFor", PromiseNatives::thenFor, 5}, {"resolve", PromiseNatives::resolve, 1},
            {"promiseThen", PromiseNatives::promiseThen, 4}, {"promiseThenCapability", PromiseNatives::promiseThenCapability, 4},
            {"awaitThen", PromiseNatives::awaitThen, 4}, {"createPromise", PromiseNatives::createPromise, 1},
            {"resolvePromise", PromiseNatives::resolvePromise, 2}, {"rejectPromise", PromiseNatives::rejectPromise, 2},
            {"promiseResolve", PromiseNatives::promiseResolve, 1}, {"isPromise", PromiseNatives::isPromise, 1},
            {"promiseDetails", PromiseNatives::promiseDetails, 1}, {"combinatorElement", PromiseNatives::combinatorElement, 5},
            {"addResolvers", PromiseNatives::addResolvers, 1}, {"setPromiseOfJob", PromiseNatives::setPromiseOfJob, 1},
            {"recordCombinator", PromiseNatives::recordCombinator, 2}, {"async", PromiseNatives::async, 3},
            {"runCoroutine", PromiseNatives::runCoroutine, 1}});
}

} // namespace loopscope
