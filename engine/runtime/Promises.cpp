// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Promises.h"

#include "runtime/PlainYield.h"
#include "runtime/ReasonText.h"
#include "runtime/StackTraces.h"

namespace QV4 {
DEFINE_OBJECT_VTABLE(LoopscopeJob);
DEFINE_OBJECT_VTABLE(LoopscopePromise);
DEFINE_OBJECT_VTABLE(LoopscopeCoroutine);
} // namespace QV4

namespace loopscope {

using namespace QV4;

thread_local Promises *Promises::s_current = nullptr;

namespace {

template<typename T>
void cacheClass(ExecutionEngine *engine, PersistentValue &slot, Object *prototype)
{
    Scope scope(engine);
    Scoped<InternalClass> ic(scope, T::defaultInternalClass(engine));
    ic = ic->changeVTable(T::staticVTable());
    if (prototype)
        ic = ic->changePrototype(prototype->d());
    slot.set(engine, ic->d());
}

ReactionKind reactionOf(PromiseOrigin origin)
{
    return origin == PromiseOrigin::Catch  ? ReactionKind::Catch
        : origin == PromiseOrigin::Finally ? ReactionKind::Finally
                                           : ReactionKind::Then;
}

} // namespace

Promises::Promises(Core &core)
    : m_core(core)
    , m_v4(core.v4())
    , m_plainYield(std::make_unique<PlainYield>())
{
    s_current = this;
    Scope scope(m_v4);
    ScopedObject prototype(scope, m_v4->newObject());
    m_prototype.set(m_v4, prototype);
    cacheClass<LoopscopePromise>(m_v4, m_promiseClass, prototype);
    cacheClass<LoopscopeJob>(m_v4, m_jobClass, nullptr);
    cacheClass<LoopscopeCoroutine>(m_v4, m_coroutineClass, nullptr);
    ScopedString name(scope);
    m_thenName.set(m_v4, (name = m_v4->newIdentifier(QStringLiteral("then"))));
    m_resolveName.set(m_v4, (name = m_v4->newIdentifier(QStringLiteral("resolve"))));
    m_rejectName.set(m_v4, (name = m_v4->newIdentifier(QStringLiteral("reject"))));
    m_promiseName.set(m_v4, (name = m_v4->newIdentifier(QStringLiteral("promise"))));
    cacheGeneratorFunctions();
}

Promises::~Promises() { s_current = nullptr; }

void Promises::cacheGeneratorFunctions()
{
    // The originals, before any script can replace them.
    const QJSValue prototype = m_core.engine().evaluate(QStringLiteral("Object.getPrototypeOf(function* () {}).prototype"));
    const QJSValue next = prototype.property(QStringLiteral("next"));
    const QJSValue thrower = prototype.property(QStringLiteral("throw"));
    m_generatorNext.set(m_v4, QJSValuePrivate::asReturnedValue(&next));
    m_generatorThrow.set(m_v4, QJSValuePrivate::asReturnedValue(&thrower));
}

Promises::PromiseHeap *Promises::asPromise(const Value &value)
{
    const LoopscopePromise *promise = value.as<LoopscopePromise>();
    return promise ? promise->d() : nullptr;
}

Heap::LoopscopeJob *Promises::createJob(TaskKind kind)
{
    Heap::LoopscopeJob *job = m_v4->memoryManager->allocObject<LoopscopeJob>(cachedClass(m_jobClass));
    job->kind = kind;
    job->site = m_core.tracer().currentSite();
    job->cause = m_core.tracer().runningTask();
    job->capability.set(m_v4, Value::undefinedValue());
    job->context.set(m_v4, m_core.asyncContext());
    return job;
}

Promises::PromiseHeap *Promises::create(PromiseOrigin origin, PromiseHeap *parent, PromiseHeap *awaiting)
{
    PromiseHeap *promise = create(origin, static_cast<qint64>(parent ? parent->subject : 0));
    if (m_core.asyncHooks().tracksPromises())
        announce(promise, parent ? parent : awaiting);
    return promise;
}

Promises::PromiseHeap *Promises::createFor(const Value &function)
{
    SiteId site = m_core.siteOf(function);
    if (const FunctionObject *object = function.as<FunctionObject>(); site == 0 && object && object->function())
        site = m_core.sources().bodyOf(object->function()->sourceFile()); // a module with top-level await
    PromiseHeap *promise = create(PromiseOrigin::AsyncFunction, static_cast<qint64>(site));
    if (site == 0) {
        Scope scope(m_v4);
        Scoped<LoopscopePromise> kept(scope, promise);
        m_core.nameSubject(promise->subject, function);
    }
    if (m_core.asyncHooks().tracksPromises())
        announce(promise, nullptr);
    return promise;
}

Promises::PromiseHeap *Promises::create(PromiseOrigin origin, qint64 comesFrom)
{
    PromiseHeap *promise = m_v4->memoryManager->allocObject<LoopscopePromise>(cachedClass(m_promiseClass));
    Tracer &tracer = m_core.tracer();
    promise->subject = tracer.newSubject();
    promise->result.set(m_v4, m_core.asyncContext());
    // Calls of async functions are too many for a look at V4's lines.
    const SiteId site = origin == PromiseOrigin::AsyncFunction ? tracer.currentSite() : m_core.callingSite();
    m_createdAt = site;
    tracer.emitEvent(EventKind::PromiseCreated, static_cast<quint8>(origin), promise->subject, site, comesFrom);
    return promise;
}

void Promises::resolve(PromiseHeap *promiseHeap, const Value &resolution)
{
    if (!resolution.isObject()) {
        fulfill(promiseHeap, resolution);
        return;
    }
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    if (resolution.heapObject() == promiseHeap) {
        ScopedString message(scope, m_v4->newString(QStringLiteral("Chaining cycle detected for promise #<Promise>")));
        ScopedValue error(scope, m_v4->newTypeErrorObject(message->toQString()));
        reject(promise->d(), error);
        return;
    }
    ScopedObject object(scope, resolution);
    ScopedString thenName(scope, m_thenName.value());
    ScopedValue thenFunction(scope, object->get(thenName));
    if (m_v4->hasException) {
        if (m_core.isStopping())
            return;
        ScopedValue error(scope, m_v4->catchException());
        reject(promise->d(), error);
        return;
    }
    if (!thenFunction->as<FunctionObject>()) {
        fulfill(promise->d(), resolution);
        return;
    }
    Tracer &tracer = m_core.tracer();
    Scoped<LoopscopeJob> job(scope, createJob(TaskKind::ThenableJob));
    job->d()->handler.set(m_v4, thenFunction);
    job->d()->argument.set(m_v4, object);
    job->d()->capability.set(m_v4, promise);
    job->d()->subject = tracer.newSubject();
    job->d()->cause = promise->d()->subject;
    if (const PromiseHeap *adopted = asPromise(object))
        tracer.emitEvent(EventKind::PromiseAdopted, 0, promise->d()->subject, tracer.currentSite(), adopted->subject);
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(TaskKind::ThenableJob), job->d()->subject, promise->d()->subject,
        m_core.siteOf(thenFunction), tracer.currentSite());
    m_core.microtasks().append(job->d());
}

