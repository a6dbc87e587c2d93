// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ResponseParser.h"
#include "servers/simulated/SimulatedLoad.h"

#include <deque>
#include <vector>

namespace loopscope {

/// Clients that speak HTTP/1.1.
class SimulatedClients final : public SimulatedLoad
{
public:
    SimulatedClients(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder)
        : SimulatedLoad(std::move(network), plan, recorder)
    {
    }

    void setClients(int clients, quint64 now) override;
    quint64 requestOn(quint32 connection) const override;
    bool isHead(quint32 connection) const override;

protected:
    void start(quint64 now) override;
    void arrive(const LoadRecord &record, quint64 now) override;
    SocketNumber socketOf(quint32 connection) const override { return m_connections[connection - 1].socket; }
    bool isConnecting(quint32 connection) const override { return m_connections[connection - 1].state == Connection::State::Connecting; }
    void connected(quint32 number, int error, quint64 now) override;
    void written(quint32 number, quint64 now) override;
    void read(quint32 number, quint64 now) override;

private:
    struct Connection
    {
        enum class State : quint8 { Closed, Connecting, Idle, Busy };
        State state = State::Closed;
        SocketNumber socket = 0;
        LoadRecord request;
        int client = -1; ///< of a closed load
        qint64 bodySent = 0;
        ResponseParser parser;
    };
    /// A request that waits for a connection.
    struct Waiting
    {
        LoadRecord request;
        int client = -1;
    };
    struct Deadline
    {
        quint64 moment = 0;
        quint64 request = 0;
        quint32 connection = 0;
    };

    Connection &at(quint32 connection) { return m_connections[connection - 1]; }

    void thinkThenAsk(int client, quint64 least, quint64 now);
    void ask(int client, quint64 now);
    void make(const Waiting &waiting, quint64 now);
    quint32 takeIdle(int client);
    void give(const Waiting &waiting, quint64 now);
    bool hasRoom() const { return !m_idle.empty() || static_cast<int>(m_connections.size() - m_free.size()) < plan().mostConnections; }
    quint32 openConnection(quint64 now);
    void send(quint32 number, quint64 now);
    void sendBody(quint32 number, quint64 now);
    void answered(quint32 number, quint64 now);
    void lost(quint32 number, LoadFailure failure, quint64 now);
    void end(quint32 number, LoadFailure failure, quint64 now);
    void closeConnection(quint32 number, bool isReset, quint64 now);
    void afterEnd(int client, bool wasRefused, quint64 now);
    void watchDeadlines();
    void checkDeadlines(quint64 now);

    std::vector<RequestText> m_texts; ///< by route
    std::vector<Connection> m_connections; ///< by number - 1
    std::vector<quint32> m_free; ///< connections that are closed
    std::vector<quint32> m_idle; ///< of an open load: connected, with no request
    std::vector<quint32> m_connectionOf; ///< by client of a closed load: the same; 0 where there is none
    std::deque<Waiting> m_waiting;
    std::deque<Deadline> m_deadlines;
    bool m_watchesDeadlines = false;
    int m_clients = 0; ///< of a closed load, that go on asking
    int m_started = 0; ///< clients that ask, or have stopped
    std::vector<quint32> m_turns; ///< of thinking, by client
    std::vector<bool> m_rests; ///< by client: has stopped, since there are to be fewer
};

} // namespace loopscope
