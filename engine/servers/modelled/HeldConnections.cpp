// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HeldConnections.h"

namespace loopscope {

void HeldConnections::give(quint32 connection, quint32 thread, bool isForGood)
{
    if (connection >= m_threads.size())
        m_threads.resize(connection + 1, none);
    if (thread >= m_holds.size())
        m_holds.resize(thread + 1);
    m_size += m_threads[connection] == none ? 1 : 0;
    m_threads[connection] = thread;
    m_holds[thread].connection = connection;
    m_holds[thread].isForGood = isForGood;
    if (isForGood)
        m_forGood.insert(connection);
}

quint32 HeldConnections::nextForGood(quint32 connection) const
{
    if (m_forGood.empty())
        return none;
    const auto next = m_forGood.lower_bound(connection);
    return next == m_forGood.end() ? *m_forGood.begin() : *next;
}

void HeldConnections::drop(quint32 connection)
{
    const quint32 thread = threadOf(connection);
    if (thread == none)
        return;
    m_threads[connection] = none;
    m_holds[thread].connection = none;
    ++m_holds[thread].turn;
    m_forGood.erase(connection);
    --m_size;
}

void HeldConnections::rest(quint32 thread, qint64 now)
{
    Hold &hold = m_holds[thread];
    ++hold.turn;
    if (!hold.isForGood)
        m_limits.push_back({now + m_keep, thread, hold.turn});
}

qint64 HeldConnections::nextTime()
{
    while (!m_limits.empty() && m_holds[m_limits.front().thread].turn != m_limits.front().turn)
        m_limits.pop_front();
    return m_limits.empty() ? EventHeap::kNever : m_limits.front().time;
}

quint32 HeldConnections::takeExpired()
{
    const quint32 thread = m_limits.front().thread;
    m_limits.pop_front();
    return thread;
}

} // namespace loopscope
