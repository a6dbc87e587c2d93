// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Async functions: generators that promises go on with; and who waits for whom.
#include "runtime/PlainYield.h"
#include "runtime/Promises.h"
#include "runtime/StackTraces.h"

namespace loopscope {

using namespace QV4;

namespace {

/// A property of an object, or undefined if there is none.
ReturnedValue memberOf(const ScopedObject &object, const char *name)
{
    if (!object)
        return Encode::undefined();
    ExecutionEngine *engine = object->engine();
    Scope scope(engine);
    ScopedString key(scope, engine->newIdentifier(QLatin1String(name)));
    return object->get(key);
}

} // namespace

ReturnedValue Promises::startAsyncFunction(const Value &thisObject, const Value &arguments, const Value &generatorFunction)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, createFor(generatorFunction));
    ScopedObject list(scope, arguments);
    int count = 0;
    if (list)
        count = static_cast<int>(list->getLength());
    Value *values = scope.alloc(count > 0 ? count : 1);
    for (int index = 0; index < count; ++index)
        values[index] = list->get(static_cast<uint>(index));
    ScopedValue generator(scope);
    if (!m_core.call(generatorFunction, thisObject, values, count, generator)) {
        if (!m_core.isStopping())
            reject(promise->d(), generator);
        return promise->asReturnedValue();
    }
    return startCoroutine(promise->d(), generator, true);
}

ReturnedValue Promises::startCoroutine(const Value &generator)
{
    const JSTypesStackFrame *frame = frameOfGenerator(generator);
    const Value function = frame ? Value::fromStaticValue(frame->jsFrame->function) : Value::undefinedValue();
    return startCoroutine(createFor(function), generator, false);
}

ReturnedValue Promises::startCoroutine(PromiseHeap *promiseHeap, const Value &generator, bool isFresh)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    auto *coroutineClass = static_cast<Heap::InternalClass *>(m_coroutineClass.valueRef()->heapObject());
    Scoped<LoopscopeCoroutine> coroutine(scope, m_v4->memoryManager->allocObject<LoopscopeCoroutine>(coroutineClass));
    coroutine->d()->generator.set(m_v4, generator);
    coroutine->d()->promise.set(m_v4, promise->d());
    coroutine->d()->yieldsPlainly = isFresh && m_plainYield->apply(generator);
    step(coroutine->d(), Value::undefinedValue(), false);
    return promise->asReturnedValue();
}

void Promises::step(Heap::LoopscopeCoroutine *coroutineHeap, const Value &value, bool throws)
{
    Scope scope(m_v4);
    Scoped<LoopscopeCoroutine> coroutine(scope, coroutineHeap);
    Value *argument = scope.alloc(1);
    *argument = value;
    ScopedValue generator(scope, coroutine->d()->generator);
    ScopedValue result(scope);
    // More than once only when an operand of await throws as it is looked at: then the error arises at the await.
    for (;;) {
        ScopedValue resume(scope, throws ? m_generatorThrow.value() : m_generatorNext.value());
        if (!m_core.call(resume, generator, argument, 1, result)) {
            if (!m_core.isStopping())
                reject(coroutine->d()->promise, result);
            return;
        }
        if (m_core.isStopping())
            return;
        bool isDone = false;
        if (!coroutine->d()->yieldsPlainly || !PlainYield::gaveValue(generator)) {
            ScopedObject record(scope, result);
            ScopedValue done(scope, record->get(m_v4->id_done()));
            isDone = done->booleanValue();
            result = record->get(m_v4->id_value());
        }
        if (isDone) {
            resolve(coroutine->d()->promise, result);
            return;
        }
        if (suspend(coroutine->d(), result) || m_core.isStopping())
            return;
        *argument = m_v4->catchException();
        throws = true;
    }
}

Heap::LoopscopeJob *Promises::continuationOf(Heap::LoopscopeCoroutine *coroutineHeap)
{
    Scope scope(m_v4);
    Scoped<LoopscopeCoroutine> coroutine(scope, coroutineHeap);
    Heap::LoopscopeJob *job = coroutine->d()->job;
    if (!job) {
        job = createJob(TaskKind::AwaitContinuation);
        job->handler.set(m_v4, coroutine->d());
        job->rejectHandler.set(m_v4, coroutine->d());
        coroutine->d()->job.set(m_v4, job);
    }
    job->site = coroutine->d()->awaitSite != 0 ? coroutine->d()->awaitSite : m_core.tracer().currentSite();
    job->cause = m_core.tracer().runningTask();
    job->context.set(m_v4, m_core.asyncContext());
    return job;
}

