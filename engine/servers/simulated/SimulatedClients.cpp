// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/SimulatedClients.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

namespace {

/// A body is handed to the simulated kernel in pieces of this size.
constexpr qint64 bodyPiece = 262'144;
/// A client whose connection was refused waits that long, in ns, at least, as those of real loads do.
constexpr quint64 retryPause = 100'000'000;

} // namespace

quint64 SimulatedClients::requestOn(quint32 connection) const
{
    if (connection == 0 || connection > m_connections.size())
        return 0;
    const Connection &found = m_connections[connection - 1];
    return found.state == Connection::State::Busy ? found.request.number : 0;
}

bool SimulatedClients::isHead(quint32 connection) const
{
    return connection != 0 && connection <= m_connections.size()
        && plan().requests.routes[m_connections[connection - 1].request.route].method == "HEAD";
}

// --------------------------------------------------------------------------------------------------------------- arrivals

void SimulatedClients::start(quint64 now)
{
    for (const RequestRoute &route : plan().requests.routes)
        m_texts.emplace_back(route, plan().requests, host());
    if (!plan().arrivals.isOpen())
        setClients(plan().arrivals.clients, now);
}

void SimulatedClients::setClients(int clients, quint64 now)
{
    if (plan().arrivals.isOpen() || !hasBegun())
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
        m_connectionOf.push_back(0);
        m_turns.push_back(0);
        thinkThenAsk(m_started, 0, now);
    }
}

void SimulatedClients::thinkThenAsk(int client, quint64 least, quint64 now)
{
    const quint64 wait = std::max(least, pause(client, m_turns[static_cast<std::size_t>(client)]++));
    schedule(now + wait, [this, client](quint64 then) { ask(client, then); });
}

void SimulatedClients::arrive(const LoadRecord &record, quint64 now) { make({record, -1}, now); }

void SimulatedClients::ask(int client, quint64 now)
{
    if (client >= m_clients) {
        m_rests[static_cast<std::size_t>(client)] = true;
        if (const quint32 number = m_connectionOf[static_cast<std::size_t>(client)]; number != 0)
            closeConnection(number, false, now);
        return;
    }
    if (!mayAsk())
        return;
    Waiting waiting;
    waiting.client = client;
    waiting.request.number = nextNumber();
    waiting.request.intended = measured(now);
    waiting.request.route = static_cast<quint32>(routes().routeOf(waiting.request.number));
    make(waiting, now);
}

void SimulatedClients::make(const Waiting &waiting, quint64 now)
{
    recorder().passTime(measured(now));
    recorder().arrived(waiting.request.intended);
    if (hasRoom() || waiting.client >= 0)
        return give(waiting, now);
    m_waiting.push_back(waiting);
    recorder().setWaiting(m_waiting.size());
}

/// An open connection on which nothing is asked: a client of a closed load has its own, requests of an open one take any. 0: there is none.
quint32 SimulatedClients::takeIdle(int client)
{
    if (client >= 0)
        return std::exchange(m_connectionOf[static_cast<std::size_t>(client)], 0);
    if (m_idle.empty())
        return 0;
    const quint32 number = m_idle.back();
    m_idle.pop_back();
    return number;
}

/// A connection for the request.
void SimulatedClients::give(const Waiting &waiting, quint64 now)
{
    const quint32 idle = takeIdle(waiting.client);
    const bool isIdle = idle != 0;
    const quint32 number = isIdle ? idle : openConnection(now);
    Connection &connection = at(number);
    connection.request = waiting.request;
    connection.request.sent = measured(now);
    connection.client = waiting.client;
    m_deadlines.push_back({now + timeout(), waiting.request.number, number});
    watchDeadlines();
    if (isIdle)
        send(number, now);
}

// ------------------------------------------------------------------------------------------------------------ connections

