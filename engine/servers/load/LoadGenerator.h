// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadFigures.h"
#include "servers/load/LoadLoop.h"
#include "servers/load/LoadPlan.h"

#include <QCoreApplication>
#include <QStringList>

#include <condition_variable>
#include <latch>
#include <map>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace loopscope {

/// The whole of a load.
struct LoadResult
{
    LoadSample measured; ///< what happened in the measured part; its times say how long that was
    LoadSample whole; ///< with the answers that came in the grace time after it: latencies and failures are taken from here
    bool wasStopped = false; ///< from outside, before its end
    /// Requests that were made and had no answer when it was over.
    quint64 unanswered() const { return whole.inFlight; }
    double seconds() const { return static_cast<double>(measured.to - measured.from) / 1e9; }
    /// Successes a second.
    double throughput() const { return seconds() > 0 ? static_cast<double>(measured.completed) / seconds() : 0; }
};

/// Asks a server on this machine, from threads of its own. start() and then, from any thread: the knobs, stop(), samples and, when it is
/// over, the result. Destroying it stops it.
class LoadGenerator
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LoadGenerator)

public:
    explicit LoadGenerator(LoadPlan plan);
    ~LoadGenerator();
    LoadGenerator(const LoadGenerator &) = delete;
    LoadGenerator &operator=(const LoadGenerator &) = delete;

    /// Begins, once the idle connections are open; nothing, or what is wrong with the plan, in a sentence. To be called once.
    QString start();
    /// When it began, in ns of CLOCK_MONOTONIC: warmupSeconds before time 0 of samples and records. 0: it has not yet.
    qint64 origin() const { return m_origin; }
    /// Ends it at once: connections are closed, requests in flight stay unanswered.
    void stop();
    /// True once it is over; waits that long for it.
    bool waitForEnd(double seconds = 1e9);
    bool isOver() const;

    /// Open loads but replays: requests a second from now on.
    void setRate(double rate);
    /// Closed loads: those that are too many leave after their answer.
    void setClients(int clients);

    /// What happened since the last call, in the order of time. If nobody asks, stretches are joined once there are a thousand.
    std::vector<LoadSample> takeSamples();
    /// Up to the last sample while it runs.
    LoadResult result() const;
    /// Once it is over: single requests (LoadPlan::mostRecords), in the order of their numbers.
    std::vector<LoadRecord> takeRecords();
    /// What a reader of the result has to know, in sentences: limits of the system.
    QStringList notes() const;
    /// With what replayed arrivals added to it.
    const LoadPlan &plan() const { return m_plan; }

private:
    struct Stretch
    {
        LoadSample sample;
        int threads = 0; ///< that have told theirs
    };
    void publish(LoadSample &&sample);
    void take(Stretch &&stretch);
    void threadEnded();
    void raiseLimit();

    LoadPlan m_plan;
    int m_idleWanted = 0;
    LoadKnobs m_knobs;
    std::latch m_prepared;
    std::once_flag m_begins;
    std::atomic<qint64> m_origin = 0; ///< 0: it has not begun
    QStringList m_notes;
    std::vector<std::unique_ptr<LoadLoop>> m_loops;
    std::vector<std::thread> m_threads;

    mutable std::mutex m_mutex; ///< of all below
    std::condition_variable m_ended;
    std::map<qint64, Stretch> m_open; ///< by the number of their stretch
    std::vector<LoadSample> m_samples;
    LoadResult m_result;
    bool m_hasMeasured = false;
    int m_running = 0;
};

} // namespace loopscope
