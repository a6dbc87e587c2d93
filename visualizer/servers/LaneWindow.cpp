// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LaneWindow.h"

#include <algorithm>

namespace loopscope {

void LaneWindow::advance(double time, double newest)
{
    m_followed = time;
    m_newest = newest;
    if (!m_follows || m_end == time)
        return;
    m_end = time;
    Q_EMIT changed();
}

void LaneWindow::zoom(double factor, double around)
{
    const double span = std::clamp(m_span / factor, least, most);
    const double share = (m_end - around) / m_span; // of the window, that lies behind the moment
    m_span = span;
    if (!m_follows)
        m_end = around + share * span;
    Q_EMIT changed();
}

void LaneWindow::pan(double seconds)
{
    m_end = std::min(m_end + seconds, m_newest);
    m_follows = m_end == m_newest && m_newest == m_followed;
    Q_EMIT changed();
}

void LaneWindow::setFollows(bool follows)
{
    m_follows = follows;
    if (follows)
        m_end = m_followed;
    Q_EMIT changed();
}

void LaneWindow::show(double from, double to)
{
    m_span = std::clamp(to - from, least, most);
    m_end = from + m_span;
    m_follows = false;
    Q_EMIT changed();
}

} // namespace loopscope
