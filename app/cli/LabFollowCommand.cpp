// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabFollowCommand.h"

#include "CommandLine.h"
#include "LabHelp.h"
#include "LabOptions.h"
#include "recording/RecordingReader.h"
#include "servers/session/LabReport.h"
#include "servers/session/LabTable.h"
#include "servers/session/TextColumns.h"
#include "servers/simulated/RecordedRequests.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace loopscope {

namespace {

constexpr int wrongUse = static_cast<int>(ExitCode::WrongUse);

QByteArray jsonOf(const std::vector<LabRequest> &requests)
{
    QJsonArray array;
    for (const LabRequest &request : requests)
        array.append(QJsonDocument::fromJson(LabJson::line(request)).object());
    return QJsonDocument(array).toJson().trimmed();
}

} // namespace

int LabFollowCommand::run(const QStringList &arguments)
{
    if (arguments.contains(QLatin1String("--help")) || arguments.contains(QLatin1String("-h"))) {
        Output().writeText(LabHelp::follow());
        return static_cast<int>(ExitCode::Success);
    }
    LabOptions options(QStringLiteral("lab follow"), {{"most", true}, {"json", false}});
    double most = 20;
    if (!options.parse(arguments) || !options.readNumber("most", 1, 1e9, &most))
        return wrongUse;
    if (options.operands().isEmpty()) {
        complain(tr("which recording? Write 'loopscope lab follow FILE.lscope'; 'loopscope lab --help' says how one is made."));
        return wrongUse;
    }
    if (!readNumbers(options.operands().mid(1)) || !readRecording(options.operands().first()))
        return wrongUse;
    if (!m_numbers.empty())
        return showWays(options.has("json"));
    list(static_cast<std::size_t>(most), options.has("json"));
    return static_cast<int>(ExitCode::Success);
}

bool LabFollowCommand::readNumbers(const QStringList &texts)
{
    for (const QString &text : texts) {
        bool isNumber = false;
        const qint64 number = text.toLongLong(&isNumber);
        if (!isNumber || number < 1)
            return LabOptions::fail(tr("'%1' is no number of a request: they count from 1.").arg(text));
        m_numbers.push_back(number);
    }
    return true;
}

bool LabFollowCommand::readRecording(const QString &file)
{
    RecordingReader reader;
    if (!reader.open(file))
        return LabOptions::fail(reader.problem());
    QString problem;
    std::optional<std::vector<LabRequest>> requests = RecordedRequests::read(reader, &problem);
    if (!requests)
        return LabOptions::fail(tr("'%1': %2").arg(file, problem));
    if (const QString incomplete = reader.incompleteness(); !incomplete.isEmpty())
        complain(incomplete);
    m_requests = std::move(*requests);
    return true;
}

int LabFollowCommand::showWays(bool isJson) const
{
    LabReport report;
    int exitCode = static_cast<int>(ExitCode::Success);
    for (const qint64 number : m_numbers) {
        const auto found = std::lower_bound(
            m_requests.begin(), m_requests.end(), number, [](const LabRequest &request, qint64 wanted) { return request.number < wanted; });
        if (found != m_requests.end() && found->number == number) {
            report.requests.push_back(*found);
            continue;
        }
        constexpr int notFound = 1;
        exitCode = notFound;
        complain(m_requests.empty() ? tr("the recording has no requests.")
                                    : tr("the recording has no request %1; the last one is %2.").arg(number).arg(m_requests.back().number));
    }
    Output output;
    if (isJson) {
        output.writeLine(jsonOf(report.requests));
        return exitCode;
    }
    for (const LabRequest &request : report.requests) {
        output.writeText(LabTable::way(report, request.number));
        output.writeText(LabTable::steps(request) + QLatin1Char('\n'));
    }
    return exitCode;
}

std::vector<LabRequest> LabFollowCommand::slowest(std::size_t most) const
{
    std::vector<LabRequest> sorted = m_requests;
    std::stable_sort(sorted.begin(), sorted.end(), [](const LabRequest &left, const LabRequest &right) {
        const auto rank = [](const LabRequest &request) { return request.latency < 0 ? 1e300 : request.latency; };
        return rank(left) > rank(right);
    });
    sorted.resize(std::min(sorted.size(), most));
    return sorted;
}

void LabFollowCommand::list(std::size_t most, bool isJson) const
{
    const std::vector<LabRequest> requests = slowest(most);
    Output output;
    if (isJson)
        return output.writeLine(jsonOf(requests));
    std::vector<QStringList> rows = {{tr("route"), tr("request"), tr("arrived"), tr("latency"), tr("status")}};
    for (const LabRequest &request : requests) {
        rows.push_back({request.route, QString::number(request.number), tr("%1 s").arg(request.arrival, 0, 'f', 3),
            request.latency < 0 ? tr("no answer") : LabTable::time(request.latency),
            request.status == 0 ? QStringLiteral("-") : QString::number(request.status)});
    }
    output.writeText(
        tr("%n request(s), the slowest:", nullptr, static_cast<int>(m_requests.size())) + QLatin1Char('\n') + textColumns(rows));
}

} // namespace loopscope
