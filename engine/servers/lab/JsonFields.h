// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <concepts>
#include <initializer_list>
#include <limits>
#include <vector>

/// Plain data as JSON, both ways from one list of its members: `describe(fields, part)` names each member of `part` once, and `fields` is a
/// JsonWriter or a JsonReader. A part is an object, or (many small ones) a row: an array of the same members in the order of describe(),
/// with choices as numbers.
namespace loopscope {

/// What a number may be; both ends included.
struct JsonRange
{
    double least = std::numeric_limits<double>::lowest();
    double most = std::numeric_limits<double>::max();
};

class JsonWriter
{
public:
    enum class Shape : quint8 { Object, Row };
    explicit JsonWriter(Shape shape = Shape::Object)
        : m_shape(shape)
    {
    }

    void needed(std::initializer_list<const char *>) { }
    void number(const char *key, double value, JsonRange = {}) { put(key, value); }
    template<std::integral Whole>
    void whole(const char *key, Whole value, JsonRange = {})
    {
        put(key, static_cast<qint64>(value));
    }
    void flag(const char *key, bool value) { put(key, value); }
    void text(const char *key, const QString &value) { put(key, value); }
    void texts(const char *key, const QStringList &values) { put(key, QJsonArray::fromStringList(values)); }
    template<typename Kind>
    void choice(const char *key, Kind value, const QStringList &keys)
    {
        const auto index = static_cast<qsizetype>(value);
        put(key, m_shape == Shape::Row ? QJsonValue(index) : QJsonValue(keys.value(index)));
    }
    template<typename Kind>
    void choices(const char *key, const std::vector<Kind> &values, const QStringList &keys)
    {
        QJsonArray array;
        for (const Kind value : values)
            array.append(keys.value(static_cast<qsizetype>(value)));
        put(key, array);
    }
    template<typename Counts>
    void counts(const char *key, const Counts &values)
    {
        QJsonArray array;
        for (const auto value : values)
            array.append(static_cast<qint64>(value));
        put(key, array);
    }
    void numbers(const char *key, const std::vector<double> &values)
    {
        QJsonArray array;
        for (const double value : values)
            array.append(value);
        put(key, array);
    }
    template<typename Part>
    void part(const char *key, Part &value)
    {
        put(key, objectOf(value));
    }
    template<typename Part>
    void parts(const char *key, std::vector<Part> &values)
    {
        QJsonArray array;
        for (Part &value : values)
            array.append(objectOf(value));
        put(key, array);
    }
    template<typename Part>
    void rows(const char *key, std::vector<Part> &values)
    {
        QJsonArray array;
        for (Part &value : values) {
            JsonWriter row(Shape::Row);
            describe(row, value);
            array.append(row.m_row);
        }
        put(key, array);
    }

    template<typename Part>
    static QJsonObject objectOf(Part &value)
    {
        JsonWriter writer;
        describe(writer, value);
        return writer.m_object;
    }

private:
    void put(const char *key, const QJsonValue &value)
    {
        if (m_shape == Shape::Row)
            m_row.append(value);
        else
            m_object.insert(QLatin1String(key), value);
    }

    Shape m_shape;
    QJsonObject m_object;
    QJsonArray m_row;
};

/// Strict: an unknown member, a wrong type or a value out of range ends with a sentence that names the member, what it may be and what it
/// is. The first complaint stays. A member that is not there keeps its value, unless it is needed.
class JsonReader
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::JsonReader)

