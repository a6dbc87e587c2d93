// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LineTimes.h"

namespace loopscope {

namespace {
constexpr SiteId endOfSites = 1U << 24U; ///< a larger number is damage
} // namespace

void LineTimes::add(const Event &event)
{
    ++m_eventCount;
    if (event.lane() != m_lane)
        return;
    if (event.time > m_lastTime && !m_frames.empty()) {
        const SiteId running = m_frames.back().statement;
        if (running != 0 && running < m_costs.size()) {
            m_costs[running].time += event.time - m_lastTime;
            m_total += event.time - m_lastTime;
        }
    }
    m_lastTime = event.time;
    switch (event.kind) {
    case EventKind::Statement:
        beginStatement(event.site);
        break;
    case EventKind::TaskBegun:
        m_frames.push_back({0, true});
        break;
    case EventKind::TaskEnded:
        while (!m_frames.empty()) {
            const bool wasTask = m_frames.back().isTask;
            m_frames.pop_back();
            if (wasTask)
                break;
        }
        break;
    case EventKind::CallEntered:
        m_frames.push_back({});
        break;
    case EventKind::CallLeft:
        if (!m_frames.empty() && !m_frames.back().isTask)
            m_frames.pop_back();
        break;
    default:
        break;
    }
}

void LineTimes::beginStatement(SiteId site)
{
    if (site == 0 || site >= endOfSites || m_frames.empty())
        return;
    if (site >= m_costs.size())
        m_costs.resize(site + 1);
    ++m_costs[site].count;
    m_frames.back().statement = site;
}

} // namespace loopscope