quint32 SimulatedClients::openConnection(quint64 now)
{
    for (;;) {
        if (m_free.empty()) {
            m_connections.emplace_back();
            m_free.push_back(static_cast<quint32>(m_connections.size()));
        }
        const quint32 number = m_free.back();
        m_free.pop_back();
        at(number) = {};
        at(number).state = Connection::State::Connecting;
        at(number).socket = connectSocket(number, now);
        if (at(number).socket == 0)
            continue; // a server listens at this port; nobody takes it again
        recorder().opened();
        return number;
    }
}

void SimulatedClients::connected(quint32 number, int error, quint64 now)
{
    if (error != 0)
        return lost(number, LoadFailure::Refused, now);
    network().setReading(*network().find(at(number).socket), true, now);
    send(number, now);
}

void SimulatedClients::written(quint32 number, quint64 now)
{
    if (at(number).state == Connection::State::Busy)
        sendBody(number, now);
}

void SimulatedClients::closeConnection(quint32 number, bool isReset, quint64 now)
{
    Connection &connection = at(number);
    if (connection.state == Connection::State::Idle && connection.client >= 0)
        m_connectionOf[static_cast<std::size_t>(connection.client)] = 0;
    else if (connection.state == Connection::State::Idle)
        std::erase(m_idle, number);
    connection.state = Connection::State::Closed;
    closeSocket(std::exchange(connection.socket, 0), isReset, now);
    m_free.push_back(number);
    recorder().closed();
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
    tellSent(connection.request, now);
    const QByteArrayView bytes = text.text();
    recorder().sent(static_cast<size_t>(bytes.size()));
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
        recorder().sent(static_cast<size_t>(bytes.size()));
        const WriteOutcome outcome = network().write(*network().find(connection.socket), number, bytes.toByteArray(), now);
        if (outcome.error != 0 || !outcome.isDone)
            return;
    }
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
        recorder().received(static_cast<size_t>(event.data.size()));
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
    const RequestRoute &route = plan().requests.routes[connection.request.route];
    connection.request.status = static_cast<qint16>(connection.parser.status());
    const bool isGood = connection.request.status >= route.leastStatus && connection.request.status <= route.mostStatus;
    const bool goesOn = plan().requests.keepAlive && connection.parser.keepsAlive();
    const int client = connection.client;
    end(number, isGood ? LoadFailure::Count : LoadFailure::BadStatus, now);
    if (goesOn) {
        connection.state = Connection::State::Idle;
        if (client >= 0)
            m_connectionOf[static_cast<std::size_t>(client)] = number;
        else
            m_idle.push_back(number);
    } else {
        closeConnection(number, false, now);
    }
    afterEnd(client, false, now);
}

/// The connection is gone, and the request on it with it: nobody asks it again, as the real load and Node's agent do not either.
void SimulatedClients::lost(quint32 number, LoadFailure failure, quint64 now)
{
    const Connection &connection = at(number);
    const bool hasRequest = connection.state == Connection::State::Busy || connection.state == Connection::State::Connecting;
    const int client = connection.client;
    if (hasRequest)
        end(number, failure, now);
    closeConnection(number, failure != LoadFailure::Reset, now);
    if (hasRequest)
        afterEnd(client, failure == LoadFailure::Refused, now);
}

void SimulatedClients::end(quint32 number, LoadFailure failure, quint64 now)
{
    LoadRecord &record = at(number).request;
    record.ended = measured(now);
    record.failure = failure;
    recorder().passTime(record.ended);
    recorder().ended(record);
    tellEnded(record, now);
}

void SimulatedClients::afterEnd(int client, bool wasRefused, quint64 now)
{
    if (!m_waiting.empty() && hasRoom()) {
        const Waiting waiting = m_waiting.front();
        m_waiting.pop_front();
        recorder().setWaiting(m_waiting.size());
        give(waiting, now);
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
        lost(deadline.connection, LoadFailure::TimedOut, now);
    }
}

} // namespace loopscope
