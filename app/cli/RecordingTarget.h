// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "recording/RecordingReader.h"
#include "recording/RecordingWriter.h"

#include <QCoreApplication>

#include <memory>

namespace loopscope {

/// Where a run records to, and how it is read back for --events.
struct RecordingTarget
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::RecordingTarget)

public:
    std::unique_ptr<RecordingWriter> writer;
    RecordingReader reader;

    /// As the command line asks: a file, for --events alone one without a name, else nowhere. Gives what is wrong in a sentence, or
    /// nothing.
    QString prepare(const CommandLine &line);

private:
    bool create(const QString &path, bool isTemporary, bool isRead, QString *problem);
};

} // namespace loopscope
