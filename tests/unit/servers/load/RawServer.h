// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <atomic>
#include <functional>
#include <list>
#include <mutex>
#include <thread>

namespace loopscope {

/// A server of a test: a thread for each connection, which says over its socket what the test wants.
class RawServer
{
public:
    class Connection
    {
    public:
        explicit Connection(int socket)
            : m_socket(socket)
        {
        }
        /// The head of the next request, with the empty line; empty if there is none any more. Its body is read and counted, too.
        QByteArray readRequest();
        qint64 bodyBytes() const { return m_bodyBytes; } ///< of the last request
        /// So many bytes; fewer at the end.
        QByteArray readBytes(qsizetype count);
        /// False if nobody hears it.
        bool write(const QByteArray &bytes) const;
        /// The connection is lost (RST) instead of closed.
        void reset() const;
        /// "HTTP/1.1 STATUS ..." with a body.
        static QByteArray answer(const QByteArray &body, int status = 200);

    private:
        bool readMore();

        int m_socket;
        QByteArray m_read;
        qint64 m_bodyBytes = 0;
    };
    using Handler = std::function<void(Connection &)>;

    /// `serve` has a connection to itself; it is closed when that returns.
    explicit RawServer(Handler serve, int backlog = 4096);
    /// Answers every request with this.
    explicit RawServer(const QByteArray &answer);
    ~RawServer();

    quint16 port() const { return m_port; }
    int connections() const { return m_accepted; } ///< accepted so far

private:
    void acceptAll();

    Handler m_serve;
    int m_listener;
    quint16 m_port = 0;
    std::atomic<int> m_accepted = 0;
    std::atomic<bool> m_isClosing = false;
    std::mutex m_mutex;
    std::list<int> m_sockets;
    std::list<std::thread> m_threads;
    std::thread m_acceptor;
};

} // namespace loopscope
