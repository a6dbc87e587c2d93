// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/SourceMap.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

int base64Value(char digit)
{
    if (digit >= 'A' && digit <= 'Z')
        return digit - 'A';
    if (digit >= 'a' && digit <= 'z')
        return digit - 'a' + 26;
    if (digit >= '0' && digit <= '9')
        return digit - '0' + 52;
    return digit == '+' ? 62 : (digit == '/' ? 63 : -1);
}

/// Reads one variable-length quantity: base 64, five bits a digit, the lowest bit of all is the sign.
bool readQuantity(const char *&at, const char *end, int *value)
{
    quint32 bits = 0;
    for (quint32 shift = 0; at != end && shift < 32; shift += 5) {
        const int digit = base64Value(*at);
        if (digit < 0)
            return false;
        ++at;
        bits |= (static_cast<quint32>(digit) & 31U) << shift;
        if (digit < 32) {
            const int magnitude = static_cast<int>(bits >> 1U);
            *value = (bits & 1U) != 0U ? -magnitude : magnitude;
            return true;
        }
    }
    return false;
}

bool comesBefore(TextPlace left, TextPlace right) { return left.line != right.line ? left.line < right.line : left.column < right.column; }

} // namespace

SourceMap SourceMap::fromJson(const QByteArray &json)
{
    SourceMap map;
    const QByteArray text = QJsonDocument::fromJson(json).object().value(QLatin1String("mappings")).toString().toLatin1();
    const char *at = text.constData();
    const char *end = at + text.size();
    quint32 line = 1;
    int column = 0;
    std::array<int, 3> original{}; // source, line, column: each relative to the one before
    while (at != end) {
        if (*at == ';') {
            ++line;
            column = 0;
            ++at;
            continue;
        }
        if (*at == ',') {
            ++at;
            continue;
        }
        int delta = 0;
        if (!readQuantity(at, end, &delta))
            break;
        column += delta;
        std::size_t fields = 0;
        while (at != end && *at != ',' && *at != ';') {
            if (!readQuantity(at, end, &delta))
                return map;
            if (fields < original.size())
                original[fields] += delta;
            ++fields;
        }
        if (fields >= 3) {
            map.m_mappings.push_back(
                {{line, static_cast<quint32>(column) + 1}, {static_cast<quint32>(original[1]) + 1, static_cast<quint32>(original[2]) + 1}});
        }
    }
    return map;
}

TextPlace SourceMap::original(TextPlace generated) const
{
    const auto after = std::upper_bound(m_mappings.begin(), m_mappings.end(), generated,
        [](TextPlace place, const SourceMapping &mapping) { return comesBefore(place, mapping.generated); });
    return after == m_mappings.begin() ? TextPlace{} : (after - 1)->original;
}

std::vector<TextPlace> SourceMap::lineOrigins(qsizetype lineCount) const
{
    std::vector<TextPlace> origins(static_cast<std::size_t>(lineCount));
    for (const SourceMapping &mapping : m_mappings) {
        const std::size_t line = mapping.generated.line - 1;
        if (line < origins.size() && origins[line].line == 0)
            origins[line] = mapping.original;
    }
    for (std::size_t line = 1; line < origins.size(); ++line) {
        if (origins[line].line == 0)
            origins[line] = origins[line - 1];
    }
    return origins;
}

} // namespace loopscope
