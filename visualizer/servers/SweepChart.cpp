// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/SweepChart.h"

#include "servers/AxisRange.h"
#include "servers/ModelLook.h"
#include "theme/Theme.h"

#include <QChart>
#include <QLineSeries>
#include <QLogValueAxis>
#include <QScatterSeries>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace loopscope {

SweepChart::SweepChart(Figure figure, QWidget *parent)
    : ChartCard(figure == Figure::Throughput ? tr("throughput by load") : tr("p99 by load"),
        figure == Figure::Throughput ? tr("requests/s") : tr("ms, log"), tr("Start the sweep to draw this."), parent)
    , m_figure(figure)
    , m_knobAxis(new QLogValueAxis(this))
    , m_valueAxis(nullptr)
{
    m_knobAxis->setBase(10);
    m_knobAxis->setLabelFormat(QStringLiteral("%.6g"));
    m_knobAxis->setGridLineVisible(false);
    if (figure == Figure::P99) {
        auto *axis = new QLogValueAxis(this);
        axis->setBase(10);
        axis->setLabelFormat(QStringLiteral("%.6g"));
        m_valueAxis = axis;
    } else {
        auto *axis = new QValueAxis(this);
        axis->setTickCount(5);
        axis->setLabelFormat(QStringLiteral("%.6g"));
        m_valueAxis = axis;
    }
    chart().addAxis(m_knobAxis, Qt::AlignBottom);
    chart().addAxis(m_valueAxis, Qt::AlignLeft);
    applyTheme();
}

double SweepChart::valueOf(const LabResult &result) const
{
    return m_figure == Figure::Throughput ? result.throughput : result.latency.p99 * 1e3;
}

void SweepChart::setReport(const SweepReport &report, const QString &knob, bool isWhole)
{
    m_report = report;
    m_drawn.clear();
    m_marks.clear();
    m_markCount = 0;
    chart().removeAllSeries();
    setEmpty(report.points.empty());
    if (report.points.empty())
        return;
    m_knobAxis->setTitleText(knob);
    setRanges();
    for (const LabRunName &run : report.runs)
        drawRun(run);
    for (const SweepBend &bend : isWhole ? bendsOf(report) : std::vector<SweepBend>()) {
        const std::vector<SweepPoint> points = report.pointsOf(bend.run);
        const std::optional<double> &bends = m_figure == Figure::Throughput ? bend.levelsOff : bend.tailRises;
        if (bends)
            drawMark(bend.run.model, points, *bends, tr("bends"));
        if (bend.breaks)
            drawMark(bend.run.model, points, *bend.breaks, tr("breaks"));
    }
    applyTheme();
}

void SweepChart::setRanges()
{
    double least = 0;
    double greatest = 0;
    double first = 0;
    double last = 0;
    for (const SweepPoint &point : m_report.points) {
        const double value = valueOf(point.result);
        first = first == 0 ? point.value : std::min(first, point.value);
        last = std::max(last, point.value);
        if (value > 0)
            least = least == 0 ? value : std::min(least, value);
        greatest = std::max(greatest, value);
    }
    for (const double value : m_report.values) { // those that are still to come, too: the axis stays
        first = std::min(first, value);
        last = std::max(last, value);
    }
    // Room for the first and last points, and for the words over them.
    const double room = std::pow(std::max(last / first, 1.01), 0.06);
    m_knobAxis->setRange(first / std::sqrt(room), last * room);
    if (m_figure == Figure::P99) {
        const auto [low, high] = decadesAround(least, greatest * 1.5);
        qobject_cast<QLogValueAxis *>(m_valueAxis)->setRange(low, high);
    } else {
        auto *axis = qobject_cast<QValueAxis *>(m_valueAxis);
        axis->setTickCount(ticksTo(niceEnd(greatest * 1.15)));
        axis->setRange(0, niceEnd(greatest * 1.15));
    }
}

