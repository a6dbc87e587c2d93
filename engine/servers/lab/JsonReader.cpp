// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/JsonFields.h"

#include "servers/lab/NearName.h"

#include <QJsonDocument>

namespace loopscope {

namespace {

/// A value as its file has it, short enough for a sentence.
QString valueText(const QJsonValue &value)
{
    // Only arrays and objects can be documents of their own.
    QString text = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
    text = text.mid(1, text.size() - 2);
    constexpr qsizetype most = 60;
    return text.size() <= most ? text : text.left(most) + QStringLiteral("...");
}

QString numberText(double value) { return QString::number(value, 'g', 16); }

} // namespace

JsonReader::JsonReader(const QJsonObject &object, const QString &place, QString *problem)
    : m_isRow(false)
    , m_object(object)
    , m_place(place)
    , m_problem(problem)
{
}

JsonReader::JsonReader(const QJsonArray &row, const QString &place, QString *problem)
    : m_isRow(true)
    , m_row(row)
    , m_place(place)
    , m_problem(problem)
{
}

void JsonReader::needed(std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        if (m_problem->isEmpty() && !m_object.contains(QLatin1String(key)))
            *m_problem = tr("'%1' is missing.").arg(pathOf(key));
    }
}

void JsonReader::number(const char *key, double &value, JsonRange range)
{
    const QJsonValue found = take(key);
    if (found.isUndefined())
        return;
    if (found.isDouble() && found.toDouble() >= range.least && found.toDouble() <= range.most)
        value = found.toDouble();
    else if (range.least == JsonRange{}.least)
        complain(pathOf(key), tr("a number"), found);
    else
        complain(pathOf(key), tr("a number from %1 to %2").arg(numberText(range.least), numberText(range.most)), found);
}

bool JsonReader::wholeNumber(const char *key, qint64 *value, JsonRange range)
{
    const QJsonValue found = take(key);
    if (found.isUndefined())
        return false;
    const double number = found.toDouble();
    const bool isWhole = found.isDouble() && number >= range.least && number <= range.most
        && (found.toInteger(0) != 0 || number == 0); // toInteger gives the default for fractions
    if (!isWhole)
        complain(pathOf(key), tr("a whole number from %1 to %2").arg(numberText(range.least), numberText(range.most)), found);
    else
        *value = found.toInteger();
    return isWhole;
}

void JsonReader::flag(const char *key, bool &value)
{
    const QJsonValue found = take(key);
    if (found.isBool())
        value = found.toBool();
    else if (!found.isUndefined())
        complain(pathOf(key), tr("true or false"), found);
}

void JsonReader::text(const char *key, QString &value)
{
    const QJsonValue found = take(key);
    if (found.isString())
        value = found.toString();
    else if (!found.isUndefined())
        complain(pathOf(key), tr("a text"), found);
}

void JsonReader::texts(const char *key, QStringList &values)
{
    const QJsonValue found = take(key);
    if (!isArray(found, key))
        return;
    values.clear();
    for (const QJsonValue &item : found.toArray()) {
        if (!item.isString())
            return complain(pathOf(key), tr("an array of texts"), found);
        values.append(item.toString());
    }
}

void JsonReader::numbers(const char *key, std::vector<double> &values)
{
    const QJsonValue found = take(key);
    if (!isArray(found, key))
        return;
    values.clear();
    for (const QJsonValue &item : found.toArray()) {
        if (!item.isDouble())
            return complain(pathOf(key), tr("an array of numbers"), found);
        values.push_back(item.toDouble());
    }
}

QJsonValue JsonReader::take(const char *key)
{
    if (!m_problem->isEmpty())
        return QJsonValue(QJsonValue::Undefined);
    if (!m_isRow) {
        m_known.append(QLatin1String(key));
        return m_object.value(QLatin1String(key));
    }
    if (m_next < m_row.size())
        return m_row[m_next++];
    *m_problem = tr("'%1' has %2 values; there have to be more.").arg(m_place).arg(m_row.size());
    return QJsonValue(QJsonValue::Undefined);
}

QString JsonReader::pathOf(const char *key) const
{
    return m_place.isEmpty() ? QString(QLatin1String(key)) : m_place + QLatin1Char('.') + QLatin1String(key);
}

bool JsonReader::isArray(const QJsonValue &value, const char *key)
{
    if (!value.isArray() && !value.isUndefined())
        complain(pathOf(key), tr("an array"), value);
    return value.isArray();
}

bool JsonReader::isObject(const QJsonValue &value, const QString &place)
{
    if (!value.isObject() && !value.isUndefined())
        complain(place, tr("an object"), value);
    return value.isObject();
}

qsizetype JsonReader::indexOf(const QJsonValue &value, const QStringList &keys, const char *key)
{
    if (value.isUndefined())
        return -1;
    const qint64 number = value.toInteger(-1);
    const qsizetype index =
        m_isRow ? (number < keys.size() ? static_cast<qsizetype>(number) : -1) : (value.isString() ? keys.indexOf(value.toString()) : -1);
    if (index >= 0)
        return index;
    if (m_isRow)
        complain(pathOf(key), tr("a whole number from 0 to %1").arg(keys.size() - 1), value);
    else if (m_problem->isEmpty()) {
        complain(pathOf(key), tr("one of %1").arg(keys.join(QLatin1String(", "))), value);
        *m_problem += nearNameQuestion(value.toString(), keys);
    }
    return -1;
}

bool JsonReader::finish()
{
    if (!m_problem->isEmpty())
        return false;
    if (m_isRow) {
        if (m_next < m_row.size())
            *m_problem = tr("'%1' has %2 values; there have to be %3.").arg(m_place).arg(m_row.size()).arg(m_next);
        return m_problem->isEmpty();
    }
    for (auto member = m_object.begin(); member != m_object.end(); ++member) {
        if (m_known.contains(member.key()))
            continue;
        const QString known = m_known.join(QLatin1String(", "));
        *m_problem = m_place.isEmpty() ? tr("there is no member '%1'; members are %2.").arg(member.key(), known)
                                       : tr("'%1' has no member '%2'; it has %3.").arg(m_place, member.key(), known);
        *m_problem += nearNameQuestion(member.key(), m_known);
        return false;
    }
    return true;
}

void JsonReader::complain(const QString &place, const QString &expected, const QJsonValue &value)
{
    if (m_problem->isEmpty())
        *m_problem = tr("'%1' has to be %2, not %3.").arg(place, expected, valueText(value));
}

} // namespace loopscope
