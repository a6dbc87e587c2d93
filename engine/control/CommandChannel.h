// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

namespace loopscope {

/// Lines over a local socket, read by a thread of its own and handed over through a queue.
///
/// Plain system calls instead of QLocalSocket: no event loop runs in the runner, and Qt Network costs start-up time.
class CommandChannel
{
public:
    /// Null, with a sentence in `error`, if it cannot connect.
    static std::unique_ptr<CommandChannel> connectTo(const QString &socketName, QString *error);
    ~CommandChannel();

    CommandChannel(const CommandChannel &) = delete;
    CommandChannel &operator=(const CommandChannel &) = delete;

    /// Called on the reading thread whenever a line came or the other side closed.
    void setArrivalHandler(std::function<void()> handler);
    /// Any thread. A line that cannot be sent is lost: the other side has gone, and its absence shows in isClosed().
    void send(QByteArray line);

    /// Takes the oldest line; false if there is none.
    bool take(QByteArray *line);
    /// The other side has gone and everything it sent was taken.
    bool isClosed() const;
    /// Waits until a line is there or the other side has gone. With a time limit, false if it passed first.
    void wait();
    bool wait(std::chrono::nanoseconds limit);

private:
    explicit CommandChannel(int socket);
    void readLines();
    void deliver(QByteArray &received);

    const int m_socket;
    mutable std::mutex m_mutex;
    std::condition_variable m_arrival;
    std::deque<QByteArray> m_lines;
    bool m_closed = false;
    std::function<void()> m_handler;
    std::thread m_reader;
};

} // namespace loopscope
