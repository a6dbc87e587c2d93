// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Words.h"

#include "runtime/Core.h"

namespace loopscope {

using namespace QV4;

QString describeObject(const Object &object)
{
    if (object.isArrayObject())
        return QStringLiteral("[object Array]");
    if (object.vtable()->type == Managed::Type_StringObject)
        return QStringLiteral("[object String]");
    const QString className = constructorName(object);
    return QStringLiteral("#<%1>").arg(className.isEmpty() ? QStringLiteral("Object") : className);
}

QString constructorName(const Object &object)
{
    Scope scope(object.engine());
    ScopedValue constructor(scope, plainProperty(object, scope.engine->id_constructor()->propertyKey()));
    const FunctionObject *function = constructor->as<FunctionObject>();
    if (function == nullptr || Core::current().isProxy(*function))
        return {};
    ScopedValue name(scope, plainProperty(*function, scope.engine->id_name()->propertyKey()));
    return name->isString() ? name->toQStringNoThrow() : QString();
}

ReturnedValue plainProperty(const Object &object, PropertyKey key)
{
    Scope scope(object.engine());
    ScopedObject holder(scope, object);
    ScopedProperty property(scope);
    for (; holder && !Core::current().isProxy(*holder); holder = holder->getPrototypeOf()) {
        const PropertyAttributes attributes = holder->getOwnProperty(key, property);
        if (!attributes.isEmpty())
            return attributes.isData() ? property->value.asReturnedValue() : Encode::undefined();
    }
    return Encode::undefined();
}

QString describeKey(PropertyKey key)
{
    return key.isSymbol() ? QStringLiteral("Symbol(%1)").arg(key.toQString().mid(1)) : key.toQString(); // without V4's sign of a symbol
}

} // namespace loopscope
