// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/SimulatedClients.h"

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

/// Each connection has an address of its own, 127.1.n.1 with a port of Linux' ephemeral range, so that its number can be told from it.
constexpr quint32 firstPort = 32'768;
constexpr quint32 portsOfAddress = 28'000;
/// A body is handed to the simulated kernel in pieces of this size.
constexpr qint64 bodyPiece = 262'144;
/// A client whose connection was refused waits that long, in ns, at least, as those of real loads do.
constexpr quint64 retryPause = 100'000'000;

Endpoint addressOf(quint32 connection)
{
    Endpoint endpoint;
    endpoint.address = "127.1." + QByteArray::number((connection - 1) / portsOfAddress) + ".1";
    endpoint.port = static_cast<quint16>(firstPort + (connection - 1) % portsOfAddress);
    return endpoint;
}

} // namespace

quint32 SimulatedClients::connectionAt(const Endpoint &remote)
{
    const qsizetype start = remote.address.indexOf("127.1.");
    if (start < 0 || remote.port < firstPort)
        return 0;
    const QByteArray rest = remote.address.mid(start + 6);
    return static_cast<quint32>(rest.left(rest.indexOf('.')).toUInt()) * portsOfAddress + (remote.port - firstPort) + 1;
}

SimulatedClients::SimulatedClients(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder)
    : SocketOwner(std::move(network), true)
    , m_plan(plan)
    , m_recorder(recorder)
    , m_arrivals(plan.arrivals)
    , m_routes(plan.requests, plan.arrivals)
    , m_thinking(plan.arrivals)
{
}

quint64 SimulatedClients::requestOn(quint32 connection) const
{
    if (connection == 0 || connection > m_connections.size())
        return 0;
    const Connection &found = m_connections[connection - 1];
    return found.state == Connection::State::Busy ? found.request.number : 0;
}

quint32 SimulatedClients::routeOn(quint32 connection) const { return m_connections[connection - 1].request.route; }

bool SimulatedClients::isHead(quint32 connection) const
{
    return connection != 0 && connection <= m_connections.size() && m_plan.requests.routes[routeOn(connection)].method == "HEAD";
}

// --------------------------------------------------------------------------------------------------------------- arrivals

void SimulatedClients::begin(const Endpoint &server, int idle, quint64 now)
{
    m_hasBegun = true;
    m_server = server;
    if (m_server.address == "0.0.0.0" || m_server.address == "::" || m_server.address.isEmpty())
        m_server.address = "127.0.0.1";
    m_begun = now;
    m_measuredFrom = now + static_cast<quint64>(std::llround(m_plan.warmupSeconds * 1e9));
    const QByteArray host = "127.0.0.1:" + QByteArray::number(m_server.port);
    for (const RequestRoute &route : m_plan.requests.routes)
        m_texts.emplace_back(route, m_plan.requests, host);
    for (int index = 0; index < idle; ++index)
        at(openConnection(now)).client = -2;
    if (m_plan.arrivals.isOpen())
        scheduleArrival();
    else
        setClients(m_plan.arrivals.clients, now);
}

void SimulatedClients::setRate(double rate, quint64 now)
{
    if (!m_plan.arrivals.isOpen() || !m_hasBegun)
        return;
    m_arrivals.setRate(rate, static_cast<qint64>(now - m_begun));
    scheduleArrival();
}

void SimulatedClients::setClients(int clients, quint64 now)
{
    if (m_plan.arrivals.isOpen() || !m_hasBegun)
        return;
    m_clients = clients;
    for (int client = 0; client < std::min(m_started, clients); ++client) {
        if (m_rests[static_cast<std::size_t>(client)]) {
            m_rests[static_cast<std::size_t>(client)] = false;
            schedule(now, [this, client](quint64 then) { ask(client, then); });
        }
    }
    for (; m_started < clients; ++m_started) {
        m_rests.push_back(false);
        m_turns.push_back(0);
        thinkThenAsk(m_started, 0, now);
    }
}

void SimulatedClients::thinkThenAsk(int client, quint64 least, quint64 now)
{
    const qint64 pause = m_thinking.pause(static_cast<quint32>(client), m_turns[static_cast<std::size_t>(client)]++);
    const quint64 wait = std::max(least, static_cast<quint64>(pause));
    schedule(now + wait, [this, client](quint64 then) { ask(client, then); });
}

