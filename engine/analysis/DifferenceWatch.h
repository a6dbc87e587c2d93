// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/EventMatch.h"

#include <memory>

namespace loopscope {

/// Goes along with a run while it is recorded, and tells the first event that an earlier recording does not have in that place.
///
/// Meant for the process that records: events come from there, and its own file is looked into only where they name a text or a source
/// that is new. Costs some 100 ns an event. Not thread-safe.
class DifferenceWatch
{
public:
    /// Null if either file cannot be read, or if the two are not recorded in the same detail: then nothing can be told of them event by
    /// event.
    static std::unique_ptr<DifferenceWatch> open(const QString &earlier, const QString &own);

    /// Takes in what the run has recorded: `count` events, the last of which is `newest`. True if one of them is not what the earlier
    /// recording has there. Where that has not come so far and may still go on, nothing differs.
    bool differs(const Event &newest, quint64 count);

private:
    DifferenceWatch();
    /// The event of the earlier recording at `m_next`, if it is there.
    bool hasEarlier();
    bool isNextSame(const Event &own);
    /// Knows the texts and sources that an event names.
    void lookUp(const Event &own);

    RecordingReader m_earlier;
    RecordingReader m_own;
    EventMatch m_match;
    quint64 m_next = 0;
    StringId m_knownString = 0; ///< the largest number that the own file was looked into for
};

} // namespace loopscope
