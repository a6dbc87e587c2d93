// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabSession.h"
#include "servers/session/SweepReport.h"

#include <deque>

namespace loopscope {

/// Runs the jobs of a sweep (of one shard of it): simulated and modelled ones as many at a time as there are cores, then the real ones, one
/// after the other. Lives in a thread with an event loop.
class LabSweep : public QObject
{
    Q_OBJECT

public:
    explicit LabSweep(const QString &program, QObject *parent = nullptr);

    /// `report`: says what to run; the results go into it, beside those that it has already. It has to live until ended().
    void start(SweepReport *report, double wallLimitSeconds);
    /// No further jobs; those that go on end with what they have, which is not kept: half a point would bend the curve.
    void stop();
    bool wasStopped() const { return m_isStopping; }

Q_SIGNALS:
    /// One more job is over; `line` tells of it.
    void progressed(int done, int all, const QString &line);
    void ended();

private:
    void startWaiting();
    void startJob(const SweepReport::Job &job);
    void take(const SweepReport::Job &job, const LabMessage &message);
    void closeJob(LabSession *session);

    QString m_program;
    SweepReport *m_report = nullptr;
    double m_wallLimitSeconds = 0;
    std::deque<SweepReport::Job> m_virtual;
    std::deque<SweepReport::Job> m_real;
    std::vector<LabSession *> m_sessions; ///< that go on; children of this
    int m_done = 0;
    int m_all = 0;
    bool m_isStopping = false;
};

} // namespace loopscope
