// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ErrorNatives.h"

#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

namespace {

PersistentValue &stackSetter()
{
    static thread_local PersistentValue setter;
    return setter;
}

bool isKey(const Heap::InternalClass *internalClass, uint index, ExecutionEngine *engine, const char *name)
{
    Scope scope(engine);
    ScopedString expected(scope, engine->newIdentifier(QString::fromLatin1(name)));
    return internalClass->size > index && internalClass->keyAt(index) == expected->toQString();
}

// unlockErrors(setter): the `stack` that V4 gives its errors can be changed and removed from now on; `setter` is called for assignments
ReturnedValue unlockErrors(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    stackSetter().set(engine, argv[0]);
    // The attributes lie in an array that all classes of errors share; no error was made yet.
    Heap::InternalClass *errorClass = engine->classes[EngineBase::Class_ErrorObject];
    if (isKey(errorClass, ErrorObject::Index_Stack, engine, "stack"))
        errorClass->propertyData.d->set(ErrorObject::Index_Stack, Attr_Accessor | Attr_NotEnumerable);
    return Encode::undefined();
}

// finishError(error) -> true at its first call for an error: takes V4's own properties off, and lets `stack` be assigned
ReturnedValue finishError(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    Scope scope(function);
    Scoped<ErrorObject> error(scope, argc > 0 ? argv[0].as<ErrorObject>() : nullptr);
    if (!error || !isKey(error->internalClass(), ErrorObject::Index_Stack, scope.engine, "stack")
        || !error->internalClass()->propertyData.d->at(ErrorObject::Index_Stack).isAccessor()
        || !error->propertyData(ErrorObject::Index_StackSetter)->isUndefined())
        return Encode(false);
    ScopedValue setter(scope, stackSetter().value());
    error->setProperty(ErrorObject::Index_StackSetter, setter);
    ScopedString name(scope, scope.engine->newIdentifier(QStringLiteral("fileName")));
    error->deleteProperty(name->propertyKey());
    name = scope.engine->newIdentifier(QStringLiteral("lineNumber"));
    error->deleteProperty(name->propertyKey());
    return Encode(true);
}

} // namespace

void defineErrorNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"unlockErrors", unlockErrors, 1}, {"finishError", finishError, 1}});
}

} // namespace loopscope
