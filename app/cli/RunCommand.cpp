// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "EventList.h"
#include "Output.h"
#include "control/ControlGate.h"
#include "io/WrittenFiles.h"
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"
#include "servers/live/ServeProcess.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTextStream>

#include <cstdlib>
#include <unistd.h>

namespace loopscope {

namespace {

/// Where a run records to, and how it is read back for --events.
struct Recording
{
    std::unique_ptr<RecordingWriter> writer;
    RecordingReader reader;

    bool create(const QString &path, bool isTemporary, bool isRead, QString *problem)
    {
        writer = RecordingWriter::create(path, problem);
        if (!writer)
            return false;
        if (isRead && !reader.open(path)) {
            *problem = reader.problem();
            return false;
        }
        // Open in this process it lives on without a name, and goes even if the run is killed.
        if (isTemporary)
            QFile::remove(path);
        return true;
    }
};

/// An empty file of a name that nobody else has; empty, with a sentence in `problem`, if there can be none.
QString makeTemporaryFile(QString *problem)
{
    QByteArray pattern = (QDir::tempPath() + QLatin1String("/loopscope-XXXXXX")).toUtf8();
    const int descriptor = ::mkostemp(pattern.data(), 0);
    if (descriptor < 0) {
        *problem = QCoreApplication::translate("loopscope::Commands", "no temporary file can be made in '%1'.").arg(QDir::tempPath());
        return {};
    }
    ::close(descriptor);
    return QString::fromUtf8(pattern);
}

bool readStandardInput(RunOptions *options)
{
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly))
        return false;
    options->standardInput = input.readAll();
    return true;
}

QString prepareRecording(const CommandLine &line, Recording *recording)
{
    QString problem;
    if (!line.recordingPath.isEmpty()) {
        if (QFileInfo(line.recordingPath) == QFileInfo(line.file))
            return QCoreApplication::translate("loopscope::Commands", "the recording '%1' would overwrite the script.")
                .arg(line.recordingPath);
        recording->create(line.recordingPath, false, line.printEvents, &problem);
    } else if (line.printEvents) {
        const QString path = makeTemporaryFile(&problem);
        if (!path.isEmpty())
            recording->create(path, true, true, &problem);
    } else {
        recording->writer = RecordingWriter::toNowhere();
    }
    return problem;
}

void showWrittenFiles(const CommandLine &line, OverlayFileSystem &files)
{
    const WrittenFiles written(files);
    if (line.listWritten)
        QTextStream(stderr) << written.list();
    if (const QString problem = line.writtenFolder.isEmpty() ? QString() : written.copyTo(line.writtenFolder, line.mostWritten);
        !problem.isEmpty())
        complain(problem);
}

} // namespace

int Commands::run(const CommandLine &line)
{
    if (!line.serve.isEmpty())
        return ServeProcess::run(line.run, line.serve);
    RunOptions options = line.run;
    options.muteOutput = line.printEvents;
    const bool readsStandardInput = line.file == QLatin1String("-");
    QString problem = readsStandardInput || options.standardInput ? QString() : fileProblem(line.file);
    if (problem.isEmpty() && readsStandardInput && !readStandardInput(&options))
        problem = tr("the script cannot be read from standard input.");

    std::unique_ptr<ControlGate> gate;
    if (problem.isEmpty() && !line.controlName.isEmpty())
        gate = ControlGate::connectTo(line.controlName, &problem);
    Recording recording;
    if (problem.isEmpty())
        problem = prepareRecording(line, &recording);
    if (problem.isEmpty() && !line.writtenFolder.isEmpty())
        problem = WrittenFiles::folderProblem(line.writtenFolder);
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    // Nobody will read the calls: their events need not be made.
    if (!recording.writer->keepsEvents() && !gate && !line.detailGiven && options.maxEvents.value_or(0) == 0)
        options.detail = DetailLevel::Tasks;

    // Never destroyed: to free the script's heap just before the process ends takes time and helps nobody. Static, so that leak checkers
    // see that it is in use.
    static Runtime *runtime = nullptr;
    runtime = new Runtime(options, *recording.writer, gate.get());
    const int exitCode = runtime->run();
    const QStringList unmet = runtime->unmetChanges();
    for (const QString &sentence : unmet)
        complain(sentence);
    if (line.listWritten || !line.writtenFolder.isEmpty())
        showWrittenFiles(line, *runtime->files());
    if (line.printEvents) {
        recording.reader.refresh();
        printEventList(recording.reader, false);
    }
    return exitCode;
}

} // namespace loopscope
