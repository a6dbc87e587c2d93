// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ArrivalSequence.h"
#include "servers/load/LoadRecorder.h"
#include "servers/modelled/ModelledServer.h"

#include <vector>

namespace loopscope {

/// The clients of a modelled server: they ask as the plan says, wait for answers, and give up. Request number k is the same, asks for the
/// same route and draws the same sample of it under every model. Times are ns since the run began; the recorder counts from the begin of
/// the measured part.
class ModelledClients
{
public:
    /// Index of the profile's route for each route of the plan.
    using Routes = std::vector<quint32>;

    /// All but `routes` have to live longer. `wakeUp`: ns that a client, who sleeps, needs until it has begun with a request that is due,
    /// or has an answer that has come.
    ModelledClients(const LoadPlan &plan, const RequestProfile &profile, Routes routes, EventHeap &events, LoadRecorder &recorder,
        ModelledServer &server, RequestBook &requests, qint64 wakeUp);

    /// `idle`: connections beside, that ask nothing. `sockets`: clients of WebSocket, who stay connected and send the plan's requests as
    /// messages; then it is an open one.
    void begin(int idle, int sockets, bool keepsConnections);
    void setRate(double rate, qint64 now) { m_arrivals.setRate(rate, now); }
    /// Of a closed load, or of WebSocket.
    void setClients(int clients, qint64 now);

    /// Of an arrival, or of somebody who gives up.
    qint64 nextTime() const;
    void advance(qint64 now);
    /// An event `Think` of a closed load.
    void ask(quint32 client, qint64 now);
    void answered(quint32 slot, LoadFailure failure, qint64 now);
    /// The server has ended a connection on which nothing is asked. An idle one, and one of WebSocket, is opened again, as soon as the
    /// server takes it.
    void lost(quint32 connection, qint64 now);

    /// As many requests as were asked for have been made and are over.
    bool isThrough() const { return m_made >= m_plan.mostRequests && m_oldest == ModelledServer::none; }
    qint64 refusedForMemory() const { return m_refusedForMemory; }
    bool hadTooMany() const { return m_hadTooMany; }
    /// Connections that ask nothing: as many of them as the server took.
    int idle() const { return m_idle; }

private:
    void setSockets(int sockets, qint64 now);
    quint32 takeConnection(quint64 number, quint32 client);
    void openConnections(qint64 now);
    qint64 giveUpTime() const;
    void send(quint64 number, qint32 target, quint32 client, qint64 now);
    void think(quint32 client, qint64 least, qint64 now);
    void await(quint32 slot);
    void forget(quint32 slot);
    void end(quint32 slot, LoadFailure failure, qint64 now);

    const LoadPlan &m_plan;
    const RequestProfile &m_profile;
    const Routes m_routes;
    EventHeap &m_events;
    LoadRecorder &m_recorder;
    ModelledServer &m_server;
    RequestBook &m_requests;
    ArrivalSequence m_arrivals;
    RouteChoice m_choice;
    ThinkSequence m_thinking;
    CounterRandom m_draw;
    const qint64 m_measuredFrom;
    const qint64 m_timeout;
    const qint64 m_wakeUps; ///< of a request's client, together
    quint64 m_made = 0;
    quint32 m_oldest = ModelledServer::none; ///< of the requests that clients wait for
    quint32 m_newest = ModelledServer::none;
    int m_idle = 0;
    bool m_isWebSocket = false;
    int m_sockets = 0; ///< their connections have the numbers behind those of idle ones
    std::vector<quint32> m_toOpen; ///< where threads stay with connections: were refused, or ended by the server
    qint64 m_nextOpening = 0; ///< of those
    quint32 m_opened = 0; ///< connections of an open load, in all
    std::vector<quint32> m_freeConnections; ///< of them, the one that was used last at the end
    bool m_keepsConnections = true;
    bool m_countsConnections = false; ///< requests are told on which one they come, since the server goes by that
    qint64 m_connected = 0; ///< clients that found memory for their connections
    quint32 m_clients = 0; ///< of a closed load, that go on asking
    quint32 m_started = 0; ///< that ask, or have stopped
    std::vector<quint32> m_turns; ///< of thinking, by client
    std::vector<bool> m_rests; ///< by client: has stopped, since there are to be fewer
    qint64 m_refusedForMemory = 0;
    bool m_hadTooMany = false;
};

} // namespace loopscope
