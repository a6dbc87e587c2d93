// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ArrayLikes.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <algorithm>
#include <array>
#include <utility>

namespace loopscope {

using namespace QV4;

namespace {

constexpr std::array methodNames{
    "push", "pop", "shift", "unshift", "splice", "reverse", "fill", "copyWithin", "slice", "indexOf", "lastIndexOf", "concat"};
constexpr std::size_t concatIndex = methodNames.size() - 1;

struct ArrayLikes
{
    std::array<VTable::Call, methodNames.size()> originals{};
    PersistentValue load;
};

ArrayLikes &state()
{
    static thread_local ArrayLikes arrays;
    return arrays;
}

bool isArrayLike(const Value &value)
{
    const Object *object = value.as<Object>();
    return object && !object->isArrayObject();
}

ReturnedValue callGeneric(ExecutionEngine *engine, std::size_t method, const Value *thisObject, const Value *argv, int argc)
{
    Scope scope(engine);
    ScopedFunctionObject load(scope, state().load.value());
    ScopedValue name(scope, engine->newString(QLatin1String(methodNames[method])));
    ScopedFunctionObject generic(scope, load->call(nullptr, name, 1));
    return engine->hasException ? Encode::undefined() : generic->call(thisObject, argv, argc);
}

template<std::size_t method>
ReturnedValue call(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    const bool isOrdinary = thisObject->as<ArrayObject>() && (method != concatIndex || std::none_of(argv, argv + argc, isArrayLike));
    return isOrdinary ? state().originals[method](function, thisObject, argv, argc)
                      : callGeneric(function->engine(), method, thisObject, argv, argc);
}

template<std::size_t... methods>
constexpr std::array<VTable::Call, methodNames.size()> hooks(std::index_sequence<methods...>)
{
    return {call<methods>...};
}

ReturnedValue isArray(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function->engine());
    ScopedObject object(scope, argumentAt(argv, argc, 0));
    while (object && Core::current().isProxy(*object)) {
        const auto *proxy = static_cast<const Heap::ProxyObject *>(static_cast<const Heap::Base *>(object->d()));
        if (!proxy->handler)
            return scope.engine->throwTypeError(QStringLiteral("Cannot perform 'IsArray' on a proxy that has been revoked"));
        object = proxy->target;
    }
    return Encode(object && object->isArrayObject());
}

ReturnedValue setArrayLikeMethods(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    state().load.set(function->engine(), argumentAt(argv, argc, 0));
    return Encode::undefined();
}

} // namespace

void installArrayLikes(ExecutionEngine *engine, Object *binding)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->arrayPrototype()->d());
    ScopedString name(scope);
    ScopedFunctionObject method(scope);
    const auto calls = hooks(std::make_index_sequence<methodNames.size()>());
    for (std::size_t index = 0; index < methodNames.size(); ++index) {
        name = engine->newIdentifier(QLatin1String(methodNames[index]));
        method = prototype->get(name);
        state().originals[index] = std::exchange(method->d()->jsCall, calls[index]);
    }
    ScopedObject constructor(scope, engine->arrayCtor()->d());
    defineNatives(engine, constructor, {{"isArray", isArray, 1}});
    defineNatives(engine, binding, {{"setArrayLikeMethods", setArrayLikeMethods, 1}});
}

} // namespace loopscope
