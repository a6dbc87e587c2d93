// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/LoopMetrics.h"
#include "servers/ChartCard.h"

#include <array>

class QLogValueAxis;
class QValueAxis;

namespace loopscope {

/// How many waited at once in each queue of a loop, in the course of the run: a line a queue, in the colour of its kind. A logarithmic axis
/// of counts: one timer is to be seen beside a flood of ticks.
class QueueChart : public ChartCard
{
    Q_OBJECT
public:
    static constexpr std::size_t queues = 6;
    explicit QueueChart(QWidget *parent = nullptr);

    void setMetrics(const LoopMetrics &metrics);
    FigureTable table() const override;

protected:
    void applyTheme() override;
    QString textAt(double x) const override;
    double neighbour(double x, int direction) const override;

private:
    struct Moment
    {
        double from = 0; ///< ms
        double to = 0;
        std::array<quint32, queues> most{};
    };
    const Moment *momentAt(double x) const;

    std::vector<Moment> m_moments;
    QValueAxis *m_timeAxis;
    QLogValueAxis *m_countAxis;
    std::array<QLineSeries *, queues> m_lines{};
};

} // namespace loopscope
