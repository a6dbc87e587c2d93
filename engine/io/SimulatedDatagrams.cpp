// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The UDP sockets of SimulatedNetwork.

#include "io/SimulatedNetwork.h"

#include <cerrno>

namespace loopscope {

namespace {

/// 65,535 bytes less the headers of IP and UDP.
constexpr qsizetype mostDatagramBytes = 65'507;

} // namespace

void SimulatedNetwork::setReceiving(SimulatedSocket &socket, bool isReceiving, quint64 now)
{
    socket.isReceiving = isReceiving;
    if (isReceiving && !socket.datagrams.empty())
        notice(socket, now);
}

int SimulatedNetwork::setPeer(SimulatedSocket &socket, const Endpoint *peer)
{
    if (!peer) {
        if (!socket.fixedPeer)
            return -ENOTCONN;
        socket.fixedPeer.reset();
        socket.remote = {};
        return 0;
    }
    if (socket.fixedPeer)
        return -EISCONN;
    if (!linkTo(peer->address))
        return -ENETUNREACH;
    Endpoint endpoint = *peer;
    if (endpoint.address == "0.0.0.0" || endpoint.address == "::")
        endpoint.address = endpoint.isIpv6() ? "::1" : "127.0.0.1";
    if (socket.local.address == "0.0.0.0" || socket.local.address == "::")
        socket.local.address = sourceAddressFor(endpoint.address);
    socket.fixedPeer = endpoint;
    socket.remote = endpoint;
    return 0;
}

WriteOutcome SimulatedNetwork::send(SimulatedSocket &socket, const QByteArray &bytes, Endpoint to, quint64 now)
{
    if (bytes.size() > mostDatagramBytes)
        return {-EMSGSIZE, false};
    if (to.address == "0.0.0.0" || to.address == "::")
        to.address = to.isIpv6() ? "::1" : "127.0.0.1";
    const NetworkLink *link = linkTo(to.address);
    if (!link)
        return {-ENETUNREACH, false};
    if (!socket.isBound) {
        Endpoint any;
        any.address = to.isIpv6() ? "::" : "0.0.0.0";
        if (const int error = bind(socket, any, 0); error < 0)
            return {error, false};
    }
    Endpoint from = socket.local;
    if (from.address == "0.0.0.0" || from.address == "::")
        from.address = sourceAddressFor(to.address);
    const quint64 roundTrip = draw(link->roundTrip);
    if (link->lossPerMillion > 0 && (m_generator.next() >> 32U) % 1'000'000 < link->lossPerMillion)
        return {0, true}; // nobody tells the sender
    const quint64 arrival = now + roundTrip / 2;
    const auto deliver = [this, to, from, bytes, arrival, sender = socket.number](quint64 then) {
        SimulatedSocket *receiver = receiverAt(to);
        const bool takesIt = receiver && receiver->datagramBytes + bytes.size() <= m_profile.datagramBuffer
            && (!receiver->fixedPeer || (receiver->fixedPeer->port == from.port && receiver->fixedPeer->address == from.address));
        if (takesIt) {
            Endpoint shown = from;
            if (receiver->local.isIpv6() && !shown.isIpv6())
                shown.address = "::ffff:" + shown.address;
            receiver->datagramBytes += bytes.size();
            receiver->datagrams.push_back({bytes, shown});
            notice(*receiver, std::max(then, arrival));
            return;
        }
        // The port is closed; only a connected socket learns of it (ICMP).
        if (SimulatedSocket *origin = find(sender); !receiver && origin && origin->fixedPeer && origin->owner && origin->isReceiving)
            origin->owner->readable(origin->handle, HandleEvent::Kind::Failed, -ECONNREFUSED, then);
    };
    if (link->isLoopback)
        deliver(now);
    else
        at(arrival, socket, deliver);
    return {0, true};
}

EventTurn SimulatedNetwork::receive(SimulatedSocket &socket, HandleEvent *event, quint64 now)
{
    socket.isTold = false;
    if (!socket.isReceiving)
        return EventTurn::Void;
    if (event->kind == HandleEvent::Kind::Failed)
        return EventTurn::Told;
    if (socket.datagrams.empty())
        return EventTurn::Void;
    SimulatedSocket::Datagram datagram = std::move(socket.datagrams.front());
    socket.datagrams.pop_front();
    socket.datagramBytes -= datagram.bytes.size();
    event->data = std::move(datagram.bytes);
    event->from = std::move(datagram.from);
    if (socket.datagrams.empty())
        return EventTurn::Told;
    socket.isTold = true;
    Q_UNUSED(now)
    return EventTurn::ToldWithMore;
}

} // namespace loopscope
