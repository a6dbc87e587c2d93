// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/LoopOrder.h"
#include "loop/RuleSet.h"
#include "loop/TimerLists.h"
#include "loop/Tracer.h"

#include <deque>
#include <functional>
#include <optional>

namespace loopscope {

/// A setImmediate that waits for the check phase. Plain data that its owner keeps in memory, as Timer is.
struct Immediate
{
    void init()
    {
        next = nullptr;
        isCleared = false;
        isReferenced = true;
    }

    Immediate *next;
    bool isCleared;
    bool isReferenced;
};

/// Who runs JavaScript for the loop. The loop decides when; the client knows how.
class LoopClient : public TimerClient
{
public:
    /// Runs an immediate; false if it threw.
    virtual bool run(Immediate &immediate) = 0;
    /// A callback returned to the loop: drain `process.nextTick`, then microtasks, until both are empty (Node's
    /// InternalCallbackScope::Close).
    virtual void leaveCallbackScope() = 0;
    /// Before the immediates of a check phase: what Node itself put off until then, and, if an error left ticks behind, a drain; microtasks
    /// alone wait for the next callback's scope.
    virtual void runNativeImmediates() = 0;
    /// The run must end: nothing may be called any more.
    virtual bool isStopping() const = 0;

    // Poll phase: what waits for I/O.
    virtual bool hasPendingIo() const = 0;
    /// Run time (ns) of the next completion; ~0 if unknown.
    virtual quint64 nextIoMoment() = 0;
    /// Runs the callbacks of completions up to now, each in a callback scope of its own.
    virtual void runIoCallbacks() = 0;
    /// Wall clock: waits until `moment` (ns of run time), a completion, or a command from outside.
    virtual void waitUntil(quint64 moment) = 0;
};

/// Node's event loop, phase by phase, as libuv's uv_run and Node's C++ around it turn it. Times inside are libuv's: whole ms, cached,
/// updated where libuv and Node update them. Used on one thread.
class EventLoop
{
public:
    EventLoop(Tracer &tracer, LoopClient &client, const RuleSet &rules, quint64 seed);

    /// Takes the choice between setTimeout(0) and setImmediate out of the seed's hands.
    void setTimeoutFirst(std::optional<bool> timeoutFirst) { m_timeoutFirst = timeoutFirst; }

    /// Before anything is enqueued: callbacks come in `order`, which has to live longer, instead of by phases.
    void setOrder(LoopOrder *order) { m_order = order; }
    /// For an order: runs what waits. False if the callback threw; ticks and microtasks are the caller's business.
    bool run(Timer &timer);
    bool run(Immediate &immediate);

    /// Turns the loop until nothing keeps it alive, or the client stops.
    void run();
    bool isAlive() const;

    // --- timers ---
    /// Loop time in ms, updated from the clock (Node's getLibuvNow).
    quint64 updatedTime();
    /// Has the timer wait, or wait anew.
    void arm(Timer &timer, quint64 duration, quint64 start);
    void disarm(Timer &timer, bool wasReferenced);
    /// A timer that keeps the loop alive was added (+1) or taken away (-1).
    void countReferencedTimers(int change);
    int referencedTimers() const { return m_referencedTimers; }

    // --- check ---
    void enqueue(Immediate &immediate);
    /// Marks it cleared; it leaves the queue when its turn comes.
    void clear(Immediate &immediate);
    int referencedImmediates() const { return m_referencedImmediates; }
    void countReferencedImmediates(int change) { m_referencedImmediates += change; }

    // --- pending and closing ---
    void enqueuePending(std::function<void()> callback)
    {
        if (m_order)
            return m_order->enqueued(std::move(callback));
        m_pending.push_back(std::move(callback));
    }
    /// The handle closed last has its callback first, as in libuv (uv__make_close_pending).
    void enqueueClosing(std::function<void()> callback)
    {
        if (m_order)
            return m_order->enqueued(std::move(callback));
        m_closing.push_front(std::move(callback));
    }

    quint64 iteration() const { return m_iteration; }

    /// Visits what must stay in memory: everything that waits or runs.
    template<typename TimerVisitor, typename ImmediateVisitor>
    void forEachWaiting(TimerVisitor visitTimer, ImmediateVisitor visitImmediate) const
    {
        m_timers.forEach(visitTimer);
        for (Immediate *list : {m_firstImmediate, m_outstanding, m_currentImmediate}) {
            for (; list; list = list->next)
                visitImmediate(*list);
        }
    }

private:
    void startIteration();
    void runTimers();
    void runPending();
    void runIdleAndPrepare();
    void poll();
    void runCheck();
    void runClosing();

    void updateTime();
    bool timersAreDue() const;
    quint64 pollTimeoutMilliseconds() const;
    void scheduleTimerHandle(quint64 milliseconds);
    /// Top-level setTimeout(0) against setImmediate: Node may take either; one seeded draw decides, and the recording says so.
    void chooseFirstTimersOrder();
    bool processImmediates();

    Tracer &m_tracer;
    LoopClient &m_client;
    const RuleSet &m_rules;
    quint64 m_seed;
    LoopOrder *m_order = nullptr; ///< null: the phases
    std::optional<bool> m_timeoutFirst;
    quint64 m_time = 0; ///< libuv's cached loop time, ms
    quint64 m_iteration = 0;
    bool m_entered = false;

    TimerLists m_timers;
    std::optional<quint64> m_timerHandleDue; ///< Node has one libuv timer for all its timers
    int m_referencedTimers = 0;
    bool m_timerHandleReferenced = false;

    Immediate *m_firstImmediate = nullptr;
    Immediate *m_lastImmediate = nullptr;
    Immediate *m_outstanding = nullptr; ///< left over by an immediate that threw
    Immediate *m_currentImmediate = nullptr; ///< whose turn it is; those of this round follow it
    int m_immediates = 0;
    int m_referencedImmediates = 0;

    std::deque<std::function<void()>> m_pending;
    std::deque<std::function<void()>> m_closing;
};

} // namespace loopscope
