// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabJson.h"

#include <QElapsedTimer>
#include <QObject>

#include <memory>
#include <vector>

namespace loopscope {

/// What a session does.
struct LabPlan
{
    Scenario scenario;
    std::vector<LabRunName> runs;
    LabCommand knobs; ///< turned before the first request
    LabRecording recording; ///< of the simulated runs; of several, each has a file of its own (recordingFile())
    double wallLimitSeconds = 0; ///< a run that takes longer is stopped; 0: what its load needs, with patience
};

/// Where a run is recorded; empty if it is not. `wanted` itself for the only simulated run of a plan; of several, the model's key is put
/// before its ending.
QString recordingFile(const LabPlan &plan, LabRunName name);

/// Several runs of one scenario, each in a process of its own: a script that crashes its server, or the machine's memory that ends, takes
/// one run only. Simulated and modelled runs go beside each other; then the real ones, one after the other and alone, since they share the
/// machine. Lives in a thread with an event loop.
class LabSession : public QObject
{
    Q_OBJECT

public:
    /// `program`: what becomes a LabChild with the arguments `lab --child`.
    explicit LabSession(const QString &program, QObject *parent = nullptr);
    ~LabSession() override;

    void start(const LabPlan &plan);
    void send(const LabCommand &command);
    /// All runs are to end with what they have; those that do not within a few seconds are killed. A second call kills at once.
    void stop();
    bool wasStopped() const { return m_isStopping; }
    double wallSeconds() const { return static_cast<double>(m_clock.elapsed()) / 1000; }

Q_SIGNALS:
    /// In the order in which each run tells it; `line` is the message as it came, with its line feed.
    void told(const loopscope::LabMessage &message, const QByteArray &line);
    /// There is a result or a problem of every run.
    void ended();

private:
    struct Run;

    bool isRealTurn() const;
    void startWaiting();
    void startRun(Run &run);
    void readLines(Run &run);
    void take(Run &run, const QByteArray &line);
    void closeRun(Run &run);
    void complain(const Run &run, const QString &sentence);
    double limitOf(const LabRunName &name) const;

    QString m_program;
    LabPlan m_plan;
    std::vector<std::unique_ptr<Run>> m_runs;
    QElapsedTimer m_clock;
    bool m_isStopping = false;
};

} // namespace loopscope
