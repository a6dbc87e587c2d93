// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/SimulatedLoad.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

namespace {

/// Each connection has an address of its own, 127.1.n.1 with a port of Linux' ephemeral range, so that its number can be told from it.
constexpr quint32 firstPort = 32'768;
constexpr quint32 portsOfAddress = 28'000;
/// Connections that ask nothing have numbers from here on.
constexpr quint32 firstIdle = 3'000'001;
constexpr int mostIdleAtOnce = 128; ///< as real loads do
/// As real loads do (IdleConnections, LoadLoop::prepare): how long, in ns, one that was refused or lost waits before it is tried again, and
/// after what time without a new one those that are not open are given up.
constexpr quint64 retryPause = 100'000'000;
constexpr quint64 idlePatience = 5'000'000'000;
const QByteArray networkOfClients = QByteArrayLiteral("127.1.");

Endpoint addressOf(quint32 connection)
{
    Endpoint endpoint;
    endpoint.address = networkOfClients + QByteArray::number((connection - 1) / portsOfAddress) + ".1";
    endpoint.port = static_cast<quint16>(firstPort + (connection - 1) % portsOfAddress);
    return endpoint;
}

} // namespace

quint32 SimulatedLoad::connectionAt(const Endpoint &remote)
{
    const qsizetype start = remote.address.indexOf(networkOfClients); // behind "::ffff:", perhaps
    if (start < 0 || remote.port < firstPort)
        return 0;
    const QByteArray rest = remote.address.mid(start + networkOfClients.size());
    return static_cast<quint32>(rest.left(rest.indexOf('.')).toUInt()) * portsOfAddress + (remote.port - firstPort) + 1;
}

SimulatedLoad::SimulatedLoad(std::shared_ptr<SimulatedNetwork> network, const LoadPlan &plan, LoadRecorder &recorder)
    : SocketOwner(std::move(network), true)
    , m_plan(plan)
    , m_recorder(recorder)
    , m_arrivals(plan.arrivals)
    , m_routes(plan.requests, plan.arrivals)
    , m_thinking(plan.arrivals)
{
}

// -------------------------------------------------------------------------------------------------------------- beginning

void SimulatedLoad::begin(const Endpoint &server, int backlog, quint64 now)
{
    m_hasServer = true;
    m_server = server;
    if (m_server.address == "0.0.0.0" || m_server.address == "::" || m_server.address.isEmpty())
        m_server.address = "127.0.0.1";
    m_idleAtOnce = std::clamp(backlog, 1, mostIdleAtOnce);
    m_idleProgress = now;
    openIdle(now);
    watchIdle(now + retryPause);
}

/// So many at once that the server's backlog holds them.
void SimulatedLoad::openIdle(quint64 now)
{
    while (m_idleConnecting < m_idleAtOnce && m_idleAsked < m_plan.idleConnections) {
        m_idleConnections.emplace_back();
        connectIdle(static_cast<quint32>(m_idleAsked++), now);
    }
    if (m_idleConnecting == 0 && !m_hasBegun)
        startLoad(now);
}

void SimulatedLoad::connectIdle(quint32 index, quint64 now)
{
    Idle &idle = m_idleConnections[index];
    idle.socket = connectSocket(firstIdle + index, now);
    m_idleConnecting += idle.socket != 0 ? 1 : 0;
}

void SimulatedLoad::idleConnected(quint32 index, SocketNumber socket, int error, quint64 now)
{
    Idle &idle = m_idleConnections[index];
    if (idle.socket != socket || idle.isOpen)
        return; // given up
    if (error != 0)
        return loseIdle(index, true, now);
    --m_idleConnecting;
    idle.isOpen = true;
    network().setReading(*network().find(socket), true, now);
    m_recorder.setIdle(++m_idle);
    if (m_idle > m_mostIdle) {
        m_mostIdle = m_idle;
        m_idleProgress = now;
    }
    openIdle(now);
}

/// It is tried again, for as long as the load goes on.
void SimulatedLoad::loseIdle(quint32 index, bool isReset, quint64 now)
{
    Idle &idle = m_idleConnections[index];
    closeSocket(std::exchange(idle.socket, 0), isReset, now);
    if (std::exchange(idle.isOpen, false))
        m_recorder.setIdle(--m_idle);
    else
        --m_idleConnecting;
    m_recorder.lost();
    schedule(now + retryPause, [this, index](quint64 then) { connectIdle(index, then); });
}

void SimulatedLoad::watchIdle(quint64 now)
{
    schedule(now, [this](quint64 then) {
        if (m_hasBegun)
            return;
        if (then < m_idleProgress + idlePatience)
            return watchIdle(then + retryPause);
        giveUpIdle(then);
    });
}

