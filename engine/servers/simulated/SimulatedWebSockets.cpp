// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/SimulatedWebSockets.h"

#include "servers/load/WebSocketLoad.h"

#include <algorithm>

namespace loopscope {

namespace {
constexpr quint64 retryPause = 100'000'000; ///< ns until a client whose connection was refused or lost tries again, as in real loads
constexpr quint64 connectPause = 20'000; ///< ns between the clients' coming, so that the server's backlog holds them
constexpr int switchingProtocols = 101;
} // namespace

quint64 SimulatedWebSockets::requestOn(quint32 connection) const
{
    if (connection == 0 || connection > m_clients.size())
        return 0;
    const Client &client = m_clients[connection - 1];
    return client.state == State::Open && client.sent != 0 ? client.sent : firstGreeting + connection;
}

// --------------------------------------------------------------------------------------------------------------- clients

void SimulatedWebSockets::setClients(int clients, quint64 now)
{
    if (!hasBegun())
        return;
    m_wanted = static_cast<quint32>(clients);
    const auto before = static_cast<quint32>(m_clients.size());
    m_clients.resize(std::max(before, m_wanted));
    quint64 pause = 0;
    for (quint32 connection = 1; connection <= m_clients.size(); ++connection) {
        if (connection > m_wanted)
            lose(connection, now);
        else if (at(connection).state == State::Closed)
            connectAfter(connectPause * pause++, connection, now);
    }
}

void SimulatedWebSockets::connectAfter(quint64 pause, quint32 connection, quint64 now)
{
    schedule(now + pause, [this, connection](quint64 then) {
        Client &client = at(connection);
        if (connection > m_wanted || client.state != State::Closed)
            return;
        client.state = State::Connecting;
        client.socket = connectSocket(connection, then);
    });
}

void SimulatedWebSockets::connected(quint32 connection, int error, quint64 now)
{
    if (error != 0)
        return lose(connection, now);
    Client &client = at(connection);
    recorder().opened();
    client.state = State::Greeting;
    client.parser.begin(false);
    client.frames.clear();
    network().setReading(*network().find(client.socket), true, now);
    const RequestRoute &route = plan().requests.routes[routes().routeOf(connection)];
    QByteArray text = "GET " + route.path + " HTTP/1.1\r\nHost: " + host()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: bG9vcHNjb3BlIGxvYWQhIQ==\r\nSec-WebSocket-Version: 13\r\n";
    for (const auto &[name, value] : route.headers)
        text += name + ": " + value + "\r\n";
    write(connection, text + "\r\n", now);
}

void SimulatedWebSockets::lose(quint32 connection, quint64 now)
{
    Client &client = at(connection);
    if (client.state == State::Closed)
        return;
    if (client.state != State::Connecting)
        recorder().closed();
    client.state = State::Closed;
    closeSocket(std::exchange(client.socket, 0), true, now);
    std::vector<quint64> lost; // what it had sent
    for (const auto &[number, message] : m_messages) {
        if (message.connection == connection)
            lost.push_back(number);
    }
    for (const quint64 number : lost)
        end(number, LoadFailure::Reset, now);
    if (connection > m_wanted)
        return;
    recorder().lost();
    connectAfter(retryPause, connection, now);
}

// --------------------------------------------------------------------------------------------------------------- messages

void SimulatedWebSockets::arrive(const LoadRecord &record, quint64 now)
{
    recorder().passTime(measured(now));
    recorder().arrived(record.intended);
    m_messages[record.number] = {record, 0};
    m_waiting.push_back(record.number);
    sendWaiting(now);
    watchOldest();
}

void SimulatedWebSockets::thinkThenSend(quint32 connection, quint64 now)
{
    Client &client = at(connection);
    schedule(now + pause(static_cast<int>(connection) - 1, client.turns++), [this, connection, socket = client.socket](quint64 then) {
        if (at(connection).socket != socket || at(connection).state != State::Open || !mayAsk())
            return;
        LoadRecord record;
        record.number = nextNumber();
        record.intended = measured(then);
        record.route = static_cast<quint32>(routes().routeOf(record.number));
        recorder().passTime(record.intended);
        recorder().arrived(record.intended);
        send(m_messages[record.number] = {record, 0}, connection, then);
        watchOldest();
    });
}

quint32 SimulatedWebSockets::openClientFrom(quint64 number) const
{
    for (quint64 index = 0; index < m_wanted; ++index) {
        const auto connection = static_cast<quint32>((number - 1 + index) % m_wanted) + 1;
        if (m_clients[connection - 1].state == State::Open)
            return connection;
    }
    return 0;
}

void SimulatedWebSockets::sendWaiting(quint64 now)
{
    while (!m_waiting.empty()) {
        const auto message = m_messages.find(m_waiting.front());
        const quint32 connection = openClientFrom(m_waiting.front());
        if (connection == 0 && message != m_messages.end())
            break;
        m_waiting.pop_front();
        if (message != m_messages.end())
            send(message->second, connection, now);
    }
    recorder().setWaiting(m_waiting.size());
}

void SimulatedWebSockets::send(Message &message, quint32 connection, quint64 now)
{
    message.connection = connection;
    message.record.sent = measured(now);
    at(connection).sent = message.record.number;
    tellSent(message.record, now);
    QByteArray bytes;
    const WebSocketLoad::Mark mark{message.record.number, message.record.intended, message.record.sent};
    WebSocketFrames::append(&bytes, WebSocketFrames::Text, WebSocketLoad::messageText(mark, plan().requests.routes[message.record.route]));
    write(connection, bytes, now);
}

void SimulatedWebSockets::end(quint64 number, LoadFailure failure, quint64 now)
{
    const auto found = m_messages.find(number);
    if (found == m_messages.end())
        return;
    LoadRecord record = found->second.record;
    const quint32 connection = found->second.connection;
    m_messages.erase(found);
    record.ended = measured(now);
    record.failure = failure;
    record.status = failure == LoadFailure::Count ? switchingProtocols : 0;
    recorder().passTime(record.ended);
    recorder().endedWithoutLatency(record);
    tellEnded(record, now);
    if (!plan().arrivals.isOpen() && connection != 0 && at(connection).state == State::Open)
        thinkThenSend(connection, now);
}

void SimulatedWebSockets::watchOldest()
{
    if (m_watchesOldest || m_messages.empty())
        return;
    m_watchesOldest = true;
    const auto due = static_cast<quint64>(m_messages.begin()->second.record.intended + static_cast<qint64>(measuredFrom())) + timeout();
    schedule(due, [this](quint64 now) {
        m_watchesOldest = false;
        while (!m_messages.empty() && m_messages.begin()->second.record.intended + static_cast<qint64>(timeout()) <= measured(now))
            end(m_messages.begin()->first, LoadFailure::TimedOut, now);
        watchOldest();
    });
}

// --------------------------------------------------------------------------------------------------------------- the wire

void SimulatedWebSockets::write(quint32 connection, const QByteArray &bytes, quint64 now)
{
    recorder().sent(static_cast<size_t>(bytes.size()));
    network().write(*network().find(at(connection).socket), connection, bytes, now);
}

void SimulatedWebSockets::read(quint32 connection, quint64 now)
{
    EventTurn turn = EventTurn::ToldWithMore;
    while (turn == EventTurn::ToldWithMore) {
        SimulatedSocket *socket = network().find(at(connection).socket);
        HandleEvent event;
        turn = socket ? network().read(*socket, &event, now) : EventTurn::Void;
        if (turn == EventTurn::Void)
            return;
        if (event.kind == HandleEvent::Kind::Data)
            recorder().received(static_cast<size_t>(event.data.size()));
        if (event.kind != HandleEvent::Kind::Data || !takeBytes(connection, event.data, now))
            return lose(connection, now);
    }
}

/// False if the connection is of no more use.
bool SimulatedWebSockets::takeBytes(quint32 connection, QByteArrayView bytes, quint64 now)
{
    Client &client = at(connection);
    if (client.state == State::Greeting) {
        size_t taken = 0;
        const ResponseParser::State state = client.parser.feed(bytes.data(), static_cast<size_t>(bytes.size()), &taken);
        if (state == ResponseParser::State::Incomplete)
            return true;
        if (state == ResponseParser::State::Bad || client.parser.status() != switchingProtocols)
            return false;
        bytes = bytes.sliced(static_cast<qsizetype>(taken));
        client.state = State::Open;
        if (plan().arrivals.isOpen())
            sendWaiting(now);
        else
            thinkThenSend(connection, now);
    }
    const SocketNumber socket = client.socket;
    client.frames.feed(bytes);
    for (WebSocketFrames::Frame frame; client.frames.next(&frame);) {
        if (frame.opcode == WebSocketFrames::Close)
            return false;
        hear(connection, frame, now);
        if (client.socket != socket)
            return true; // lost meanwhile
    }
    return !client.frames.isBad();
}

void SimulatedWebSockets::hear(quint32 connection, const WebSocketFrames::Frame &frame, quint64 now)
{
    if (frame.opcode == WebSocketFrames::Ping) {
        QByteArray bytes;
        WebSocketFrames::append(&bytes, WebSocketFrames::Pong, frame.payload);
        return write(connection, bytes, now);
    }
    if (frame.opcode > WebSocketFrames::Binary)
        return;
    recorder().passTime(measured(now));
    const auto mark = WebSocketLoad::findMark(frame.payload);
    if (!mark) {
        if (frame.isLast)
            recorder().heard(); // the server's own
        return;
    }
    recorder().delivered(mark->intended, mark->sent);
    end(mark->number, LoadFailure::Count, now);
}

} // namespace loopscope
