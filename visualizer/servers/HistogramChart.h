// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/ChartCard.h"

#include <vector>

class QAreaSeries;
class QLogValueAxis;
class QValueAxis;

namespace loopscope {

class LabRecord;
struct ModelRecord;

/// All answers of the models that are over, by their latency: which share of them took how long, on a logarithmic axis.
class HistogramChart : public ChartCard
{
    Q_OBJECT
public:
    explicit HistogramChart(QWidget *parent = nullptr);

    void setRecord(const LabRecord *record);
    void refresh();

protected:
    void applyTheme() override;
    QString textAt(double x) const override;

private:
    struct Drawn
    {
        const ModelRecord *record = nullptr;
        QAreaSeries *area = nullptr;
        QScatterSeries *peak = nullptr; ///< the model's mark at its greatest share
        std::vector<double> shares; ///< percent, by bar
    };
    void draw(const ModelRecord &record, double from, double to);

    const LabRecord *m_record = nullptr;
    std::size_t m_resultsDrawn = 0;
    QLogValueAxis *m_latencyAxis;
    QValueAxis *m_shareAxis;
    std::vector<Drawn> m_drawn;
};

} // namespace loopscope
