// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ChartCard.h"
#include "servers/FigureSeries.h"

#include <vector>

class QAbstractAxis;
class QToolButton;
class QValueAxis;

namespace loopscope {

class LabRecord;
struct ModelRecord;

/// A chart of one or several figures over the run's time, a line a model and figure. Figures of one chart differ by how their lines are
/// drawn, and can be switched off; models by colour and mark.
class FigureChart : public ChartCard
{
    Q_OBJECT
public:
    enum class Scale : quint8 { FromZero, Logarithmic };
    struct Line
    {
        Figure figure = Figure::Throughput;
        Qt::PenStyle style = Qt::SolidLine;
        bool isShown = true; ///< at first
    };

    FigureChart(const QString &title, std::vector<Line> lines, Scale scale, QWidget *parent = nullptr);

    /// The chart reads it until the next call. `seconds`: how long the run is meant to be.
    void setRecord(const LabRecord *record, double seconds);
    /// Draws what the record holds now.
    void refresh() override;
    FigureTable table() const override;

Q_SIGNALS:
    /// A person chose a moment of the run; what lies between these two is as near as the chart can tell.
    void momentChosen(double from, double to);

protected:
    void applyTheme() override;
    QString textAt(double x) const override;
    double neighbour(double x, int direction) const override;
    bool choose(double x) override;

private:
    struct Drawn
    {
        const ModelRecord *record = nullptr;
        const Line *line = nullptr;
        QLineSeries *series = nullptr;
        QScatterSeries *marks = nullptr; ///< of a model's first line
        bool isDense = false; ///< up and down in each pixel
    };

    void addSwitches();
    void makeSeries();
    void styleLineOf(const Drawn &drawn) const;
    void setRanges();
    std::pair<double, double> timeRange() const;

    std::vector<Line> m_lines;
    Scale m_scale;
    const LabRecord *m_record = nullptr;
    double m_seconds = 0;
    QValueAxis *m_timeAxis;
    QAbstractAxis *m_valueAxis;
    std::vector<Drawn> m_drawn;
    std::vector<QToolButton *> m_switches; ///< of the lines, if there are several
};

} // namespace loopscope
