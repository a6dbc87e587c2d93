// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabReport.h"
#include "servers/session/SvgChart.h"
#include "servers/session/SweepReport.h"

namespace loopscope {

/// Reports and sweeps for other programs. Numbers in CSV are plain: seconds, bytes, no separators (RFC 4180). Everything is in the file:
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
};

} // namespace loopscope
