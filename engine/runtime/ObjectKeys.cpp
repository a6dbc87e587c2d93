// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ObjectKeys.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <memory>

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

} // namespace

void installObjectKeys(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject constructor(scope, engine->objectCtor()->d());
    defineNatives(engine, constructor, {{"keys", keys, 1}, {"assign", assign, 2}});
}

} // namespace loopscope
