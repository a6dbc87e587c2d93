// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ModelledRun.h"

#include "servers/load/LoadInLab.h"
#include "servers/load/ScenarioLoadPlan.h"
#include "servers/modelled/ModelledClients.h"
#include "servers/modelled/SharedProfile.h"
#include "servers/profile/ProfileObserver.h"

#include <QCoreApplication>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>

namespace loopscope {

namespace {

using Knob = LabControls::Knob;
using WallClock = std::chrono::steady_clock;

QString translated(const char *text) { return QCoreApplication::translate("loopscope::ModelledRun", text); }

/// One run, from event to event.
class ModelledExecution
{
public:
    ModelledExecution(const Scenario &scenario, ServerModel model, const LoadPlan &plan, const RequestProfile &profile,
        ModelledClients::Routes routes, LabSink &sink, const LabControls &controls)
        : m_scenario(scenario)
        , m_model(model)
        , m_profile(profile)
        , m_sink(sink)
        , m_controls(controls)
        , m_known(scenario, model)
        , m_measuredFrom(std::llround(plan.warmupSeconds * 1e9))
        , m_end(m_measuredFrom + std::llround(plan.seconds * 1e9))
        , m_recorder(plan, [this](LoadSample &&sample) { publish(std::move(sample)); })
        , m_server(scenario, model, profile, m_events, m_lanes, m_requests)
        , m_clients(plan, profile, std::move(routes), m_events, m_recorder, m_server, m_requests,
              std::llround(scenario.machine.clientWakeUpMicroseconds * 1e3))
    {
        m_lanes.setOrigin(static_cast<quint64>(m_measuredFrom));
        m_requests.setOrigin(static_cast<quint64>(m_measuredFrom));
        m_requests.onEnded = [this](LabRequest &&request) {
            request.model = m_model;
            request.truth = Truth::Modelled;
            m_sink.request(request);
        };
        m_server.onAnswered = [this](quint32 slot, LoadFailure failure, qint64 now) { m_clients.answered(slot, failure, now); };
        m_server.onEnded = [this](quint32 connection, qint64 now) { m_clients.lost(connection, now); };
    }

    LabResult run()
    {
        const auto start = WallClock::now();
        turnKnobs(0);
        const bool isWebSocket = m_scenario.load.protocol == ScenarioLoad::Protocol::WebSocket;
        m_clients.begin(m_scenario.load.idleConnections, isWebSocket ? m_scenario.load.clients : 0, m_scenario.load.keepAlive);
        while (step()) { }
        m_isOver = true;
        m_recorder.finish();
        LabResult result = figures();
        result.wallSeconds = std::chrono::duration<double>(WallClock::now() - start).count();
        return result;
    }

private:
    static constexpr qint64 tick = 100'000'000; ///< between two looks at the knobs

    bool step()
    {
        const qint64 events = m_events.nextTime();
        const qint64 clients = m_clients.nextTime();
        const qint64 server = m_server.nextTime();
        const qint64 next = std::min({events, clients, server, m_nextTick, m_end});
        m_now = next;
        m_recorder.passTime(next - m_measuredFrom);
        if (next >= m_end || m_clients.isThrough() || !m_server.death().isNull())
            return false;
        if (next == m_nextTick) {
            m_nextTick += tick;
            turnKnobs(next);
            keepPace();
        } else if (next == clients) {
            m_clients.advance(next);
        } else if (next == server) {
            m_server.advance(next);
        } else {
            happen(m_events.takeFirst());
        }
        constexpr quint64 often = 0x3fff;
        if ((++m_steps & often) == 0)
            m_wasStopped = m_wasStopped || m_controls.isStopped();
        return !m_wasStopped;
    }

    void happen(const EventHeap::Event &event)
    {
        switch (event.kind()) {
        case EventHeap::Kind::Think:
            m_clients.ask(event.index(), m_now);
            break;
        case EventHeap::Kind::Arrive:
            m_server.arrive(event.index(), m_now);
            break;
        case EventHeap::Kind::Wake:
            m_server.wake(event.index(), m_now);
            break;
        case EventHeap::Kind::Core:
            m_server.stepCore(event.index(), m_now);
            break;
        }
    }

    void turnKnobs(qint64 now)
    {
        const auto changed = [this](Knob knob) {
            const double value = m_controls.value(knob);
            if (value == m_known.value(knob))
                return false;
            m_known.set(knob, value);
            return true;
        };
        const auto whole = [this](Knob knob, int least, int most) {
            return static_cast<int>(std::clamp(m_known.value(knob), static_cast<double>(least), static_cast<double>(most)));
        };
        if (changed(Knob::Rate))
            m_clients.setRate(std::max(m_known.value(Knob::Rate), 0.0), now);
        if (changed(Knob::Clients))
            m_clients.setClients(whole(Knob::Clients, 0, ArrivalPlan::MostClients), now);
        const bool hasWork = changed(Knob::CpuMilliseconds);
        if (changed(Knob::IoMilliseconds) || hasWork)
            m_server.setExtra(m_known.value(Knob::IoMilliseconds), m_known.value(Knob::CpuMilliseconds));
        if (changed(Knob::Threads))
            m_server.setThreads(whole(Knob::Threads, 1, 1'000'000), now);
        if (changed(Knob::Cores))
            m_server.setCores(whole(Knob::Cores, 1, 1024), now);
        m_requests.follow(static_cast<quint64>(std::max(m_controls.value(Knob::Follow), 0.0)));
        m_wasStopped = m_wasStopped || m_controls.isStopped();
    }

