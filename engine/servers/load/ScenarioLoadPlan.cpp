// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/ScenarioLoadPlan.h"

namespace loopscope {

namespace {

ArrivalPlan::Kind kindOf(ScenarioLoad::Arrivals arrivals)
{
    switch (arrivals) {
    case ScenarioLoad::Arrivals::Closed:
        return ArrivalPlan::Kind::Closed;
    case ScenarioLoad::Arrivals::Poisson:
        return ArrivalPlan::Kind::Poisson;
    case ScenarioLoad::Arrivals::Bursts:
        return ArrivalPlan::Kind::Bursts;
    case ScenarioLoad::Arrivals::Ramp:
        return ArrivalPlan::Kind::Ramp;
    case ScenarioLoad::Arrivals::Replay:
        return ArrivalPlan::Kind::Replay;
    }
    return ArrivalPlan::Kind::Closed;
}

RequestRoute routeOf(const ScenarioRoute &given)
{
    RequestRoute route;
    route.method = given.method.toLatin1();
    route.path = given.path.toUtf8();
    route.weight = given.weight;
    route.body = given.body.toUtf8();
    route.bodyBytes = given.bodyBytes;
    for (const QString &line : given.headers) {
        const qsizetype colon = line.indexOf(QLatin1Char(':'));
        route.headers.emplace_back(line.left(colon).toLatin1(), line.mid(colon + 1).trimmed().toUtf8());
    }
    return route;
}

} // namespace

std::optional<LoadPlan> loadPlanOf(const Scenario &scenario, QString *problem)
{
    const ScenarioLoad &load = scenario.load;
    LoadPlan plan;
    plan.target.port = 1; // until the server has chosen one
    plan.arrivals.kind = kindOf(load.arrivals);
    plan.arrivals.clients = load.clients;
    plan.arrivals.rate = load.rate;
    plan.arrivals.rateEnd = load.rateEnd;
    plan.arrivals.rampSeconds = load.seconds + load.warmupSeconds;
    plan.arrivals.burstSize = load.burstSize;
    plan.arrivals.burstSeconds = load.burstSeconds;
    plan.arrivals.seed = plan.requests.seed = scenario.seed;
    const std::optional<Distribution> think = Distribution::parse(load.thinkTime, problem);
    if (!think && load.arrivals == ScenarioLoad::Arrivals::Closed)
        return std::nullopt;
    plan.arrivals.think = think.value_or(Distribution());
    if (load.arrivals == ScenarioLoad::Arrivals::Replay && !plan.arrivals.readReplay(load.replayFile, problem))
        return std::nullopt;
    plan.requests.routes.clear();
    for (const ScenarioRoute &route : load.routes)
        plan.requests.routes.push_back(routeOf(route));
    if (load.protocol == ScenarioLoad::Protocol::WebSocket)
        plan.requests.protocol = RequestPlan::Protocol::WebSocket;
    plan.requests.keepAlive = load.keepAlive;
    plan.requests.isNumbered = load.protocol == ScenarioLoad::Protocol::Http;
    plan.idleConnections = load.idleConnections;
    if (!RouteChoice::addTargets(plan.arrivals, &plan.requests, problem))
        return std::nullopt;
    plan.warmupSeconds = load.warmupSeconds;
    plan.seconds = load.seconds;
    if (load.requests > 0)
        plan.mostRequests = static_cast<quint64>(load.requests);
    plan.timeoutSeconds = load.timeoutSeconds;
    *problem = plan.problem();
    if (!problem->isEmpty())
        return std::nullopt;
    return plan;
}

} // namespace loopscope
