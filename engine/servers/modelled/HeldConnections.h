// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/modelled/EventHeap.h"

#include <deque>
#include <set>
#include <vector>

namespace loopscope {

/// Which thread has which connection, where threads stay with a connection between its requests: for some time
/// (ScenarioMachine::keepAliveSeconds), or, with those of WebSocket, until they end. Connections and threads have small numbers. Times are
/// ns since the run began.
class HeldConnections
{
public:
    static constexpr quint32 none = ~0U;

    /// `keep`: how long a thread waits for the next request of its connection; 0: it does not.
    explicit HeldConnections(qint64 keep)
        : m_keep(keep)
    {
    }
    bool keeps() const { return m_keep > 0; }
    quint32 threadOf(quint32 connection) const { return connection < m_threads.size() ? m_threads[connection] : none; }
    quint32 connectionOf(quint32 thread) const { return thread < m_holds.size() ? m_holds[thread].connection : none; }
    /// Connections that have a thread.
    qint64 size() const { return m_size; }

    void give(quint32 connection, quint32 thread, bool isForGood = false);
    /// Of the connections that have a thread for good, the first one from `connection` on, or else the very first one.
    quint32 nextForGood(quint32 connection) const;
    /// The connection has ended, whoever ended it.
    void drop(quint32 connection);
    /// The thread waits for the next request.
    void rest(quint32 thread, qint64 now);
    /// It has come.
    void goOn(quint32 thread) { ++m_holds[thread].turn; }

    /// When the first thread has waited long enough.
    qint64 nextTime();
    /// That thread; it has its connection still. Only at nextTime().
    quint32 takeExpired();

private:
    struct Hold
    {
        quint32 connection = none;
        quint32 turn = 0; ///< of waiting; limits of earlier ones mean nothing
        bool isForGood = false;
    };
    struct Limit
    {
        qint64 time;
        quint32 thread;
        quint32 turn;
    };

    const qint64 m_keep;
    std::vector<quint32> m_threads; ///< by connection
    std::vector<Hold> m_holds; ///< by thread
    std::deque<Limit> m_limits; ///< in the order of time, since all wait equally long
    std::set<quint32> m_forGood; ///< connections
    qint64 m_size = 0;
};

} // namespace loopscope
