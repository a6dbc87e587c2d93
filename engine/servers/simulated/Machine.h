// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <deque>
#include <vector>

namespace loopscope {

/// The cores of a simulated machine and the threads that share them: a discrete-event simulation of preemptive round robin, as Linux' fair
/// scheduler comes to among equals. Ready threads wait in one queue, first come, first served; a thread keeps its core until it waits, or
/// until its time slice is over while others are ready. A core that takes up another thread than it had last is busy for a context switch
/// before, and one that had nothing to do for its waking up.
///
/// A thread works in bursts. The client gives a burst when the thread gets a core for it, with its length and the offsets at which it does
/// something that others can notice: that is told when the thread has got so far, however often it was interrupted. All in ns; knows no
/// JavaScript.
class Machine
{
public:
    static constexpr quint64 never = ~0ULL;

    struct Settings
    {
        int cores = 2;
        quint64 slice = 3'000'000;
        quint64 switchCost = 3'000;
        quint64 wakeUp = 0; ///< of a core that has slept long (sleepDepth())
    };
    struct Burst
    {
        quint64 length = 0;
        std::vector<quint64> marks; ///< offsets, in their order, at most `length`
    };

    /// Is told in the order of time.
    class Client
    {
    public:
        virtual ~Client() = default;
        /// A thread that is ready has a core, and begins.
        virtual Burst begin(int thread, quint64 now) = 0;
        /// It has come to a mark of its burst.
        virtual void reach(int thread, std::size_t mark, quint64 now) = 0;
        /// The burst is over. True: another one is to follow.
        virtual bool end(int thread, quint64 now) = 0;
        /// It runs on a core, or waits for one (again).
        virtual void scheduled(int thread, bool isRunning, quint64 now) = 0;
    };

    Machine(const Settings &settings, Client &client);

    /// The thread has a burst to run. Not while it has one.
    void makeReady(int thread, quint64 now);
    bool hasBurst(int thread) const
    {
        return static_cast<std::size_t>(thread) < m_threads.size() && m_threads[static_cast<std::size_t>(thread)].isActive;
    }
    /// When something happens next.
    quint64 nextMoment() const;
    void advanceTo(quint64 now);
    bool isBusy() const { return m_active > 0; }
    /// ns of its burst that a thread has done up to `now`.
    quint64 progress(int thread, quint64 now) const;

    /// Those above end their slices.
    void setCores(int cores, quint64 now);
    qint64 switches() const { return m_switches; }

private:
    struct Thread
    {
        bool isActive = false; ///< ready or running
        bool hasBegun = false; ///< its burst
        Burst burst;
        quint64 done = 0; ///< of its burst
        std::size_t nextMark = 0;
    };
    struct Core
    {
        int thread = -1; ///< -1: idle
        int lastThread = -1;
        bool isSwitching = false;
        quint64 next = never;
        quint64 since = 0; ///< it has run the thread since then, without what is counted in Thread::done
        quint64 sliceEnd = 0;
        quint64 idleSince = 0;
    };

    Thread &threadOf(const Core &core) { return m_threads[static_cast<std::size_t>(core.thread)]; }
    void dispatch(quint64 now);
    void take(Core &core, int thread, quint64 now);
    void step(Core &core, quint64 now);
    void run(Core &core, quint64 now);
    void plan(Core &core);
    void leave(Core &core, bool isReady, quint64 now);
    bool isSurplus(const Core &core) const { return &core - m_cores.data() >= m_limit; }

    Settings m_settings;
    Client &m_client;
    int m_limit;
    std::vector<Core> m_cores;
    std::vector<Thread> m_threads; ///< by number
    std::deque<int> m_ready;
    int m_active = 0;
    bool m_isAdvancing = false;
    qint64 m_switches = 0;
};

} // namespace loopscope
