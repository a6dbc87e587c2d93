// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RecordingTarget.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cstdlib>
#include <unistd.h>

namespace loopscope {

namespace {

/// An empty file of a name that nobody else has; empty if there can be none.
QString makeTemporaryFile()
{
    QByteArray pattern = (QDir::tempPath() + QLatin1String("/loopscope-XXXXXX")).toUtf8();
    const int descriptor = ::mkostemp(pattern.data(), 0);
    if (descriptor < 0)
        return {};
    ::close(descriptor);
    return QString::fromUtf8(pattern);
}

} // namespace

bool RecordingTarget::create(const QString &path, bool isTemporary, bool isRead, QString *problem)
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

QString RecordingTarget::prepare(const CommandLine &line)
{
    QString problem;
    if (!line.recordingPath.isEmpty()) {
        if (QFileInfo(line.recordingPath) == QFileInfo(line.file))
            return tr("the recording '%1' would overwrite the script.").arg(line.recordingPath);
        create(line.recordingPath, false, line.printEvents, &problem);
    } else if (line.printEvents) {
        const QString path = makeTemporaryFile();
        if (path.isEmpty())
            return tr("no temporary file can be made in '%1'.").arg(QDir::tempPath());
        create(path, true, true, &problem);
    } else {
        writer = RecordingWriter::toNowhere();
    }
    return problem;
}

} // namespace loopscope
