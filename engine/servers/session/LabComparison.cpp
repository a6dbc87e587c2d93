// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabComparison.h"

#include "servers/session/TextColumns.h"
#include "servers/statistics/BatchMeans.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <cmath>

namespace loopscope {

namespace {

/// The course of a figure over time, where it has one.
struct Course
{
    const char *key; ///< of LabFigure
    std::optional<double> (*of)(const LabSample &sample); ///< nothing: this sample says nothing about it
};

std::optional<double> ifAnswered(const LabSample &sample, double value)
{
    return sample.completed > 0 ? std::optional(value) : std::nullopt;
}
double perAnswer(const LabSample &sample, double value) { return value / static_cast<double>(sample.completed); }

const std::vector<Course> &courses()
{
    static const std::vector<Course> list = {
        {"throughput", [](const LabSample &s) { return std::optional(static_cast<double>(s.completed) / s.interval); }},
        {"latency.p50", [](const LabSample &s) { return ifAnswered(s, s.latency.p50); }},
        {"latency.p90", [](const LabSample &s) { return ifAnswered(s, s.latency.p90); }},
        {"latency.p99", [](const LabSample &s) { return ifAnswered(s, s.latency.p99); }},
        {"latency.p999", [](const LabSample &s) { return ifAnswered(s, s.latency.p999); }},
        {"meanInFlight", [](const LabSample &s) { return std::optional(static_cast<double>(s.inFlight)); }},
        {"cpuCores", [](const LabSample &s) { return std::optional(s.cpuCores); }},
        {"cpuSecondsPerRequest", [](const LabSample &s) { return ifAnswered(s, perAnswer(s, s.cpuCores * s.interval)); }},
        {"contextSwitches", [](const LabSample &s) { return ifAnswered(s, perAnswer(s, static_cast<double>(s.contextSwitches))); }},
    };
    return list;
}

/// Half-width of the interval around the mean over time, as a share of that mean; nothing if there is no course, or too little of it.
std::optional<double> courseNoiseOf(const LabReport &report, const LabRunName &run, const LabFigure &figure)
{
    const auto course = std::find_if(
        courses().begin(), courses().end(), [&figure](const Course &one) { return QLatin1String(one.key) == QLatin1String(figure.key); });
    if (course == courses().end())
        return std::nullopt;
    constexpr int leastBatches = 10;
    BatchMeans means(leastBatches);
    for (const LabSample &sample : report.samples) {
        if (sample.model != run.model || sample.truth != run.truth || sample.time <= 0 || sample.interval <= 0)
            continue;
        if (const std::optional<double> value = course->of(sample))
            means.add(*value);
    }
    if (means.batches() < leastBatches || means.mean() == 0)
        return std::nullopt;
    return means.halfWidth() / std::abs(means.mean());
}

/// A latency that `rank` answers do not exceed.
double latencyOfRank(const std::vector<LabBar> &histogram, double rank)
{
    double seen = 0;
    for (const LabBar &bar : histogram) {
        seen += static_cast<double>(bar.count);
        if (seen >= rank)
            return (bar.from + bar.to) / 2;
    }
    return histogram.empty() ? 0 : histogram.back().to;
}

/// Half-width of the interval of a percentile by the ranks around it (binomial; David and Nagaraja, Order Statistics, 7.1), in seconds;
/// nothing if too few answers lie beyond it to say anything.
std::optional<double> noiseOfPercentile(const LabResult &result, const LabFigure &figure)
{
    constexpr std::array percentiles = {
        std::pair("latency.p50", 0.5), std::pair("latency.p90", 0.9), std::pair("latency.p99", 0.99), std::pair("latency.p999", 0.999)};
    const auto *percentile = std::find_if(percentiles.begin(), percentiles.end(),
        [&figure](const auto &one) { return QLatin1String(one.first) == QLatin1String(figure.key); });
    if (percentile == percentiles.end())
        return 0;
    const double share = percentile->second;
    const auto count = static_cast<double>(result.completed);
    constexpr double leastBeyond = 5;
    if (count * (1 - share) < leastBeyond || result.histogram.empty())
        return std::nullopt;
    const double ranks = 1.96 * std::sqrt(count * share * (1 - share));
    return (latencyOfRank(result.histogram, count * share + ranks) - latencyOfRank(result.histogram, count * share - ranks)) / 2;
}

/// Of the figure itself, in its unit.
std::optional<double> noiseOf(const LabReport &report, const LabResult &result, const LabFigure &figure)
{
    if (QLatin1String(figure.key) == QLatin1String("failures")) // counts of events that have nothing to do with each other (Poisson)
        return 1.96 * std::sqrt(figure.of(result));
    const std::optional<double> ofCourse = courseNoiseOf(report, {result.model, result.truth}, figure);
    const std::optional<double> ofRanks = noiseOfPercentile(result, figure);
    if (!ofCourse || !ofRanks)
        return std::nullopt;
    return std::max(*ofCourse * figure.of(result), *ofRanks);
}

void addChanges(const QString &place, const QJsonValue &before, const QJsonValue &after, QStringList *changes)
{
    if (before == after)
        return;
    if (before.isObject() && after.isObject()) {
        const QJsonObject one = before.toObject();
        const QJsonObject other = after.toObject();
        for (const QString &key : one.keys())
            addChanges(place.isEmpty() ? key : place + QLatin1Char('.') + key, one[key], other[key], changes);
        return;
    }
    static const QStringList ofFiles = {QStringLiteral("script"), QStringLiteral("latencyProfile"), QStringLiteral("load.replayFile")};
    if (ofFiles.contains(place))
        return;
    const auto text = [](const QJsonValue &value) {
        const QString whole = QString::fromUtf8(QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact));
        return whole.mid(1, whole.size() - 2);
    };
    changes->append(QStringLiteral("%1: %2 -> %3").arg(place, text(before), text(after)));
}

QString shareText(double share)
{
    return QString::number(std::abs(share) * 100, 'f', std::abs(share) < 0.0995 ? 1 : 0) + QStringLiteral(" %");
}

QString runText(const LabRunName &run) { return QStringLiteral("%1 (%2)").arg(nameOf(run.model), nameOf(run.truth)); }

} // namespace

