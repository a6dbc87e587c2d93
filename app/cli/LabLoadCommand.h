// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "servers/load/LoadGenerator.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

/// `loopscope lab load`.
class LabLoadCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabLoadCommand)

public:
    /// `arguments`: what stands behind 'load'.
    ExitCode run(const QStringList &arguments);

private:
    bool parse(const QStringList &arguments);
    bool takeUrl(const QString &url);
    bool apply(const QString &name, const QString &value);
    bool applyArrivals(const QString &value);
    bool applyRequest(const QString &name, const QString &value);
    bool applyNumber(const QString &name, const QString &value);
    bool fail(const QString &sentence);
    bool failValue(const QString &name, const QString &value, const QString &expected);
    bool writeRecords(LoadGenerator &generator);

    LoadPlan m_plan;
    QString m_url;
    QString m_recordsFile; ///< --latencies
    bool m_rateGiven = false;
    bool m_rampGiven = false; ///< with its time
    bool m_json = false;
    bool m_help = false;
};

} // namespace loopscope
