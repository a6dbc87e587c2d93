// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Collections.h"

#include "runtime/CollectionTable.h"
#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

namespace {

/// V4's classes of objects, told apart by their tables of functions, which only objects show.
struct ObjectKinds
{
    const VTable *map = nullptr;
    const VTable *set = nullptr;
    static ObjectKinds &current()
    {
        static thread_local ObjectKinds kinds;
        return kinds;
    }
};

enum class Kind : quint8 { Map, WeakMap, Set, WeakSet };

const char *nameOf(Kind kind)
{
    switch (kind) {
    case Kind::Map:
        return "Map";
    case Kind::WeakMap:
        return "WeakMap";
    case Kind::Set:
        return "Set";
    case Kind::WeakSet:
        return "WeakSet";
    }
    return "";
}

constexpr bool isMapKind(Kind kind) { return kind == Kind::Map || kind == Kind::WeakMap; }
constexpr bool isWeakKind(Kind kind) { return kind == Kind::WeakMap || kind == Kind::WeakSet; }

CollectionStorage *storageOf(const Value &value, Kind kind)
{
    const Object *object = value.objectValue();
    if (!object)
        return nullptr;
    if (isMapKind(kind)) {
        if (object->vtable() != ObjectKinds::current().map)
            return nullptr;
        const auto *map = static_cast<const Heap::MapObject *>(static_cast<const Heap::Base *>(object->d()));
        return map->isWeakMap == isWeakKind(kind) ? reinterpret_cast<CollectionStorage *>(map->esTable) : nullptr;
    }
    if (object->vtable() != ObjectKinds::current().set)
        return nullptr;
    const auto *set = static_cast<const Heap::SetObject *>(static_cast<const Heap::Base *>(object->d()));
    return set->isWeakSet == isWeakKind(kind) ? reinterpret_cast<CollectionStorage *>(set->esTable) : nullptr;
}

/// A value as V8's messages show it.
QString shown(const Value &value)
{
    if (value.isString())
        return QLatin1Char('"') + value.toQString() + QLatin1Char('"');
    const Object *object = value.objectValue();
    if (!object || object->as<FunctionObject>())
        return value.toQStringNoThrow();
    Scope scope(object->engine());
    ScopedString name(scope, scope.engine->newIdentifier(QStringLiteral("constructor")));
    ScopedObject constructor(scope, object->get(name));
    name = scope.engine->newIdentifier(QStringLiteral("name"));
    ScopedValue text(scope, constructor ? constructor->get(name) : Encode::undefined());
    scope.engine->hasException = false;
    return QStringLiteral("#<%1>").arg(text->isString() ? text->toQString() : QStringLiteral("Object"));
}

/// With its type before it, as V8 words what forEach refuses.
QString described(const Value &value)
{
    if (value.isUndefined())
        return QStringLiteral("undefined");
    if (value.isString())
        return QStringLiteral("string ") + shown(value);
    if (value.isNumber())
        return QStringLiteral("number ") + shown(value);
    if (value.isBoolean())
        return QStringLiteral("boolean ") + shown(value);
    return value.isNull() ? QStringLiteral("object null") : QStringLiteral("object");
}

ReturnedValue incompatible(const FunctionObject *function, Kind kind, const char *method, const Value &value)
{
    return function->engine()->throwTypeError(QStringLiteral("Method %1.prototype.%2 called on incompatible receiver %3")
                                                  .arg(QLatin1String(nameOf(kind)), QLatin1String(method), shown(value)));
}

template<Kind kind>
ReturnedValue getMethod(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "get", *thisObject);
    const uint entry = CollectionTable::of(storage, isWeakKind(kind)).find(argumentAt(argv, argc, 0));
    return entry == CollectionTable::NotFound ? Encode::undefined() : storage->values[entry].asReturnedValue();
}

template<Kind kind>
ReturnedValue hasMethod(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "has", *thisObject);
    return Encode(CollectionTable::of(storage, isWeakKind(kind)).find(argumentAt(argv, argc, 0)) != CollectionTable::NotFound);
}

template<Kind kind>
ReturnedValue deleteMethod(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "delete", *thisObject);
    return Encode(CollectionTable::of(storage, isWeakKind(kind)).remove(argumentAt(argv, argc, 0)));
}

/// Map.prototype.set and Set.prototype.add, and those of the weak ones.
template<Kind kind>
ReturnedValue addMethod(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, isMapKind(kind) ? "set" : "add", *thisObject);
    const Value key = argumentAt(argv, argc, 0);
    if (isWeakKind(kind) && !key.objectValue()) {
        return function->engine()->throwTypeError(
            isMapKind(kind) ? QStringLiteral("Invalid value used as weak map key") : QStringLiteral("Invalid value used in weak set"));
    }
    CollectionTable::of(storage, isWeakKind(kind)).set(key, isMapKind(kind) ? argumentAt(argv, argc, 1) : Value::undefinedValue());
    return thisObject->asReturnedValue();
}

