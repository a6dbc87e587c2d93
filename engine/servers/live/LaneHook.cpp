// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/LaneHook.h"

#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {
/// ns: callbacks of a request that follow each other so closely, as microtasks do, are written as one.
constexpr qint64 shortestGap = 2000;
} // namespace

LaneHook::LaneHook(const LaneBoard &board, int lane, Place place, bool takesOne)
    : m_board(board)
    , m_lane(board.lane(lane))
    , m_index(lane)
    , m_place(place)
    , m_takesOne(takesOne)
{
    m_lane.process = ::getpid();
    m_lane.thread = 0; // which is another one than ours, perhaps
    m_lane.port = 0;
    // What the one before it had under way has gone with it.
    m_lane.ended = m_lane.begun.load();
    ++m_lane.starts;
    enter(ThreadState::Running, 0);
}

ServerHook *LaneHook::hookOfWorker(int index)
{
    Place place;
    place.way = Place::Way::Worker;
    m_workers.push_back(std::make_unique<LaneHook>(m_board, m_index + 1 + index, place, false));
    m_workers.back()->setOffloaded(m_offloaded);
    return m_workers.back().get();
}

void LaneHook::listening(quint16 port)
{
    m_lane.port = port;
    m_hasListened = true;
}

void LaneHook::enter(ThreadState state, qint64 request)
{
    tellLeft();
    m_lane.state.store(static_cast<quint8>(state), std::memory_order_relaxed);
    m_board.write(m_index, {LaneBoard::now(), request, LaneNote::Kind::State, state});
}

/// A moment before what is written next.
void LaneHook::tellLeft()
{
    if (m_leftAt != 0)
        m_board.write(m_index, {std::exchange(m_leftAt, 0), 0, LaneNote::Kind::State, ThreadState::Running});
}

void LaneHook::callbackOf(qint64 number)
{
    if (number == m_request)
        return;
    const qint64 now = LaneBoard::now();
    if (number == 0) {
        m_lastRequest = std::exchange(m_request, 0);
        m_leftAt = now;
        return;
    }
    m_request = number;
    if (m_leftAt != 0 && number == m_lastRequest && now - m_leftAt < shortestGap) {
        m_leftAt = 0;
        return;
    }
    tellLeft();
    m_board.write(m_index, {now, number, LaneNote::Kind::State, ThreadState::Running});
}

void LaneHook::note(LaneNote::Kind kind, qint64 request)
{
    tellLeft();
    m_board.write(m_index, {LaneBoard::now(), request, kind, ThreadState::Running});
}

void LaneHook::requestBegan(qint64 number, const QString &method, const QString &url)
{
    Q_UNUSED(method)
    Q_UNUSED(url)
    m_lane.begun.fetch_add(1, std::memory_order_relaxed);
    ++m_inFlight;
    note(LaneNote::Kind::RequestBegan, number);
    if (!m_takesOne) {
        callbackOf(number);
        return;
    }
    m_request = number;
    enter(ThreadState::Running, number);
}

void LaneHook::handlerBegins(qint64 number) { note(LaneNote::Kind::HandlerBegan, number); }

void LaneHook::requestEnded(qint64 number, int status)
{
    Q_UNUSED(status)
    m_lane.ended.fetch_add(1, std::memory_order_relaxed);
    --m_inFlight;
    note(LaneNote::Kind::RequestEnded, number);
    if (m_takesOne)
        m_request = 0;
}

void LaneHook::loopWaits()
{
    if (!std::exchange(m_knowsThread, true))
        m_lane.thread = ::gettid();
    if (!m_takesOne)
        m_request = 0;
    enter(m_takesOne && m_inFlight > 0 ? ThreadState::Blocked : ThreadState::Idle, m_request);
}

void LaneHook::loopGoesOn() { enter(ThreadState::Running, m_request); }

void LaneHook::ended(RunEnding ending, int exitCode)
{
    enter(ThreadState::Gone, 0);
    // By its channel the dispatcher hears of the end; a script that has never listened has never taken it.
    if (m_place.channel >= 0 && !m_hasListened)
        ::close(m_place.channel);
    // A thread that leaves ends the process, as in every language; one that throws only itself.
    if (m_takesOne && ending == RunEnding::Exited)
        ::_exit(exitCode);
}

} // namespace loopscope
