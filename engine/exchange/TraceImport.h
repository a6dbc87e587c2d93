// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingWriter.h"

#include <QCoreApplication>
#include <QString>

#include <functional>

namespace loopscope {

class TraceFile;

/// Makes recordings of files that other programs wrote; docs/exchange.md says what becomes what.
///
/// Read are Chrome's trace events (of DevTools, Perfetto, Node, whose `node.async_hooks` give tasks and promises, and our own export, which
/// gives the same recording again) and CPU profiles of V8. Which one it is follows from the content. Not thread-safe.
class TraceImport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::TraceImport)

public:
    /// `done` of `all` bytes are read.
    using Progress = std::function<void(quint64 done, quint64 all)>;

    /// Writes the file at `path` into a recording that holds nothing yet. False, with a sentence in `error`, if it cannot be read or is
    /// nothing known. What is damaged later on is read up to there, and notice() says so.
    bool toRecording(const QString &path, RecordingWriter &writer, QString *error, const Progress &progress = {});
    /// What was left out, in sentences; empty if nothing was. The recording's metadata has it too.
    QString notice() const { return m_notice; }

private:
    bool readChrome(TraceFile &file, RecordingWriter &writer, QString *error, const Progress &progress);
    bool readNodeLog(RecordingWriter &writer);
    bool readCpuProfile(const QString &path, RecordingWriter &writer, QString *error);
    void note(const QString &sentence);
    QJsonObject metadata(const QString &format, QJsonObject original = {}) const;

    QString m_path;
    QString m_notice;
};

} // namespace loopscope
