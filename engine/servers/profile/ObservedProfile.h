// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/Scenario.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <optional>
#include <vector>

namespace loopscope {

/// A stretch of a request's way through a server that has nothing else to do.
struct ObservedPhase
{
    LabStep::Kind kind = LabStep::Kind::Running; ///< Running or Waiting
    double seconds = 0;
    QString what; ///< the first LabStep::what in it that is not empty
};

/// What one request did: computing and waiting in turn.
struct ObservedRequest
{
    std::vector<ObservedPhase> phases;

    double seconds(LabStep::Kind kind) const;
};

/// The requests of one route.
struct ObservedRoute
{
    QString route; ///< "GET /users"
    double weight = 1; ///< of the scenario
    std::vector<ObservedRequest> requests; ///< as many as were seen; each is as likely as any other
    double outsideSeconds = 0; ///< that the loop works for a request beside its Running phases: parsing, the kernel, collecting garbage
    double afterSeconds = 0; ///< of `outsideSeconds`: when the answer is on its way
    double elsewhereSeconds = 0; ///< processor time of a request on other threads: the pool's
    double networkSeconds = 0; ///< on the way there and back, with being accepted
    double wakeUpSeconds = 0; ///< of `networkSeconds`, in real runs: from its coming until the loop, which slept, goes on
    /// That the loop works for a request: half of them less, where each comes alone; and on average where the loop has no time to sleep.
    /// Of real runs; 0: not known.
    double aloneSeconds = 0;
    double busySeconds = 0;
    /// Requests are answered by what serves none of them, all who wait at once: at moments that are so far apart (a timer of the script's
    /// own that goes on and on). 0: there is no such thing. Of simulated runs.
    double tickSeconds = 0;
    double answerBytes = 0; ///< that the server sends for a request, with heads of answers
    QString death; ///< what such a request ends the server with (LabResult::death); null if it lives on
    qint64 failures = 0; ///< requests that got no good answer

    double meanSeconds(LabStep::Kind kind) const;
    void scaleRunning(double factor);
    /// That the loop works for a request, on average.
    double loopSeconds() const { return meanSeconds(LabStep::Kind::Running) + outsideSeconds; }
};

/// What the requests of a scenario need, seen in short runs of its script as one event loop with one client, a route at a time. A JSON
/// file, so that modelled runs need no script to run.
struct ObservedProfile
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::ObservedProfile)

public:
    QString script; ///< its path
    Truth truth = Truth::Simulated; ///< of the runs: real or simulated
    double clientWakeUpSeconds = 0; ///< real: that a client needs to begin with a request that is due
    std::vector<ObservedRoute> routes; ///< in the order of the scenario; those of weight 0 are left out

    /// Null if there is no such route.
    const ObservedRoute *find(const QString &route) const;
    QJsonObject toJson() const;
    /// Null, or the sentence why it cannot be written.
    QString write(const QString &file) const;
    /// Nothing, with a sentence in `problem`, if it is no such file.
    static std::optional<ObservedProfile> read(const QString &file, QString *problem);
    /// Null if it has all routes of the scenario, else the sentence that names the one it has not.
    QString problemWith(const Scenario &scenario) const;
};

/// Of the client who asks alone, between an answer and its next request.
constexpr double pauseSeconds = 0.01;

/// "GET /users", as LabRequest::route has it.
QString routeName(const ScenarioRoute &route);

} // namespace loopscope