void SweepChart::drawRun(const LabRunName &run)
{
    Drawn drawn{run.model, new QLineSeries, new QScatterSeries};
    for (const SweepPoint &point : m_report.pointsOf(run)) {
        const double value = valueOf(point.result);
        if (m_figure == Figure::P99 && value <= 0)
            continue; // no answer
        drawn.line->append(point.value, value);
        drawn.points->append(point.value, value);
    }
    for (QXYSeries *series : {static_cast<QXYSeries *>(drawn.line), static_cast<QXYSeries *>(drawn.points)}) {
        chart().addSeries(series);
        series->attachAxis(m_knobAxis);
        series->attachAxis(m_valueAxis);
    }
    m_drawn.push_back(drawn);
}

void SweepChart::drawMark(ServerModel model, const std::vector<SweepPoint> &points, double value, const QString &word)
{
    const auto at = std::find_if(points.begin(), points.end(), [value](const SweepPoint &point) { return point.value >= value; });
    if (at == points.end() || (m_figure == Figure::P99 && valueOf(at->result) <= 0))
        return;
    auto *mark = new QScatterSeries;
    mark->append(at->value, valueOf(at->result));
    mark->setPointLabelsVisible(true);
    mark->setPointLabelsFormat(word);
    mark->setPointLabelsClipping(false);
    chart().addSeries(mark);
    mark->attachAxis(m_knobAxis);
    mark->attachAxis(m_valueAxis);
    m_marks.emplace_back(model, mark);
    ++m_markCount;
}

void SweepChart::applyTheme()
{
    ChartCard::applyTheme();
    const Theme &theme = Theme::current();
    for (const Drawn &drawn : m_drawn) {
        styleLine(*drawn.line, drawn.model, Qt::SolidLine, 1.8);
        styleMarks(*drawn.points, drawn.model);
    }
    for (const auto &[model, mark] : m_marks) {
        mark->setMarkerShape(QScatterSeries::MarkerShapeCircle);
        mark->setMarkerSize(theme.scaled(17));
        mark->setBrush(Qt::NoBrush);
        mark->setPen(QPen(theme.palette().hue(hueOf(model)), theme.scaled(2)));
        mark->setPointLabelsFont(theme.font(Theme::TextRole::Fact));
        mark->setPointLabelsColor(theme.palette().hueText(hueOf(model)));
    }
}

FigureTable SweepChart::table() const
{
    FigureTable table{tr("Sweep over %1").arg(m_knobAxis->titleText()),
        {tr("model"), m_knobAxis->titleText(), tr("requests/s"), tr("p50 (ms)"), tr("p99 (ms)"), tr("failures")}, {}};
    const auto milliseconds = [](double seconds) { return seconds > 0 ? QVariant(seconds * 1e3) : QVariant(); };
    for (const SweepPoint &point : m_report.points)
        table.rows.push_back({nameOf(point.result.model), point.value, point.result.throughput, milliseconds(point.result.latency.p50),
            milliseconds(point.result.latency.p99), point.result.failures.total()});
    return table;
}

double SweepChart::neighbour(double x, int direction) const
{
    double best = x;
    for (const double value : m_report.values) {
        const bool isBeyond = direction > 0 ? value > x * (1 + 1e-9) : value < x * (1 - 1e-9);
        if (isBeyond && (best == x || std::abs(value - x) < std::abs(best - x)))
            best = value;
    }
    return best;
}

QString SweepChart::textAt(double x) const
{
    // The point that is nearest on the logarithmic axis.
    const auto nearest = std::min_element(m_report.values.begin(), m_report.values.end(),
        [x](double left, double right) { return std::abs(std::log(left / x)) < std::abs(std::log(right / x)); });
    if (nearest == m_report.values.end())
        return {};
    QStringList lines{tr("%1 = %2").arg(m_knobAxis->titleText(), formatFigure(*nearest))};
    for (const SweepPoint &point : m_report.points) {
        if (point.value == *nearest)
            lines << tr("%1: %2 requests/s, p99 %3")
                         .arg(nameOf(point.result.model), formatFigure(point.result.throughput), formatSeconds(point.result.latency.p99));
    }
    return lines.join(QLatin1Char('\n'));
}

} // namespace loopscope
