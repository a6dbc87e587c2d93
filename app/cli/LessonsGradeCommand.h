// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

/// `loopscope lessons grade`: what students handed in, judged, as CSV.
class LessonsGradeCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonsGradeCommand)

public:
    static ExitCode run(const QStringList &arguments);
};

} // namespace loopscope
