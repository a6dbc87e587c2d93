// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

/// A moment or a length of time for people: "0.02 ms", "12.4 ms", "1.250 s". `nanoseconds` may be negative.
QString formatTime(qint64 nanoseconds);
inline QString formatTime(quint64 nanoseconds) { return formatTime(static_cast<qint64>(nanoseconds)); }

/// A mark of a time axis whose marks stand so many ns apart: all have the unit and the decimals that fit this distance.
QString formatTick(double nanoseconds, double distance);

/// The clock in the bar: "12.408 ms", always with three digits so that it does not jump.
QString formatClock(quint64 nanoseconds);

/// "812 B", "2.1 KB", "14 MB".
QString formatBytes(quint64 bytes);

} // namespace loopscope
