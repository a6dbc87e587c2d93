// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/BlockingReport.h"
#include "profile/ProfileChart.h"
#include "profile/QueueChart.h"

class QLabel;

namespace loopscope {

/// How the loop fared as a whole: its figures in words, how long it was held at a time, how busy it was
/// in the course of the run, and what waited in its queues.
class LoopFigures : public QWidget
{
    Q_OBJECT
public:
    explicit LoopFigures(QWidget *parent = nullptr);

    void setProfile(const Profile &profile, const BlockingReport &report);
    QLabel &facts() const { return *m_facts; }
    ProfileChart &delay() const { return *m_delay; }
    ProfileChart &utilisation() const { return *m_utilisation; }
    QueueChart &queues() const { return *m_queues; }

    /// Shares of holds by length. Needs no window.
    static std::vector<ChartBar> delayBars(const BlockingReport &report);
    /// Share of the time in which callbacks ran, moment by moment.
    static std::vector<ChartBar> utilisationBars(const LoopMetrics &metrics);

private:
    QLabel *m_facts;
    ProfileChart *m_delay;
    ProfileChart *m_utilisation;
    QueueChart *m_queues;
};

} // namespace loopscope