void Promises::fulfill(PromiseHeap *promise, const Value &value)
{
    promise->state = PromiseHeap::Fulfilled;
    promise->result.set(m_v4, value);
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::PromiseFulfilled, value.isUndefined() ? 1 : 0, promise->subject, tracer.currentSite(), 0);
    if (m_core.asyncHooks().tracksPromises())
        announceResolution(promise);
    triggerReactions(promise);
}

void Promises::reject(PromiseHeap *promiseHeap, const Value &reason)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    ScopedValue keptReason(scope, reason);
    ScopedValue context(scope, promise->d()->result);
    promise->d()->state = PromiseHeap::Rejected;
    promise->d()->result.set(m_v4, keptReason);
    Tracer &tracer = m_core.tracer();
    StringId text = 0;
    if (tracer.writer().keepsEvents()) {
        if (keptReason->as<ErrorObject>()) { // V4's words become V8's
            ScopedValue ignored(scope);
            m_core.callHook("translateError", keptReason, 1, ignored);
        }
        text = tracer.text(reasonText(keptReason));
    }
    tracer.emitEvent(EventKind::PromiseRejected, 0, promise->d()->subject, tracer.currentSite(), text);
    if (m_core.asyncHooks().tracksPromises())
        announceResolution(promise->d());
    if (!promise->d()->isHandled)
        trackRejection(promise->d(), false, context);
    triggerReactions(promise->d());
}

