// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/RunReport.h"

#include "servers/lab/WholeFile.h"
#include "servers/session/LabExport.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

namespace loopscope {

namespace {

QString translated(const char *text) { return QCoreApplication::translate("loopscope::RunReport", text); }

} // namespace

std::optional<LabReport> reportOfRun(const QString &path, QString *problem)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        *problem = translated(QT_TRANSLATE_NOOP("loopscope::RunReport", "%1 cannot be read: %2."))
                       .arg(QDir::toNativeSeparators(path), file.errorString());
        return std::nullopt;
    }
    const auto first = LabJson::message(file.readLine().trimmed(), problem);
    if (!first || !std::holds_alternative<LabStart>(*first))
        return LabReport::read(path, problem);
    problem->clear();
    const auto &start = std::get<LabStart>(*first);
    LabReport report;
    report.version = start.version;
    report.machine = start.machine;
    report.date = QFileInfo(path).lastModified().toUTC().toString(Qt::ISODate);
    report.scenario = start.scenario;
    while (!file.atEnd()) {
        if (const auto message = LabJson::message(file.readLine().trimmed(), problem))
            report.take(*message, 0);
    }
    report.arrange(start.runs);
    return report;
}

QString exportRun(const LabReport &report, const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == QLatin1String("json"))
        return report.write(path);
    QByteArray content;
    if (ending == QLatin1String("csv"))
        content = LabExport::samplesCsv(report);
    else if (ending == QLatin1String("html"))
        content = LabExport::html(report);
    else if (ending == QLatin1String("svg"))
        content = SvgChart::svg(LabExport::charts(report)).toUtf8();
    else
        return translated(QT_TRANSLATE_NOOP("loopscope::RunReport",
                              "A run can be exported as .html, .csv, .json or .svg, not as \"%1\". Give the file one of these endings."))
            .arg(QFileInfo(path).fileName());
    const QString error = writeWholeFile(path, content);
    if (error.isNull())
        return {};
    return translated(QT_TRANSLATE_NOOP("loopscope::RunReport", "%1 cannot be written: %2. Choose another place."))
        .arg(QDir::toNativeSeparators(path), error);
}

QString exportFilter()
{
    return translated(
        QT_TRANSLATE_NOOP("loopscope::RunReport", "Page with charts (*.html);;Samples over time (*.csv);;Report (*.json);;Charts (*.svg)"));
}

} // namespace loopscope
