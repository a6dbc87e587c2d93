// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "Output.h"
#include "exchange/ExportFormats.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <cerrno>
#include <unistd.h>

namespace loopscope {

namespace {

/// Null, with a sentence in `problem`, if the line names no format.
const ExportFormat *formatOf(const CommandLine &line, QString *problem)
{
    const ExportFormat *format =
        line.exportFormat.isEmpty() ? ExportFormat::ofFile(line.targetFile) : ExportFormat::named(line.exportFormat);
    if (format == nullptr && line.exportFormat.isEmpty())
        *problem = Commands::tr("the name '%1' does not tell which format is meant; name it with '--format' (%2).")
                       .arg(line.targetFile, ExportFormat::names());
    else if (format == nullptr)
        *problem = Commands::tr("the option '--format' takes %1, not '%2'.").arg(ExportFormat::names(), line.exportFormat);
    return format;
}

/// Writes all of it, or gives the reason why not. A reader of standard output that goes away is none.
QString write(const ExportNames &names, const ExportFormat &format, QFileDevice &file)
{
    TextSink sink(file);
    format.write(names, sink);
    sink.flush();
    return !sink.hasFailed() && file.flush() ? QString() : file.errorString();
}

QString writeToStandardOutput(const ExportNames &names, const ExportFormat &format)
{
    QFile file;
    if (!file.open(STDOUT_FILENO, QIODevice::WriteOnly | QIODevice::Unbuffered))
        return file.errorString();
    const QString problem = write(names, format, file);
    return errno == EPIPE ? QString() : problem;
}

/// A regular file is there as a whole or not at all.
QString writeToFile(const ExportNames &names, const ExportFormat &format, const QString &path)
{
    const QFileInfo info(path);
    if (info.exists() && !info.isFile() && !info.isDir()) {
        QFile file(path);
        return file.open(QIODevice::WriteOnly) ? write(names, format, file) : file.errorString();
    }
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return file.errorString();
    const QString problem = write(names, format, file);
    return !problem.isEmpty() || file.commit() ? problem : file.errorString();
}

} // namespace

int Commands::exportRecording(const CommandLine &line)
{
    QString problem = fileProblem(line.file);
    const ExportFormat *format = problem.isEmpty() ? formatOf(line, &problem) : nullptr;
    RecordingReader reader;
    if (problem.isEmpty())
        problem = openRecording(line.file, reader);
    if (problem.isEmpty() && QFileInfo(line.targetFile) == QFileInfo(line.file))
        problem = tr("'%1' is the recording itself: name another file after '-o'.").arg(line.targetFile);
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    const ExportNames names(reader);
    const bool isStandardOutput = line.targetFile == QLatin1String("-");
    const QString reason = isStandardOutput ? writeToStandardOutput(names, *format) : writeToFile(names, *format, line.targetFile);
    if (!reason.isEmpty()) {
        complain(isStandardOutput ? tr("standard output cannot be written: %1.").arg(reason)
                                  : tr("the file '%1' cannot be written: %2.").arg(line.targetFile, reason));
        return static_cast<int>(ExitCode::WrongUse);
    }
    if (!reader.problem().isEmpty())
        complain(reader.problem());
    return static_cast<int>(ExitCode::Success);
}

} // namespace loopscope
