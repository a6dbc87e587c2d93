// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/lab/IdleSettings.h"

#include <QCoreApplication>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

using Arrivals = ScenarioLoad::Arrivals;

bool isWebSocket(const Scenario &scenario) { return scenario.load.protocol == ScenarioLoad::Protocol::WebSocket; }
bool isReal(LabRunName run) { return run.truth == Truth::Real; }
bool holdsThreads(LabRunName run)
{
    return run.model == ServerModel::ThreadPerRequest || run.model == ServerModel::ThreadPool || run.model == ServerModel::Processes;
}
/// Modelled runs without a profile make theirs in simulated ones.
bool runsScript(const Scenario &scenario, LabRunName run) { return run.truth != Truth::Modelled || scenario.profile.isEmpty(); }
bool isOrNeedsSimulated(const Scenario &scenario, LabRunName run) { return !isReal(run) && runsScript(scenario, run); }

template<ServerModel Model>
bool isModel(const Scenario &, LabRunName run)
{
    return run.model == Model;
}
template<Arrivals Kind>
bool isArrivals(const Scenario &scenario, LabRunName)
{
    return scenario.load.arrivals == Kind;
}
bool isVirtual(const Scenario &, LabRunName run) { return !isReal(run); }

struct Rule
{
    const char *member;
    bool (*acts)(const Scenario &scenario, LabRunName run);
    const char *why;
};

constexpr const char *ofThisMachine = QT_TRANSLATE_NOOP("loopscope::IdleSettings",
    "a real server has the cores, the memory and the costs of this machine; set it for the truths 'simulated' and 'modelled'");
constexpr const char *ofBursts =
    QT_TRANSLATE_NOOP("loopscope::IdleSettings", "only 'load.arrivals' \"bursts\" come in bursts; take those, or leave it out");
constexpr const char *ofTheScript = QT_TRANSLATE_NOOP("loopscope::IdleSettings",
    "only where the script runs in virtual time it counts: under the truth 'simulated', or 'modelled' without 'profile'");

