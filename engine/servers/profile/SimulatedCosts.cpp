// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/SimulatedCosts.h"

#include <QStringList>

#include <algorithm>

namespace loopscope {

namespace {

/// What Loopscope's own servers took on a machine of 2020 (V4 with its compiler; parsing and answering a short request).
constexpr double kUsualStatement = 60e-9;
constexpr double kUsualRequest = 150e-6;
constexpr double kTrust = 1e-3; ///< in the usual ones, beside a route with the whole weight

bool isOfFiles(const QString &what)
{
    static const QStringList operations = {QStringLiteral("readFile"), QStringLiteral("writeFile"), QStringLiteral("appendFile"),
        QStringLiteral("open"), QStringLiteral("close"), QStringLiteral("read"), QStringLiteral("write"), QStringLiteral("stat"),
        QStringLiteral("fstat"), QStringLiteral("lstat"), QStringLiteral("unlink"), QStringLiteral("rm")};
    return operations.contains(what.section(u' ', 0, 0));
}

double fileSeconds(const ObservedRoute &route)
{
    double sum = 0;
    for (const ObservedRequest &request : route.requests) {
        for (const ObservedPhase &phase : request.phases)
            sum += phase.kind == LabStep::Kind::Waiting && isOfFiles(phase.what) ? phase.seconds : 0;
    }
    return route.requests.empty() ? 0 : sum / static_cast<double>(route.requests.size());
}

/// Normal equations of two unknowns, each in units of its usual value.
struct Equations
{
    double ss = kTrust;
    double rr = kTrust;
    double sr = 0;
    double s = kTrust;
    double r = kTrust;

    void add(const CostObservation &seen, double share)
    {
        const double statement = seen.statements * kUsualStatement / seen.realSeconds;
        const double request = kUsualRequest / seen.realSeconds;
        const double rest = 1 - seen.fixedSeconds / seen.realSeconds;
        ss += share * statement * statement;
        rr += share * request * request;
        sr += share * statement * request;
        s += share * statement * rest;
        r += share * request * rest;
    }
};

/// Both costs together, in units of the usual ones, by what they have to be multiplied: trust in the usual ones is to tell them apart, and
/// not to make the sum smaller.
double scaleOf(const std::vector<CostObservation> &observations, double statement, double request)
{
    double square = 0;
    double product = 0;
    for (const CostObservation &seen : observations) {
        if (!(seen.realSeconds > 0))
            continue;
        const double told = (seen.statements * statement * kUsualStatement + request * kUsualRequest) / seen.realSeconds;
        square += seen.weight * told * told;
        product += seen.weight * told * (1 - seen.fixedSeconds / seen.realSeconds);
    }
    return square > 0 ? std::max(0.0, product / square) : 1;
}

} // namespace

SimulatedCosts fitCosts(const std::vector<CostObservation> &observations)
{
    double weights = 0;
    for (const CostObservation &seen : observations)
        weights += seen.realSeconds > 0 ? seen.weight : 0;
    Equations equations;
    for (const CostObservation &seen : observations) {
        if (seen.realSeconds > 0 && weights > 0)
            equations.add(seen, seen.weight / weights);
    }
    const auto &[ss, rr, sr, s, r] = equations;
    const double determinant = ss * rr - sr * sr; // above 0, since both are trusted a little
    double statement = (s * rr - r * sr) / determinant;
    double request = (r * ss - s * sr) / determinant;
    if (statement < 0) {
        statement = 0;
        request = std::max(0.0, r / rr);
    } else if (request < 0) {
        request = 0;
        statement = std::max(0.0, s / ss);
    }
    const double scale = scaleOf(observations, statement, request);
    return {statement * scale * kUsualStatement * 1e9, request * scale * kUsualRequest * 1e6};
}

std::vector<CostObservation> costObservations(
    const ObservedProfile &real, const ObservedProfile &free, const ObservedProfile &costly, double statementNanoseconds)
{
    std::vector<CostObservation> observations;
    for (const ObservedRoute &route : real.routes) {
        const ObservedRoute *without = free.find(route.route);
        const ObservedRoute *with = costly.find(route.route);
        if (!without || !with || route.requests.empty() || without->requests.empty() || with->requests.empty())
            continue;
        const double statements = std::max(0.0, with->loopSeconds() - without->loopSeconds()) / (statementNanoseconds * 1e-9);
        const double work = route.busySeconds > 0 ? route.busySeconds : route.loopSeconds();
        observations.push_back({work, without->loopSeconds(), statements, route.weight});
    }
    return observations;
}

std::optional<double> diskFactor(const ObservedProfile &real, const ObservedProfile &simulated)
{
    constexpr auto waiting = LabStep::Kind::Waiting;
    double reallyWaited = 0;
    double waited = 0;
    for (const ObservedRoute &route : real.routes) {
        const ObservedRoute *other = simulated.find(route.route);
        const double files = other ? fileSeconds(*other) : 0;
        if (route.requests.empty() || files <= 0)
            continue;
        reallyWaited += route.weight * std::max(0.0, route.meanSeconds(waiting) - (other->meanSeconds(waiting) - files));
        waited += route.weight * files;
    }
    if (waited <= 0)
        return std::nullopt;
    constexpr double least = 0.01; // a latency of nothing would be none
    constexpr double most = 10; // more is a machine that is busy with something else
    return std::clamp(reallyWaited / waited, least, most);
}

} // namespace loopscope