    void keepPace()
    {
        const double pace = m_controls.value(Knob::Pace);
        if (pace != m_pace) {
            m_pace = pace;
            m_paceWall = WallClock::now();
            m_paceFrom = m_now;
        }
        if (!(pace > 0))
            return;
        const auto goal = m_paceWall + std::chrono::nanoseconds(std::llround(static_cast<double>(m_now - m_paceFrom) / pace));
        constexpr WallClock::duration look = std::chrono::milliseconds(20);
        while (WallClock::now() < goal && !m_controls.isStopped() && m_controls.value(Knob::Pace) == m_pace)
            std::this_thread::sleep_for(std::min(look, WallClock::duration(goal - WallClock::now())));
    }

    void publish(LoadSample &&sample)
    {
        if (sample.to <= sample.from)
            return;
        const qint64 now = m_measuredFrom + sample.to;
        const LabSample told = toSample(sample, now);
        if (sample.from >= 0) {
            m_total.addAfter(sample);
        } else {
            m_busyAtStart = m_sampledBusy;
            m_switchesAtStart = m_sampledSwitches;
            m_lostAtStart = m_server.lostToDeath();
            m_server.countMost();
            m_lanes.countMost();
            m_total.from = m_total.to = sample.to;
        }
        m_sink.sample(told);
        LabLanes lanes;
        lanes.model = m_model;
        lanes.truth = Truth::Modelled;
        m_lanes.take(static_cast<quint64>(now), &lanes);
        m_sink.lanes(lanes);
    }

    LabSample toSample(const LoadSample &sample, qint64 now)
    {
        LabSample told;
        told.model = m_model;
        told.truth = Truth::Modelled;
        told.time = static_cast<double>(sample.to) / 1e9;
        told.interval = static_cast<double>(sample.to - sample.from) / 1e9;
        told.arrivals = static_cast<qint64>(sample.arrivals);
        told.completed = static_cast<qint64>(sample.completed);
        told.failures = failuresOf(sample);
        told.latency = latencyOf(sample.latency);
        told.histogram = coarseBarsOf(sample.latency);
        told.inFlight = static_cast<int>(sample.inFlight);
        told.queued = m_server.queued();
        told.threads = m_lanes.counts();
        const quint64 busy = m_lanes.busyTime(static_cast<quint64>(now));
        told.cpuCores = static_cast<double>(busy - m_sampledBusy) / static_cast<double>(sample.to - sample.from);
        told.memoryBytes = m_server.memory();
        told.bytesSent = static_cast<qint64>(sample.bytesReceived);
        told.contextSwitches = m_server.switches() - m_sampledSwitches;
        m_sampledBusy = busy;
        m_sampledSwitches = m_server.switches();
        return told;
    }

    LabResult figures() const
    {
        LabResult result = resultOf(m_total);
        result.model = m_model;
        result.truth = Truth::Modelled;
        result.wasStopped = m_wasStopped;
        result.mostQueued = m_server.mostQueued();
        result.mostThreads = m_lanes.mostThreads();
        result.mostMemoryBytes = m_server.mostMemory();
        result.contextSwitches = m_sampledSwitches - m_switchesAtStart;
        setBusySeconds(result, static_cast<double>(m_sampledBusy - m_busyAtStart) / 1e9);
        result.death = m_server.death();
        // With the whole server all that was in flight dies, in the warm-up too.
        result.lostToDeath = m_server.lostToDeath() - (m_server.death().isNull() ? m_lostAtStart : 0);
        result.notes = notes();
        return result;
    }

    QStringList notes() const
    {
        QStringList notes;
        if (m_server.death().isNull() && m_server.threadDeaths() > 0)
            notes << translated(QT_TRANSLATE_NOOP("loopscope::ModelledRun",
                                    "%1 errors that nobody caught ended a thread, process or loop each; %2 requests were lost with them, "
                                    "and the server went on."))
                         .arg(m_server.threadDeaths())
                         .arg(m_server.lostToDeath());
        if (m_server.ranOutOfMemory() || m_clients.refusedForMemory() > 0)
            notes << translated(QT_TRANSLATE_NOOP("loopscope::ModelledRun",
                                    "The machine ran out of memory (%1 MiB): threads could not begin, or connections were refused. Give it "
                                    "more, or threads smaller stacks."))
                         .arg(m_scenario.machine.memoryBytes >> 20);
        if (m_model == ServerModel::Workers && m_profile.assumesOffload())
            notes << translated(QT_TRANSLATE_NOOP("loopscope::ModelledRun",
                                    "The profile does not tell apart what functions in workers compute (%1): of each request the longest "
                                    "computation counts as theirs, if it takes 1 ms or more."))
                         .arg(m_scenario.offload.join(QStringLiteral(", ")));
        if (const int idle = m_clients.idle(); idle < m_scenario.load.idleConnections)
            notes << translated(
                QT_TRANSLATE_NOOP("loopscope::ModelledRun", "Of %1 idle connections the server took %2; the others were given up."))
                         .arg(m_scenario.load.idleConnections)
                         .arg(idle);
        if (m_clients.hadTooMany())
            notes << translated(QT_TRANSLATE_NOOP(
                "loopscope::ModelledRun", "More than 4000000 requests were in the server at once; further ones were refused."));
        return notes;
    }

