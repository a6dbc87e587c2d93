// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabLoadReport.h"

#include <QJsonArray>

namespace loopscope {

namespace {

struct Failure
{
    LoadFailure kind;
    const char *key; ///< in JSON
    const char *name;
};

constexpr std::array failures = {
    Failure{LoadFailure::Refused, "refused", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "refused")},
    Failure{LoadFailure::Reset, "reset", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "connection lost")},
    Failure{LoadFailure::TimedOut, "timedOut", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "timed out")},
    Failure{LoadFailure::BadStatus, "badStatus", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "answered without success")},
    Failure{LoadFailure::BadResponse, "badResponse", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "no HTTP")},
    Failure{LoadFailure::NoConnection, "noConnection", QT_TRANSLATE_NOOP("loopscope::LabLoadReport", "no connection to be had")},
};

constexpr double nanosecondsPerMillisecond = 1e6;

QString milliseconds(double nanoseconds)
{
    const double value = nanoseconds / nanosecondsPerMillisecond;
    return QString::number(value, 'f', value < 10 ? 3 : value < 1000 ? 1 : 0);
}

QString row(const QString &name, const LatencyHistogram &latency)
{
    QString line = QStringLiteral("  %1").arg(name, -22);
    for (const double value : {latency.mean(), static_cast<double>(latency.percentile(50)), static_cast<double>(latency.percentile(90)),
             static_cast<double>(latency.percentile(99)), static_cast<double>(latency.percentile(99.9)),
             static_cast<double>(latency.most())})
        line += (latency.isEmpty() ? QStringLiteral("-") : milliseconds(value)).rightJustified(11);
    return line + u'\n';
}

QJsonObject latencyJson(const LatencyHistogram &latency)
{
    const auto seconds = [](double nanoseconds) { return nanoseconds / 1e9; };
    const auto percentile = [&](double percent) { return seconds(static_cast<double>(latency.percentile(percent))); };
    return {{QStringLiteral("mean"), seconds(latency.mean())}, {QStringLiteral("p50"), percentile(50)},
        {QStringLiteral("p90"), percentile(90)}, {QStringLiteral("p99"), percentile(99)}, {QStringLiteral("p999"), percentile(99.9)},
        {QStringLiteral("max"), seconds(static_cast<double>(latency.most()))}};
}

} // namespace

LabLoadReport::LabLoadReport(const LoadPlan &plan, const LoadResult &result, const QString &url, const QStringList &notes)
    : m_plan(plan)
    , m_result(result)
    , m_url(url)
    , m_notes(notes)
{
}

QString LabLoadReport::arrivalsText() const
{
    const ArrivalPlan &arrivals = m_plan.arrivals;
    switch (arrivals.kind) {
    case ArrivalPlan::Kind::Closed:
        return arrivals.think.mean() == 0 ? tr("closed, clients: %1").arg(arrivals.clients)
                                          : tr("closed, clients: %1, which think %2 s").arg(arrivals.clients).arg(arrivals.think.text());
    case ArrivalPlan::Kind::Even:
        return tr("open, %1 requests/s at even distances").arg(arrivals.rate);
    case ArrivalPlan::Kind::Poisson:
        return tr("open, Poisson with %1 requests/s").arg(arrivals.rate);
    case ArrivalPlan::Kind::Bursts:
        return tr("open, %1 requests at once every %2 s").arg(arrivals.burstSize).arg(arrivals.burstSeconds);
    case ArrivalPlan::Kind::Ramp:
        return tr("open, Poisson with %1 to %2 requests/s in %3 s").arg(arrivals.rate).arg(arrivals.rateEnd).arg(arrivals.rampSeconds);
    case ArrivalPlan::Kind::Replay:
        return tr("open, %1 replayed requests").arg(arrivals.replay->size());
    }
    return {};
}

QString LabLoadReport::failuresText() const
{
    QStringList parts;
    for (const Failure &failure : failures) {
        if (const quint64 count = m_result.whole.failedBy(failure.kind))
            parts += QStringLiteral("%1 %2").arg(count).arg(tr(failure.name));
    }
    return parts.isEmpty() ? tr("none") : parts.join(QLatin1String(", "));
}

