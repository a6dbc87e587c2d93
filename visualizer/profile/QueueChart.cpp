// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/QueueChart.h"

#include "analysis/profiler/ProfileText.h"
#include "profile/ColourLegend.h"
#include "servers/AxisRange.h"
#include "theme/Theme.h"

#include <QChart>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QVBoxLayout>
#include <QValueAxis>

#include <algorithm>

namespace loopscope {

namespace {

constexpr double kNothing = 0.5; ///< where none stands on the logarithmic axis

struct Queue
{
    const char *name;
    Hue hue;
    Qt::PenStyle style;
};

constexpr std::array<Queue, QueueChart::queues> kQueues{{{QT_TRANSLATE_NOOP("loopscope::QueueChart", "ticks"), Hue::Tick, Qt::SolidLine},
    {QT_TRANSLATE_NOOP("loopscope::QueueChart", "microtasks"), Hue::Microtask, Qt::SolidLine},
    {QT_TRANSLATE_NOOP("loopscope::QueueChart", "timers"), Hue::Timers, Qt::SolidLine},
    {QT_TRANSLATE_NOOP("loopscope::QueueChart", "I/O ready"), Hue::Poll, Qt::SolidLine},
    {QT_TRANSLATE_NOOP("loopscope::QueueChart", "immediates"), Hue::Check, Qt::DashDotLine},
    {QT_TRANSLATE_NOOP("loopscope::QueueChart", "for a thread"), Hue::Closing, Qt::DotLine}}};

} // namespace

QueueChart::QueueChart(QWidget *parent)
    : ChartCard(tr("waiting"), tr("most at once, by ms of the run"), tr("Nothing waited."), parent)
    , m_timeAxis(new QValueAxis(this))
    , m_countAxis(new QLogValueAxis(this))
{
    m_timeAxis->setGridLineVisible(false);
    m_timeAxis->setLabelFormat(QStringLiteral("%.6g"));
    m_countAxis->setBase(10);
    m_countAxis->setLabelFormat(QStringLiteral("%.6g"));
    chart().addAxis(m_timeAxis, Qt::AlignBottom);
    chart().addAxis(m_countAxis, Qt::AlignLeft);
    std::vector<ColourLegend::Entry> entries;
    for (std::size_t i = 0; i < queues; ++i) {
        m_lines[i] = new QLineSeries;
        chart().addSeries(m_lines[i]);
        m_lines[i]->attachAxis(m_timeAxis);
        m_lines[i]->attachAxis(m_countAxis);
        entries.push_back({tr(kQueues[i].name), [i] { return Theme::current().palette().hue(kQueues[i].hue); }});
    }
    auto *legend = new ColourLegend;
    legend->setEntries(std::move(entries));
    static_cast<QVBoxLayout *>(layout())->insertWidget(1, legend); // below the title, which needs its width
    QueueChart::applyTheme();
}

void QueueChart::setMetrics(const LoopMetrics &metrics)
{
    m_moments.clear();
    const double length = static_cast<double>(metrics.momentLength()) / 1e6;
    const double end = static_cast<double>(metrics.endTime()) / 1e6;
    quint32 most = 0;
    for (std::size_t i = 0; i < metrics.moments().size(); ++i) {
        const LoopMoment &from = metrics.moments()[i];
        const auto in = [&from](LoopQueue queue) { return from.most.in(queue); };
        Moment moment{static_cast<double>(i) * length, std::min(end, static_cast<double>(i + 1) * length),
            {in(LoopQueue::NextTick), in(LoopQueue::Microtasks), in(LoopQueue::Timers), from.most.ready, in(LoopQueue::Check),
                from.mostForThread}};
        if (moment.to <= moment.from)
            continue;
        most = std::max(most, *std::max_element(moment.most.begin(), moment.most.end()));
        m_moments.push_back(moment);
    }
    setEmpty(most == 0);
    for (std::size_t i = 0; i < queues; ++i) {
        QList<QPointF> line;
        const bool isUsed = std::any_of(m_moments.begin(), m_moments.end(), [i](const Moment &moment) { return moment.most[i] > 0; });
        for (const Moment &moment : m_moments) {
            const double count = moment.most[i] == 0 ? kNothing : moment.most[i];
            if (isUsed)
                line << QPointF(moment.from, count) << QPointF(moment.to, count);
        }
        m_lines[i]->replace(line);
    }
    if (most == 0)
        return;
    const double niceTime = niceEnd(m_moments.back().to);
    m_timeAxis->setTickType(QValueAxis::TicksDynamic);
    m_timeAxis->setTickAnchor(0);
    m_timeAxis->setTickInterval(niceTime / (ticksTo(niceTime) - 1));
    m_timeAxis->setRange(0, m_moments.back().to);
    m_countAxis->setRange(kNothing, std::max(10.0, decadesAround(1, most).second));
}

FigureTable QueueChart::table() const
{
    FigureTable table{title(), {tr("from (ms)"), tr("to (ms)")}, {}};
    for (const Queue &queue : kQueues)
        table.columns << tr(queue.name);
    for (const Moment &moment : m_moments) {
        FigureTable::Row row{moment.from, moment.to};
        for (const quint32 count : moment.most)
            row.emplace_back(static_cast<qint64>(count));
        table.rows.push_back(std::move(row));
    }
    return table;
}

const QueueChart::Moment *QueueChart::momentAt(double x) const
{
    const auto found = std::partition_point(m_moments.begin(), m_moments.end(), [x](const Moment &moment) { return moment.to <= x; });
    return found != m_moments.end() && found->from <= x ? &*found : nullptr;
}

QString QueueChart::textAt(double x) const
{
    const Moment *moment = momentAt(x);
    if (moment == nullptr)
        return {};
    QStringList parts;
    for (std::size_t i = 0; i < queues; ++i) {
        if (moment->most[i] > 0)
            parts << tr("%1 %L2").arg(tr(kQueues[i].name)).arg(moment->most[i]);
    }
    return tr("from %1: %2")
        .arg(ProfileText::duration(static_cast<quint64>(moment->from * 1e6)),
            parts.isEmpty() ? tr("nothing waited") : parts.join(QStringLiteral(", ")));
}

double QueueChart::neighbour(double x, int direction) const
{
    const Moment *here = momentAt(x);
    if (here == nullptr)
        return m_moments.empty() ? x : (m_moments.front().from + m_moments.front().to) / 2;
    const auto index = std::clamp<std::ptrdiff_t>(here - m_moments.data() + direction, 0, std::ssize(m_moments) - 1);
    const Moment &next = m_moments[static_cast<std::size_t>(index)];
    return (next.from + next.to) / 2;
}

void QueueChart::applyTheme()
{
    ChartCard::applyTheme();
    for (std::size_t i = 0; i < queues; ++i) {
        QPen pen(Theme::current().palette().hue(kQueues[i].hue), Theme::current().scaled(1.6), kQueues[i].style);
        pen.setCosmetic(true);
        m_lines[i]->setPen(pen);
    }
}

} // namespace loopscope
