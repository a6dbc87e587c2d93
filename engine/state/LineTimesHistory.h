// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LineTimes.h"

#include <functional>
#include <vector>

namespace loopscope {

/// The LineTimes of every moment of a recording: the newest, which grows with it, and those at any earlier cursor.
///
/// Keeps copies at even distances, and folds from the nearest one: at most `spacing()` events, which is the recording's length by some
/// hundred. The copies take 16 MiB at most; of a program with very many sites there are fewer. Going on by a few events costs these only.
/// Not thread-safe.
class LineTimesHistory
{
public:
    using EventAt = std::function<Event(quint64)>;

    LineTimesHistory() { clear(); }
    void clear();
    /// Takes in event number eventCount().
    void add(const Event &event);
    quint64 eventCount() const { return m_newest.eventCount(); }
    const LineTimes &newest() const { return m_newest; }
    /// What the events below `cursor` took; of those that were taken in. Valid until the next call; `eventAt` gives recorded events.
    const LineTimes &at(quint64 cursor, const EventAt &eventAt);
    quint64 spacing() const { return m_spacing; }

private:
    void keep();

    LineTimes m_newest;
    LineTimes m_asked; ///< the answer to the last question
    std::vector<LineTimes> m_kept; ///< in order, the first of no events
    quint64 m_spacing = 0; ///< events
};

} // namespace loopscope
