// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabTable.h"

#include "servers/session/TextColumns.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

/// Three digits that matter, never an exponent.
QString digits(double value)
{
    const double size = std::abs(value);
    return QString::number(value, 'f', size >= 99.95 ? 0 : size >= 9.995 ? 1 : 2);
}

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

} // namespace

const std::vector<LabFigure> &labFigures()
{
    using Kind = LabFigure::Kind;
    using Better = LabFigure::Better;
    using Of = LabFigure::Of;
    static const std::vector<LabFigure> figures = {
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "throughput"), "throughput", Kind::Rate, Better::High,
            [](const LabResult &r) { return r.throughput; }, Of::Time},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "p50"), "latency.p50", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.latency.p50; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "p90"), "latency.p90", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.latency.p90; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "p99"), "latency.p99", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.latency.p99; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "p99.9"), "latency.p999", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.latency.p999; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "longest"), "latency.max", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.latency.max; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "answered"), "completed", Kind::Count, Better::High,
            [](const LabResult &r) { return static_cast<double>(r.completed); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "failed"), "failures", Kind::Count, Better::Low,
            [](const LabResult &r) { return static_cast<double>(r.failures.total()); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "in flight, mean"), "meanInFlight", Kind::Count, Better::Neither,
            [](const LabResult &r) { return r.meanInFlight; }, Of::Time},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "in flight, most"), "mostInFlight", Kind::Count, Better::Neither,
            [](const LabResult &r) { return static_cast<double>(r.mostInFlight); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "queued, most"), "mostQueued", Kind::Count, Better::Low,
            [](const LabResult &r) { return static_cast<double>(r.mostQueued); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "threads, most"), "mostThreads", Kind::Count, Better::Low,
            [](const LabResult &r) { return static_cast<double>(r.mostThreads); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "busy cores"), "cpuCores", Kind::Cores, Better::Neither,
            [](const LabResult &r) { return r.cpuCores; }, Of::Time},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "CPU a request"), "cpuSecondsPerRequest", Kind::Time, Better::Low,
            [](const LabResult &r) { return r.cpuSecondsPerRequest; }, Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "memory, most"), "mostMemoryBytes", Kind::Bytes, Better::Low,
            [](const LabResult &r) { return static_cast<double>(r.mostMemoryBytes); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "context switches a request"), "contextSwitches", Kind::Count, Better::Low,
            [](const LabResult &r) { return share(static_cast<double>(r.contextSwitches), static_cast<double>(r.completed)); },
            Of::Answers},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "sent by the server"), "bytesSent", Kind::Bytes, Better::Neither,
            [](const LabResult &r) { return static_cast<double>(r.bytesSent); }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "off Little's law"), "littleDifference", Kind::Share, Better::Neither,
            [](const LabResult &r) { return r.littleDifference; }},
        {QT_TRANSLATE_NOOP("loopscope::LabFigure", "measured"), "seconds", Kind::Time, Better::Neither,
            [](const LabResult &r) { return r.seconds; }},
    };
    return figures;
}

QString nameOf(const LabFigure &figure) { return QCoreApplication::translate("loopscope::LabFigure", figure.name); }

QString textOf(const LabFigure &figure, double value)
{
    switch (figure.kind) {
    case LabFigure::Kind::Rate:
        return LabTable::count(value) + QStringLiteral("/s");
    case LabFigure::Kind::Time:
        return LabTable::time(value);
    case LabFigure::Kind::Count:
        return LabTable::count(value);
    case LabFigure::Kind::Bytes:
        return LabTable::bytes(value);
    case LabFigure::Kind::Share:
        return QString::number(value * 100, 'f', 2) + QStringLiteral(" %");
    case LabFigure::Kind::Cores:
        return QString::number(value, 'f', 2);
    }
    return {};
}

QString textOf(const LabFigure &figure, const LabResult &result)
{
    return figure.isKnownOf(result) ? textOf(figure, figure.of(result)) : QStringLiteral("-");
}

QString LabTable::sentence(QString text)
{
    if (!text.isEmpty())
        text[0] = text.at(0).toUpper();
    return text;
}

