// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ChartCard.h"
#include "servers/session/SweepReport.h"

#include <vector>

class QAbstractAxis;
class QLogValueAxis;

namespace loopscope {

/// A figure of each model over the values of a sweep, both as the field draws them: the knob logarithmic, with marks where a model bends
/// and where it breaks.
class SweepChart : public ChartCard
{
    Q_OBJECT
public:
    enum class Figure : quint8 { Throughput, P99 };
    explicit SweepChart(Figure figure, QWidget *parent = nullptr);

    /// `knob`: its name, for the axis. Where models bend and break is marked when all points are there: `isWhole`.
    void setReport(const SweepReport &report, const QString &knob, bool isWhole);
    /// Models that are marked as bending or breaking, for tests.
    int markCount() const { return m_markCount; }
    FigureTable table() const override;

protected:
    void applyTheme() override;
    QString textAt(double x) const override;
    double neighbour(double x, int direction) const override;

private:
    struct Drawn
    {
        ServerModel model = ServerModel::EventLoop;
        QLineSeries *line = nullptr;
        QScatterSeries *points = nullptr;
    };
    double valueOf(const LabResult &result) const;
    void drawRun(const LabRunName &run);
    void drawMark(ServerModel model, const std::vector<SweepPoint> &points, double value, const QString &word);
    void setRanges();

    Figure m_figure;
    SweepReport m_report;
    QLogValueAxis *m_knobAxis;
    QAbstractAxis *m_valueAxis;
    std::vector<Drawn> m_drawn;
    std::vector<std::pair<ServerModel, QScatterSeries *>> m_marks;
    int m_markCount = 0;
};

} // namespace loopscope
