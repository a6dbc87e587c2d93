// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HttpLoad.h"

#include <cerrno>
#include <cmath>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr size_t bufferBytes = 128 * 1024;
constexpr int mostConnecting = 128; ///< at once on one thread, so that the server's backlog holds them
constexpr int mostTakenAtOnce = 256; ///< waiting requests, before sockets are looked at again
constexpr qint64 retryPause = 100'000'000; ///< ns until a client whose connection was refused tries again

LoadFailure failureOf(int error)
{
    switch (error) {
    case ECONNREFUSED:
        return LoadFailure::Refused;
    case ECONNRESET:
    case EPIPE:
        return LoadFailure::Reset;
    case ETIMEDOUT:
        return LoadFailure::TimedOut;
    default:
        return LoadFailure::NoConnection;
    }
}

} // namespace

HttpLoad::HttpLoad(const LoadPlan &plan, LoadShare share, const LoadKnobs &knobs, std::function<void(LoadSample &&)> publish)
    : LoadLoop(plan, share, knobs, std::move(publish))
    , m_sockets(plan.target, share.thread, share.threads)
    , m_choice(plan.requests, plan.arrivals)
    , m_thinking(plan.arrivals)
    , m_mostSlots(static_cast<size_t>(std::max(1, (plan.mostConnections + share.threads - 1 - share.thread) / share.threads)))
    , m_timeout(std::llround(plan.timeoutSeconds * 1e9))
    , m_buffer(bufferBytes)
{
    for (const RequestRoute &route : plan.requests.routes)
        m_texts.emplace_back(route, plan.requests, plan.target.hostText());
}

// ---- when requests are made

void HttpLoad::setClients(int count)
{
    m_clients = static_cast<size_t>(count);
    if (m_slots.size() < m_clients)
        m_slots.resize(m_clients);
    for (quint32 i = 0; i < m_slots.size(); ++i) {
        Slot &slot = m_slots[i];
        if (i < m_clients && !slot.isActive) {
            slot.isActive = true;
            thinkThenNext(i, 0);
        } else if (i >= m_clients && slot.isActive && slot.state == State::Resting) {
            thinkThenNext(i, 0); // leaves; the others do after their answer
        }
    }
}

void HttpLoad::thinkThenNext(quint32 index, qint64 least)
{
    Slot &slot = m_slots[index];
    ++slot.timer;
    if (index >= m_clients) {
        slot.isActive = false;
        closeSocket(index);
        return;
    }
    const LoadShare &mine = share();
    const auto client = index * static_cast<quint32>(mine.threads) + static_cast<quint32>(mine.thread);
    const qint64 pause = std::max(least, m_thinking.pause(client, slot.turns++));
    if (pause == 0)
        nextOfClient(index);
    else
        wakeSlot(index, now() + pause);
}

void HttpLoad::nextOfClient(quint32 index)
{
    if (const quint64 number = takeNumber())
        begin(index, number, now(), static_cast<quint32>(m_choice.routeOf(number)));
}

void HttpLoad::arrive(quint64 number, qint64 intended, qint32 target)
{
    updateTime();
    recorder().arrived(intended);
    m_waiting.push_back({number, intended, static_cast<quint32>(m_choice.routeOf(number, target))});
    takeWaiting();
    if (m_waiting.size() > MostWaiting) {
        const WaitingRequest &oldest = m_waiting.front();
        recorder().ended({oldest.number, oldest.intended, oldest.intended, now(), oldest.route, 0, LoadFailure::NoConnection});
        m_waiting.pop_front();
    }
}

void HttpLoad::takeWaiting()
{
    for (int taken = 0; taken < mostTakenAtOnce && !m_waiting.empty(); ++taken) {
        if (m_free.empty()) {
            if (m_slots.size() >= m_mostSlots)
                return;
            m_free.push_back(static_cast<quint32>(m_slots.size()));
            m_slots.emplace_back();
        }
        const quint32 index = m_free.back();
        m_free.pop_back();
        const WaitingRequest next = m_waiting.front();
        m_waiting.pop_front();
        begin(index, next.number, next.intended, next.route);
    }
}

void HttpLoad::begin(quint32 index, quint64 number, qint64 intended, quint32 route)
{
    Slot &slot = m_slots[index];
    slot.number = number;
    slot.intended = intended;
    slot.sent = intended;
    slot.route = route;
    slot.bodySent = 0;
    slot.headSent = 0;
    slot.parser.begin(routeOf(slot).method == "HEAD");
    if (!plan().arrivals.isOpen())
        recorder().arrived(intended);
    link(index);
    if (slot.socket >= 0)
        sendRequest(index);
    else
        connectSlot(index);
}

void HttpLoad::due(const TimerHeap::Timer &timer)
{
    Slot &slot = m_slots[timer.slot];
    if (slot.timer != timer.generation)
        return;
    if (slot.isPausing) {
        slot.isPausing = false;
        if (slot.state == State::Sending)
            sendMore(timer.slot);
        else
            receive(timer.slot);
    } else if (slot.state == State::Resting && slot.isActive) {
        nextOfClient(timer.slot);
    }
}

