// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeStream.h"

#include <QJsonDocument>

#include <array>
#include <cmath>
#include <cstring>

namespace loopscope {

namespace {

enum class Chunk : quint32 { Records = 1, Text = 2, Place = 3, Facts = 4, Profile = 5 };

constexpr qsizetype headSize = 8;
constexpr quint32 largestChunk = 64U << 20U;
constexpr qsizetype recordSize = 4 * sizeof(double);

/// A number that a double can hold exactly and that counts something; 0 for all others.
quint64 whole(double number)
{
    constexpr double largest = 9007199254740992.0; // 2^53
    return number >= 0 && number < largest ? static_cast<quint64>(number) : 0;
}

quint32 positive(const QJsonValue &value) { return static_cast<quint32>(std::max(value.toInt(), 0)); }

} // namespace

NodePlace NodePlace::fromJson(const QJsonObject &object)
{
    return {object.value(QLatin1String("file")).toString(), positive(object.value(QLatin1String("line"))),
        positive(object.value(QLatin1String("column"))), object.value(QLatin1String("function")).toString(),
        positive(object.value(QLatin1String("functionLine"))), positive(object.value(QLatin1String("functionColumn"))),
        object.value(QLatin1String("api")).toString()};
}

NodeStreamDecoder::NodeStreamDecoder(NodeStreamSink &sink)
    : m_sink(sink)
{
}

bool NodeStreamDecoder::fail(const QString &what)
{
    m_problem = tr("what node tells of itself makes no sense at byte %1: %2.").arg(m_consumed).arg(what);
    m_waiting.clear();
    return false;
}

bool NodeStreamDecoder::feed(QByteArrayView bytes)
{
    if (!m_problem.isEmpty())
        return false;
    m_waiting.append(bytes.data(), bytes.size());
    qsizetype at = 0;
    while (m_waiting.size() - at >= headSize) {
        std::array<quint32, 2> head;
        std::memcpy(head.data(), m_waiting.constData() + at, sizeof head);
        const auto [kind, length] = head;
        if (length > largestChunk)
            return fail(tr("a piece of %1 bytes").arg(length));
        if (m_waiting.size() - at - headSize < static_cast<qsizetype>(length))
            break;
        if (!takeChunk(kind, QByteArrayView(m_waiting).sliced(at + headSize, length)))
            return false;
        at += headSize + static_cast<qsizetype>(length);
        m_consumed += headSize + length;
    }
    m_waiting.remove(0, at);
    return true;
}

bool NodeStreamDecoder::takeChunk(quint32 kind, QByteArrayView content)
{
    const auto object = [content] { return QJsonDocument::fromJson(content.toByteArray()).object(); };
    switch (static_cast<Chunk>(kind)) {
    case Chunk::Records:
        return takeRecords(content);
    case Chunk::Text:
        m_sink.takeText(QString::fromUtf8(content));
        return true;
    case Chunk::Place:
        m_sink.takePlace(NodePlace::fromJson(object()));
        return true;
    case Chunk::Facts:
        m_sink.takeFacts(object());
        return true;
    case Chunk::Profile:
        m_sink.takeProfile(content.toByteArray());
        return true;
    }
    return fail(tr("a piece of kind %1").arg(kind));
}

bool NodeStreamDecoder::takeRecords(QByteArrayView content)
{
    if (content.size() % recordSize != 0)
        return fail(tr("a cut record"));
    for (qsizetype at = 0; at < content.size(); at += recordSize) {
        std::array<double, 4> numbers;
        std::memcpy(numbers.data(), content.data() + at, sizeof numbers);
        const quint64 first = whole(numbers[0]);
        const quint64 operation = first % 16;
        if (operation < static_cast<quint64>(NodeRecord::Operation::Init) || operation > static_cast<quint64>(NodeRecord::Operation::Error))
            return fail(tr("a record of kind %1").arg(operation));
        if (!std::isfinite(numbers[1]) || !std::isfinite(numbers[2]) || !std::isfinite(numbers[3]))
            return fail(tr("a record without numbers"));
        NodeRecord record;
        record.operation = static_cast<NodeRecord::Operation>(operation);
        record.type = static_cast<quint32>(first / 16 % 4096);
        record.place = static_cast<quint32>(first / 65536);
        record.first = numbers[1];
        record.second = numbers[2];
        record.time = numbers[3];
        m_sink.takeRecord(record);
    }
    return true;
}

} // namespace loopscope