void Promises::trackRejection(PromiseHeap *promiseHeap, bool handled, const Value &context)
{
    Scope scope(m_v4);
    Value *arguments = scope.alloc(4);
    arguments[0] = Value::fromBoolean(handled);
    arguments[1] = Value::fromHeapObject(promiseHeap);
    arguments[2] = promiseHeap->result;
    arguments[3] = context;
    ScopedValue ignored(scope);
    m_core.callHook("trackRejection", arguments, 4, ignored);
}

void Promises::triggerReactions(PromiseHeap *promise)
{
    Heap::LoopscopeJob *first = promise->firstReaction;
    promise->firstReaction.set(m_v4, nullptr);
    promise->lastReaction.set(m_v4, nullptr);
    if (!first)
        return;
    Scope scope(m_v4);
    Scoped<LoopscopePromise> keptPromise(scope, promise);
    Scoped<LoopscopeJob> current(scope, first);
    Scoped<LoopscopeJob> next(scope);
    for (;;) {
        Heap::LoopscopeJob *following = current->d()->next;
        if (following)
            next = following;
        enqueueReaction(current->d(), keptPromise->d());
        if (!following)
            return;
        current = next->d();
    }
}

void Promises::enqueueReaction(Heap::LoopscopeJob *job, PromiseHeap *promise)
{
    enqueueReaction(job, promise->subject, promise->result, promise->state == PromiseHeap::Rejected);
}

void Promises::enqueueReaction(Heap::LoopscopeJob *job, SubjectId promise, const Value &result, bool isRejected)
{
    job->argument.set(m_v4, result);
    job->isRejected = isRejected;
    Tracer &tracer = m_core.tracer();
    const SiteId function = m_core.siteOfJob(*job);
    job->subject = tracer.newSubject();
    job->cause = promise;
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(job->kind), job->subject, promise, function, job->site);
    if (function == 0)
        nameReaction(job);
    m_core.microtasks().append(job);
}

void Promises::nameReaction(const Heap::LoopscopeJob *job)
{
    const Value handler = job->isRejected ? Value(job->rejectHandler) : Value(job->handler);
    if (const LoopscopeCoroutine *coroutine = handler.as<LoopscopeCoroutine>()) {
        if (const JSTypesStackFrame *frame = frameOfGenerator(coroutine->d()->generator))
            m_core.nameSubject(job->subject, Value::fromStaticValue(frame->jsFrame->function));
        return;
    }
    const bool isNamed = !handler.isUndefined() && m_core.nameSubject(job->subject, handler);
    // Without a handler, or behind that of `finally`, what it gets goes on to the derived promise.
    if (!isNamed && m_core.tracer().writer().keepsEvents())
        m_core.tracer().emitEvent(EventKind::SubjectNamed, 0, job->subject, 0, m_core.tracer().text(QStringLiteral("pass on")));
}

void Promises::performThen(PromiseHeap *promise, Heap::LoopscopeJob *job, ReactionKind kind, SubjectId derived, SiteId handlerSite)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> keptPromise(scope, promise);
    Scoped<LoopscopeJob> keptJob(scope, job);
    Tracer &tracer = m_core.tracer();
    if (kind != ReactionKind::Await) {
        ScopedValue handler(scope, Value(job->handler).isUndefined() ? Value(job->rejectHandler) : Value(job->handler));
        const SiteId site = handlerSite != 0 ? handlerSite : m_core.siteOf(handler);
        if (keptJob->d()->kind == TaskKind::PromiseReaction)
            keptJob->d()->triggerId = handlerSite;
        tracer.emitEvent(EventKind::ReactionAdded, static_cast<quint8>(kind), promise->subject, site, derived);
    }
    if (promise->state == PromiseHeap::Pending) {
        job->next.set(m_v4, nullptr);
        if (promise->lastReaction)
            promise->lastReaction->next.set(m_v4, job);
        else
            promise->firstReaction.set(m_v4, job);
        promise->lastReaction.set(m_v4, job);
    } else {
        if (promise->state == PromiseHeap::Rejected && !promise->isHandled)
            trackRejection(promise, true, Value::undefinedValue());
        enqueueReaction(keptJob->d(), keptPromise->d());
    }
    keptPromise->d()->isHandled = true;
}

