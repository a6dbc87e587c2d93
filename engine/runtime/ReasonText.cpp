// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/ReasonText.h"

#include "runtime/BigInts.h"
#include "runtime/Words.h"

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

QString plainText(const Object &object, const QString &name)
{
    Scope scope(object.engine());
    ScopedString key(scope, scope.engine->newIdentifier(name));
    ScopedValue value(scope, plainProperty(object, key->propertyKey()));
    return value->isString() ? value->toQStringNoThrow() : QString();
}

QString objectText(const Object &object)
{
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
    return describeObject(object);
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
