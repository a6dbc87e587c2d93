// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ProfileObserver.h"

#include <QThread>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

bool isOnTheWay(const LabStep &step) { return step.kind == LabStep::Kind::Network || step.kind == LabStep::Kind::Queued; }

double medianOf(std::vector<double> values)
{
    if (values.empty())
        return 0;
    const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
    std::nth_element(values.begin(), middle, values.end());
    return *middle;
}

/// What the loop's lane tells.
class LoopTime
{
public:
    void add(const LabLanes &lanes)
    {
        m_left += lanes.left;
        for (const LabSpan &span : lanes.spans) {
            if (span.thread == 1)
                add(span);
        }
    }
    /// Not where spans are missing.
    bool isKnown() const { return m_left == 0 && m_seconds > 0; }
    double seconds() const { return m_seconds; } ///< that the loop's thread ran
    /// What it ran of each request until it was seen to be that one's; of none where that does not show.
    const std::vector<double> &before() const { return m_before; }
    const std::vector<Stretch> &runs() const { return m_runs; }
    /// What it ran from one request to the next.
    const std::vector<double> &perRequest() const { return m_perRequest; }

private:
    void add(const LabSpan &span)
    {
        if (span.state != ThreadState::Running) {
            m_unnamed = 0;
            return;
        }
        m_seconds += std::max(0.0, span.to - std::max(0.0, span.from));
        m_sum += span.to - span.from;
        if (!m_runs.empty() && m_runs.back().to >= span.from)
            m_runs.back().to = span.to;
        else
            m_runs.push_back({span.from, span.to});
        if (span.request == 0) {
            m_unnamed += span.to - span.from;
        } else if (span.request > m_last) {
            m_last = span.request;
            const double own = m_unnamed + span.to - span.from;
            if (span.from >= 0) {
                m_before.push_back(m_unnamed);
                m_perRequest.push_back(m_sum - own);
            }
            m_sum = own;
            m_unnamed = 0;
        }
    }

    double m_seconds = 0;
    double m_unnamed = 0;
    double m_sum = 0; ///< since the last request came
    qint64 m_last = 0;
    qint64 m_left = 0;
    std::vector<double> m_before;
    std::vector<double> m_perRequest;
    std::vector<Stretch> m_runs;
};

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
        if (sample.time > 0) {
            m_answered += sample.completed;
            m_bytes += sample.bytesSent;
        }
        if (m_plan.truth != Truth::Simulated || m_arrivals <= m_followed)
            return;
        // Knobs are looked at with each sample, this one's or the next; and of the followed one ten neighbours on both sides are told, too.
        constexpr qint64 ahead = 15;
        follow(m_arrivals + sample.arrivals + ahead);
    }
    void lanes(const LabLanes &lanes) override { m_loop.add(lanes); }
    void request(const LabRequest &request) override
    {
        if (request.arrival < 0)
            return; // of the warm-up
        if (request.latency < 0 || request.status >= 400) {
            ++m_failures;
            return;
        }
        const bool knowsLoop = m_plan.truth == Truth::Real && m_loop.isKnown(); // lanes are told first
        m_requests.push_back(knowsLoop ? phasesOf(request, m_loop.runs()) : phasesOf(request));
        noteAnswer(request);
        double there = 0;
        double back = 0;
        bool isServed = false;
        for (const LabStep &step : request.steps) {
            isServed = isServed || !isOnTheWay(step);
            (isServed ? back : there) += isOnTheWay(step) ? step.to - step.from : 0;
        }
        m_there.push_back(there);
        m_back.push_back(back);
        if (m_requests.size() >= static_cast<std::size_t>(m_plan.requests))
            m_controls.stop();
    }

    /// Seconds between two answers, half of them less, where something gave them that served none of the requests; 0 where their own
    /// callbacks did.
    double betweenForeignAnswers() const
    {
        if (m_foreignAnswers.size() < 3 || m_foreignAnswers.size() < m_there.size() / 2)
            return 0;
        std::vector<double> between;
        for (std::size_t i = 1; i < m_foreignAnswers.size(); ++i)
            between.push_back(m_foreignAnswers[i] - m_foreignAnswers[i - 1]);
        return medianOf(between);
    }

    /// Puts what was seen into `route`, beside what the whole run told.
    void moveInto(ObservedRoute &route, const LabResult &result)
    {
        route.requests = std::move(m_requests);
        route.failures = m_failures;
        if (route.requests.empty())
            return;
        route.answerBytes = m_answered > 0 ? static_cast<double>(m_bytes) / static_cast<double>(m_answered) : 0;
        // Where not every span was told, nothing is known of the loop alone.
        const double all = result.cpuSecondsPerRequest;
        const auto answered = static_cast<double>(result.completed);
        double loop = m_loop.isKnown() && answered > 0 ? m_loop.seconds() / answered : all;
        // Spans are wall time: where others had the core meanwhile, they are longer than the processor time that all threads took.
        if (all > 0 && loop > all) {
            route.scaleRunning(all / loop);
            loop = all;
        }
        route.outsideSeconds = std::max(0.0, loop - route.meanSeconds(LabStep::Kind::Running));
        route.elsewhereSeconds = std::max(0.0, all - loop);
        const bool isSplit = m_loop.isKnown() && !m_loop.before().empty();
        const double before = isSplit ? std::min(medianOf(m_loop.before()), route.outsideSeconds) : route.outsideSeconds;
        route.afterSeconds = route.outsideSeconds - before;
        const double there = std::max(0.0, medianOf(m_there) - before);
        route.networkSeconds = there + medianOf(m_back);
        if (m_plan.truth == Truth::Real) {
            route.wakeUpSeconds = there;
            route.aloneSeconds = m_loop.isKnown() ? std::min(medianOf(m_loop.perRequest()), loop) : loop;
        }
    }

