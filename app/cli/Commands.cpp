// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Commands.h"

#include "EventList.h"
#include "Output.h"
#include "exchange/TraceOpening.h"

#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <unistd.h>
#include <vector>

namespace loopscope {

QString Commands::fileProblem(const QString &path)
{
    const QFileInfo info(path);
    if (!info.exists()) {
        const QString withSuffix = path + QLatin1String(".js");
        if (QFileInfo::exists(withSuffix))
            return tr("there is no file '%1'; did you mean '%2'?").arg(path, withSuffix);
        return tr("there is no file '%1'.").arg(path);
    }
    if (info.isDir())
        return tr("'%1' is a folder, not a file.").arg(path);
    if (!info.isReadable())
        return tr("the file '%1' may not be read.").arg(path);
    return {};
}

QString Commands::openRecording(const QString &path, RecordingReader &reader)
{
    QString problem = fileProblem(path);
    QString notice;
    if (problem.isEmpty() && openRecordingOrTrace(path, reader, &problem, &notice) && !notice.isEmpty())
        complain(notice);
    return problem;
}

int Commands::events(const CommandLine &line)
{
    RecordingReader reader;
    const QString problem = openRecording(line.file, reader);
    if (!problem.isEmpty()) {
        complain(problem);
        return static_cast<int>(ExitCode::WrongUse);
    }
    printEventList(reader, line.json);
    if (!reader.problem().isEmpty())
        complain(reader.problem());
    return static_cast<int>(ExitCode::Success);
}

int Commands::studio(const CommandLine &line)
{
    const QByteArray program = (QCoreApplication::applicationDirPath() + QLatin1String("/loopscope-studio")).toUtf8();
    QList<QByteArray> texts = {program};
    for (const QString &option : line.studioOptions)
        texts.append(option.toUtf8());
    if (!line.file.isEmpty())
        texts << QByteArrayLiteral("--") << line.file.toUtf8();
    std::vector<char *> arguments;
    for (QByteArray &text : texts)
        arguments.push_back(text.data());
    arguments.push_back(nullptr);
    ::execv(program.constData(), arguments.data());
    if (errno == ENOENT)
        complain(tr("the window is not installed: there is no '%1'.").arg(QString::fromUtf8(program)));
    else
        complain(
            tr("the window '%1' cannot be started: %2.").arg(QString::fromUtf8(program), QString::fromLocal8Bit(std::strerror(errno))));
    return static_cast<int>(ExitCode::WrongUse);
}

} // namespace loopscope
