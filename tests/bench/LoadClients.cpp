// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoadClients.h"

#include <QElapsedTimer>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr char request[] = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n";
constexpr int patience = 30'000; // ms without any answer

double at(const std::vector<float> &sorted, double share)
{
    return sorted.empty() ? 0 : static_cast<double>(sorted[static_cast<std::size_t>(share * static_cast<double>(sorted.size() - 1))]);
}

} // namespace

LoadClients::LoadClients(quint16 port)
    : m_port(port)
    , m_poll(::epoll_create1(EPOLL_CLOEXEC))
{
}

LoadClients::~LoadClients()
{
    for (const Connection &connection : m_connections)
        ::close(connection.socket);
    ::close(m_poll);
}

int LoadClients::open(int count)
{
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(m_port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    for (int i = 0; i < count; ++i) {
        Connection connection;
        connection.socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        if (connection.socket < 0 || ::connect(connection.socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
            std::fprintf(stderr, "connection %zu: %s\n", m_connections.size(), std::strerror(errno));
            break;
        }
        const int on = 1;
        ::setsockopt(connection.socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        epoll_event event = {};
        event.events = EPOLLIN;
        event.data.u64 = m_connections.size();
        ::epoll_ctl(m_poll, EPOLL_CTL_ADD, connection.socket, &event);
        m_connections.push_back(connection);
    }
    return static_cast<int>(m_connections.size());
}

bool LoadClients::send(Connection &connection)
{
    connection.received = 0;
    return ::send(connection.socket, request, sizeof request - 1, MSG_NOSIGNAL) == sizeof request - 1;
}

int LoadClients::receive(Connection &connection)
{
    std::array<char, 4096> buffer = {};
    const ssize_t count = ::recv(connection.socket, buffer.data(), buffer.size(), 0);
    if (count <= 0)
        return -1;
    if (m_answerSize == 0) {
        if (std::strncmp(buffer.data(), "HTTP/1.1 200 ", 13) != 0)
            return -1;
        m_answerSize = count; // small, and alone on its connection: it comes whole
    }
    connection.received += count;
    return connection.received < m_answerSize ? 0 : connection.received == m_answerSize ? 1 : -1;
}

LoadClients::Result LoadClients::ask(int first, int count, qint64 requests)
{
    Result result;
    std::vector<float> latencies;
    latencies.reserve(static_cast<std::size_t>(requests));
    std::array<epoll_event, 256> events = {};
    qint64 asked = 0;
    qint64 waiting = 0;
    QElapsedTimer timer;
    timer.start();
    const auto next = [&](Connection &connection) {
        if (asked == requests)
            return;
        connection.asked = timer.nsecsElapsed();
        const bool isSent = send(connection);
        ++(isSent ? asked : result.failed);
        waiting += isSent ? 1 : 0;
    };
    for (int i = first; i < first + count; ++i)
        next(m_connections[static_cast<std::size_t>(i)]);
    while (waiting > 0) {
        const int ready = ::epoll_wait(m_poll, events.data(), events.size(), patience);
        if (ready <= 0)
            break;
        for (int i = 0; i < ready; ++i) {
            Connection &connection = m_connections[events[static_cast<std::size_t>(i)].data.u64];
            const int state = receive(connection);
            if (state == 0)
                continue;
            --waiting;
            if (state < 0) {
                ++result.failed;
                ::epoll_ctl(m_poll, EPOLL_CTL_DEL, connection.socket, nullptr);
                continue;
            }
            ++result.answered;
            latencies.push_back(static_cast<float>(static_cast<double>(timer.nsecsElapsed() - connection.asked) / 1e6));
            next(connection);
        }
    }
    result.failed += waiting;
    result.seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
    std::sort(latencies.begin(), latencies.end());
    result.middle = at(latencies, 0.5);
    result.late = at(latencies, 0.99);
    return result;
}

} // namespace loopscope
