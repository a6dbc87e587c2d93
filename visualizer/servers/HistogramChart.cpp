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
    : ChartCard(tr("latency of all answers"), tr("% by ms, log"), tr("Press Run (F5) to draw this."), parent)
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
    makeSeries();
    refresh();
}

void HistogramChart::makeSeries()
{
    m_drawn.clear();
    chart().removeAllSeries();
    if (m_record == nullptr)
        return;
    for (const auto &record : m_record->models()) {
        auto *upper = new QLineSeries;
        Drawn drawn{record.get(), new QAreaSeries(upper), upper, new QScatterSeries, -1, {}};
        upper->setParent(drawn.area);
        for (QAbstractSeries *series : {static_cast<QAbstractSeries *>(drawn.area), static_cast<QAbstractSeries *>(drawn.peak)}) {
            chart().addSeries(series);
            series->attachAxis(m_latencyAxis);
            series->attachAxis(m_shareAxis);
        }
        m_drawn.push_back(std::move(drawn));
    }
    applyTheme();
}

void HistogramChart::refresh()
{
    if (m_record != nullptr && m_drawn.size() != m_record->models().size())
        makeSeries();
    const auto isNews = [](const Drawn &drawn) { return drawn.answers != drawn.record->answers() || drawn.record->result; };
    const bool knows = std::any_of(m_drawn.begin(), m_drawn.end(), [](const Drawn &drawn) { return drawn.record->answers() > 0; });
    setEmpty(!knows);
    if (!knows || std::none_of(m_drawn.begin(), m_drawn.end(), isNews))
        return;
    std::vector<std::vector<LabBar>> histograms;
    double least = 0;
    double greatest = 0;
    for (const Drawn &drawn : m_drawn) {
        const std::vector<LabBar> &bars = histograms.emplace_back(drawn.record->histogram());
        if (bars.empty())
            continue;
        const double first = std::max(bars.front().from, bars.front().to / 2);
        least = least == 0 ? first : std::min(least, first);
        greatest = std::max(greatest, bars.back().to);
    }
    const auto [from, to] = decadesAround(least * 1e3, greatest * 1e3);
    if (m_latencyAxis->min() != from || m_latencyAxis->max() != to)
        m_latencyAxis->setRange(from, to);
    double most = 0;
    for (std::size_t index = 0; index < m_drawn.size(); ++index) {
        draw(m_drawn[index], histograms[index], from, to);
        most = std::max(most, *std::max_element(m_drawn[index].shares.begin(), m_drawn[index].shares.end()));
    }
    if (const double end = niceEnd(most); m_shareAxis->max() != end) {
        m_shareAxis->setTickCount(ticksTo(end));
        m_shareAxis->setRange(0, end);
    }
}

void HistogramChart::draw(Drawn &drawn, const std::vector<LabBar> &histogram, double from, double to)
{
    drawn.answers = drawn.record->answers();
    drawn.shares = logBars(histogram, from / 1e3, to / 1e3, kBars);
    double all = 0;
    for (const double count : drawn.shares)
        all += count;
    QList<QPointF> outline;
    const double perBar = std::log(to / from) / kBars;
    for (std::size_t bar = 0; bar < drawn.shares.size() && all > 0; ++bar) {
        double &share = drawn.shares[bar];
        share = share * 100 / all;
        outline.append({from * std::exp(static_cast<double>(bar) * perBar), share});
        outline.append({std::min(to, from * std::exp(static_cast<double>(bar + 1) * perBar)), share});
    }
    drawn.upper->replace(outline);
    const auto peak = std::max_element(drawn.shares.begin(), drawn.shares.end());
    QList<QPointF> mark;
    if (all > 0)
        mark.append({middleOf(static_cast<int>(peak - drawn.shares.begin())), *peak});
    drawn.peak->replace(mark);
}

int HistogramChart::barAt(double x) const
{
    const double from = m_latencyAxis->min();
    const double perBar = std::log(m_latencyAxis->max() / from) / kBars;
    return std::clamp(static_cast<int>(std::floor(std::log(x / from) / perBar)), 0, kBars - 1);
}

double HistogramChart::middleOf(int bar) const
{
    const double from = m_latencyAxis->min();
    return from * std::exp((bar + 0.5) * std::log(m_latencyAxis->max() / from) / kBars);
}

FigureTable HistogramChart::table() const
{
    FigureTable table{title(), {tr("model"), tr("from (ms)"), tr("below (ms)"), tr("answers"), tr("answers (%)")}, {}};
    for (const Drawn &drawn : m_drawn) {
        const auto answers = static_cast<double>(std::max<qint64>(1, drawn.record->answers()));
        for (const LabBar &bar : drawn.record->histogram())
            table.rows.push_back(
                {nameOf(drawn.record->model), bar.from * 1e3, bar.to * 1e3, bar.count, static_cast<double>(bar.count) / answers * 100});
    }
    return table;
}

double HistogramChart::neighbour(double x, int direction) const
{
    const auto isEmpty = [this](int bar) {
        return std::all_of(m_drawn.begin(), m_drawn.end(),
            [bar](const Drawn &drawn) { return drawn.shares.empty() || drawn.shares[static_cast<std::size_t>(bar)] <= 0; });
    };
    for (int bar = barAt(x) + direction; bar >= 0 && bar < kBars; bar += direction) {
        if (!isEmpty(bar))
            return middleOf(bar);
    }
    return x;
}

bool HistogramChart::choose(double x)
{
    const auto bar = static_cast<std::size_t>(barAt(x));
    const auto share = [bar](const Drawn &drawn) { return drawn.shares.empty() ? 0 : drawn.shares[bar]; };
    const auto most =
        std::max_element(m_drawn.begin(), m_drawn.end(), [&](const Drawn &left, const Drawn &right) { return share(left) < share(right); });
    if (most == m_drawn.end() || share(*most) <= 0)
        return false;
    Q_EMIT latencyChosen(*most->record, x / 1e3);
    return true;
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
    const int bar = barAt(x);
    QStringList lines{
        tr("%1 to %2").arg(formatSeconds(from * std::exp(bar * perBar) / 1e3), formatSeconds(from * std::exp((bar + 1) * perBar) / 1e3))};
    for (const Drawn &drawn : m_drawn) {
        if (!drawn.shares.empty())
            lines << tr("%1: %2 % of %L3 answers")
                         .arg(nameOf(drawn.record->model), formatFigure(drawn.shares[static_cast<std::size_t>(bar)]))
                         .arg(drawn.answers);
    }
    return lines.size() < 2 ? QString() : lines.join(QLatin1Char('\n'));
}

} // namespace loopscope
