// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ProfileObserver.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <array>
#include <cmath>

using namespace loopscope;

namespace {

using Kind = LabStep::Kind;

/// Request `number` of a server that computes 1 ms, waits 10 ms and 1 ms more for its turn, and computes 2 ms.
LabRequest aRequest(qint64 number, double arrival)
{
    LabRequest request;
    request.truth = Truth::Simulated;
    request.number = number;
    request.arrival = arrival;
    request.latency = 0.015;
    request.status = 200;
    request.steps = {{Kind::Network, arrival, arrival + 0.0005, 0, {}}, {Kind::Running, arrival + 0.0005, arrival + 0.0015, 1, {}},
        {Kind::Waiting, arrival + 0.0015, arrival + 0.0115, 0, QStringLiteral("readFile a")},
        {Kind::Ready, arrival + 0.0115, arrival + 0.0125, 0, {}}, {Kind::Running, arrival + 0.0125, arrival + 0.0145, 1, {}},
        {Kind::Network, arrival + 0.0145, arrival + 0.015, 0, {}}};
    return request;
}

/// Serves request after request, and tells of those that are followed and their ten neighbours, as runs do.
class OneClientRun final : public LabRun
{
public:
    explicit OneClientRun(const Scenario &scenario)
        : m_scenario(scenario)
    {
    }

    std::optional<LabResult> run(LabSink &sink, const LabControls &controls, QString *) override
    {
        LabResult result;
        const bool isFatal = m_scenario.load.routes[0].path == QStringLiteral("/fatal");
        for (qint64 number = 1; number < 10'000 && !controls.isStopped(); ++number) {
            const double arrival = static_cast<double>(number) * 0.02 - m_scenario.load.warmupSeconds;
            LabRequest request = aRequest(number, arrival);
            if (isFatal || m_scenario.load.routes[0].path == QStringLiteral("/missing"))
                request.status = isFatal ? 0 : 404;
            if (std::abs(controls.value(LabControls::Knob::Follow) - static_cast<double>(number)) <= 10)
                sink.request(request);
            LabSample sample;
            sample.arrivals = 1;
            sink.sample(sample);
            ++result.completed;
            if (m_scenario.load.routes[0].method == QStringLiteral("GET"))
                sink.lanes({ServerModel::EventLoop, Truth::Real, arrival,
                    {{1, ThreadState::Running, arrival, arrival + 0.0005, 0},
                        {1, ThreadState::Running, arrival + 0.0005, arrival + 0.0035, number},
                        {1, ThreadState::Idle, arrival + 0.0035, arrival + 0.015, 0}},
                    0, {}});
            if (isFatal) {
                result.death = QStringLiteral("it threw");
                break;
            }
        }
        result.cpuSecondsPerRequest = 0.004;
        return result;
    }

private:
    const Scenario m_scenario;
};

Scenario twoRoutes(const QString &second)
{
    Scenario scenario;
    scenario.script = QStringLiteral("/a.js");
    scenario.load.routes = {ScenarioRoute{}, ScenarioRoute{}};
    scenario.load.routes[1].path = second;
    scenario.load.routes[1].weight = 0.5;
    return scenario;
}

std::optional<ObservedProfile> observe(const Scenario &scenario, QString *problem, const ProfilePlan &plan = {})
{
    return observeProfile(
        scenario, plan, [](const Scenario &light, QString *) { return std::make_unique<OneClientRun>(light); }, [] { return false; },
        problem);
}

bool isNear(double value, double expected) { return std::abs(value - expected) < 1e-9; }

} // namespace

class ProfileObserverTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void phasesAreComputingAndWaitingInTurn()
    {
        const ObservedRequest request = phasesOf(aRequest(1, 3));
        QCOMPARE(request.phases.size(), std::size_t{3});
        QVERIFY(request.phases[0].kind == Kind::Running && isNear(request.phases[0].seconds, 0.001));
        QVERIFY(request.phases[1].kind == Kind::Waiting && isNear(request.phases[1].seconds, 0.011));
        QCOMPARE(request.phases[1].what, QStringLiteral("readFile a"));
        QVERIFY(request.phases[2].kind == Kind::Running && isNear(request.phases[2].seconds, 0.002));
    }

    void inRealRunsBeingReadyIsComputing()
    {
        LabRequest request = aRequest(1, 3);
        request.truth = Truth::Real;
        const ObservedRequest observed = phasesOf(request);
        QCOMPARE(observed.phases.size(), std::size_t{3});
        QVERIFY(isNear(observed.phases[1].seconds, 0.010) && isNear(observed.phases[2].seconds, 0.003));
    }

    void whatALoopRunsMeanwhileIsForTheOneRequest()
    {
        const ObservedRequest request =
            phasesOf(aRequest(1, 3), {{2.9, 2.95}, {2.9999, 3.002}, {3.01, 3.011}, {3.014, 3.02}, {3.03, 3.04}});
        QCOMPARE(request.phases.size(), std::size_t{5});
        const std::array<double, 5> seconds = {0.0015, 0.008, 0.001, 0.003, 0.0005};
        for (std::size_t i = 0; i < seconds.size(); ++i) {
            QCOMPARE(request.phases[i].kind, i % 2 == 0 ? Kind::Running : Kind::Waiting);
            QVERIFY2(isNear(request.phases[i].seconds, seconds.at(i)), qPrintable(QString::number(request.phases[i].seconds)));
        }
    }

    void everyRouteHasEnough()
    {
        QString problem;
        ProfilePlan plan;
        plan.requests = 100;
        const std::optional<ObservedProfile> profile = observe(twoRoutes(QStringLiteral("/b")), &problem, plan);
        QVERIFY2(profile, qPrintable(problem));
        QCOMPARE(profile->routes.size(), std::size_t{2});
        for (const ObservedRoute &route : profile->routes) {
            QCOMPARE(route.requests.size(), std::size_t{100});
            QVERIFY(isNear(route.networkSeconds, 0.0005));
            QVERIFY(isNear(route.outsideSeconds, 0.0005));
            QVERIFY(isNear(route.elsewhereSeconds, 0.0005));
            QVERIFY(isNear(route.meanSeconds(Kind::Waiting), 0.011));
        }
        QCOMPARE(profile->routes[1].route, QStringLiteral("GET /b"));
        QCOMPARE(profile->routes[1].weight, 0.5);
    }

    void withoutLanesAllWorkIsTheLoops()
    {
        Scenario scenario;
        scenario.load.routes[0].method = QStringLiteral("POST");
        QString problem;
        const std::optional<ObservedProfile> profile = observe(scenario, &problem);
        QVERIFY2(profile, qPrintable(problem));
        QVERIFY(isNear(profile->routes[0].outsideSeconds, 0.001));
        QCOMPARE(profile->routes[0].elsewhereSeconds, 0.0);
    }

    void whatKillsAndWhatFails()
    {
        QString problem;
        const std::optional<ObservedProfile> fatal = observe(twoRoutes(QStringLiteral("/fatal")), &problem);
        QVERIFY2(fatal, qPrintable(problem));
        QCOMPARE(fatal->routes[1].death, QStringLiteral("it threw"));
        QVERIFY(!observe(twoRoutes(QStringLiteral("/missing")), &problem));
        QVERIFY2(problem.startsWith(QStringLiteral("no request 'GET /missing' got a good answer")), qPrintable(problem));
    }

    void filesComeBack()
    {
        const QTemporaryDir folder;
        const QString file = folder.filePath(QStringLiteral("a.json"));
        QString problem;
        const Scenario scenario = twoRoutes(QStringLiteral("/fatal"));
        const std::optional<ObservedProfile> profile = observe(scenario, &problem);
        QVERIFY2(profile, qPrintable(problem));
        QCOMPARE(profile->write(file), QString());
        const std::optional<ObservedProfile> back = ObservedProfile::read(file, &problem);
        QVERIFY2(back, qPrintable(problem));
        QCOMPARE(back->toJson(), profile->toJson());
        QVERIFY(back->routes[0].death.isNull() && !back->routes[1].death.isEmpty());
        QCOMPARE(back->problemWith(scenario), QString());
        QVERIFY(back->problemWith(twoRoutes(QStringLiteral("/new"))).contains(QStringLiteral("no route 'GET /new'")));
    }

    void wrongFiles()
    {
        const QTemporaryDir folder;
        const QString path = folder.filePath(QStringLiteral("a.json"));
        QString problem;
        QVERIFY(!ObservedProfile::read(path, &problem));
        QVERIFY2(problem.contains(QStringLiteral("cannot be read")), qPrintable(problem));
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(R"({"script": "a", "truth": "real", "routes": [{"route": "GET /", "requests": []}]})");
        file.close();
        QVERIFY(!ObservedProfile::read(path, &problem));
        QVERIFY2(problem.endsWith(QStringLiteral("'GET /' has no requests.")), qPrintable(problem));
    }
};

QTEST_GUILESS_MAIN(ProfileObserverTest)
#include "ProfileObserverTest.moc"
