// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/ThreadOrder.h"

#include <utility>

namespace loopscope {

// Threads that stay with a connection between its requests (ScenarioMachine::keepAliveSeconds).

/// They do so with connections of clients, and not with those of the script to itself.
bool ThreadOrder::holds(StrandId strand)
{
    const ServedConnection *connection = m_keep > 0 ? m_io.served(strand) : nullptr;
    return connection && connection->client != 0;
}

void ThreadOrder::accepted(const ServedConnection &connection)
{
    const StrandId strand = connection.handle;
    if (!m_server && !isCluster() && holds(strand))
        m_io.capture([this, strand](quint64) { queueSilent(strand); });
}

/// It wants a thread, though it asks nothing.
void ThreadOrder::queueSilent(StrandId strand)
{
    if (!m_io.served(strand) || threadOf(strand) != 0 || m_waiting.contains(strand))
        return;
    if (isFull())
        return turnAway(strand);
    m_waiting.try_emplace(strand);
    m_queue.push_back(strand);
    wakeThreads();
}

/// The thread is through with a request. True if the next one is there already.
bool ThreadOrder::stayOn(int number)
{
    Thread &thread = at(number);
    if (m_waiting.contains(thread.strand)) {
        thread.stays = false;
        bind(number, thread.strand);
        return !thread.tasks.empty();
    }
    if (!std::exchange(thread.stays, true))
        m_stays.push_back({m_now + m_keep, number, ++thread.stay});
    thread.request = 0;
    m_lanes.set(number, ThreadState::Blocked, 0, m_now);
    return false;
}

/// Those whose connections were silent for too long are released when these have ended.
void ThreadOrder::endStays()
{
    for (; !m_stays.empty() && m_stays.front().moment <= m_now; m_stays.pop_front()) {
        const int number = m_stays.front().thread;
        const Thread &thread = at(number);
        if (!thread.stays || thread.stay != m_stays.front().stay)
            continue;
        if (m_server)
            endKept(thread.strand);
        else
            m_io.endConnection(thread.strand, m_now);
    }
}

} // namespace loopscope