template<Kind kind>
ReturnedValue clearMethod(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "clear", *thisObject);
    CollectionTable::of(storage, false).clear();
    return Encode::undefined();
}

template<Kind kind>
ReturnedValue sizeGetter(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "size", *thisObject);
    return Encode(CollectionTable::of(storage, false).count());
}

/// The heap object of an iterator of a kind, or null.
template<Kind kind>
auto iteratorOf(const Value &value)
{
    using Iterator = std::conditional_t<kind == Kind::Map, Heap::MapIteratorObject, Heap::SetIteratorObject>;
    const Managed *managed = value.as<Managed>();
    const auto type = kind == Kind::Map ? Managed::Type_MapIteratorObject : Managed::Type_SetIteratorObject;
    return managed && managed->vtable()->type == type ? static_cast<Iterator *>(managed->heapObject()) : nullptr;
}

/// An object that all iterator results share the class of: { value, done }.
PersistentValue &resultTemplate()
{
    static thread_local PersistentValue object;
    return object;
}

void makeResultTemplate(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedObject result(scope, engine->newObject());
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("value")));
    result->insertMember(name, Value::undefinedValue());
    name = engine->newIdentifier(QStringLiteral("done"));
    result->insertMember(name, Value::fromBoolean(false));
    resultTemplate().set(engine, result->asReturnedValue());
}

ReturnedValue iteratorResult(ExecutionEngine *engine, const Value &value, bool done)
{
    Scope scope(engine);
    ScopedObject result(scope, engine->newObject(resultTemplate().valueRef()->objectValue()->internalClass()));
    result->setProperty(0, value);
    result->setProperty(1, Value::fromBoolean(done));
    return result->asReturnedValue();
}

template<Kind kind>
ReturnedValue nextMethod(const FunctionObject *function, const Value *thisObject, const Value *, int)
{
    ExecutionEngine *engine = function->engine();
    auto *iterator = iteratorOf<kind>(*thisObject);
    if (!iterator) {
        return engine->throwTypeError(QStringLiteral("Method %1 Iterator.prototype.next called on incompatible receiver %2")
                                          .arg(QLatin1String(nameOf(kind)), shown(*thisObject)));
    }
    Scope scope(engine);
    quint32 *position = nullptr;
    ScopedObject collection(scope);
    if constexpr (kind == Kind::Map) {
        position = &iterator->mapNextIndex;
        collection = iterator->iteratedMap.get();
    } else {
        position = &iterator->setNextIndex;
        collection = iterator->iteratedSet.get();
    }
    CollectionStorage *storage = collection ? storageOf(collection, kind) : nullptr;
    if (!storage)
        return iteratorResult(engine, Value::undefinedValue(), true);
    CollectionTable &table = CollectionTable::of(storage, false);
    const bool isFirst = *position == 0;
    while (*position < storage->size && storage->keys[*position].isEmpty())
        ++*position;
    if (*position >= storage->size) {
        table.removeIterator(position);
        if constexpr (kind == Kind::Map)
            iterator->iteratedMap.set(engine, nullptr);
        else
            iterator->iteratedSet.set(engine, nullptr);
        return iteratorResult(engine, Value::undefinedValue(), true);
    }
    ScopedValue key(scope, storage->keys[*position]);
    ScopedValue value(scope, kind == Kind::Map ? storage->values[*position] : storage->keys[*position]);
    ++*position;
    if (isFirst)
        table.addIterator(engine, *thisObject, position);
    if (iterator->iterationKind == KeyIteratorKind)
        return iteratorResult(engine, key, false);
    if (iterator->iterationKind == ValueIteratorKind)
        return iteratorResult(engine, value, false);
    Value *pair = scope.alloc(2);
    pair[0] = key;
    pair[1] = value;
    ScopedValue entry(scope, engine->newArrayObject(pair, 2));
    return iteratorResult(engine, entry, false);
}

