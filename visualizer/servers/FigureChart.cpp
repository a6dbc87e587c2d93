// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FigureChart.h"

#include "servers/AxisRange.h"
#include "servers/LabRecord.h"
#include "servers/ModelLook.h"
#include "shell/TextButton.h"
#include "theme/Theme.h"

#include <QChart>
#include <QChartView>
#include <QHBoxLayout>
#include <QLineSeries>
#include <QLocale>
#include <QLogValueAxis>
#include <QPainter>
#include <QPixmap>
#include <QScatterSeries>
#include <QToolButton>
#include <QValueAxis>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr int kMarks = 7; ///< on a line as long as the chart is wide
constexpr double kLeastLogarithmic = 1e-3; ///< a microsecond, in ms

/// A piece of such a line.
QIcon strokeIcon(Qt::PenStyle style)
{
    constexpr int scale = 2;
    QPixmap picture(26 * scale, 12 * scale);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setPen(QPen(Theme::current().palette().dim, 2.0 * scale, style, Qt::FlatCap));
    painter.drawLine(0, picture.height() / 2, picture.width(), picture.height() / 2);
    return QIcon(picture);
}

} // namespace

FigureChart::FigureChart(const QString &title, std::vector<Line> lines, Scale scale, QWidget *parent)
    : ChartCard(title, unitOf(lines.front().figure), tr("Press Run (F5) to draw this."), parent)
    , m_lines(std::move(lines))
    , m_scale(scale)
    , m_timeAxis(new QValueAxis(this))
    , m_valueAxis(nullptr)
{
    m_timeAxis->setLabelFormat(QStringLiteral("%.6g s"));
    m_timeAxis->setTickType(QValueAxis::TicksDynamic); // at round seconds, also where the warm-up comes before 0
    m_timeAxis->setTickAnchor(0);
    m_timeAxis->setGridLineVisible(false);
    chart().addAxis(m_timeAxis, Qt::AlignBottom);
    if (scale == Scale::Logarithmic) {
        auto *axis = new QLogValueAxis(this);
        axis->setBase(10);
        axis->setLabelFormat(QStringLiteral("%.6g"));
        m_valueAxis = axis;
        setUnit(tr("%1, log").arg(unitOf(m_lines.front().figure)));
    } else {
        auto *axis = new QValueAxis(this);
        axis->setTickCount(5);
        axis->setLabelFormat(QStringLiteral("%.6g"));
        m_valueAxis = axis;
    }
    chart().addAxis(m_valueAxis, Qt::AlignLeft);
    if (m_lines.size() > 1)
        addSwitches();
    applyTheme();
}

void FigureChart::addSwitches()
{
    for (Line &line : m_lines) {
        QToolButton *button =
            makeTextButton(nameOf(line.figure), tr("Show %1 in the chart %2").arg(nameOf(line.figure), title()), this, "headSwitch");
        button->setCheckable(true);
        button->setChecked(line.isShown);
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        m_switches.push_back(button);
        addToHead(button);
        connect(button, &QToolButton::toggled, this, [this, &line](bool isShown) {
            line.isShown = isShown;
            makeSeries();
            refresh();
        });
    }
}

void FigureChart::setRecord(const LabRecord *record, double seconds)
{
    m_record = record;
    m_seconds = seconds;
    makeSeries();
    refresh();
}

void FigureChart::makeSeries()
{
    m_drawn.clear();
    chart().removeAllSeries();
    if (m_record == nullptr)
        return;
    for (const auto &record : m_record->models()) {
        bool isFirst = true;
        for (const Line &line : m_lines) {
            if (!line.isShown)
                continue;
            Drawn drawn{record.get(), &line, new QLineSeries, isFirst ? new QScatterSeries : nullptr};
            isFirst = false;
            for (QXYSeries *series : {static_cast<QXYSeries *>(drawn.series), static_cast<QXYSeries *>(drawn.marks)}) {
                if (series == nullptr)
                    continue;
                chart().addSeries(series);
                series->attachAxis(m_timeAxis);
                series->attachAxis(m_valueAxis);
            }
            m_drawn.push_back(drawn);
        }
    }
    applyTheme();
}

std::pair<double, double> FigureChart::timeRange() const
{
    auto [from, to] = m_record->times();
    from = std::min(from, 0.0);
    return {from, std::max({to, m_seconds, from + 0.1})};
}

void FigureChart::refresh()
{
    const bool knows = m_record != nullptr
        && std::any_of(m_record->models().begin(), m_record->models().end(), [](const auto &record) { return record->series.size() > 0; });
    setEmpty(!knows);
    if (!knows)
        return;
    if (m_drawn.empty() || m_drawn.size() % m_record->models().size() != 0)
        makeSeries();
    setRanges();
    const auto [from, to] = timeRange();
    const int pixels = std::max(50, static_cast<int>(chart().plotArea().width()));
    for (Drawn &drawn : m_drawn) {
        QList<QPointF> points;
        for (const QPointF &point : drawn.record->series.folded(drawn.line->figure, from, to, pixels)) {
            if (m_scale == Scale::FromZero || point.y() > 0)
                points.append({point.x(), m_scale == Scale::FromZero ? point.y() : std::max(point.y(), kLeastLogarithmic)});
        }
        if (const bool isDense = points.size() > pixels; drawn.isDense != isDense) {
            drawn.isDense = isDense;
            styleLineOf(drawn);
        }
        drawn.series->replace(points);
        if (drawn.marks == nullptr)
            continue;
        QList<QPointF> marks;
        double next = from;
        for (const QPointF &point : std::as_const(points)) {
            if (point.x() < next)
                continue;
            marks.append(point);
            next = point.x() + (to - from) / kMarks;
        }
        drawn.marks->replace(marks);
    }
}

