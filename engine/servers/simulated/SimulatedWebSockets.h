// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ResponseParser.h"
#include "servers/load/WebSocketFrames.h"
#include "servers/simulated/SimulatedLoad.h"

#include <deque>
#include <map>
#include <vector>

namespace loopscope {

/// Clients that speak WebSocket, as WebSocketLoad's: they connect, stay, and hear everything. Requests are messages: whoever hears one
/// counts as a delivery with a latency of its own, and the first completes it.
class SimulatedWebSockets final : public SimulatedLoad
{
public:
    SimulatedWebSockets(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder)
        : SimulatedLoad(std::move(network), plan, recorder)
    {
    }

    void setClients(int clients, quint64 now) override;
    quint64 requestOn(quint32 connection) const override;
    bool isHead(quint32 connection) const override
    {
        Q_UNUSED(connection)
        return false;
    }

protected:
    void start(quint64 now) override { setClients(plan().arrivals.clients, now); }
    void arrive(const LoadRecord &record, quint64 now) override;
    SocketNumber socketOf(quint32 connection) const override { return m_clients[connection - 1].socket; }
    bool isConnecting(quint32 connection) const override { return m_clients[connection - 1].state == State::Connecting; }
    void connected(quint32 connection, int error, quint64 now) override;
    void written(quint32 connection, quint64 now) override
    {
        Q_UNUSED(connection)
        Q_UNUSED(now)
    }
    void read(quint32 connection, quint64 now) override;

private:
    enum class State : quint8 { Closed, Connecting, Greeting, Open };
    struct Client
    {
        State state = State::Closed;
        SocketNumber socket = 0;
        quint32 turns = 0;
        quint64 sent = 0; ///< number of its last message
        ResponseParser parser; ///< of the handshake
        WebSocketFrames frames;
    };
    struct Message
    {
        LoadRecord record;
        quint32 connection = 0; ///< 0: waits for a client that is open
    };

    Client &at(quint32 connection) { return m_clients[connection - 1]; }
    void connectAfter(quint64 pause, quint32 connection, quint64 now);
    void write(quint32 connection, const QByteArray &bytes, quint64 now);
    bool takeBytes(quint32 connection, QByteArrayView bytes, quint64 now);
    void hear(quint32 connection, const WebSocketFrames::Frame &frame, quint64 now);
    void lose(quint32 connection, quint64 now);
    void thinkThenSend(quint32 connection, quint64 now);
    void sendWaiting(quint64 now);
    void send(Message &message, quint32 connection, quint64 now);
    void end(quint64 number, LoadFailure failure, quint64 now);
    quint32 openClientFrom(quint64 number) const;
    void watchOldest();

    std::vector<Client> m_clients; ///< by connection - 1
    quint32 m_wanted = 0; ///< clients
    std::map<quint64, Message> m_messages; ///< under way, by number
    std::deque<quint64> m_waiting; ///< numbers
    bool m_watchesOldest = false;
};

} // namespace loopscope
