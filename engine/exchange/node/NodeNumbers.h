// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace loopscope {

/// What a number of a real Node's stream counts; 0 if it cannot be a count.
inline quint64 counted(double number)
{
    constexpr double largest = 9007199254740992.0; // 2^53: all whole numbers up to here have a double
    return number >= 0 && number < largest ? static_cast<quint64>(number) : 0;
}

/// As counted(): 0 for what is no stretch of time.
inline quint64 nanoseconds(double milliseconds) { return counted(milliseconds * 1e6); }

} // namespace loopscope
