// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "WebSocketLoad.h"

#include <cerrno>
#include <charconv>
#include <cmath>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr size_t bufferBytes = 128 * 1024;
constexpr int mostConnecting = 128; ///< so that the server's backlog holds them
constexpr qint64 retryPause = 100'000'000; ///< ns until a client whose connection was refused or lost tries again
constexpr qsizetype mostUnsent = 16 * 1024 * 1024; ///< bytes that a server does not read
constexpr quint32 nobody = ~0U;
constexpr int switchingProtocols = 101;

const QByteArray markStart = QByteArrayLiteral("loopscope:");

} // namespace

QByteArray WebSocketLoad::messageText(const Mark &mark, const RequestRoute &route)
{
    QByteArray text =
        markStart + QByteArray::number(mark.number) + ':' + QByteArray::number(mark.intended) + ':' + QByteArray::number(mark.sent) + ';';
    text += route.body;
    if (route.body.isEmpty() && text.size() < route.bodyBytes)
        text.append(static_cast<qsizetype>(route.bodyBytes) - text.size(), '.');
    return text;
}

std::optional<WebSocketLoad::Mark> WebSocketLoad::findMark(QByteArrayView message)
{
    const qsizetype place = message.indexOf(markStart);
    if (place < 0)
        return std::nullopt;
    const char *at = message.data() + place + markStart.size();
    const char *end = message.data() + message.size();
    const auto take = [&](auto *number, char behind) {
        const auto [stop, error] = std::from_chars(at, end, *number);
        at = stop + 1;
        return error == std::errc() && stop != end && *stop == behind;
    };
    Mark mark;
    const bool isMark = take(&mark.number, ':') && take(&mark.intended, ':') && take(&mark.sent, ';');
    return isMark ? std::optional(mark) : std::nullopt;
}

WebSocketLoad::WebSocketLoad(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish)
    : LoadLoop(plan, share, knobs, std::move(publish))
    , m_sockets(plan.target, share.thread, share.threads)
    , m_choice(plan.requests, plan.arrivals)
    , m_thinking(plan.arrivals)
    , m_timeout(std::llround(plan.timeoutSeconds * 1e9))
    , m_buffer(bufferBytes)
{
}

// ---- clients come and go

void WebSocketLoad::setClients(int count)
{
    m_clients = static_cast<size_t>(count);
    const size_t before = m_list.size();
    m_list.resize(std::max(before, m_clients));
    for (quint32 i = 0; i < m_list.size(); ++i) {
        if (i >= m_clients && m_list[i].state != State::Closed)
            lose(i);
        else if (i < m_clients && m_list[i].state == State::Closed)
            m_toConnect.push_back(i);
    }
}

void WebSocketLoad::connectClient(quint32 index)
{
    Client &client = m_list[index];
    if (index >= m_clients || client.state != State::Closed)
        return;
    client.socket = m_sockets.open();
    if (client.socket < 0) {
        recorder().lost();
        wakeAt(now() + retryPause, index, ++client.timer);
        return;
    }
    client.state = State::Connecting;
    ++m_connecting;
    if (!watch(client.socket, index, client.generation, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET))
        lose(index);
}

void WebSocketLoad::greet(quint32 index)
{
    Client &client = m_list[index];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(client.socket, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0) {
        lose(index);
        return;
    }
    --m_connecting;
    recorder().opened();
    client.state = State::Greeting;
    client.parser.begin(false);
    client.frames.clear();
    const RequestRoute &route = plan().requests.routes[m_choice.routeOf(index + 1)];
    client.unsent = "GET " + route.path + " HTTP/1.1\r\nHost: " + plan().target.hostText()
        + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: bG9vcHNjb3BlIGxvYWQhIQ==\r\nSec-WebSocket-Version: 13\r\n";
    for (const auto &[name, value] : route.headers)
        client.unsent += name + ": " + value + "\r\n";
    client.unsent += "\r\n";
    flush(index);
}

void WebSocketLoad::opened(quint32 index)
{
    m_list[index].state = State::Open;
    if (plan().arrivals.isOpen())
        sendWaiting();
    else
        thinkThenSend(index);
}