/// Members that are not here act always.
constexpr std::array rules = {
    Rule{"load.clients",
        [](const Scenario &scenario, LabRunName) { return isWebSocket(scenario) || scenario.load.arrivals == Arrivals::Closed; },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings",
            "in an open load requests come when they are due, whoever sends them; set 'load.rate', or take 'load.arrivals' \"closed\"")},
    Rule{"load.rate",
        [](const Scenario &scenario, LabRunName) {
            return scenario.load.arrivals == Arrivals::Poisson || scenario.load.arrivals == Arrivals::Ramp;
        },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings",
            "only 'load.arrivals' \"poisson\" and \"ramp\" have a rate; of a closed load set 'load.clients' or 'load.thinkTime', of bursts "
            "'load.burstSize' or 'load.burstSeconds'")},
    Rule{"load.rateEnd", isArrivals<Arrivals::Ramp>,
        QT_TRANSLATE_NOOP(
            "loopscope::IdleSettings", "only 'load.arrivals' \"ramp\" go from one rate to another; take those, or leave it out")},
    Rule{"load.burstSize", isArrivals<Arrivals::Bursts>, ofBursts},
    Rule{"load.burstSeconds", isArrivals<Arrivals::Bursts>, ofBursts},
    Rule{"load.replayFile", isArrivals<Arrivals::Replay>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "only 'load.arrivals' \"replay\" read it; take those, or leave it out")},
    Rule{"load.thinkTime", isArrivals<Arrivals::Closed>,
        QT_TRANSLATE_NOOP(
            "loopscope::IdleSettings", "only clients of a closed load over HTTP think; take 'load.arrivals' \"closed\", or leave it out")},
    Rule{"load.keepAlive", [](const Scenario &scenario, LabRunName) { return !isWebSocket(scenario); },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "clients of a WebSocket stay connected in any case; leave it out")},
    Rule{"machine.cores", isVirtual, ofThisMachine},
    Rule{"machine.timeSliceMilliseconds", isVirtual, ofThisMachine},
    Rule{"machine.contextSwitchMicroseconds", isVirtual, ofThisMachine},
    Rule{"machine.threadStartMicroseconds", isVirtual, ofThisMachine},
    Rule{"machine.wakeUpMicroseconds", isVirtual, ofThisMachine},
    Rule{"machine.clientWakeUpMicroseconds", isVirtual, ofThisMachine},
    Rule{"machine.stackBytes", isVirtual, ofThisMachine},
    Rule{"machine.memoryBytes", isVirtual, ofThisMachine},
    Rule{"machine.statementNanoseconds", isOrNeedsSimulated, ofTheScript},
    Rule{"machine.requestMicroseconds", isOrNeedsSimulated, ofTheScript},
    Rule{"machine.answeredMicroseconds", isOrNeedsSimulated, ofTheScript},
    Rule{"latencyProfile", isOrNeedsSimulated, ofTheScript},
    Rule{"arguments", runsScript,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "no script runs where 'profile' says what requests need; leave one of them out")},
    Rule{"profile", [](const Scenario &, LabRunName run) { return run.truth == Truth::Modelled; },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "only modelled runs read it; take the truth 'modelled'")},
    Rule{"machine.poolThreads", isModel<ServerModel::ThreadPool>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'thread-pool', which is not among 'models'")},
    Rule{"machine.threadLimit", isModel<ServerModel::ThreadPerRequest>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'thread-per-request', which is not among 'models'")},
    Rule{"machine.processes", isModel<ServerModel::Processes>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'processes', which is not among 'models'")},
    Rule{"machine.loops", isModel<ServerModel::Cluster>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'cluster', which is not among 'models'")},
    Rule{"machine.workers", isModel<ServerModel::Workers>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'workers', which is not among 'models'")},
    Rule{"offload", isModel<ServerModel::Workers>,
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "it is of the model 'workers', which is not among 'models'")},
    Rule{"machine.keepAliveSeconds", [](const Scenario &, LabRunName run) { return holdsThreads(run); },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings",
            "a loop watches silent connections for nothing; it is of the models 'thread-per-request', 'thread-pool' and 'processes'")},
    Rule{"machine.backlog", [](const Scenario &, LabRunName run) { return run.model != ServerModel::Node; },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "Node listens with a queue of its own; take another model")},
    Rule{"threads", [](const Scenario &, LabRunName run) { return run.model != ServerModel::EventLoop && run.model != ServerModel::Node; },
        QT_TRANSLATE_NOOP("loopscope::IdleSettings", "the model 'event-loop', as Node, has one thread; take another model")},
};

void addChanged(const QJsonObject &object, const QJsonObject &defaults, const QString &place, QStringList *members)
{
    for (auto member = object.begin(); member != object.end(); ++member) {
        if (member->isObject())
            addChanged(member->toObject(), defaults[member.key()].toObject(), place + member.key() + QLatin1Char('.'), members);
        else if (*member != defaults[member.key()])
            members->append(place + member.key());
    }
}

} // namespace

std::vector<IdleSetting> idleSettings(const Scenario &scenario, const std::vector<LabRunName> &runs, const QStringList &members)
{
    std::vector<IdleSetting> idle;
    for (const Rule &rule : rules) {
        const auto acts = [&](LabRunName run) { return rule.acts(scenario, run); };
        if (members.contains(QLatin1String(rule.member)) && std::none_of(runs.begin(), runs.end(), acts))
            idle.push_back({QLatin1String(rule.member), QCoreApplication::translate("loopscope::IdleSettings", rule.why)});
    }
    return idle;
}

std::vector<IdleSetting> idleSettings(const Scenario &scenario)
{
    std::vector<LabRunName> runs;
    for (const ServerModel model : scenario.models) {
        for (const Truth truth : {Truth::Real, Truth::Simulated, Truth::Modelled})
            runs.push_back({model, truth});
    }
    QStringList members;
    addChanged(scenario.toJson(), Scenario().toJson(), QString(), &members);
    return idleSettings(scenario, runs, members);
}

} // namespace loopscope