QString LabTable::lostText(qint64 requests)
{
    return requests == 1 ? tr("1 request in flight was lost with it")
                         : tr("%1 requests in flight were lost with it").arg(count(static_cast<double>(requests)));
}

QString LabTable::time(double seconds)
{
    if (seconds <= 0)
        return QStringLiteral("0");
    if (seconds < 0.0009995)
        return digits(seconds * 1e6) + QStringLiteral(" us");
    return seconds < 0.9995 ? digits(seconds * 1e3) + QStringLiteral(" ms") : digits(seconds) + QStringLiteral(" s");
}

QString LabTable::count(double count)
{
    if (count >= 999999.5)
        return digits(count / 1e6) + QStringLiteral(" M");
    if (count != std::floor(count) && count < 99.95)
        return digits(count);
    QString text = QString::number(std::llround(count));
    constexpr qsizetype group = 3;
    if (text.size() > group)
        text.insert(text.size() - group, QLatin1Char(','));
    return text;
}

QString LabTable::bytes(double bytes)
{
    if (bytes <= 0)
        return QStringLiteral("0");
    return bytes < 1e9 ? digits(bytes / 1e6) + QStringLiteral(" MB") : digits(bytes / 1e9) + QStringLiteral(" GB");
}

QString LabTable::line(const LabSample &sample)
{
    const double rate = share(static_cast<double>(sample.completed), sample.interval);
    const QString failures =
        sample.failures.total() > 0 ? tr(", %1 failed").arg(count(static_cast<double>(sample.failures.total()))) : QString();
    return tr("%1 (%2) %3 s: %4/s, p99 %5, %6 in flight%7")
        .arg(nameOf(sample.model), nameOf(sample.truth), QString::number(sample.time, 'f', 1), count(rate), time(sample.latency.p99),
            count(sample.inFlight), failures);
}

static QString loadText(const ScenarioLoad &load)
{
    const auto translate = [](const char *text) { return QCoreApplication::translate("loopscope::LabTable", text); };
    QString who;
    switch (load.arrivals) {
    case ScenarioLoad::Arrivals::Closed:
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "%1 clients, think time %2"))
                  .arg(LabTable::count(load.clients), load.thinkTime);
        break;
    case ScenarioLoad::Arrivals::Poisson:
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "Poisson, %1 a second")).arg(LabTable::count(load.rate));
        break;
    case ScenarioLoad::Arrivals::Bursts:
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "bursts of %1 every %2"))
                  .arg(LabTable::count(load.burstSize), LabTable::time(load.burstSeconds));
        break;
    case ScenarioLoad::Arrivals::Ramp:
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "Poisson, from %1 to %2 a second"))
                  .arg(LabTable::count(load.rate), LabTable::count(load.rateEnd));
        break;
    case ScenarioLoad::Arrivals::Replay:
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "the moments in %1")).arg(load.replayFile);
        break;
    }
    if (load.protocol == ScenarioLoad::Protocol::WebSocket)
        who = translate(QT_TRANSLATE_NOOP("loopscope::LabTable", "WebSocket, %1 clients, %2 messages a second"))
                  .arg(LabTable::count(load.clients), LabTable::count(load.rate));
    if (load.idleConnections > 0)
        who += translate(QT_TRANSLATE_NOOP("loopscope::LabTable", ", %1 idle connections")).arg(LabTable::count(load.idleConnections));
    return who;
}

namespace {

/// Each note once, with the models that it is about.
QStringList notesOf(const std::vector<LabResult> &results)
{
    QStringList notes;
    for (const LabResult &result : results) {
        for (const QString &note : result.notes) {
            if (!notes.contains(note))
                notes.append(note);
        }
    }
    QStringList sentences;
    for (const QString &note : notes) {
        QStringList models;
        for (const LabResult &result : results) {
            if (result.notes.contains(note))
                models.append(LabTable::tr("%1 (%2)").arg(nameOf(result.model), nameOf(result.truth)));
        }
        const bool isOfAll = models.size() == static_cast<qsizetype>(results.size()) && results.size() > 1;
        sentences.append(
            LabTable::sentence(LabTable::tr("%1: %2").arg(isOfAll ? LabTable::tr("all") : models.join(QStringLiteral(", ")), note)));
    }
    return sentences;
}

} // namespace

