// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <vector>

namespace loopscope {

/// How long each statement of the person's code ran, the functions it called not counted: what the heat margin and reports by line show.
/// Grows with the recording; 16 bytes a site. Not thread-safe.
///
/// Time passes between two events of the lane. It belongs to the statement that was begun last in the frame that runs; after a call
/// has returned that is the caller's again. What passes while nothing of the person's runs belongs to nobody.
class LineTimes
{
public:
    struct Cost
    {
        quint64 time = 0; ///< ns of run time
        quint64 count = 0; ///< how often it was begun, as far as that was recorded
    };

    /// `lane`: the loop's own; the main script's if not said.
    explicit LineTimes(quint16 lane = 0)
        : m_lane(lane)
    {
    }
    /// Takes in event number eventCount().
    void add(const Event &event);
    void clear() { *this = LineTimes(m_lane); }
    quint64 eventCount() const { return m_eventCount; }

    /// Of a statement's site; zero for others.
    Cost of(SiteId statement) const { return statement < m_costs.size() ? m_costs[statement] : Cost{}; }
    /// Sites are below this number.
    SiteId siteEnd() const { return static_cast<SiteId>(m_costs.size()); }
    /// Of all statements together, ns.
    quint64 total() const { return m_total; }

private:
    struct Frame
    {
        SiteId statement = 0;
        bool isTask = false;
    };
    void beginStatement(SiteId site);

    quint16 m_lane;
    std::vector<Cost> m_costs; ///< by site
    std::vector<Frame> m_frames; ///< of the running tasks, the outermost first
    quint64 m_eventCount = 0;
    quint64 m_lastTime = 0;
    quint64 m_total = 0;
};

} // namespace loopscope
