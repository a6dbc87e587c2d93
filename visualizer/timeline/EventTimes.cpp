// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/EventTimes.h"

#include <algorithm>

namespace loopscope {

void EventTimes::add(quint64 time)
{
    time = std::max(time, m_last);
    if (m_count % blockEvents == 0) {
        m_blocks.push({time, m_differences.size()});
    } else {
        quint64 rest = time - m_last;
        for (; rest >= 0x80; rest >>= 7U)
            m_differences.push(static_cast<quint8>(rest | 0x80U));
        m_differences.push(static_cast<quint8>(rest));
    }
    m_last = time;
    ++m_count;
}

void EventTimes::clear()
{
    m_blocks.clear();
    m_differences.clear();
    m_count = 0;
    m_last = 0;
}

quint64 EventTimes::difference(quint64 &offset) const
{
    quint64 value = 0;
    for (unsigned shift = 0;; shift += 7) {
        const quint8 byte = m_differences[offset++];
        value |= static_cast<quint64>(byte & 0x7fU) << shift;
        if (byte < 0x80)
            return value;
    }
}

quint64 EventTimes::at(quint64 event) const
{
    const Block &block = m_blocks[event / blockEvents];
    quint64 time = block.time;
    quint64 offset = block.offset;
    for (quint64 i = event % blockEvents; i > 0; --i)
        time += difference(offset);
    return time;
}

quint64 EventTimes::firstFrom(quint64 time) const
{
    if (m_count == 0 || time > m_last)
        return m_count;
    // The last block that begins before the time holds the answer, or it is the first event of the next.
    std::size_t low = 0;
    std::size_t high = m_blocks.size();
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (m_blocks[middle].time < time)
            low = middle + 1;
        else
            high = middle;
    }
    if (low == 0)
        return 0;
    quint64 event = (low - 1) * blockEvents;
    const quint64 end = std::min(event + blockEvents, m_count);
    quint64 offset = m_blocks[low - 1].offset;
    for (quint64 at = m_blocks[low - 1].time; at < time;) {
        if (++event == end)
            break;
        at += difference(offset);
    }
    return event;
}

} // namespace loopscope