private:
    /// What a request's own callback answers ends while it runs.
    void noteAnswer(const LabRequest &request)
    {
        const auto last = std::find_if(request.steps.rbegin(), request.steps.rend(), [](const LabStep &step) { return !isOnTheWay(step); });
        if (last != request.steps.rend() && last->kind == LabStep::Kind::Waiting)
            m_foreignAnswers.push_back(last->to);
    }

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
    qint64 m_answered = 0; ///< after the warm-up
    qint64 m_bytes = 0; ///< sent with that
    std::vector<ObservedRequest> m_requests;
    LoopTime m_loop;
    std::vector<double> m_there; ///< on the way to the server, with what its loop does until the request shows
    std::vector<double> m_back;
    std::vector<double> m_foreignAnswers; ///< their moments
    qint64 m_failures = 0;
};

/// Looks at the loop of a server that has no time to sleep.
class BusyLoop final : public LabSink
{
public:
    BusyLoop(LabControls &controls, const std::function<bool()> &isStopped)
        : m_controls(controls)
        , m_isStopped(isStopped)
    {
    }

    void sample(const LabSample &sample) override
    {
        if (m_isStopped())
            m_controls.stop();
        if (sample.time > sample.interval && sample.completed > 0)
            m_all.push_back(sample.cpuCores * sample.interval / static_cast<double>(sample.completed));
    }
    void lanes(const LabLanes &lanes) override { m_loop.add(lanes); }
    void request(const LabRequest &request) override { Q_UNUSED(request) }

