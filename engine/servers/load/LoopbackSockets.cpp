// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LoopbackSockets.h"

#include <QDir>

#include <cerrno>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr quint32 mostSources = 4096;

} // namespace

LoopbackSockets::LoopbackSockets(const LoadTarget &target, int first, int step)
    : m_source(static_cast<quint32>(first))
    , m_step(static_cast<quint32>(step))
{
    target.toAddress(&m_address, &m_length);
}

void LoopbackSockets::expect(quint64 connections)
{
    constexpr quint64 ofSource = 16'000; // of about 28,000: near the end a free port is hard to find
    if (m_address.ss_family == AF_INET)
        m_sources = static_cast<quint32>(std::min<quint64>(connections / ofSource + 1, mostSources / (2 * m_step)));
}

int LoopbackSockets::open()
{
    m_turn = (m_turn + 1) % m_sources;
    while (true) {
        const int socket = tryOpen(m_source + m_turn * m_step);
        if (socket >= 0 || errno != EADDRNOTAVAIL || m_address.ss_family != AF_INET || m_source + m_turn * m_step >= mostSources)
            return socket;
        m_source += m_step;
    }
}

int LoopbackSockets::tryOpen(quint32 source)
{
    const int socket = ::socket(m_address.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return -1;
    const int on = 1;
    setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    bool isBound = true;
    if (source > 0) {
        // The port is chosen when the connection is made, so that only pairs of addresses have to differ.
        setsockopt(socket, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
        sockaddr_in from{};
        from.sin_family = AF_INET;
        from.sin_addr.s_addr = htonl(INADDR_LOOPBACK + source);
        isBound = bind(socket, reinterpret_cast<const sockaddr *>(&from), sizeof from) == 0;
    }
    if (isBound && (connect(socket, reinterpret_cast<const sockaddr *>(&m_address), m_length) == 0 || errno == EINPROGRESS))
        return socket;
    const int error = errno;
    close(socket);
    errno = error;
    return -1;
}

quint64 LoopbackSockets::raiseLimit(quint64 descriptors)
{
    const QDir files(QStringLiteral("/proc/self/fd"));
    const auto open = static_cast<quint64>(files.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System, QDir::Unsorted).size());
    constexpr quint64 spare = 64; // for whatever else the program opens
    const rlim_t wanted = open + descriptors + spare;
    rlimit limit{};
    getrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < wanted) {
        // Only the administrator may go beyond the hard limit.
        const rlimit raised{wanted, std::max(limit.rlim_max, wanted)};
        const rlimit most{limit.rlim_max, limit.rlim_max};
        if (setrlimit(RLIMIT_NOFILE, &raised) != 0)
            setrlimit(RLIMIT_NOFILE, &most);
        getrlimit(RLIMIT_NOFILE, &limit);
    }
    return std::min<quint64>(descriptors, limit.rlim_cur > open + spare ? limit.rlim_cur - open - spare : 0);
}

} // namespace loopscope
