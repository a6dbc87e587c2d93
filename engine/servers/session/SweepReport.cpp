// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/SweepReport.h"

#include "servers/lab/LabFields.h"
#include "servers/session/JsonFile.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

template<typename Fields>
void describe(Fields &fields, SweepPoint &point)
{
    fields.number("value", point.value);
    fields.part("result", point.result);
}

template<typename Fields>
void describe(Fields &fields, SweepProblem &problem)
{
    fields.number("value", problem.value);
    fields.part("problem", problem.problem);
}

template<typename Fields>
void describe(Fields &fields, SweepReport &report)
{
    static const QStringList knobs = LabControls::keysOfScenario();
    constexpr JsonRange shards{1, 1e6};
    fields.text("version", report.version);
    fields.text("machine", report.machine);
    fields.text("date", report.date);
    fields.needed({"scenario", "over", "values", "runs", "points"});
    fields.part("scenario", report.scenario);
    fields.choice("over", report.over, knobs);
    fields.numbers("values", report.values);
    fields.parts("runs", report.runs);
    fields.whole("shard", report.shard, shards);
    fields.whole("shards", report.shards, shards);
    fields.parts("points", report.points);
    fields.parts("problems", report.problems);
}

namespace {

bool isSame(const LabRunName &one, const LabRunName &other) { return one.model == other.model && one.truth == other.truth; }
template<typename Part>
LabRunName nameOf(const Part &part)
{
    return {part.model, part.truth};
}

QString jobText(const SweepReport &report, const SweepReport::Job &job)
{
    return SweepReport::tr("%1 (%2) at %3 = %4")
        .arg(keyOf(job.run.model), keyOf(job.run.truth), LabControls::keyOf(report.over), QString::number(job.value, 'g', 10));
}

/// What has to be the same in all parts of one sweep.
QJsonObject identityOf(const SweepReport &report)
{
    QJsonObject object = report.toJson();
    for (const char *key : {"machine", "date", "shard", "points", "problems"})
        object.remove(QLatin1String(key));
    return object;
}

bool isDone(const SweepReport &report, const SweepReport::Job &job)
{
    const auto isOfJob = [&job](double value, const LabRunName &name) { return value == job.value && isSame(name, job.run); };
    return std::any_of(report.points.begin(), report.points.end(),
               [&](const SweepPoint &point) { return isOfJob(point.value, nameOf(point.result)); })
        || std::any_of(report.problems.begin(), report.problems.end(),
            [&](const SweepProblem &problem) { return isOfJob(problem.value, nameOf(problem.problem)); });
}

} // namespace

std::vector<SweepReport::Job> SweepReport::jobs() const
{
    std::vector<Job> all;
    const int count = static_cast<int>(runs.size());
    for (int row = 0; row < static_cast<int>(values.size()); ++row) {
        for (int column = 0; column < count; ++column) {
            // Turned by one at each value, so that no shard gets one model only.
            if ((row * count + (column + row) % count) % shards == shard - 1)
                all.push_back({values[static_cast<std::size_t>(row)], runs[static_cast<std::size_t>(column)]});
        }
    }
    return all;
}

std::vector<SweepReport::Job> SweepReport::jobsLeft() const
{
    std::vector<Job> left = jobs();
    std::erase_if(left, [this](const Job &job) {
        return std::any_of(points.begin(), points.end(), [&job](const SweepPoint &point) {
            return point.value == job.value && point.result.model == job.run.model && point.result.truth == job.run.truth;
        });
    });
    return left;
}

Scenario SweepReport::scenarioAt(double value) const
{
    Scenario changed = scenario;
    LabCommand::Setting{over, value}.applyTo(changed);
    return changed;
}

QString SweepReport::problem() const
{
    if (shard > shards)
        return tr("the report says that it is part %1 of %2.").arg(shard).arg(shards);
    for (const double value : values) {
        if (const QString problem = scenarioAt(value).problem(); !problem.isEmpty())
            return tr("at %1 = %2: %3").arg(LabControls::keyOf(over), QString::number(value, 'g', 10), problem);
    }
    return {};
}

std::vector<SweepPoint> SweepReport::pointsOf(const LabRunName &run) const
{
    std::vector<SweepPoint> found;
    std::copy_if(points.begin(), points.end(), std::back_inserter(found),
        [&run](const SweepPoint &point) { return isSame(nameOf(point.result), run); });
    std::sort(found.begin(), found.end(), [](const SweepPoint &one, const SweepPoint &other) { return one.value < other.value; });
    return found;
}

QJsonObject SweepReport::toJson() const
{
    SweepReport copy = *this;
    return JsonWriter::objectOf(copy);
}

QString SweepReport::write(const QString &file) const { return writeJsonFile(file, toJson()); }

std::optional<SweepReport> SweepReport::read(const QString &file, QString *problem)
{
    const std::optional<QJsonObject> object = readJsonFile(file, problem);
    SweepReport report;
    if (!object)
        return std::nullopt;
    if (JsonReader::read(*object, QString(), problem, report))
        return report;
    *problem = tr("'%1' is no sweep of the server lab: %2").arg(file, *problem);
    return std::nullopt;
}