void WebSocketLoad::lose(quint32 index)
{
    Client &client = m_list[index];
    if (client.state == State::Closed)
        return;
    if (client.state == State::Connecting)
        --m_connecting;
    else
        recorder().closed();
    close(client.socket);
    client.socket = -1;
    client.state = State::Closed;
    client.unsent.clear();
    ++client.generation;
    ++client.timer;
    for (size_t i = 0; i < m_messages.size(); ++i) { // what it had sent
        if (!m_messages[i].isOver && m_messages[i].sent >= 0 && m_messages[i].client == index)
            end(m_firstNumber + i, LoadFailure::Reset, 0);
    }
    if (index < m_clients) {
        recorder().lost();
        wakeAt(now() + retryPause, index, ++client.timer);
    }
}

void WebSocketLoad::closeAll()
{
    for (const Client &client : m_list) {
        if (client.socket >= 0)
            close(client.socket);
    }
}

// ---- messages

void WebSocketLoad::thinkThenSend(quint32 index)
{
    Client &client = m_list[index];
    const qint64 pause = m_thinking.pause(index, client.turns++);
    wakeAt(now() + pause, index, ++client.timer);
}

void WebSocketLoad::due(const TimerHeap::Timer &timer)
{
    Client &client = m_list[timer.slot];
    if (client.timer != timer.generation)
        return;
    if (client.state == State::Closed) {
        m_toConnect.push_back(timer.slot);
    } else if (client.state == State::Open && !plan().arrivals.isOpen()) {
        if (const quint64 number = takeNumber()) {
            m_messages.push_back({now(), -1, timer.slot, static_cast<quint32>(m_choice.routeOf(number)), false});
            recorder().arrived(now());
            send(number, timer.slot);
        }
    }
}

void WebSocketLoad::arrive(quint64 number, qint64 intended, qint32 target)
{
    updateTime();
    recorder().arrived(intended);
    m_messages.push_back({intended, -1, 0, static_cast<quint32>(m_choice.routeOf(number, target)), false});
    m_waiting.push_back(number);
    sendWaiting();
}

void WebSocketLoad::sendWaiting()
{
    while (!m_waiting.empty()) {
        const quint64 number = m_waiting.front();
        const quint32 index = openClientFrom(number);
        if (index == nobody)
            return;
        m_waiting.pop_front();
        send(number, index);
    }
}

quint32 WebSocketLoad::openClientFrom(quint64 number) const
{
    for (size_t i = 0; i < m_clients; ++i) {
        const auto index = static_cast<quint32>((number - 1 + i) % m_clients);
        if (m_list[index].state == State::Open)
            return index;
    }
    return nobody;
}

void WebSocketLoad::send(quint64 number, quint32 index)
{
    Message *message = messageOf(number);
    if (!message || message->isOver)
        return;
    Client &client = m_list[index];
    message->client = index;
    message->sent = now();
    client.number = number;
    const QByteArray text = messageText({number, message->intended, message->sent}, plan().requests.routes[message->route]);
    WebSocketFrames::append(&client.unsent, WebSocketFrames::Text, text);
    flush(index);
}

WebSocketLoad::Message *WebSocketLoad::messageOf(quint64 number)
{
    const bool isKnown = number >= m_firstNumber && number - m_firstNumber < m_messages.size();
    return isKnown ? &m_messages[number - m_firstNumber] : nullptr;
}

void WebSocketLoad::end(quint64 number, LoadFailure failure, int status)
{
    Message *message = messageOf(number);
    if (!message || message->isOver)
        return;
    message->isOver = true;
    const qint64 sent = message->sent >= 0 ? message->sent : message->intended;
    recorder().endedWithoutLatency({number, message->intended, sent, now(), message->route, static_cast<qint16>(status), failure});
    const quint32 index = message->client;
    while (!m_messages.empty() && m_messages.front().isOver) {
        m_messages.pop_front();
        ++m_firstNumber;
    }
    if (!plan().arrivals.isOpen() && m_list[index].state == State::Open && m_list[index].number == number)
        thinkThenSend(index);
}

