// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/SimulatedNetwork.h"
#include "servers/load/ArrivalSequence.h"
#include "servers/load/LoadRecorder.h"

#include <functional>
#include <memory>
#include <vector>

namespace loopscope {

/// Who asks a server in virtual time: sockets of a simulated network that follow the same plan as the real load generator. They are no loop
/// and cost the server no time: what they do happens inside of the network, in the order of virtual time.
///
/// Times are ns of run time. Used on the thread of whichever loop lets the network advance.
class SimulatedLoad : public SocketOwner
{
public:
    /// `plan` and `recorder` have to live longer. Moments are told to the recorder counted from the begin of the measured part.
    SimulatedLoad(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder);

    /// Idle connections are open: the first clients come now.
    std::function<void(quint64 now)> onBegun;
    /// A request is sent (again), and over.
    std::function<void(const LoadRecord &record, quint64 now)> onSent;
    std::function<void(const LoadRecord &record, quint64 now)> onEnded;
    /// The plan is through: all of its requests are over.
    std::function<void(quint64 now)> onFinished;

    /// What clients, who sleep, need until they have begun with a request that is due, or have an answer that has come.
    void setWakeUp(quint64 wakeUp) { m_wakeUp = wakeUp; }
    /// The server listens. `backlog`: connections that it lets wait.
    void begin(const Endpoint &server, int backlog, quint64 now);
    /// Somebody listens.
    bool hasServer() const { return m_hasServer; }
    bool hasBegun() const { return m_hasBegun; }
    /// Run time at which the measured part begins.
    quint64 measuredFrom() const { return m_measuredFrom; }
    void setRate(double rate, quint64 now);
    virtual void setClients(int clients, quint64 now) = 0;

    /// The connection behind the far end of a server's socket, from 1; 0 if it is none of the clients'.
    static quint32 connectionAt(const Endpoint &remote);
    /// The request under way on a connection; 0 if there is none. Greetings of WebSocket have numbers from `firstGreeting` on.
    virtual quint64 requestOn(quint32 connection) const = 0;
    virtual bool isHead(quint32 connection) const = 0;
    static constexpr quint64 firstGreeting = 1ULL << 62U;
    quint64 inFlight() const { return m_recorder.inFlight(); }
    int openConnections() const { return m_open; }

    // SocketOwner
    void expect(quint64 time) final { Q_UNUSED(time) }
    void readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time) final;
    void completed(SubjectId request, int error, quint64 time, bool isPending) final;

protected:
    /// The first clients come.
    virtual void start(quint64 now) = 0;
    /// A request of an open plan is to be made.
    virtual void arrive(const LoadRecord &record, quint64 now) = 0;
    virtual SocketNumber socketOf(quint32 connection) const = 0;
    virtual bool isConnecting(quint32 connection) const = 0;
    virtual void connected(quint32 connection, int error, quint64 now) = 0;
    /// A write that waited is through.
    virtual void written(quint32 connection, quint64 now) = 0;
    virtual void read(quint32 connection, quint64 now) = 0;

    const LoadPlan &plan() const { return m_plan; }
    LoadRecorder &recorder() { return m_recorder; }
    const RouteChoice &routes() const { return m_routes; }
    const Endpoint &server() const { return m_server; }
    QByteArray host() const { return "127.0.0.1:" + QByteArray::number(m_server.port); }
    qint64 measured(quint64 now) const { return static_cast<qint64>(now) - static_cast<qint64>(m_measuredFrom); }
    quint64 requests() const { return m_requests; }
    bool mayAsk() const { return m_requests < m_plan.mostRequests; }
    quint64 nextNumber() { return ++m_requests; }
    /// What a client of a closed load pauses before its next request.
    quint64 pause(int client, quint32 turn) const { return static_cast<quint64>(m_thinking.pause(static_cast<quint32>(client), turn)); }
    quint64 timeout() const { return static_cast<quint64>(m_plan.timeoutSeconds * 1e9); }
    /// A socket at the connection's own address, that connects; 0 if the address is taken by a server.
    SocketNumber connectSocket(quint32 connection, quint64 now);
    void closeSocket(SocketNumber number, bool isReset, quint64 now);
    void tellSent(const LoadRecord &record, quint64 now);
    void tellEnded(const LoadRecord &record, quint64 now);

private:
    /// A connection that asks nothing.
    struct Idle
    {
        SocketNumber socket = 0;
        bool isOpen = false;
    };

    void openIdle(quint64 now);
    void connectIdle(quint32 index, quint64 now);
    void idleConnected(quint32 index, SocketNumber socket, int error, quint64 now);
    void loseIdle(quint32 index, bool isReset, quint64 now);
    void watchIdle(quint64 now);
    void giveUpIdle(quint64 now);
    void startLoad(quint64 now);
    void scheduleArrival();
    void arriveAll(quint64 now);

    const LoadPlan &m_plan;
    LoadRecorder &m_recorder;
    ArrivalSequence m_arrivals;
    RouteChoice m_routes;
    ThinkSequence m_thinking;
    Endpoint m_server;
    bool m_hasServer = false;
    bool m_hasBegun = false;
    quint64 m_measuredFrom = 0;
    quint64 m_wakeUp = 0;
    quint64 m_begun = 0;
    quint64 m_arrivalAt = 0; ///< moment of the arrival that is scheduled; older actions mean nothing
    quint64 m_requests = 0; ///< made so far
    int m_open = 0; ///< connections
    int m_idleAtOnce = 1; ///< that connect
    int m_idleAsked = 0; ///< idle connections that have been asked for
    int m_idleConnecting = 0;
    quint64 m_idle = 0; ///< open
    quint64 m_mostIdle = 0; ///< that were open at once
    quint64 m_idleProgress = 0; ///< when that grew last
    std::vector<Idle> m_idleConnections;
};

} // namespace loopscope
