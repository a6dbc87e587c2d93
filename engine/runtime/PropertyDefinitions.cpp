// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/PropertyDefinitions.h"

#include "runtime/Core.h"
#include "runtime/Deletion.h"
#include "runtime/Natives.h"

#include <private/qv4objectproto_p.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

namespace loopscope {

using namespace QV4;

namespace {

// ------------------------------------------------------------------------------------------------------------------ the setter's slot
//
// An accessor has two slots, and its class's table says which. When V4 makes an accessor of a data property, it adds a slot for the setter
// behind all others (InternalClass::changeMember) and notes the place in the table. But the table is shared with classes that the property
// still is a plain value in, and handed on to classes that are derived from these. In them the place belongs to another property, and V4
// takes a place that is noted for one that is there. So what is noted is put right before a property becomes an accessor.

/// The table of a class for itself alone.
void detach(PropertyHash &table)
{
    if (table.d->refCount == 1)
        return;
    const std::size_t bytes = static_cast<std::size_t>(table.d->alloc) * sizeof(PropertyHash::Entry);
    auto *copy = static_cast<PropertyHashData *>(::operator new(sizeof(PropertyHashData))); // its constructor is not exported
    std::memcpy(static_cast<void *>(copy), static_cast<const void *>(table.d), sizeof(PropertyHashData));
    copy->refCount = 1;
    copy->entries = static_cast<PropertyHash::Entry *>(std::malloc(bytes)); // as V4 frees it
    std::memcpy(static_cast<void *>(copy->entries), table.d->entries, bytes);
    --table.d->refCount;
    table.d = copy;
}

/// True if the noted slot was made for a setter of this very property, which has been an accessor before.
bool isOwnSlot(const Heap::InternalClass &shape, const PropertyHash::Entry &entry)
{
    if (entry.setterIndex >= shape.size)
        return false;
    const PropertyHash::Entry *entries = shape.propertyTable.d->entries;
    return std::none_of(entries, entries + shape.propertyTable.d->alloc, [&](const PropertyHash::Entry &other) {
        return other.identifier.isValid() && other.identifier != entry.identifier && other.index < shape.size
            && (other.index == entry.setterIndex || other.setterIndex == entry.setterIndex);
    });
}

bool hasTransition(const Heap::InternalClass &shape, PropertyKey key, PropertyAttributes attributes)
{
    InternalClassTransition wanted = {{key}, nullptr, static_cast<int>(attributes.all())};
    const auto found = std::lower_bound(shape.transitions.begin(), shape.transitions.end(), wanted);
    return found != shape.transitions.end() && *found == wanted && found->lookup != nullptr;
}

/// What V4 will make of a property that is no accessor yet.
PropertyAttributes accessorAttributes(PropertyAttributes current, PropertyAttributes asked)
{
    PropertyAttributes result;
    result.setType(PropertyAttributes::Accessor);
    result.setEnumerable((asked.hasEnumerable() ? asked : current).isEnumerable());
    result.setConfigurable((asked.hasConfigurable() ? asked : current).isConfigurable());
    result.resolve();
    return result;
}

/// To be called before the property `key` is defined as `asked`.
void prepareSetter(const Object &object, PropertyKey key, PropertyAttributes asked)
{
    if (!asked.isAccessor() || !key.isStringOrSymbol())
        return;
    Heap::InternalClass &shape = *object.internalClass();
    const PropertyHash::Entry *entry = shape.findEntry(key); // of a deleted property too
    if (!entry)
        return;
    const PropertyAttributes current = shape.propertyData.at(entry->index);
    if (current.isAccessor() || isOwnSlot(shape, *entry))
        return;
    const bool isMade = hasTransition(shape, key, accessorAttributes(current, asked));
    const uint place = isMade ? shape.size : UINT_MAX; // V4 adds a slot if none is noted
    if (entry->setterIndex == place)
        return;
    detach(shape.propertyTable);
    const PropertyHash::Entry *first = shape.findEntry(key);
    PropertyHash::Entry *entries = shape.propertyTable.d->entries;
    for (int index = 0; index < shape.propertyTable.d->alloc; ++index) {
        // There may be further entries of the same name, which V4 makes for the slot.
        if (entries[index].identifier == key)
            entries[index].setterIndex = &entries[index] == first ? place : shape.size;
    }
}

/// V4 forgets attributes for elements that are added behind one with attributes of its own: they are there, but not enumerated. In arrays
/// that it keeps as a tree, as those with accessors are, it does not. So `object` becomes one before an element is defined that asks for
/// attributes.
void preferTree(Object &object, PropertyKey key, PropertyAttributes asked)
{
    if (!key.isArrayIndex() || asked.isAccessor() || !(object.isArrayObject() || object.vtable() == Object::staticVTable()))
        return;
    if (object.arrayData() && object.arrayType() == Heap::ArrayData::Sparse)
        return;
    Scope scope(object.engine());
    ScopedProperty current(scope);
    const PropertyAttributes now = object.getOwnProperty(key, current);
    const bool isNew = now == PropertyAttributes(Attr_Invalid);
    if (isNew ? !object.isExtensible() : !now.isConfigurable())
        return;
    const bool isPlain = (asked.hasWritable() ? asked.isWritable() : !isNew) && (asked.hasEnumerable() ? asked.isEnumerable() : !isNew)
        && (asked.hasConfigurable() ? asked.isConfigurable() : !isNew);
    if (isPlain)
        return;
    ScopedProperty accessor(scope);
    accessor->set = Value::undefinedValue();
    object.defineOwnProperty(key, accessor, PropertyAttributes(Attr_Accessor));
    if (isNew)
        object.deleteProperty(key);
    else
        object.defineOwnProperty(key, current, now);
}

// ------------------------------------------------------------------------------------------------------------------------- natives

bool define(Object *object, PropertyKey key, const Property *property, PropertyAttributes attributes)
{
    if (!Core::current().isProxy(*object)) {
        renewClass(object->engine(), object);
        prepareSetter(*object, key, attributes);
        preferTree(*object, key, attributes);
    }
    return object->defineOwnProperty(key, property, attributes);
}

ReturnedValue throwRefusal(ExecutionEngine *engine, const Object *object, PropertyKey key)
{
    if (engine->hasException)
        return Encode::undefined();
    const bool isNew = object->getOwnProperty(key) == PropertyAttributes(Attr_Invalid);
    const QString text = isNew && !object->isExtensible() ? QStringLiteral("Cannot define property %1, object is not extensible")
                                                          : QStringLiteral("Cannot redefine property: %1");
    return engine->throwTypeError(text.arg(key.toQString()));
}

enum class OnRefusal { Throw, TellIt };

/// What Object.defineProperty and Reflect.defineProperty have in common: (object, key, descriptor).
ReturnedValue defineOne(ExecutionEngine *engine, const Value *argv, int argc, const char *caller, OnRefusal onRefusal)
{
    Scope scope(engine);
    ScopedObject object(scope, argumentAt(argv, argc, 0));
    if (!object)
        return engine->throwTypeError(QStringLiteral("%1.defineProperty called on non-object").arg(QLatin1String(caller)));
    ScopedPropertyKey key(scope, argumentAt(argv, argc, 1).toPropertyKey(engine));
    if (engine->hasException)
        return Encode::undefined();
    ScopedProperty property(scope);
    PropertyAttributes attributes;
    ObjectPrototype::toPropertyDescriptor(engine, argumentAt(argv, argc, 2), property, &attributes);
    if (engine->hasException)
        return Encode::undefined();
    const bool isDone = define(object, key, property, attributes);
    if (onRefusal == OnRefusal::TellIt)
        return Encode(isDone);
    return isDone ? object->asReturnedValue() : throwRefusal(engine, object, key);
}

ReturnedValue defineProperty(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return defineOne(function->engine(), argv, argc, "Object", OnRefusal::Throw);
}

ReturnedValue reflectDefineProperty(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    return defineOne(function->engine(), argv, argc, "Reflect", OnRefusal::TellIt);
}

/// Reads all descriptors before it defines the first property.
bool defineAll(ExecutionEngine *engine, Object *target, const Object *descriptors)
{
    struct Definition
    {
        Value *key; // and behind it the value and the setter
        PropertyAttributes attributes;
    };
    Scope scope(engine);
    ScopedObject source(scope, descriptors->d());
    ScopedObject keysTarget(scope, descriptors->d());
    ScopedPropertyKey key(scope);
    ScopedValue descriptor(scope);
    std::vector<Definition> definitions;
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(source->ownPropertyKeys(keysTarget));
    for (;;) {
        key = engine->hasException || !iterator ? PropertyKey::invalid() : iterator->next(keysTarget, nullptr, nullptr);
        if (engine->hasException)
            return false;
        if (!key->isValid())
            break;
        const PropertyAttributes own = source->getOwnProperty(key);
        if (engine->hasException)
            return false;
        if (own == PropertyAttributes(Attr_Invalid) || !own.isEnumerable())
            continue;
        descriptor = source->get(key);
        Definition definition = {scope.alloc(3), {}};
        *definition.key = key->isArrayIndex() ? Value::fromDouble(key->asArrayIndex())
                                              : Value::fromReturnedValue(key->asStringOrSymbol()->asReturnedValue());
        if (!engine->hasException) {
            ObjectPrototype::toPropertyDescriptor(
                engine, descriptor, reinterpret_cast<Property *>(definition.key + 1), &definition.attributes);
        }
        if (engine->hasException)
            return false;
        definitions.push_back(definition);
    }
    for (const Definition &definition : definitions) {
        key = definition.key->toPropertyKey(engine);
        if (!define(target, key, reinterpret_cast<Property *>(definition.key + 1), definition.attributes)) {
            throwRefusal(engine, target, key);
            return false;
        }
    }
    return true;
}

// Object.defineProperties(object, descriptors)
ReturnedValue defineProperties(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, argumentAt(argv, argc, 0));
    if (!object)
        return engine->throwTypeError(QStringLiteral("Object.defineProperties called on non-object"));
    ScopedObject descriptors(scope, argumentAt(argv, argc, 1).toObject(engine));
    if (engine->hasException || !defineAll(engine, object, descriptors))
        return Encode::undefined();
    return object->asReturnedValue();
}

/// Object.prototype.__defineGetter__ and __defineSetter__ are V4's own but for the preparation.
template<NativeFunction own>
ReturnedValue defineAccessor(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, *thisObject);
    if (!object || argc < 2)
        return own(function, thisObject, argv, argc);
    ScopedPropertyKey key(scope, argv[0].toPropertyKey(engine));
    if (engine->hasException)
        return Encode::undefined();
    Value *arguments = scope.alloc(2);
    arguments[0] =
        key->isArrayIndex() ? Value::fromDouble(key->asArrayIndex()) : Value::fromReturnedValue(key->asStringOrSymbol()->asReturnedValue());
    arguments[1] = argv[1];
    if (!Core::current().isProxy(*object)) {
        renewClass(engine, object);
        prepareSetter(*object, key, PropertyAttributes(Attr_Accessor));
    }
    return own(function, thisObject, arguments, 2);
}

