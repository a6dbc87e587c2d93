// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/LoadLoop.h"
#include "servers/load/LoopbackSockets.h"
#include "servers/load/ResponseParser.h"
#include "servers/load/WebSocketFrames.h"

#include <deque>

namespace loopscope {

/// Messages over WebSocket, on one thread. Clients connect, stay, and hear everything. Each message carries its number and the moment at
/// which it was meant to be sent; whoever hears it counts as a delivery with a latency of its own, and the first one completes it. In an
/// open load message k is sent by client k modulo their number; in a closed one each client sends, waits until its message was heard,
/// thinks, and sends again.
class WebSocketLoad : public LoadLoop
{
public:
    WebSocketLoad(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish);

    /// What a message says of itself. Times are ns since the measured part began.
    struct Mark
    {
        quint64 number = 0;
        qint64 intended = 0;
        qint64 sent = 0;
    };
    /// "loopscope:NUMBER:INTENDED:SENT;" and then what the route's body says, or padding up to its size.
    static QByteArray messageText(const Mark &mark, const RequestRoute &route);
    /// Finds the mark in a message, whatever the server put around it.
    static std::optional<Mark> findMark(QByteArrayView message);

protected:
    void setClients(int count) override;
    void arrive(quint64 number, qint64 intended, qint32 target) override;
    void ready(quint32 slot, quint32 generation, quint32 events) override;
    void due(const TimerHeap::Timer &timer) override;
    qint64 lookAround() override;
    void closeAll() override;

private:
    enum class State : quint8 { Closed, Connecting, Greeting, Open };

    struct Client
    {
        int socket = -1;
        quint32 generation = 0;
        quint32 timer = 0; ///< the latest one
        quint32 turns = 0;
        State state = State::Closed;
        quint64 number = 0; ///< closed loads: its message that nobody has heard yet
        ResponseParser parser; ///< of the handshake
        WebSocketFrames frames;
        QByteArray unsent;
    };

    /// A message that was sent, or is to be.
    struct Message
    {
        qint64 intended = 0;
        qint64 sent = -1;
        quint32 client = 0;
        quint32 route = 0;
        bool isOver = false;
    };

    void connectClient(quint32 index);
    void greet(quint32 index);
    void opened(quint32 index);
    void lose(quint32 index);
    void thinkThenSend(quint32 index);
    quint32 openClientFrom(quint64 number) const;
    void send(quint64 number, quint32 index);
    void flush(quint32 index);
    void receive(quint32 index);
    bool takeBytes(quint32 index, QByteArrayView bytes);
    void hear(quint32 index, const WebSocketFrames::Frame &frame);
    void end(quint64 number, LoadFailure failure, int status);
    void sendWaiting();
    Message *messageOf(quint64 number);

    LoopbackSockets m_sockets;
    RouteChoice m_choice;
    ThinkSequence m_thinking;
    std::vector<Client> m_list;
    size_t m_clients = 0;
    int m_connecting = 0;
    std::deque<quint32> m_toConnect;
    std::deque<Message> m_messages; ///< those in flight, and some that are over between them
    quint64 m_firstNumber = 1; ///< of the front of m_messages
    std::deque<quint64> m_waiting; ///< numbers: for a client that is open
    const qint64 m_timeout; ///< ns
    std::vector<char> m_buffer;
};

} // namespace loopscope