Promises::PromiseHeap *Promises::promiseResolve(const Value &value, PromiseOrigin origin, PromiseHeap *awaiting)
{
    Scope scope(m_v4);
    if (PromiseHeap *promise = asPromise(value)) {
        Scoped<LoopscopePromise> kept(scope, promise);
        if (hasPlainConstructor(promise))
            return kept->d();
        if (m_v4->hasException)
            return nullptr;
    }
    ScopedValue kept(scope, value);
    Scoped<LoopscopePromise> made(scope, create(origin, nullptr, awaiting));
    resolve(made->d(), kept);
    return made->d();
}

ReturnedValue Promises::then(
    const Value &promiseValue, const Value &onFulfilled, const Value &onRejected, PromiseOrigin origin, SiteId handlerSite)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseValue.as<LoopscopePromise>());
    Scoped<LoopscopePromise> derived(scope, create(origin, promise->d()));
    Scoped<LoopscopeJob> job(scope, createJob(TaskKind::PromiseReaction));
    job->d()->site = m_createdAt; // a function that was called in the same statement may have been at another place since
    if (onFulfilled.as<FunctionObject>())
        job->d()->handler.set(m_v4, onFulfilled);
    if (onRejected.as<FunctionObject>())
        job->d()->rejectHandler.set(m_v4, onRejected);
    job->d()->capability.set(m_v4, derived);
    const ReactionKind kind = std::exchange(m_adopts, false) ? ReactionKind::Adopt : reactionOf(origin);
    performThen(promise->d(), job->d(), kind, derived->d()->subject, handlerSite);
    return derived->asReturnedValue();
}

bool Promises::hasPlainConstructor(PromiseHeap *promise)
{
    if (promise->internalClass->protoId == m_plainPrototypeChain && m_constructorSlot->rawValue() == constructor().rawValue())
        return true;
    Scope scope(m_v4);
    ScopedObject object(scope, promise);
    ScopedValue found(scope, object->get(m_v4->id_constructor()));
    if (m_v4->hasException || !found->sameValue(constructor()))
        return false;
    if (promise->internalClass.get() == cachedClass(m_promiseClass)) {
        ScopedObject prototype(scope, m_prototype.value());
        const auto entry = prototype->internalClass()->findValueOrGetter(m_v4->id_constructor()->toPropertyKey());
        if (entry.isValid() && entry.attrs.isData()) {
            m_plainPrototypeChain = promise->internalClass->protoId;
            m_constructorSlot = prototype->propertyData(entry.index);
        }
    }
    return true;
}

bool Promises::hasPlainSpecies()
{
    const auto *heap = static_cast<const Heap::Object *>(constructor().heapObject());
    if (!m_speciesClass.isUndefined() && heap->internalClass.get() == cachedClass(m_speciesClass)
        && heap->propertyData(m_speciesSlot)->rawValue() == m_speciesGetter.valueRef()->rawValue())
        return true;
    Scope scope(m_v4);
    ScopedObject promiseConstructor(scope, m_constructor.value());
    ScopedProperty property(scope);
    const PropertyAttributes attributes = promiseConstructor->getOwnProperty(m_v4->symbol_species()->toPropertyKey(), property);
    if (!attributes.isAccessor())
        return false;
    if (m_speciesGetter.isUndefined())
        m_speciesGetter.set(m_v4, property->value);
    if (m_speciesGetter.valueRef()->rawValue() != property->value.rawValue())
        return false;
    m_speciesClass.set(m_v4, promiseConstructor->internalClass()->asReturnedValue());
    m_speciesSlot = promiseConstructor->internalClass()->findValueOrGetter(m_v4->symbol_species()->toPropertyKey()).index;
    return true;
}

