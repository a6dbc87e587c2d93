// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/ArrivalSequence.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

using namespace loopscope;

namespace {

using Kind = ArrivalPlan::Kind;

std::vector<double> secondsOf(const ArrivalPlan &plan, size_t count)
{
    ArrivalSequence sequence(plan);
    std::vector<double> times;
    while (times.size() < count && sequence.time() != ArrivalSequence::Never) {
        times.push_back(static_cast<double>(sequence.time()) / 1e9);
        sequence.advance();
    }
    return times;
}

ArrivalPlan planOf(Kind kind, double rate)
{
    ArrivalPlan plan;
    plan.kind = kind;
    plan.rate = rate;
    return plan;
}

/// Kolmogorov and Smirnov's distance between what `values` are and what `distribution` says.
template<typename Distribution>
double distance(std::vector<double> values, Distribution &&distribution)
{
    std::sort(values.begin(), values.end());
    double most = 0;
    for (size_t i = 0; i < values.size(); ++i) {
        const double expected = distribution(values[i]);
        const auto count = static_cast<double>(values.size());
        most =
            std::max({most, std::abs(expected - static_cast<double>(i) / count), std::abs(expected - static_cast<double>(i + 1) / count)});
    }
    return most;
}

} // namespace

class ArrivalSequenceTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void evenOnesAreEven();
    void poissonGapsAreExponential();
    void theSeedDecides();
    void burstsComeTogether();
    void rampsFollowTheirRate_data();
    void rampsFollowTheirRate();
    void aChangedRateStretchesTime();
    void aRateOfNothingEndsThem();
    void burstsChangeTheirPace();
    void replaysFiles();
    void refusesFiles_data();
    void refusesFiles();
    void refusesPlans_data();
    void refusesPlans();
    void thinkingIsTheClients();
};

void ArrivalSequenceTest::evenOnesAreEven() { QCOMPARE(secondsOf(planOf(Kind::Even, 4), 5), (std::vector<double>{0, 0.25, 0.5, 0.75, 1})); }

void ArrivalSequenceTest::poissonGapsAreExponential()
{
    constexpr size_t count = 100'000;
    const std::vector<double> times = secondsOf(planOf(Kind::Poisson, 250), count);
    std::vector<double> gaps(count);
    std::adjacent_difference(times.begin(), times.end(), gaps.begin());
    // 1.63 / sqrt(n) is exceeded by one right seed in a hundred.
    QVERIFY(distance(gaps, [](double gap) { return 1 - std::exp(-250 * gap); }) < 1.63 / std::sqrt(static_cast<double>(count)));
    // How many come in a second has its mean as its variance, which dependent gaps would not give.
    std::vector<double> perSecond(400);
    for (const double time : times) {
        if (const auto second = static_cast<size_t>(time); second < perSecond.size())
            ++perSecond[second];
    }
    double squares = 0;
    for (const double number : perSecond)
        squares += (number - 250) * (number - 250) / static_cast<double>(perSecond.size());
    QVERIFY2(std::abs(squares / 250 - 1) < 0.25, qPrintable(QString::number(squares)));
}

void ArrivalSequenceTest::theSeedDecides()
{
    ArrivalPlan plan = planOf(Kind::Poisson, 10);
    const std::vector<double> first = secondsOf(plan, 100);
    QCOMPARE(secondsOf(plan, 100), first);
    plan.seed = 2;
    QVERIFY(secondsOf(plan, 100) != first);
}

void ArrivalSequenceTest::burstsComeTogether()
{
    ArrivalPlan plan = planOf(Kind::Bursts, 0);
    plan.burstSize = 3;
    plan.burstSeconds = 0.5;
    QCOMPARE(secondsOf(plan, 7), (std::vector<double>{0, 0, 0, 0.5, 0.5, 0.5, 1}));
}

