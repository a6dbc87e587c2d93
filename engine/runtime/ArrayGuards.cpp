// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ArrayGuards.h"

#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

namespace {

struct Originals
{
    PersistentValue push;
    PersistentValue unshift;
};

Originals &originals()
{
    static thread_local Originals functions;
    return functions;
}

ReturnedValue guarded(const PersistentValue &original, const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const ArrayObject *array = thisObject->as<ArrayObject>();
    if (array && argc > 0 && !array->internalClass()->isExtensible())
        return engine->throwTypeError(QStringLiteral("Cannot add property %1, object is not extensible").arg(array->getLength()));
    return static_cast<const FunctionObject *>(original.valueRef())->call(thisObject, argv, argc);
}

ReturnedValue push(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return guarded(originals().push, function, thisObject, argv, argc);
}

ReturnedValue unshift(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return guarded(originals().unshift, function, thisObject, argv, argc);
}

} // namespace

void installArrayGuards(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->arrayPrototype()->d());
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("push")));
    originals().push.set(engine, prototype->get(name));
    name = engine->newIdentifier(QStringLiteral("unshift"));
    originals().unshift.set(engine, prototype->get(name));
    defineNatives(engine, prototype, {{"push", push, 1}, {"unshift", unshift, 1}});
}

} // namespace loopscope
