// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/LoopFigures.h"

#include "analysis/profiler/ProfileText.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

QString duration(double milliseconds) { return ProfileText::duration(static_cast<quint64>(milliseconds * 1e6)); }

} // namespace

LoopFigures::LoopFigures(QWidget *parent)
    : QWidget(parent)
    , m_facts(new QLabel(this))
    , m_delay(new ProfileChart(
          {tr("held at a time"), tr("% of holds, by ms"), {tr("from (ms)"), tr("below (ms)"), tr("holds (%)")},
              [](const ChartBar &bar) {
                  return tr("%1 to %2: %3 of the holds").arg(duration(bar.from), duration(bar.to), ProfileText::percent(bar.share / 100));
              }},
          ProfileChart::Scale::Logarithmic, Hue::Timers, this))
    , m_utilisation(new ProfileChart(
          {tr("busy"), tr("% of the time, by ms of the run"), {tr("from (ms)"), tr("to (ms)"), tr("busy (%)")},
              [](const ChartBar &bar) { return tr("from %1: busy %2").arg(duration(bar.from), ProfileText::percent(bar.share / 100)); }},
          ProfileChart::Scale::Linear, Hue::Script, this))
    , m_queues(new QueueChart(this))
{
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *charts = new QHBoxLayout;
    charts->setSpacing(8);
    charts->addWidget(m_delay);
    charts->addWidget(m_utilisation);
    charts->addWidget(m_queues);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 4, 0, 0);
    layout->addWidget(m_facts);
    layout->addLayout(charts, 1);
}

std::vector<ChartBar> LoopFigures::delayBars(const BlockingReport &report)
{
    const std::vector<quint64> &counts = report.delayHistogram();
    const auto all = static_cast<double>(std::max<quint64>(1, report.delay().count));
    std::vector<ChartBar> bars;
    for (std::size_t i = 0; i < counts.size(); ++i)
        bars.push_back(
            {std::ldexp(1e-3, static_cast<int>(i) - 1), std::ldexp(1e-3, static_cast<int>(i)), 100 * static_cast<double>(counts[i]) / all});
    const auto isEmpty = [](const ChartBar &bar) { return bar.share <= 0; };
    bars.erase(std::find_if_not(bars.rbegin(), bars.rend(), isEmpty).base(), bars.end());
    bars.erase(bars.begin(), std::find_if_not(bars.begin(), bars.end(), isEmpty));
    return bars;
}

std::vector<ChartBar> LoopFigures::utilisationBars(const LoopMetrics &metrics)
{
    std::vector<ChartBar> bars;
    const double length = static_cast<double>(metrics.momentLength()) / 1e6;
    const double end = static_cast<double>(metrics.endTime()) / 1e6;
    for (std::size_t i = 0; i < metrics.moments().size(); ++i) {
        const double from = static_cast<double>(i) * length;
        const double to = std::min(end, from + length); // the last moment may not be over
        if (to > from)
            bars.push_back({from, to, std::min(100.0, 100 * static_cast<double>(metrics.moments()[i].busy) / 1e6 / (to - from))});
    }
    return bars;
}

void LoopFigures::setProfile(const Profile &profile, const BlockingReport &report)
{
    const auto text = [](quint64 time) { return ProfileText::duration(time); };
    const LoopMetrics &metrics = profile.metrics();
    const DurationFigures &delay = report.delay();
    const double busy = static_cast<double>(metrics.busy()) / std::max(1.0, static_cast<double>(metrics.endTime()));
    QString facts = tr("%1 in all; callbacks ran for %2 (%3); %L4 iterations. Held at a time: p50 %5, p90 %6, p99 %7, the longest %8.")
                        .arg(text(metrics.endTime()), text(metrics.busy()), ProfileText::percent(busy))
                        .arg(metrics.iterations())
                        .arg(text(delay.p50), text(delay.p90), text(delay.p99), text(delay.most));
    if (const PoolFigures pool = metrics.pool(); pool.queued.count > 0)
        facts += QLatin1Char(' ')
            + tr("Thread pool (%2): %L1 requests, which waited for a thread p50 %3, p99 %4.")
                  .arg(pool.queued.count)
                  .arg(pool.threads == 1 ? tr("1 thread") : tr("%L1 threads").arg(pool.threads))
                  .arg(text(pool.queued.p50), text(pool.queued.p99));
    m_facts->setText(facts);
    m_delay->setBars(delayBars(report));
    m_utilisation->setBars(utilisationBars(metrics));
    m_queues->setMetrics(metrics);
}

} // namespace loopscope