qint64 WebSocketLoad::lookAround()
{
    while (m_connecting < mostConnecting && !m_toConnect.empty()) {
        const quint32 index = m_toConnect.front();
        m_toConnect.pop_front();
        connectClient(index);
    }
    recorder().setWaiting(m_waiting.size());
    // Those at the front are the oldest.
    while (!m_messages.empty() && m_messages.front().intended + m_timeout <= now()) {
        if (!m_waiting.empty() && m_waiting.front() == m_firstNumber)
            m_waiting.pop_front();
        end(m_firstNumber, LoadFailure::TimedOut, 0);
    }
    return m_messages.empty() ? TimerHeap::Never : m_messages.front().intended + m_timeout;
}

// ---- the wire

void WebSocketLoad::ready(quint32 index, quint32 generation, quint32 events)
{
    Client &client = m_list[index];
    if (client.generation != generation)
        return;
    if (client.state == State::Connecting) {
        if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) == 0)
            return;
        greet(index);
    } else if ((events & EPOLLOUT) != 0 && !client.unsent.isEmpty()) {
        flush(index);
    }
    if (client.generation == generation && (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        receive(index);
}

void WebSocketLoad::flush(quint32 index)
{
    Client &client = m_list[index];
    qsizetype at = 0;
    while (at < client.unsent.size()) {
        const ssize_t sent =
            ::send(client.socket, client.unsent.constData() + at, static_cast<size_t>(client.unsent.size() - at), MSG_NOSIGNAL);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent < 0)
            break; // EAGAIN goes on with EPOLLOUT; what is worse shows when it is read
        at += sent;
        recorder().sent(static_cast<size_t>(sent));
    }
    client.unsent.remove(0, at);
    if (client.unsent.size() > mostUnsent)
        lose(index);
}

void WebSocketLoad::receive(quint32 index)
{
    Client &client = m_list[index];
    const quint32 generation = client.generation;
    while (client.generation == generation) {
        const ssize_t got = recv(client.socket, m_buffer.data(), m_buffer.size(), 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        updateTime();
        if (got > 0)
            recorder().received(static_cast<size_t>(got));
        if (got <= 0 || !takeBytes(index, QByteArrayView(m_buffer.data(), got)))
            lose(index);
    }
}

/// False if the connection is of no more use.
bool WebSocketLoad::takeBytes(quint32 index, QByteArrayView bytes)
{
    Client &client = m_list[index];
    if (client.state == State::Greeting) {
        size_t taken = 0;
        const ResponseParser::State state = client.parser.feed(bytes.data(), static_cast<size_t>(bytes.size()), &taken);
        if (state == ResponseParser::State::Incomplete)
            return true;
        if (state == ResponseParser::State::Bad || client.parser.status() != switchingProtocols)
            return false;
        bytes = bytes.sliced(static_cast<qsizetype>(taken));
        opened(index);
    }
    const quint32 generation = client.generation;
    client.frames.feed(bytes);
    for (WebSocketFrames::Frame frame; client.frames.next(&frame);) {
        if (frame.opcode == WebSocketFrames::Close)
            return false;
        hear(index, frame);
        if (client.generation != generation)
            return true; // lost meanwhile
    }
    return !client.frames.isBad();
}

void WebSocketLoad::hear(quint32 index, const WebSocketFrames::Frame &frame)
{
    if (frame.opcode == WebSocketFrames::Ping) {
        WebSocketFrames::append(&m_list[index].unsent, WebSocketFrames::Pong, frame.payload);
        flush(index);
        return;
    }
    if (frame.opcode > WebSocketFrames::Binary)
        return;
    const std::optional<Mark> mark = findMark(frame.payload);
    if (!mark) {
        if (frame.isLast)
            recorder().heard(); // the server's own
        return;
    }
    recorder().delivered(mark->intended, mark->sent);
    end(mark->number, LoadFailure::Count, switchingProtocols);
}

} // namespace loopscope
