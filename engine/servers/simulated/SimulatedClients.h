// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/SimulatedNetwork.h"
#include "servers/load/ArrivalSequence.h"
#include "servers/load/LoadRecorder.h"
#include "servers/load/ResponseParser.h"

#include <deque>
#include <functional>
#include <memory>
#include <vector>

namespace loopscope {

/// The clients of a server in virtual time: sockets of a simulated network that follow the same plan as the real load generator. They are
/// no loop and cost the server no time: what they do happens inside of the network, in the order of virtual time.
///
/// Times are ns of run time. Used on the thread of whichever loop lets the network advance.
class SimulatedClients final : public SocketOwner
{
public:
    /// `plan` and `recorder` have to live longer. Moments are told to the recorder counted from the begin of the measured part.
    SimulatedClients(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder);

    /// Told of every request when it is sent (again) and when it is over.
    std::function<void(const LoadRecord &record, quint64 now)> onSent;
    std::function<void(const LoadRecord &record, quint64 now)> onEnded;
    /// The plan is through: all of its requests are over.
    std::function<void(quint64 now)> onFinished;

    /// The server listens: begins. `idle`: connections beside that ask nothing.
    void begin(const Endpoint &server, int idle, quint64 now);
    bool hasBegun() const { return m_hasBegun; }
    /// Run time at which the measured part begins.
    quint64 measuredFrom() const { return m_measuredFrom; }
    void setRate(double rate, quint64 now);
    void setClients(int clients, quint64 now);

    /// The connection behind the far end of a server's socket, from 1; 0 if it is none of the clients'.
    static quint32 connectionAt(const Endpoint &remote);
    /// The request under way on a connection; 0 if there is none.
    quint64 requestOn(quint32 connection) const;
    quint32 routeOn(quint32 connection) const;
    bool isHead(quint32 connection) const;
    quint64 inFlight() const { return m_recorder.inFlight(); }
    int openConnections() const { return m_open; }

    // SocketOwner
    void expect(quint64 time) override { Q_UNUSED(time) }
    void readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time) override;
    void completed(SubjectId request, int error, quint64 time, bool isPending) override;

private:
    struct Connection
    {
        enum class State : quint8 { Closed, Connecting, Idle, Busy, Silent };
        State state = State::Closed;
        bool isReused = false; ///< has had an answer
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

    qint64 measured(quint64 now) const { return static_cast<qint64>(now) - static_cast<qint64>(m_measuredFrom); }
    Connection &at(quint32 connection) { return m_connections[connection - 1]; }

    void thinkThenAsk(int client, quint64 least, quint64 now);
    void scheduleArrival();
    void arrive(quint64 now);
    void ask(int client, quint64 now);
    void start(const Waiting &waiting, quint64 now);
    quint32 openConnection(quint64 now);
    void send(quint32 number, quint64 now);
    void sendBody(quint32 number, quint64 now);
    void read(quint32 number, quint64 now);
    void answered(quint32 number, quint64 now);
    void lost(quint32 number, LoadFailure failure, quint64 now);
    void end(quint32 number, LoadFailure failure, quint64 now);
    void closeConnection(quint32 number, bool isReset, quint64 now);
    void afterEnd(int client, bool wasRefused, quint64 now);
    void watchDeadlines();
    void checkDeadlines(quint64 now);

    const LoadPlan &m_plan;
    LoadRecorder &m_recorder;
    ArrivalSequence m_arrivals;
    RouteChoice m_routes;
    ThinkSequence m_thinking;
    std::vector<RequestText> m_texts; ///< by route
    Endpoint m_server;
    bool m_hasBegun = false;
    quint64 m_measuredFrom = 0;
    quint64 m_begun = 0;
    quint64 m_arrivalAt = 0; ///< moment of the arrival that is scheduled; older actions mean nothing
    std::vector<Connection> m_connections; ///< by number - 1
    std::vector<quint32> m_free; ///< connections that are closed
    std::vector<quint32> m_idle; ///< connected, with no request
    std::deque<Waiting> m_waiting;
    std::deque<Deadline> m_deadlines;
    bool m_watchesDeadlines = false;
    quint64 m_requests = 0; ///< made so far
    int m_clients = 0; ///< of a closed load, that go on asking
    int m_started = 0; ///< clients that ask, or have stopped
    std::vector<quint32> m_turns; ///< of thinking, by client
    std::vector<bool> m_rests; ///< by client: has stopped, since there are to be fewer
    int m_open = 0;
};

} // namespace loopscope
