// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/live/ScenarioLoadPlan.h"

#include <QCoreApplication>

namespace loopscope {

namespace {

/// Single requests that are kept, to be followed.
constexpr quint64 keptRecords = 200'000;

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

RequestRoute routeOf(const ScenarioRoute &from)
{
    RequestRoute route;
    route.method = from.method.toLatin1();
    route.path = from.path.toUtf8();
    route.weight = from.weight;
    route.body = from.body.toUtf8();
    route.bodyBytes = from.bodyBytes;
    for (const QString &header : from.headers)
        route.headers.emplace_back(
            header.section(QLatin1Char(':'), 0, 0).trimmed().toLatin1(), header.section(QLatin1Char(':'), 1).trimmed().toUtf8());
    return route;
}

} // namespace

std::optional<LoadPlan> loadPlanOf(const Scenario &scenario, quint16 port, QString *problem)
{
    const ScenarioLoad &load = scenario.load;
    const auto tr = [](const char *text) { return QCoreApplication::translate("ScenarioLoadPlan", text); };
    if (load.protocol != ScenarioLoad::Protocol::Http) {
        *problem = tr("a real load over WebSocket cannot be made yet; simulated ones can.");
        return std::nullopt;
    }
    LoadPlan plan;
    plan.target.port = port;
    ArrivalPlan &arrivals = plan.arrivals;
    arrivals.kind = kindOf(load.arrivals);
    arrivals.clients = load.clients;
    const std::optional<Distribution> think = Distribution::parse(load.thinkTime, problem);
    if (!think && arrivals.kind == ArrivalPlan::Kind::Closed)
        return std::nullopt;
    arrivals.think = think.value_or(Distribution());
    arrivals.rate = load.rate;
    arrivals.rateEnd = load.rateEnd;
    arrivals.rampSeconds = load.seconds + load.warmupSeconds;
    arrivals.burstSize = load.burstSize;
    arrivals.burstSeconds = load.burstSeconds;
    arrivals.seed = scenario.seed;
    if (arrivals.kind == ArrivalPlan::Kind::Replay && !arrivals.readReplay(load.replayFile, problem))
        return std::nullopt;
    plan.requests.routes.clear();
    for (const ScenarioRoute &route : load.routes)
        plan.requests.routes.push_back(routeOf(route));
    plan.requests.keepAlive = load.keepAlive;
    plan.requests.isNumbered = true;
    plan.requests.seed = scenario.seed;
    if (!RouteChoice::addTargets(arrivals, &plan.requests, problem))
        return std::nullopt;
    plan.warmupSeconds = load.warmupSeconds;
    plan.seconds = load.seconds;
    if (load.requests > 0)
        plan.mostRequests = static_cast<quint64>(load.requests);
    plan.timeoutSeconds = load.timeoutSeconds;
    plan.mostRecords = keptRecords;
    const QString wrong = plan.problem();
    if (!wrong.isEmpty()) {
        *problem = wrong;
        return std::nullopt;
    }
    return plan;
}

} // namespace loopscope
