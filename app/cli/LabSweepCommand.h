// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "LabOptions.h"
#include "servers/session/SweepReport.h"

namespace loopscope {

/// `loopscope lab sweep` and `loopscope lab merge`.
class LabSweepCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabSweepCommand)

public:
    /// Both give the exit code.
    int sweep(const QStringList &arguments);
    int merge(const QStringList &arguments);

private:
    bool read(const LabOptions &options);
    bool readResumed(const LabOptions &options);
    bool readValues(const LabOptions &options);
    /// A value that the knob takes.
    bool readBound(const LabOptions &options, const char *name, double *value) const;
    bool readShard(const LabOptions &options);
    int perform();
    bool finish() const;

    SweepReport m_report;
    QString m_file; ///< -o
    double m_limitSeconds = 0;
    bool m_isJson = false;
    bool m_isQuiet = false;
};

} // namespace loopscope
