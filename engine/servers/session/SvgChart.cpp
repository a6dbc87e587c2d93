// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/SvgChart.h"

#include <QStringList>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace loopscope {

namespace {

constexpr int left = 70; // of the plot, in the chart
constexpr int top = 34;
constexpr int right = 250; // for the longest name, "event loop + workers (simulated)"
constexpr int bottom = 44;
constexpr int plotWidth = SvgChart::width - left - right;
constexpr int plotHeight = SvgChart::height - top - bottom;

QString colourOf(ServerModel model)
{
    constexpr std::array<const char *, 7> colours = {"#0072b2", "#56b4e9", "#009e73", "#d55e00", "#e69f00", "#cc79a7", "#666666"};
    return QLatin1String(colours[static_cast<std::size_t>(model)]);
}

QString classOf(ServerModel model) { return QStringLiteral("model-%1").arg(keyOf(model)); }

QString dashesOf(Truth truth)
{
    constexpr std::array<const char *, 3> dashes = {"none", "6 3", "2 3"};
    return QLatin1String(dashes[static_cast<std::size_t>(truth)]);
}

QString number(double value) { return QString::number(value, 'f', 1); }

/// 0.001, 25, 10k, 2M
QString tickText(double value)
{
    const double size = std::abs(value);
    if (size >= 1e6)
        return QString::number(value / 1e6, 'g', 4) + QLatin1Char('M');
    if (size >= 1e4)
        return QString::number(value / 1e3, 'g', 4) + QLatin1Char('k');
    return QString::number(value, 'g', 4);
}

/// One axis: from values to places, and where its ticks stand.
class Axis
{
public:
    Axis(double least, double most, bool isLogarithmic, int length)
        : m_isLogarithmic(isLogarithmic)
        , m_length(length)
    {
        if (isLogarithmic) {
            m_least = std::pow(10, std::floor(std::log10(least)));
            m_most = std::pow(10, std::ceil(std::log10(most)));
            m_most = m_most > m_least ? m_most : m_least * 10;
            for (double tick = m_least; tick <= m_most * 1.001; tick *= 10)
                ticks.push_back(tick);
            return;
        }
        const double range = std::max(most, 0.0) > std::min(least, 0.0) ? most - std::min(least, 0.0) : 1;
        const double power = std::pow(10, std::floor(std::log10(range)));
        const double step = range / power < 2 ? power / 5 : range / power < 5 ? power / 2 : power;
        m_least = std::floor(std::min(least, 0.0) / step + 1e-9) * step;
        m_most = std::max(std::ceil(most / step - 1e-9) * step, m_least + step);
        for (double tick = m_least; tick <= m_most + step / 2; tick += step)
            ticks.push_back(std::abs(tick) < step / 1000 ? 0 : tick);
    }

    double placeOf(double value) const
    {
        const double share =
            m_isLogarithmic ? std::log(value / m_least) / std::log(m_most / m_least) : (value - m_least) / (m_most - m_least);
        return std::clamp(share, 0.0, 1.0) * m_length;
    }

    std::vector<double> ticks;

private:
    bool m_isLogarithmic;
    double m_length;
    double m_least = 0;
    double m_most = 1;
};

Axis axisOf(const std::vector<SvgChart::Line> &lines, double (QPointF::*coordinate)() const, bool isLogarithmic, int length)
{
    double least = std::numeric_limits<double>::max();
    double most = std::numeric_limits<double>::lowest();
    for (const SvgChart::Line &line : lines) {
        for (const QPointF &point : line.points) {
            const double value = (point.*coordinate)();
            if (isLogarithmic && value <= 0)
                continue;
            least = std::min(least, value);
            most = std::max(most, value);
        }
    }
    return most < least ? Axis(1, 10, isLogarithmic, length) : Axis(least, most, isLogarithmic, length);
}

QString text(double x, double y, const char *anchor, const QString &content, const char *more = "")
{
    return QStringLiteral("<text x=\"%1\" y=\"%2\" text-anchor=\"%3\"%4>%5</text>\n")
        .arg(number(x), number(y), QLatin1String(anchor), QLatin1String(more), content.toHtmlEscaped());
}

} // namespace

QString SvgChart::svg() const
{
    const QString drawn = group(0);
    return drawn.isEmpty() ? drawn : picture(title, drawn, height);
}

QString SvgChart::svg(const std::vector<SvgChart> &charts)
{
    QString drawn;
    int y = 0;
    for (const SvgChart &chart : charts) {
        const QString one = chart.group(y);
        drawn += one;
        y += one.isEmpty() ? 0 : height;
    }
    return picture(
        QString(), QStringLiteral("<rect width=\"%1\" height=\"%2\" fill=\"#ffffff\" stroke=\"none\"/>\n").arg(width).arg(y) + drawn, y);
}

