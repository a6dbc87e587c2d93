// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/SiteMatch.h"

#include <optional>

namespace loopscope {

/// Tells whether an event of one recording is the same thing happening as an event of another one, as long as all before them were the
/// same: same kind, name, place, text and number. What only looks different does not count: the moment's time, how long the poll phase
/// waited, when a timer of the wall clock is due as long as its delay is the same, lines that moved because the code above them was edited.
class EventMatch
{
public:
    /// Both must outlive this.
    EventMatch(const RecordingReader &left, const RecordingReader &right);

    /// The events before these two must have been asked about, in their order.
    bool isSame(const Event &left, const Event &right);

    SiteMatch &places() { return m_places; }

private:
    bool hasSameValue(const Event &left, const Event &right);

    const RecordingReader &m_left;
    const RecordingReader &m_right;
    SiteMatch m_places;
    SubjectId m_script = 0; ///< the main script
    std::optional<bool> m_isOnWallClock; ///< either of them
};

/// True if the value of such an event is a SiteId.
bool valueIsSite(const Event &event);

} // namespace loopscope