/// Object.freeze and Object.seal are V4's own, which forgets elements that it keeps as a tree.
template<NativeFunction own, bool isFrozen>
ReturnedValue harden(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    Scope scope(function);
    ScopedValue result(scope, own(function, thisObject, argv, argc));
    ScopedObject object(scope, result);
    if (scope.hasException() || !object || Core::current().isProxy(*object) || !object->arrayData()
        || object->arrayType() != Heap::ArrayData::Sparse)
        return result->asReturnedValue();
    ScopedObject target(scope, object->d());
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(object->ownPropertyKeys(target));
    ScopedProperty none(scope);
    none->value = Value::emptyValue();
    for (;;) {
        PropertyAttributes current;
        const PropertyKey key = iterator->next(target, nullptr, &current);
        if (!key.isArrayIndex())
            break;
        PropertyAttributes hardened;
        hardened.setConfigurable(false);
        if (isFrozen && !current.isAccessor())
            hardened.setWritable(false);
        object->defineOwnProperty(key, none, hardened);
    }
    return result->asReturnedValue();
}

/// Object.isFrozen and Object.isSealed, which V4 answers wrong for accessors among elements.
template<NativeFunction own, bool isFrozen>
ReturnedValue isHard(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    Scope scope(function);
    ScopedObject object(scope, argumentAt(argv, argc, 0));
    if (!object || Core::current().isProxy(*object) || !object->arrayData() || object->arrayType() != Heap::ArrayData::Sparse)
        return own(function, thisObject, argv, argc);
    bool isHard = !object->isExtensible();
    ScopedObject target(scope, object->d());
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(object->ownPropertyKeys(target));
    while (isHard) {
        PropertyAttributes current;
        const PropertyKey key = iterator->next(target, nullptr, &current);
        if (!key.isValid())
            break;
        isHard = !current.isConfigurable() && !(isFrozen && current.isData() && current.isWritable());
    }
    return Encode(isHard);
}

} // namespace

void installPropertyDefinitions(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject constructor(scope, engine->objectCtor()->d());
    defineNatives(engine, constructor,
        {{"defineProperty", defineProperty, 3}, {"defineProperties", defineProperties, 2},
            {"freeze", harden<ObjectPrototype::method_freeze, true>, 1}, {"seal", harden<ObjectPrototype::method_seal, false>, 1},
            {"isFrozen", isHard<ObjectPrototype::method_isFrozen, true>, 1},
            {"isSealed", isHard<ObjectPrototype::method_isSealed, false>, 1}});
    ScopedObject prototype(scope, engine->objectPrototype()->d());
    defineNatives(engine, prototype,
        {{"__defineGetter__", defineAccessor<ObjectPrototype::method_defineGetter>, 2},
            {"__defineSetter__", defineAccessor<ObjectPrototype::method_defineSetter>, 2}});
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("Reflect")));
    ScopedObject reflect(scope, engine->globalObject->get(name));
    defineNatives(engine, reflect, {{"defineProperty", reflectDefineProperty, 3}});
}

} // namespace loopscope
