// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadInLab.h"

#include <bit>

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

std::vector<LabBar> coarseBarsOf(const LatencyHistogram &histogram)
{
    constexpr unsigned bits = 3; // eight bars
    std::vector<LabBar> bars;
    quint64 lowest = 0;
    histogram.forEachBucket([&](const LatencyHistogram::Bucket &bucket) {
        const auto width = static_cast<unsigned>(std::bit_width(bucket.lowest));
        const unsigned shift = width > bits + 1 ? width - bits - 1 : 0;
        const quint64 from = bucket.lowest >> shift << shift;
        if (bars.empty() || from != lowest)
            bars.push_back({static_cast<double>(from) / 1e9, static_cast<double>(from + (1ULL << shift)) / 1e9, 0});
        lowest = from;
        bars.back().count += static_cast<qint64>(bucket.count);
    });
    return bars;
}

LabResult resultOf(const LoadSample &total)
{
    LabResult result;
    result.seconds = static_cast<double>(total.to - total.from) / 1e9;
    result.arrivals = static_cast<qint64>(total.arrivals);
    result.completed = static_cast<qint64>(total.completed);
    result.failures = failuresOf(total);
    result.throughput = result.seconds > 0 ? static_cast<double>(result.completed) / result.seconds : 0;
    result.latency = latencyOf(total.latency);
    result.uncorrectedLatency = latencyOf(total.uncorrected);
    result.histogram = barsOf(total.latency);
    result.meanInFlight = total.meanInFlight();
    result.littleDifference = total.littleDifference();
    result.mostInFlight = static_cast<int>(total.mostInFlight);
    result.bytesSent = static_cast<qint64>(total.bytesReceived);
    return result;
}

void setBusySeconds(LabResult &result, double seconds)
{
    result.cpuCores = result.seconds > 0 ? seconds / result.seconds : 0;
    result.cpuSecondsPerRequest = result.completed > 0 ? seconds / static_cast<double>(result.completed) : 0;
}

} // namespace loopscope
