// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"
#include "Output.h"
#include "exchange/TraceImport.h"

#include <QFileInfo>

namespace loopscope {

int Commands::importTrace(const CommandLine &line)
{
    QString problem = fileProblem(line.file);
    if (problem.isEmpty() && QFileInfo(line.targetFile) == QFileInfo(line.file))
        problem = tr("'%1' is the trace itself: name another file after '-o'.").arg(line.targetFile);
    const std::unique_ptr<RecordingWriter> writer = problem.isEmpty() ? RecordingWriter::create(line.targetFile, &problem) : nullptr;
    TraceImport import;
    ProgressLine progress;
    const auto show = [&](quint64 done, quint64 all) {
        constexpr quint64 percent = 100;
        if (done * percent > all)
            progress.show(tr("%1: %2 %").arg(line.file).arg(done * percent / all));
    };
    const bool isRead = writer && import.toRecording(line.file, *writer, &problem, show);
    progress.clear();
    if (!isRead) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    writer->finish();
    if (!import.notice().isEmpty())
        complain(import.notice());
    return static_cast<int>(ExitCode::Success);
}

} // namespace loopscope
