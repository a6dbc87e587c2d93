// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/BlockingReport.h"
#include "analysis/profiler/ProfileText.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Pictures of a profile as SVG elements of an HTML page, with tooltips; colours are the page's CSS classes.

/// The call tree, left-heavy: widths are total times, the longest child first. What is narrower than 1/1000 of the whole is left out.
void writeFlameGraph(const CallTree &tree, const ProfileText &text, TextSink &sink);
/// Which part of each moment callbacks ran.
void writeUtilization(const LoopMetrics &metrics, TextSink &sink);
/// How many holds there were of which length: powers of two, numbers on a logarithmic scale.
void writeDelayHistogram(const BlockingReport &blocking, TextSink &sink);

} // namespace loopscope
