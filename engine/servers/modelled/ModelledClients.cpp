// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ModelledClients.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

namespace {

constexpr quint32 none = ModelledServer::none;
/// A client whose connection was refused waits that long at least, as in simulated and real loads.
constexpr qint64 retryPause = 100'000'000;
/// Requests in the server at most; further ones count as refused.
constexpr size_t mostPresent = 4'000'000;
/// Streams of random numbers beside those of arrivals and routes.
constexpr quint64 drawStream = 101;

} // namespace

ModelledClients::ModelledClients(const LoadPlan &plan, const RequestProfile &profile, Routes routes, EventHeap &events,
    LoadRecorder &recorder, ModelledServer &server, RequestBook &requests, qint64 wakeUp)
    : m_plan(plan)
    , m_profile(profile)
    , m_routes(std::move(routes))
    , m_events(events)
    , m_recorder(recorder)
    , m_server(server)
    , m_requests(requests)
    , m_arrivals(plan.arrivals)
    , m_choice(plan.requests, plan.arrivals)
    , m_thinking(plan.arrivals)
    , m_draw(plan.arrivals.seed, drawStream)
    , m_measuredFrom(std::llround(plan.warmupSeconds * 1e9))
    , m_timeout(std::llround(plan.timeoutSeconds * 1e9))
    , m_wakeUps(plan.arrivals.isOpen() ? 2 * wakeUp : wakeUp) // who has thought begins to count when awake
{
}

void ModelledClients::begin(int idle, int sockets, bool keepsConnections)
{
    m_idle = idle;
    m_isWebSocket = sockets > 0;
    m_keepsConnections = keepsConnections;
    m_countsConnections = m_server.holdsConnections() || (keepsConnections && m_server.hasSeveralLoops());
    if (m_server.holdsIdle()) {
        // Those that the server does not take are given up before the load begins, as in real loads.
        m_idle = 0;
        while (m_idle < idle && m_server.connect(static_cast<quint32>(m_idle), false, 0))
            ++m_idle;
    }
    setClients(m_isWebSocket ? sockets : m_plan.arrivals.clients, 0);
}

void ModelledClients::setSockets(int sockets, qint64 now)
{
    const auto first = static_cast<quint32>(m_idle);
    const quint32 before = first + static_cast<quint32>(std::exchange(m_sockets, sockets));
    const quint32 end = first + static_cast<quint32>(sockets);
    if (!m_server.holdsSockets())
        return;
    if (end < before)
        m_server.endSockets(end, before, now);
    for (quint32 connection = end; connection-- > before;) // the last one of those that wait to be opened comes first
        m_toOpen.push_back(connection);
    openConnections(now);
}

void ModelledClients::setClients(int clients, qint64 now)
{
    const bool isOpen = m_plan.arrivals.isOpen();
    if (m_isWebSocket)
        setSockets(clients, now);
    m_clients = isOpen ? 0 : static_cast<quint32>(clients);
    // Threads that hold connections of WebSocket count them.
    const qint64 asked = m_idle + (m_server.holdsSockets() ? 0 : m_sockets) + (m_keepsConnections ? m_clients : 0);
    m_connected = std::min(asked, m_server.connectionsThatFit());
    m_server.setConnections(m_connected);
    m_turns.resize(std::max<size_t>(m_turns.size(), m_clients), 0);
    m_rests.resize(m_turns.size(), false);
    for (quint32 client = 0; client < m_clients; ++client) {
        if (client >= m_started || m_rests[client]) {
            m_rests[client] = false;
            think(client, 0, now);
        }
    }
    m_started = std::max(m_started, m_clients);
}

void ModelledClients::think(quint32 client, qint64 least, qint64 now)
{
    if (client >= m_clients) {
        m_rests[client] = true;
        return;
    }
    const qint64 pause = std::max(least, m_thinking.pause(client, m_turns[client]++));
    m_events.add(now + pause, EventHeap::Kind::Think, client);
}

qint64 ModelledClients::giveUpTime() const { return m_oldest == none ? EventHeap::kNever : m_server.request(m_oldest).sent + m_timeout; }

qint64 ModelledClients::nextTime() const
{
    const bool arrives = m_plan.arrivals.isOpen() && m_made < m_plan.mostRequests;
    return std::min({arrives ? m_arrivals.time() : EventHeap::kNever, giveUpTime(), m_toOpen.empty() ? EventHeap::kNever : m_nextOpening});
}

void ModelledClients::lost(quint32 connection, qint64 now)
{
    if (connection >= static_cast<quint32>(m_idle + m_sockets))
        return;
    m_toOpen.push_back(connection);
    m_nextOpening = std::max(m_nextOpening, now + retryPause);
}

void ModelledClients::openConnections(qint64 now)
{
    const auto firstSocket = static_cast<quint32>(m_idle);
    const quint32 end = firstSocket + static_cast<quint32>(m_sockets);
    while (!m_toOpen.empty() && (m_toOpen.back() >= end || m_server.connect(m_toOpen.back(), m_toOpen.back() >= firstSocket, now)))
        m_toOpen.pop_back();
    m_nextOpening = now + retryPause;
}