qint64 HttpLoad::lookAround()
{
    expire();
    connectQueued();
    takeWaiting();
    recorder().setWaiting(m_waiting.size() + m_toConnect.size());
    if (!m_waiting.empty() && !m_free.empty())
        return now();
    qint64 next = TimerHeap::Never;
    if (m_oldest != NoSlot)
        next = m_slots[m_oldest].intended + m_timeout;
    if (!m_waiting.empty())
        next = std::min(next, m_waiting.front().intended + m_timeout);
    return next;
}

void HttpLoad::expire()
{
    while (m_oldest != NoSlot && m_slots[m_oldest].intended + m_timeout <= now())
        fail(m_oldest, LoadFailure::TimedOut);
    while (!m_waiting.empty() && m_waiting.front().intended + m_timeout <= now()) {
        const WaitingRequest &request = m_waiting.front();
        recorder().ended({request.number, request.intended, request.intended, now(), request.route, 0, LoadFailure::TimedOut});
        m_waiting.pop_front();
    }
}

void HttpLoad::link(quint32 index)
{
    Slot &slot = m_slots[index];
    slot.earlier = m_newest;
    slot.later = NoSlot;
    (m_newest == NoSlot ? m_oldest : m_slots[m_newest].later) = index;
    m_newest = index;
}

void HttpLoad::unlink(quint32 index)
{
    const Slot &slot = m_slots[index];
    (slot.earlier == NoSlot ? m_oldest : m_slots[slot.earlier].later) = slot.later;
    (slot.later == NoSlot ? m_newest : m_slots[slot.later].earlier) = slot.earlier;
}

void HttpLoad::wakeSlot(quint32 index, qint64 time) { wakeAt(time, index, ++m_slots[index].timer); }

// ---- how they go over the wire

void HttpLoad::connectSlot(quint32 index)
{
    Slot &slot = m_slots[index];
    if (m_connecting >= mostConnecting) {
        slot.state = State::Queued;
        m_toConnect.push_back(index);
        return;
    }
    slot.state = State::Connecting;
    slot.socket = m_sockets.open();
    if (slot.socket < 0) {
        fail(index, failureOf(errno));
        return;
    }
    ++m_connecting;
    if (!watch(slot.socket, index, slot.generation, EPOLLIN | EPOLLOUT | EPOLLRDHUP | EPOLLET))
        fail(index, LoadFailure::NoConnection);
}

void HttpLoad::connectQueued()
{
    while (m_connecting < mostConnecting && !m_toConnect.empty()) {
        const quint32 index = m_toConnect.front();
        m_toConnect.pop_front();
        if (m_slots[index].state == State::Queued)
            connectSlot(index);
    }
}

bool HttpLoad::connected(quint32 index)
{
    Slot &slot = m_slots[index];
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(slot.socket, SOL_SOCKET, SO_ERROR, &error, &size);
    updateTime();
    if (error != 0) {
        fail(index, failureOf(error));
        return false;
    }
    --m_connecting;
    recorder().opened();
    sendRequest(index);
    return slot.socket >= 0;
}