template<Kind kind>
ReturnedValue forEachMethod(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    CollectionStorage *storage = storageOf(*thisObject, kind);
    if (!storage)
        return incompatible(function, kind, "forEach", *thisObject);
    Scope scope(engine);
    ScopedFunctionObject callback(scope, argumentAt(argv, argc, 0));
    if (!callback)
        return engine->throwTypeError(described(argumentAt(argv, argc, 0)) + QStringLiteral(" is not a function"));
    ScopedValue thisArgument(scope, argumentAt(argv, argc, 1));
    // An iterator of V4's keeps the place while the callback adds and removes.
    ScopedObject iterator(scope);
    if constexpr (kind == Kind::Map)
        iterator = engine->newMapIteratorObject(const_cast<Object *>(thisObject->objectValue()));
    else
        iterator = engine->newSetIteratorObject(const_cast<Object *>(thisObject->objectValue()));
    auto *state = iteratorOf<kind>(iterator);
    quint32 *position = nullptr;
    if constexpr (kind == Kind::Map)
        position = &state->mapNextIndex;
    else
        position = &state->setNextIndex;
    CollectionTable::of(storage, false).addIterator(engine, iterator, position);
    Value *arguments = scope.alloc(3);
    ScopedValue ignored(scope);
    for (;;) {
        while (*position < storage->size && storage->keys[*position].isEmpty())
            ++*position;
        if (*position >= storage->size)
            break;
        arguments[0] = kind == Kind::Map ? storage->values[*position] : storage->keys[*position];
        arguments[1] = storage->keys[*position];
        arguments[2] = *thisObject;
        ++*position;
        ignored = callback->call(thisArgument, arguments, 3);
        if (engine->hasException)
            break;
    }
    CollectionTable::of(storage, false).removeIterator(position);
    return Encode::undefined();
}

/// What an iterator has still to give, keys and values in turn if it gives both; null if it is no iterator of the kind.
template<Kind kind>
ReturnedValue restOf(ExecutionEngine *engine, const Value &value)
{
    auto *iterator = iteratorOf<kind>(value);
    if (!iterator)
        return Encode::null();
    Scope scope(engine);
    ScopedObject collection(scope);
    uint position = 0;
    if constexpr (kind == Kind::Map) {
        collection = iterator->iteratedMap.get();
        position = iterator->mapNextIndex;
    } else {
        collection = iterator->iteratedSet.get();
        position = iterator->setNextIndex;
    }
    ScopedArrayObject entries(scope, engine->newArrayObject());
    const CollectionStorage *storage = collection ? storageOf(collection, kind) : nullptr;
    for (; storage && position < storage->size; ++position) {
        if (storage->keys[position].isEmpty())
            continue;
        if (iterator->iterationKind != ValueIteratorKind || kind == Kind::Set)
            entries->push_back(storage->keys[position]);
        if (iterator->iterationKind != KeyIteratorKind && (kind == Kind::Map || iterator->iterationKind != ValueIteratorKind))
            entries->push_back(kind == Kind::Map ? storage->values[position] : storage->keys[position]);
    }
    const bool givesPairs = iterator->iterationKind != KeyIteratorKind && iterator->iterationKind != ValueIteratorKind;
    ScopedArrayObject preview(scope, engine->newArrayObject());
    preview->push_back(entries);
    ScopedValue flag(scope, Value::fromBoolean(givesPairs));
    preview->push_back(flag);
    return preview->asReturnedValue();
}

/// The keys of a weak collection, with their values in turn if it has values; null if it is none of the kind.
template<Kind kind>
ReturnedValue weakEntries(ExecutionEngine *engine, const Value &value)
{
    const CollectionStorage *storage = storageOf(value, kind);
    if (!storage)
        return Encode::null();
    Scope scope(engine);
    ScopedArrayObject entries(scope, engine->newArrayObject());
    for (uint index = 0; index < storage->size; ++index) {
        if (storage->keys[index].isEmpty())
            continue;
        entries->push_back(storage->keys[index]);
        if (kind == Kind::WeakMap)
            entries->push_back(storage->values[index]);
    }
    ScopedArrayObject preview(scope, engine->newArrayObject());
    preview->push_back(entries);
    ScopedValue flag(scope, Value::fromBoolean(kind == Kind::WeakMap));
    preview->push_back(flag);
    return preview->asReturnedValue();
}

// previewEntries(object) -> [entries, are keys and values in turn] of what an iterator of a Map or Set has still to give, or of what is in
// a weak collection; undefined for anything else
ReturnedValue previewEntries(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    const Value object = argumentAt(argv, argc, 0);
    ScopedValue preview(scope, restOf<Kind::Map>(engine, object));
    if (preview->isNull())
        preview = restOf<Kind::Set>(engine, object);
    if (preview->isNull())
        preview = weakEntries<Kind::WeakMap>(engine, object);
    if (preview->isNull())
        preview = weakEntries<Kind::WeakSet>(engine, object);
    return preview->isNull() ? Encode::undefined() : preview->asReturnedValue();
}

