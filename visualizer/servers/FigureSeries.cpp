// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FigureSeries.h"

#include "servers/lab/LabEvents.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <limits>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::Figure", text); }

double latency(const LabSample &sample, double seconds)
{
    return sample.completed > 0 ? seconds * 1e3 : std::numeric_limits<double>::quiet_NaN();
}

double aSecond(const LabSample &sample, qint64 count) { return sample.interval > 0 ? static_cast<double>(count) / sample.interval : 0; }

} // namespace

double valueOf(const LabSample &sample, Figure figure)
{
    switch (figure) {
    case Figure::Throughput:
        return aSecond(sample, sample.completed);
    case Figure::P50:
        return latency(sample, sample.latency.p50);
    case Figure::P90:
        return latency(sample, sample.latency.p90);
    case Figure::P99:
        return latency(sample, sample.latency.p99);
    case Figure::P999:
        return latency(sample, sample.latency.p999);
    case Figure::InFlight:
        return sample.inFlight;
    case Figure::Queued:
        return sample.queued;
    case Figure::Cpu:
        return sample.cpuCores;
    case Figure::Memory:
        return static_cast<double>(sample.memoryBytes) / 1e6;
    case Figure::Switches:
        return aSecond(sample, sample.contextSwitches);
    case Figure::Failures:
        return aSecond(sample, sample.failures.total());
    }
    return 0;
}

QString nameOf(Figure figure)
{
    switch (figure) {
    case Figure::Throughput:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "throughput"));
    case Figure::P50:
        return QStringLiteral("p50");
    case Figure::P90:
        return QStringLiteral("p90");
    case Figure::P99:
        return QStringLiteral("p99");
    case Figure::P999:
        return QStringLiteral("p99.9");
    case Figure::InFlight:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "in flight"));
    case Figure::Queued:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "queued"));
    case Figure::Cpu:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "CPU"));
    case Figure::Memory:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "memory"));
    case Figure::Switches:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "context switches"));
    case Figure::Failures:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "errors and refusals"));
    }
    return {};
}

QString unitOf(Figure figure)
{
    switch (figure) {
    case Figure::Throughput:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "requests/s"));
    case Figure::P50:
    case Figure::P90:
    case Figure::P99:
    case Figure::P999:
        return QStringLiteral("ms");
    case Figure::InFlight:
    case Figure::Queued:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "requests"));
    case Figure::Cpu:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "cores"));
    case Figure::Memory:
        return QStringLiteral("MB");
    case Figure::Switches:
    case Figure::Failures:
        return translated(QT_TRANSLATE_NOOP("loopscope::Figure", "a second"));
    }
    return {};
}

void FigureSeries::append(const LabSample &sample)
{
    if (!m_times.empty() && sample.time <= m_times.back())
        return;
    m_times.push_back(sample.time);
    for (std::size_t index = 0; index < figureCount; ++index)
        m_values[index].push_back(valueOf(sample, static_cast<Figure>(index)));
}

std::vector<QPointF> FigureSeries::folded(Figure figure, double from, double to, int pixels) const
{
    std::vector<QPointF> points;
    if (to <= from || pixels < 1)
        return points;
    const std::vector<double> &values = this->values(figure);
    // With one sample beyond each end, so that the line reaches the edges.
    const auto first = std::lower_bound(m_times.begin(), m_times.end(), from);
    const auto last = std::upper_bound(m_times.begin(), m_times.end(), to);
    auto index = static_cast<std::size_t>(first - m_times.begin());
    if (index > 0)
        --index;
    const auto end = std::min(m_times.size(), static_cast<std::size_t>(last - m_times.begin()) + 1);
    if (end - index <= static_cast<std::size_t>(pixels) * 2) {
        for (; index < end; ++index) {
            if (!std::isnan(values[index]))
                points.emplace_back(m_times[index], values[index]);
        }
        return points;
    }
    const double perPixel = (to - from) / pixels;
    while (index < end) {
        const double edge = from + (std::floor((m_times[index] - from) / perPixel) + 1) * perPixel;
        std::size_t least = end;
        std::size_t greatest = end;
        const std::size_t begun = index;
        for (; index < end && (index == begun || m_times[index] < edge); ++index) {
            if (std::isnan(values[index]))
                continue;
            if (least == end || values[index] < values[least])
                least = index;
            if (greatest == end || values[index] > values[greatest])
                greatest = index;
        }
        if (least == end)
            continue;
        const auto [earlier, later] = std::minmax(least, greatest);
        points.emplace_back(m_times[earlier], values[earlier]);
        if (later != earlier)
            points.emplace_back(m_times[later], values[later]);
    }
    return points;
}

std::pair<double, double> FigureSeries::range(Figure figure, double from, double to) const
{
    const std::vector<double> &values = this->values(figure);
    const auto begin = static_cast<std::size_t>(std::lower_bound(m_times.begin(), m_times.end(), from) - m_times.begin());
    const auto end = static_cast<std::size_t>(std::upper_bound(m_times.begin(), m_times.end(), to) - m_times.begin());
    std::pair<double, double> found{0, 0};
    bool isFirst = true;
    for (std::size_t index = begin; index < end; ++index) {
        const double value = values[index];
        if (std::isnan(value))
            continue;
        found = isFirst ? std::pair(value, value) : std::pair(std::min(found.first, value), std::max(found.second, value));
        isFirst = false;
    }
    return found;
}

} // namespace loopscope
