// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ObjectKeys.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <algorithm>
#include <array>
#include <memory>
#include <utility>

namespace loopscope {

using namespace QV4;

namespace {

/// The names of the own enumerable properties of `object` as values in an array: index names, then strings, then (if asked for) symbols.
/// Null with an exception pending if a trap of a proxy threw.
Heap::ArrayObject *enumerableNames(ExecutionEngine *engine, const Object *object, bool withSymbols)
{
    Scope scope(engine);
    const bool isProxy = Core::current().isProxy(*object);
    ScopedArrayObject names(scope, engine->newArrayObject());
    ScopedObject target(scope, object->d());
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(object->ownPropertyKeys(target));
    if (engine->hasException || !iterator)
        return nullptr;
    ScopedPropertyKey key(scope);
    ScopedValue name(scope);
    for (;;) {
        PropertyAttributes attributes;
        key = iterator->next(target, nullptr, isProxy ? nullptr : &attributes);
        if (engine->hasException)
            return nullptr;
        if (!key->isValid())
            return names->d();
        if (key->isSymbol() && !withSymbols)
            continue;
        if (isProxy && !withSymbols) { // its trap is asked for names only
            attributes = object->getOwnProperty(key);
            if (engine->hasException)
                return nullptr;
        }
        if ((!isProxy || !withSymbols) && (attributes.isEmpty() || !attributes.isEnumerable()))
            continue;
        if (key->isArrayIndex())
            name = engine->newString(QString::number(key->asArrayIndex()));
        else
            name = key->asStringOrSymbol();
        names->push_back(name);
    }
}

ReturnedValue keys(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, argumentAt(argv, argc, 0).toObject(engine));
    if (engine->hasException)
        return Encode::undefined();
    const Heap::ArrayObject *names = enumerableNames(engine, object, false);
    return names ? Encode(const_cast<Heap::ArrayObject *>(names)) : Encode::undefined();
}

/// V8's words for a property that cannot be set.
ReturnedValue throwReadOnly(ExecutionEngine *engine, const Value &name, const Object *target)
{
    return engine->throwTypeError(
        QStringLiteral("Cannot assign to read only property '%1' of object '%2'")
            .arg(name.toQStringNoThrow(), target->isArrayObject() ? QStringLiteral("[object Array]") : QStringLiteral("#<Object>")));
}

/// ECMAScript's Object.assign. False if something threw.
bool assignFrom(ExecutionEngine *engine, Object *target, const Value &given)
{
    Scope scope(engine);
    ScopedObject source(scope, given.toObject(engine));
    ScopedArrayObject names(scope, enumerableNames(engine, source, true));
    if (engine->hasException)
        return false;
    ScopedValue name(scope);
    ScopedValue value(scope);
    ScopedPropertyKey key(scope);
    const auto count = static_cast<uint>(names->getLength());
    for (uint index = 0; index < count; ++index) {
        name = names->get(index);
        key = name->toPropertyKey(engine);
        // A getter or trap that ran meanwhile may have changed the source.
        const PropertyAttributes attributes = source->getOwnProperty(key);
        if (engine->hasException)
            return false;
        if (attributes.isEmpty() || !attributes.isEnumerable())
            continue;
        value = source->get(key);
        if (engine->hasException)
            return false;
        const bool isSet = target->put(key, value);
        if (engine->hasException)
            return false;
        if (!isSet) {
            throwReadOnly(engine, name, target);
            return false;
        }
    }
    return true;
}

ReturnedValue assign(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject target(scope, argumentAt(argv, argc, 0).toObject(engine));
    if (engine->hasException)
        return Encode::undefined();
    for (int index = 1; index < argc; ++index) {
        if (!argv[index].isNullOrUndefined() && !assignFrom(engine, target, argv[index]))
            return Encode::undefined();
    }
    return target->asReturnedValue();
}

thread_local VTable::Call originalNames = nullptr;
thread_local VTable::Call originalKeys = nullptr;

/// V8 gives `length`, `name` and `prototype` of a function first, in this order; V4 puts `prototype` in front of them or `name` before
/// `length`.
ReturnedValue inOrderOfFunctions(ExecutionEngine *engine, const Value &object, ReturnedValue given)
{
    const FunctionObject *function = object.as<FunctionObject>();
    if (engine->hasException || !function || Core::current().isProxy(*function))
        return given;
    Scope scope(engine);
    ScopedArrayObject names(scope, given);
    ScopedArrayObject ordered(scope, engine->newArrayObject());
    ScopedValue name(scope);
    const std::array first{engine->id_length(), engine->id_name(), engine->id_prototype()};
    const auto count = static_cast<uint>(names->getLength());
    const auto isNamed = [&name](const String *text) { return name->isString() && name->stringValue()->isEqualTo(text); };
    uint elements = 0; // index names come before all
    for (; elements < count; ++elements) {
        name = names->get(elements);
        if (!name->isString() || !name->stringValue()->toPropertyKey().isArrayIndex())
            break;
        ordered->push_back(name);
    }
    for (const String *text : first) {
        for (uint index = elements; index < count; ++index) {
            name = names->get(index);
            if (isNamed(text))
                ordered->push_back(name);
        }
    }
    for (uint index = elements; index < count; ++index) {
        name = names->get(index);
        if (std::none_of(first.begin(), first.end(), isNamed))
            ordered->push_back(name);
    }
    return ordered->asReturnedValue();
}

ReturnedValue ownNames(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return inOrderOfFunctions(function->engine(), argumentAt(argv, argc, 0), originalNames(function, thisObject, argv, argc));
}

ReturnedValue ownKeys(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    return inOrderOfFunctions(function->engine(), argumentAt(argv, argc, 0), originalKeys(function, thisObject, argv, argc));
}

/// Puts a call in place of that of a built-in function; gives the built-in's.
VTable::Call replaceCall(ExecutionEngine *engine, const Object &holder, const char *name, VTable::Call call)
{
    Scope scope(engine);
    ScopedString text(scope, engine->newIdentifier(QString::fromLatin1(name)));
    ScopedFunctionObject function(scope, holder.get(text));
    return std::exchange(function->d()->jsCall, call);
}

} // namespace

void installObjectKeys(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject constructor(scope, engine->objectCtor()->d());
    defineNatives(engine, constructor, {{"keys", keys, 1}, {"assign", assign, 2}});
    originalNames = replaceCall(engine, *constructor, "getOwnPropertyNames", ownNames);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("Reflect")));
    ScopedObject reflect(scope, engine->globalObject->get(name));
    originalKeys = replaceCall(engine, *reflect, "ownKeys", ownKeys);
}

} // namespace loopscope
