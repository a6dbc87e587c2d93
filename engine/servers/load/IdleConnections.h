// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadRecorder.h"
#include "servers/load/LoopbackSockets.h"

#include <deque>
#include <vector>

namespace loopscope {

/// Connections that are opened, kept open, and ask nothing: devices that seldom speak. They are opened as fast as the server takes them:
/// when one had to wait for its backlog, half as fast as before. One that is refused or lost is tried again. Used on one thread.
class IdleConnections
{
public:
    /// Thread `thread` of `threads` has its share of `count`. `poll`: its epoll.
    IdleConnections(const LoadTarget &target, int thread, int threads, int count, int poll);
    ~IdleConnections();
    IdleConnections(const IdleConnections &) = delete;
    IdleConnections &operator=(const IdleConnections &) = delete;

    quint64 open() const { return m_open; }
    bool isComplete() const { return m_open >= m_wanted; }
    /// Those that are not open yet shall not be: they would keep others out of the server's backlog.
    void giveUp();
    void closeAll();
    /// Opens what is due at `now` (ns of CLOCK_MONOTONIC, as all times here), and gives when more is.
    qint64 openSome(qint64 now, LoadRecorder *recorder);
    /// Whether what epoll gave for an event is one of these.
    static bool isTheirs(quint64 key) { return (key & Theirs) != 0; }
    void ready(quint64 key, quint32 events, qint64 now, LoadRecorder *recorder);

private:
    static constexpr quint64 Theirs = 1ULL << 63U;

    struct Connection
    {
        int socket = -1;
        bool isOpen = false;
        quint32 generation = 0;
        qint64 began = 0;
    };
    bool beginOpening(quint32 index, qint64 now);
    void lose(quint32 index, LoadRecorder *recorder);

    LoopbackSockets m_sockets;
    const int m_poll;
    std::vector<Connection> m_connections;
    std::deque<quint32> m_toOpen;
    double m_perSecond;
    qint64 m_next; ///< when the next one is opened, ns
    qint64 m_slowedAt; ///< ns
    int m_opening = 0;
    quint64 m_open = 0;
    quint64 m_wanted;
};

} // namespace loopscope
