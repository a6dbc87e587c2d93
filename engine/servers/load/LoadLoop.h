// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ArrivalSequence.h"
#include "servers/load/IdleConnections.h"
#include "servers/load/LoadRecorder.h"
#include "servers/load/TimerHeap.h"

#include <array>
#include <atomic>

#include <sys/epoll.h>

namespace loopscope {

/// What is turned while a load runs; written by any thread, read by its own.
struct LoadKnobs
{
    std::atomic<bool> isStopped = false;
    std::atomic<int> clients = 0;
    std::atomic<quint32> rateChanges = 0; ///< how often the rate was changed; written after the two below
    std::atomic<double> rate = 0;
    std::atomic<qint64> rateFrom = 0; ///< ns since the measured part begins
};

/// Which of the threads of a load this one is. Thread t of n makes the requests whose number is t + 1 modulo n, and has the clients t, t +
/// n, ...
struct LoadShare
{
    int thread = 0;
    int threads = 1;
};

/// One thread of a load: waits for sockets, timers, arrivals, and the end. What is said over the sockets is its heir's. Times are ns since
/// the measured part began (negative in the warm-up). All but wake() is for the thread of run().
class LoadLoop
{
public:
    LoadLoop(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish);
    virtual ~LoadLoop();
    LoadLoop(const LoadLoop &) = delete;
    LoadLoop &operator=(const LoadLoop &) = delete;

    /// Before run(), on its thread: opens the idle connections, which takes a while.
    void prepare();
    /// Until the load is over or was stopped; on a thread of its own. `origin`: when it began, in ns of CLOCK_MONOTONIC.
    void run(qint64 origin);
    /// A knob was turned. Any thread.
    void wake() const;
    /// After run().
    std::vector<LoadRecord> takeRecords() { return m_recorder.takeRecords(); }

    static qint64 monotonicTime();

protected:
    /// Of a plan that has clients: so many are to ask from now on. Called once at the beginning, and when the number changes.
    virtual void setClients(int count) = 0;
    /// Open: a request is due.
    virtual void arrive(quint64 number, qint64 intended, qint32 target) = 0;
    /// epoll's events of a socket.
    virtual void ready(quint32 slot, quint32 generation, quint32 events) = 0;
    virtual void due(const TimerHeap::Timer &timer) = 0;
    /// Before each wait; gives when it wants to be called again at the latest.
    virtual qint64 lookAround() = 0;
    /// The load is over: closes everything.
    virtual void closeAll() = 0;

    /// A number for the next request of a closed load; 0 if there shall be no more.
    quint64 takeNumber();
    /// No new requests are made.
    bool isEnding() const { return m_isEnding; }
    bool isStopped() const { return m_knobs.isStopped.load(std::memory_order_relaxed); }
    qint64 now() const { return m_now; }
    /// Looks at the clock; all that is recorded from here on happens now.
    void updateTime();
    bool watch(int socket, quint32 slot, quint32 generation, quint32 events);
    void wakeAt(qint64 time, quint32 slot, quint32 generation) { m_timers.add({time, slot, generation}); }
    LoadRecorder &recorder() { return m_recorder; }
    const LoadPlan &plan() const { return m_plan; }
    LoadShare share() const { return m_share; }

private:
    void turn();
    void takeKnobs();
    void issueArrivals();
    bool isOver() const;
    void waitUntil(qint64 time);
    int waitFor(qint64 duration);
    qint64 openIdle();
    void takeWake() const;

    const LoadPlan &m_plan;
    const LoadShare m_share;
    const LoadKnobs &m_knobs;
    qint64 m_origin = 0; ///< CLOCK_MONOTONIC's ns when the measured part begins
    const qint64 m_end; ///< ns: of the measured part
    const qint64 m_graceEnd; ///< ns
    const int m_poll;
    const int m_waker; ///< eventfd
    LoadRecorder m_recorder;
    ArrivalSequence m_arrivals;
    TimerHeap m_timers;
    IdleConnections m_idle;
    qint64 m_now;
    qint64 m_warmup; ///< ns
    quint64 m_nextNumber; ///< closed
    int m_clients = 0;
    quint32 m_rateChanges = 0;
    bool m_isEnding = false;
    std::array<epoll_event, 256> m_events = {};
};

} // namespace loopscope
