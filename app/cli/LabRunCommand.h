// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "LabRunner.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

class LabOptions;

/// `loopscope lab SCENARIO`, and `loopscope lab --list`.
class LabRunCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabRunCommand)

public:
    /// Gives the exit code.
    int run(const QStringList &arguments);

private:
    bool read(const QStringList &arguments);
    bool readRecording(const LabOptions &options);
    static void listPresets(bool isJson);

    LabRunOptions m_options;
    bool m_isList = false;
};

} // namespace loopscope
