// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawServer.h"

#include <algorithm>
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

bool RawServer::Connection::readMore()
{
    QByteArray piece(64 * 1024, Qt::Uninitialized);
    const ssize_t got = recv(m_socket, piece.data(), static_cast<size_t>(piece.size()), 0);
    if (got <= 0)
        return false;
    m_read += piece.left(got);
    return true;
}

QByteArray RawServer::Connection::readRequest()
{
    qsizetype end = 0;
    while ((end = m_read.indexOf("\r\n\r\n")) < 0) {
        if (!readMore())
            return {};
    }
    const QByteArray head = m_read.left(end + 4);
    m_read.remove(0, end + 4);
    m_bodyBytes = 0;
    const QByteArray name = "\r\ncontent-length: ";
    if (const qsizetype at = head.toLower().indexOf(name); at >= 0) {
        const qint64 length = head.mid(at + name.size(), head.indexOf('\r', at + 2) - at - name.size()).toLongLong();
        while (m_bodyBytes < length) {
            if (m_read.isEmpty() && !readMore())
                return {};
            const auto part = static_cast<qsizetype>(std::min<qint64>(m_read.size(), length - m_bodyBytes));
            m_read.remove(0, part);
            m_bodyBytes += part;
        }
    }
    return head;
}

QByteArray RawServer::Connection::readBytes(qsizetype count)
{
    while (m_read.size() < count && readMore()) { }
    const QByteArray bytes = m_read.left(count);
    m_read.remove(0, count);
    return bytes;
}

bool RawServer::Connection::write(const QByteArray &bytes) const
{
    for (qsizetype at = 0; at < bytes.size();) {
        const ssize_t sent = send(m_socket, bytes.constData() + at, static_cast<size_t>(bytes.size() - at), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        at += sent;
    }
    return true;
}

void RawServer::Connection::reset() const
{
    const linger now{1, 0};
    setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

QByteArray RawServer::Connection::answer(const QByteArray &body, int status)
{
    return "HTTP/1.1 " + QByteArray::number(status) + " Something\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n"
        + body;
}

RawServer::RawServer(Handler serve, int backlog)
    : m_serve(std::move(serve))
    , m_listener(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t length = sizeof address;
    if (bind(m_listener, reinterpret_cast<const sockaddr *>(&address), length) != 0 || listen(m_listener, backlog) != 0
        || getsockname(m_listener, reinterpret_cast<sockaddr *>(&address), &length) != 0)
        qFatal("the test's server cannot listen");
    m_port = ntohs(address.sin_port);
    m_acceptor = std::thread([this] { acceptAll(); });
}

RawServer::RawServer(const QByteArray &answer)
    : RawServer([answer](Connection &connection) {
        while (!connection.readRequest().isEmpty() && connection.write(answer)) { }
    })
{
}

RawServer::~RawServer()
{
    m_isClosing = true;
    shutdown(m_listener, SHUT_RDWR);
    m_acceptor.join();
    {
        const std::lock_guard lock(m_mutex);
        for (const int socket : m_sockets)
            shutdown(socket, SHUT_RDWR);
    }
    for (std::thread &thread : m_threads)
        thread.join();
    close(m_listener);
}

void RawServer::acceptAll()
{
    while (!m_isClosing) {
        const int socket = accept4(m_listener, nullptr, nullptr, SOCK_CLOEXEC);
        if (socket < 0)
            continue;
        ++m_accepted;
        const int on = 1;
        setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        const std::lock_guard lock(m_mutex);
        m_sockets.push_back(socket);
        m_threads.emplace_back([this, socket] {
            Connection connection(socket);
            m_serve(connection);
            const std::lock_guard threadLock(m_mutex);
            m_sockets.remove(socket);
            close(socket);
        });
    }
}

} // namespace loopscope
