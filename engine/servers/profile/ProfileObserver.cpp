// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ProfileObserver.h"

#include <QThread>

#include <algorithm>

namespace loopscope {

namespace {

bool isOnTheWay(const LabStep &step) { return step.kind == LabStep::Kind::Network || step.kind == LabStep::Kind::Queued; }

/// Follows one request after the other until there are enough.
class Followers final : public LabSink
{
public:
    Followers(LabControls &controls, const ProfilePlan &plan, const std::function<bool()> &isStopped)
        : m_controls(controls)
        , m_plan(plan)
        , m_isStopped(isStopped)
    {
        // Real runs tell of their first requests, at their end, if none is followed.
        if (plan.truth == Truth::Simulated)
            follow(1);
    }

    void sample(const LabSample &sample) override
    {
        if (m_isStopped())
            m_controls.stop();
        m_arrivals += sample.arrivals;
        if (m_plan.truth != Truth::Simulated || m_arrivals <= m_followed)
            return;
        // Knobs are looked at with each sample, this one's or the next; and of the followed one ten neighbours on both sides are told, too.
        constexpr qint64 ahead = 15;
        follow(m_arrivals + sample.arrivals + ahead);
    }
    void lanes(const LabLanes &lanes) override
    {
        m_leftSpans += lanes.left;
        for (const LabSpan &span : lanes.spans) {
            if (span.thread == 1 && span.state == ThreadState::Running)
                m_loopSeconds += std::max(0.0, span.to - std::max(0.0, span.from));
        }
    }
    void request(const LabRequest &request) override
    {
        if (request.arrival < 0)
            return; // of the warm-up
        if (request.latency < 0 || request.status >= 400) {
            ++m_failures;
            return;
        }
        m_requests.push_back(phasesOf(request));
        for (const LabStep &step : request.steps)
            m_onTheWay += isOnTheWay(step) ? step.to - step.from : 0; // with the loop's work outside of the request's own
        if (m_requests.size() >= static_cast<std::size_t>(m_plan.requests))
            m_controls.stop();
    }

    /// Puts what was seen into `route`, beside what the whole run told.
    void moveInto(ObservedRoute &route, const LabResult &result)
    {
        route.requests = std::move(m_requests);
        route.failures = m_failures;
        if (route.requests.empty())
            return;
        const double onTheWay = m_onTheWay / static_cast<double>(route.requests.size());
        // Where not every span was told, nothing is known of the loop alone.
        const double all = result.cpuSecondsPerRequest;
        const auto answered = static_cast<double>(result.completed);
        double loop = m_leftSpans == 0 && m_loopSeconds > 0 && answered > 0 ? m_loopSeconds / answered : all;
        // Spans are wall time: where others had the core meanwhile, they are longer than the processor time that all threads took.
        if (all > 0 && loop > all) {
            route.scaleRunning(all / loop);
            loop = all;
        }
        route.outsideSeconds = std::max(0.0, loop - route.meanSeconds(LabStep::Kind::Running));
        route.elsewhereSeconds = std::max(0.0, all - loop);
        route.networkSeconds = std::max(0.0, onTheWay - route.outsideSeconds);
    }

private:
    void follow(qint64 number)
    {
        m_followed = number;
        m_controls.set(LabControls::Knob::Follow, static_cast<double>(number));
    }

