// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Deletion.h"

#include "runtime/BigInts.h"
#include "runtime/Natives.h"
#include "runtime/Words.h"

#include <memory>
#include <vector>

namespace loopscope {

using namespace QV4;

namespace {

constexpr uint mostProperties = 256;

/// A class counts the changes that led to it and concern properties that were there before: deleted, returned, redefined. At 255 V4 makes
/// it anew (cleanInternalClass), with other places, but InternalClass::changeMember tells its caller the old place: the value of a property
/// that returns or is redefined is then written over another one's, or beyond the object. Only after a deletion all goes well. So a class
/// is made anew here before: its count stays at this limit or below, and no more properties can return than were deleted since, half of 255
/// each.
constexpr quint8 mostRedundant = Heap::InternalClass::MaxRedundantTransitions / 2;

/// What a class says beside the properties, for an object whose class was made anew.
void restoreUse(ExecutionEngine *engine, Object *object, bool isUsedAsProto, bool isExtensible)
{
    if (!isExtensible)
        object->preventExtensions();
    if (!isUsedAsProto)
        return;
    Scope scope(engine);
    const Scoped<InternalClass> user(scope, engine->newInternalClass(Object::staticVTable(), object)); // marks it as a prototype
    object->setInternalClass(object->internalClass()); // look-ups of its properties begin anew
}

/// The same object with the same properties, but no places of deleted ones. Elements of arrays lie elsewhere.
void closeGaps(ExecutionEngine *engine, Object *object)
{
    struct Member
    {
        PropertyKey key;
        PropertyAttributes attributes;
        int value; ///< its place among `values`
    };
    Scope scope(engine);
    std::vector<Member> members;
    Value *values = scope.alloc(static_cast<int>(2 * object->internalClass()->size));
    ScopedObject target(scope, object->d());
    const std::unique_ptr<OwnPropertyKeyIterator> iterator(object->ownPropertyKeys(target));
    ScopedProperty property(scope);
    for (;;) {
        Member member;
        member.key = iterator->next(target, property, &member.attributes);
        if (!member.key.isValid())
            break;
        if (!member.key.isStringOrSymbol())
            continue;
        member.value = static_cast<int>(2 * members.size());
        values[member.value] = property->value;
        values[member.value + 1] = property->set;
        members.push_back(member);
    }
    ScopedObject prototype(scope, object->getPrototypeOf());
    Scoped<InternalClass> old(scope, object->internalClass()); // keeps the names
    object->setInternalClass(engine->newInternalClass(object->vtable(), prototype));
    ScopedStringOrSymbol name(scope);
    for (const Member &member : members) {
        name = member.key.asStringOrSymbol();
        property->value = values[member.value];
        property->set = values[member.value + 1];
        object->insertMember(name, property, member.attributes);
    }
    restoreUse(engine, object, old->d()->isUsedAsProto(), old->d()->isExtensible());
}

/// True if deleting a property would leave a gap that matters.
bool leavesGap(const Object &object, PropertyKey key)
{
    const Heap::InternalClass *shape = object.internalClass();
    // V4 finds what functions and errors have from the start by its place.
    const bool isMovable = shape->vtable == Object::staticVTable() || object.isArrayObject();
    return key.isStringOrSymbol() && isMovable && shape->size <= mostProperties && shape->isExtensible() && !shape->isUsedAsProto()
        && !object.getOwnProperty(key).isEmpty();
}

/// False, perhaps with an exception pending: the property stays.
bool removeProperty(ExecutionEngine *engine, Object *object, PropertyKey key)
{
    const bool isGap = leavesGap(*object, key);
    if (!object->deleteProperty(key) || engine->hasException)
        return false;
    if (isGap)
        closeGaps(engine, object);
    else
        renewClass(engine, object);
    return true;
}

ReturnedValue deleteProperty(const FunctionObject *function, const Value *, const Value *argv, int)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedPropertyKey key(scope);
    if (argv[0].isNullOrUndefined())
        return engine->throwTypeError(QStringLiteral("Cannot convert undefined or null to object"));
    ScopedObject object(scope, argv[0].toObject(engine));
    if (engine->hasException)
        return Encode::undefined();
    key = argv[1].toPropertyKey(engine);
    if (engine->hasException)
        return Encode::undefined();
    const bool isGone = removeProperty(engine, object, key);
    if (!isGone && !engine->hasException && argv[2].booleanValue()) {
        return engine->throwTypeError(QStringLiteral("Cannot delete property '%1' of %2").arg(describeKey(key), describeObject(*object)));
    }
    return Encode(isGone);
}

ReturnedValue reflectDelete(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    ExecutionEngine *engine = function->engine();
    Scope scope(engine);
    ScopedObject object(scope, argumentAt(argv, argc, 0));
    if (!object || bigIntOf(object))
        return engine->throwTypeError(QStringLiteral("Reflect.deleteProperty called on non-object"));
    ScopedPropertyKey key(scope, argumentAt(argv, argc, 1).toPropertyKey(engine));
    if (engine->hasException)
        return Encode::undefined();
    return Encode(removeProperty(engine, object, key));
}

} // namespace

void renewClass(ExecutionEngine *engine, Object *object)
{
    if (object->internalClass()->numRedundantTransitions >= mostRedundant)
        closeGaps(engine, object);
}

void installDeletion(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"delete", deleteProperty, 3}});
    Scope scope(engine);
    ScopedString name(scope, engine->newIdentifier(QStringLiteral("Reflect")));
    ScopedObject reflect(scope, engine->globalObject->get(name));
    defineNatives(engine, reflect, {{"deleteProperty", reflectDelete, 2}});
}

} // namespace loopscope
