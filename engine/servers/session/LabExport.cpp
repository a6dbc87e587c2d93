// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabExport.h"

#include "servers/session/LabTable.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loopscope {

namespace {

QString runText(const LabRunName &run) { return QStringLiteral("%1 (%2)").arg(nameOf(run.model), nameOf(run.truth)); }

QByteArray plain(double value) { return QByteArray::number(value, 'g', 12); }

QByteArray quoted(QString text) { return '"' + text.replace(QLatin1Char('"'), QLatin1String("\"\"")).toUtf8() + '"'; }

QByteArray unitOf(LabFigure::Kind kind)
{
    switch (kind) {
    case LabFigure::Kind::Rate:
        return " [1/s]";
    case LabFigure::Kind::Time:
        return " [s]";
    case LabFigure::Kind::Bytes:
        return " [bytes]";
    case LabFigure::Kind::Cores:
        return " [cores]";
    case LabFigure::Kind::Count:
    case LabFigure::Kind::Share:
        break;
    }
    return {};
}

QByteArray figureNames()
{
    QByteArray names;
    for (const LabFigure &figure : labFigures())
        names += QByteArray(",") + figure.key + unitOf(figure.kind);
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
    chart.xTitle = QCoreApplication::translate("loopscope::LabExport", "seconds of the measured part; before 0: warm-up, not counted");
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
        "model,truth,time [s],interval [s],arrivals,completed,refused,reset,timedOut,badStatus,other,p50 [s],p90 [s],p99 [s],p999 [s],"
        "max [s],inFlight,queued,idle,running,ready,blocked,cpuCores [cores],memory [bytes],contextSwitches,bytesSent [bytes]\r\n";
    for (const LabSample &sample : report.samples) {
        text += keyOf(sample.model).toUtf8() + ',' + keyOf(sample.truth).toUtf8();
        const LabFailures &failures = sample.failures;
        const LabLatency &latency = sample.latency;
        const auto [idle, running, ready, blocked] = sample.threads;
        for (const double value :
            {sample.time, sample.interval, double(sample.arrivals), double(sample.completed), double(failures.refused),
                double(failures.reset), double(failures.timedOut), double(failures.badStatus), double(failures.other)})
            text += ',' + plain(value);
        for (const double value : {latency.p50, latency.p90, latency.p99, latency.p999, latency.max})
            text += ',' + (sample.completed > 0 ? plain(value) : QByteArray()); // without an answer there is no latency
        for (const double value : {double(sample.inFlight), double(sample.queued), double(idle), double(running), double(ready),
                 double(blocked), sample.cpuCores, double(sample.memoryBytes), double(sample.contextSwitches), double(sample.bytesSent)})
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
        chart.isYLogarithmic = true;
        chart.isXLogarithmic = std::all_of(report.values.begin(), report.values.end(), [](double value) { return value > 0; });
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

} // namespace loopscope
