// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Compared with theory by confidence intervals; QueueValidation does it with ten million customers each.
#include "servers/queueing/QueueSimulation.h"

#include <QTest>

#include <cmath>
#include <thread>

using namespace loopscope;

namespace {

Distribution parsed(const char *text)
{
    QString problem;
    const auto distribution = Distribution::parse(QString::fromLatin1(text), &problem);
    if (!distribution)
        qFatal("%s", qPrintable(problem));
    return *distribution;
}

QueueResult simulated(const QueueSetting &setting, quint64 customers, quint64 seed = 1)
{
    QString problem;
    const auto result = QueueSimulation::run(setting, {customers, QueueSimulation::usualWarmup(customers)}, seed, &problem);
    if (!result)
        qFatal("%s", qPrintable(problem));
    return *result;
}

/// Within two half-widths (four standard deviations), which are small enough to mean something.
void verifyNear(const QueueMeasure &measure, double expected, const char *what)
{
    QVERIFY2(std::abs(measure.value - expected) <= 2 * measure.halfWidth + 1e-12,
        qPrintable(
            QStringLiteral("%1: %2 +- %3, not %4").arg(QLatin1String(what)).arg(measure.value).arg(measure.halfWidth).arg(expected)));
    QVERIFY2(measure.halfWidth <= 0.2 * expected + 1e-12,
        qPrintable(QStringLiteral("%1: +- %2 of %3").arg(QLatin1String(what)).arg(measure.halfWidth).arg(expected)));
}

} // namespace

class QueueSimulationTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void agreesWithTheory_data();
    void agreesWithTheory();
    void regularArrivals();
    void oneCustomerAtATime();
    void sharingSlowsAllAlike();
    void manyServersAreAsFew();
    void littlesLawIsCounted();
    void intervalsHoldTheTruth();
    void sameSeedSameFigures();
    void threadsDoNotMeet();
    void stopsWhenTold();
    void wrongSettings_data();
    void wrongSettings();
    void whoCannotKeepUp();
};

void QueueSimulationTest::agreesWithTheory_data()
{
    QTest::addColumn<double>("rate");
    QTest::addColumn<QByteArray>("service");
    QTest::addColumn<int>("servers");
    QTest::addColumn<int>("capacity");
    QTest::addColumn<bool>("isShared");
    const auto row = [](double rate, const char *service, int servers, int capacity, bool isShared = false) {
        QTest::addRow("%g %s %d %d%s", rate, service, servers, capacity, isShared ? " shared" : "")
            << rate << QByteArray(service) << servers << capacity << isShared;
    };
    row(0.5, "exp:1", 1, 0);
    row(0.8, "exp:1", 1, 0);
    row(1.4, "exp:1", 2, 0);
    row(3.2, "exp:1", 4, 0);
    row(27, "exp:1", 32, 0);
    row(0.8, "det:1", 1, 0);
    row(0.8, "erlang:3:3", 1, 0);
    row(0.6, "hyperexp:0.3:0.5:1.75", 1, 0);
    row(0.6, "lognormal:-0.5:1", 1, 0);
    row(0.7, "exp:1", 1, 0, true);
    row(0.7, "det:1", 1, 0, true);
    row(0.6, "lognormal:-0.5:1", 1, 0, true);
    row(3.2, "exp:1", 4, 0, true);
    row(0.9, "exp:1", 1, 5);
    row(6, "exp:1", 4, 8);
    row(3.6, "exp:1", 4, 12, true);
    row(20, "lognormal:-0.5:1", 20, 20);
}

