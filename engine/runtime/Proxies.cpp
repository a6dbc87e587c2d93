// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Proxies.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <array>
#include <cstring>
#include <new>

namespace loopscope {

using namespace QV4;

namespace {

// V4 does not export its tables of proxies, so ours are copies of what it gave its first proxies, with some entries changed. The originals
// stay their parents, by which V4 tells what an object is.
struct ProxyTable
{
    const VTable *original = nullptr;
    VTable *ours = nullptr;
};
thread_local std::array<ProxyTable, 2> proxyTables; // of objects and of functions
thread_local VTable::CallAsConstructor constructOriginal = nullptr;
thread_local VTable::Call revocableOriginal = nullptr;

ReturnedValue throwAbout(const char *words, PropertyKey key, ExecutionEngine *engine)
{
    const QString name = key.isSymbol() ? key.toQString() : QStringLiteral("'%1'").arg(key.toQString());
    return engine->throwTypeError(QStringLiteral("'getOwnPropertyDescriptor' on proxy: %1").arg(QString::fromLatin1(words).arg(name)));
}

/// Whether the trap may say "there is none" of a property that the target describes by `attributes`.
bool mayBeAbsent(ExecutionEngine *engine, const Object &target, PropertyKey key, PropertyAttributes attributes)
{
    if (attributes.isEmpty())
        return true;
    if (!attributes.isConfigurable()) {
        throwAbout("trap returned undefined for property %1 which is non-configurable in the proxy target", key, engine);
        return false;
    }
    if (!target.isExtensible() && !engine->hasException) {
        throwAbout("trap returned undefined for property %1 which exists in the non-extensible proxy target", key, engine);
        return false;
    }
    return !engine->hasException;
}

/// ECMAScript's IsCompatiblePropertyDescriptor and the invariants after it. `told` is complete.
bool mayBeTold(ExecutionEngine *engine, const Object &target, PropertyKey key, Property *own, PropertyAttributes ownAttributes,
    Property *told, PropertyAttributes toldAttributes)
{
    const bool isExtensible = target.isExtensible();
    if (engine->hasException)
        return false;
    const bool fits = ownAttributes.isEmpty() ? isExtensible : own->isCompatible(ownAttributes, told, toldAttributes);
    if (!fits) {
        throwAbout(
            "trap returned descriptor for property %1 that is incompatible with the existing property in the proxy target", key, engine);
        return false;
    }
    if (toldAttributes.isConfigurable())
        return true;
    if (ownAttributes.isEmpty() || ownAttributes.isConfigurable()) {
        throwAbout("trap reported non-configurability for property %1 which is either non-existent or configurable in the proxy target",
            key, engine);
        return false;
    }
    if (toldAttributes.isData() && !toldAttributes.isWritable() && ownAttributes.isWritable()) {
        throwAbout(
            "trap reported non-configurable and writable for property %1 which is non-configurable, non-writable in the proxy target", key,
            engine);
        return false;
    }
    return true;
}

PropertyAttributes getOwnProperty(const Managed *managed, PropertyKey id, Property *property)
{
    const auto *proxy = static_cast<const ProxyObject *>(managed);
    ExecutionEngine *engine = proxy->engine();
    Scope scope(engine);
    if (!proxy->d()->handler) {
        engine->throwTypeError(QStringLiteral("Cannot perform 'getOwnPropertyDescriptor' on a proxy that has been revoked"));
        return Attr_Invalid;
    }
    ScopedObject target(scope, proxy->d()->target);
    ScopedObject handler(scope, proxy->d()->handler);
    ScopedString name(scope, engine->newString(QStringLiteral("getOwnPropertyDescriptor")));
    ScopedValue trap(scope, handler->get(name));
    if (engine->hasException)
        return Attr_Invalid;
    if (trap->isNullOrUndefined())
        return target->getOwnProperty(id, property);
    const FunctionObject *function = trap->as<FunctionObject>();
    if (!function) {
        engine->throwTypeError(QStringLiteral("%1 is not a function").arg(trap->toQStringNoThrow()));
        return Attr_Invalid;
    }
    Value *arguments = scope.alloc(2);
    arguments[0] = target;
    arguments[1] = id.isArrayIndex() ? Value::fromHeapObject(engine->newString(QString::number(id.asArrayIndex())))
                                     : Value::fromHeapObject(id.asStringOrSymbol());
    ScopedValue answer(scope, function->call(handler, arguments, 2));
    if (engine->hasException)
        return Attr_Invalid;
    if (!answer->isUndefined() && !answer->isObject()) {
        throwAbout("trap returned neither object nor undefined for property %1", id, engine);
        return Attr_Invalid;
    }
    ScopedProperty own(scope);
    const PropertyAttributes ownAttributes = target->getOwnProperty(id, own);
    if (engine->hasException)
        return Attr_Invalid;
    if (answer->isUndefined()) {
        mayBeAbsent(engine, *target, id, ownAttributes);
        return Attr_Invalid;
    }
    ScopedProperty told(scope);
    PropertyAttributes toldAttributes;
    ObjectPrototype::toPropertyDescriptor(engine, answer, told, &toldAttributes);
    if (engine->hasException)
        return Attr_Invalid;
    told->completed(&toldAttributes);
    if (!mayBeTold(engine, *target, id, own, ownAttributes, told, toldAttributes))
        return Attr_Invalid;
    if (property) {
        property->value = told->value;
        property->set = told->set;
    }
    return toldAttributes;
}

Heap::String *nameOf(ExecutionEngine *engine, const Lookup &lookup)
{
    return engine->currentStackFrame->v4Function->compilationUnit->runtimeStrings[lookup.nameIndex];
}

// V4's cached look-ups take a proxy for an object without the property.
ReturnedValue resolveLookupGetter(const Object *object, ExecutionEngine *engine, Lookup *lookup)
{
    Scope scope(engine);
    ScopedString name(scope, nameOf(engine, *lookup));
    return object->get(name);
}

bool resolveLookupSetter(Object *object, ExecutionEngine *engine, Lookup *lookup, const Value &value)
{
    Scope scope(engine);
    ScopedString name(scope, nameOf(engine, *lookup));
    return object->put(name, value);
}

/// Gives a proxy our table.
void adopt(Object &proxy)
{
    const VTable *table = proxy.vtable();
    for (const ProxyTable &known : proxyTables) {
        if (known.original == table)
            proxy.d()->internalClass.set(proxy.engine(), proxy.internalClass()->changeVTable(known.ours));
    }
}

thread_local bool arrayProxyWasMade = false;

void noteTarget(const Value &target)
{
    const Object *object = target.as<Object>();
    arrayProxyWasMade = arrayProxyWasMade || (object && (object->isArrayObject() || Core::current().isProxy(*object)));
}

// hasArrayProxies() -> whether there may be a proxy of an array
ReturnedValue hasArrayProxies(const FunctionObject *, const Value *, const Value *, int) { return Encode(arrayProxyWasMade); }

ReturnedValue construct(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget)
{
    Scope scope(function->engine());
    ScopedObject proxy(scope, constructOriginal(function, argv, argc, newTarget));
    if (proxy) {
        adopt(*proxy);
        noteTarget(argv[0]);
    }
    return proxy ? proxy->asReturnedValue() : Encode::undefined();
}

/// Proxy.revocable, whose proxy V4 makes without asking the constructor.
ReturnedValue revocable(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject result(scope, revocableOriginal(function, thisObject, argv, argc));
    if (engine->hasException)
        return Encode::undefined();
    ScopedString name(scope, engine->newString(QStringLiteral("proxy")));
    ScopedObject proxy(scope, result->get(name));
    adopt(*proxy);
    noteTarget(argv[0]);
    return result->asReturnedValue();
}

ProxyTable copyTable(ExecutionEngine *engine, const FunctionObject &constructor, const Value &target)
{
    Scope scope(engine);
    Value *arguments = scope.alloc(2);
    arguments[0] = target;
    arguments[1] = engine->newObject();
    ScopedObject sample(scope, constructor.callAsConstructor(arguments, 2));
    const VTable *original = sample->vtable();
    const auto storage = static_cast<VTable *>(::operator new(sizeof(VTable)));
    std::memcpy(static_cast<void *>(storage), original, sizeof(VTable));
    std::memcpy(static_cast<void *>(storage), &original, sizeof(void *)); // VTable::parent, which is const and comes first
    storage->getOwnProperty = getOwnProperty;
    storage->resolveLookupGetter = resolveLookupGetter;
    storage->resolveLookupSetter = resolveLookupSetter;
    return {original, storage};
}

} // namespace

void installProxies(ExecutionEngine *engine, Object *binding)
{
    arrayProxyWasMade = false;
    defineNatives(engine, binding, {{"hasArrayProxies", hasArrayProxies}});
    Scope scope(engine);
    ScopedString name(scope, engine->newString(QStringLiteral("Proxy")));
    ScopedFunctionObject constructor(scope, engine->globalObject->get(name));
    ScopedObject target(scope, engine->newObject());
    if (!proxyTables[0].ours) // once a thread: V4's tables outlive its engines
        proxyTables = {copyTable(engine, *constructor, target), copyTable(engine, *constructor, constructor)};
    constructOriginal = constructor->d()->jsConstruct;
    constructor->d()->jsConstruct = construct;
    name = engine->newString(QStringLiteral("revocable"));
    ScopedFunctionObject function(scope, constructor->get(name));
    revocableOriginal = function->d()->jsCall;
    function->d()->jsCall = revocable;
}

} // namespace loopscope
