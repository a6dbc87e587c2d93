// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ForInKeys.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"

#include <QSet>

#include <memory>

using namespace QV4;

DEFINE_OBJECT_VTABLE(LoopscopeKeys);

namespace loopscope {

namespace {

thread_local PersistentValue keysPrototype;

uint elementsOf(const Object &object)
{
    const Heap::ArrayData *data = object.d()->arrayData;
    return data ? static_cast<uint>(object.isArrayObject() ? object.getLength() : data->values.size) : 0;
}

bool hasProxy(const Object &object)
{
    Scope scope(object.engine());
    ScopedObject holder(scope, object.d());
    for (; holder; holder = holder->getPrototypeOf()) {
        if (Core::current().isProxy(*holder))
            return true;
    }
    return false;
}

/// True if a property that is nearer hides the one of that name.
bool isHidden(const Object &object, const Object &holder, PropertyKey key)
{
    Scope scope(object.engine());
    ScopedObject nearer(scope, object.d());
    for (; nearer && nearer->d() != holder.d(); nearer = nearer->getPrototypeOf()) {
        if (!nearer->getOwnProperty(key).isEmpty())
            return true;
    }
    return false;
}

Value textOf(ExecutionEngine *engine, PropertyKey key)
{
    return key.isArrayIndex() ? Value::fromHeapObject(engine->newString(QString::number(key.asArrayIndex())))
                              : Value::fromHeapObject(key.asStringOrSymbol());
}

/// Visits the keys of `object` in order, its prototypes' included, until `visit` gives false.
template<typename Visit>
void forEachKey(const Object &object, Visit visit)
{
    Scope scope(object.engine());
    ScopedObject holder(scope, object.d());
    ScopedObject target(scope);
    ScopedPropertyKey key(scope);
    ScopedValue text(scope);
    for (; holder; holder = holder->getPrototypeOf()) {
        target = holder->d();
        const std::unique_ptr<OwnPropertyKeyIterator> iterator(holder->ownPropertyKeys(target));
        for (;;) {
            PropertyAttributes attributes;
            key = iterator->next(target, nullptr, &attributes);
            if (!key->isValid())
                break;
            if (key->isSymbol() || !attributes.isEnumerable() || isHidden(object, *holder, key))
                continue;
            text = textOf(scope.engine, key);
            if (!visit(holder->d() == object.d(), static_cast<PropertyKey>(key), *text))
                return;
        }
    }
}

/// The keys that are left after the first, without those that the first step added.
Heap::ArrayObject *keysLeft(ExecutionEngine *engine, const Heap::LoopscopeKeys *state, const Object &object)
{
    Scope scope(engine);
    const bool isChanged = object.internalClass() != state->shape || elementsOf(object) != state->elements;
    QSet<QString> names;
    for (uint index = 0; isChanged && index < state->shape->size; ++index)
        names.insert(state->shape->keyAt(index));
    ScopedArrayObject keys(scope, engine->newArrayObject());
    ScopedValue first(scope, state->keys->asReturnedValue());
    const ArrayObject *seen = first->as<ArrayObject>();
    ScopedValue seenKey(scope, seen->get(0U));
    forEachKey(object, [&](bool isOwn, PropertyKey key, const Value &text) {
        const bool isThere =
            !isChanged || !isOwn || (key.isArrayIndex() ? key.asArrayIndex() < state->elements : names.contains(text.toQStringNoThrow()));
        if (isThere && !RuntimeHelpers::strictEqual(text, seenKey))
            keys->push_back(text);
        return true;
    });
    return keys->d();
}

bool isStillThere(ExecutionEngine *engine, const Object &object, PropertyKey key)
{
    Scope scope(engine);
    ScopedObject holder(scope, object.d());
    for (; holder; holder = holder->getPrototypeOf()) {
        const PropertyAttributes attributes = holder->getOwnProperty(key);
        if (!attributes.isEmpty())
            return attributes.isEnumerable();
    }
    return false;
}

ReturnedValue next(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    Scoped<LoopscopeKeys> state(scope, *thisObject);
    if (!state)
        return engine->throwTypeError();
    ScopedObject object(scope, state->d()->object);
    ScopedValue key(scope, Value::undefinedValue());
    if (object && state->d()->index == 0) {
        // Many loops only want to know whether there is one.
        forEachKey(*object, [&](bool, PropertyKey, const Value &text) {
            key = text;
            return false;
        });
        ScopedArrayObject first(scope, engine->newArrayObject());
        first->push_back(key);
        state->d()->keys.set(engine, first->d());
        state->d()->index = 1;
    } else if (object) {
        if (state->d()->index == 1)
            state->d()->keys.set(engine, keysLeft(engine, state->d(), *object));
        ScopedArrayObject keys(scope, state->d()->keys);
        const auto count = static_cast<uint>(keys->getLength());
        ScopedPropertyKey name(scope);
        while (key->isUndefined() && state->d()->index - 1 < count) {
            key = keys->get(state->d()->index++ - 1);
            name = key->toPropertyKey(engine);
            if (!isStillThere(engine, *object, name))
                key = Value::undefinedValue();
        }
        if (state->d()->index == 1)
            ++state->d()->index;
    }
    ScopedObject result(scope, engine->newObject());
    result->insertMember(engine->id_value(), key);
    result->insertMember(engine->id_done(), Value::fromBoolean(key->isUndefined()));
    return result->asReturnedValue();
}

ReturnedValue self(const FunctionObject *, const Value *thisObject, const Value *, int) { return thisObject->asReturnedValue(); }

ReturnedValue forIn(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, argv[0].isNullOrUndefined() ? Encode::undefined() : argv[0].toObject(engine)->asReturnedValue());
    if (object && hasProxy(*object))
        return engine->newForInIteratorObject(object)->asReturnedValue(); // traps want to be asked step by step
    ScopedObject prototype(scope, keysPrototype.value());
    Scoped<InternalClass> shape(scope, engine->newInternalClass(LoopscopeKeys::staticVTable(), prototype));
    Scoped<LoopscopeKeys> state(scope, engine->memoryManager->allocObject<LoopscopeKeys>(shape->d()));
    if (object) {
        state->d()->object.set(engine, object->d());
        state->d()->shape.set(engine, object->internalClass());
        state->d()->elements = elementsOf(*object);
    }
    return state->asReturnedValue();
}

} // namespace

void defineForInKeys(ExecutionEngine *engine, Object *binding)
{
    Scope scope(engine);
    ScopedObject prototype(scope, engine->newObject());
    defineNatives(engine, prototype, {{"next", next}});
    ScopedString name(scope, engine->newString(QStringLiteral("[Symbol.iterator]")));
    ScopedFunctionObject iterate(scope, FunctionObject::createBuiltinFunction(engine, name, self, 0));
    ScopedStringOrSymbol symbol(scope, engine->symbol_iterator());
    prototype->put(symbol, iterate);
    keysPrototype.set(engine, prototype);
    defineNatives(engine, binding, {{"forIn", forIn, 1}});
}

} // namespace loopscope