QString LabLoadReport::text() const
{
    const LoadSample &measured = m_result.measured;
    const double seconds = m_result.seconds();
    const auto perSecond = [&](double amount) { return seconds > 0 ? amount / seconds : 0.0; };
    constexpr double mebibyte = 1024 * 1024;
    QString text = tr("%1 (real): %2, %3 s\n").arg(m_url, arrivalsText()).arg(seconds, 0, 'f', 2);
    text += tr("  %1 answers/s (%2 in all); %3 MiB/s received, %4 MiB/s sent; %5 connections\n")
                .arg(m_result.throughput(), 0, 'f', 0)
                .arg(measured.completed)
                .arg(perSecond(static_cast<double>(measured.bytesReceived)) / mebibyte, 0, 'f', 2)
                .arg(perSecond(static_cast<double>(measured.bytesSent)) / mebibyte, 0, 'f', 2)
                .arg(measured.opened);
    text += QStringLiteral("  %1").arg(tr("latency, ms"), -22);
    for (const QString &column :
        {tr("mean"), QStringLiteral("p50"), QStringLiteral("p90"), QStringLiteral("p99"), QStringLiteral("p99.9"), tr("max")})
        text += column.rightJustified(11);
    text += u'\n';
    text += row(tr("since it was due"), m_result.whole.latency);
    text += row(tr("since it was sent"), m_result.whole.uncorrected);
    text += tr("  in flight: %1 on average, %2 at most (Little's law: difference %3 %)\n")
                .arg(measured.meanInFlight(), 0, 'f', 2)
                .arg(measured.mostInFlight)
                .arg(measured.littleDifference() * 100, 0, 'f', 3);
    if (m_plan.requests.protocol == RequestPlan::Protocol::WebSocket)
        text += tr("  messages heard: %1 (%2/s), each of which counts above\n")
                    .arg(measured.deliveries)
                    .arg(perSecond(static_cast<double>(measured.deliveries)), 0, 'f', 0);
    if (m_plan.idleConnections > 0)
        text += tr("  idle connections: %1 open\n").arg(measured.idleConnections);
    if (m_result.whole.lostConnections > 0)
        text += tr("  connections that were to stay, and were refused or lost: %1\n").arg(m_result.whole.lostConnections);
    text += tr("  failures: %1\n").arg(failuresText());
    if (const quint64 unanswered = m_result.unanswered())
        text += tr("  without an answer at the end: %1, which no latency above counts\n").arg(unanswered);
    if (m_result.wasStopped)
        text += tr("  stopped before its end\n");
    for (const QString &note : m_notes)
        text += QStringLiteral("  %1\n").arg(note);
    return text;
}

QJsonObject LabLoadReport::json() const
{
    const LoadSample &measured = m_result.measured;
    const LoadSample &whole = m_result.whole;
    QJsonObject failed;
    for (const Failure &failure : failures)
        failed[QLatin1String(failure.key)] = static_cast<qint64>(whole.failedBy(failure.kind));
    return {{QStringLiteral("truth"), QStringLiteral("real")}, {QStringLiteral("url"), m_url}, {QStringLiteral("load"), arrivalsText()},
        {QStringLiteral("seconds"), m_result.seconds()}, {QStringLiteral("arrivals"), static_cast<qint64>(whole.arrivals)},
        {QStringLiteral("completed"), static_cast<qint64>(whole.completed)}, {QStringLiteral("throughput"), m_result.throughput()},
        {QStringLiteral("failures"), failed}, {QStringLiteral("unanswered"), static_cast<qint64>(m_result.unanswered())},
        {QStringLiteral("latency"), latencyJson(whole.latency)}, {QStringLiteral("uncorrectedLatency"), latencyJson(whole.uncorrected)},
        {QStringLiteral("meanInFlight"), measured.meanInFlight()},
        {QStringLiteral("mostInFlight"), static_cast<qint64>(measured.mostInFlight)},
        {QStringLiteral("littleDifference"), measured.littleDifference()},
        {QStringLiteral("connections"), static_cast<qint64>(measured.opened)},
        {QStringLiteral("bytesReceived"), static_cast<qint64>(measured.bytesReceived)},
        {QStringLiteral("bytesSent"), static_cast<qint64>(measured.bytesSent)},
        {QStringLiteral("deliveries"), static_cast<qint64>(measured.deliveries)},
        {QStringLiteral("idleConnections"), static_cast<qint64>(measured.idleConnections)},
        {QStringLiteral("lostConnections"), static_cast<qint64>(whole.lostConnections)},
        {QStringLiteral("wasStopped"), m_result.wasStopped}, {QStringLiteral("notes"), QJsonArray::fromStringList(m_notes)}};
}

QString LabLoadReport::progress(const LoadSample &sample)
{
    const double seconds = static_cast<double>(sample.to - sample.from) / 1e9;
    return tr("%1 s: %2 answers/s, p50 %3 ms, p99 %4 ms, %5 in flight, %6 failed")
        .arg(static_cast<double>(sample.to) / 1e9, 0, 'f', 1)
        .arg(seconds > 0 ? static_cast<double>(sample.completed) / seconds : 0, 0, 'f', 0)
        .arg(milliseconds(static_cast<double>(sample.latency.percentile(50))),
            milliseconds(static_cast<double>(sample.latency.percentile(99))))
        .arg(sample.inFlight)
        .arg(sample.failed());
}

} // namespace loopscope
