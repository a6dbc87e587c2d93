// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ProfileChart.h"

#include "servers/AxisRange.h"
#include "theme/Theme.h"

#include <QAreaSeries>
#include <QChart>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

QAbstractAxis *makeAxis(ProfileChart::Scale scale, QObject *parent)
{
    if (scale == ProfileChart::Scale::Linear) {
        auto *axis = new QValueAxis(parent);
        axis->setLabelFormat(QStringLiteral("%.6g"));
        return axis;
    }
    auto *axis = new QLogValueAxis(parent);
    axis->setBase(10);
    axis->setLabelFormat(QStringLiteral("%.6g"));
    return axis;
}

} // namespace

ProfileChart::ProfileChart(Words words, Scale scale, Hue hue, QWidget *parent)
    : ChartCard(words.title, words.unit, tr("Nothing ran yet."), parent)
    , m_words(std::move(words))
    , m_scale(scale)
    , m_hue(hue)
    , m_xAxis(makeAxis(scale, this))
    , m_shareAxis(new QValueAxis(this))
    , m_upper(new QLineSeries)
    , m_area(new QAreaSeries(m_upper))
{
    m_upper->setParent(m_area);
    m_xAxis->setGridLineVisible(false);
    m_shareAxis->setLabelFormat(QStringLiteral("%.6g"));
    chart().addAxis(m_xAxis, Qt::AlignBottom);
    chart().addAxis(m_shareAxis, Qt::AlignLeft);
    chart().addSeries(m_area);
    m_area->attachAxis(m_xAxis);
    m_area->attachAxis(m_shareAxis);
    applyTheme();
}

void ProfileChart::setBars(std::vector<ChartBar> bars)
{
    m_bars = std::move(bars);
    setEmpty(m_bars.empty());
    if (m_bars.empty()) {
        m_upper->clear();
        return;
    }
    QList<QPointF> outline;
    double most = 0;
    for (const ChartBar &bar : m_bars) {
        outline << QPointF(bar.from, bar.share) << QPointF(bar.to, bar.share);
        most = std::max(most, bar.share);
    }
    if (m_scale == Scale::Logarithmic) {
        const auto [least, greatest] = decadesAround(m_bars.front().from, m_bars.back().to);
        m_xAxis->setRange(least, greatest);
    } else {
        auto *axis = static_cast<QValueAxis *>(m_xAxis);
        const double end = niceEnd(m_bars.back().to);
        axis->setTickType(QValueAxis::TicksDynamic);
        axis->setTickAnchor(0);
        axis->setTickInterval(end / (ticksTo(end) - 1));
        axis->setRange(m_bars.front().from, m_bars.back().to);
    }
    const double end = std::min(100.0, niceEnd(most));
    m_shareAxis->setTickCount(ticksTo(end));
    m_shareAxis->setRange(0, end);
    m_upper->replace(outline);
}

FigureTable ProfileChart::table() const
{
    FigureTable table{title(), m_words.columns, {}};
    for (const ChartBar &bar : m_bars)
        table.rows.push_back({bar.from, bar.to, bar.share});
    return table;
}

std::vector<ChartBar>::const_iterator ProfileChart::barAt(double x) const
{
    const auto found = std::partition_point(m_bars.begin(), m_bars.end(), [x](const ChartBar &bar) { return bar.to <= x; });
    return found != m_bars.end() && found->from <= x ? found : m_bars.end();
}

double ProfileChart::middleOf(const ChartBar &bar) const
{
    return m_scale == Scale::Logarithmic ? std::sqrt(bar.from * bar.to) : (bar.from + bar.to) / 2;
}

QString ProfileChart::textAt(double x) const
{
    const auto bar = barAt(x);
    return bar == m_bars.end() ? QString() : m_words.reading(*bar);
}

double ProfileChart::neighbour(double x, int direction) const
{
    const auto here = barAt(x);
    if (here == m_bars.end())
        return m_bars.empty() ? x : middleOf(m_bars.front());
    if (direction < 0)
        return middleOf(here == m_bars.begin() ? *here : *std::prev(here));
    return middleOf(std::next(here) == m_bars.end() ? *here : *std::next(here));
}

void ProfileChart::applyTheme()
{
    ChartCard::applyTheme();
    const QColor colour = Theme::current().palette().hue(m_hue);
    QColor fill = colour;
    fill.setAlphaF(0.22F);
    m_area->setPen(QPen(colour, Theme::current().scaled(1.5)));
    m_area->setBrush(fill);
}

} // namespace loopscope