static QString judgementText(const LabDifference &difference)
{
    if (!difference.isBeyondNoise())
        return {};
    return difference.isBetter() ? LabComparison::tr("better")
        : difference.isWorse()   ? LabComparison::tr("worse")
                                 : LabComparison::tr("differs");
}

bool LabDifference::isBeyondNoise() const
{
    constexpr double least = 0.01;
    return noise && std::abs(change()) > *noise && std::abs(change()) > least * std::abs(before);
}

LabComparison::LabComparison(const LabReport &before, const LabReport &after)
    : m_before(before)
    , m_after(after)
{
    for (const LabResult &one : before.results) {
        const auto isSameModel = [&one](const LabResult &other) { return other.model == one.model; };
        const auto isSameRun = [&one](const LabResult &other) { return other.model == one.model && other.truth == one.truth; };
        auto found = std::find_if(after.results.begin(), after.results.end(), isSameRun);
        if (found == after.results.end())
            found = std::find_if(after.results.begin(), after.results.end(), isSameModel);
        if (found == after.results.end())
            continue;
        ModelComparison model{{one.model, one.truth}, {found->model, found->truth}, {}};
        for (const LabFigure &figure : labFigures()) {
            LabDifference difference{&figure, figure.of(one), figure.of(*found), std::nullopt};
            const std::optional<double> noiseBefore = noiseOf(before, one, figure);
            const std::optional<double> noiseAfter = noiseOf(after, *found, figure);
            // The two runs are independent of each other.
            if (noiseBefore && noiseAfter)
                difference.noise = std::hypot(*noiseBefore, *noiseAfter);
            model.differences.push_back(difference);
        }
        m_models.push_back(model);
    }
}

QStringList LabComparison::scenarioChanges() const
{
    QStringList changes;
    addChanges(QString(), m_before.scenario.toJson(), m_after.scenario.toJson(), &changes);
    return changes;
}

bool LabComparison::isAnythingBeyondNoise() const
{
    return std::any_of(m_models.begin(), m_models.end(), [](const ModelComparison &model) {
        return std::any_of(
            model.differences.begin(), model.differences.end(), [](const LabDifference &one) { return one.isBeyondNoise(); });
    });
}

