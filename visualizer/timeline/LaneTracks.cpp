// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/LaneTracks.h"

#include <bit>

namespace loopscope {

int LaneTracks::open(quint64 event, quint64 time, int category)
{
    const int lane = std::min(std::countr_one(m_taken), crowd);
    if (m_tracks.size() <= static_cast<std::size_t>(lane))
        m_tracks.resize(static_cast<std::size_t>(lane) + 1);
    if (lane == crowd) {
        if (m_crowded++ > 0)
            return lane;
    } else {
        m_taken |= quint32{1} << static_cast<unsigned>(lane);
    }
    m_openedAt[lane] = time;
    m_tracks[static_cast<std::size_t>(lane)].open(event, category);
    return lane;
}

void LaneTracks::close(int lane, quint64 event, quint64 time, bool isMarked)
{
    if (lane == crowd) {
        if (m_crowded == 0 || --m_crowded > 0)
            return;
    } else {
        m_taken &= ~(quint32{1} << static_cast<unsigned>(lane));
    }
    m_tracks[static_cast<std::size_t>(lane)].close(event, time - std::min(time, m_openedAt[lane]), isMarked);
}

void LaneTracks::clear() { *this = LaneTracks(); }

} // namespace loopscope
