// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/load/ArrivalPlan.h"

#include <QByteArray>

#include <utility>
#include <vector>

namespace loopscope {

/// One kind of request, and what counts as its success.
struct RequestRoute
{
    static constexpr qint64 MostBodyBytes = 1LL << 40;

    QString name; ///< empty: as replayed arrivals call it, its path
    QByteArray method = "GET";
    QByteArray path = "/"; ///< with its query
    double weight = 1; ///< of the choice among routes
    std::vector<std::pair<QByteArray, QByteArray>> headers; ///< name, value
    QByteArray body;
    qint64 bodyBytes = 0; ///< if `body` is empty: that many bytes of a fixed pattern
    int leastStatus = 200; ///< of a success
    int mostStatus = 399;
    qint64 readBytes = 0; ///< a slow reader: takes that many bytes of the answer, then pauses; 0: takes all that comes
    double readPause = 0; ///< seconds
    qint64 writeBytes = 0; ///< a slow upload: sends that many bytes of the body, then pauses; 0: sends all that goes
    double writePause = 0; ///< seconds

    /// "GET /users"
    QString title() const;
    qint64 wholeBody() const { return body.isEmpty() ? bodyBytes : static_cast<qint64>(body.size()); }
    /// What is wrong with the values, in a sentence; null if nothing is.
    QString problem() const;
};

/// What is asked for: plain data that knows no transport. Request number k has the same route under every server model.
struct RequestPlan
{
    enum class Protocol : quint8 {
        Http,
        /// ArrivalPlan::clients connect and stay, under open plans too; requests are messages, routes' paths are where they connect, and
        /// bodies what they say (WebSocketLoad). On one thread.
        WebSocket,
    };

    Protocol protocol = Protocol::Http;
    std::vector<RequestRoute> routes = {RequestRoute{}};
    bool keepAlive = true; ///< else every request has a connection of its own
    bool isNumbered = false; ///< with the header x-loopscope-request: k
    quint64 seed = 1;

    QString problem() const;
};

/// Says which route a request has. To be kept and asked by one thread; plans with one route cost nothing.
class RouteChoice
{
public:
    /// A replay's targets are routes' names or paths; one that no route has becomes a route of its own (GET, when it begins with a slash),
    /// which is added to `requests`. False, with a sentence, if a target is neither.
    static bool addTargets(const ArrivalPlan &arrivals, RequestPlan *requests, QString *problem);

    RouteChoice(const RequestPlan &requests, const ArrivalPlan &arrivals);
    /// Index into RequestPlan::routes. `target`: ArrivalSequence::target of that request.
    size_t routeOf(quint64 number, qint32 target = -1) const;

private:
    CounterRandom m_random;
    std::vector<double> m_upTo; ///< weights, summed up
    std::vector<size_t> m_ofTarget;
};

/// A route's request as it goes over the wire, made once for all requests.
class RequestText
{
public:
    /// `host`: for the header Host.
    RequestText(const RequestRoute &route, const RequestPlan &plan, const QByteArray &host);

    /// Head and, if it is short, body. The number is that of setNumber().
    QByteArrayView text() const { return m_text; }
    void setNumber(quint64 number);
    /// Of the part of the body that is not in text().
    qint64 restBytes() const { return m_restBytes; }
    /// Bytes of that part from `offset` on, as many as lie together: not empty before its end.
    QByteArrayView rest(qint64 offset) const;

private:
    QByteArray m_text;
    qsizetype m_numberAt = -1;
    QByteArray m_block; ///< the body, or the pattern that it repeats
    qint64 m_restBytes = 0;
};

} // namespace loopscope
