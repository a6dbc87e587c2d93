// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/SimulatedCosts.h"

#include <algorithm>

namespace loopscope {

namespace {

/// What Loopscope's own servers took on a machine of 2020 (V4 with its compiler; parsing and answering a short request).
constexpr double kUsualStatement = 60e-9;
constexpr double kUsualRequest = 150e-6;
constexpr double kTrust = 1e-3; ///< in the usual ones, beside a route with the whole weight

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
    return {statement * kUsualStatement * 1e9, request * kUsualRequest * 1e6};
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
        observations.push_back({route.loopSeconds(), without->loopSeconds(), statements, route.weight});
    }
    return observations;
}

} // namespace loopscope