void QueueSimulationTest::agreesWithTheory()
{
    QFETCH(double, rate);
    QFETCH(QByteArray, service);
    QFETCH(int, servers);
    QFETCH(int, capacity);
    QFETCH(bool, isShared);
    const QueueSetting setting{Distribution::exponential(rate), parsed(service.constData()), servers,
        isShared ? QueueDiscipline::ProcessorSharing : QueueDiscipline::Fifo, capacity};
    const auto theory = QueueFormulas::predict(setting);
    QVERIFY(theory);
    const QueueResult result = simulated(setting, 400'000);
    QCOMPARE(result.customers, 400'000ULL);
    verifyNear(result.meanWait, theory->meanWait, "mean wait");
    verifyNear(result.meanSojourn, theory->meanSojourn, "mean sojourn");
    verifyNear(result.utilisation, theory->utilisation, "utilisation");
    verifyNear(result.meanInSystem, theory->meanInSystem, "in system");
    verifyNear(result.lostShare, theory->lost, "lost");
    if (theory->p99) {
        verifyNear(result.p50, *theory->p50, "p50");
        verifyNear(result.p99, *theory->p99, "p99");
    }
    QVERIFY(result.littleDifference < 0.005);
}

void QueueSimulationTest::regularArrivals()
{
    // D/D/1 has no chance in it: nobody waits.
    const QueueResult result = simulated({parsed("det:2"), parsed("det:1")}, 1000);
    QCOMPARE(result.meanWait.value, 0.0);
    QCOMPARE(result.meanSojourn.value, 1.0);
    QVERIFY(std::abs(result.p99.value - 1) < 1e-3);
    QVERIFY(std::abs(result.utilisation.value - 0.5) < 1e-3);
    QVERIFY(std::abs(result.arrivalRate - 0.5) < 1e-3);
}

void QueueSimulationTest::oneCustomerAtATime()
{
    // Every 2 somebody comes, service takes 3, there is room for one: each second one is lost.
    const QueueResult result = simulated({parsed("det:2"), parsed("det:3"), 1, QueueDiscipline::Fifo, 1}, 1000);
    QCOMPARE(result.customers, 1000ULL);
    QVERIFY(std::abs(static_cast<double>(result.lost) - 1000) <= 1);
    QCOMPARE(result.meanSojourn.value, 3.0);
    QVERIFY(std::abs(result.utilisation.value - 0.75) < 2e-3);
}

void QueueSimulationTest::sharingSlowsAllAlike()
{
    // Every 2 somebody comes and asks for 3, with room for two at one server. Served alone for 2, then beside the next one at half speed.
    const QueueResult result = simulated({parsed("det:2"), parsed("det:3"), 1, QueueDiscipline::ProcessorSharing, 2}, 3000);
    QVERIFY(std::abs(result.utilisation.value - 1) < 1e-6);
    // The server is never idle, so one is served every 3.
    QVERIFY(std::abs(static_cast<double>(result.customers) / result.seconds - 1.0 / 3) < 1e-3);
    QVERIFY(result.meanSojourn.value > 3 && result.meanSojourn.value <= 6);
    QVERIFY(std::abs(result.meanWait.value - (result.meanSojourn.value - 3)) < 1e-6);
}

void QueueSimulationTest::manyServersAreAsFew()
{
    // 16 servers are kept in an array, 17 in a heap: with nothing to do for the last one the same figures come out.
    const QueueResult few = simulated({Distribution::exponential(2), parsed("exp:1"), 16}, 100'000);
    const QueueResult many = simulated({Distribution::exponential(2), parsed("exp:1"), 17}, 100'000);
    QCOMPARE(few.meanWait.value, 0.0);
    QVERIFY(few.sojourns == many.sojourns);
    QCOMPARE(many.meanSojourn.value, few.meanSojourn.value);
}

void QueueSimulationTest::littlesLawIsCounted()
{
    // A law of averages: of few customers it is not exact, since some came before and some are still there.
    const QueueResult few = simulated({Distribution::exponential(0.9), parsed("exp:1")}, 50);
    QVERIFY(few.littleDifference > 0);
    const QueueResult many = simulated({Distribution::exponential(0.9), parsed("exp:1")}, 1'000'000);
    QVERIFY(many.littleDifference < 1e-3);
}

void QueueSimulationTest::intervalsHoldTheTruth()
{
    const QueueSetting setting{Distribution::exponential(0.7), Distribution::exponential(1)};
    const auto theory = *QueueFormulas::predict(setting);
    int wait = 0;
    int p99 = 0;
    int inSystem = 0;
    constexpr int runs = 200;
    for (int run = 0; run < runs; ++run) {
        const QueueResult result = simulated(setting, 60'000, static_cast<quint64>(run));
        wait += std::abs(result.meanWait.value - theory.meanWait) <= result.meanWait.halfWidth ? 1 : 0;
        p99 += std::abs(result.p99.value - *theory.p99) <= result.p99.halfWidth ? 1 : 0;
        inSystem += std::abs(result.meanInSystem.value - theory.meanInSystem) <= result.meanInSystem.halfWidth ? 1 : 0;
    }
    // 95 % of 200 are 190; batches of 2000 customers are not wholly independent.
    for (const int held : {wait, p99, inSystem})
        QVERIFY2(held >= 176 && held <= 199, qPrintable(QString::number(held)));
}

void QueueSimulationTest::sameSeedSameFigures()
{
    const QueueSetting setting{Distribution::exponential(3.6), parsed("erlang:2:2"), 4};
    const QueueResult first = simulated(setting, 50'000, 7);
    const QueueResult second = simulated(setting, 50'000, 7);
    QCOMPARE(second.meanWait.value, first.meanWait.value);
    QVERIFY(second.sojourns == first.sojourns);
    QVERIFY(simulated(setting, 50'000, 8).meanWait.value != first.meanWait.value);
}

void QueueSimulationTest::threadsDoNotMeet()
{
    const QueueSetting setting{Distribution::exponential(3.6), parsed("lognormal:-0.5:1"), 4};
    const double alone = simulated(setting, 100'000, 3).meanWait.value;
    std::array<double, 4> together = {};
    {
        std::vector<std::jthread> threads;
        for (double &value : together)
            threads.emplace_back([&setting, &value] { value = simulated(setting, 100'000, 3).meanWait.value; });
    }
    for (const double value : together)
        QCOMPARE(value, alone);
}

void QueueSimulationTest::stopsWhenTold()
{
    const std::atomic<bool> stop = true;
    QString problem;
    const auto result = QueueSimulation::run({}, {1'000'000'000'000, 0}, 1, &problem, &stop);
    QVERIFY(result && result->wasStopped);
    QVERIFY(result->customers > 0 && result->customers < 10'000'000);
    QVERIFY(std::isinf(result->meanWait.halfWidth));
}

void QueueSimulationTest::wrongSettings_data()
{
    QTest::addColumn<int>("servers");
    QTest::addColumn<int>("capacity");
    QTest::addColumn<int>("customers");
    QTest::addColumn<QString>("saying");
    QTest::newRow("no server") << 0 << 0 << 10 << QStringLiteral("1 to 1000000 servers, not 0");
    QTest::newRow("too many") << 1'000'001 << 0 << 10 << QStringLiteral("not 1000001");
    QTest::newRow("no room for the served") << 4 << 2 << 10 << QStringLiteral("capacity of 2 with 4 servers");
    QTest::newRow("no customers") << 1 << 0 << 0 << QStringLiteral("at least 1 customer");
}

void QueueSimulationTest::wrongSettings()
{
    QFETCH(int, servers);
    QFETCH(int, capacity);
    QFETCH(int, customers);
    QFETCH(QString, saying);
    QueueSetting setting;
    setting.servers = servers;
    setting.capacity = capacity;
    QString problem;
    QVERIFY(!QueueSimulation::run(setting, {static_cast<quint64>(customers), 0}, 1, &problem));
    QVERIFY2(problem.contains(saying), qPrintable(problem));
}

void QueueSimulationTest::whoCannotKeepUp()
{
    QString problem;
    const QueueResult result = simulated({Distribution::exponential(2), Distribution::exponential(1)}, 100'000);
    QVERIFY(std::abs(result.utilisation.value - 1) < 1e-3);
    QVERIFY(result.meanWait.value > 10'000);
    QVERIFY(!QueueSimulation::run({Distribution::exponential(1e9), Distribution::exponential(1)}, {1'000'000, 0}, 1, &problem));
    QVERIFY2(problem.contains(QStringLiteral("cannot keep up")), qPrintable(problem));
    QVERIFY(!QueueSimulation::run({Distribution::deterministic(0), Distribution::exponential(1)}, {1, 0}, 1, &problem));
    QVERIFY2(problem.contains(QStringLiteral("no time passes")), qPrintable(problem));
}

QTEST_GUILESS_MAIN(QueueSimulationTest)
#include "QueueSimulationTest.moc"
