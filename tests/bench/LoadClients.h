// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <vector>

namespace loopscope {

/// Connections to a server on this machine that stay open, each of which asks for "/" and waits for the answer before it asks again. One
/// thread, epoll; a fraction of what the server has to do.
class LoadClients
{
public:
    struct Result
    {
        qint64 answered = 0;
        qint64 failed = 0; ///< connections that ended, or were not answered in time
        double seconds = 0;
        double middle = 0; ///< of the latencies, ms
        double late = 0; ///< 99 of 100 are quicker, ms
    };

    explicit LoadClients(quint16 port);
    ~LoadClients();
    LoadClients(const LoadClients &) = delete;
    LoadClients &operator=(const LoadClients &) = delete;

    /// Opens more connections, so many at once that the server's backlog holds them; gives how many are open in all.
    int open(int count);
    /// Asks `requests` times in all over the connections from `first` on, `count` of them, one request at a time on each.
    Result ask(int first, int count, qint64 requests);

private:
    struct Connection
    {
        int socket = -1;
        qint64 asked = 0; ///< when, ns
        qsizetype received = 0; ///< of the answer
    };
    bool send(Connection &connection);
    /// 1: the answer is whole, 0: not yet, -1: the connection ended.
    int receive(Connection &connection);

    const quint16 m_port;
    const int m_poll;
    std::vector<Connection> m_connections;
    qsizetype m_answerSize = 0; ///< every answer is as long as the first one
};

} // namespace loopscope
