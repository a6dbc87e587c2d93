// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/LineProfile.h"

#include <algorithm>
#include <unordered_map>

namespace loopscope {

LineCost &LineCost::operator+=(const LineCost &other)
{
    self += other.self;
    calls += other.calls;
    times += other.times;
    awaited += other.awaited;
    return *this;
}

std::vector<SourceCost> sourceCosts(const Profile &profile, const RecordingReader &reader)
{
    std::unordered_map<const SourceText *, SourceCost> costs;
    const auto add = [&](const SitePlace &place, const LineCost &cost) {
        if (!place.isValid() || cost == LineCost())
            return;
        SourceCost &source = costs[place.source];
        source.source = place.source;
        source.lines[place.site->line] += cost;
        source.total += cost;
    };
    std::unordered_map<SiteId, quint64> inStatements; // ns, by function
    const LineTimes &times = profile.lineTimes();
    for (SiteId site = 1; site < times.siteEnd(); ++site) {
        const LineTimes::Cost cost = times.of(site);
        const SitePlace place = cost.count == 0 ? SitePlace() : reader.place(site);
        if (!place.isValid())
            continue;
        add(place, {.self = cost.time, .times = cost.count});
        inStatements[place.firstSite + place.site->function] += cost.time;
    }
    for (const FunctionCost &function : profile.callTree().functions()) {
        const auto told = inStatements.find(function.function);
        const quint64 elsewhere = told == inStatements.end() ? 0 : told->second;
        add(reader.place(function.function), {.self = function.self - std::min(function.self, elsewhere), .calls = function.calls});
    }
    for (const AwaitCost &await : profile.awaits().awaits())
        add(reader.place(await.await), {.awaited = await.total});

    std::vector<SourceCost> sorted;
    for (auto &each : costs)
        sorted.push_back(std::move(each.second));
    std::ranges::sort(sorted, [](const SourceCost &left, const SourceCost &right) {
        return left.total.self != right.total.self ? left.total.self > right.total.self : left.source->path < right.source->path;
    });
    return sorted;
}

} // namespace loopscope
