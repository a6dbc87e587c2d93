// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/FrameClock.h"

#include <algorithm>

namespace loopscope {

Q_LOGGING_CATEGORY(timelineFrames, "loopscope.timeline", QtInfoMsg)

void FrameClock::add(double milliseconds) { m_times[m_count++ % m_times.size()] = milliseconds; }

QString FrameClock::text() const
{
    if (m_count == 0)
        return {};
    const std::size_t kept = std::min(m_count, m_times.size());
    auto sorted = m_times;
    std::sort(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(kept));
    const auto number = [](double value) { return QString::number(value, 'f', 1); };
    return QStringLiteral("%1 ms, median %2, p99 %3 of %4")
        .arg(number(m_times[(m_count - 1) % m_times.size()]), number(sorted[kept / 2]), number(sorted[kept * 99 / 100]))
        .arg(kept);
}

} // namespace loopscope
