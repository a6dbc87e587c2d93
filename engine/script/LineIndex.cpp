// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/LineIndex.h"

#include <algorithm>

namespace loopscope {

namespace {
constexpr quint32 checkpointDistance = 256;

/// A lead byte stands for one unit, or for two if its code point needs a surrogate pair; continuation bytes stand for none.
quint32 unitsOfByte(unsigned char byte)
{
    if ((byte & 0xC0U) == 0x80U)
        return 0;
    return byte >= 0xF0U ? 2 : 1;
}

bool isSeparator(const char *at, const char *end)
{
    return end - at >= 3 && at[0] == '\xE2' && at[1] == '\x80' && (at[2] == '\xA8' || at[2] == '\xA9');
}
} // namespace

quint32 utf16Length(const char *begin, const char *end)
{
    quint32 units = 0;
    for (const char *at = begin; at != end; ++at)
        units += unitsOfByte(static_cast<unsigned char>(*at));
    return units;
}

LineIndex::LineIndex(const QByteArray &text)
    : m_text(text)
{
    const char *begin = text.constData();
    const char *end = begin + text.size();
    bool ascii = true;
    m_starts.push_back(0);
    for (const char *at = begin; at != end; ++at) {
        if (*at == '\n' || (*at == '\r' && (at + 1 == end || at[1] != '\n'))) {
            m_starts.push_back(static_cast<quint32>(at + 1 - begin));
        } else if (static_cast<unsigned char>(*at) >= 0x80U) {
            ascii = false;
            if (isSeparator(at, end))
                m_starts.push_back(static_cast<quint32>(at + 3 - begin));
        }
    }
    if (ascii)
        return;
    quint32 units = 0;
    for (const char *at = begin; at != end; ++at) {
        if ((at - begin) % checkpointDistance == 0)
            m_checkpoints.push_back(units);
        units += unitsOfByte(static_cast<unsigned char>(*at));
    }
    m_checkpoints.push_back(units);
}

quint32 LineIndex::unitsBefore(quint32 offset) const
{
    if (m_checkpoints.empty())
        return offset;
    const quint32 checkpoint = offset / checkpointDistance;
    const char *begin = m_text.constData();
    return m_checkpoints[std::min<std::size_t>(checkpoint, m_checkpoints.size() - 1)]
        + utf16Length(begin + checkpoint * checkpointDistance, begin + offset);
}

TextPlace LineIndex::place(quint32 offset) const
{
    offset = std::min(offset, static_cast<quint32>(m_text.size()));
    const auto next = std::upper_bound(m_starts.begin(), m_starts.end(), offset);
    const quint32 start = *(next - 1);
    return {static_cast<quint32>(next - m_starts.begin()), unitsBefore(offset) - unitsBefore(start) + 1};
}

quint32 LineIndex::lineEnd(quint32 number) const
{
    const char *begin = m_text.constData();
    quint32 end = number < m_starts.size() ? m_starts[number] : static_cast<quint32>(m_text.size());
    const quint32 start = m_starts[number - 1];
    if (number < m_starts.size() && end >= start + 3 && isSeparator(begin + end - 3, begin + end))
        return end - 3;
    while (end > start && (begin[end - 1] == '\n' || begin[end - 1] == '\r'))
        --end;
    return end;
}

quint32 LineIndex::offset(TextPlace place) const
{
    if (place.line == 0 || place.line > m_starts.size())
        return static_cast<quint32>(m_text.size());
    quint32 offset = m_starts[place.line - 1];
    const quint32 end = lineEnd(place.line);
    const char *begin = m_text.constData();
    for (quint32 units = 1; offset < end && units < place.column;) {
        units += unitsOfByte(static_cast<unsigned char>(begin[offset++]));
        while (offset < end && (static_cast<unsigned char>(begin[offset]) & 0xC0U) == 0x80U)
            ++offset;
    }
    return offset;
}

QString LineIndex::line(quint32 number) const
{
    if (number == 0 || number > m_starts.size())
        return {};
    const quint32 start = m_starts[number - 1];
    return QString::fromUtf8(m_text.constData() + start, static_cast<qsizetype>(lineEnd(number) - start));
}

} // namespace loopscope
