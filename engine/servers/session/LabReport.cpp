// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabReport.h"

#include "servers/lab/LabFields.h"
#include "servers/session/JsonFile.h"

#include <algorithm>

namespace loopscope {

template<typename Fields>
void describe(Fields &fields, LabReport &report)
{
    fields.text("version", report.version);
    fields.text("machine", report.machine);
    fields.text("date", report.date);
    fields.needed({"scenario", "results"});
    fields.part("scenario", report.scenario);
    fields.parts("results", report.results);
    fields.parts("problems", report.problems);
    fields.part("verdict", report.verdict);
    fields.parts("requests", report.requests);
    fields.parts("samples", report.samples);
}

void LabReport::take(const LabMessage &message, qint64 followed)
{
    constexpr qsizetype mostRequests = 50; // of one run, beside the one that was followed
    if (const auto *sample = std::get_if<LabSample>(&message)) {
        samples.push_back(*sample);
        samples.back().histogram.clear(); // the result has that of the whole run
    } else if (const auto *result = std::get_if<LabResult>(&message))
        results.push_back(*result);
    else if (const auto *problem = std::get_if<LabProblem>(&message))
        problems.push_back(*problem);
    else if (const auto *request = std::get_if<LabRequest>(&message)) {
        const auto isOfRun = [request](const LabRequest &other) { return other.model == request->model && other.truth == request->truth; };
        if (request->number == followed || std::count_if(requests.begin(), requests.end(), isOfRun) < mostRequests)
            requests.push_back(*request);
    }
}

void LabReport::arrange(const std::vector<LabRunName> &runs)
{
    const auto place = [&runs](const auto &part) {
        return std::find_if(
            runs.begin(), runs.end(), [&](const LabRunName &name) { return name.model == part.model && name.truth == part.truth; });
    };
    const auto isBefore = [&place](const auto &one, const auto &other) { return place(one) < place(other); };
    std::stable_sort(results.begin(), results.end(), isBefore);
    std::stable_sort(problems.begin(), problems.end(), isBefore);
    std::stable_sort(requests.begin(), requests.end(), isBefore);
    std::stable_sort(samples.begin(), samples.end(), isBefore);
}

QJsonObject LabReport::toJson() const
{
    LabReport copy = *this;
    return JsonWriter::objectOf(copy);
}

QString LabReport::write(const QString &file) const { return writeJsonFile(file, toJson()); }

std::optional<LabReport> LabReport::read(const QString &file, QString *problem)
{
    const std::optional<QJsonObject> object = readJsonFile(file, problem);
    LabReport report;
    if (!object)
        return std::nullopt;
    if (JsonReader::read(*object, QString(), problem, report))
        return report;
    *problem = tr("'%1' is no report of the server lab: %2").arg(file, *problem);
    return std::nullopt;
}

} // namespace loopscope
