// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabComparison.h"
#include "servers/session/LabReport.h"
#include "servers/session/SvgChart.h"
#include "servers/session/SweepReport.h"

namespace loopscope {

/// Reports, sweeps and comparisons for other programs. Numbers in CSV are plain, with a point, in the unit that the head of their column
/// says (RFC 4180); where there is no such figure, there is nothing. Everything is in the file:
/// HTML and SVG load nothing.
class LabExport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabExport)

public:
    /// One row a run, all its figures.
    static QByteArray csv(const LabReport &report);
    /// One row a sample: the course of all runs over time.
    static QByteArray samplesCsv(const LabReport &report);
    static QByteArray csv(const SweepReport &report);
    /// Throughput, latency, and CPU over time, and the histogram of the latencies.
    static std::vector<SvgChart> charts(const LabReport &report);
    /// Throughput and p99 over the knob.
    static std::vector<SvgChart> charts(const SweepReport &report);
    static QByteArray html(const LabReport &report);
    static QByteArray html(const SweepReport &report);
    static QByteArray html(const LabComparison &comparison);
};

} // namespace loopscope
