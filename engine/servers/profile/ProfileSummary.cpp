// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ProfileSummary.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loopscope {

namespace {

double quantile(const std::vector<double> &sorted, double share)
{
    const auto index = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
    return sorted[std::clamp<std::size_t>(index, 1, sorted.size()) - 1];
}

double meanOf(const std::vector<double> &values)
{
    double sum = 0;
    for (const double value : values)
        sum += value;
    return sum / static_cast<double>(values.size());
}

std::size_t commonLength(const ObservedRoute &route)
{
    std::map<std::size_t, int> counts;
    for (const ObservedRequest &request : route.requests)
        ++counts[request.phases.size()];
    const auto most = std::max_element(counts.begin(), counts.end(), [](const auto &a, const auto &b) { return a.second < b.second; });
    return most == counts.end() ? 0 : most->first;
}

} // namespace

RouteSummary summaryOf(const ObservedRoute &route)
{
    RouteSummary summary{route.route, route.weight, static_cast<int>(route.requests.size()), 0, {}};
    const std::size_t length = commonLength(route);
    std::vector<std::vector<double>> times(length);
    for (const ObservedRequest &request : route.requests) {
        if (request.phases.size() != length)
            continue;
        if (summary.alike++ == 0) {
            for (const ObservedPhase &phase : request.phases)
                summary.stages.push_back({phase.kind, phase.what, 0, 0, 0, {}});
        }
        for (std::size_t stage = 0; stage < length; ++stage)
            times[stage].push_back(request.phases[stage].seconds);
    }
    for (std::size_t stage = 0; stage < length; ++stage) {
        std::sort(times[stage].begin(), times[stage].end());
        StageSummary &told = summary.stages[stage];
        told.mean = meanOf(times[stage]);
        told.p50 = quantile(times[stage], 0.5);
        told.p99 = quantile(times[stage], 0.99);
        told.like = likeliest(times[stage]);
    }
    return summary;
}

QString likeliest(const std::vector<double> &seconds)
{
    const auto number = [](double value) { return QString::number(value, 'g', 3); };
    const double mean = meanOf(seconds);
    double square = 0;
    for (const double value : seconds)
        square += (value - mean) * (value - mean);
    const double variance = square / static_cast<double>(seconds.size());
    const double ratio = mean > 0 ? std::sqrt(variance) / mean : 0;
    constexpr double steady = 0.1; // below, nobody would see the difference
    constexpr double nearOne = 0.15;
    if (ratio < steady)
        return QStringLiteral("det:%1").arg(number(mean));
    if (std::abs(ratio - 1) < nearOne)
        return QStringLiteral("exp:%1").arg(number(1 / mean));
    if (ratio < 1) {
        const double stages = std::round(1 / (ratio * ratio));
        return QStringLiteral("erlang:%1:%2").arg(stages).arg(number(stages / mean));
    }
    const double sigma = std::log1p(ratio * ratio); // squared, of the normal distribution behind it
    return QStringLiteral("lognormal:%1:%2").arg(number(std::log(mean) - sigma / 2), number(std::sqrt(sigma)));
}

} // namespace loopscope