QString LabTable::text(const LabReport &report)
{
    QString text = (report.scenario.title.isEmpty() ? report.scenario.script : report.scenario.title) + QLatin1Char('\n')
        + load(report.scenario.load) + QLatin1Char('\n');
    const bool hasReal =
        std::any_of(report.results.begin(), report.results.end(), [](const LabResult &result) { return result.truth == Truth::Real; });
    if (hasReal)
        text += tr("Machine: %1.").arg(report.machine) + QLatin1Char('\n');
    std::vector<QStringList> rows(2, QStringList{QString()});
    for (const LabResult &result : report.results) {
        rows[0].append(nameOf(result.model));
        rows[1].append(nameOf(result.truth));
    }
    for (const LabFigure &figure : labFigures()) {
        QStringList row = {nameOf(figure)};
        bool isThere = false;
        for (const LabResult &result : report.results) {
            const double value = figure.of(result);
            isThere = isThere || value != 0;
            row.append(textOf(figure, result));
        }
        // A zero is good news in these two.
        if (isThere || QLatin1String(figure.key) == QLatin1String("failures")
            || QLatin1String(figure.key) == QLatin1String("littleDifference"))
            rows.push_back(row);
    }
    if (!report.results.empty())
        text += QLatin1Char('\n') + textColumns(rows);
    const QStringList sentences = remarks(report);
    if (!sentences.isEmpty())
        text += QLatin1Char('\n');
    for (const QString &remark : sentences)
        text += wrappedText(remark);
    if (!report.verdict.sentence.isEmpty())
        text += QLatin1Char('\n') + wrappedText(report.verdict.sentence);
    for (const QString &sentence : report.verdict.evidence)
        text += wrappedText(sentence, 2);
    if (!report.verdict.turn.isEmpty())
        text += wrappedText(report.verdict.turn);
    return text;
}

QString LabTable::load(const ScenarioLoad &load) { return tr("Load: %1.").arg(loadText(load)); }

QStringList LabTable::remarks(const LabReport &report)
{
    QStringList sentences;
    for (const LabResult &result : report.results) {
        const QString name = tr("%1 (%2)").arg(nameOf(result.model), nameOf(result.truth));
        if (result.wasStopped)
            sentences.append(sentence((result.seconds > 0 ? tr("%1 was stopped after %2.") : tr("%1 was stopped before the measured part."))
                                          .arg(name, time(result.seconds))));
        if (!result.death.isEmpty())
            sentences.append(sentence((result.seconds > 0 ? tr("%1 died: %2; %3.") : tr("%1 died before the measured part: %2; %3."))
                                          .arg(name, result.death, lostText(result.lostToDeath))));
    }
    sentences += notesOf(report.results);
    for (const LabProblem &problem : report.problems)
        sentences.append(sentence(tr("%1 (%2) gave no result: %3").arg(nameOf(problem.model), nameOf(problem.truth), problem.text)));
    return sentences;
}

