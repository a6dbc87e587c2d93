// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ReasonText.h"

#include "runtime/BigInts.h"
#include "runtime/Core.h"

namespace loopscope {

using namespace QV4;

namespace {

constexpr qsizetype longestText = 200;

QString oneLine(const QString &text)
{
    QString line = text.section(QLatin1Char('\n'), 0, 0);
    const bool isCut = line.size() < text.size() || line.size() > longestText;
    line.truncate(longestText);
    return isCut ? line + QChar(0x2026) : line;
}

/// object[name] as far as that is a plain value, of the object's own or inherited; undefined otherwise.
ReturnedValue plainProperty(const Object &start, const QString &name)
{
    ExecutionEngine *engine = start.engine();
    Scope scope(engine);
    ScopedString key(scope, engine->newIdentifier(name));
    ScopedObject holder(scope, start);
    ScopedProperty property(scope);
    for (; holder && !Core::current().isProxy(*holder); holder = holder->getPrototypeOf()) {
        const PropertyAttributes attributes = holder->getOwnProperty(key->propertyKey(), property);
        if (!attributes.isEmpty())
            return attributes.isData() ? property->value.asReturnedValue() : Encode::undefined();
    }
    return Encode::undefined();
}

QString plainText(const Object &object, const QString &name)
{
    Scope scope(object.engine());
    ScopedValue value(scope, plainProperty(object, name));
    return value->isString() ? value->toQStringNoThrow() : QString();
}

QString objectText(const Object &object)
{
    Scope scope(object.engine());
    if (object.as<ErrorObject>()) {
        const QString name = plainText(object, QStringLiteral("name"));
        const QString message = plainText(object, QStringLiteral("message"));
        const QString shownName = name.isEmpty() ? QStringLiteral("Error") : name;
        return message.isEmpty() ? shownName : QStringLiteral("%1: %2").arg(shownName, message);
    }
    if (object.as<FunctionObject>())
        return QStringLiteral("[Function: %1]").arg(plainText(object, QStringLiteral("name")));
    if (const ArrayObject *array = object.as<ArrayObject>())
        return QStringLiteral("Array(%1)").arg(array->getLength());
    ScopedObject constructor(scope, plainProperty(object, QStringLiteral("constructor")));
    const QString name = constructor ? plainText(*constructor, QStringLiteral("name")) : QString();
    return QStringLiteral("#<%1>").arg(name.isEmpty() ? QStringLiteral("Object") : name);
}

} // namespace

QString reasonText(const Value &reason)
{
    if (reason.isString())
        return oneLine(QStringLiteral("'%1'").arg(reason.toQStringNoThrow()));
    if (const mpz_class *number = bigIntOf(reason))
        return oneLine(QString::fromStdString(number->get_str()) + QLatin1Char('n'));
    if (const Object *object = reason.as<Object>())
        return oneLine(objectText(*object));
    return oneLine(reason.toQStringNoThrow()); // a primitive
}

} // namespace loopscope