void ArrivalSequenceTest::rampsFollowTheirRate_data()
{
    QTest::addColumn<double>("from");
    QTest::addColumn<double>("to");
    QTest::newRow("up") << 100.0 << 1900.0;
    QTest::newRow("down") << 1900.0 << 100.0;
    QTest::newRow("from nothing") << 0.0 << 2000.0;
    QTest::newRow("level") << 1000.0 << 1000.0;
}

void ArrivalSequenceTest::rampsFollowTheirRate()
{
    QFETCH(double, from);
    QFETCH(double, to);
    ArrivalPlan plan = planOf(Kind::Ramp, from);
    plan.rateEnd = to;
    plan.rampSeconds = 20;
    std::vector<double> within;
    std::vector<double> after;
    for (const double time : secondsOf(plan, 25'000)) {
        if (time < 20)
            within.push_back(time);
        else if (time < 21)
            after.push_back(time);
    }
    QVERIFY2(std::abs(static_cast<double>(within.size()) - 20'000) < 600, qPrintable(QString::number(within.size())));
    const auto expected = [&](double time) { return (from * time + (to - from) * time * time / 40) / 20'000; };
    QVERIFY(distance(within, expected) < 1.63 / std::sqrt(static_cast<double>(within.size())));
    QVERIFY(std::abs(static_cast<double>(after.size()) - to) < 5 * std::sqrt(to));
}

void ArrivalSequenceTest::aChangedRateStretchesTime()
{
    const ArrivalPlan plan = planOf(Kind::Poisson, 100);
    const std::vector<double> unchanged = secondsOf(plan, 1000);
    ArrivalSequence sequence(plan);
    while (sequence.time() < 2'000'000'000)
        sequence.advance();
    sequence.setRate(50, 2'000'000'000);
    // From second 2 on all lies twice as far away: the same requests, later.
    for (size_t i = sequence.number() - 1; i < 800; ++i) {
        QCOMPARE(sequence.number(), static_cast<quint64>(i + 1));
        QVERIFY(std::abs(static_cast<double>(sequence.time()) / 1e9 - (2 + (unchanged[i] - 2) * 2)) < 1e-6);
        sequence.advance();
    }
}

void ArrivalSequenceTest::aRateOfNothingEndsThem()
{
    ArrivalSequence sequence(planOf(Kind::Poisson, 1000));
    sequence.setRate(0, 0);
    QCOMPARE(sequence.time(), ArrivalSequence::Never);
    sequence.setRate(1000, 5'000'000'000);
    QVERIFY(sequence.time() >= 5'000'000'000 && sequence.time() < 5'100'000'000);
}

void ArrivalSequenceTest::burstsChangeTheirPace()
{
    ArrivalPlan plan = planOf(Kind::Bursts, 0);
    plan.burstSize = 2;
    plan.burstSeconds = 1;
    ArrivalSequence sequence(plan);
    sequence.advance();
    sequence.advance();
    QCOMPARE(sequence.time(), 1'000'000'000);
    sequence.setRate(4, 500'000'000); // half of the way is left, at twice the pace
    QCOMPARE(sequence.time(), 750'000'000);
    sequence.advance();
    QCOMPARE(sequence.time(), 750'000'000);
    sequence.advance();
    QCOMPARE(sequence.time(), 1'250'000'000);
}

void ArrivalSequenceTest::replaysFiles()
{
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("arrivals.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("# when, what\n0.5 /users\n\n0.5\n1.25\t/items?page=2\n2 /users\n");
    file.close();
    ArrivalPlan plan;
    QString problem;
    QVERIFY2(plan.readReplay(file.fileName(), &problem), qPrintable(problem));
    QCOMPARE(plan.replayTargets, (std::vector<QString>{QStringLiteral("/users"), QStringLiteral("/items?page=2")}));
    QCOMPARE(secondsOf(plan, 10), (std::vector<double>{0.5, 0.5, 1.25, 2}));
    ArrivalSequence sequence(plan);
    std::vector<int> targets;
    for (; sequence.time() != ArrivalSequence::Never; sequence.advance())
        targets.push_back(sequence.target());
    QCOMPARE(targets, (std::vector<int>{0, -1, 1, 0}));
}

void ArrivalSequenceTest::refusesFiles_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("said");
    QTest::newRow("no time") << QByteArray("0.5\n/users\n") << QStringLiteral("Line 2");
    QTest::newRow("back in time") << QByteArray("1\n0.5\n") << QStringLiteral("line 2");
    QTest::newRow("before the start") << QByteArray("-1\n") << QStringLiteral("Line 1");
    QTest::newRow("no number") << QByteArray("nan\n") << QStringLiteral("Line 1");
    QTest::newRow("nothing") << QByteArray("# nothing\n") << QStringLiteral("no arrivals");
}

void ArrivalSequenceTest::refusesFiles()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, said);
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("arrivals.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(content);
    file.close();
    ArrivalPlan plan;
    QString problem;
    QVERIFY(!plan.readReplay(file.fileName(), &problem));
    QVERIFY2(problem.contains(said), qPrintable(problem));
    QVERIFY(!plan.readReplay(folder.filePath(QStringLiteral("missing")), &problem));
    QVERIFY2(problem.contains(QLatin1String("cannot be read")), qPrintable(problem));
}

void ArrivalSequenceTest::refusesPlans_data()
{
    QTest::addColumn<ArrivalPlan>("plan");
    const auto row = [](const char *name, Kind kind, auto &&change) {
        ArrivalPlan plan;
        plan.kind = kind;
        change(plan);
        QTest::newRow(name) << plan;
    };
    row("no clients", Kind::Closed, [](ArrivalPlan &plan) { plan.clients = 0; });
    row("a billion clients", Kind::Closed, [](ArrivalPlan &plan) { plan.clients = 1'000'000'000; });
    row("negative rate", Kind::Poisson, [](ArrivalPlan &plan) { plan.rate = -1; });
    row("no number", Kind::Even, [](ArrivalPlan &plan) { plan.rate = std::nan(""); });
    row("endless rate", Kind::Ramp, [](ArrivalPlan &plan) { plan.rateEnd = INFINITY; });
    row("ramp in no time", Kind::Ramp, [](ArrivalPlan &plan) { plan.rampSeconds = 0; });
    row("empty bursts", Kind::Bursts, [](ArrivalPlan &plan) { plan.burstSize = 0; });
    row("bursts without pause", Kind::Bursts, [](ArrivalPlan &plan) { plan.burstSeconds = 0; });
    row("nothing to replay", Kind::Replay, [](ArrivalPlan &) {});
}

void ArrivalSequenceTest::refusesPlans()
{
    QFETCH(ArrivalPlan, plan);
    QVERIFY(plan.problem().endsWith(u'.'));
    QVERIFY(ArrivalPlan().problem().isEmpty());
}

void ArrivalSequenceTest::thinkingIsTheClients()
{
    ArrivalPlan plan;
    QCOMPARE(ThinkSequence(plan).pause(3, 4), 0);
    plan.think = Distribution::deterministic(0.25);
    QCOMPARE(ThinkSequence(plan).pause(3, 4), 250'000'000);
    plan.think = Distribution::exponential(20);
    const ThinkSequence thinking(plan);
    std::vector<double> pauses;
    for (quint32 client = 0; client < 100; ++client) {
        for (quint32 turn = 0; turn < 200; ++turn)
            pauses.push_back(static_cast<double>(thinking.pause(client, turn)) / 1e9);
    }
    QVERIFY(distance(pauses, [](double pause) { return 1 - std::exp(-20 * pause); }) < 1.63 / std::sqrt(20'000.0));
}

QTEST_APPLESS_MAIN(ArrivalSequenceTest)
#include "ArrivalSequenceTest.moc"
