// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// How long an operation keeps a pool thread busy on the virtual clock: a part drawn between `least` and `most` when it is submitted, and
/// a part by the bytes it moved. docs/simulated-io.md shows the table and gives the reasons.
struct LatencyRange
{
    quint64 least = 0; ///< ns
    quint64 most = 0; ///< ns
};
LatencyRange latencyRange(const QString &operation);

/// The time it takes to move the bytes that the operation read or wrote, in ns.
quint64 transferTime(const IoOperation &operation, const IoResult &result);

/// A pool thread that slept takes this long until it begins; it is made at its first use.
constexpr LatencyRange threadWakeUp = {20'000, 60'000};
/// A pool thread that was busy begins the next operation after this long, in ns.
constexpr quint64 threadHandover = 1'000;

} // namespace loopscope
