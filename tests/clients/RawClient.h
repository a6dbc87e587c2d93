// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace loopscope {

/// A TCP client that sends exactly the bytes it is given, from outside of the server's process. Blocks, each call for at most `patience`.
class RawClient
{
public:
    enum class End { Open, Closed, Reset };

    /// Without a server there, nothing is ever received.
    explicit RawClient(quint16 port);
    ~RawClient();
    RawClient(const RawClient &) = delete;
    RawClient &operator=(const RawClient &) = delete;

    /// What the server has closed already takes nothing, which is no failure here: what it answered counts.
    void send(const QByteArray &bytes);
    /// Reads until `text` has come `count` times in all; false if the server ends or is silent before.
    bool receive(const QByteArray &text, int count);
    /// Reads until the server ends the connection; Open if it does not.
    End receiveToEnd();
    /// Sends FIN and goes on reading.
    void finish();
    /// Ends the connection with RST, whatever is under way.
    void reset();
    void close();

    const QByteArray &received() const { return m_received; }
    End end() const { return m_end; }

private:
    /// Waits for one of `events` of poll().
    bool waitFor(short events) const;
    /// False at the end, or after long silence.
    bool readSome();

    int m_socket = -1;
    QByteArray m_received;
    End m_end = End::Open;
};

} // namespace loopscope
