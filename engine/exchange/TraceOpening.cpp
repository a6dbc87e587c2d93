// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceOpening.h"

#include "exchange/TraceImport.h"

#include <QFile>
#include <QTemporaryDir>

namespace loopscope {
namespace {

/// Other files are left to the recording's reader, which says best what is wrong with them.
bool mayBeTrace(const QString &path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    constexpr qint64 enough = 64;
    QByteArray beginning = file.read(enough);
    if (beginning.startsWith("\xef\xbb\xbf"))
        beginning.remove(0, 3);
    beginning = beginning.trimmed();
    return beginning.startsWith('{') || beginning.startsWith('[');
}

} // namespace

bool openRecordingOrTrace(const QString &path, RecordingReader &reader, QString *problem, QString *notice)
{
    if (!mayBeTrace(path)) {
        const bool isOpen = reader.open(path);
        *problem = isOpen ? QString() : reader.problem();
        return isOpen;
    }
    // The reader keeps the file open, so its name may go.
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("trace.lscope"));
    const std::unique_ptr<RecordingWriter> writer = RecordingWriter::create(file, problem);
    TraceImport import;
    if (!writer || !import.toRecording(path, *writer, problem))
        return false;
    writer->finish();
    *notice = import.notice();
    const bool isOpen = reader.open(file);
    *problem = isOpen ? QString() : reader.problem();
    return isOpen;
}

} // namespace loopscope
