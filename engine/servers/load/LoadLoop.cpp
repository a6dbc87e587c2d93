// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadLoop.h"

#include <cerrno>
#include <cmath>
#include <ctime>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr quint64 wakerKey = ~0ULL; ///< no socket's
constexpr qint64 nanosecondsPerSecond = 1'000'000'000;

} // namespace

qint64 LoadLoop::monotonicTime()
{
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * nanosecondsPerSecond + time.tv_nsec;
}

LoadLoop::LoadLoop(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish)
    : m_plan(plan)
    , m_share(share)
    , m_knobs(knobs)
    , m_end(std::llround(plan.seconds * 1e9))
    , m_graceEnd(m_end + std::llround(plan.graceSeconds * 1e9))
    , m_poll(epoll_create1(EPOLL_CLOEXEC))
    , m_waker(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK))
    , m_recorder(plan, std::move(publish))
    , m_arrivals(plan.arrivals)
    , m_idle(plan.target, share.thread, share.threads, plan.idleConnections, m_poll)
    , m_now(-std::llround(plan.warmupSeconds * 1e9))
    , m_warmup(-m_now)
    , m_nextNumber(static_cast<quint64>(share.thread) + 1)
{
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = wakerKey;
    epoll_ctl(m_poll, EPOLL_CTL_ADD, m_waker, &event);
}

LoadLoop::~LoadLoop()
{
    close(m_waker);
    close(m_poll);
}

void LoadLoop::wake() const
{
    const quint64 one = 1;
    [[maybe_unused]] const ssize_t written = write(m_waker, &one, sizeof one);
}

void LoadLoop::prepare()
{
    constexpr qint64 most = 5 * nanosecondsPerSecond; // without a new one: a server that takes no more is measured without them
    constexpr qint64 glance = nanosecondsPerSecond / 10;
    qint64 progress = monotonicTime(); // when the last one was opened
    quint64 open = 0;
    for (qint64 time = progress; !m_idle.isComplete() && !isStopped() && time < progress + most; time = monotonicTime()) {
        if (m_idle.open() > open) {
            open = m_idle.open();
            progress = time;
        }
        const int count = waitFor(std::min(m_idle.openSome(time, &m_recorder) - time, glance));
        for (int i = 0; i < count; ++i) {
            const epoll_event &event = m_events[static_cast<size_t>(i)];
            if (event.data.u64 == wakerKey)
                takeWake();
            else
                m_idle.ready(event.data.u64, event.events, monotonicTime(), &m_recorder);
        }
    }
    m_idle.giveUp();
}

/// When the next idle connection is due.
qint64 LoadLoop::openIdle()
{
    if (m_idle.isComplete())
        return TimerHeap::Never;
    const qint64 next = m_idle.openSome(m_now + m_origin, &m_recorder);
    return next == TimerHeap::Never ? next : next - m_origin;
}

void LoadLoop::run(qint64 origin)
{
    m_origin = origin + m_warmup;
    prctl(PR_SET_TIMERSLACK, 1UL); // arrivals are to be on time
    updateTime();
    while (!isOver())
        turn();
    closeAll();
    m_idle.closeAll();
    updateTime();
    m_recorder.finish();
}

bool LoadLoop::isOver() const
{
    if (isStopped() || m_now >= m_graceEnd)
        return true;
    return m_isEnding && m_recorder.inFlight() == 0; // who still thinks does not ask any more
}

void LoadLoop::turn()
{
    takeKnobs();
    if (m_plan.arrivals.isOpen())
        issueArrivals();
    qint64 until = std::min(lookAround(), openIdle());
    if (!m_plan.arrivals.isOpen())
        m_isEnding = m_isEnding || m_now >= m_end || m_nextNumber > m_plan.mostRequests;
    if (isOver())
        return;
    if (m_isEnding)
        until = std::min(until, m_graceEnd);
    else
        until = std::min({until, m_end, m_arrivals.time() == ArrivalSequence::Never ? m_end : m_arrivals.time() - m_warmup});
    waitUntil(std::min({until, m_timers.next(), m_recorder.stretchEnd()}));
    while (m_timers.next() <= m_now && !isStopped())
        due(m_timers.take());
}

