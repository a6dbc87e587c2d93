// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabExport.h"

#include "servers/session/LabTable.h"
#include "servers/session/SweepTable.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loopscope {

namespace {

QString runText(const LabRunName &run) { return QStringLiteral("%1 (%2)").arg(nameOf(run.model), nameOf(run.truth)); }

QByteArray plain(double value) { return QByteArray::number(value, 'g', 12); }

QByteArray quoted(QString text) { return '"' + text.replace(QLatin1Char('"'), QLatin1String("\"\"")).toUtf8() + '"'; }

QByteArray figureNames()
{
    QByteArray names;
    for (const LabFigure &figure : labFigures())
        names += QByteArray(",") + figure.key;
    return names;
}

QByteArray figureValues(const LabResult &result)
{
    QByteArray values;
    for (const LabFigure &figure : labFigures())
        values += ',' + (figure.isKnownOf(result) ? plain(figure.of(result)) : QByteArray());
    return values;
}

/// One line for each run that has samples.
SvgChart overTime(const LabReport &report, const QString &title, const QString &unit, double (*of)(const LabSample &sample))
{
    SvgChart chart;
    chart.title = title;
    chart.xTitle = QCoreApplication::translate("loopscope::LabExport", "seconds of the run");
    chart.yTitle = unit;
    for (const LabResult &result : report.results) {
        SvgChart::Line line{runText({result.model, result.truth}), {result.model, result.truth}, {}, false};
        for (const LabSample &sample : report.samples) {
            if (sample.model == result.model && sample.truth == result.truth)
                line.points.emplace_back(sample.time, of(sample));
        }
        chart.lines.push_back(line);
    }
    return chart;
}

SvgChart histogram(const LabReport &report)
{
    SvgChart chart;
    chart.title = QCoreApplication::translate("loopscope::LabExport", "How long answers took");
    chart.xTitle = QCoreApplication::translate("loopscope::LabExport", "seconds");
    chart.yTitle = QCoreApplication::translate("loopscope::LabExport", "percent of the answers");
    chart.isXLogarithmic = true;
    constexpr double barsInDecade = 20;
    for (const LabResult &result : report.results) {
        SvgChart::Line line{runText({result.model, result.truth}), {result.model, result.truth}, {}, true};
        std::map<int, double> bars; // by their place on the axis
        for (const LabBar &bar : result.histogram)
            bars[static_cast<int>(std::floor(std::log10(std::max((bar.from + bar.to) / 2, 1e-9)) * barsInDecade))] +=
                static_cast<double>(bar.count);
        for (auto bar = bars.begin(); bar != bars.end(); ++bar) {
            const auto placeOf = [](int place) { return std::pow(10, place / barsInDecade); };
            if (bar == bars.begin() || !bars.contains(bar->first - 1))
                line.points.emplace_back(placeOf(bar->first), 0);
            line.points.emplace_back(placeOf(bar->first), 100 * bar->second / static_cast<double>(std::max<qint64>(result.completed, 1)));
            if (!bars.contains(bar->first + 1))
                line.points.emplace_back(placeOf(bar->first + 1), 0);
        }
        chart.lines.push_back(line);
    }
    return chart;
}

QString paragraph(const QString &text) { return text.isEmpty() ? QString() : QStringLiteral("<p>%1</p>\n").arg(text.toHtmlEscaped()); }

QString page(const QString &title, const QString &body)
{
    return QStringLiteral(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>%1</title>\n<style>\n"
        ":root { color-scheme: light dark; }\n"
        "body { font: 15px/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }\n"
        "table { border-collapse: collapse; margin: 1rem 0; font-variant-numeric: tabular-nums; display: block; overflow-x: auto; }\n"
        "th, td { padding: 0.2rem 0.8rem; text-align: right; border-bottom: 1px solid #8884; }\n"
        "th:first-child, td:first-child { text-align: left; }\n"
        ".truth { font-weight: normal; font-style: italic; }\n"
        ".verdict { border-left: 4px solid #0072b2; padding-left: 1rem; }\n"
        "pre { overflow-x: auto; }\nsvg { max-width: 100%; height: auto; }\n"
        "</style>\n</head>\n<body>\n<h1>%1</h1>\n%2</body>\n</html>\n")
        .arg(title.toHtmlEscaped(), body);
}

QString table(const LabReport &report)
{
    QString html = QStringLiteral("<table>\n<tr><th></th>");
    for (const LabResult &result : report.results)
        html += QStringLiteral("<th>%1<br><span class=\"truth\">%2</span></th>")
                    .arg(nameOf(result.model).toHtmlEscaped(), nameOf(result.truth).toHtmlEscaped());
    html += QStringLiteral("</tr>\n");
    for (const LabFigure &figure : labFigures()) {
        html += QStringLiteral("<tr><td>%1</td>").arg(nameOf(figure).toHtmlEscaped());
        for (const LabResult &result : report.results)
            html += QStringLiteral("<td>%1</td>").arg(textOf(figure, result).toHtmlEscaped());
        html += QStringLiteral("</tr>\n");
    }
    return html + QStringLiteral("</table>\n");
}

QString titleOf(const Scenario &scenario) { return scenario.title.isEmpty() ? scenario.script : scenario.title; }

} // namespace

QByteArray LabExport::csv(const LabReport &report)
{
    QByteArray text = "model,truth" + figureNames() + ",death,notes\r\n";
    for (const LabResult &result : report.results)
        text += keyOf(result.model).toUtf8() + ',' + keyOf(result.truth).toUtf8() + figureValues(result) + ',' + quoted(result.death) + ','
            + quoted(result.notes.join(QLatin1String("; "))) + "\r\n";
    return text;
}

