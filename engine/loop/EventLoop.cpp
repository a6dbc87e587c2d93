// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/EventLoop.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {
constexpr quint64 nanosecondsPerMillisecond = 1'000'000;
constexpr quint64 never = ~0ULL;
} // namespace

EventLoop::EventLoop(Tracer &tracer, LoopClient &client, const RuleSet &rules, quint64 seed)
    : m_tracer(tracer)
    , m_client(client)
    , m_rules(rules)
    , m_seed(seed)
{
}

void EventLoop::run()
{
    if (m_order) {
        m_order->run();
        return;
    }
    if (!m_entered) {
        m_entered = true;
        chooseFirstTimersOrder();
    }
    if (!isAlive() || m_client.isStopping())
        return;
    updateTime();
    startIteration();
    runTimers();
    while (isAlive() && !m_client.isStopping()) {
        runPending();
        runIdleAndPrepare();
        poll();
        runCheck();
        runClosing();
        updateTime();
        if (m_client.isStopping() || (!isAlive() && !timersAreDue()))
            break;
        startIteration();
        runTimers();
    }
    if (!m_client.isStopping())
        m_tracer.leavePhase();
}

bool EventLoop::isAlive() const
{
    if (m_order && (m_referencedTimers > 0 || m_order->isAlive()))
        return true;
    return (m_timerHandleDue && m_timerHandleReferenced) || m_referencedImmediates > 0 || !m_pending.empty() || !m_closing.empty()
        || m_client.hasPendingIo();
}

void EventLoop::startIteration()
{
    ++m_iteration;
    m_tracer.emitEvent(EventKind::IterationStarted, 0, 0, 0, static_cast<qint64>(m_iteration));
}

// ---------------------------------------------------------------------------------------------------------------- timers

void EventLoop::updateTime() { m_time = m_tracer.clock().now() / nanosecondsPerMillisecond; }

quint64 EventLoop::updatedTime()
{
    updateTime();
    return m_time;
}

bool EventLoop::timersAreDue() const { return m_timerHandleDue && *m_timerHandleDue <= m_time; }

void EventLoop::scheduleTimerHandle(quint64 milliseconds) { m_timerHandleDue = m_time + milliseconds; }

void EventLoop::arm(Timer &timer, quint64 duration, quint64 start)
{
    if (m_timers.insert(timer, duration, start))
        scheduleTimerHandle(duration);
    if (m_order)
        m_order->armed(timer, duration);
}

void EventLoop::disarm(Timer &timer, bool wasReferenced)
{
    if (m_order)
        m_order->disarmed(timer);
    m_timers.remove(timer, wasReferenced);
}

bool EventLoop::run(Timer &timer)
{
    m_order->disarmed(timer);
    return m_timers.runOne(timer, m_client);
}

void EventLoop::countReferencedTimers(int change)
{
    m_referencedTimers += change;
    m_timerHandleReferenced = m_referencedTimers > 0;
}

void EventLoop::runTimers()
{
    m_tracer.enterPhase(Phase::Timers);
    if (!timersAreDue())
        return;
    m_timerHandleDue.reset();
    // A callback that threw, with the error handled by the process: Node goes on with the timers at once.
    while (m_timers.process(updatedTime(), m_client) == TimerLists::Outcome::Threw) {
        if (m_client.isStopping())
            return;
    }
    if (m_timers.nextExpiry() != never) {
        const quint64 expiry = m_timers.nextExpiry();
        scheduleTimerHandle(expiry > m_time ? expiry - m_time : 1);
        m_timerHandleReferenced = m_referencedTimers > 0;
    }
    m_client.leaveCallbackScope();
}

void EventLoop::chooseFirstTimersOrder()
{
    // Only where both orders are legal: immediates or I/O wait, and the first timer is due within the start-up time that differs from run
    // to run, not long since.
    updateTime();
    if ((m_immediates == 0 && !m_client.hasPendingIo()) || !m_timerHandleDue || !m_tracer.clock().isVirtual()
        || *m_timerHandleDue > m_time + 1 || *m_timerHandleDue < m_time)
        return;
    // One step of splitmix64 spreads neighbouring seeds.
    quint64 draw = m_seed + 0x9E3779B97F4A7C15ULL;
    draw = (draw ^ (draw >> 30U)) * 0xBF58476D1CE4E5B9ULL;
    const bool timeoutFirst = m_timeoutFirst.value_or(((draw >> 40U) & 1U) == 0);
    m_tracer.emitEvent(EventKind::FreeChoice, static_cast<quint8>(ChoiceKind::TimeoutBeforeImmediate), 0, 0, timeoutFirst ? 1 : 0);
    if (timeoutFirst)
        m_tracer.clock().waitUntil(*m_timerHandleDue * nanosecondsPerMillisecond);
}

// ------------------------------------------------------------------------------------------------- pending, idle, prepare

void EventLoop::runPending()
{
    m_tracer.enterPhase(Phase::PendingCallbacks);
    std::deque<std::function<void()>> batch;
    batch.swap(m_pending);
    for (const auto &callback : batch) {
        if (m_client.isStopping())
            return;
        callback();
    }
}

void EventLoop::runIdleAndPrepare()
{
    // Node's own idle handle has no work here: while it is active (immediates wait) polling does not block.
    m_tracer.enterPhase(Phase::IdlePrepare);
}

