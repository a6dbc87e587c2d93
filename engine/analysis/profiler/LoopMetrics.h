// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/QueueCounts.h"
#include "analysis/profiler/TaskRuns.h"

#include <array>
#include <vector>

namespace loopscope {

/// Some durations, ns; all 0 if there were none.
struct DurationFigures
{
    quint64 count = 0;
    quint64 sum = 0;
    quint64 p50 = 0;
    quint64 p90 = 0;
    quint64 p99 = 0;
    quint64 most = 0;

    /// Exact: by the ranks ceil(p * count). Reorders what it is given.
    static DurationFigures of(std::vector<quint64> durations);
};

/// What a thread pool's requests waited and worked. Times are ns.
struct PoolFigures
{
    DurationFigures queued; ///< from submission to a free thread
    DurationFigures served; ///< on the thread
    quint64 threads = 0; ///< that were seen at work
    quint64 longestQueue = 0; ///< requests that waited for a thread at once
};

/// A stretch of time of equal length as the others: what a chart over time shows.
struct LoopMoment
{
    quint64 busy = 0; ///< ns in which callbacks ran
    quint64 longestHold = 0; ///< ns, of the holds that ended in it
    quint64 iterations = 0;
    QueueCounts::Counts most; ///< that waited at once, each queue for itself
    quint32 mostForThread = 0; ///< requests that waited for a thread of the pool at once
    /// Takes in the moment that follows.
    void join(const LoopMoment &next);
};

/// How a loop fared as a whole: busy and idle time, time in phases, delay, queues. Grows with the recording. Not thread-safe.
class LoopMetrics
{
public:
    static constexpr std::size_t mostMoments = 512;
    static constexpr std::size_t phases = 7;

    /// Takes in an event of the loop; `runs` has taken it in already.
    void add(const Event &event, const TaskRuns &runs);

    quint64 endTime() const { return m_time; } ///< ns of run time up to the last event of the loop
    quint64 busy() const { return m_busy; } ///< ns in which callbacks ran
    quint64 polled() const { return m_polled; } ///< ns in which the loop waited for I/O or a timer
    quint64 iterations() const { return m_iterations; }
    /// ns between the entering of a phase and of the next one; by Phase, what is outside of the loop under None.
    const std::array<quint64, phases> &phaseTimes() const { return m_phaseTimes; }
    /// How long each moment of the chart is, ns; it doubles when there would be more than mostMoments.
    quint64 momentLength() const { return m_momentLength; }
    const std::vector<LoopMoment> &moments() const { return m_moments; }
    /// The same moments, as many joined as it takes to have at most `count` of them; each is `*length` ns long.
    std::vector<LoopMoment> slices(std::size_t count, quint64 *length) const;
    /// What waits after the last event.
    const QueueCounts::Counts &waiting() const { return m_waiting; }
    PoolFigures pool() const;

private:
    struct Request
    {
        quint64 submitted = 0;
        quint64 started = 0;
        bool waits = false;
        bool works = false;
    };
    LoopMoment &momentAt(quint64 time);
    void spend(quint64 from, quint64 to);
    void addRequest(const Event &event);
    void noteQueues(quint16 loop);

    quint64 m_time = 0;
    quint64 m_busy = 0;
    quint64 m_polled = 0;
    quint64 m_iterations = 0;
    std::array<quint64, phases> m_phaseTimes{};
    quint64 m_momentLength = 1'000'000;
    std::vector<LoopMoment> m_moments;
    bool m_isBusy = false;
    quint32 m_hold = 0;
    quint64 m_holdBegan = 0;

    QueueCounts m_queues;
    QueueCounts::Counts m_waiting; ///< of the loop
    SubjectTable<Request> m_requests;
    quint64 m_events = 0;
    std::vector<quint64> m_queued;
    std::vector<quint64> m_served;
    quint64 m_threads = 0;
    quint64 m_waitingForThread = 0;
    quint64 m_longestQueue = 0;
};

} // namespace loopscope
