// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadInLab.h"

namespace loopscope {

LabLatency latencyOf(const LatencyHistogram &histogram)
{
    const auto seconds = [](quint64 value) { return static_cast<double>(value) / 1e9; };
    return {histogram.mean() / 1e9, seconds(histogram.percentile(50)), seconds(histogram.percentile(90)), seconds(histogram.percentile(99)),
        seconds(histogram.percentile(99.9)), seconds(histogram.most())};
}

LabFailures failuresOf(const LoadSample &sample)
{
    const auto count = [&sample](LoadFailure kind) { return static_cast<qint64>(sample.failedBy(kind)); };
    return {count(LoadFailure::Refused), count(LoadFailure::Reset), count(LoadFailure::TimedOut), count(LoadFailure::BadStatus),
        count(LoadFailure::BadResponse) + count(LoadFailure::NoConnection)};
}

std::vector<LabBar> barsOf(const LatencyHistogram &histogram)
{
    std::vector<LabBar> bars;
    histogram.forEachBucket([&bars](const LatencyHistogram::Bucket &bucket) {
        bars.push_back(
            {static_cast<double>(bucket.lowest) / 1e9, static_cast<double>(bucket.highest + 1) / 1e9, static_cast<qint64>(bucket.count)});
    });
    return bars;
}

} // namespace loopscope
