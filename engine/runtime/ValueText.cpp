// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ValueText.h"

#include "runtime/BigInts.h"
#include "runtime/Core.h"
#include "runtime/Promises.h"
#include "runtime/ReasonText.h"
#include "runtime/Words.h"

#include <QStringList>

#include <algorithm>

namespace loopscope {

using namespace QV4;

namespace {

constexpr int mostParts = 8; ///< of an object or array
constexpr qsizetype longestString = 80;
constexpr qsizetype longestText = 300;

QString stringText(const QString &text)
{
    QString shown = text.left(longestString);
    shown.replace(QLatin1Char('\n'), QLatin1String("\\n")).replace(QLatin1Char('\r'), QLatin1String("\\r"));
    return QStringLiteral("'%1'").arg(text.size() > longestString ? shown + QChar(0x2026) : shown);
}

/// The name of an object's class; empty for plain objects.
QString className(const Object &object)
{
    const QString name = constructorName(object);
    return name == QLatin1String("Object") ? QString() : name;
}

/// The words for an object as a part of another.
QString shortText(const Value &value)
{
    if (value.isString())
        return stringText(value.toQStringNoThrow());
    const Object *object = value.as<Object>();
    if (object == nullptr || bigIntOf(value) != nullptr)
        return reasonText(value);
    if (Core::current().isProxy(*object))
        return QStringLiteral("Proxy");
    if (const auto *promise = Promises::asPromise(value); promise != nullptr)
        return QStringLiteral("Promise");
    if (object->as<ErrorObject>() != nullptr || object->as<ArrayObject>() != nullptr)
        return reasonText(value);
    if (object->as<FunctionObject>() != nullptr)
        return QStringLiteral("function");
    const QString name = className(*object);
    return name.isEmpty() ? QStringLiteral("{…}") : name;
}

QString arrayText(const ArrayObject &array)
{
    Scope scope(array.engine());
    ScopedValue part(scope);
    const uint length = array.getLength();
    QStringList parts;
    for (uint index = 0; index < std::min(length, static_cast<uint>(mostParts)); ++index) {
        part = plainProperty(array, PropertyKey::fromArrayIndex(index));
        parts.append(shortText(part));
    }
    if (length > mostParts)
        parts.append(QStringLiteral("… %1 in all").arg(length));
    return QLatin1Char('[') + parts.join(QLatin1String(", ")) + QLatin1Char(']');
}

/// The object's own properties, from its class in V4: nothing is asked of the object itself.
QString partsText(const Object &object)
{
    Scope scope(object.engine());
    ScopedValue part(scope);
    QStringList parts;
    const Heap::InternalClass *shape = object.internalClass();
    for (uint index = 0; index < shape->size; ++index) {
        const PropertyAttributes attributes = shape->propertyData.at(index);
        if (attributes.isEmpty() || !attributes.isEnumerable())
            continue;
        if (parts.size() == mostParts) {
            parts.append(QStringLiteral("…"));
            break;
        }
        part = attributes.isAccessor() ? Encode::undefined() : object.propertyData(index)->asReturnedValue();
        parts.append(
            QStringLiteral("%1: %2").arg(shape->keyAt(index), attributes.isAccessor() ? QStringLiteral("(getter)") : shortText(part)));
    }
    const QString name = className(object);
    if (parts.isEmpty() && !name.isEmpty())
        return name;
    return (name.isEmpty() ? QString() : name + QLatin1Char(' ')) + QLatin1Char('{') + parts.join(QLatin1String(", ")) + QLatin1Char('}');
}

QString promiseText(const Heap::LoopscopePromise &promise)
{
    if (promise.state == Heap::LoopscopePromise::Pending)
        return QStringLiteral("Promise {pending}");
    const QString words =
        promise.state == Heap::LoopscopePromise::Fulfilled ? QStringLiteral("Promise {%1}") : QStringLiteral("Promise {rejected: %1}");
    return words.arg(shortText(promise.result));
}

QString objectText(const Value &value, const Object &object)
{
    if (Core::current().isProxy(object))
        return QStringLiteral("Proxy");
    if (const auto *promise = Promises::asPromise(value))
        return promiseText(*promise);
    if (object.as<ErrorObject>() != nullptr)
        return reasonText(value);
    if (object.as<FunctionObject>() != nullptr)
        return reasonText(value);
    if (const ArrayObject *array = object.as<ArrayObject>())
        return arrayText(*array);
    return partsText(object);
}

} // namespace

QString valueText(const Value &value)
{
    if (value.isEmpty())
        return QStringLiteral("not initialized yet");
    if (value.isString())
        return stringText(value.toQStringNoThrow());
    const Object *object = value.as<Object>();
    if (object == nullptr || bigIntOf(value) != nullptr)
        return reasonText(value);
    QString text = objectText(value, *object);
    if (text.size() > longestText)
        text = text.left(longestText) + QChar(0x2026);
    return text;
}

} // namespace loopscope