/// A server that takes no more is measured without them.
void SimulatedLoad::giveUpIdle(quint64 now)
{
    m_idleAsked = m_plan.idleConnections;
    for (Idle &idle : m_idleConnections) {
        if (idle.isOpen || idle.socket == 0)
            continue;
        closeSocket(std::exchange(idle.socket, 0), true, now);
        --m_idleConnecting;
    }
    startLoad(now);
}

void SimulatedLoad::startLoad(quint64 now)
{
    m_hasBegun = true;
    m_begun = now;
    m_measuredFrom = now + static_cast<quint64>(std::llround(m_plan.warmupSeconds * 1e9));
    if (onBegun)
        onBegun(now);
    start(now);
    if (m_plan.arrivals.isOpen())
        scheduleArrival();
}

// --------------------------------------------------------------------------------------------------------------- arrivals

void SimulatedLoad::setRate(double rate, quint64 now)
{
    if (!m_plan.arrivals.isOpen() || !m_hasBegun)
        return;
    m_arrivals.setRate(rate, static_cast<qint64>(now - m_begun));
    scheduleArrival();
}

void SimulatedLoad::scheduleArrival()
{
    if (m_arrivals.time() == ArrivalSequence::Never || !mayAsk())
        return;
    const quint64 moment = m_begun + static_cast<quint64>(m_arrivals.time()) + m_wakeUp;
    m_arrivalAt = moment;
    schedule(moment, [this, moment](quint64 now) {
        if (m_arrivalAt == moment)
            arriveAll(now);
    });
}

void SimulatedLoad::arriveAll(quint64 now)
{
    while (m_arrivals.time() <= static_cast<qint64>(now - m_begun) && mayAsk()) {
        LoadRecord record;
        record.number = nextNumber();
        record.intended = record.sent = measured(m_begun + static_cast<quint64>(m_arrivals.time()));
        record.route = static_cast<quint32>(m_routes.routeOf(record.number, m_arrivals.target()));
        m_arrivals.advance();
        arrive(record, now);
    }
    scheduleArrival();
}

void SimulatedLoad::tellSent(const LoadRecord &record, quint64 now)
{
    if (onSent)
        onSent(record, now);
}

void SimulatedLoad::tellEnded(const LoadRecord &record, quint64 now)
{
    if (onEnded)
        onEnded(record, now);
    if (!mayAsk() && m_recorder.inFlight() == 0 && onFinished)
        onFinished(now);
}

// ------------------------------------------------------------------------------------------------------------ connections

SocketNumber SimulatedLoad::connectSocket(quint32 connection, quint64 now)
{
    const SocketNumber number = network().open(this, connection, HandleKind::Tcp);
    SimulatedSocket &socket = *network().find(number);
    network().bind(socket, addressOf(connection), 0);
    if (!socket.isBound) {
        network().close(socket, this, false, now);
        return 0;
    }
    ++m_open;
    network().connect(socket, connection, m_server, now);
    return number;
}

void SimulatedLoad::closeSocket(SocketNumber number, bool isReset, quint64 now)
{
    if (SimulatedSocket *socket = network().find(number)) {
        network().close(*socket, this, isReset, now);
        --m_open;
    }
}

// What follows may do something to the network, which is in the middle of something.

void SimulatedLoad::completed(SubjectId request, int error, quint64 time, bool isPending)
{
    Q_UNUSED(isPending)
    const bool isConnect = request < firstIdle && isConnecting(request);
    const SocketNumber socket =
        request < firstIdle ? socketOf(request) : m_idleConnections[static_cast<quint32>(request) - firstIdle].socket;
    schedule(time, [this, request, error, isConnect, socket](quint64 now) {
        if (request >= firstIdle)
            return idleConnected(static_cast<quint32>(request) - firstIdle, socket, error, now);
        if (socketOf(request) != socket)
            return; // another one has its place by now
        if (isConnect)
            connected(request, error, now);
        else if (error == 0)
            written(request, now);
    });
}

void SimulatedLoad::readable(HandleId handle, HandleEvent::Kind kind, qint64 value, quint64 time)
{
    Q_UNUSED(kind)
    Q_UNUSED(value)
    const SocketNumber client = handle < firstIdle ? socketOf(handle) : 0;
    schedule(time + m_wakeUp, [this, handle, client](quint64 now) {
        if (handle < firstIdle)
            return socketOf(handle) == client ? read(handle, now) : void();
        HandleEvent event; // the server ends it, or says something
        const quint32 index = static_cast<quint32>(handle) - firstIdle;
        SimulatedSocket *socket = network().find(m_idleConnections[index].socket);
        if (socket && network().read(*socket, &event, now) != EventTurn::Void && event.kind != HandleEvent::Kind::Data)
            loseIdle(index, false, now);
    });
}

} // namespace loopscope
