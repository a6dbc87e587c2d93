// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "EventList.h"
#include "Output.h"
#include "RecordingTarget.h"
#include "control/ControlGate.h"
#include "io/WrittenFiles.h"
#include "servers/live/ServeProcess.h"

#include <QFile>
#include <QTextStream>

#include <unistd.h>

namespace loopscope {

namespace {

bool readStandardInput(RunOptions *options)
{
    QFile input;
    if (!input.open(STDIN_FILENO, QIODevice::ReadOnly))
        return false;
    options->standardInput = input.readAll();
    return true;
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
    RecordingTarget recording;
    if (problem.isEmpty())
        problem = recording.prepare(line);
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