QString SvgChart::darkStyle()
{
    // As far from each other as those on white, and from black.
    constexpr std::array<const char *, 7> colours = {"#4ba3e3", "#8fd3ff", "#2fc79a", "#ff8a4c", "#f0b840", "#e39ac4", "#aaaaaa"};
    QString rules;
    for (std::size_t model = 0; model < colours.size(); ++model)
        rules += QStringLiteral(".%1 { stroke: %2; }\n").arg(classOf(static_cast<ServerModel>(model)), QLatin1String(colours[model]));
    return QStringLiteral("@media (prefers-color-scheme: dark) {\n%1}\n").arg(rules);
}

QString SvgChart::picture(const QString &name, const QString &drawn, int pictureHeight)
{
    return QStringLiteral("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%1\" height=\"%2\" viewBox=\"0 0 %1 %2\" "
                          "font-family=\"sans-serif\" font-size=\"11\" fill=\"currentColor\" role=\"img\">\n")
               .arg(width)
               .arg(pictureHeight)
        + (name.isEmpty() ? QString() : QStringLiteral("<title>%1</title>\n").arg(name.toHtmlEscaped())) + drawn
        + QStringLiteral("</svg>\n");
}

QString SvgChart::group(int y) const
{
    if (std::all_of(lines.begin(), lines.end(), [](const Line &line) { return line.points.empty(); }))
        return {};
    const Axis xAxis = axisOf(lines, &QPointF::x, isXLogarithmic, plotWidth);
    const Axis yAxis = axisOf(lines, &QPointF::y, isYLogarithmic, plotHeight);
    QString svg = QStringLiteral("<g transform=\"translate(0 %1)\">\n").arg(y)
        + text(left, 20, "start", yTitle.isEmpty() ? title : QStringLiteral("%1 (%2)").arg(title, yTitle),
            " font-size=\"14\" font-weight=\"bold\"")
        + text(left + plotWidth / 2.0, height - 8, "middle", xTitle);
    for (const double tick : xAxis.ticks) {
        const double x = left + xAxis.placeOf(tick);
        svg += QStringLiteral("<path d=\"M%1 %2v%3\" stroke=\"#888888\" stroke-opacity=\"0.3\"/>\n").arg(number(x)).arg(top).arg(plotHeight)
            + text(x, top + plotHeight + 16, "middle", tickText(tick));
    }
    for (const double tick : yAxis.ticks) {
        const double place = top + plotHeight - yAxis.placeOf(tick);
        svg += QStringLiteral("<path d=\"M%1 %2h%3\" stroke=\"#888888\" stroke-opacity=\"0.3\"/>\n")
                   .arg(left)
                   .arg(number(place))
                   .arg(plotWidth)
            + text(left - 6, place + 4, "end", tickText(tick));
    }
    const bool hasOneTruth =
        std::all_of(lines.begin(), lines.end(), [this](const Line &line) { return line.run.truth == lines.front().run.truth; });
    int row = 0;
    for (const Line &line : lines) {
        QString path;
        double lastY = 0;
        for (const QPointF &point : line.points) {
            if ((isXLogarithmic && point.x() <= 0) || (isYLogarithmic && point.y() <= 0))
                continue;
            const double x = left + xAxis.placeOf(point.x());
            const double place = top + plotHeight - yAxis.placeOf(point.y());
            if (line.isStepped && !path.isEmpty())
                path += QStringLiteral("L%1 %2").arg(number(x), number(lastY));
            path += QStringLiteral("%1%2 %3").arg(path.isEmpty() ? QLatin1Char('M') : QLatin1Char('L')).arg(number(x), number(place));
            lastY = place;
        }
        constexpr int rowHeight = 18;
        const int legend = top + 10 + rowHeight * row++;
        const QString stroke =
            QStringLiteral(
                "fill=\"none\" stroke=\"%1\" stroke-width=\"1.8\" stroke-dasharray=\"%2\" stroke-linejoin=\"round\" class=\"%3\"")
                .arg(colourOf(line.run.model), dashesOf(hasOneTruth ? Truth::Real : line.run.truth), classOf(line.run.model));
        svg += QStringLiteral("<path d=\"%1\" %2/>\n").arg(path, stroke)
            + QStringLiteral("<path d=\"M%1 %2h22\" %3/>\n").arg(left + plotWidth + 12).arg(legend - 4).arg(stroke)
            + text(left + plotWidth + 40, legend, "start", line.name);
    }
    return svg + QStringLiteral("</g>\n");
}

} // namespace loopscope
