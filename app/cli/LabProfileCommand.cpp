// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LabProfileCommand.h"

#include "LabHelp.h"
#include "LabOptions.h"
#include "io/LatencyProfile.h"
#include "servers/lab/WholeFile.h"
#include "servers/profile/ProfileSummary.h"
#include "servers/session/LabTable.h"
#include "servers/session/RunMaker.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>

#include <algorithm>

namespace loopscope {

namespace {

QJsonObject jsonOf(const StageSummary &stage)
{
    const bool isWaiting = stage.kind == LabStep::Kind::Waiting;
    return {{QStringLiteral("kind"), isWaiting ? QStringLiteral("waiting") : QStringLiteral("running")},
        {QStringLiteral("what"), stage.what}, {QStringLiteral("mean"), stage.mean}, {QStringLiteral("p50"), stage.p50},
        {QStringLiteral("p99"), stage.p99}, {QStringLiteral("like"), stage.like}};
}

QJsonObject jsonOf(const ObservedRoute &route)
{
    const RouteSummary summary = summaryOf(route);
    QJsonArray stages;
    for (const StageSummary &stage : summary.stages)
        stages.append(jsonOf(stage));
    return {{QStringLiteral("route"), route.route}, {QStringLiteral("weight"), route.weight},
        {QStringLiteral("requests"), summary.requests}, {QStringLiteral("alike"), summary.alike},
        {QStringLiteral("failures"), route.failures}, {QStringLiteral("death"), route.death},
        {QStringLiteral("loopSeconds"), route.loopSeconds()}, {QStringLiteral("waitingSeconds"), route.meanSeconds(LabStep::Kind::Waiting)},
        {QStringLiteral("outsideSeconds"), route.outsideSeconds}, {QStringLiteral("elsewhereSeconds"), route.elsewhereSeconds},
        {QStringLiteral("networkSeconds"), route.networkSeconds}, {QStringLiteral("afterSeconds"), route.afterSeconds},
        {QStringLiteral("wakeUpSeconds"), route.wakeUpSeconds}, {QStringLiteral("aloneSeconds"), route.aloneSeconds},
        {QStringLiteral("busySeconds"), route.busySeconds}, {QStringLiteral("stages"), stages}};
}

} // namespace

int LabProfileCommand::run(const QStringList &arguments)
{
    if (!read(arguments))
        return static_cast<int>(ExitCode::WrongUse);
    Output output;
    if (m_isHelp) {
        output.writeText(LabHelp::profile());
        return static_cast<int>(ExitCode::Success);
    }
    QString problem;
    const std::optional<ObservedProfile> profile = observe(m_scenario, m_plan.truth, &problem, m_plan.requests);
    std::optional<SimulatedCosts> costs;
    if (profile) {
        QString noCosts;
        if (m_plan.truth == Truth::Real) {
            m_wakeUps = fitWakeUps(*profile);
            costs = costsBeside(withoutWakeUps(*profile, m_wakeUps), &noCosts);
        }
        if (!noCosts.isEmpty())
            complain(tr("the costs of simulated runs cannot be told: %1").arg(noCosts));
        problem = save(*profile, costs);
    }
    if (!problem.isEmpty()) {
        complain(problem);
        return 1;
    }
    if (m_isJson)
        output.writeLine(json(*profile, costs));
    else
        output.writeText(text(*profile, costs));
    return static_cast<int>(ExitCode::Success);
}

bool LabProfileCommand::read(const QStringList &arguments)
{
    std::vector<LabOptions::Option> names = LabOptions::scenarioOptions();
    names.insert(names.end(), {{"requests", true}, {"o", true}, {"scenario", true}, {"json", false}, {"help", false}, {"h", false}});
    LabOptions options(QStringLiteral("lab profile"), names);
    if (!options.parse(arguments))
        return false;
    m_isHelp = options.has("help") || options.has("h");
    if (m_isHelp)
        return true;
    if (options.has("model") || options.has("peer"))
        return LabOptions::fail(tr("a profile is taken from one event loop: leave out '--model' and '--peer'."));
    std::vector<LabRunName> runs;
    std::vector<Truth> truths = {Truth::Simulated};
    double requests = m_plan.requests;
    if (!options.readScenario(&m_scenario, &runs) || !options.readKinds("truth", truthOf, &truths)
        || !options.readNumber("requests", 1, 1e5, &requests) || !options.readNumber("seconds", 0.01, 600, &m_plan.seconds))
        return false;
    if (truths.size() != 1 || truths.front() == Truth::Modelled)
        return LabOptions::fail(tr("a profile is taken from 'real' or 'simulated' runs: write '--truth real' or '--truth simulated'."));
    m_plan.truth = truths.front();
    m_plan.requests = static_cast<int>(requests);
    if (!options.readTarget("o", options.inputsOf(m_scenario), &m_profileFile)
        || !options.readTarget("scenario", options.inputsOf(m_scenario), &m_scenarioFile))
        return false;
    m_isJson = options.has("json");
    if (!m_scenarioFile.isEmpty() && m_profileFile.isEmpty())
        return LabOptions::fail(tr("the option '--scenario' writes a scenario that names its profile: add '-o PROFILE.json'."));
    return true;
}

std::optional<ObservedProfile> LabProfileCommand::observe(const Scenario &scenario, Truth truth, QString *problem, int requests) const
{
    ProfilePlan plan = m_plan;
    plan.truth = truth;
    plan.requests = std::min(requests, m_plan.requests);
    const auto make = [truth](const Scenario &light, QString *sentence) {
        return makeRun(light, {ServerModel::EventLoop, truth}, sentence);
    };
    return observeProfile(
        scenario, plan, make, [] { return false; }, problem);
}

std::optional<SimulatedCosts> LabProfileCommand::costsBeside(const ObservedProfile &real, QString *problem)
{
    constexpr double statement = 20; // ns; only the difference of the two runs counts
    constexpr int enough = 30; // requests: in virtual time they all compute the same
    Scenario scenario = m_scenario;
    scenario.machine.requestMicroseconds = scenario.machine.answeredMicroseconds = 0;
    scenario.machine.wakeUpMicroseconds = scenario.machine.clientWakeUpMicroseconds = 0;
    scenario.machine.statementNanoseconds = 0;
    const std::optional<ObservedProfile> free = observe(scenario, Truth::Simulated, problem, enough);
    scenario.machine.statementNanoseconds = statement;
    const std::optional<ObservedProfile> costly = free ? observe(scenario, Truth::Simulated, problem, enough) : std::nullopt;
    if (!costly)
        return std::nullopt;
    m_diskFactor = diskFactor(real, *costly); // where statements cost nothing, waits run into each other
    return fitCosts(costObservations(real, *free, *costly, statement));
}

QString LabProfileCommand::save(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const
{
    if (m_profileFile.isEmpty())
        return {};
    if (m_scenarioFile.isEmpty())
        return profile.write(m_profileFile);
    const QString problem = withoutWakeUps(profile, m_wakeUps).write(m_profileFile);
    return problem.isEmpty() ? saveScenario(costs) : problem;
}

QString LabProfileCommand::saveScenario(const std::optional<SimulatedCosts> &costs) const
{
    const auto write = [](const QString &path, const QJsonObject &object) {
        const QString error = writeWholeFile(path, QJsonDocument(object).toJson());
        return error.isNull() ? QString() : tr("'%1' cannot be written: %2.").arg(path, error);
    };
    Scenario scenario = m_scenario;
    scenario.profile = QFileInfo(m_profileFile).absoluteFilePath();
    if (costs) {
        scenario.machine.statementNanoseconds = costs->statementNanoseconds;
        scenario.machine.requestMicroseconds = costs->requestMicroseconds;
        scenario.machine.answeredMicroseconds = std::min(m_wakeUps.afterAnswer * 1e6, costs->requestMicroseconds);
    }
    if (m_plan.truth == Truth::Real) {
        scenario.machine.wakeUpMicroseconds = m_wakeUps.core * 1e6;
        scenario.machine.clientWakeUpMicroseconds = m_wakeUps.client * 1e6;
    }
    // A latency profile that the scenario has already knows more than the disk.
    if (m_diskFactor && scenario.latencyProfile.isEmpty()) {
        const QFileInfo beside(m_scenarioFile);
        scenario.latencyProfile = beside.absolutePath() + u'/' + beside.completeBaseName() + QStringLiteral(".latencies.json");
        if (const QString problem = write(scenario.latencyProfile, LatencyProfile::ofServers().scaledDisk(*m_diskFactor));
            !problem.isEmpty())
            return problem;
    }
    return write(m_scenarioFile, scenario.toJson());
}

QByteArray LabProfileCommand::json(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const
{
    QJsonArray routes;
    for (const ObservedRoute &route : profile.routes)
        routes.append(jsonOf(route));
    QJsonObject object{
        {QStringLiteral("script"), profile.script}, {QStringLiteral("truth"), keyOf(profile.truth)}, {QStringLiteral("routes"), routes}};
    if (costs) {
        object[QStringLiteral("statementNanoseconds")] = costs->statementNanoseconds;
        object[QStringLiteral("requestMicroseconds")] = costs->requestMicroseconds;
    }
    if (m_plan.truth == Truth::Real) {
        object[QStringLiteral("answeredMicroseconds")] = m_wakeUps.afterAnswer * 1e6;
        object[QStringLiteral("wakeUpMicroseconds")] = m_wakeUps.core * 1e6;
        object[QStringLiteral("clientWakeUpMicroseconds")] = m_wakeUps.client * 1e6;
    }
    return QJsonDocument(object).toJson().trimmed();
}

QString LabProfileCommand::text(const ObservedProfile &profile, const std::optional<SimulatedCosts> &costs) const
{
    QString text =
        tr("What a request of %1 needs when it is alone (%2):\n").arg(QFileInfo(profile.script).fileName(), nameOf(profile.truth));
    for (const ObservedRoute &route : profile.routes) {
        const RouteSummary summary = summaryOf(route);
        text += tr("\n%1: %2 requests").arg(route.route).arg(summary.requests);
        if (summary.alike < summary.requests)
            text += tr(", %1 of them like this:").arg(summary.alike);
        text += u'\n';
        for (const StageSummary &stage : summary.stages) {
            const QString line = QStringLiteral("%1 %2  p99 %3  %4 %5")
                                     .arg(stage.kind == LabStep::Kind::Waiting ? tr("waits") : tr("computes"), -8)
                                     .arg(LabTable::time(stage.mean), 8)
                                     .arg(LabTable::time(stage.p99), 8)
                                     .arg(stage.like, -22)
                                     .arg(stage.what);
            text += QStringLiteral("  ") + line.trimmed() + u'\n';
        }
        text +=
            tr("  beside that %1 of the loop, %2 of other threads, %3 on the way\n")
                .arg(LabTable::time(route.outsideSeconds), LabTable::time(route.elsewhereSeconds), LabTable::time(route.networkSeconds));
        if (!route.death.isEmpty())
            text += tr("  and the server died of it: %1\n").arg(route.death);
    }
    if (costs)
        text +=
            tr("\nSimulated runs take as long as these with \"statementNanoseconds\": %1 and \"requestMicroseconds\": %2 in \"machine\".\n")
                .arg(costs->statementNanoseconds, 0, 'f', 1)
                .arg(costs->requestMicroseconds, 0, 'f', 1);
    if (m_plan.truth == Truth::Real)
        text += tr("A core that sleeps needs %1 to wake up, a client %2; of each request %3 are left when it is answered.\n")
                    .arg(LabTable::time(m_wakeUps.core), LabTable::time(m_wakeUps.client), LabTable::time(m_wakeUps.afterAnswer));
    return text;
}

} // namespace loopscope
