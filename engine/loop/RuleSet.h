// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

namespace loopscope {

/// What differs between versions of Node's loop, as data. Sources: libuv 1.45's change of uv_run, Node's lib/internal/timers.js.
struct RuleSet
{
    const char *name = "node20";
    /// libuv 1.45 and later runs the timers once before the loop and then last in each turn; before, first in each turn. The cycle is the
    /// same.
    bool timersRunBeforeLoop = true;
    /// Timers longer than this are set to 1 ms, with a TimeoutOverflowWarning.
    double longestTimeout = 2147483647.0;
    /// libuv runs pending callbacks again after polling, up to this many times.
    int pendingRunsAfterPoll = 8;
};

inline constexpr RuleSet node20Rules{};

} // namespace loopscope
