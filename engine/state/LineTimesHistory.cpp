// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LineTimesHistory.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr quint64 firstSpacing = 16'384;
constexpr std::size_t mostKept = 256;
constexpr std::size_t mostBytes = std::size_t{16} * 1024 * 1024;

} // namespace

void LineTimesHistory::clear()
{
    m_newest = LineTimes();
    m_asked = LineTimes();
    m_kept.assign(1, LineTimes());
    m_spacing = firstSpacing;
}

void LineTimesHistory::add(const Event &event)
{
    m_newest.add(event);
    if (m_newest.eventCount() >= m_kept.back().eventCount() + m_spacing)
        keep();
}

void LineTimesHistory::keep()
{
    m_kept.push_back(m_newest);
    const std::size_t bytes = m_newest.siteEnd() * sizeof(LineTimes::Cost); // the earlier ones are no larger
    while (m_kept.size() > 2 && (m_kept.size() > mostKept || m_kept.size() * bytes > mostBytes)) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < m_kept.size(); i += 2)
            std::swap(m_kept[kept++], m_kept[i]);
        m_kept.resize(kept);
        m_spacing *= 2;
    }
}

const LineTimes &LineTimesHistory::at(quint64 cursor, const EventAt &eventAt)
{
    cursor = std::min(cursor, eventCount());
    if (cursor == eventCount())
        return m_newest;
    const auto after = std::upper_bound(
        m_kept.begin(), m_kept.end(), cursor, [](quint64 number, const LineTimes &times) { return number < times.eventCount(); });
    const LineTimes &nearest = *std::prev(after);
    if (m_asked.eventCount() > cursor || m_asked.eventCount() < nearest.eventCount())
        m_asked = nearest;
    while (m_asked.eventCount() < cursor)
        m_asked.add(eventAt(m_asked.eventCount()));
    return m_asked;
}

} // namespace loopscope
