// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabJson.h"

#include <QCoreApplication>
#include <QDateTime>

namespace loopscope {

/// All that a session of the lab found, as it is saved: a JSON object with the members of this struct.
struct LabReport
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LabReport)

public:
    QString version; ///< of Loopscope
    QString machine; ///< machineText() of where it ran
    QString date; ///< ISO 8601, UTC
    Scenario scenario;
    std::vector<LabResult> results; ///< in the order of the runs
    std::vector<LabProblem> problems; ///< of runs without a result
    LabVerdict verdict;
    std::vector<LabRequest> requests; ///< those followed
    std::vector<LabSample> samples; ///< of all runs, each in the order of time

    /// Takes what a session tells; lanes and `start` are not kept, nor requests beyond the first few of each run.
    void take(const LabMessage &message, qint64 followed);
    /// Puts results and problems into the order of `runs`.
    void arrange(const std::vector<LabRunName> &runs);

    QJsonObject toJson() const;
    /// Null, or the sentence why it cannot be written.
    QString write(const QString &file) const;
    /// Nothing, with a sentence in `problem`, if it is no report. The files of its scenario need not be there.
    static std::optional<LabReport> read(const QString &file, QString *problem);
};

} // namespace loopscope
