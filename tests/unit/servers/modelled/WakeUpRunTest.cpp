// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Modelled servers whose cores and clients sleep, and which have something left to do for requests that are answered.
#include "servers/modelled/ModelledRun.h"

#include <QTest>

#include <cmath>

using namespace loopscope;

namespace {

constexpr qint64 kMillisecond = 1'000'000;

class Deaf final : public LabSink
{
public:
    void sample(const LabSample &) override { }
    void lanes(const LabLanes &) override { }
    void request(const LabRequest &) override { }
};

/// A request computes 1 ms until its answer, and `after` ns more.
RequestProfile profileWith(qint64 after)
{
    RequestProfile profile;
    RequestProfile::Route route;
    route.name = QStringLiteral("GET /");
    route.after = after;
    profile.addRoute(route);
    profile.addSample({{ProfileStage::Kind::Cpu, kMillisecond, 0}});
    return profile;
}

Scenario plainScenario()
{
    Scenario scenario;
    scenario.script = QStringLiteral("none.js");
    scenario.machine.contextSwitchMicroseconds = 0;
    scenario.machine.threadStartMicroseconds = 0;
    return scenario;
}

LabResult ran(const Scenario &scenario, ServerModel model, const RequestProfile &profile)
{
    Deaf sink;
    const LabControls controls(scenario, model);
    QString problem;
    const auto result = makeModelledRun(scenario, model, profile)->run(sink, controls, &problem);
    if (!result)
        qFatal("%s", qPrintable(problem));
    return *result;
}

} // namespace

#define VERIFY_NEAR(value, expected, relative)                                                                                             \
    do {                                                                                                                                   \
        const double told = (value);                                                                                                       \
        QVERIFY2(std::abs(told - (expected)) <= (relative) * (expected), qPrintable(QString::number(told)));                               \
    } while (false)

class WakeUpRunTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    /// One request every 100 ms, which computes 1 ms: the core has slept 97 to 99 ms when the next one comes, and so have the clients.
    void whoSleepsIsWokenUp()
    {
        Scenario scenario = plainScenario();
        scenario.load.arrivals = ScenarioLoad::Arrivals::Bursts;
        scenario.load.burstSize = 1;
        scenario.load.burstSeconds = 0.1;
        const RequestProfile profile = profileWith(0);
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool}) {
            scenario.machine.wakeUpMicroseconds = scenario.machine.clientWakeUpMicroseconds = 0;
            VERIFY_NEAR(ran(scenario, model, profile).latency.p50, 1e-3, 0.01);
            scenario.machine.wakeUpMicroseconds = 1000;
            scenario.machine.clientWakeUpMicroseconds = 500;
            VERIFY_NEAR(ran(scenario, model, profile).latency.p50, 1e-3 + 98.0 / 101 * 1e-3 + 2 * 0.5e-3, 0.01);
        }
    }

    /// 1 ms until the answer and 1 ms after it: nobody waits for that but who comes next.
    void answersDoNotWaitForWhatIsLeft()
    {
        const RequestProfile profile = profileWith(kMillisecond);
        Scenario scenario = plainScenario();
        scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        scenario.load.rate = 1;
        for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::ThreadPerRequest})
            VERIFY_NEAR(ran(scenario, model, profile).latency.p50, 1e-3, 0.01);
        scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
        scenario.load.clients = 8;
        scenario.load.thinkTime = QStringLiteral("det:0");
        VERIFY_NEAR(ran(scenario, ServerModel::EventLoop, profile).throughput, 500, 0.01);
        VERIFY_NEAR(ran(scenario, ServerModel::ThreadPool, profile).throughput, 1000, 0.01);
    }
};

QTEST_GUILESS_MAIN(WakeUpRunTest)
#include "WakeUpRunTest.moc"
