// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/TypedArrays.h"

#include "runtime/Core.h"

#include <algorithm>

namespace loopscope {

using namespace QV4;

namespace {

VTable::CallAsConstructor &ownConstruct()
{
    static thread_local VTable::CallAsConstructor own = nullptr;
    return own;
}

/// A view of shared memory: V4 makes one of a buffer of the same size, with all its checks, and is then given the shared one.
ReturnedValue viewOfShared(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    Scoped<SharedArrayBuffer> shared(scope, argv[0]);
    Value *arguments = scope.alloc(argc);
    std::copy(argv, argv + argc, arguments);
    arguments[0] = engine->newArrayBuffer(static_cast<std::size_t>(shared->arrayDataLength()));
    Scoped<TypedArray> view(scope, ownConstruct()(function, arguments, argc, newTarget));
    if (engine->hasException || !view)
        return Encode::undefined();
    view->d()->buffer.set(engine, static_cast<Heap::ArrayBuffer *>(shared->d())); // which adds nothing to the class it is derived from
    return view->asReturnedValue();
}

/// `new` of a typed array
ReturnedValue construct(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget)
{
    const Object *source = argc > 0 ? argv[0].as<Object>() : nullptr;
    if (!source || source->isArrayObject() || source->as<TypedArray>() || source->as<ArrayBuffer>())
        return ownConstruct()(function, argv, argc, newTarget);
    if (source->as<SharedArrayBuffer>())
        return viewOfShared(function, argv, argc, newTarget);
    Scope scope(function);
    Value *arguments = scope.alloc(2);
    arguments[0] = argv[0];
    arguments[1] = source->get(scope.engine->symbol_iterator());
    if (scope.hasException())
        return Encode::undefined();
    if (!arguments[1].isNullOrUndefined()) {
        arguments[0] = Core::current().callHookOrThrow("listOfIterable", arguments, 2);
        if (scope.hasException())
            return Encode::undefined();
    }
    return ownConstruct()(function, arguments, 1, newTarget);
}

VTable::Call &ownApply()
{
    static thread_local VTable::Call own = nullptr;
    return own;
}

/// function.apply(receiver, array): V4 takes a typed array for a plain one without elements, and calls with nothing but undefined.
ReturnedValue apply(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (argc < 2 || !argv[1].as<TypedArray>())
        return ownApply()(function, thisObject, argv, argc);
    Scope scope(function);
    Scoped<TypedArray> view(scope, argv[1]);
    const uint length = view->length();
    ScopedArrayObject list(scope, scope.engine->newArrayObject());
    list->arrayReserve(length);
    ScopedValue element(scope);
    for (uint index = 0; index < length; ++index) {
        element = view->get(index);
        list->push_back(element);
    }
    Value *arguments = scope.alloc(2);
    arguments[0] = argv[0];
    arguments[1] = list;
    return ownApply()(function, thisObject, arguments, 2);
}

} // namespace

void installTypedArrays(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedString name(scope, engine->newString(QStringLiteral("apply")));
    ScopedFunctionObject applying(scope, engine->functionPrototype()->get(name));
    ownApply() = applying->d()->jsCall;
    applying->d()->jsCall = apply;
    ScopedFunctionObject constructor(scope);
    for (int kind = 0; kind < NTypedArrayTypes; ++kind) {
        constructor = engine->typedArrayCtors[kind];
        ownConstruct() = constructor->d()->jsConstruct;
        constructor->d()->jsConstruct = construct;
    }
}

} // namespace loopscope
