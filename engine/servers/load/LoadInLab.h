// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/load/LoadFigures.h"

#include <vector>

namespace loopscope {

// A load's figures as the lab tells them, in seconds, under every truth.

LabLatency latencyOf(const LatencyHistogram &histogram);
LabFailures failuresOf(const LoadSample &sample);
std::vector<LabBar> barsOf(const LatencyHistogram &histogram);
/// The same counts in few bars, eight to a power of two (LabSample::histogram): exact, since the histogram's own buckets lie within them.
std::vector<LabBar> coarseBarsOf(const LatencyHistogram &histogram);

/// What `total`, the whole of what was measured, says of a run; the rest of the result is as it was made.
LabResult resultOf(const LoadSample &total);
/// The server was busy for so many seconds, on all cores together; `result` has its time and its answers.
void setBusySeconds(LabResult &result, double seconds);

} // namespace loopscope
