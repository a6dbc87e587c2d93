// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/Pace.h"

#include <cmath>

namespace loopscope {

void Playhead::start(Pace pace, quint64 runTime, Direction direction)
{
    m_pace = pace;
    m_direction = direction;
    m_events = 0;
    m_runTime = static_cast<double>(runTime);
}

void Playhead::advance(double seconds)
{
    if (m_pace.basis == Pace::Basis::Events)
        m_events += seconds * m_pace.factor * Pace::eventsPerSecond;
    else
        m_runTime += static_cast<int>(m_direction) * seconds * m_pace.factor * 1e9;
}

quint64 Playhead::takeEvents()
{
    const double whole = std::floor(m_events);
    m_events -= whole;
    return static_cast<quint64>(whole);
}

} // namespace loopscope
