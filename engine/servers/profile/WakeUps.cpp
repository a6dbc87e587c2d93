// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/WakeUps.h"

#include "servers/lab/WakeUpTime.h"

#include <algorithm>

namespace loopscope {

namespace {

using Kind = LabStep::Kind;

constexpr double nanoseconds = 1e9;

/// How far a loop was asleep before the request came, and in all the waits in it: the sum of sleepDepth().
double depthsOf(const ObservedRequest &request)
{
    double sum = sleepDepth(pauseSeconds * nanoseconds);
    for (const ObservedPhase &phase : request.phases)
        sum += phase.kind == Kind::Waiting ? sleepDepth(phase.seconds * nanoseconds) : 0;
    return sum;
}

double depthsOf(const ObservedRoute &route)
{
    double sum = 0;
    for (const ObservedRequest &request : route.requests)
        sum += depthsOf(request);
    return sum / static_cast<double>(route.requests.size());
}

/// That a loop which sleeps as deep as can be needs until it goes on.
double deepSeconds(const ObservedRoute &route) { return route.wakeUpSeconds / sleepDepth(pauseSeconds * nanoseconds); }

/// How much of its work is left to a loop that does not sleep.
double busyShare(const ObservedRoute &route)
{
    return route.busySeconds > 0 && route.aloneSeconds > 0 ? std::min(1.0, route.busySeconds / route.aloneSeconds) : 1.0;
}

/// The server's part of a request is noted to be over when its last call of the system has returned. By then its client has been woken up
/// for a while already, which is no computing that anybody waits for.
void endWithAnswer(ObservedRequest &request, double overlap)
{
    for (auto phase = request.phases.rbegin(); phase != request.phases.rend(); ++phase) {
        if (phase->kind != Kind::Running)
            continue;
        phase->seconds = std::max(phase->seconds - overlap, 0.0);
        return;
    }
}

/// The route with only that computing which its answer waits for.
ObservedRoute upToAnswer(const ObservedRoute &route, double clientWakeUp)
{
    ObservedRoute shorter = route;
    const double back = std::max(0.0, route.networkSeconds - route.wakeUpSeconds);
    for (ObservedRequest &request : shorter.requests)
        endWithAnswer(request, std::max(0.0, clientWakeUp - back));
    const double moved = route.meanSeconds(Kind::Running) - shorter.meanSeconds(Kind::Running);
    shorter.outsideSeconds += moved;
    shorter.afterSeconds += moved;
    return shorter;
}

} // namespace

WakeUps fitWakeUps(const ObservedProfile &real)
{
    WakeUps sum;
    double weights = 0;
    for (const ObservedRoute &route : real.routes) {
        if (route.requests.empty())
            continue;
        const ObservedRoute shorter = upToAnswer(route, real.clientWakeUpSeconds);
        const double share = busyShare(route);
        const double upToAnswer = 1 - shorter.afterSeconds / shorter.loopSeconds();
        const double more = route.busySeconds > 0 ? std::max(0.0, route.aloneSeconds - route.busySeconds) * upToAnswer : 0;
        sum.core += route.weight * (deepSeconds(route) + more / depthsOf(route));
        sum.afterAnswer += route.weight * share * shorter.afterSeconds;
        weights += route.weight;
    }
    return weights > 0 ? WakeUps{sum.core / weights, real.clientWakeUpSeconds, sum.afterAnswer / weights} : WakeUps{};
}

ObservedProfile withoutWakeUps(const ObservedProfile &real, const WakeUps &wakeUps)
{
    ObservedProfile awake = real;
    awake.clientWakeUpSeconds = 0;
    for (ObservedRoute &route : awake.routes) {
        const double deep = deepSeconds(route);
        const double share = busyShare(route);
        route = upToAnswer(route, wakeUps.client);
        for (ObservedRequest &request : route.requests) {
            for (ObservedPhase &phase : request.phases) {
                const double asleep = std::min(deep * sleepDepth(phase.seconds * nanoseconds), phase.seconds);
                phase.seconds = phase.kind == Kind::Running ? phase.seconds * share : phase.seconds - asleep;
            }
        }
        route.outsideSeconds *= share;
        route.afterSeconds *= share;
        route.networkSeconds = std::max(0.0, route.networkSeconds - route.wakeUpSeconds - wakeUps.client);
        route.wakeUpSeconds = 0;
        route.aloneSeconds = route.busySeconds = std::min(route.aloneSeconds, route.busySeconds);
    }
    return awake;
}

} // namespace loopscope
