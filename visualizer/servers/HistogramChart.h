// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ChartCard.h"
#include "servers/lab/LabEvents.h"

#include <vector>

class QAreaSeries;
class QLogValueAxis;
class QValueAxis;

namespace loopscope {

class LabRecord;
struct ModelRecord;

/// All answers so far, by their latency: which share of them took how long, on a logarithmic axis.
class HistogramChart : public ChartCard
{
    Q_OBJECT
public:
    explicit HistogramChart(QWidget *parent = nullptr);

    void setRecord(const LabRecord *record);
    void refresh() override;
    FigureTable table() const override;

Q_SIGNALS:
    /// A person chose a bar: answers of that latency, under the model that has most of them.
    void latencyChosen(const ModelRecord &model, double seconds);

protected:
    void applyTheme() override;
    QString textAt(double x) const override;
    double neighbour(double x, int direction) const override;
    bool choose(double x) override;

private:
    struct Drawn
    {
        const ModelRecord *record = nullptr;
        QAreaSeries *area = nullptr;
        QLineSeries *upper = nullptr; ///< of the area
        QScatterSeries *peak = nullptr; ///< the model's mark at its greatest share
        qint64 answers = -1; ///< that are drawn
        std::vector<double> shares; ///< percent, by bar
    };
    void makeSeries();
    void draw(Drawn &drawn, const std::vector<LabBar> &histogram, double from, double to);
    int barAt(double x) const;
    double middleOf(int bar) const; ///< of the axis, in ms

    const LabRecord *m_record = nullptr;
    QLogValueAxis *m_latencyAxis;
    QValueAxis *m_shareAxis;
    std::vector<Drawn> m_drawn;
};

} // namespace loopscope
