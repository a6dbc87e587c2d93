// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/profile/ObservedProfile.h"

#include <QString>

#include <vector>

namespace loopscope {

/// The n-th phase of a route's requests, over all requests that have as many phases as most of them.
struct StageSummary
{
    LabStep::Kind kind = LabStep::Kind::Running;
    QString what;
    double mean = 0; ///< seconds, as are the next two
    double p50 = 0;
    double p99 = 0;
    QString like; ///< the distribution that it most looks like, as distributions are written: "exp:120"; for people only
};

struct RouteSummary
{
    QString route;
    double weight = 1;
    int requests = 0;
    int alike = 0; ///< of them: have the phases that `stages` tells of
    std::vector<StageSummary> stages;
};

RouteSummary summaryOf(const ObservedRoute &route);

/// By the ratio of deviation and mean: "det:MEAN", "erlang:K:RATE", "exp:RATE" or "lognormal:MU:SIGMA", each with the mean of the times.
/// `seconds`: at least one, none negative.
QString likeliest(const std::vector<double> &seconds);

} // namespace loopscope
