// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/modelled/EventHeap.h"
#include "servers/simulated/LaneBook.h"
#include "servers/simulated/RequestBook.h"

#include <optional>
#include <vector>

namespace loopscope {

/// The cores of a modelled machine and the threads that share them: round robin with a time slice and one queue of ready threads for all
/// cores. A thread keeps its core until it waits, or until its slice is over while others are ready; a core that takes up another thread
/// than it had last is busy for a context switch before, and one that had nothing to do for its waking up. The same rules as in simulated
/// runs (Machine), for threads whose bursts are just lengths. All times in ns since the run began.
class Processors
{
public:
    static constexpr quint32 none = ~0U;

    struct Settings
    {
        int cores = 2;
        qint64 slice = 3'000'000;
        qint64 switchCost = 3'000;
        qint64 wakeUp = 0; ///< of a core that has slept long (sleepDepth())
    };

    /// All have to live longer.
    Processors(const Settings &settings, EventHeap &events, LaneBook &lanes, RequestBook &requests);

    /// A new thread, or one that is gone and begins anew: idle. `isHelper`: what it does was measured with its core's waking up, which is
    /// not counted again.
    quint32 start(qint64 now, bool isHelper = false);
    /// Has a burst of `time` to run; it was idle or waited.
    void makeReady(quint32 thread, qint64 time, qint64 now);
    /// An event of a core. The thread whose burst is over, if one is: it has to be told `goOn` or `leave` now.
    std::optional<quint32> advance(quint32 core, qint64 now);
    void goOn(quint32 thread, qint64 time, qint64 now);
    /// Idle, Blocked or Gone.
    void leave(quint32 thread, ThreadState state, qint64 now);
    /// It was idle.
    void end(quint32 thread, qint64 now);
    /// For an idle thread that has a request which waits, and for whom a thread works: shown, and of no other effect.
    void setState(quint32 thread, ThreadState state, qint64 now);
    void setRequest(quint32 thread, quint64 number) { m_threads[thread].number = number; }
    /// Those above end their slices.
    void setCores(int cores, qint64 now);

    qint64 switches() const { return m_switches; }
    int threads() const { return m_living; }
    size_t slots() const { return m_threads.size(); }

private:
    struct Thread
    {
        qint64 left = 0; ///< of its burst
        qint64 sliceLeft = 0;
        quint64 number = 0; ///< of the request it serves; 0: none
        quint32 core = none;
        quint32 lastCore = 0;
        bool isHelper = false;
    };
    struct Core
    {
        quint32 thread = none;
        quint32 lastThread = none;
        qint64 run = 0; ///< of the burst, until its next event
        qint64 idleSince = 0;
    };

    void show(quint32 thread, ThreadState state, qint64 now);
    void dispatch(qint64 now);
    /// A core without a thread, for the one that is ready first: the core it had last, if that is free.
    quint32 takeIdleCore();
    void take(quint32 core, qint64 now);
    void plan(quint32 core, qint64 from);
    void preempt(quint32 core, qint64 now);
    void release(quint32 core, qint64 now);

    Settings m_settings;
    EventHeap &m_events;
    LaneBook &m_lanes;
    RequestBook &m_requests;
    int m_limit; ///< cores in use
    std::vector<Core> m_cores;
    std::vector<quint32> m_idleCores; ///< the lowest last
    std::vector<Thread> m_threads;
    std::vector<quint32> m_gone; ///< threads whose place is free
    std::vector<quint32> m_ready; ///< a ring
    size_t m_firstReady = 0;
    size_t m_readyCount = 0;
    int m_living = 0;
    qint64 m_switches = 0;
};

} // namespace loopscope
