// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <utility>
#include <vector>

namespace loopscope {

/// The end of an axis from 0 that has room for `value`: 1, 2, 2.5 or 5 times a power of ten. 1 for nothing.
double niceEnd(double value);
/// Ticks that divide an axis from 0 to such an end at round numbers.
int ticksTo(double end);
/// Whole decades around two positive numbers, at least one of them.
std::pair<double, double> decadesAround(double least, double greatest);

/// Counts of a histogram, shared out to bars that are equally wide on a logarithmic axis: a bar of the histogram gives each of them what
/// overlaps. `from` and `to` in the histogram's unit, above 0; the sum of all bars is the number of requests between them.
std::vector<double> logBars(const std::vector<LabBar> &histogram, double from, double to, int count);

} // namespace loopscope
