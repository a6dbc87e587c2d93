// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/profile/ProfileSummary.h"

#include <QTest>

#include <random>

using namespace loopscope;

namespace {

using Kind = LabStep::Kind;

ObservedRequest threePhases(double wait)
{
    return {{{Kind::Running, 0.001, QStringLiteral("GET /")}, {Kind::Waiting, wait, QStringLiteral("timer")}, {Kind::Running, 0.002, {}}}};
}

template<typename Distribution>
QString likeliestOf(Distribution distribution)
{
    std::mt19937_64 random(1);
    std::vector<double> values;
    for (int i = 0; i < 20'000; ++i)
        values.push_back(distribution(random));
    return likeliest(values);
}

/// The name of a distribution and how far its last parameter is from what it ought to be, as a share.
bool isLike(const QString &text, const QString &name, double last)
{
    return text.startsWith(name + u':') && std::abs(text.section(u':', -1).toDouble() - last) < 0.05 * last;
}

} // namespace

class ProfileSummaryTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void theCommonShapeIsTold()
    {
        ObservedRoute route;
        route.route = QStringLiteral("GET /");
        for (int i = 1; i <= 99; ++i)
            route.requests.push_back(threePhases(i * 0.001));
        route.requests.push_back({{{Kind::Running, 1, {}}}});
        const RouteSummary summary = summaryOf(route);
        QCOMPARE(summary.requests, 100);
        QCOMPARE(summary.alike, 99);
        QCOMPARE(summary.stages.size(), std::size_t{3});
        QCOMPARE(summary.stages[1].what, QStringLiteral("timer"));
        QCOMPARE(summary.stages[1].p50, 0.05);
        QCOMPARE(summary.stages[1].p99, 0.099);
        QVERIFY(std::abs(summary.stages[1].mean - 0.05) < 1e-12);
        QCOMPARE(summary.stages[2].like, QStringLiteral("det:0.002"));
    }

    void nothingSeen() { QVERIFY(summaryOf({}).stages.empty()); }

    void distributionsAreRecognised()
    {
        QVERIFY(isLike(likeliest({0.5, 0.5, 0.51}), QStringLiteral("det"), 0.503));
        QVERIFY(isLike(likeliestOf(std::exponential_distribution(50.0)), QStringLiteral("exp"), 50));
        QVERIFY(isLike(likeliestOf(std::gamma_distribution(4.0, 0.01)), QStringLiteral("erlang:4"), 100));
        QVERIFY(isLike(likeliestOf(std::lognormal_distribution(-3.0, 1.2)), QStringLiteral("lognormal"), 1.2));
    }
};

QTEST_GUILESS_MAIN(ProfileSummaryTest)
#include "ProfileSummaryTest.moc"
