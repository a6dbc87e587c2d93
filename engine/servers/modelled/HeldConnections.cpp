// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HeldConnections.h"

namespace loopscope {

void HeldConnections::give(quint32 connection, quint32 thread)
{
    if (connection >= m_threads.size())
        m_threads.resize(connection + 1, none);
    if (thread >= m_holds.size())
        m_holds.resize(thread + 1);
    m_size += m_threads[connection] == none ? 1 : 0;
    m_threads[connection] = thread;
    m_holds[thread].connection = connection;
}

void HeldConnections::drop(quint32 connection)
{
    const quint32 thread = threadOf(connection);
    if (thread == none)
        return;
    m_threads[connection] = none;
    m_holds[thread].connection = none;
    ++m_holds[thread].turn;
    --m_size;
}

void HeldConnections::rest(quint32 thread, qint64 now) { m_limits.push_back({now + m_keep, thread, ++m_holds[thread].turn}); }

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