    const Scenario &m_scenario;
    const ServerModel m_model;
    const RequestProfile &m_profile;
    LabSink &m_sink;
    const LabControls &m_controls;
    LabControls m_known; ///< the knobs as they were looked at last
    const qint64 m_measuredFrom;
    const qint64 m_end;
    LoadRecorder m_recorder;
    LoadSample m_total;
    EventHeap m_events;
    LaneBook m_lanes;
    RequestBook m_requests;
    ModelledServer m_server;
    ModelledClients m_clients;
    qint64 m_now = 0;
    qint64 m_nextTick = tick;
    quint64 m_steps = 0;
    bool m_isOver = false;
    bool m_wasStopped = false;
    quint64 m_sampledBusy = 0;
    qint64 m_sampledSwitches = 0;
    quint64 m_busyAtStart = 0;
    qint64 m_switchesAtStart = 0;
    qint64 m_lostAtStart = 0;
    double m_pace = -1;
    WallClock::time_point m_paceWall;
    qint64 m_paceFrom = 0;
};

class ModelledRun final : public LabRun
{
public:
    ModelledRun(const Scenario &scenario, ServerModel model, std::optional<RequestProfile> profile)
        : m_scenario(scenario)
        , m_model(model)
        , m_profile(std::move(profile))
    {
    }

    std::optional<LabResult> run(LabSink &sink, const LabControls &controls, QString *problem) override
    {
        problem->clear();
        if (m_model == ServerModel::Node)
            *problem = translated(
                QT_TRANSLATE_NOOP("loopscope::ModelledRun", "Node itself runs in real time only: take the truth 'real' for it."));
        const std::optional<LoadPlan> plan = problem->isEmpty() ? planOf(problem) : std::nullopt;
        if (!plan || (!m_profile && !observe(controls, problem)))
            return std::nullopt;
        ModelledClients::Routes routes;
        for (const RequestRoute &route : plan->requests.routes) {
            const int index = m_profile->routeNamed(route.title());
            if (index < 0 && route.weight > 0) {
                *problem =
                    translated(QT_TRANSLATE_NOOP("loopscope::ModelledRun", "there is no profile of requests '%1'.")).arg(route.title());
                return std::nullopt;
            }
            routes.push_back(static_cast<quint32>(std::max(index, 0)));
        }
        return ModelledExecution(m_scenario, m_model, *plan, *m_profile, std::move(routes), sink, controls).run();
    }

private:
    /// A message over WebSocket is modelled as a request of a client that stays connected.
    std::optional<LoadPlan> planOf(QString *problem) const
    {
        Scenario asked = m_scenario;
        asked.load.protocol = ScenarioLoad::Protocol::Http;
        return loadPlanOf(asked, problem);
    }

    /// From the scenario's file, or in short simulated runs of the script.
    std::optional<ObservedProfile> observed(const LabControls &controls, QString *problem) const
    {
        if (m_scenario.profile.isEmpty()) {
            const auto makeRun = [](const Scenario &scenario, QString *) { return makeSimulatedRun(scenario, ServerModel::EventLoop); };
            const auto isStopped = [&controls] { return controls.isStopped(); };
            return sharedProfile(
                m_scenario, [&] { return observeProfile(m_scenario, {}, makeRun, isStopped, problem); }, isStopped);
        }
        std::optional<ObservedProfile> profile = ObservedProfile::read(m_scenario.profile, problem);
        if (profile)
            *problem = profile->problemWith(m_scenario);
        return problem->isEmpty() ? profile : std::nullopt;
    }

    bool observe(const LabControls &controls, QString *problem)
    {
        const std::optional<ObservedProfile> profile = observed(controls, problem);
        if (profile)
            m_profile = RequestProfile::of(*profile, m_scenario.offload);
        return profile.has_value();
    }

    Scenario m_scenario;
    const ServerModel m_model;
    std::optional<RequestProfile> m_profile;
};

} // namespace

std::unique_ptr<LabRun> makeModelledRun(const Scenario &scenario, ServerModel model, const RequestProfile &profile)
{
    return std::make_unique<ModelledRun>(scenario, model, profile);
}

std::unique_ptr<LabRun> makeModelledRun(const Scenario &scenario, ServerModel model)
{
    return std::make_unique<ModelledRun>(scenario, model, std::nullopt);
}

} // namespace loopscope