bool Promises::suspend(Heap::LoopscopeCoroutine *coroutineHeap, const Value &value)
{
    Scope scope(m_v4);
    Scoped<LoopscopeCoroutine> coroutine(scope, coroutineHeap);
    Tracer &tracer = m_core.tracer();
    Scoped<LoopscopePromise> awaited(scope);
    SubjectId subject = 0;
    if (value.isObject() || m_core.asyncHooks().tracksPromises()) {
        PromiseHeap *heap = promiseResolve(value, PromiseOrigin::Resolve, coroutine->d()->promise);
        if (!heap)
            return false;
        awaited = heap;
        subject = heap->subject;
    } else {
        // Nobody ever sees the promise around a plain value: what it does is told, but it need not be there.
        subject = tracer.newSubject();
        tracer.emitEvent(EventKind::PromiseCreated, static_cast<quint8>(PromiseOrigin::Resolve), subject, tracer.currentSite(), 0);
        tracer.emitEvent(EventKind::PromiseFulfilled, value.isUndefined() ? 1 : 0, subject, tracer.currentSite(), 0);
    }
    const SiteId site = std::exchange(m_awaitSite, 0);
    coroutine->d()->awaitSite = site;
    coroutine->d()->awaited = subject;
    tracer.emitEvent(EventKind::AwaitSuspended, 0, coroutine->d()->promise->subject, site, subject);
    Scoped<LoopscopeJob> job(scope, continuationOf(coroutine->d()));
    if (awaited) {
        trackAwait(job->d(), awaited->d());
        performThen(awaited->d(), job->d(), ReactionKind::Await, 0);
    } else {
        enqueueReaction(job->d(), subject, value, false);
    }
    return true;
}

// --------------------------------------------------------------------------------------------------------- async callers

Promises::PromiseHeap *Promises::takeGenerator(const Heap::LoopscopeJob *await, const std::function<bool(const AsyncCaller &)> &take) const
{
    Scope scope(m_v4);
    ScopedObject state(scope, await->argument);
    ScopedValue generator(scope, memberOf(state, "generator"));
    const JSTypesStackFrame *frame = frameOfGenerator(generator);
    if (!frame)
        return nullptr;
    const CallData &call = *frame->jsFrame;
    if (await->isAtAwait
        && !take({static_cast<int>(await->site), Value::fromStaticValue(call.function), Value::fromStaticValue(call.thisObject)}))
        return nullptr;
    return answeredBy(await->argument);
}

Promises::PromiseHeap *Promises::answeredBy(const Value &generatorState) const
{
    Scope scope(m_v4);
    ScopedObject state(scope, generatorState);
    ScopedObject queue(scope, memberOf(state, "queue"));
    ScopedObject request(scope, queue ? queue->get(0U) : Encode::undefined()); // the first of its requests
    ScopedValue promise(scope, memberOf(request, "promise"));
    return asPromise(promise);
}

void Promises::forEachAsyncCaller(const std::function<bool(const AsyncCaller &)> &take) const
{
    const PromiseHeap *promise = m_promiseOfJob;
    while (promise && promise->firstReaction && !promise->firstReaction->next) {
        const Heap::LoopscopeJob *reaction = promise->firstReaction;
        const Value handler = reaction->handler;
        const Value rejectHandler = reaction->rejectHandler;
        const LoopscopeElement *element = handler.as<LoopscopeElement>();
        if (!element)
            element = rejectHandler.as<LoopscopeElement>(); // of Promise.any
        if (const LoopscopeCoroutine *coroutine = handler.as<LoopscopeCoroutine>()) {
            const CallData &call = *frameOfGenerator(coroutine->d()->generator)->jsFrame;
            const int site = static_cast<int>(coroutine->d()->awaitSite);
            if (!take({site, Value::fromStaticValue(call.function), Value::fromStaticValue(call.thisObject)}))
                return;
            promise = coroutine->d()->promise;
        } else if (element) {
            const Value index = Value::fromUInt32(element->d()->index);
            if (!take({-static_cast<int>(element->d()->combinator), index, Value::undefinedValue()}))
                return;
            promise = element->d()->promise;
        } else if (const LoopscopeResolver *resolver = handler.as<LoopscopeResolver>()) {
            promise = resolver->d()->promise;
        } else if (reaction->kind == TaskKind::AwaitContinuation) {
            promise = takeGenerator(reaction, take);
        } else {
            promise = promiseOf(reaction->capability);
        }
    }
}

} // namespace loopscope
