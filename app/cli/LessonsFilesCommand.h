// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

/// The commands below `loopscope lessons` that run no script.
class LessonsFilesCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonsFilesCommand)

public:
    static ExitCode list(const QStringList &arguments);
    static ExitCode create(const QStringList &arguments);
    static ExitCode bundle(const QStringList &arguments);
    static ExitCode handout(const QStringList &arguments);
};

} // namespace loopscope