void Promises::settleCapability(const Value &capability, const Value &value, bool rejects)
{
    if (capability.isUndefined())
        return;
    if (PromiseHeap *promise = asPromise(capability)) {
        if (rejects)
            reject(promise, value);
        else
            resolve(promise, value);
        return;
    }
    Scope scope(m_v4);
    ScopedObject record(scope, capability);
    ScopedString name(scope, rejects ? m_rejectName.value() : m_resolveName.value());
    ScopedValue function(scope, record->get(name));
    Value *argument = scope.alloc(1);
    *argument = value;
    ScopedValue ignored(scope);
    // An error here has nowhere to go: the job's own completion is dropped by the host.
    m_core.call(function, Value::undefinedValue(), argument, 1, ignored);
}

/// The promise of a capability, if it is one of ours.
Promises::PromiseHeap *Promises::promiseOf(const Value &capability) const
{
    const LoopscopePromise *promise = capability.as<LoopscopePromise>();
    if (promise || !capability.isObject())
        return promise ? promise->d() : nullptr;
    Scope scope(m_v4);
    ScopedObject record(scope, capability);
    ScopedString name(scope, m_promiseName.value());
    ScopedValue value(scope, record->get(name));
    return asPromise(value);
}

void Promises::runJob(Heap::LoopscopeJob *jobHeap)
{
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope, jobHeap);
    ScopedValue capability(scope, job->d()->capability);
    ScopedValue handler(scope, job->d()->handler);
    ScopedValue result(scope);

    if (job->d()->kind == TaskKind::ThenableJob) {
        Scoped<LoopscopePromise> promise(scope, capability->as<LoopscopePromise>());
        Value *functions = scope.alloc(2);
        createResolvingFunctions(promise->d(), functions, functions + 1);
        ScopedValue thenable(scope, job->d()->argument);
        const auto *method = static_cast<const Heap::FunctionObject *>(handler->heapObject());
        m_adopts = method->jsCall == m_intrinsicThen && asPromise(thenable);
        const bool returned = m_core.call(handler, thenable, functions, 2, result);
        m_adopts = false;
        if (!returned && !m_core.isStopping()) {
            Value *argument = scope.alloc(1);
            *argument = result;
            ScopedValue ignored(scope);
            m_core.call(functions[1], Value::undefinedValue(), argument, 1, ignored);
        }
        return;
    }

    Value *argument = scope.alloc(1);
    *argument = job->d()->argument;
    const bool rejected = job->d()->isRejected;
    if (const LoopscopeCoroutine *coroutine = handler->as<LoopscopeCoroutine>()) {
        Tracer &tracer = m_core.tracer();
        tracer.emitEvent(EventKind::AwaitResumed, 0, coroutine->d()->promise ? coroutine->d()->promise->subject : 0,
            coroutine->d()->awaitSite, coroutine->d()->awaited);
        m_promiseOfJob = coroutine->d()->promise;
        step(coroutine->d(), *argument, rejected);
        m_promiseOfJob = nullptr;
        if (PromiseHeap *standIn = asPromise(capability); standIn && !m_core.isStopping())
            announceResolution(standIn);
        return;
    }
    if (rejected)
        handler = job->d()->rejectHandler;
    if (handler->isUndefined()) {
        settleCapability(capability, *argument, rejected);
        return;
    }
    m_promiseOfJob = promiseOf(capability);
    const bool returned = m_core.call(handler, Value::undefinedValue(), argument, 1, result);
    m_promiseOfJob = nullptr;
    if (m_core.isStopping())
        return;
    if (job->d()->kind != TaskKind::AwaitContinuation)
        settleCapability(capability, result, !returned);
    else if (PromiseHeap *standIn = asPromise(capability))
        announceResolution(standIn);
}

} // namespace loopscope
