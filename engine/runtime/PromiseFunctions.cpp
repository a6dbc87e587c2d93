// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The native function objects of promises: the constructor, the two resolving functions, and the elements of combinators.
#include "runtime/Promises.h"

namespace QV4 {
DEFINE_OBJECT_VTABLE(LoopscopeResolver);
DEFINE_OBJECT_VTABLE(LoopscopeElement);
DEFINE_OBJECT_VTABLE(LoopscopePromiseConstructor);
} // namespace QV4

namespace loopscope {

using namespace QV4;

ReturnedValue Promises::construct(const Value *argv, int argc, const Value *newTarget)
{
    Scope scope(m_v4);
    if (argc == 0 || !argv[0].as<FunctionObject>()) {
        ScopedValue shown(scope, argc ? argv[0] : Value::undefinedValue());
        const QString text = shown->isObject() ? QStringLiteral("#<Object>") : shown->toQStringNoThrow();
        return m_v4->throwTypeError(QStringLiteral("Promise resolver %1 is not a function").arg(text));
    }
    ScopedFunctionObject executor(scope, argv[0]);
    Scoped<LoopscopePromise> promise(scope);
    if (newTarget->sameValue(constructor())) {
        promise = create(m_core.siteOf(executor) != 0 ? PromiseOrigin::Constructor : PromiseOrigin::Runtime);
    } else {
        ScopedObject target(scope, *newTarget);
        ScopedObject prototype(scope, target->get(m_v4->id_prototype()));
        if (m_v4->hasException)
            return Encode::undefined();
        promise = create(PromiseOrigin::Constructor);
        if (prototype)
            promise->setPrototypeOf(prototype);
    }
    Value *functions = scope.alloc(2);
    createResolvingFunctions(promise->d(), functions, functions + 1);
    ScopedValue undefined(scope, Value::undefinedValue());
    executor->call(undefined, functions, 2);
    if (m_v4->hasException) {
        if (m_core.isStopping())
            return Encode::undefined();
        ScopedValue error(scope, m_v4->catchException());
        if (std::exchange(functions[0].as<LoopscopeResolver>()->d()->alreadyResolved, true))
            tellIgnored(promise->d()->subject, IgnoredSettle::Throw);
        else
            reject(promise->d(), error);
    }
    return promise->asReturnedValue();
}

void Promises::tellIgnored(SubjectId promise, IgnoredSettle what)
{
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::PromiseSettleIgnored, static_cast<quint8>(what), promise, m_core.callingSite(), 0);
}

template<typename T>
void Promises::makeFunction(Scoped<T> &slot, PersistentValue &functionClass)
{
    if (functionClass.isUndefined()) {
        slot = m_v4->memoryManager->allocate<T>();
        static_cast<Heap::FunctionObject *>(slot->d())->init(m_v4->rootContext());
        slot->defineReadonlyConfigurableProperty(m_v4->id_length(), Value::fromInt32(1));
        slot->defineReadonlyConfigurableProperty(m_v4->id_name(), *m_v4->id_empty());
        functionClass.set(m_v4, slot->d()->internalClass.get());
    } else {
        // Those that follow share the first one's class: its last members are `length` and `name`.
        slot = m_v4->memoryManager->allocateObject<T>(cachedClass(functionClass));
        static_cast<Heap::FunctionObject *>(slot->d())->init(m_v4->rootContext());
        slot->d()->setProperty(m_v4, cachedClass(functionClass)->size - 2, Value::fromInt32(1));
        slot->d()->setProperty(m_v4, cachedClass(functionClass)->size - 1, *m_v4->id_empty());
    }
    slot->d()->jsConstruct = nullptr;
}

ReturnedValue Promises::createElement(
    PromiseOrigin combinator, PromiseHeap *promiseHeap, quint32 index, const Value &settle, const Value &sibling)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    Scoped<LoopscopeElement> element(scope);
    makeFunction(element, m_elementClass);
    const LoopscopeElement *other = sibling.as<LoopscopeElement>();
    element->d()->settle.set(m_v4, settle);
    element->d()->promise.set(m_v4, promise ? promise->d() : nullptr);
    element->d()->sibling.set(m_v4, other ? other->d() : nullptr);
    element->d()->index = index;
    element->d()->combinator = combinator;
    element->d()->wasCalled = false;
    return element->asReturnedValue();
}

void Promises::createResolvingFunctions(PromiseHeap *promiseHeap, Value *resolveFunction, Value *rejectFunction)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    Scoped<LoopscopeResolver> resolver(scope);
    Scoped<LoopscopeResolver> rejecter(scope);
    const auto make = [&](Scoped<LoopscopeResolver> &slot, bool rejects) {
        makeFunction(slot, m_resolverClass);
        slot->d()->promise.set(m_v4, promise->d());
        slot->d()->rejects = rejects;
        slot->d()->alreadyResolved = false;
    };
    make(resolver, false);
    make(rejecter, true);
    resolver->d()->sibling.set(m_v4, nullptr);
    rejecter->d()->sibling.set(m_v4, resolver->d());
    *resolveFunction = resolver;
    *rejectFunction = rejecter;
}

} // namespace loopscope

namespace QV4 {

using loopscope::Promises;

void Heap::LoopscopePromiseConstructor::init(QV4::ExecutionContext *context)
{
    Heap::FunctionObject::init(context, QStringLiteral("Promise"));
}

ReturnedValue LoopscopePromiseConstructor::virtualCall(const FunctionObject *function, const Value *, const Value *, int)
{
    return function->engine()->throwTypeError(QStringLiteral("Promise constructor cannot be invoked without 'new'"));
}

ReturnedValue LoopscopePromiseConstructor::virtualCallAsConstructor(
    const FunctionObject *, const Value *argv, int argc, const Value *newTarget)
{
    return Promises::current().construct(argv, argc, newTarget);
}

ReturnedValue LoopscopeElement::virtualCall(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    Scoped<LoopscopeElement> element(scope, static_cast<const LoopscopeElement *>(function)->d());
    bool &wasCalled = element->d()->sibling ? element->d()->sibling->wasCalled : element->d()->wasCalled;
    if (std::exchange(wasCalled, true))
        return Encode::undefined();
    ScopedFunctionObject settle(scope, element->d()->settle);
    Value *arguments = scope.alloc(2);
    arguments[0] = Value::fromUInt32(element->d()->index);
    arguments[1] = argc > 0 ? argv[0] : Value::undefinedValue();
    return settle->call(nullptr, arguments, 2);
}

ReturnedValue LoopscopeResolver::virtualCall(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    Scoped<LoopscopeResolver> resolver(scope, static_cast<const LoopscopeResolver *>(function)->d());
    // Both functions of a pair share one flag, kept on the resolve function.
    bool &alreadyResolved = resolver->d()->sibling ? resolver->d()->sibling->alreadyResolved : resolver->d()->alreadyResolved;
    if (alreadyResolved) {
        const auto what = resolver->d()->rejects ? loopscope::IgnoredSettle::Reject : loopscope::IgnoredSettle::Resolve;
        Promises::current().tellIgnored(resolver->d()->promise->subject, what);
        return Encode::undefined();
    }
    alreadyResolved = true;
    ScopedValue value(scope, argc ? argv[0] : Value::undefinedValue());
    Scoped<LoopscopePromise> promise(scope, resolver->d()->promise.get());
    if (resolver->d()->rejects)
        Promises::current().reject(promise->d(), value);
    else
        Promises::current().resolve(promise->d(), value);
    return Encode::undefined();
}

} // namespace QV4