void LoadLoop::takeKnobs()
{
    if (m_plan.hasClients()) {
        if (const int clients = m_knobs.clients.load(std::memory_order_relaxed); clients != m_clients) {
            m_clients = clients;
            setClients((clients - m_share.thread + m_share.threads - 1) / m_share.threads);
        }
    }
    if (const quint32 changes = m_knobs.rateChanges.load(std::memory_order_acquire); changes != m_rateChanges) {
        m_rateChanges = changes;
        m_arrivals.setRate(m_knobs.rate, m_knobs.rateFrom + m_warmup);
    }
}

void LoadLoop::issueArrivals()
{
    if (m_isEnding)
        return;
    constexpr int mostAtOnce = 256; // sockets are looked at in between
    const auto threads = static_cast<quint64>(m_share.threads);
    const auto mine = static_cast<quint64>(m_share.thread);
    int issued = 0;
    // Those that were due before the end are made, even if this thread is late.
    const qint64 upTo = std::min(m_now, m_end - 1) + m_warmup;
    while (m_arrivals.time() <= upTo && m_arrivals.number() <= m_plan.mostRequests && issued < mostAtOnce) {
        const quint64 number = m_arrivals.number();
        if ((number - 1) % threads == mine) {
            arrive(number, m_arrivals.time() - m_warmup, m_arrivals.target());
            ++issued;
        }
        m_arrivals.advance();
    }
    const bool isReplayed = m_plan.arrivals.kind == ArrivalPlan::Kind::Replay && m_arrivals.time() == ArrivalSequence::Never;
    const bool isAtEnd = m_now >= m_end && m_arrivals.time() - m_warmup >= m_end;
    m_isEnding = isReplayed || isAtEnd || m_arrivals.number() > m_plan.mostRequests;
}

quint64 LoadLoop::takeNumber()
{
    if (m_isEnding || m_now >= m_end || m_nextNumber > m_plan.mostRequests)
        return 0;
    const quint64 number = m_nextNumber;
    m_nextNumber += static_cast<quint64>(m_share.threads);
    return number;
}

void LoadLoop::updateTime()
{
    m_now = monotonicTime() - m_origin;
    m_recorder.passTime(m_now);
}

bool LoadLoop::watch(int socket, quint32 slot, quint32 generation, quint32 events)
{
    epoll_event event{};
    event.events = events;
    event.data.u64 = static_cast<quint64>(generation) << 32U | slot;
    return epoll_ctl(m_poll, EPOLL_CTL_ADD, socket, &event) == 0;
}

void LoadLoop::takeWake() const
{
    quint64 count = 0;
    [[maybe_unused]] const ssize_t got = read(m_waker, &count, sizeof count);
}

int LoadLoop::waitFor(qint64 duration)
{
    const qint64 wait = std::max<qint64>(duration, 0);
    const timespec timeout{wait / nanosecondsPerSecond, wait % nanosecondsPerSecond};
    return epoll_pwait2(m_poll, m_events.data(), static_cast<int>(m_events.size()), &timeout, nullptr);
}

void LoadLoop::waitUntil(qint64 time)
{
    const int count = waitFor(time - m_now);
    updateTime();
    for (int i = 0; i < count && !isStopped(); ++i) {
        const epoll_event &event = m_events[static_cast<size_t>(i)];
        if (event.data.u64 == wakerKey) {
            takeWake();
        } else if (IdleConnections::isTheirs(event.data.u64)) {
            m_idle.ready(event.data.u64, event.events, m_now + m_origin, &m_recorder);
        } else {
            ready(static_cast<quint32>(event.data.u64), static_cast<quint32>(event.data.u64 >> 32U), event.events);
        }
    }
}

} // namespace loopscope
