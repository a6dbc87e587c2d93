// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/queueing/QueueFormulas.h"
#include "servers/statistics/LatencyHistogram.h"

#include <QCoreApplication>
#include <QString>

#include <atomic>
#include <optional>

namespace loopscope {

/// What was measured of a queue, and how sure that is: half the width of the 95 % confidence interval, by batch means; infinite
/// if there were too few customers to say.
struct QueueMeasure
{
    double value = 0;
    double halfWidth = 0;
};

/// Of the customers that were counted, in the time in which they came; times in the unit of the setting.
struct QueueResult
{
    QueueMeasure meanWait; ///< sojourn without service
    QueueMeasure meanSojourn; ///< of those that were not lost
    QueueMeasure p50; ///< of the sojourn
    QueueMeasure p90;
    QueueMeasure p99;
    QueueMeasure p999;
    QueueMeasure utilisation; ///< busy servers / servers, an average over time
    QueueMeasure meanInSystem; ///< L, an average over time that is counted on its own: not computed from W
    QueueMeasure lostShare; ///< of those that came
    quint64 customers = 0; ///< counted: served
    quint64 lost = 0; ///< in the time that was counted
    double seconds = 0; ///< of the time that was counted, in the unit of the setting
    double arrivalRate = 0; ///< lambda of those that were not lost, in that time
    double littleDifference = 0; ///< |L - lambda W| / L
    double batchCorrelation = 0; ///< of the mean sojourns of neighbouring batches; well above 0: the run is too short for its intervals
    LatencyHistogram sojourns; ///< in `tick`s
    double tick = 1; ///< unit of the histogram
    bool wasStopped = false;
    double wallSeconds = 0;
    double customersPerSecond = 0; ///< of wall time, warm-up and lost customers included
};

/// A discrete-event simulation of one queue: from event to event (somebody comes, somebody is served), not by formulas. The same setting
/// and seed give the same figures. Memory: 8 bytes (first come first served) or 24 bytes for each customer in the system. Holds no state
/// beyond a call, so runs on several threads do not know of each other.
class QueueSimulation
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::QueueSimulation)

public:
    struct Length
    {
        quint64 customers = 1'000'000; ///< that are counted
        quint64 warmup = 100'000; ///< that are served before, and not counted
    };

    /// A tenth of the customers, at most a million: what a queue under a load of 99 % takes to forget that it began empty.
    static quint64 usualWarmup(quint64 customers) { return customers / 10 < 1'000'000 ? customers / 10 : 1'000'000; }

    /// What is wrong with a setting, in a sentence; empty if it can be run. A queue that cannot keep up can.
    static QString problemOf(const QueueSetting &setting, const Length &length);

    /// Runs it. Nothing, with a sentence in `problem`, if it cannot be run or more than `kMostWaiting` wait. If `stop` becomes true, ends
    /// with what it has.
    static std::optional<QueueResult> run(
        const QueueSetting &setting, const Length &length, quint64 seed, QString *problem, const std::atomic<bool> *stop = nullptr);

    static constexpr qint64 kMostWaiting = 20'000'000;
    static constexpr int kMostServers = 1'000'000;
};

} // namespace loopscope
