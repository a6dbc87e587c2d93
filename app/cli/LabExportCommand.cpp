// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabExportCommand.h"

#include "CommandLine.h"
#include "LabHelp.h"
#include "servers/lab/WholeFile.h"
#include "servers/session/JsonFile.h"
#include "servers/session/LabComparison.h"
#include "servers/session/LabExport.h"

#include <QFileInfo>
#include <QJsonDocument>

namespace loopscope {

namespace {

constexpr int wrongUse = static_cast<int>(ExitCode::WrongUse);

bool isHelp(const QStringList &arguments) { return arguments.contains(QLatin1String("--help")) || arguments.contains(QLatin1String("-h")); }

template<typename Report>
std::optional<QByteArray> exported(const Report &report, const QString &format)
{
    if (format == QLatin1String("csv"))
        return LabExport::csv(report);
    if (format == QLatin1String("json"))
        return QJsonDocument(report.toJson()).toJson();
    if (format == QLatin1String("html"))
        return LabExport::html(report);
    if (format == QLatin1String("svg"))
        return SvgChart::svg(LabExport::charts(report)).toUtf8();
    return std::nullopt;
}

} // namespace

int LabExportCommand::exportFile(const QStringList &arguments)
{
    if (isHelp(arguments)) {
        Output().writeText(LabHelp::exportFile());
        return static_cast<int>(ExitCode::Success);
    }
    LabOptions options(QStringLiteral("lab export"), {{"format", true}, {"o", true}});
    if (!options.parse(arguments))
        return wrongUse;
    if (options.operands().size() != 1) {
        complain(tr("which report? Write 'loopscope lab export REPORT.json --format html -o REPORT.html'."));
        return wrongUse;
    }
    QString target;
    if (!options.readTarget("o", options.operands(), &target))
        return wrongUse;
    const QString format = options.has("format") ? options.value("format") : QFileInfo(target).suffix();
    const std::optional<QByteArray> content = contentOf(options.operands().first(), format);
    return content && write(target, *content) ? static_cast<int>(ExitCode::Success) : wrongUse;
}

std::optional<QByteArray> LabExportCommand::contentOf(const QString &file, const QString &format)
{
    QString problem;
    std::optional<QByteArray> content;
    const std::optional<QJsonObject> object = readJsonFile(file, &problem);
    if (object && object->contains(QLatin1String("over"))) {
        if (const std::optional<SweepReport> sweep = SweepReport::read(file, &problem))
            content = exported(*sweep, format);
    } else if (object) {
        if (const std::optional<LabReport> report = LabReport::read(file, &problem))
            content = format == QLatin1String("samples") ? LabExport::samplesCsv(*report) : exported(*report, format);
    }
    if (!content && problem.isEmpty() && format == QLatin1String("png"))
        problem = tr("'lab export' writes no PNG: write svg, which scales, or take 'Export view' in the window.");
    if (!content)
        complain(problem.isEmpty() ? format.isEmpty()
                    ? tr("which format? Name one with '--format' (csv, samples, json, html or svg), or by the ending of '-o TARGET'.")
                    : tr("the option '--format' takes csv, samples (of a report, not of a sweep), json, html or svg, not '%1'.").arg(format)
                                   : problem);
    return content;
}

bool LabExportCommand::write(const QString &file, const QByteArray &content)
{
    if (file.isEmpty()) {
        Output().writeText(QString::fromUtf8(content));
        return true;
    }
    const QString error = writeWholeFile(file, content);
    return error.isNull() || LabOptions::fail(tr("the file '%1' cannot be written: %2.").arg(file, error));
}

int LabExportCommand::compare(const QStringList &arguments)
{
    if (isHelp(arguments)) {
        Output().writeText(LabHelp::exportFile());
        return static_cast<int>(ExitCode::Success);
    }
    LabOptions options(QStringLiteral("lab compare"), {{"json", false}, {"o", true}});
    QString target;
    if (!options.parse(arguments) || !options.readTarget("o", options.operands(), &target))
        return wrongUse;
    const QString format = QFileInfo(target).suffix();
    if (!target.isEmpty() && format != QLatin1String("html") && format != QLatin1String("json")) {
        complain(tr("the option '-o' of 'lab compare' takes a file that ends in .html or .json, not '%1'.").arg(target));
        return wrongUse;
    }
    const QStringList files = options.operands();
    QString problem;
    if (files.size() != 2)
        problem = tr("which two reports? Write 'loopscope lab compare A.json B.json'; 'loopscope lab SCENARIO -o A.json' makes one.");
    const std::optional<LabReport> before = problem.isEmpty() ? LabReport::read(files[0], &problem) : std::nullopt;
    const std::optional<LabReport> after = problem.isEmpty() ? LabReport::read(files[1], &problem) : std::nullopt;
    if (!problem.isEmpty()) {
        complain(problem);
        return wrongUse;
    }
    const LabComparison comparison(*before, *after);
    Output output;
    if (options.has("json"))
        output.writeLine(QJsonDocument(comparison.toJson()).toJson().trimmed());
    else
        output.writeText(comparison.text());
    if (comparison.models().empty())
        return wrongUse;
    if (!target.isEmpty()
        && !write(target, format == QLatin1String("html") ? LabExport::html(comparison) : QJsonDocument(comparison.toJson()).toJson()))
        return wrongUse;
    return static_cast<int>(comparison.isAnythingBeyondNoise() ? ExitCode::Disagreement : ExitCode::Success);
}

} // namespace loopscope
