// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedNetwork.h"

#include <algorithm>
#include <cerrno>
#include <utility>

namespace loopscope {

namespace {

/// net.ipv4.ip_local_port_range
constexpr quint16 firstEphemeralPort = 32'768;
constexpr quint16 lastEphemeralPort = 60'999;
constexpr int ipv6OnlyFlag = 1;
constexpr int reuseFlag = 4;

bool isWildcard(const QByteArray &address) { return address == "0.0.0.0" || address == "::"; }

/// "::ffff:127.0.0.1" is 127.0.0.1, reached through an IPv6 socket.
QByteArray unmapped(const QByteArray &address) { return address.startsWith("::ffff:") && address.contains('.') ? address.mid(7) : address; }

} // namespace

SocketOwner::SocketOwner(std::shared_ptr<SimulatedNetwork> network, bool isPassive)
    : m_network(std::move(network))
    , m_isPassive(isPassive)
{
    m_network->join(*this);
}

SocketOwner::~SocketOwner() { m_network->leave(*this); }

void SocketOwner::schedule(quint64 time, std::function<void(quint64 now)> action)
{
    m_agenda.emplace(std::pair(time, m_network->m_order++), std::move(action));
    m_network->expect(*this, time);
}

SimulatedNetwork::SimulatedNetwork(quint64 seed, NetworkProfile profile)
    : m_profile(std::move(profile))
    , m_generator(seed)
{
    constexpr quint64 range = lastEphemeralPort - firstEphemeralPort + 1;
    m_nextPort = static_cast<quint16>(firstEphemeralPort + (m_generator.next() >> 32U) % range);
}

SimulatedNetwork::~SimulatedNetwork() = default;

// ------------------------------------------------------------------------------------------------------------------ time

void SimulatedNetwork::at(quint64 time, const SimulatedSocket &socket, Action action)
{
    SocketOwner *owner = socket.owner;
    if (const SimulatedSocket *peer = owner ? nullptr : find(socket.peer))
        owner = peer->owner; // who still hears of what a closed end does
    (owner ? owner->m_agenda : m_ownerless).emplace(std::pair(time, m_order++), std::move(action));
    if (owner)
        return expect(*owner, time);
    for (SocketOwner *each : m_owners)
        each->expect(time);
}

/// Whoever has a loop looks after what happens to those who have none.
void SimulatedNetwork::expect(SocketOwner &owner, quint64 time)
{
    if (!owner.m_isPassive)
        return owner.expect(time);
    for (SocketOwner *each : m_owners)
        each->expect(time);
}

void SimulatedNetwork::join(SocketOwner &owner)
{
    m_owners.push_back(&owner);
    if (owner.m_isPassive)
        m_passive.push_back(&owner);
}

SimulatedNetwork::Agenda *SimulatedNetwork::firstDue(quint64 now)
{
    Agenda *first = &m_ownerless;
    for (SocketOwner *owner : m_owners) {
        Agenda &agenda = owner->m_agenda;
        if (!agenda.empty() && (first->empty() || agenda.begin()->first < first->begin()->first))
            first = &agenda;
    }
    return firstOf(*first) <= now && !first->empty() ? first : nullptr;
}

void SimulatedNetwork::advanceTo(quint64 now)
{
    m_now = std::max(m_now, now);
    while (Agenda *due = firstDue(now)) {
        const auto next = due->extract(due->begin());
        next.mapped()(next.key().first);
    }
}

void SimulatedNetwork::leave(SocketOwner &owner)
{
    for (auto &[number, socket] : m_sockets) {
        if (socket->owner == &owner)
            socket->owner = nullptr;
        std::erase_if(socket->sharers, [&owner](const SimulatedSocket::Sharer &sharer) { return sharer.owner == &owner; });
    }
    std::erase(m_owners, &owner);
    if (std::erase(m_passive, &owner) > 0) {
        owner.m_agenda.clear(); // what it had in mind
        return;
    }
    m_ownerless.merge(owner.m_agenda);
}

void SimulatedNetwork::notice(SimulatedSocket &socket, quint64 time)
{
    if (socket.isTold || (socket.noticeAt && *socket.noticeAt <= time))
        return;
    socket.noticeAt = time;
    at(time, socket, [this, number = socket.number](quint64 now) {
        SimulatedSocket *found = find(number);
        if (!found || found->noticeAt != now)
            return;
        found->noticeAt.reset();
        tellReadable(*found, now);
    });
}

void SimulatedNetwork::tellAgain(SimulatedSocket &socket, quint64 now)
{
    socket.isTold = false;
    notice(socket, now);
}

void SimulatedNetwork::tellReadable(SimulatedSocket &socket, quint64 time)
{
    if (!socket.owner || socket.isTold)
        return;
    HandleEvent::Kind kind = HandleEvent::Kind::Data;
    qint64 value = 0;
    if (socket.kind == HandleKind::Udp) {
        if (!socket.isReceiving || socket.datagrams.empty())
            return;
        kind = HandleEvent::Kind::Datagram;
        value = socket.datagrams.front().bytes.size();
    } else {
        if (!socket.isReading || socket.endWasTold)
            return;
        for (const SimulatedSocket::Segment &segment : socket.inbox)
            value += segment.visibleAt <= time ? segment.bytes.size() : 0;
        if (value > 0)
            value -= socket.readOffset;
        else if (socket.failure != 0)
            kind = HandleEvent::Kind::Failed;
        else if (socket.endAt && *socket.endAt <= time && socket.inbox.empty())
            kind = HandleEvent::Kind::End;
        else
            return;
        if (kind == HandleEvent::Kind::Failed)
            value = socket.failure;
    }
    socket.isTold = true;
    tell(socket, kind, value, time);
}

void SimulatedNetwork::tell(const SimulatedSocket &socket, HandleEvent::Kind kind, qint64 value, quint64 time)
{
    if (socket.owner)
        socket.owner->readable(socket.handle, kind, value, time);
    if (socket.kind != HandleKind::Udp && socket.state != SimulatedSocket::State::Listening)
        return;
    for (const SimulatedSocket::Sharer &sharer : socket.sharers)
        sharer.owner->readable(sharer.handle, kind, value, time);
}

// --------------------------------------------------------------------------------------------------------------- sockets

SocketNumber SimulatedNetwork::open(SocketOwner *owner, HandleId handle, HandleKind kind)
{
    auto socket = std::make_unique<SimulatedSocket>();
    const SocketNumber number = ++m_lastNumber;
    socket->number = number;
    socket->owner = owner;
    socket->handle = handle;
    socket->kind = kind;
    socket->link = m_profile.loopback;
    m_sockets.emplace(number, std::move(socket));
    return number;
}

SimulatedSocket *SimulatedNetwork::find(SocketNumber number)
{
    const auto found = m_sockets.find(number);
    return found == m_sockets.end() ? nullptr : found->second.get();
}

const SimulatedSocket *SimulatedNetwork::find(SocketNumber number) const
{
    const auto found = m_sockets.find(number);
    return found == m_sockets.end() ? nullptr : found->second.get();
}

void SimulatedNetwork::adopt(SimulatedSocket &socket, SocketOwner *owner, HandleId handle)
{
    --socket.inFlight;
    if (socket.owner)
        socket.sharers.push_back({socket.owner, socket.handle});
    socket.owner = owner;
    socket.handle = handle;
    socket.isTold = false;
    socket.noticeAt.reset();
    if (socket.kind != HandleKind::Udp && socket.state != SimulatedSocket::State::Listening)
        socket.isReading = false; // until the new owner says so
}

void SimulatedNetwork::drop(SocketNumber number)
{
    SimulatedSocket *socket = find(number);
    if (socket && --socket->inFlight == 0 && !socket->owner && socket->sharers.empty())
        closeForAll(*socket, false, m_now);
}

void SimulatedNetwork::close(SimulatedSocket &socket, const SocketOwner *owner, bool isReset, quint64 now)
{
    const auto shared = std::find_if(
        socket.sharers.begin(), socket.sharers.end(), [owner](const SimulatedSocket::Sharer &sharer) { return sharer.owner == owner; });
    if (shared != socket.sharers.end() && owner != socket.owner) {
        socket.sharers.erase(shared);
        return;
    }
    if (!socket.sharers.empty()) {
        socket.owner = socket.sharers.back().owner;
        socket.handle = socket.sharers.back().handle;
        socket.sharers.pop_back();
        return;
    }
    if (socket.inFlight > 0) {
        socket.owner = nullptr;
        return;
    }
    closeForAll(socket, isReset, now);
}

void SimulatedNetwork::release(SimulatedSocket &socket)
{
    if (socket.isBound && socket.kind == HandleKind::Pipe) {
        if (const auto bound = m_paths.find(socket.local.path); bound != m_paths.end() && bound->second == socket.number)
            m_paths.erase(bound);
    } else if (socket.isBound) {
        auto &ports = socket.kind == HandleKind::Udp ? m_udpPorts : m_tcpPorts;
        if (const auto bound = ports.find(socket.local.port); bound != ports.end()) {
            std::erase(bound->second, socket.number);
            if (bound->second.empty())
                ports.erase(bound);
        }
    }
    SimulatedSocket *peer = find(socket.peer);
    m_sockets.erase(socket.number);
    if (!peer)
        return;
    peer->peer = 0;
    if (peer->state == SimulatedSocket::State::Closed)
        release(*peer); // nobody is left for what it still sends
}

// ----------------------------------------------------------------------------------------------------- addresses and ports

bool SimulatedNetwork::isLocalAddress(const QByteArray &address) const
{
    const QByteArray plain = unmapped(address);
    return isWildcard(plain) || plain == "::1" || plain.startsWith("127.");
}

const NetworkLink *SimulatedNetwork::linkTo(const QByteArray &address) const
{
    if (isLocalAddress(address))
        return &m_profile.loopback;
    const QByteArray plain = unmapped(address);
    for (const NetworkHost &host : m_profile.hosts) {
        if (std::find(host.addresses.begin(), host.addresses.end(), plain) != host.addresses.end())
            return &host.link;
    }
    return nullptr;
}

namespace {

/// Whether a socket bound to `bound` takes what comes to `wanted`.
bool serves(const SimulatedSocket &socket, const QByteArray &bound, const QByteArray &wanted)
{
    if (bound == wanted)
        return true;
    const bool wantsIpv6 = wanted.contains(':');
    if (bound == "::")
        return wantsIpv6 || !socket.isIpv6Only;
    return bound == "0.0.0.0" && !wantsIpv6;
}

} // namespace

bool SimulatedNetwork::conflicts(const SimulatedSocket &socket, const Endpoint &endpoint) const
{
    const bool isUdp = socket.kind == HandleKind::Udp;
    const auto &ports = isUdp ? m_udpPorts : m_tcpPorts;
    const auto bound = ports.find(endpoint.port);
    if (bound == ports.end())
        return false;
    return std::any_of(bound->second.begin(), bound->second.end(), [&](SocketNumber number) {
        const SimulatedSocket *other = find(number);
        if (!other || number == socket.number)
            return false;
        // libuv binds TCP sockets with SO_REUSEADDR: only those that listen are in the way.
        if (isUdp ? other->isShared && socket.isShared : other->state != SimulatedSocket::State::Listening)
            return false;
        SimulatedSocket asked;
        asked.isIpv6Only = socket.isIpv6Only;
        return serves(*other, other->local.address, endpoint.address) || serves(asked, endpoint.address, other->local.address);
    });
}

quint16 SimulatedNetwork::freePort(const SimulatedSocket &socket, const QByteArray &address)
{
    const auto &ports = socket.kind == HandleKind::Udp ? m_udpPorts : m_tcpPorts;
    Endpoint endpoint;
    endpoint.address = address;
    for (int tried = 0; tried <= lastEphemeralPort - firstEphemeralPort; ++tried) {
        endpoint.port = m_nextPort;
        m_nextPort = m_nextPort == lastEphemeralPort ? firstEphemeralPort : static_cast<quint16>(m_nextPort + 1);
        if (!ports.contains(endpoint.port))
            return endpoint.port;
    }
    return 0;
}

QByteArray SimulatedNetwork::sourceAddressFor(const QByteArray &address) const
{
    const QByteArray plain = unmapped(address);
    if (plain.contains(':'))
        return plain == "::1" || plain == "::" ? QByteArray("::1") : plain;
    return plain.startsWith("127.") || plain == "0.0.0.0" ? QByteArray("127.0.0.1") : plain;
}

int SimulatedNetwork::bind(SimulatedSocket &socket, const Endpoint &endpoint, int flags)
{
    if (socket.isBound || socket.state != SimulatedSocket::State::Fresh)
        return -EINVAL;
    if (socket.kind == HandleKind::Pipe) {
        if (m_paths.contains(endpoint.path))
            return -EADDRINUSE;
        m_paths.emplace(endpoint.path, socket.number);
        socket.local = endpoint;
        socket.isBound = true;
        return 0;
    }
    if (!linkTo(endpoint.address))
        return -EADDRNOTAVAIL;
    socket.isIpv6Only = (flags & ipv6OnlyFlag) != 0;
    socket.isShared = (flags & reuseFlag) != 0;
    Endpoint wanted = endpoint;
    if (wanted.port == 0)
        wanted.port = freePort(socket, wanted.address);
    else if (conflicts(socket, wanted)) {
        if (socket.kind == HandleKind::Udp)
            return -EADDRINUSE;
        socket.delayedError = -EADDRINUSE;
        return 0;
    }
    auto &ports = socket.kind == HandleKind::Udp ? m_udpPorts : m_tcpPorts;
    ports[wanted.port].push_back(socket.number);
    socket.local = wanted;
    socket.isBound = true;
    return 0;
}

SimulatedSocket *SimulatedNetwork::listenerAt(const Endpoint &endpoint)
{
    if (!endpoint.path.isEmpty()) {
        const auto bound = m_paths.find(endpoint.path);
        return bound == m_paths.end() ? nullptr : find(bound->second);
    }
    const auto bound = m_tcpPorts.find(endpoint.port);
    if (bound == m_tcpPorts.end())
        return nullptr;
    SimulatedSocket *best = nullptr;
    for (const SocketNumber number : bound->second) {
        SimulatedSocket *socket = find(number);
        if (!socket || socket->state != SimulatedSocket::State::Listening || !serves(*socket, socket->local.address, endpoint.address))
            continue;
        if (!best || !isWildcard(socket->local.address))
            best = socket;
    }
    return best;
}

SimulatedSocket *SimulatedNetwork::receiverAt(const Endpoint &endpoint)
{
    const auto bound = m_udpPorts.find(endpoint.port);
    if (bound == m_udpPorts.end())
        return nullptr;
    SimulatedSocket *best = nullptr;
    for (const SocketNumber number : bound->second) {
        SimulatedSocket *socket = find(number);
        if (socket && serves(*socket, socket->local.address, endpoint.address) && (!best || !isWildcard(socket->local.address)))
            best = socket;
    }
    return best;
}

} // namespace loopscope