void FigureChart::setRanges()
{
    const auto [from, to] = timeRange();
    if (m_timeAxis->min() != from || m_timeAxis->max() != to) {
        m_timeAxis->setTickInterval(niceEnd((to - from) / 7));
        m_timeAxis->setRange(from, to);
    }
    double least = 0;
    double greatest = 0;
    for (const Drawn &drawn : m_drawn) {
        const auto [low, high] = drawn.record->series.range(drawn.line->figure, from, to);
        if (high <= 0)
            continue;
        least = least == 0 ? low : std::min(least, low);
        greatest = std::max(greatest, high);
    }
    if (m_scale == Scale::Logarithmic) {
        const auto [low, high] = decadesAround(std::max(least, kLeastLogarithmic), std::max(greatest, kLeastLogarithmic));
        auto *axis = qobject_cast<QLogValueAxis *>(m_valueAxis);
        if (axis->min() != low || axis->max() != high)
            axis->setRange(low, high);
        return;
    }
    auto *axis = qobject_cast<QValueAxis *>(m_valueAxis);
    const double end = niceEnd(greatest);
    if (axis->max() != end) {
        axis->setTickCount(ticksTo(end));
        axis->setRange(0, end);
    }
}

void FigureChart::styleLineOf(const Drawn &drawn) const
{
    // Dashes cannot be told in a line that goes up and down in each pixel, and take twenty times as long: it is drawn thin instead.
    const bool isThin = drawn.isDense && drawn.line->style != Qt::SolidLine;
    styleLine(*drawn.series, drawn.record->model, isThin ? Qt::SolidLine : drawn.line->style, isThin ? 0.8 : 1.8);
}

void FigureChart::applyTheme()
{
    ChartCard::applyTheme();
    for (std::size_t index = 0; index < m_switches.size(); ++index) {
        m_switches[index]->setIcon(strokeIcon(m_lines[index].style));
        m_switches[index]->setIconSize({qRound(Theme::current().scaled(22)), qRound(Theme::current().scaled(10))});
    }
    for (const Drawn &drawn : m_drawn) {
        styleLineOf(drawn);
        if (drawn.marks != nullptr)
            styleMarks(*drawn.marks, drawn.record->model);
    }
}

QString FigureChart::textAt(double x) const
{
    if (m_record == nullptr)
        return {};
    QStringList lines{tr("at %1 s").arg(QLocale().toString(x, 'f', 1))};
    for (const Drawn &drawn : m_drawn) {
        const std::vector<double> &times = drawn.record->series.times();
        auto after = std::lower_bound(times.begin(), times.end(), x);
        if (times.empty() || x > times.back() + 0.2)
            continue;
        if (after == times.end())
            --after;
        const double value = drawn.record->series.values(drawn.line->figure)[static_cast<std::size_t>(after - times.begin())];
        if (!std::isnan(value))
            lines << tr("%1: %2 %3 %4")
                         .arg(nameOf(drawn.record->model), nameOf(drawn.line->figure), formatFigure(value), unitOf(drawn.line->figure));
    }
    return lines.size() > 1 ? lines.join(QLatin1Char('\n')) : QString();
}

FigureTable FigureChart::table() const
{
    FigureTable table{title(), {tr("model"), tr("time (s)")}, {}};
    for (const Line &line : m_lines)
        table.columns << tr("%1 (%2)").arg(nameOf(line.figure), unitOf(line.figure));
    if (m_record == nullptr)
        return table;
    for (const auto &record : m_record->models()) {
        const std::vector<double> &times = record->series.times();
        for (std::size_t sample = 0; sample < times.size(); ++sample) {
            FigureTable::Row row{nameOf(record->model), times[sample]};
            for (const Line &line : m_lines) {
                const double value = record->series.values(line.figure)[sample];
                row.push_back(std::isnan(value) ? QVariant() : QVariant(value));
            }
            table.rows.push_back(std::move(row));
        }
    }
    return table;
}

double FigureChart::neighbour(double x, int direction) const
{
    // From sample to sample; where several share a pixel, from pixel to pixel.
    const auto [from, to] = timeRange();
    const double pixel = (to - from) / std::max(1.0, chart().plotArea().width());
    for (const Drawn &drawn : m_drawn) {
        const std::vector<double> &times = drawn.record->series.times();
        if (direction > 0) {
            const auto next = std::upper_bound(times.begin(), times.end(), x + pixel);
            if (next != times.end())
                return *next;
        } else {
            const auto next = std::lower_bound(times.begin(), times.end(), x - pixel);
            if (next != times.begin())
                return *std::prev(next);
        }
    }
    return x;
}

bool FigureChart::choose(double x)
{
    const auto [from, to] = timeRange();
    const double around = std::max(0.15, 2 * (to - from) / std::max(1.0, chart().plotArea().width()));
    Q_EMIT momentChosen(x - around, x + around);
    return true;
}

} // namespace loopscope
