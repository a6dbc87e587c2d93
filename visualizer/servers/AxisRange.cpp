// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/AxisRange.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

double niceEnd(double value)
{
    if (!(value > 0) || !std::isfinite(value))
        return 1;
    const double decade = std::pow(10, std::floor(std::log10(value)));
    for (const double step : {1.0, 2.0, 2.5, 5.0}) {
        if (value <= step * decade * (1 + 1e-9))
            return step * decade;
    }
    return 10 * decade;
}

int ticksTo(double end)
{
    const double lead = end / std::pow(10, std::floor(std::log10(end) + 1e-9));
    return lead > 1.5 && lead < 2.2 ? 5 : 6; // 2 by 0.5; 1 by 0.2, 2.5 by 0.5, 5 by 1
}

std::pair<double, double> decadesAround(double least, double greatest)
{
    if (!(least > 0) || !(greatest >= least))
        return {1, 10};
    const double from = std::floor(std::log10(least) + 1e-9);
    const double to = std::max(from + 1, std::ceil(std::log10(greatest) - 1e-9));
    return {std::pow(10, from), std::pow(10, to)};
}

std::vector<double> logBars(const std::vector<LabBar> &histogram, double from, double to, int count)
{
    std::vector<double> bars(static_cast<std::size_t>(std::max(count, 0)));
    if (bars.empty() || !(from > 0) || !(to > from))
        return bars;
    const double perBar = std::log(to / from) / count;
    const auto place = [&](double value) { return std::log(std::max(value, from * 1e-12) / from) / perBar; };
    for (const LabBar &bar : histogram) {
        // What a bar of the histogram holds is taken as spread evenly over its width.
        const double begin = std::max(bar.from, from);
        const double end = std::min(bar.to, to);
        if (end <= begin || bar.to <= bar.from)
            continue;
        const auto last = std::min(count - 1, static_cast<int>(place(end)));
        for (int index = std::max(0, static_cast<int>(place(begin))); index <= last; ++index) {
            const double left = std::max(begin, from * std::exp(index * perBar));
            const double right = std::min(end, from * std::exp((index + 1) * perBar));
            if (right > left)
                bars[static_cast<std::size_t>(index)] += static_cast<double>(bar.count) * (right - left) / (bar.to - bar.from);
        }
    }
    return bars;
}

} // namespace loopscope
