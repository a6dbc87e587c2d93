// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPointF>
#include <QString>

#include <array>
#include <vector>

namespace loopscope {

struct LabSample;

/// A figure that a chart draws over a run's time.
enum class Figure : quint8 { Throughput, P50, P90, P99, P999, InFlight, Queued, Cpu, Memory, Switches, Failures };
constexpr std::size_t figureCount = 11;

/// In the unit of its chart: requests/s, ms, requests, cores, MB, switches/s, failures/s. Not a number where the sample knows nothing of
/// it (the latency of no request).
double valueOf(const LabSample &sample, Figure figure);
/// "p99", "queued": a word for the figure.
QString nameOf(Figure figure);
/// "requests/s", "ms"
QString unitOf(Figure figure);

/// All figures of one model over its time, as columns. An hour with ten samples a second takes 3.5 MB. Needs no window; one thread.
class FigureSeries
{
public:
    void append(const LabSample &sample);
    std::size_t size() const { return m_times.size(); }
    double begin() const { return m_times.empty() ? 0 : m_times.front(); }
    double end() const { return m_times.empty() ? 0 : m_times.back(); }
    const std::vector<double> &times() const { return m_times; }
    const std::vector<double> &values(Figure figure) const { return m_values[static_cast<std::size_t>(figure)]; }
    /// The points of a line in a chart of so many pixels: of each pixel's samples the least and the greatest in their order, so that no
    /// peak is lost; the samples themselves where there are fewer.
    std::vector<QPointF> folded(Figure figure, double from, double to, int pixels) const;
    /// The greatest and the least value in a stretch; {0, 0} if there is none.
    std::pair<double, double> range(Figure figure, double from, double to) const;

private:
    std::vector<double> m_times;
    std::array<std::vector<double>, figureCount> m_values;
};

} // namespace loopscope
