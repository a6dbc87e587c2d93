// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <string>

namespace loopscope {

/// Frames of WebSocket (RFC 6455, section 5), as a client writes and reads them.
class WebSocketFrames
{
public:
    enum Opcode : quint8 { Continuation = 0, Text = 1, Binary = 2, Close = 8, Ping = 9, Pong = 10 };
    static constexpr size_t MostPayload = 16 * 1024 * 1024;

    struct Frame
    {
        Opcode opcode = Text;
        bool isLast = true; ///< of its message
        QByteArrayView payload; ///< holds until the next call of next() or feed()
    };

    /// A whole message in one masked frame, appended to `out`.
    static void append(QByteArray *out, Opcode opcode, QByteArrayView payload);

    /// Takes bytes of the server, in any pieces; they must stay until next() found nothing more.
    void feed(QByteArrayView bytes);
    /// The next whole frame. False if there is none, or what came is none: isBad().
    bool next(Frame *frame);
    bool isBad() const { return m_isBad; }
    void clear();

private:
    QByteArrayView m_bytes; ///< not looked at yet
    std::string m_partial; ///< a frame that came in pieces
    bool m_usesPartial = false;
    bool m_isBad = false;
};

} // namespace loopscope