QString LabComparison::sentence(const ModelComparison &model) const
{
    QStringList better;
    QStringList worse;
    QStringList other;
    for (const LabDifference &difference : model.differences) {
        if (!difference.isBeyondNoise())
            continue;
        const QString text =
            (difference.change() > 0 ? tr("%1 %2 higher") : tr("%1 %2 lower"))
                .arg(nameOf(*difference.figure),
                    difference.before != 0 ? shareText(difference.share()) : textOf(*difference.figure, std::abs(difference.change())));
        (difference.isBetter() ? better : difference.isWorse() ? worse : other).append(text);
    }
    const QString name =
        runText(model.before) + (model.before.truth == model.after.truth ? QString() : tr(" against %1").arg(nameOf(model.after.truth)));
    if (better.isEmpty() && worse.isEmpty() && other.isEmpty())
        return LabTable::sentence(tr("%1: no difference beyond the noise of the runs.").arg(name));
    QStringList parts;
    if (!better.isEmpty())
        parts.append(tr("better: %1").arg(better.join(QLatin1String(", "))));
    if (!worse.isEmpty())
        parts.append(tr("worse: %1").arg(worse.join(QLatin1String(", "))));
    if (!other.isEmpty())
        parts.append(tr("neither better nor worse by itself: %1").arg(other.join(QLatin1String(", "))));
    return LabTable::sentence(tr("%1: %2; the rest is within the noise of the runs.").arg(name, parts.join(QLatin1String("; "))));
}

QStringList LabComparison::settings() const
{
    QStringList sentences = scenarioChanges();
    sentences.prepend(sentences.isEmpty() ? tr("The scenarios are the same.") : tr("The scenarios differ:"));
    if (m_before.machine != m_after.machine)
        sentences.append(tr("The machines differ: %1 -> %2.").arg(m_before.machine, m_after.machine));
    return sentences;
}

std::vector<QStringList> LabComparison::rows(const ModelComparison &model) const
{
    std::vector<QStringList> rows = {
        {model.before.truth == model.after.truth ? runText(model.before)
                                                 : runText(model.before) + QStringLiteral(" -> ") + nameOf(model.after.truth),
            tr("before"), tr("after"), tr("difference"), tr("noise"), QString()}};
    for (const LabDifference &one : model.differences) {
        if (one.before == 0 && one.after == 0)
            continue;
        const QString sign = one.change() > 0 ? QStringLiteral("+") : one.change() < 0 ? QStringLiteral("-") : QString();
        rows.push_back({nameOf(*one.figure), textOf(*one.figure, one.before), textOf(*one.figure, one.after),
            one.before != 0 ? sign + shareText(one.share()) : sign + textOf(*one.figure, std::abs(one.change())),
            one.noise && one.before != 0 ? QStringLiteral("+-") + shareText(*one.noise / one.before) : QStringLiteral("?"),
            judgementText(one)});
    }
    return rows;
}

QString LabComparison::text() const
{
    const QStringList sentences = settings();
    QString text = sentences.front() + QLatin1Char('\n');
    const qsizetype changes = scenarioChanges().size();
    for (qsizetype index = 1; index < sentences.size(); ++index)
        text += (index <= changes ? QStringLiteral("  ") : QString()) + sentences[index] + QLatin1Char('\n');
    for (const ModelComparison &model : m_models)
        text += QLatin1Char('\n') + textColumns(rows(model));
    text += QLatin1Char('\n');
    for (const ModelComparison &model : m_models)
        text += wrappedText(sentence(model));
    if (m_models.empty())
        text += tr("The reports have no model in common.") + QLatin1Char('\n');
    return text;
}

QJsonObject LabComparison::toJson() const
{
    QJsonArray models;
    for (const ModelComparison &model : m_models) {
        QJsonArray differences;
        for (const LabDifference &one : model.differences)
            differences.append(
                QJsonObject{{QStringLiteral("figure"), QLatin1String(one.figure->key)}, {QStringLiteral("before"), one.before},
                    {QStringLiteral("after"), one.after}, {QStringLiteral("noise"), one.noise ? QJsonValue(*one.noise) : QJsonValue()},
                    {QStringLiteral("isBeyondNoise"), one.isBeyondNoise()}});
        models.append(QJsonObject{{QStringLiteral("model"), keyOf(model.before.model)},
            {QStringLiteral("truthBefore"), keyOf(model.before.truth)}, {QStringLiteral("truthAfter"), keyOf(model.after.truth)},
            {QStringLiteral("differences"), differences}, {QStringLiteral("sentence"), sentence(model)}});
    }
    return {{QStringLiteral("scenarioChanges"), QJsonArray::fromStringList(scenarioChanges())}, {QStringLiteral("models"), models}};
}

} // namespace loopscope
