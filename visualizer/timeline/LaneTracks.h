// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/SpanTrack.h"

#include <QtGlobal>

namespace loopscope {

/// Rows for spans that may overlap: each new one goes to the first row that is free. When all rows are taken, the rest share one more, the
/// *crowd*: one span from the moment there is somebody in it to the moment there is nobody.
class LaneTracks
{
public:
    static constexpr int mostLanes = 24;
    static constexpr int crowd = mostLanes;

    /// Gives the row.
    int open(quint64 event, quint64 time, int category);
    void close(int lane, quint64 event, quint64 time, bool isMarked = false);
    void clear();

    /// The rows in use so far; the crowd's is number `crowd`, behind all others.
    const std::vector<SpanTrack> &tracks() const { return m_tracks; }

private:
    std::vector<SpanTrack> m_tracks;
    quint64 m_openedAt[mostLanes + 1] = {}; ///< ns, by row
    quint32 m_taken = 0; ///< a bit a row
    quint64 m_crowded = 0; ///< how many are in the crowd
};

} // namespace loopscope