public:
    /// `place`: the member that holds this object, as people write it ("load"); empty for the outermost.
    JsonReader(const QJsonObject &object, const QString &place, QString *problem);
    JsonReader(const QJsonArray &row, const QString &place, QString *problem);

    void needed(std::initializer_list<const char *> keys);
    void number(const char *key, double &value, JsonRange range = {});
    template<std::integral Whole>
    void whole(const char *key, Whole &value, JsonRange range = {})
    {
        constexpr auto least = static_cast<double>(std::numeric_limits<Whole>::min());
        // The largest whole number that is the same in every JSON reader.
        constexpr double most =
            sizeof(Whole) < sizeof(qint64) ? static_cast<double>(std::numeric_limits<Whole>::max()) : 9007199254740991.0;
        qint64 read = static_cast<qint64>(value);
        if (wholeNumber(key, &read, {std::max(range.least, least), std::min(range.most, most)}))
            value = static_cast<Whole>(read);
    }
    void flag(const char *key, bool &value);
    void text(const char *key, QString &value);
    void texts(const char *key, QStringList &values);
    template<typename Kind>
    void choice(const char *key, Kind &value, const QStringList &keys)
    {
        if (const qsizetype index = indexOf(take(key), keys, key); index >= 0)
            value = static_cast<Kind>(index);
    }
    template<typename Kind>
    void choices(const char *key, std::vector<Kind> &values, const QStringList &keys)
    {
        const QJsonValue found = take(key);
        if (!isArray(found, key))
            return;
        values.clear();
        for (const QJsonValue &item : found.toArray()) {
            if (const qsizetype index = indexOf(item, keys, key); index >= 0)
                values.push_back(static_cast<Kind>(index));
        }
    }
    template<typename Counts>
    void counts(const char *key, Counts &values)
    {
        const QJsonValue found = take(key);
        if (!isArray(found, key))
            return;
        JsonReader row(found.toArray(), pathOf(key), m_problem);
        for (auto &value : values)
            row.whole("count", value);
        row.finish();
    }
    void numbers(const char *key, std::vector<double> &values);
    template<typename Part>
    void part(const char *key, Part &value)
    {
        const QJsonValue found = take(key);
        if (isObject(found, pathOf(key)))
            read(found.toObject(), pathOf(key), value);
    }
    template<typename Part>
    void parts(const char *key, std::vector<Part> &values)
    {
        eachItem(key, values, [this](const QJsonValue &item, const QString &place, Part &value) {
            if (isObject(item, place))
                read(item.toObject(), place, value);
        });
    }
    template<typename Part>
    void rows(const char *key, std::vector<Part> &values)
    {
        eachItem(key, values, [this](const QJsonValue &item, const QString &place, Part &value) {
            if (!item.isArray())
                return complain(place, tr("an array"), item);
            JsonReader row(item.toArray(), place, m_problem);
            describe(row, value);
            row.finish();
        });
    }

    /// False, with a sentence in `problem`, if the object is not such a part. `value` then holds what was read until there.
    template<typename Part>
    static bool read(const QJsonObject &object, const QString &place, QString *problem, Part &value)
    {
        JsonReader reader(object, place, problem);
        describe(reader, value);
        return reader.finish();
    }

private:
    template<typename Part>
    void read(const QJsonObject &object, const QString &place, Part &value)
    {
        read(object, place, m_problem, value);
    }
    template<typename Part, typename Read>
    void eachItem(const char *key, std::vector<Part> &values, Read read)
    {
        const QJsonValue found = take(key);
        if (!isArray(found, key))
            return;
        const QJsonArray array = found.toArray();
        values.clear(); // grows only as far as its items are right: a damaged file asks for no memory
        for (qsizetype index = 0; index < array.size() && m_problem->isEmpty(); ++index)
            read(array[index], pathOf(key) + QStringLiteral("[%1]").arg(index), values.emplace_back());
    }

    /// Undefined if there is no such member.
    QJsonValue take(const char *key);
    QString pathOf(const char *key) const;
    bool wholeNumber(const char *key, qint64 *value, JsonRange range);
    bool isArray(const QJsonValue &value, const char *key);
    bool isObject(const QJsonValue &value, const QString &place);
    qsizetype indexOf(const QJsonValue &value, const QStringList &keys, const char *key);
    /// True if nothing is wrong and every member is known.
    bool finish();
    void complain(const QString &place, const QString &expected, const QJsonValue &value);

    bool m_isRow;
    QJsonObject m_object;
    QJsonArray m_row;
    qsizetype m_next = 0; ///< of the row
    QString m_place;
    QString *m_problem; ///< null string: nothing is wrong yet
    QStringList m_known;
};

} // namespace loopscope