void HttpLoad::ready(quint32 index, quint32 generation, quint32 events)
{
    Slot &slot = m_slots[index];
    if (slot.generation != generation)
        return;
    if (slot.state == State::Connecting) {
        if ((events & (EPOLLOUT | EPOLLERR | EPOLLHUP)) == 0 || !connected(index))
            return;
    } else if (slot.state == State::Sending && (events & EPOLLOUT) != 0 && !slot.isPausing) {
        sendMore(index);
    }
    if (slot.generation != generation)
        return;
    if ((events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0)
        slot.peerEnds = true;
    const bool isReadingLater = slot.isPausing && slot.state == State::Receiving;
    if ((events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0 && !isReadingLater)
        receive(index);
}

void HttpLoad::sendRequest(quint32 index)
{
    Slot &slot = m_slots[index];
    slot.state = State::Sending;
    slot.sent = now();
    sendMore(index);
}

void HttpLoad::sendMore(quint32 index)
{
    Slot &slot = m_slots[index];
    RequestText &text = m_texts[slot.route];
    const qint64 piece = routeOf(slot).writeBytes;
    const qint64 rest = text.restBytes();
    text.setNumber(slot.number);
    while (true) {
        const bool isHead = slot.headSent < text.text().size();
        if (!isHead && slot.bodySent >= rest)
            break;
        QByteArrayView bytes = isHead ? text.text().sliced(slot.headSent) : text.rest(slot.bodySent);
        if (!isHead && piece > 0)
            bytes = bytes.first(std::min<qint64>(bytes.size(), piece - slot.bodySent % piece));
        const ssize_t sent = send(slot.socket, bytes.data(), static_cast<size_t>(bytes.size()), MSG_NOSIGNAL);
        if (sent < 0) {
            if (errno == EINTR)
                continue;
            if (errno != EAGAIN) // an answer may have come before the connection was lost
                receive(index);
            return;
        }
        recorder().sent(static_cast<size_t>(sent));
        if (isHead) {
            slot.headSent += static_cast<quint32>(sent);
            continue;
        }
        slot.bodySent += sent;
        if (piece > 0 && slot.bodySent % piece == 0 && slot.bodySent < rest) {
            slot.isPausing = true;
            wakeSlot(index, now() + std::llround(routeOf(slot).writePause * 1e9));
            return;
        }
    }
    slot.state = State::Receiving;
}

void HttpLoad::receive(quint32 index)
{
    Slot &slot = m_slots[index];
    const quint32 generation = slot.generation;
    while (slot.generation == generation) {
        const auto slow = static_cast<size_t>(slot.state == State::Resting ? 0 : routeOf(slot).readBytes);
        const size_t most = slow == 0 ? m_buffer.size() : std::min(slow, m_buffer.size());
        const ssize_t got = recv(slot.socket, m_buffer.data(), most, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0 && errno == EAGAIN)
            return;
        updateTime();
        if (got <= 0) {
            slot.peerEnds = true;
            peerEnded(index, got == 0);
            return;
        }
        recorder().received(static_cast<size_t>(got));
        takeBytes(index, m_buffer.data(), static_cast<size_t>(got));
        if (slot.generation != generation)
            return;
        if (slow > 0 && slot.state == State::Receiving && slot.parser.hasBegun()) {
            slot.isPausing = true;
            wakeSlot(index, now() + std::llround(routeOf(slot).readPause * 1e9));
            return;
        }
        if (static_cast<size_t>(got) < most && !slot.peerEnds)
            return; // all there was; more makes a new edge
    }
}

void HttpLoad::takeBytes(quint32 index, const char *data, size_t size)
{
    Slot &slot = m_slots[index];
    if (slot.state == State::Resting) { // nobody has asked
        closeSocket(index);
        return;
    }
    size_t taken = 0;
    switch (slot.parser.feed(data, size, &taken)) {
    case ResponseParser::State::Incomplete:
        return;
    case ResponseParser::State::Bad:
        fail(index, LoadFailure::BadResponse);
        return;
    case ResponseParser::State::Complete:
        if (taken < size)
            slot.peerEnds = true; // what follows answers nothing: this connection is of no more use
        answered(index);
    }
}

void HttpLoad::peerEnded(quint32 index, bool isOrderly)
{
    Slot &slot = m_slots[index];
    if (slot.state == State::Resting)
        closeSocket(index);
    else if (isOrderly && slot.parser.end() == ResponseParser::State::Complete)
        answered(index);
    else
        fail(index, LoadFailure::Reset);
}

// ---- how they end

LoadRecord HttpLoad::recordOf(const Slot &slot, LoadFailure failure) const
{
    return {slot.number, slot.intended, slot.sent, now(), slot.route, static_cast<qint16>(slot.parser.status()), failure};
}

void HttpLoad::answered(quint32 index)
{
    Slot &slot = m_slots[index];
    const RequestRoute &route = routeOf(slot);
    const int status = slot.parser.status();
    const bool isGood = status >= route.leastStatus && status <= route.mostStatus;
    recorder().ended(recordOf(slot, isGood ? LoadFailure::Count : LoadFailure::BadStatus));
    unlink(index);
    constexpr int switchingProtocols = 101;
    const bool isReusable = plan().requests.keepAlive && slot.parser.keepsAlive() && !slot.peerEnds && slot.state == State::Receiving
        && status != switchingProtocols;
    if (!isReusable)
        closeSocket(index);
    slot.state = State::Resting;
    goOn(index, false);
}

void HttpLoad::fail(quint32 index, LoadFailure failure)
{
    Slot &slot = m_slots[index];
    recorder().ended(recordOf(slot, failure));
    unlink(index);
    closeSocket(index);
    slot.state = State::Resting;
    goOn(index, failure == LoadFailure::Refused || failure == LoadFailure::NoConnection);
}

void HttpLoad::goOn(quint32 index, bool hasFailedToConnect)
{
    Slot &slot = m_slots[index];
    slot.isPausing = false;
    ++slot.timer;
    if (!plan().arrivals.isOpen()) {
        thinkThenNext(index, hasFailedToConnect ? retryPause : 0);
    } else if (!m_waiting.empty() && !hasFailedToConnect) {
        const WaitingRequest next = m_waiting.front();
        m_waiting.pop_front();
        begin(index, next.number, next.intended, next.route);
    } else {
        m_free.push_back(index); // lookAround() uses it: here, connections that fail at once would follow each other without end
    }
}

void HttpLoad::closeSocket(quint32 index)
{
    Slot &slot = m_slots[index];
    if (slot.socket < 0)
        return;
    if (slot.state == State::Connecting)
        --m_connecting;
    else
        recorder().closed();
    close(slot.socket);
    slot.socket = -1;
    slot.peerEnds = false;
    ++slot.generation;
}

void HttpLoad::closeAll()
{
    for (quint32 i = 0; i < m_slots.size(); ++i)
        closeSocket(i);
}

} // namespace loopscope