    /// That the loop works for a request; 0 if that is not known. By the median over the run's tenths of a second, some of which others may
    /// have disturbed.
    double secondsOf(const LabResult &result) const
    {
        const double all = result.cpuSecondsPerRequest;
        if (result.completed == 0 || !result.death.isEmpty() || !(all > 0) || m_all.empty())
            return 0;
        const double loop = m_loop.seconds() / static_cast<double>(result.completed);
        return medianOf(m_all) * (m_loop.isKnown() ? std::min(1.0, loop / all) : 1.0);
    }

private:
    LabControls &m_controls;
    const std::function<bool()> &m_isStopped;
    LoopTime m_loop;
    std::vector<double> m_all; ///< processor time of a request, of all threads, in each stretch between two looks
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
        // In real time it is long enough for the machine to fall asleep.
        light.load.thinkTime = QStringLiteral("det:%1").arg(pauseSeconds);
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

/// The same with so many clients, who do not think, that the loop always has somebody to serve.
Scenario crowded(Scenario alone, const ObservedRoute &route, const LabResult &result)
{
    constexpr double fewest = 4;
    constexpr double most = 200;
    const double loop = route.loopSeconds();
    alone.load.clients = static_cast<int>(std::clamp(loop > 0 ? fewest * result.latency.p50 / loop : fewest, fewest, most));
    alone.load.thinkTime = QStringLiteral("det:0");
    return alone;
}

/// A request every hundredth of a second, or as seldom as lets the server rest between two of them.
Scenario punctual(Scenario alone, const ObservedProfile &profile)
{
    const ObservedRoute *route = profile.find(routeName(alone.load.routes.front()));
    const double needed = route ? route->loopSeconds() + route->elsewhereSeconds : 0;
    alone.load.arrivals = ScenarioLoad::Arrivals::Bursts;
    alone.load.burstSize = 1;
    alone.load.burstSeconds = std::max(pauseSeconds, 3 * needed);
    return alone;
}

QString nothingSeen(const ScenarioRoute &route, const LabResult &result)
{
    return ObservedProfile::tr("no request '%1' got a good answer from the script alone (%2 of %3 failed), so there is no profile of it.")
        .arg(routeName(route))
        .arg(result.failures.total())
        .arg(result.arrivals);
}

struct LoopFigures
{
    LabResult result;
    double secondsPerRequest = 0; ///< that the loop works; 0: not known
};

std::optional<LoopFigures> lookAtLoop(
    const Scenario &scenario, const MakeProfiledRun &makeRun, const std::function<bool()> &isStopped, QString *problem)
{
    const std::unique_ptr<LabRun> run = makeRun(scenario, problem);
    if (!run)
        return std::nullopt;
    LabControls controls(scenario, ServerModel::EventLoop);
    BusyLoop loop(controls, isStopped);
    const std::optional<LabResult> result = runOnThread(*run, loop, controls, problem);
    if (!result)
        return std::nullopt;
    return LoopFigures{*result, loop.secondsOf(*result)};
}

/// How far apart the moments are at which all who wait are answered; 0 if each request waits for itself. Which of the two it is shows when
/// the client asks a little later: then the answer to a request of its own comes later, too.
double tickOf(const Scenario &light, double between, const ProfilePlan &plan, const MakeProfiledRun &makeRun,
    const std::function<bool()> &isStopped, QString *problem)
{
    Scenario later = light;
    later.load.thinkTime = QStringLiteral("det:%1").arg(1.5 * pauseSeconds);
    constexpr int enough = 20;
    ProfilePlan brief = plan;
    brief.requests = std::min(plan.requests, enough);
    const std::unique_ptr<LabRun> run = makeRun(later, problem);
    if (!run)
        return 0;
    LabControls controls(later, ServerModel::EventLoop);
    Followers followers(controls, brief, isStopped);
    if (!runOnThread(*run, followers, controls, problem))
        return 0;
    constexpr double alike = 0.1 * pauseSeconds;
    return std::abs(followers.betweenForeignAnswers() - between) < alike ? between : 0;
}

std::optional<ObservedRoute> observeRoute(const Scenario &light, const ProfilePlan &plan, const MakeProfiledRun &makeRun,
    const std::function<bool()> &isStopped, QString *problem)
{
    const std::unique_ptr<LabRun> run = makeRun(light, problem);
    if (!run)
        return std::nullopt;
    LabControls controls(light, ServerModel::EventLoop);
    Followers followers(controls, plan, isStopped);
    const std::optional<LabResult> result = runOnThread(*run, followers, controls, problem);
    if (!result)
        return std::nullopt;
    const ScenarioRoute &route = light.load.routes.front();
    ObservedRoute observed;
    observed.route = routeName(route);
    observed.weight = route.weight;
    observed.death = result->death;
    followers.moveInto(observed, *result);
    if (observed.requests.empty() && observed.death.isEmpty()) {
        *problem = nothingSeen(route, *result);
        return std::nullopt;
    }
    const bool isHttp = light.load.protocol == ScenarioLoad::Protocol::Http;
    if (const double between = followers.betweenForeignAnswers(); between > 0 && plan.truth == Truth::Simulated && isHttp)
        observed.tickSeconds = tickOf(light, between, plan, makeRun, isStopped, problem);
    if (plan.truth != Truth::Real || !isHttp || !observed.death.isEmpty())
        return observed;
    const std::optional<LoopFigures> busy = lookAtLoop(crowded(light, observed, *result), makeRun, isStopped, problem);
    if (!busy)
        return std::nullopt;
    observed.busySeconds = busy->secondsPerRequest;
    return observed;
}

const ScenarioRoute &heaviestOf(const Scenario &scenario)
{
    const std::vector<ScenarioRoute> &routes = scenario.load.routes;
    return *std::max_element(
        routes.begin(), routes.end(), [](const ScenarioRoute &left, const ScenarioRoute &right) { return left.weight < right.weight; });
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

ObservedRequest phasesOf(const LabRequest &request, const std::vector<Stretch> &runs)
{
    const auto isServed = [](const LabStep &step) { return !isOnTheWay(step); };
    const auto first = std::find_if(request.steps.begin(), request.steps.end(), isServed);
    const auto last = std::find_if(request.steps.rbegin(), request.steps.rend(), isServed);
    ObservedRequest observed;
    if (first == request.steps.end())
        return observed;
    double told = first->from;
    const auto tell = [&observed, &told](LabStep::Kind kind, double until) {
        if (until > told)
            observed.phases.push_back({kind, until - told, {}});
        told = std::max(told, until);
    };
    for (auto run = std::upper_bound(runs.begin(), runs.end(), told, [](double time, const Stretch &each) { return time < each.to; });
         run != runs.end() && run->from < last->to; ++run) {
        tell(LabStep::Kind::Waiting, run->from);
        tell(LabStep::Kind::Running, std::min(run->to, last->to));
    }
    tell(LabStep::Kind::Waiting, last->to);
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
        std::optional<ObservedRoute> observed = observeRoute(alone(scenario, route, plan), plan, makeRun, isStopped, problem);
        if (!observed)
            return std::nullopt;
        profile.routes.push_back(std::move(*observed));
    }
    const bool hasClients = plan.truth == Truth::Real && scenario.load.protocol == ScenarioLoad::Protocol::Http;
    if (hasClients && !profile.routes.empty() && profile.routes.front().death.isEmpty()) {
        const Scenario open = punctual(alone(scenario, heaviestOf(scenario), plan), profile);
        const std::optional<LoopFigures> figures = lookAtLoop(open, makeRun, isStopped, problem);
        if (!figures)
            return std::nullopt;
        // Who sleeps until a request is due is late by that.
        profile.clientWakeUpSeconds = std::max(0.0, figures->result.latency.p50 - figures->result.uncorrectedLatency.p50);
    }
    return profile;
}

} // namespace loopscope