void SimulatedClients::scheduleArrival()
{
    if (m_arrivals.time() == ArrivalSequence::Never || m_requests >= m_plan.mostRequests)
        return;
    const quint64 moment = m_begun + static_cast<quint64>(m_arrivals.time());
    m_arrivalAt = moment;
    schedule(moment, [this, moment](quint64 now) {
        if (m_arrivalAt == moment)
            arrive(now);
    });
}

void SimulatedClients::arrive(quint64 now)
{
    while (m_arrivals.time() <= static_cast<qint64>(now - m_begun) && m_requests < m_plan.mostRequests) {
        Waiting waiting;
        waiting.request.number = ++m_requests;
        waiting.request.intended = measured(m_begun + static_cast<quint64>(m_arrivals.time()));
        waiting.request.route = static_cast<quint32>(m_routes.routeOf(m_requests, m_arrivals.target()));
        m_arrivals.advance();
        start(waiting, now);
    }
    scheduleArrival();
}

void SimulatedClients::ask(int client, quint64 now)
{
    if (client >= m_clients) {
        m_rests[static_cast<std::size_t>(client)] = true;
        return;
    }
    if (m_requests >= m_plan.mostRequests)
        return;
    Waiting waiting;
    waiting.client = client;
    waiting.request.number = ++m_requests;
    waiting.request.intended = measured(now);
    waiting.request.route = static_cast<quint32>(m_routes.routeOf(m_requests));
    start(waiting, now);
}

void SimulatedClients::start(const Waiting &waiting, quint64 now)
{
    m_recorder.passTime(measured(now));
    m_recorder.arrived(waiting.request.intended);
    const bool mayOpen = m_open < m_plan.mostConnections || waiting.client >= 0;
    if (m_idle.empty() && !mayOpen) {
        m_waiting.push_back(waiting);
        m_recorder.setWaiting(m_waiting.size());
        return;
    }
    const bool isIdle = !m_idle.empty();
    const quint32 number = isIdle ? m_idle.back() : openConnection(now);
    if (isIdle)
        m_idle.pop_back();
    Connection &connection = at(number);
    connection.request = waiting.request;
    connection.request.sent = measured(now);
    connection.client = waiting.client;
    m_deadlines.push_back({now + static_cast<quint64>(m_plan.timeoutSeconds * 1e9), waiting.request.number, number});
    watchDeadlines();
    if (isIdle)
        send(number, now);
}

// ------------------------------------------------------------------------------------------------------------ connections

quint32 SimulatedClients::openConnection(quint64 now)
{
    quint32 number = 0;
    for (;;) {
        if (m_free.empty()) {
            m_connections.emplace_back();
            m_free.push_back(static_cast<quint32>(m_connections.size()));
        }
        number = m_free.back();
        m_free.pop_back();
        Connection &connection = at(number);
        connection = {};
        connection.socket = network().open(this, number, HandleKind::Tcp);
        SimulatedSocket &socket = *network().find(connection.socket);
        network().bind(socket, addressOf(number), 0);
        if (socket.isBound)
            break;
        network().close(socket, this, false, now); // a server listens at this port
    }
    at(number).state = Connection::State::Connecting;
    ++m_open;
    m_recorder.opened();
    network().connect(*network().find(at(number).socket), number, m_server, now);
    return number;
}

void SimulatedClients::completed(SubjectId request, int error, quint64 time, bool isPending)
{
    Q_UNUSED(isPending)
    const quint32 number = request;
    Connection &connection = at(number);
    if (connection.state == Connection::State::Connecting) {
        // What follows may call the server's side; not from within its own doings.
        schedule(time, [this, number, error, socket = connection.socket](quint64 now) {
            Connection &found = at(number);
            if (found.socket != socket || found.state != Connection::State::Connecting)
                return;
            if (error != 0)
                return lost(number, LoadFailure::Refused, now);
            network().setReading(*network().find(found.socket), true, now);
            if (found.client == -2)
                found.state = Connection::State::Silent;
            else
                send(number, now);
        });
    } else if (connection.state == Connection::State::Busy && error == 0) {
        schedule(time, [this, number, socket = connection.socket](quint64 now) {
            if (at(number).socket == socket)
                sendBody(number, now);
        });
    }
}

