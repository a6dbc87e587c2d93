// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "control/CommandChannel.h"

#include <QDir>

#include <array>
#include <cerrno>
#include <cstring>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace loopscope {

std::unique_ptr<CommandChannel> CommandChannel::connectTo(const QString &socketName, QString *error)
{
    const QString path = socketName.startsWith(QLatin1Char('/')) ? socketName : QDir::tempPath() + QLatin1Char('/') + socketName;
    const QByteArray bytes = path.toUtf8();
    const auto refuse = [&](const char *reason) {
        *error = QStringLiteral("cannot connect to the window's socket '%1': %2.").arg(path, QString::fromLocal8Bit(reason));
        return nullptr;
    };
    sockaddr_un address = {};
    address.sun_family = AF_UNIX;
    if (bytes.size() >= static_cast<qsizetype>(sizeof(address.sun_path)))
        return refuse("the name is too long");
    std::memcpy(address.sun_path, bytes.constData(), static_cast<std::size_t>(bytes.size()));
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (socket < 0)
        return refuse(std::strerror(errno));
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) < 0) {
        const int reason = errno;
        ::close(socket);
        return refuse(std::strerror(reason));
    }
    return std::unique_ptr<CommandChannel>(new CommandChannel(socket));
}

CommandChannel::CommandChannel(int socket)
    : m_socket(socket)
    , m_reader([this] { readLines(); })
{
}

CommandChannel::~CommandChannel()
{
    // Ends the reading thread's read; what was sent before still arrives at the other side.
    ::shutdown(m_socket, SHUT_RDWR);
    m_reader.join();
    ::close(m_socket);
}

void CommandChannel::setArrivalHandler(std::function<void()> handler)
{
    const std::scoped_lock lock(m_mutex);
    m_handler = std::move(handler);
    if (m_handler && (!m_lines.empty() || m_closed))
        m_handler();
}

void CommandChannel::send(QByteArray line)
{
    line += '\n';
    for (qsizetype sent = 0; sent < line.size();) {
        const auto count = ::send(m_socket, line.constData() + sent, static_cast<std::size_t>(line.size() - sent), MSG_NOSIGNAL);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return;
        sent += count;
    }
}

bool CommandChannel::take(QByteArray *line)
{
    const std::scoped_lock lock(m_mutex);
    if (m_lines.empty())
        return false;
    *line = std::move(m_lines.front());
    m_lines.pop_front();
    return true;
}

bool CommandChannel::isClosed() const
{
    const std::scoped_lock lock(m_mutex);
    return m_closed && m_lines.empty();
}

void CommandChannel::wait()
{
    std::unique_lock lock(m_mutex);
    m_arrival.wait(lock, [this] { return m_closed || !m_lines.empty(); });
}

bool CommandChannel::wait(std::chrono::nanoseconds limit)
{
    std::unique_lock lock(m_mutex);
    return m_arrival.wait_for(lock, limit, [this] { return m_closed || !m_lines.empty(); });
}

void CommandChannel::deliver(QByteArray &received)
{
    const std::scoped_lock lock(m_mutex);
    for (auto end = received.indexOf('\n'); end >= 0; end = received.indexOf('\n')) {
        m_lines.push_back(received.left(end));
        received.remove(0, end + 1);
    }
    if (!m_lines.empty() && m_handler)
        m_handler();
    m_arrival.notify_all();
}

void CommandChannel::readLines()
{
    QByteArray received;
    std::array<char, 4096> buffer = {};
    for (;;) {
        const auto count = ::recv(m_socket, buffer.data(), buffer.size(), 0);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            break;
        received.append(buffer.data(), count);
        deliver(received);
    }
    const std::scoped_lock lock(m_mutex);
    m_closed = true;
    if (m_handler)
        m_handler();
    m_arrival.notify_all();
}

} // namespace loopscope
