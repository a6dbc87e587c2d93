// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/profile/ObservedProfile.h"

#include <optional>
#include <vector>

namespace loopscope {

/// What work costs in simulated runs, so that they take as long as real ones on this machine (ScenarioMachine has the same members).
struct SimulatedCosts
{
    double statementNanoseconds = 0;
    double requestMicroseconds = 0;
};

/// What is known of a route: it really works `realSeconds`, and in virtual time `fixedSeconds` and as much more as its statements cost.
struct CostObservation
{
    double realSeconds = 0;
    double fixedSeconds = 0;
    double statements = 0;
    double weight = 1;
};

/// The costs whose simulated work comes closest to the real one: the least squares of relative differences, neither cost negative. One
/// route alone does not tell a statement's cost from a request's; usual costs then say which is more likely (ridge regression, Hoerl and
/// Kennard 1970, with a small weight).
SimulatedCosts fitCosts(const std::vector<CostObservation> &observations);

/// Of three profiles of one scenario: a real one; a simulated one in which statements and requests cost nothing; and one in which a
/// statement costs `statementNanoseconds`. Routes that are not in all three are left out.
std::vector<CostObservation> costObservations(
    const ObservedProfile &real, const ObservedProfile &free, const ObservedProfile &costly, double statementNanoseconds);

/// How much longer files really take than in virtual time: real waiting beside simulated waiting, where requests wait for files; other
/// waiting (timers, other servers) counts as the same in both. Nothing if no request waits for files.
std::optional<double> diskFactor(const ObservedProfile &real, const ObservedProfile &simulated);

} // namespace loopscope