std::optional<SweepReport> SweepReport::merged(const std::vector<SweepReport> &parts, const QStringList &names, QString *problem)
{
    if (parts.empty())
        return std::nullopt;
    SweepReport all = parts.front();
    std::vector<qsizetype> owners(static_cast<std::size_t>(all.shards), -1);
    all.points.clear();
    all.problems.clear();
    for (std::size_t index = 0; index < parts.size(); ++index) {
        const SweepReport &part = parts[index];
        const QString &name = names[static_cast<qsizetype>(index)];
        if (identityOf(part) != identityOf(parts.front())) {
            *problem = tr("'%1' and '%2' are parts of different sweeps.").arg(names.first(), name);
            return std::nullopt;
        }
        if (part.shard > part.shards) {
            *problem = tr("'%1' says that it is part %2 of %3.").arg(name).arg(part.shard).arg(part.shards);
            return std::nullopt;
        }
        qsizetype &owner = owners[static_cast<std::size_t>(part.shard - 1)];
        if (owner >= 0) {
            *problem = tr("'%1' and '%2' are both part %3 of %4.").arg(names[owner], name).arg(part.shard).arg(part.shards);
            return std::nullopt;
        }
        owner = static_cast<qsizetype>(index);
        const std::vector<Job> jobs = part.jobs();
        const auto open = std::find_if(jobs.begin(), jobs.end(), [&part](const Job &job) { return !isDone(part, job); });
        if (open != jobs.end()) {
            *problem = tr("'%1' is not complete: %2 is missing.").arg(name, jobText(part, *open));
            return std::nullopt;
        }
        all.points.insert(all.points.end(), part.points.begin(), part.points.end());
        all.problems.insert(all.problems.end(), part.problems.begin(), part.problems.end());
    }
    QStringList missing;
    for (std::size_t shard = 0; shard < owners.size(); ++shard) {
        if (owners[shard] < 0)
            missing.append(QStringLiteral("%1/%2").arg(shard + 1).arg(owners.size()));
    }
    if (!missing.isEmpty()) {
        *problem = tr("parts are missing: %1.").arg(missing.join(QLatin1String(", ")));
        return std::nullopt;
    }
    all.shard = all.shards = 1;
    const auto isBefore = [](const auto &one, const auto &other) { return one.value < other.value; };
    std::stable_sort(all.points.begin(), all.points.end(), isBefore);
    std::stable_sort(all.problems.begin(), all.problems.end(), isBefore);
    return all;
}

std::vector<double> SweepReport::geometric(double from, double to, int steps, bool isWhole)
{
    std::vector<double> values;
    for (int step = 0; step < steps; ++step) {
        const double share = steps == 1 ? 0 : static_cast<double>(step) / (steps - 1);
        double value = from > 0 ? from * std::pow(to / from, share) : to * share;
        value = isWhole ? std::round(value) : QString::number(value, 'g', 4).toDouble(); // as people write numbers
        if (step == steps - 1 && steps > 1)
            value = to;
        if (values.empty() || value > values.back())
            values.push_back(value);
    }
    return values;
}

std::vector<SweepBend> bendsOf(const SweepReport &report)
{
    std::vector<SweepBend> bends;
    for (const LabRunName &run : report.runs) {
        const std::vector<SweepPoint> points = report.pointsOf(run);
        if (points.empty())
            continue;
        SweepBend bend{run, 0, {}, {}, {}, {}};
        for (const SweepPoint &point : points)
            bend.bestThroughput = std::max(bend.bestThroughput, point.result.throughput);
        bool isBestSeen = false;
        double lowestTail = 0;
        for (std::size_t index = 0; index < points.size(); ++index) {
            const auto &[value, result] = points[index];
            if (!bend.levelsOff && result.throughput >= 0.95 * bend.bestThroughput && index > 0 && index + 1 < points.size())
                bend.levelsOff = value;
            isBestSeen = isBestSeen || result.throughput == bend.bestThroughput;
            if (!bend.falls && isBestSeen && result.throughput < 0.9 * bend.bestThroughput)
                bend.falls = value;
            if (!bend.tailRises && lowestTail > 0 && result.latency.p99 > 2 * lowestTail)
                bend.tailRises = value;
            if (result.latency.p99 > 0)
                lowestTail = lowestTail > 0 ? std::min(lowestTail, result.latency.p99) : result.latency.p99;
            const bool isBroken =
                !result.death.isEmpty() || static_cast<double>(result.failures.total()) > 0.01 * static_cast<double>(result.arrivals);
            if (!bend.breaks && isBroken)
                bend.breaks = value;
        }
        bends.push_back(bend);
    }
    return bends;
}

std::vector<SweepTurn> turnsOf(const SweepReport &report, Truth truth)
{
    std::vector<SweepTurn> turns;
    for (const double value : report.values) {
        std::vector<LabResult> results;
        for (const SweepPoint &point : report.points) {
            if (point.value == value && point.result.truth == truth)
                results.push_back(point.result);
        }
        const std::optional<Lead> lead = leadOf(results);
        const auto isSameLead = [&lead](const SweepTurn &turn) { return turn.lead.model == lead->model && turn.lead.by == lead->by; };
        if (lead && (turns.empty() || !isSameLead(turns.back())))
            turns.push_back({value, *lead});
    }
    return turns;
}

} // namespace loopscope