void SimulatedClients::closeConnection(quint32 number, bool isReset, quint64 now)
{
    Connection &connection = at(number);
    if (connection.state == Connection::State::Idle)
        std::erase(m_idle, number);
    connection.state = Connection::State::Closed;
    if (SimulatedSocket *socket = network().find(std::exchange(connection.socket, 0)))
        network().close(*socket, this, isReset, now);
    m_free.push_back(number);
    --m_open;
    m_recorder.closed();
}

// --------------------------------------------------------------------------------------------------------------- requests

void SimulatedClients::send(quint32 number, quint64 now)
{
    Connection &connection = at(number);
    connection.state = Connection::State::Busy;
    connection.request.sent = measured(now);
    RequestText &text = m_texts[connection.request.route];
    text.setNumber(connection.request.number);
    connection.parser.begin(isHead(number));
    connection.bodySent = 0;
    if (onSent)
        onSent(connection.request, now);
    const QByteArrayView bytes = text.text();
    m_recorder.sent(static_cast<size_t>(bytes.size()));
    const WriteOutcome outcome = network().write(*network().find(connection.socket), number, bytes.toByteArray(), now);
    if (outcome.error == 0 && outcome.isDone)
        sendBody(number, now);
    // Of an error the end or the reset tells that comes.
}

void SimulatedClients::sendBody(quint32 number, quint64 now)
{
    Connection &connection = at(number);
    const RequestText &text = m_texts[connection.request.route];
    while (connection.state == Connection::State::Busy && connection.bodySent < text.restBytes()) {
        const QByteArrayView piece = text.rest(connection.bodySent);
        const QByteArrayView bytes = piece.first(std::min<qsizetype>(piece.size(), bodyPiece));
        connection.bodySent += bytes.size();
        m_recorder.sent(static_cast<size_t>(bytes.size()));
        const WriteOutcome outcome = network().write(*network().find(connection.socket), number, bytes.toByteArray(), now);
        if (outcome.error != 0 || !outcome.isDone)
            return;
    }
}

void SimulatedClients::readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time)
{
    Q_UNUSED(kind)
    Q_UNUSED(value)
    const quint32 number = handle;
    schedule(time, [this, number, socket = at(number).socket](quint64 now) {
        if (at(number).socket == socket)
            read(number, now);
    });
}

void SimulatedClients::read(quint32 number, quint64 now)
{
    EventTurn turn = EventTurn::ToldWithMore;
    while (turn == EventTurn::ToldWithMore) {
        Connection &connection = at(number);
        SimulatedSocket *socket = network().find(connection.socket);
        if (!socket)
            return;
        HandleEvent event;
        turn = network().read(*socket, &event, now);
        if (turn == EventTurn::Void)
            return;
        if (event.kind != HandleEvent::Kind::Data) {
            const bool isWhole = event.kind == HandleEvent::Kind::End && connection.state == Connection::State::Busy
                && connection.parser.end() == ResponseParser::State::Complete;
            if (isWhole)
                answered(number, now);
            else
                lost(number, LoadFailure::Reset, now);
            return;
        }
        m_recorder.received(static_cast<size_t>(event.data.size()));
        if (connection.state != Connection::State::Busy)
            continue;
        size_t taken = 0;
        const ResponseParser::State state = connection.parser.feed(event.data.constData(), static_cast<size_t>(event.data.size()), &taken);
        if (state == ResponseParser::State::Bad)
            return lost(number, LoadFailure::BadResponse, now);
        if (state == ResponseParser::State::Complete)
            answered(number, now);
    }
}

