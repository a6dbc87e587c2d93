// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/SimulatedCosts.h"

#include <QTest>

#include <cmath>

using namespace loopscope;

namespace {

/// A route on a machine where a statement costs 100 ns and a request 300 us.
CostObservation route(double statements, double fixed = 20e-6) { return {fixed + 300e-6 + statements * 100e-9, fixed, statements, 1}; }

double simulated(const CostObservation &seen, const SimulatedCosts &costs)
{
    return seen.fixedSeconds + costs.requestMicroseconds * 1e-6 + seen.statements * costs.statementNanoseconds * 1e-9;
}

bool isWithin(double value, double expected, double share) { return std::abs(value - expected) <= share * expected; }

ObservedProfile profileOf(double seconds)
{
    ObservedRoute route;
    route.route = QStringLiteral("GET /");
    route.requests = {{{{LabStep::Kind::Running, seconds, {}}}}};
    route.outsideSeconds = 1e-4;
    ObservedProfile profile;
    profile.routes = {route};
    return profile;
}

} // namespace

class SimulatedCostsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void twoRoutesTellBothCosts()
    {
        const SimulatedCosts costs = fitCosts({route(200), route(50'000)});
        QVERIFY2(isWithin(costs.statementNanoseconds, 100, 0.02), qPrintable(QString::number(costs.statementNanoseconds)));
        QVERIFY2(isWithin(costs.requestMicroseconds, 300, 0.02), qPrintable(QString::number(costs.requestMicroseconds)));
    }

    void oneRouteTakesAsLongAsItDoes_data()
    {
        QTest::addColumn<double>("statements");
        QTest::newRow("little code") << 100.0;
        QTest::newRow("some") << 5'000.0;
        QTest::newRow("much") << 1e6;
    }
    void oneRouteTakesAsLongAsItDoes()
    {
        QFETCH(double, statements);
        const CostObservation seen = route(statements);
        const SimulatedCosts costs = fitCosts({seen});
        QVERIFY(isWithin(simulated(seen, costs), seen.realSeconds, 0.02));
        QVERIFY(costs.statementNanoseconds > 20 && costs.requestMicroseconds > 50);
    }

    void neitherIsNegative()
    {
        const SimulatedCosts fast = fitCosts({{1e-4, 2e-4, 1000, 1}});
        QVERIFY(fast.statementNanoseconds >= 0 && fast.requestMicroseconds >= 0);
        const SimulatedCosts unknown = fitCosts({});
        QVERIFY(unknown.statementNanoseconds > 0 && unknown.requestMicroseconds > 0);
    }

    void filesAreAsQuickAsTheyAre()
    {
        const auto waitsFor = [](double files, double timer) {
            ObservedProfile profile = profileOf(0.001);
            profile.routes[0].requests[0].phases = {{LabStep::Kind::Waiting, files, QStringLiteral("readFile a.json")},
                {LabStep::Kind::Running, 0.001, {}}, {LabStep::Kind::Waiting, timer, QStringLiteral("Timeout")}};
            return profile;
        };
        const std::optional<double> factor = diskFactor(waitsFor(0.0002, 0.05), waitsFor(0.001, 0.05));
        QVERIFY(factor && isWithin(*factor, 0.2, 1e-6));
        QVERIFY(!diskFactor(profileOf(0.001), profileOf(0.001)));
    }

    void statementsAreTheDifferenceOfTwoRuns()
    {
        const std::vector<CostObservation> seen = costObservations(profileOf(0.003), profileOf(0.0005), profileOf(0.0009), 20);
        QCOMPARE(seen.size(), std::size_t{1});
        QVERIFY(isWithin(seen[0].statements, 20'000, 1e-6));
        QVERIFY(isWithin(seen[0].realSeconds, 0.0031, 1e-6));
        ObservedProfile other = profileOf(1);
        other.routes[0].route = QStringLiteral("GET /other");
        QVERIFY(costObservations(profileOf(0.003), other, profileOf(0.0009), 20).empty());
    }
};

QTEST_GUILESS_MAIN(SimulatedCostsTest)
#include "SimulatedCostsTest.moc"
