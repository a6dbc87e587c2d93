// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/HeldBursts.h"

#include "servers/simulated/Machine.h"
#include "servers/simulated/ServerTrace.h"

#include <algorithm>

namespace loopscope {

void HeldBursts::begin(int thread, std::vector<Event> &&events, quint64 now)
{
    if (!events.empty() && ServerTrace::laneOf(thread))
        m_bursts[thread] = {now, std::move(events)};
}

void HeldBursts::advanceTo(quint64 now, const Machine &machine)
{
    m_due.clear();
    for (auto &[thread, burst] : m_bursts) {
        const quint64 done = machine.progress(thread, now);
        for (; burst.next < burst.events.size(); ++burst.next) {
            Event &event = burst.events[burst.next];
            const quint64 offset = event.time - burst.start;
            if (offset > done)
                break;
            event.time = now - std::min(done - offset, now);
            m_due.push_back(event);
        }
    }
    std::stable_sort(m_due.begin(), m_due.end(), [](const Event &left, const Event &right) { return left.time < right.time; });
    for (const Event &event : m_due)
        m_trace.record(event);
}

void HeldBursts::endBurst(Burst &burst, quint64 now)
{
    for (; burst.next < burst.events.size(); ++burst.next) {
        burst.events[burst.next].time = now;
        m_trace.record(burst.events[burst.next]);
    }
}

void HeldBursts::end(int thread, quint64 now)
{
    if (auto burst = m_bursts.extract(thread); !burst.empty())
        endBurst(burst.mapped(), now);
}

void HeldBursts::endAll(quint64 now)
{
    for (auto &[thread, burst] : m_bursts)
        endBurst(burst, now);
    m_bursts.clear();
}

} // namespace loopscope