// ------------------------------------------------------------------------------------------------------------------ poll

quint64 EventLoop::pollTimeoutMilliseconds() const
{
    if (m_client.isStopping() || !isAlive() || m_referencedImmediates > 0 || !m_pending.empty() || !m_closing.empty())
        return 0;
    if (!m_timerHandleDue)
        return never;
    return *m_timerHandleDue > m_time ? *m_timerHandleDue - m_time : 0;
}

void EventLoop::poll()
{
    m_tracer.enterPhase(Phase::Poll);
    Clock &clock = m_tracer.clock();
    quint64 timeout = pollTimeoutMilliseconds();
    const quint64 before = clock.now();
    // libuv counts the timeout from the loop's time, which is that of before the callbacks. But Node has it measure its idle time
    // (UV_METRICS_IDLE_TIME), so it asks without waiting first, and then takes off what has passed (uv__io_poll, update_timeout).
    if (timeout != never)
        timeout -= std::min(timeout, before / nanosecondsPerMillisecond - m_time);
    if (timeout != 0) {
        // The whole milliseconds that are left are slept from now on, not up to the timer's own millisecond. A timer is therefore never
        // early, and up to a millisecond late.
        const quint64 timerMoment = timeout == never ? never : before + timeout * nanosecondsPerMillisecond;
        // What moves on other threads meanwhile does not wake the loop before something is ready.
        const auto nextMoment = [&] { return m_client.isStopping() ? 0 : std::min(timerMoment, m_client.nextIoMoment()); };
        if (nextMoment() > before) {
            m_tracer.emitEvent(EventKind::PollWaitStarted, 0, 0, 0, timeout == never ? -1 : static_cast<qint64>(timerMoment - before));
            for (quint64 moment = nextMoment(); moment > clock.now(); moment = nextMoment())
                m_client.waitUntil(moment);
            m_tracer.emitEvent(EventKind::PollWaitEnded, 0, 0, 0, static_cast<qint64>(clock.now() - before));
        }
    }
    updateTime();
    m_client.runIoCallbacks();
    for (int run = 0; run < m_rules.pendingRunsAfterPoll && !m_pending.empty() && !m_client.isStopping(); ++run)
        runPending();
}

// ----------------------------------------------------------------------------------------------------------------- check

void EventLoop::enqueue(Immediate &immediate)
{
    immediate.next = nullptr;
    (m_lastImmediate ? m_lastImmediate->next : m_firstImmediate) = &immediate;
    m_lastImmediate = &immediate;
    ++m_immediates;
    if (immediate.isReferenced)
        ++m_referencedImmediates;
    if (m_order)
        m_order->enqueued(immediate);
}

bool EventLoop::run(Immediate &immediate)
{
    Immediate *previous = nullptr;
    for (Immediate *each = m_firstImmediate; each != &immediate; each = each->next)
        previous = each;
    (previous ? previous->next : m_firstImmediate) = immediate.next;
    if (m_lastImmediate == &immediate)
        m_lastImmediate = previous;
    immediate.next = nullptr;
    if (immediate.isCleared)
        return true;
    m_currentImmediate = &immediate;
    clear(immediate);
    const bool returned = m_client.run(immediate);
    m_currentImmediate = nullptr;
    return returned;
}

void EventLoop::clear(Immediate &immediate)
{
    if (immediate.isCleared)
        return;
    immediate.isCleared = true;
    --m_immediates;
    if (immediate.isReferenced)
        --m_referencedImmediates;
}

void EventLoop::runCheck()
{
    m_tracer.enterPhase(Phase::Check);
    if (m_client.isStopping())
        return;
    m_client.runNativeImmediates();
    if (m_client.isStopping() || m_immediates == 0)
        return;
    // One that threw ends this callback scope without a drain, as Node's MakeCallback does. Another scope follows at once: for those behind
    // it, or, if it was the last, for those that were set meanwhile.
    bool ranAll = false;
    while (!ranAll && !m_client.isStopping())
        ranAll = processImmediates();
    if (ranAll)
        m_client.leaveCallbackScope();
}

bool EventLoop::processImmediates()
{
    m_currentImmediate = std::exchange(m_outstanding, nullptr);
    if (!m_currentImmediate) {
        // Immediates set from now on wait for the next iteration.
        m_currentImmediate = std::exchange(m_firstImmediate, nullptr);
        m_lastImmediate = nullptr;
    }
    bool ranOne = false;
    while (m_currentImmediate) {
        if (ranOne)
            m_client.runNextTicks();
        if (m_client.isStopping())
            return true;
        Immediate &immediate = *m_currentImmediate;
        ranOne = !immediate.isCleared; // the drain just done serves the one behind a cleared one too
        bool returned = true;
        if (!immediate.isCleared) {
            clear(immediate);
            returned = m_client.run(immediate);
        }
        m_currentImmediate = immediate.next;
        if (!returned) {
            m_outstanding = std::exchange(m_currentImmediate, nullptr);
            return false;
        }
    }
    return true;
}

// --------------------------------------------------------------------------------------------------------------- closing

void EventLoop::runClosing()
{
    m_tracer.enterPhase(Phase::ClosingCallbacks);
    std::deque<std::function<void()>> batch;
    batch.swap(m_closing);
    for (const auto &callback : batch) {
        if (m_client.isStopping())
            return;
        callback();
    }
}

} // namespace loopscope
