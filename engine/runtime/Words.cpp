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
    Scope scope(object.engine());
    ScopedString name(scope, scope.engine->id_constructor());
    ScopedObject holder(scope, object.d());
    ScopedObject constructor(scope);
    while (holder && !constructor) {
        ScopedProperty property(scope);
        if (Core::current().isProxy(*holder))
            break;
        if (holder->getOwnProperty(name->toPropertyKey(), property).isData())
            constructor = property->value;
        holder = holder->getPrototypeOf();
    }
    const FunctionObject *function = constructor ? constructor->as<FunctionObject>() : nullptr;
    const QString className = function ? Value::fromReturnedValue(function->name()).toQStringNoThrow() : QString();
    return QStringLiteral("#<%1>").arg(className.isEmpty() ? QStringLiteral("Object") : className);
}

QString describeKey(PropertyKey key)
{
    return key.isSymbol() ? QStringLiteral("Symbol(%1)").arg(key.toQString().mid(1)) : key.toQString(); // without V4's sign of a symbol
}

} // namespace loopscope
