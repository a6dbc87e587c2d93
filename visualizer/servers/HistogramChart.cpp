// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/HistogramChart.h"

#include "servers/AxisRange.h"
#include "servers/LabRecord.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QLocale>
#include <QLogValueAxis>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int kBars = 72;

} // namespace

HistogramChart::HistogramChart(QWidget *parent)
    : ChartCard(tr("latency of all answers"), tr("% by ms, logarithmic"),
        tr("The histogram of a model's answers is drawn when its run is over."), parent)
    , m_latencyAxis(new QLogValueAxis(this))
    , m_shareAxis(new QValueAxis(this))
{
    m_latencyAxis->setBase(10);
    m_latencyAxis->setLabelFormat(QStringLiteral("%.6g"));
    m_latencyAxis->setGridLineVisible(false);
    m_shareAxis->setTickCount(5);
    m_shareAxis->setLabelFormat(QStringLiteral("%.6g"));
    chart().addAxis(m_latencyAxis, Qt::AlignBottom);
    chart().addAxis(m_shareAxis, Qt::AlignLeft);
    applyTheme();
}

void HistogramChart::setRecord(const LabRecord *record)
{
    m_record = record;
    m_resultsDrawn = 0;
    refresh();
}

void HistogramChart::refresh()
{
    std::vector<const ModelRecord *> over;
    double least = 0;
    double greatest = 0;
    if (m_record != nullptr) {
        for (const auto &record : m_record->models()) {
            if (!record->result || record->result->histogram.empty())
                continue;
            over.push_back(record.get());
            const std::vector<LabBar> &bars = record->result->histogram;
            const double first = std::max(bars.front().from, bars.front().to / 2);
            least = least == 0 ? first : std::min(least, first);
            greatest = std::max(greatest, bars.back().to);
        }
    }
    setEmpty(over.empty());
    if (over.size() == m_resultsDrawn)
        return;
    m_resultsDrawn = over.size();
    m_drawn.clear();
    chart().removeAllSeries();
    if (over.empty())
        return;
    const auto [from, to] = decadesAround(least * 1e3, greatest * 1e3);
    m_latencyAxis->setRange(from, to);
    for (const ModelRecord *record : over)
        draw(*record, from, to);
    double most = 0;
    for (const Drawn &drawn : m_drawn)
        most = std::max(most, *std::max_element(drawn.shares.begin(), drawn.shares.end()));
    m_shareAxis->setRange(0, niceEnd(most));
    applyTheme();
}

void HistogramChart::draw(const ModelRecord &record, double from, double to)
{
    Drawn drawn{&record, nullptr, new QScatterSeries, logBars(record.result->histogram, from / 1e3, to / 1e3, kBars)};
    double all = 0;
    for (const double count : drawn.shares)
        all += count;
    auto *upper = new QLineSeries;
    const double perBar = std::log(to / from) / kBars;
    for (std::size_t bar = 0; bar < drawn.shares.size(); ++bar) {
        double &share = drawn.shares[bar];
        share = all > 0 ? share * 100 / all : 0;
        upper->append(from * std::exp(static_cast<double>(bar) * perBar), share);
        upper->append(std::min(to, from * std::exp(static_cast<double>(bar + 1) * perBar)), share);
    }
    const auto peak = std::max_element(drawn.shares.begin(), drawn.shares.end());
    drawn.peak->append(from * std::exp((static_cast<double>(peak - drawn.shares.begin()) + 0.5) * perBar), *peak);
    drawn.area = new QAreaSeries(upper);
    upper->setParent(drawn.area);
    for (QAbstractSeries *series : {static_cast<QAbstractSeries *>(drawn.area), static_cast<QAbstractSeries *>(drawn.peak)}) {
        chart().addSeries(series);
        series->attachAxis(m_latencyAxis);
        series->attachAxis(m_shareAxis);
    }
    m_drawn.push_back(std::move(drawn));
}

void HistogramChart::applyTheme()
{
    ChartCard::applyTheme();
    for (const Drawn &drawn : m_drawn) {
        const QColor colour = Theme::current().palette().hue(hueOf(drawn.record->model));
        QColor fill = colour;
        fill.setAlphaF(0.22F);
        drawn.area->setPen(QPen(colour, Theme::current().scaled(1.5)));
        drawn.area->setBrush(fill);
        styleMarks(*drawn.peak, drawn.record->model);
    }
}

QString HistogramChart::textAt(double x) const
{
    const double from = m_latencyAxis->min();
    const double perBar = std::log(m_latencyAxis->max() / from) / kBars;
    const int bar = std::clamp(static_cast<int>(std::log(x / from) / perBar), 0, kBars - 1);
    QStringList lines{
        tr("%1 to %2").arg(formatSeconds(from * std::exp(bar * perBar) / 1e3), formatSeconds(from * std::exp((bar + 1) * perBar) / 1e3))};
    for (const Drawn &drawn : m_drawn)
        lines << tr("%1: %2 % of %L3 answers")
                     .arg(nameOf(drawn.record->model), formatFigure(drawn.shares[static_cast<std::size_t>(bar)]))
                     .arg(drawn.record->result->completed);
    return m_drawn.empty() ? QString() : lines.join(QLatin1Char('\n'));
}

} // namespace loopscope