QString LabTable::threads(const LabResult &result)
{
    if (result.threads.empty() && result.processes.empty())
        return {};
    constexpr std::size_t mostRows = 16;
    std::vector<LabThread> threads = result.threads;
    std::stable_sort(
        threads.begin(), threads.end(), [](const LabThread &one, const LabThread &other) { return one.cpuSeconds > other.cpuSeconds; });
    const auto share = [&result](double seconds) {
        return QString::number(seconds / std::max(result.seconds, 1e-9) * 100, 'f', 1) + QStringLiteral(" %");
    };
    std::vector<QStringList> rows{{tr("thread"), tr("process"), tr("CPU"), tr("of a core"), tr("waited for a core"), tr("requests")}};
    LabThread rest;
    for (std::size_t index = 0; index < threads.size(); ++index) {
        const LabThread &thread = threads[index];
        if (index >= mostRows) {
            rest.cpuSeconds += thread.cpuSeconds;
            rest.readySeconds += thread.readySeconds;
            rest.requests += thread.requests;
            continue;
        }
        rows.push_back({thread.thread == 0 ? tr("dispatcher") : QString::number(thread.thread), QString::number(thread.process),
            time(thread.cpuSeconds), share(thread.cpuSeconds), time(thread.readySeconds), count(static_cast<double>(thread.requests))});
    }
    if (threads.size() > mostRows)
        rows.push_back({tr("%1 more").arg(threads.size() - mostRows), QString(), time(rest.cpuSeconds), share(rest.cpuSeconds),
            time(rest.readySeconds), count(static_cast<double>(rest.requests))});
    std::vector<LabProcess> processes = result.processes;
    std::stable_sort(processes.begin(), processes.end(),
        [](const LabProcess &one, const LabProcess &other) { return one.cpuSeconds > other.cpuSeconds; });
    std::vector<QStringList> processRows{{tr("process"), tr("CPU"), tr("of a core"), tr("memory, most")}};
    for (std::size_t index = 0; index < std::min(processes.size(), mostRows); ++index) {
        const LabProcess &process = processes[index];
        processRows.push_back({QString::number(process.process), time(process.cpuSeconds), share(process.cpuSeconds),
            bytes(static_cast<double>(process.mostMemoryBytes))});
    }
    if (processes.size() > mostRows)
        processRows.push_back({tr("%1 more").arg(processes.size() - mostRows), QString(), QString(), QString()});
    return tr("Threads and processes of %1 (%2) in the measured %3:").arg(nameOf(result.model), nameOf(result.truth), time(result.seconds))
        + QLatin1Char('\n') + textColumns(rows) + textColumns(processRows);
}

QString LabTable::way(const LabReport &report, qint64 number)
{
    std::vector<const LabRequest *> ways;
    double longest = 0;
    for (const LabRequest &request : report.requests) {
        if (request.number != number)
            continue;
        ways.push_back(&request);
        for (const LabStep &step : request.steps)
            longest = std::max(longest, step.to - request.arrival);
    }
    if (ways.empty() || longest <= 0)
        return {};
    QString text = tr("Request %1, %2: > network, . queued, # running, : ready, - waiting; the axis ends at %3.")
                       .arg(QString::number(number), ways.front()->route, time(longest))
        + QLatin1Char('\n');
    constexpr int width = 72;
    static const QString signs = QStringLiteral(">.#:-"); // by LabStep::Kind
    std::vector<QStringList> rows;
    for (const LabRequest *request : ways) {
        QString bar(width, QLatin1Char(' '));
        for (const LabStep &step : request->steps) {
            const qsizetype from = std::clamp<qsizetype>(std::llround((step.from - request->arrival) / longest * width), 0, width - 1);
            const qsizetype to = std::llround((step.to - request->arrival) / longest * width);
            for (qsizetype place = from; place < std::clamp<qsizetype>(to, from + 1, width); ++place)
                bar[place] = signs[static_cast<int>(step.kind)];
        }
        rows.push_back({tr("%1 (%2)").arg(nameOf(request->model), nameOf(request->truth)), QLatin1Char('|') + bar + QLatin1Char('|'),
            request->latency < 0 ? tr("no answer") : time(request->latency)});
    }
    return text + textColumns(rows);
}

QString LabTable::steps(const LabRequest &request)
{
    static const std::array<QString, 5> names = {tr("network"), tr("queued"), tr("running"), tr("ready"), tr("waiting")}; // LabStep::Kind
    std::vector<QStringList> rows;
    for (const LabStep &step : request.steps) {
        rows.push_back({names[static_cast<std::size_t>(step.kind)], tr("from %1").arg(time(step.from - request.arrival)),
            tr("for %1").arg(time(step.to - step.from)), step.thread > 0 ? tr("thread %1").arg(step.thread) : QString(), step.what});
    }
    return textColumns(rows);
}

} // namespace loopscope