QByteArray LabExport::samplesCsv(const LabReport &report)
{
    QByteArray text =
        "model,truth,time,interval,arrivals,completed,refused,reset,timedOut,badStatus,other,p50,p90,p99,p999,max,inFlight,queued,"
        "idle,running,ready,blocked,cpuCores,memoryBytes,contextSwitches,bytesSent\r\n";
    for (const LabSample &sample : report.samples) {
        text += keyOf(sample.model).toUtf8() + ',' + keyOf(sample.truth).toUtf8();
        const LabFailures &failures = sample.failures;
        const LabLatency &latency = sample.latency;
        const auto [idle, running, ready, blocked] = sample.threads;
        for (const double value : {sample.time, sample.interval, double(sample.arrivals), double(sample.completed),
                 double(failures.refused), double(failures.reset), double(failures.timedOut), double(failures.badStatus),
                 double(failures.other), latency.p50, latency.p90, latency.p99, latency.p999, latency.max, double(sample.inFlight),
                 double(sample.queued), double(idle), double(running), double(ready), double(blocked), sample.cpuCores,
                 double(sample.memoryBytes), double(sample.contextSwitches), double(sample.bytesSent)})
            text += ',' + plain(value);
        text += "\r\n";
    }
    return text;
}

QByteArray LabExport::csv(const SweepReport &report)
{
    QByteArray text = LabControls::keyOf(report.over).toUtf8() + ",model,truth" + figureNames() + "\r\n";
    for (const SweepPoint &point : report.points)
        text += plain(point.value) + ',' + keyOf(point.result.model).toUtf8() + ',' + keyOf(point.result.truth).toUtf8()
            + figureValues(point.result) + "\r\n";
    return text;
}

std::vector<SvgChart> LabExport::charts(const LabReport &report)
{
    std::vector<SvgChart> charts = {
        overTime(report, tr("Throughput"), tr("answers a second"),
            [](const LabSample &sample) { return sample.interval > 0 ? static_cast<double>(sample.completed) / sample.interval : 0; }),
        overTime(report, tr("p99 of the latency"), tr("milliseconds"), [](const LabSample &sample) { return sample.latency.p99 * 1000; }),
        overTime(report, tr("In flight"), tr("requests"), [](const LabSample &sample) { return static_cast<double>(sample.inFlight); }),
        overTime(report, tr("Busy cores"), tr("cores"), [](const LabSample &sample) { return sample.cpuCores; }), histogram(report)};
    charts[1].isYLogarithmic = true;
    return charts;
}

std::vector<SvgChart> LabExport::charts(const SweepReport &report)
{
    const auto overKnob = [&report](const QString &title, const QString &unit, double (*of)(const LabResult &result)) {
        SvgChart chart;
        chart.title = title;
        chart.xTitle = LabControls::keyOf(report.over);
        chart.yTitle = unit;
        chart.isXLogarithmic = chart.isYLogarithmic = true;
        for (const LabRunName &run : report.runs) {
            SvgChart::Line line{runText(run), run, {}, false};
            for (const SweepPoint &point : report.pointsOf(run))
                line.points.emplace_back(point.value, of(point.result));
            chart.lines.push_back(line);
        }
        return chart;
    };
    return {overKnob(tr("Throughput"), tr("answers a second"), [](const LabResult &result) { return result.throughput; }),
        overKnob(tr("p99 of the latency"), tr("milliseconds"), [](const LabResult &result) { return result.latency.p99 * 1000; })};
}

QByteArray LabExport::html(const LabReport &report)
{
    QString body = paragraph(report.scenario.description);
    const LabVerdict &verdict = report.verdict;
    if (!verdict.sentence.isEmpty()) {
        body += QStringLiteral("<div class=\"verdict\">\n") + paragraph(verdict.sentence) + QStringLiteral("<ul>\n");
        for (const QString &sentence : verdict.evidence)
            body += QStringLiteral("<li>%1</li>\n").arg(sentence.toHtmlEscaped());
        body += QStringLiteral("</ul>\n") + paragraph(verdict.turn) + QStringLiteral("</div>\n");
    }
    body += table(report);
    for (const LabResult &result : report.results) {
        for (const QString &note : result.notes)
            body += paragraph(tr("%1: %2").arg(runText({result.model, result.truth}), note));
    }
    for (const LabProblem &problem : report.problems)
        body += paragraph(tr("%1 gave no result: %2").arg(runText({problem.model, problem.truth}), problem.text));
    for (const SvgChart &chart : charts(report))
        body += chart.svg();
    body +=
        paragraph(
            tr("Real figures: measured on %1. Simulated: the real script in virtual time. Modelled: no script runs.").arg(report.machine))
        + paragraph(tr("%1, Loopscope %2").arg(report.date, report.version));
    return page(titleOf(report.scenario), body).toUtf8();
}

QByteArray LabExport::html(const SweepReport &report)
{
    QString body = paragraph(report.scenario.description);
    for (const SvgChart &chart : charts(report))
        body += chart.svg();
    body += QStringLiteral("<pre>%1</pre>\n").arg(SweepTable::text(report).toHtmlEscaped())
        + paragraph(tr("%1, Loopscope %2, on %3").arg(report.date, report.version, report.machine));
    return page(titleOf(report.scenario), body).toUtf8();
}

} // namespace loopscope