void ModelledClients::advance(qint64 now)
{
    if (giveUpTime() <= now) {
        end(m_oldest, LoadFailure::TimedOut, now);
        return;
    }
    if (!m_toOpen.empty() && m_nextOpening <= now) {
        openConnections(now);
        return;
    }
    const quint64 number = m_arrivals.number();
    const qint32 target = m_arrivals.target();
    m_arrivals.advance();
    ++m_made;
    send(number, target, none, now);
}

void ModelledClients::ask(quint32 client, qint64 now)
{
    if (m_made >= m_plan.mostRequests)
        return;
    if (client >= m_clients) {
        m_rests[client] = true;
        return;
    }
    send(++m_made, -1, client, now);
}

/// A client of a closed load has one of its own; requests of an open one take those that are free. A message is of the client whose turn
/// it is, or of the next one who is connected.
quint32 ModelledClients::takeConnection(quint64 number, quint32 client)
{
    if (m_isWebSocket) {
        const auto turn = static_cast<quint32>(static_cast<quint64>(m_idle) + (number - 1) % static_cast<quint64>(std::max(m_sockets, 1)));
        return m_server.holdsSockets() ? m_server.openSocket(turn) : turn;
    }
    if (client != none)
        return static_cast<quint32>(m_idle) + client;
    if (m_freeConnections.empty())
        m_freeConnections.push_back(static_cast<quint32>(m_idle) + m_opened++);
    const quint32 connection = m_freeConnections.back();
    m_freeConnections.pop_back();
    return connection;
}

void ModelledClients::send(quint64 number, qint32 target, quint32 client, qint64 now)
{
    ModelledRequest request;
    request.number = number;
    request.sent = now;
    request.client = client;
    request.connection = m_countsConnections ? takeConnection(number, client) : none;
    request.route = m_routes[m_choice.routeOf(number, target)];
    const RequestProfile::Route &route = m_profile.routes()[request.route];
    request.sample = route.firstSample + static_cast<quint32>(m_draw.bits(number) % route.samples);
    const quint32 slot = m_server.add(request);
    m_recorder.arrived(now - m_measuredFrom);
    await(slot);
    if (m_requests.follows(number))
        m_requests.begin(number, route.name, static_cast<quint64>(now), static_cast<quint64>(now));
    const bool hasSocket = !m_server.holdsSockets() || request.connection != none;
    const bool isConnected = hasSocket && (client == none || !m_keepsConnections || m_idle + static_cast<qint64>(client) < m_connected);
    m_refusedForMemory += isConnected || !hasSocket ? 0 : 1;
    m_hadTooMany = m_hadTooMany || m_server.present() > mostPresent;
    if (!isConnected || m_server.present() > mostPresent)
        m_server.turnAway(slot, now);
    else if (const qint64 onTheWay = route.network + m_wakeUps; onTheWay > 0)
        m_events.add(now + onTheWay, EventHeap::Kind::Arrive, slot);
    else
        m_server.arrive(slot, now);
}

void ModelledClients::await(quint32 slot)
{
    ModelledRequest &request = m_server.request(slot);
    request.isAwaited = true;
    request.earlier = m_newest;
    request.later = none;
    (m_newest == none ? m_oldest : m_server.request(m_newest).later) = slot;
    m_newest = slot;
}

void ModelledClients::forget(quint32 slot)
{
    ModelledRequest &request = m_server.request(slot);
    request.isAwaited = false;
    (request.earlier == none ? m_oldest : m_server.request(request.earlier).later) = request.later;
    (request.later == none ? m_newest : m_server.request(request.later).earlier) = request.earlier;
}

void ModelledClients::answered(quint32 slot, LoadFailure failure, qint64 now) { end(slot, failure, now); }

void ModelledClients::end(quint32 slot, LoadFailure failure, qint64 now)
{
    forget(slot);
    const ModelledRequest &request = m_server.request(slot);
    LoadRecord record;
    record.number = request.number;
    record.intended = record.sent = request.sent - m_measuredFrom;
    record.ended = now - m_measuredFrom;
    record.route = request.route;
    record.failure = failure;
    m_recorder.ended(record);
    if (failure == LoadFailure::Count || failure == LoadFailure::BadStatus)
        m_recorder.received(static_cast<size_t>(m_profile.routes()[request.route].bytes));
    if (m_requests.follows(request.number)) {
        constexpr int good = 200;
        constexpr int bad = 500;
        m_requests.end(request.number,
            failure == LoadFailure::Count           ? good
                : failure == LoadFailure::BadStatus ? bad
                                                    : 0,
            static_cast<quint64>(now));
    }
    if (m_countsConnections && !m_isWebSocket) {
        if (failure == LoadFailure::TimedOut && m_server.holdsConnections())
            m_server.disconnect(request.connection, now);
        if (request.client == none)
            m_freeConnections.push_back(request.connection);
    }
    if (request.client != none)
        think(request.client, failure == LoadFailure::Refused ? retryPause : 0, now);
}

} // namespace loopscope
