// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabRun.h"
#include "servers/profile/ObservedProfile.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace loopscope {

/// How a profile is taken.
struct ProfilePlan
{
    Truth truth = Truth::Simulated; ///< real or simulated
    int requests = 200; ///< of each route at most
    double seconds = 0; ///< for each route at most, of run time; 0: 1 in real runs, 30 in simulated ones
};

/// Makes an event-loop run of a scenario under ProfilePlan::truth; null, with a sentence in `problem`, if there can be none.
using MakeProfiledRun = std::function<std::unique_ptr<LabRun>(const Scenario &scenario, QString *problem)>;

/// Takes the profile of a scenario: for each of its routes a short run with one client (or, over WebSocket, all of them, seldom speaking),
/// whose requests are all followed. Each run has a thread of its own (V4 and what is around it keep state of a thread that outlives an
/// engine); `isStopped` is called on it. Blocks until all is done, or `isStopped` says so. Nothing, with a sentence in `problem`, if a run
/// gives no result, or a route no requests.
std::optional<ObservedProfile> observeProfile(const Scenario &scenario, const ProfilePlan &plan, const MakeProfiledRun &makeRun,
    const std::function<bool()> &isStopped, QString *problem);

/// The steps of a request that was alone on its server, as phases.
ObservedRequest phasesOf(const LabRequest &request);

/// From one moment to another.
struct Stretch
{
    double from = 0;
    double to = 0;
};

/// The same of a real request, for which a loop is known to have run in `runs` (in the order of time, apart from each other): what it ran
/// between the request's first and last step was for it, since there was no other.
ObservedRequest phasesOf(const LabRequest &request, const std::vector<Stretch> &runs);

} // namespace loopscope
