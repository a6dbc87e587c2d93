// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/SweepReport.h"

#include <QObject>
#include <QProcess>
#include <QTimer>

#include <memory>
#include <optional>

class QTemporaryDir;

namespace loopscope {

/// A sweep, and the process that makes it: `loopscope lab sweep FILE --over KNOB --from A --to B`. GUI thread only.
class SweepProcess : public QObject
{
    Q_OBJECT
public:
    struct Plan
    {
        LabControls::Knob over = LabControls::Knob::Clients;
        double from = 1;
        double to = 1000;
        int steps = 10;
    };

    explicit SweepProcess(QObject *parent = nullptr);
    ~SweepProcess() override;

    void start(const Scenario &scenario, const Plan &plan);
    /// No further points; those that are there are kept. What does not end within some seconds is killed.
    void stop();
    bool isLive() const { return m_process != nullptr; }
    /// Nothing until a sweep has ended with points.
    const std::optional<SweepReport> &report() const { return m_report; }
    /// The points so far of a sweep that goes on; nothing before its first.
    std::optional<SweepReport> pointsSoFar() const;
    /// Why there is none, in a sentence.
    QString failure() const { return m_failure; }

Q_SIGNALS:
    void progressed(int done, int all);
    void ended();

private:
    void readProgress();
    void processEnded();
    void dropProcess();

    QProcess *m_process = nullptr;
    std::unique_ptr<QTemporaryDir> m_folder;
    QByteArray m_errorOutput;
    QString m_failure;
    std::optional<SweepReport> m_report;
    QTimer m_patience;
};

} // namespace loopscope