void SimulatedClients::answered(quint32 number, quint64 now)
{
    Connection &connection = at(number);
    const RequestRoute &route = m_plan.requests.routes[connection.request.route];
    connection.request.status = static_cast<qint16>(connection.parser.status());
    const bool isGood = connection.request.status >= route.leastStatus && connection.request.status <= route.mostStatus;
    const bool goesOn = m_plan.requests.keepAlive && connection.parser.keepsAlive();
    const int client = connection.client;
    end(number, isGood ? LoadFailure::Count : LoadFailure::BadStatus, now);
    if (goesOn) {
        connection.state = Connection::State::Idle;
        connection.isReused = true;
        m_idle.push_back(number);
    } else {
        closeConnection(number, false, now);
    }
    afterEnd(client, false, now);
}

/// The connection is gone, and the request on it with it.
void SimulatedClients::lost(quint32 number, LoadFailure failure, quint64 now)
{
    Connection &connection = at(number);
    const bool hasRequest =
        connection.state == Connection::State::Busy || (connection.state == Connection::State::Connecting && connection.client != -2);
    // A server may end a connection that it kept long enough at the very moment at which the next request comes: that is asked again on
    // another connection, as browsers and Node's agent do.
    const bool isAskedAgain = hasRequest && failure == LoadFailure::Reset && connection.isReused && !connection.parser.hasBegun();
    const Waiting again{connection.request, connection.client};
    if (hasRequest && !isAskedAgain)
        end(number, failure, now);
    closeConnection(number, failure != LoadFailure::Reset, now);
    if (isAskedAgain) {
        const quint32 fresh = openConnection(now);
        at(fresh).request = again.request;
        at(fresh).client = again.client;
        m_deadlines.push_back({now + static_cast<quint64>(m_plan.timeoutSeconds * 1e9), again.request.number, fresh});
    } else if (hasRequest) {
        afterEnd(again.client, failure == LoadFailure::Refused, now);
    }
}

void SimulatedClients::end(quint32 number, LoadFailure failure, quint64 now)
{
    LoadRecord &record = at(number).request;
    record.ended = measured(now);
    record.failure = failure;
    m_recorder.passTime(record.ended);
    m_recorder.ended(record);
    if (onEnded)
        onEnded(record, now);
}

void SimulatedClients::afterEnd(int client, bool wasRefused, quint64 now)
{
    if (!m_waiting.empty()) {
        const Waiting waiting = m_waiting.front();
        if (!m_idle.empty() || m_open < m_plan.mostConnections) {
            m_waiting.pop_front();
            m_recorder.setWaiting(m_waiting.size());
            const bool isIdle = !m_idle.empty();
            const quint32 number = isIdle ? m_idle.back() : openConnection(now);
            if (isIdle)
                m_idle.pop_back();
            at(number).request = waiting.request;
            at(number).client = waiting.client;
            m_deadlines.push_back({now + static_cast<quint64>(m_plan.timeoutSeconds * 1e9), waiting.request.number, number});
            watchDeadlines();
            if (isIdle)
                send(number, now);
        }
    }
    if (m_requests >= m_plan.mostRequests && m_recorder.inFlight() == 0) {
        if (onFinished)
            onFinished(now);
        return;
    }
    if (client >= 0)
        thinkThenAsk(client, wasRefused ? retryPause : 0, now);
}

// --------------------------------------------------------------------------------------------------------------- timeouts

void SimulatedClients::watchDeadlines()
{
    if (m_watchesDeadlines || m_deadlines.empty())
        return;
    m_watchesDeadlines = true;
    schedule(m_deadlines.front().moment, [this](quint64 now) {
        m_watchesDeadlines = false;
        checkDeadlines(now);
        watchDeadlines();
    });
}

void SimulatedClients::checkDeadlines(quint64 now)
{
    const auto isOver = [this](const Deadline &deadline) {
        const Connection &connection = at(deadline.connection);
        const bool isUnderWay = connection.state == Connection::State::Busy || connection.state == Connection::State::Connecting;
        return !isUnderWay || connection.request.number != deadline.request;
    };
    while (!m_deadlines.empty() && (m_deadlines.front().moment <= now || isOver(m_deadlines.front()))) {
        const Deadline deadline = m_deadlines.front();
        m_deadlines.pop_front();
        if (isOver(deadline))
            continue;
        const bool wasTaken = at(deadline.connection).state == Connection::State::Busy;
        lost(deadline.connection, wasTaken ? LoadFailure::TimedOut : LoadFailure::Refused, now);
    }
}

} // namespace loopscope
