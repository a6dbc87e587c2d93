// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Inheritance.h"

#include "runtime/BigInts.h"
#include "runtime/Core.h"
#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

namespace {

/// True if `prototype` is on the chain of `value`'s prototypes; false with an exception pending if a trap threw.
bool inheritsFrom(ExecutionEngine *engine, const Value &value, const Object &prototype)
{
    Scope scope(engine);
    ScopedObject holder(scope, value);
    while (holder) {
        holder = holder->getPrototypeOf();
        if (engine->hasException)
            return false;
        if (holder && holder->d() == prototype.d())
            return true;
    }
    return false;
}

bool isRealObject(const Value &value) { return value.isObject() && !bigIntOf(value); }

/// ECMAScript's OrdinaryHasInstance, as Function.prototype[Symbol.hasInstance].
ReturnedValue hasInstance(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    const FunctionObject *constructor = thisObject->as<FunctionObject>();
    if (!constructor)
        return Encode(false);
    Scope scope(engine);
    ScopedValue value(scope, argumentAt(argv, argc, 0));
    if (Core::current().isBoundFunction(*constructor)) {
        ScopedValue target(scope, static_cast<const BoundFunction *>(constructor)->target());
        return Runtime::Instanceof::call(engine, value, target);
    }
    if (!isRealObject(value))
        return Encode(false);
    ScopedValue prototype(scope, constructor->get(engine->id_prototype()));
    if (engine->hasException)
        return Encode::undefined();
    if (!isRealObject(prototype)) {
        return engine->throwTypeError(
            QStringLiteral("Function has non-object prototype '%1' in instanceof check").arg(prototype->toQStringNoThrow()));
    }
    return Encode(inheritsFrom(engine, value, static_cast<const Object &>(*prototype)));
}

ReturnedValue isPrototypeOf(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    if (argc == 0 || !isRealObject(argv[0]))
        return Encode(false);
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject prototype(scope, thisObject->toObject(engine));
    return engine->hasException ? Encode::undefined() : Encode(inheritsFrom(engine, argv[0], *prototype));
}

/// What V4 answers without asking Symbol.hasInstance: that of a plain function, going by what it knows of prototypes.
bool isAnsweredByV4(ExecutionEngine *engine, const Value &constructor)
{
    const FunctionObject *function = constructor.as<FunctionObject>();
    return function && function->d()->prototype() == engine->functionPrototype()->d() && !Core::current().isProxy(*function)
        && !Core::current().isBoundFunction(*function);
}

ReturnedValue inherits(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    if (!isRealObject(argv[0]) || !isAnsweredByV4(engine, argv[1]))
        return Encode(false);
    Scope scope(engine);
    if (!static_cast<const Object &>(argv[1]).getOwnProperty(engine->symbol_hasInstance()->propertyKey()).isEmpty())
        return Encode(false);
    return hasInstance(function, argv + 1, argv, 1);
}

} // namespace

ReturnedValue isInstance(const FunctionObject *function, const Value *thisObject, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    const Value answer = Value::fromReturnedValue(Runtime::Instanceof::call(engine, argv[0], argv[1]));
    if (engine->hasException || answer.booleanValue())
        return answer.asReturnedValue();
    return inherits(function, thisObject, argv, 2);
}

void installInheritance(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"inherits", inherits, 2}, {"instanceOf", isInstance, 2}});
    Scope scope(engine);
    ScopedObject prototype(scope, engine->functionPrototype()->d());
    ScopedFunctionObject original(scope, prototype->get(engine->symbol_hasInstance()));
    original->d()->jsCall = hasInstance;
    prototype = engine->objectPrototype()->d();
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("isPrototypeOf")));
    original = prototype->get(name);
    original->d()->jsCall = isPrototypeOf;
}

} // namespace loopscope
