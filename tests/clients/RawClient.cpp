// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawClient.h"

#include <QtGlobal>

#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace loopscope {

namespace {

constexpr int patience = 10'000; // ms of silence; generous, the machine may be busy

} // namespace

RawClient::RawClient(quint16 port)
    : m_socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0))
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        close();
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawClient::~RawClient() { close(); }

bool RawClient::waitFor(short events) const
{
    pollfd watched = {m_socket, events, 0};
    return ::poll(&watched, 1, patience) > 0;
}

void RawClient::send(const QByteArray &bytes)
{
    qsizetype sent = 0;
    while (sent < bytes.size() && m_socket >= 0 && waitFor(POLLIN | POLLOUT)) {
        // Whoever only writes would block a server that waits for us to read.
        pollfd watched = {m_socket, POLLOUT, 0};
        if (::poll(&watched, 1, 0) == 0) {
            if (!readSome())
                return;
            continue;
        }
        const ssize_t count =
            ::send(m_socket, bytes.constData() + sent, static_cast<std::size_t>(bytes.size() - sent), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (count < 0 && errno != EAGAIN)
            return;
        sent += qMax<ssize_t>(count, 0);
    }
}

bool RawClient::readSome()
{
    std::array<char, 65536> buffer = {};
    if (m_socket < 0 || m_end != End::Open || !waitFor(POLLIN))
        return false;
    const ssize_t count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
    if (count > 0)
        m_received.append(buffer.data(), count);
    else
        m_end = count == 0 ? End::Closed : End::Reset;
    return count > 0;
}

bool RawClient::receive(const QByteArray &text, int count)
{
    while (m_received.count(text) < count) {
        if (!readSome())
            return false;
    }
    return true;
}

RawClient::End RawClient::receiveToEnd()
{
    while (readSome()) { }
    return m_end;
}

void RawClient::finish() { ::shutdown(m_socket, SHUT_WR); }

void RawClient::reset()
{
    const linger immediately = {1, 0};
    ::setsockopt(m_socket, SOL_SOCKET, SO_LINGER, &immediately, sizeof immediately);
    close();
}

void RawClient::close()
{
    if (m_socket >= 0)
        ::close(std::exchange(m_socket, -1));
}

} // namespace loopscope