// registerWeak(collection): from now on the collector takes dead keys out. V4 does this only for collections made without `new`, which
// there are none of; the keys of others would be left dangling.
ReturnedValue registerWeak(const FunctionObject *function, const Value *, const Value *argv, int)
{
    const Object *object = argv[0].objectValue();
    if (storageOf(argv[0], Kind::WeakMap))
        function->engine()->memoryManager->registerWeakMap(static_cast<Heap::MapObject *>(static_cast<Heap::Base *>(object->d())));
    else if (storageOf(argv[0], Kind::WeakSet))
        function->engine()->memoryManager->registerWeakSet(static_cast<Heap::SetObject *>(static_cast<Heap::Base *>(object->d())));
    return Encode::undefined();
}

void replaceMethod(ExecutionEngine *engine, Object *prototype, const char *name, NativeFunction function, int length)
{
    Scope scope(engine);
    ScopedString key(scope, engine->newIdentifier(QString::fromLatin1(name)));
    ScopedFunctionObject method(scope, FunctionObject::createBuiltinFunction(engine, key, function, length));
    prototype->insertMember(key, method, Attr_Data | Attr_NotEnumerable);
}

template<Kind kind>
void install(ExecutionEngine *engine, Object *prototype)
{
    replaceMethod(engine, prototype, "has", hasMethod<kind>, 1);
    replaceMethod(engine, prototype, "delete", deleteMethod<kind>, 1);
    replaceMethod(engine, prototype, isMapKind(kind) ? "set" : "add", addMethod<kind>, isMapKind(kind) ? 2 : 1);
    if (isMapKind(kind))
        replaceMethod(engine, prototype, "get", getMethod<kind>, 1);
    if constexpr (!isWeakKind(kind)) {
        replaceMethod(engine, prototype, "clear", clearMethod<kind>, 0);
        replaceMethod(engine, prototype, "forEach", forEachMethod<kind>, 1);
        Scope scope(engine);
        ScopedString name(scope, engine->newIdentifier(QStringLiteral("size")));
        ScopedString getterName(scope, engine->newIdentifier(QStringLiteral("get size")));
        ScopedFunctionObject getter(scope, FunctionObject::createBuiltinFunction(engine, getterName, sizeGetter<kind>, 0));
        ScopedProperty accessor(scope);
        accessor->setGetter(getter);
        accessor->setSetter(nullptr);
        prototype->insertMember(name, accessor, Attr_Accessor | Attr_NotEnumerable);
    }
}

/// True if V4's tables are laid out as CollectionStorage says: an entry that V4 itself sets is found where it should be.
bool isKnownLayout(ExecutionEngine *engine)
{
    Scope scope(engine);
    ScopedFunctionObject constructor(scope, engine->mapCtor()->asReturnedValue());
    ScopedObject map(scope, constructor->callAsConstructor(nullptr, 0));
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("set")));
    ScopedFunctionObject set(scope, engine->mapPrototype()->get(name));
    if (!map || !set)
        return false;
    Value *entry = scope.alloc(2);
    entry[0] = Value::fromInt32(20);
    entry[1] = Value::fromInt32(22);
    set->call(map, entry, 2);
    const auto *heap = static_cast<const Heap::MapObject *>(static_cast<const Heap::Base *>(map->d()));
    const auto *storage = reinterpret_cast<const CollectionStorage *>(heap->esTable);
    ObjectKinds::current().map = map->vtable();
    constructor = engine->setCtor()->asReturnedValue();
    ScopedObject setObject(scope, constructor->callAsConstructor(nullptr, 0));
    ObjectKinds::current().set = setObject->vtable();
    return storage->size == 1 && storage->capacity >= 1 && storage->keys[0].isInteger() && storage->keys[0].integerValue() == 20
        && storage->values[0].isInteger() && storage->values[0].integerValue() == 22;
}

} // namespace

void installCollections(ExecutionEngine *engine, Object *binding)
{
    if (!isKnownLayout(engine))
        return;
    defineNatives(engine, binding, {{"registerWeak", registerWeak, 1}, {"previewEntries", previewEntries, 1}});
    makeResultTemplate(engine);
    install<Kind::Map>(engine, engine->mapPrototype());
    install<Kind::Set>(engine, engine->setPrototype());
    install<Kind::WeakMap>(engine, engine->weakMapPrototype());
    install<Kind::WeakSet>(engine, engine->weakSetPrototype());
    replaceMethod(engine, engine->mapIteratorPrototype(), "next", nextMethod<Kind::Map>, 0);
    replaceMethod(engine, engine->setIteratorPrototype(), "next", nextMethod<Kind::Set>, 0);
}

} // namespace loopscope
