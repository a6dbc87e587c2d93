// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "IdleConnections.h"

#include <array>
#include <cerrno>
#include <limits>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr double firstPerSecond = 10'000;
constexpr double leastPerSecond = 100;
constexpr double mostPerSecond = 100'000;
constexpr double growth = 1.0005; ///< with each that was quick: three times as fast after 2,200
constexpr qint64 waitedForBacklog = 500'000'000; ///< ns: the system repeats a SYN that nobody took after a second
constexpr int mostOpening = 256; ///< at once
constexpr qint64 retryPause = 100'000'000; ///< ns

} // namespace

IdleConnections::IdleConnections(const LoadTarget &target, int thread, int threads, int count, int poll)
    : m_sockets(target, thread, threads)
    , m_poll(poll)
    , m_connections(static_cast<size_t>((count + threads - 1 - thread) / threads))
    , m_perSecond(firstPerSecond / threads)
    , m_next(std::numeric_limits<qint64>::min())
    , m_slowedAt(std::numeric_limits<qint64>::min())
    , m_wanted(m_connections.size())
{
    m_sockets.expect(m_connections.size());
    for (quint32 i = 0; i < m_connections.size(); ++i)
        m_toOpen.push_back(i);
}

IdleConnections::~IdleConnections() { closeAll(); }

void IdleConnections::closeAll()
{
    for (const Connection &connection : m_connections) {
        if (connection.socket >= 0)
            close(connection.socket);
    }
    m_connections.clear();
    m_toOpen.clear();
}

void IdleConnections::giveUp()
{
    for (Connection &connection : m_connections) {
        if (connection.isOpen || connection.socket < 0)
            continue;
        close(connection.socket);
        connection.socket = -1;
        ++connection.generation;
    }
    m_opening = 0;
    m_toOpen.clear();
    m_wanted = m_open;
}

qint64 IdleConnections::openSome(qint64 now, LoadRecorder *recorder)
{
    constexpr int mostAtOnce = 64;
    for (int i = 0; i < mostAtOnce && !m_toOpen.empty() && m_opening < mostOpening && m_next <= now; ++i) {
        const quint32 index = m_toOpen.front();
        m_toOpen.pop_front();
        // Who is late does not make up for all that was missed at once.
        const auto step = static_cast<qint64>(1e9 / m_perSecond);
        m_next = std::max(m_next, now - mostAtOnce * step) + step;
        if (!beginOpening(index, now)) {
            recorder->lost();
            m_toOpen.push_back(index);
            m_next = now + retryPause;
        }
    }
    return m_toOpen.empty() || m_opening >= mostOpening ? std::numeric_limits<qint64>::max() : m_next;
}

bool IdleConnections::beginOpening(quint32 index, qint64 now)
{
    Connection &connection = m_connections[index];
    connection.socket = m_sockets.open();
    if (connection.socket < 0)
        return false;
    connection.began = now;
    epoll_event event{};
    event.events = EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET;
    event.data.u64 = Theirs | static_cast<quint64>(connection.generation & 0x7fffffffU) << 32U | index;
    if (epoll_ctl(m_poll, EPOLL_CTL_ADD, connection.socket, &event) != 0) {
        close(connection.socket);
        connection.socket = -1;
        return false;
    }
    ++m_opening;
    return true;
}

void IdleConnections::ready(quint64 key, quint32 events, qint64 now, LoadRecorder *recorder)
{
    const auto index = static_cast<quint32>(key);
    Connection &connection = m_connections[index];
    if ((key >> 32U & 0x7fffffffU) != (connection.generation & 0x7fffffffU))
        return;
    if ((events & (EPOLLERR | EPOLLHUP | EPOLLRDHUP)) != 0) {
        lose(index, recorder);
        m_next = std::max(m_next, now + retryPause);
        return;
    }
    if (!connection.isOpen && (events & EPOLLOUT) != 0) {
        connection.isOpen = true;
        --m_opening;
        recorder->setIdle(++m_open);
        if (now - connection.began < waitedForBacklog) {
            m_perSecond = std::min(m_perSecond * growth, mostPerSecond);
        } else if (connection.began > m_slowedAt) {
            m_perSecond = std::max(m_perSecond / 2, leastPerSecond);
            m_slowedAt = now;
        }
    }
    if ((events & EPOLLIN) != 0) { // what the server says to it does not matter
        std::array<char, 4096> buffer; // NOLINT: filled by the system
        while (recv(connection.socket, buffer.data(), buffer.size(), 0) > 0) { }
    }
}

void IdleConnections::lose(quint32 index, LoadRecorder *recorder)
{
    Connection &connection = m_connections[index];
    close(connection.socket);
    connection.socket = -1;
    ++connection.generation;
    if (connection.isOpen)
        recorder->setIdle(--m_open);
    else
        --m_opening;
    connection.isOpen = false;
    recorder->lost();
    m_toOpen.push_back(index);
}

} // namespace loopscope