    LabControls &m_controls;
    const ProfilePlan &m_plan;
    const std::function<bool()> &m_isStopped;
    qint64 m_followed = 0;
    qint64 m_arrivals = 0;
    std::vector<ObservedRequest> m_requests;
    double m_onTheWay = 0;
    double m_loopSeconds = 0; ///< that the loop's thread ran
    qint64 m_leftSpans = 0;
    qint64 m_failures = 0;
};

Scenario alone(const Scenario &scenario, const ScenarioRoute &route, const ProfilePlan &plan)
{
    Scenario light = scenario;
    light.models = {ServerModel::EventLoop};
    light.truth = plan.truth;
    light.extra = {};
    light.load.routes = {route};
    light.load.idleConnections = 0;
    light.load.requests = 0;
    light.load.warmupSeconds = plan.truth == Truth::Real ? 0.5 : 0; // V4 compiles what runs often
    constexpr double realSeconds = 1;
    constexpr double simulatedSeconds = 30;
    light.load.seconds = plan.seconds > 0 ? plan.seconds : plan.truth == Truth::Real ? realSeconds : simulatedSeconds;
    if (scenario.load.protocol == ScenarioLoad::Protocol::Http) {
        light.load.arrivals = ScenarioLoad::Arrivals::Closed;
        light.load.clients = 1;
        // In virtual time waiting is for nothing, and few requests between two looks at the knobs means that nearly all are followed.
        light.load.thinkTime = plan.truth == Truth::Real ? QStringLiteral("det:0.001") : QStringLiteral("det:0.01");
    } else {
        constexpr double seldom = 20; // messages a second, of all clients
        light.load.rate = std::min(scenario.load.rate, seldom);
    }
    return light;
}

std::optional<LabResult> runOnThread(LabRun &run, LabSink &sink, const LabControls &controls, QString *problem)
{
    constexpr uint stackSize = 256U << 20U; // as of all threads that run JavaScript: reserved, not used until needed
    std::optional<LabResult> result;
    const std::unique_ptr<QThread> thread(QThread::create([&] { result = run.run(sink, controls, problem); }));
    thread->setStackSize(stackSize);
    thread->start();
    thread->wait();
    return result;
}

QString nothingSeen(const ScenarioRoute &route, const LabResult &result)
{
    return ObservedProfile::tr("no request '%1' got a good answer from the script alone (%2 of %3 failed), so there is no profile of it.")
        .arg(routeName(route))
        .arg(result.failures.total())
        .arg(result.arrivals);
}

} // namespace

ObservedRequest phasesOf(const LabRequest &request)
{
    ObservedRequest observed;
    for (const LabStep &step : request.steps) {
        const double seconds = step.to - step.from;
        if (isOnTheWay(step) || !(seconds > 0))
            continue;
        // In a real run the loop computes while a request is ready, and alone on the server the request can only be waiting for itself.
        const bool isComputing = step.kind == LabStep::Kind::Running || (request.truth == Truth::Real && step.kind == LabStep::Kind::Ready);
        const LabStep::Kind kind = isComputing ? LabStep::Kind::Running : LabStep::Kind::Waiting;
        if (observed.phases.empty() || observed.phases.back().kind != kind) {
            observed.phases.push_back({kind, seconds, step.what});
            continue;
        }
        ObservedPhase &last = observed.phases.back();
        last.seconds += seconds;
        if (last.what.isEmpty())
            last.what = step.what;
    }
    return observed;
}

std::optional<ObservedProfile> observeProfile(const Scenario &scenario, const ProfilePlan &plan, const MakeProfiledRun &makeRun,
    const std::function<bool()> &isStopped, QString *problem)
{
    ObservedProfile profile;
    profile.script = scenario.script;
    profile.truth = plan.truth;
    for (const ScenarioRoute &route : scenario.load.routes) {
        if (!(route.weight > 0))
            continue;
        const Scenario light = alone(scenario, route, plan);
        const std::unique_ptr<LabRun> run = makeRun(light, problem);
        if (!run)
            return std::nullopt;
        LabControls controls(light, ServerModel::EventLoop);
        Followers followers(controls, plan, isStopped);
        const std::optional<LabResult> result = runOnThread(*run, followers, controls, problem);
        if (!result)
            return std::nullopt;
        ObservedRoute observed;
        observed.route = routeName(route);
        observed.weight = route.weight;
        observed.death = result->death;
        followers.moveInto(observed, *result);
        if (observed.requests.empty() && observed.death.isEmpty()) {
            *problem = nothingSeen(route, *result);
            return std::nullopt;
        }
        profile.routes.push_back(std::move(observed));
    }
    return profile;
}

} // namespace loopscope
