// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>

#include <array>
#include <cstddef>

namespace loopscope {

/// Switches the frame-time overlay of the timeline on: QT_LOGGING_RULES="loopscope.timeline.debug=true".
Q_DECLARE_LOGGING_CATEGORY(timelineFrames)

/// The times of the last 256 frames, for the overlay.
class FrameClock
{
public:
    void add(double milliseconds);
    /// "3.1 ms, median 2.8, p99 4.0 of 256"
    QString text() const;

private:
    std::array<double, 256> m_times{};
    std::size_t m_count = 0;
};

} // namespace loopscope
