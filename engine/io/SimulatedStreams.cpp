// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The streams of SimulatedNetwork: TCP and Unix domain sockets.

#include "io/SimulatedNetwork.h"

#include <algorithm>
#include <cerrno>

namespace loopscope {

namespace {

constexpr quint64 second = 1'000'000'000;
/// What libuv reads at once.
constexpr qsizetype readSize = 65'536;
/// A TCP segment on Ethernet: 1500 bytes less the headers and the timestamp option.
constexpr qint64 segmentSize = 1'448;
/// RFC 6298: the first retransmission of a connection request follows after a second, each later one after twice the time; Linux gives up
/// after six (net.ipv4.tcp_syn_retries).
constexpr int mostConnectAttempts = 6;
/// Linux' least retransmission timeout (TCP_RTO_MIN).
constexpr quint64 leastRetransmission = second / 5;
/// Nobody answers for an address of the own network: the neighbour table's three requests, a second apart.
constexpr quint64 neighbourTimeout = 3 * second;
/// All connection requests went unanswered: 1 + 2 + 4 + 8 + 16 + 32 + 64 s.
constexpr quint64 connectTimeout = 127 * second;
/// net.core.somaxconn
constexpr int mostBacklog = 4'096;

bool isPrivate(const QByteArray &address)
{
    if (address.startsWith("10.") || address.startsWith("192.168.") || address.startsWith("fd") || address.startsWith("fe80:"))
        return true;
    if (!address.startsWith("172."))
        return false;
    const int part = address.mid(4, address.indexOf('.', 4) - 4).toInt();
    return part >= 16 && part <= 31;
}

QByteArray concrete(const QByteArray &address)
{
    if (address == "0.0.0.0")
        return "127.0.0.1";
    return address == "::" ? QByteArray("::1") : address;
}

/// An IPv4 address as an IPv6 socket shows it.
QByteArray mapped(const QByteArray &address) { return address.contains(':') ? address : "::ffff:" + address; }

} // namespace

int SimulatedNetwork::listen(SimulatedSocket &socket, int backlog, quint64 now)
{
    Q_UNUSED(now)
    if (socket.delayedError != 0)
        return std::exchange(socket.delayedError, 0);
    if (!socket.isBound && socket.kind != HandleKind::Pipe) {
        Endpoint any;
        any.address = "0.0.0.0";
        if (const int error = bind(socket, any, 0); error < 0)
            return error;
    }
    if (!socket.isBound)
        return -EINVAL;
    if (socket.kind == HandleKind::Tcp && conflicts(socket, socket.local))
        return -EADDRINUSE;
    socket.state = SimulatedSocket::State::Listening;
    socket.backlog = std::clamp(backlog, 0, mostBacklog);
    return 0;
}

// ---------------------------------------------------------------------------------------------------------------- connect

void SimulatedNetwork::failConnect(SimulatedSocket &socket, int error, quint64 time, bool isPending)
{
    socket.state = SimulatedSocket::State::Fresh;
    const SubjectId request = std::exchange(socket.connectRequest, 0);
    if (request == 0 || !socket.owner)
        return;
    socket.owner->completed(request, error, time, isPending);
}

int SimulatedNetwork::connect(SimulatedSocket &socket, SubjectId request, Endpoint endpoint, quint64 now)
{
    using State = SimulatedSocket::State;
    if (socket.state == State::Connecting)
        return -EALREADY;
    if (socket.state != State::Fresh)
        return socket.state == State::Connected ? -EISCONN : -EINVAL;
    socket.connectRequest = request;
    socket.state = State::Connecting;
    if (socket.delayedError != 0) {
        failConnect(socket, std::exchange(socket.delayedError, 0), now, true);
        return 0;
    }
    if (socket.kind == HandleKind::Pipe)
        return connectPipe(socket, endpoint, now);
    endpoint.address = concrete(endpoint.address);
    socket.remote = endpoint;
    const NetworkLink *link = linkTo(endpoint.address);
    const QByteArray source = sourceAddressFor(endpoint.address);
    if (!socket.isBound) {
        Endpoint local;
        local.address = source;
        socket.state = State::Fresh;
        bind(socket, local, 0);
        socket.state = State::Connecting;
    } else if (socket.local.address == "0.0.0.0" || socket.local.address == "::") {
        socket.local.address = source;
    }
    if (!link) {
        const bool isNear = isPrivate(endpoint.address);
        at(now + (isNear ? neighbourTimeout : connectTimeout), socket, [this, number = socket.number, isNear](quint64 then) {
            if (SimulatedSocket *found = find(number); found && found->state == State::Connecting)
                failConnect(*found, isNear ? -EHOSTUNREACH : -ETIMEDOUT, then, false);
        });
        return 0;
    }
    socket.link = *link;
    const quint64 roundTrip = draw(link->connect.most > 0 ? link->connect : link->roundTrip);
    if (link->isLoopback && !listenerAt(endpoint)) {
        failConnect(socket, -ECONNREFUSED, now, true); // connect(2) says so at once
        return 0;
    }
    at(now + roundTrip / 2, socket,
        [this, number = socket.number, roundTrip](quint64 then) { sendRequestToConnect(number, 0, then, roundTrip); });
    return 0;
}

void SimulatedNetwork::sendRequestToConnect(SocketNumber number, int attempt, quint64 now, quint64 roundTrip)
{
    SimulatedSocket *client = find(number);
    if (!client || client->state != SimulatedSocket::State::Connecting || client->peer != 0)
        return;
    SimulatedSocket *server = listenerAt(client->remote);
    const auto later = [this, client, number](quint64 time, int error) {
        at(time, *client, [this, number, error](quint64 then) {
            SimulatedSocket *found = find(number);
            if (!found || found->state != SimulatedSocket::State::Connecting)
                return;
            if (error != 0) {
                failConnect(*found, error, then, false);
                return;
            }
            found->state = SimulatedSocket::State::Connected;
            const SubjectId request = std::exchange(found->connectRequest, 0);
            if (found->owner)
                found->owner->completed(request, 0, then, false);
        });
    };
    if (!server) {
        later(now + roundTrip / 2, -ECONNREFUSED);
        return;
    }
    const bool isLost = client->link.lossPerMillion > 0 && (m_generator.next() >> 32U) % 1'000'000 < client->link.lossPerMillion;
    if (isLost || static_cast<int>(server->arrived.size()) > server->backlog) {
        // The request is dropped, and repeated.
        if (attempt == mostConnectAttempts)
            later(now + (second << static_cast<unsigned>(attempt)), -ETIMEDOUT);
        else
            at(now + (second << static_cast<unsigned>(attempt)), *client,
                [=, this](quint64 then) { sendRequestToConnect(number, attempt + 1, then, roundTrip); });
        return;
    }
    // On the loopback interface both ends are there at once; who waits for the server's hears of it first.
    pair(*client, *server, now);
    later(client->link.isLoopback ? now : now + roundTrip / 2, 0);
}

int SimulatedNetwork::connectPipe(SimulatedSocket &socket, const Endpoint &endpoint, quint64 now)
{
    socket.remote = endpoint;
    SimulatedSocket *server = listenerAt(endpoint);
    const bool listens = server && server->state == SimulatedSocket::State::Listening;
    if (!listens) {
        failConnect(socket, server ? -ECONNREFUSED : -ENOENT, now, true);
        return 0;
    }
    if (static_cast<int>(server->arrived.size()) > server->backlog) {
        failConnect(socket, -EAGAIN, now, true);
        return 0;
    }
    const quint64 roundTrip = draw(socket.link.roundTrip);
    at(now + roundTrip / 2, socket,
        [this, number = socket.number, roundTrip](quint64 then) { sendRequestToConnect(number, 0, then, roundTrip); });
    return 0;
}

void SimulatedNetwork::pair(SimulatedSocket &client, SimulatedSocket &server, quint64 now)
{
    const SocketNumber number = open(nullptr, 0, client.kind);
    SimulatedSocket *end = find(number);
    end->state = SimulatedSocket::State::Connected;
    end->link = client.link;
    end->local = client.remote;
    end->remote = client.local;
    if (server.local.address.contains(':')) {
        end->local.address = mapped(end->local.address);
        end->remote.address = mapped(end->remote.address);
    }
    end->peer = client.number;
    client.peer = number;
    server.arrived.push_back(number);
    tell(server, HandleEvent::Kind::Connection, 0, now);
}

SocketNumber SimulatedNetwork::accept(SimulatedSocket &server, SocketOwner *owner, HandleId handle, quint64 now)
{
    Q_UNUSED(now)
    while (!server.arrived.empty()) {
        const SocketNumber number = server.arrived.front();
        server.arrived.pop_front();
        if (SimulatedSocket *end = find(number)) {
            end->owner = owner;
            end->handle = handle;
            return number;
        }
    }
    return 0;
}

// ---------------------------------------------------------------------------------------------------------------- sending

WriteOutcome SimulatedNetwork::write(SimulatedSocket &socket, SubjectId request, const QByteArray &bytes, quint64 now)
{
    if (socket.failure != 0)
        return {-EPIPE, false};
    if (socket.state != SimulatedSocket::State::Connected)
        return {socket.state == SimulatedSocket::State::Fresh ? -EBADF : -EPIPE, false};
    if (socket.endsAfterWrites || socket.delayedShutdown != 0)
        return {-EPIPE, false};
    socket.writes.push_back({0, bytes});
    pump(socket, now);
    if (socket.writes.empty())
        return {0, true};
    socket.writes.back().request = request;
    return {};
}

void SimulatedNetwork::pump(SimulatedSocket &socket, quint64 now)
{
    const qint64 capacity = socket.kind == HandleKind::Pipe ? m_profile.pipeBuffer : m_profile.sendBuffer;
    bool moved = true;
    while (moved) {
        moved = false;
        while (!socket.writes.empty()) {
            SimulatedSocket::Write &write = socket.writes.front();
            const qint64 count = std::min<qint64>(capacity - socket.unsentBytes(), write.bytes.size());
            if (count <= 0 && !write.bytes.isEmpty())
                break;
            if (socket.sendOffset > 0 && socket.sendOffset == socket.sendBuffer.size()) {
                socket.sendBuffer.clear();
                socket.sendOffset = 0;
            }
            socket.sendBuffer += write.bytes.first(count);
            write.bytes.remove(0, count);
            if (!write.bytes.isEmpty())
                break;
            const SubjectId request = write.request;
            socket.writes.pop_front();
            if (request != 0 && socket.owner)
                socket.owner->completed(request, 0, now, false);
        }
        SimulatedSocket *peer = find(socket.peer);
        if (socket.unsentBytes() > 0 && (!peer || peer->state == SimulatedSocket::State::Closed)) {
            sendReset(socket, now); // the other end is closed, and answers so
            return;
        }
        moved = peer && sendSome(socket, *peer, now);
    }
    if (!socket.writes.empty())
        return;
    if (socket.shutdownRequest != 0 && socket.owner)
        socket.owner->completed(std::exchange(socket.shutdownRequest, 0), 0, now, false);
    if (socket.endsAfterWrites && socket.unsentBytes() == 0 && !socket.endWasSent)
        sendEnd(socket, now);
}

qint64 SimulatedNetwork::receiveRoom(const SimulatedSocket &socket) const
{
    return (socket.kind == HandleKind::Pipe ? m_profile.pipeBuffer : m_profile.receiveBuffer) - socket.inboxBytes;
}

bool SimulatedNetwork::sendSome(SimulatedSocket &socket, SimulatedSocket &peer, quint64 now)
{
    // Half of a receive buffer is for the kernel's own (net.ipv4.tcp_adv_win_scale): small writes do not split what fits.
    const qint64 count = std::min<qint64>({receiveRoom(peer), socket.unsentBytes(), readSize});
    if (count <= 0)
        return false;
    const quint64 arrival = arrivalTime(socket, count, now);
    SimulatedSocket::Segment segment;
    segment.visibleAt = socket.link.isLoopback ? now : arrival;
    segment.bytes = socket.sendBuffer.mid(socket.sendOffset, count);
    socket.sendOffset += count;
    peer.inboxBytes += count;
    peer.inbox.push_back(std::move(segment));
    notice(peer, arrival);
    return true;
}

quint64 SimulatedNetwork::arrivalTime(SimulatedSocket &socket, qint64 bytes, quint64 now)
{
    const NetworkLink &link = socket.link;
    quint64 departure = std::max(now, socket.lineFreeAt);
    if (link.bytesPerSecond > 0) {
        departure += static_cast<quint64>(bytes) * second / link.bytesPerSecond;
        socket.lineFreeAt = departure;
    }
    const quint64 roundTrip = draw(link.roundTrip);
    quint64 arrival = departure + roundTrip / 2;
    if (link.lossPerMillion > 0) {
        // One draw a packet; what is lost comes after the retransmission timeout, and what follows waits for it.
        for (qint64 packets = std::max<qint64>(1, (bytes + segmentSize - 1) / segmentSize); packets > 0; --packets) {
            if ((m_generator.next() >> 32U) % 1'000'000 < link.lossPerMillion)
                arrival += std::max(leastRetransmission, 2 * roundTrip);
        }
    }
    socket.lastArrival = std::max(arrival, socket.lastArrival);
    return socket.lastArrival;
}

int SimulatedNetwork::shutdown(SimulatedSocket &socket, SubjectId request, quint64 now)
{
    const bool isShut = socket.endsAfterWrites || socket.delayedShutdown != 0;
    if (socket.state != SimulatedSocket::State::Connected || isShut || socket.failure != 0)
        return -ENOTCONN;
    if (socket.writes.empty()) {
        socket.delayedShutdown = request;
        if (socket.owner)
            socket.owner->completed(request, 0, now, true);
        return 0;
    }
    socket.endsAfterWrites = true;
    socket.shutdownRequest = request;
    pump(socket, now);
    return 0;
}

void SimulatedNetwork::proceed(SimulatedSocket &socket, SubjectId request, quint64 now)
{
    if (socket.delayedShutdown != request)
        return;
    socket.delayedShutdown = 0;
    socket.endsAfterWrites = true;
    pump(socket, now);
}

void SimulatedNetwork::sendEnd(SimulatedSocket &socket, quint64 now)
{
    socket.endWasSent = true;
    if (SimulatedSocket *peer = find(socket.peer)) {
        const quint64 arrival = arrivalTime(socket, 0, now);
        peer->endAt = socket.link.isLoopback ? now : arrival;
        notice(*peer, arrival);
    }
    if (socket.state == SimulatedSocket::State::Closed)
        release(socket);
}

/// A reset comes for what `socket` sent to an end that is closed, or (with the roles exchanged) for what was not read there.
void SimulatedNetwork::sendReset(SimulatedSocket &socket, quint64 now)
{
    socket.sendBuffer.clear();
    socket.sendOffset = 0;
    const quint64 arrival = now + draw(socket.link.roundTrip) / 2;
    at(arrival, socket, [this, number = socket.number](quint64 then) {
        SimulatedSocket *found = find(number);
        if (!found || found->failure != 0)
            return;
        if (found->state == SimulatedSocket::State::Closed) {
            release(*found);
            return;
        }
        // In the state CLOSE_WAIT Linux says EPIPE.
        found->failure = found->endWasTold ? -EPIPE : -ECONNRESET;
        if (found->owner) {
            for (const SimulatedSocket::Write &write : found->writes) {
                if (write.request != 0)
                    found->owner->completed(write.request, found->failure, then, false);
            }
            if (found->shutdownRequest != 0)
                found->owner->completed(std::exchange(found->shutdownRequest, 0), -ENOTCONN, then, false);
        }
        found->writes.clear();
        notice(*found, then);
    });
}

// ---------------------------------------------------------------------------------------------------------------- reading

void SimulatedNetwork::setReading(SimulatedSocket &socket, bool isReading, quint64 now)
{
    socket.isReading = isReading;
    if (!isReading) {
        socket.isTold = false;
        return;
    }
    if (socket.failure != 0 || (socket.endAt && *socket.endAt <= now)) {
        notice(socket, now);
    } else if (!socket.inbox.empty()) {
        notice(socket, std::max(now, socket.inbox.front().visibleAt));
    }
}

EventTurn SimulatedNetwork::read(SimulatedSocket &socket, HandleEvent *event, quint64 now)
{
    socket.isTold = false;
    if (!socket.isReading || socket.endWasTold)
        return EventTurn::Void;
    QByteArray bytes;
    while (!socket.inbox.empty() && socket.inbox.front().visibleAt <= now && bytes.size() < readSize) {
        const QByteArray &front = socket.inbox.front().bytes;
        const qsizetype count = std::min<qsizetype>(readSize - bytes.size(), front.size() - socket.readOffset);
        const bool isWhole = bytes.isEmpty() && count == front.size();
        bytes = isWhole ? front : bytes + front.mid(socket.readOffset, count);
        socket.readOffset += count;
        if (socket.readOffset == front.size()) {
            socket.inbox.pop_front();
            socket.readOffset = 0;
        }
    }
    if (!bytes.isEmpty()) {
        socket.inboxBytes -= bytes.size();
        event->kind = HandleEvent::Kind::Data;
        if (SimulatedSocket *peer = find(socket.peer); peer && (peer->unsentBytes() > 0 || !peer->writes.empty())) {
            at(now + socket.link.roundTrip.least / 2, *peer, [this, number = peer->number](quint64 then) {
                if (SimulatedSocket *sender = find(number); sender && sender->failure == 0)
                    pump(*sender, then);
            });
        }
        const bool isFull = bytes.size() == readSize;
        event->data = std::move(bytes);
        // With both directions ended epoll says EPOLLHUP, and libuv tells the end right after the last bytes.
        const bool isHungUp = !isFull && socket.inbox.empty() && socket.endWasSent && socket.endAt && *socket.endAt <= now;
        if (isHungUp || (!socket.inbox.empty() && socket.inbox.front().visibleAt <= now && isFull)) {
            socket.isTold = true;
            return EventTurn::ToldWithMore;
        }
        if (!socket.inbox.empty())
            notice(socket, std::max(now, socket.inbox.front().visibleAt));
        else if (socket.failure != 0)
            notice(socket, now);
        else if (socket.endAt)
            notice(socket, std::max(now, *socket.endAt));
        return EventTurn::Told;
    }
    if (socket.failure != 0) {
        event->kind = HandleEvent::Kind::Failed;
        event->error = socket.failure;
    } else if (socket.endAt && *socket.endAt <= now && socket.inbox.empty()) {
        event->kind = HandleEvent::Kind::End;
    } else {
        return EventTurn::Void;
    }
    socket.endWasTold = true;
    return EventTurn::Told;
}

// ---------------------------------------------------------------------------------------------------------------- closing

void SimulatedNetwork::closeForAll(SimulatedSocket &socket, bool isReset, quint64 now)
{
    using State = SimulatedSocket::State;
    socket.owner = nullptr;
    socket.isReading = false;
    if (socket.state == State::Listening) {
        for (const SocketNumber number : std::exchange(socket.arrived, {})) {
            if (SimulatedSocket *end = find(number))
                closeForAll(*end, true, now);
        }
    }
    SimulatedSocket *peer = find(socket.peer);
    socket.writes.clear(); // their requests are the caller's to cancel
    if (!peer) {
        release(socket);
        return;
    }
    if (isReset || socket.inboxBytes > 0 || socket.state == State::Connecting) {
        sendReset(*peer, now);
        release(socket);
        return;
    }
    socket.state = State::Closed;
    if (socket.endWasSent) {
        release(socket);
        return;
    }
    socket.endsAfterWrites = true;
    pump(socket, now);
}

} // namespace loopscope
