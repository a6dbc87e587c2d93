// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/queueing/QueueFormulas.h"
#include "servers/queueing/LaplaceInversion.h"
#include "servers/queueing/TaggedCustomer.h"
#include "servers/queueing/UniversalScalability.h"

#include <QTest>

#include <cmath>

using namespace loopscope;

namespace {

bool isNear(double value, double expected, double relative = 1e-6) { return std::abs(value - expected) <= relative * std::abs(expected); }

QueueSetting queueOf(
    double rate, const Distribution &service, int servers = 1, qint64 capacity = 0, QueueDiscipline discipline = QueueDiscipline::Fifo)
{
    return {Distribution::exponential(rate), service, servers, discipline, capacity};
}

} // namespace

#define VERIFY_NEAR(value, ...)                                                                                                            \
    do {                                                                                                                                   \
        const double told = (value);                                                                                                       \
        QVERIFY2(isNear(told, __VA_ARGS__), qPrintable(QString::number(told, 'g', 12)));                                                   \
    } while (false)

class QueueFormulasTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void singleExponentialServer();
    void erlangsTables();
    void thousandsOfServers();
    void severalServers();
    void limitedRoom();
    void pollaczekAndKhinchine();
    void percentilesOfASingleServer();
    void sharedServer();
    void nobodyWaits();
    void namesOfQueues();
    void whatTheoryDoesNotKnow();
    void arrivalsOfAnyKind();
    void invertedTransforms();
    void taggedCustomerOfOneState();
    void amdahlsLaw();
    void universalScalability();
    void universalScalabilityOfMeasurements();
};

void QueueFormulasTest::singleExponentialServer()
{
    const auto prediction = QueueFormulas::predict(queueOf(0.8, Distribution::exponential(1)));
    QVERIFY(prediction);
    VERIFY_NEAR(prediction->meanWait, 4);
    VERIFY_NEAR(prediction->meanSojourn, 5);
    VERIFY_NEAR(prediction->meanInSystem, 4);
    VERIFY_NEAR(prediction->utilisation, 0.8);
    VERIFY_NEAR(*prediction->p50, 5 * std::log(2));
    VERIFY_NEAR(*prediction->p90, 5 * std::log(10));
    VERIFY_NEAR(*prediction->p99, 5 * std::log(100));
    VERIFY_NEAR(*prediction->p999, 5 * std::log(1000));
    QCOMPARE(prediction->lost, 0.0);
}

void QueueFormulasTest::erlangsTables()
{
    // Tables of Erlang B: 10 servers lose 1 % at a load of 4.4612, 100 servers at 84.064.
    VERIFY_NEAR(QueueFormulas::erlangB(10, 4.4612), 0.01, 1e-4);
    VERIFY_NEAR(QueueFormulas::erlangB(100, 84.064), 0.01, 1e-4);
    VERIFY_NEAR(QueueFormulas::erlangB(1, 0.25), 0.2);
    VERIFY_NEAR(QueueFormulas::erlangC(1, 0.7), 0.7);
    VERIFY_NEAR(QueueFormulas::erlangC(2, 1), 1 / 3.0);
    QCOMPARE(QueueFormulas::erlangC(3, 3.0), 1.0);
}

void QueueFormulasTest::thousandsOfServers()
{
    // Halfin and Whitt (1981): with a load of c - b sqrt(c) and many servers, who waits is 1 / (1 + b Phi(b) / phi(b)) of all; b = 1.
    const double phi = std::exp(-0.5) / std::sqrt(2 * 3.14159265358979);
    const double limit = 1 / (1 + 0.5 * std::erfc(-1 / std::sqrt(2.0)) / phi);
    VERIFY_NEAR(QueueFormulas::erlangC(1'000'000, 1'000'000 - 1000), limit, 2e-3);
    const auto prediction = QueueFormulas::predict(queueOf(9900, Distribution::exponential(1), 10'000));
    QVERIFY(prediction && std::isfinite(prediction->meanWait) && *prediction->p99 > *prediction->p50);
    const auto limited = QueueFormulas::predict(queueOf(9900, Distribution::exponential(1), 10'000, 20'000));
    VERIFY_NEAR(limited->meanSojourn, prediction->meanSojourn, 1e-9);
}

void QueueFormulasTest::severalServers()
{
    // Gross et al.: M/M/c with lambda = 6, 1/mu = 1/3 h..., here: two servers, load 1, wait = C / (c mu - lambda) = 1/3.
    const auto two = QueueFormulas::predict(queueOf(1, Distribution::exponential(1), 2));
    VERIFY_NEAR(two->meanWait, 1 / 3.0);
    VERIFY_NEAR(two->meanInSystem, 4 / 3.0);
    // Here wait and service have the same rate: P(T > t) = (1 - C) e^-t + C (1 + t) e^-t.
    const double p99 = *two->p99;
    VERIFY_NEAR((1 + p99 / 3) * std::exp(-p99), 0.01);
    const auto four = QueueFormulas::predict(queueOf(3.6, Distribution::exponential(1), 4));
    VERIFY_NEAR(four->meanWait, 1.96938, 1e-5);
    // One server with the formula of several.
    const auto one = QueueFormulas::predict(queueOf(0.8, Distribution::exponential(1), 1, 100'000));
    VERIFY_NEAR(one->meanSojourn, 5);
    VERIFY_NEAR(*one->p99, 5 * std::log(100));
}

void QueueFormulasTest::limitedRoom()
{
    // M/M/1/2 with rho = 1/2: probabilities 4/7, 2/7, 1/7.
    const auto prediction = QueueFormulas::predict(queueOf(0.5, Distribution::exponential(1), 1, 2));
    VERIFY_NEAR(prediction->lost, 1 / 7.0);
    VERIFY_NEAR(prediction->meanInSystem, 4 / 7.0);
    VERIFY_NEAR(prediction->utilisation, 3 / 7.0);
    VERIFY_NEAR(prediction->meanSojourn, 4 / 3.0);
    // Of those who come in two thirds are served at once, one third waits for one service.
    const double p99 = *prediction->p99;
    VERIFY_NEAR(std::exp(-p99) * (1 + p99 / 3), 0.01);
    // Overloaded, but limited: rho = 2.
    VERIFY_NEAR(QueueFormulas::predict(queueOf(2, Distribution::exponential(1), 1, 2))->lost, 4 / 7.0);
}

void QueueFormulasTest::pollaczekAndKhinchine()
{
    VERIFY_NEAR(QueueFormulas::pollaczekKhinchine(0.8, Distribution::deterministic(1)), 2);
    VERIFY_NEAR(QueueFormulas::pollaczekKhinchine(0.8, Distribution::exponential(1)), 4);
    VERIFY_NEAR(QueueFormulas::pollaczekKhinchine(0.5, Distribution::hyperExponential(0.5, 2, 2.0 / 3)), 0.5 * 2.5 / 1.0);
    QVERIFY(std::isinf(QueueFormulas::pollaczekKhinchine(1, Distribution::deterministic(1))));
    const auto lognormal = QueueFormulas::predict(queueOf(0.5, Distribution::logNormal(-0.5, 1)));
    VERIFY_NEAR(lognormal->meanWait, 0.5 * std::exp(1) / 1.0);
    QVERIFY(!lognormal->p99);
}

void QueueFormulasTest::percentilesOfASingleServer()
{
    // The same queue told in two ways, of which only one has a formula of its own.
    const auto exponential = QueueFormulas::predict(queueOf(0.8, Distribution::erlang(1, 1)));
    VERIFY_NEAR(*exponential->p50, 5 * std::log(2));
    VERIFY_NEAR(*exponential->p99, 5 * std::log(100));
    // M/D/1: P(W <= t) for t below a service is (1 - rho) e^(lambda t) (Erlang 1909); the median of rho = 0.4 lies there: no wait at all.
    VERIFY_NEAR(*QueueFormulas::predict(queueOf(0.4, Distribution::deterministic(1)))->p50, 1);
    VERIFY_NEAR(*QueueFormulas::predict(queueOf(0.7, Distribution::deterministic(1)))->p50, 1 + std::log(0.5 / 0.3) / 0.7);
}

void QueueFormulasTest::sharedServer()
{
    const auto shared = [](double rate, const Distribution &service, int servers, qint64 capacity) {
        return *QueueFormulas::predict(queueOf(rate, service, servers, capacity, QueueDiscipline::ProcessorSharing));
    };
    // The mean is that of M/M/1 whatever the service is like.
    VERIFY_NEAR(shared(0.8, Distribution::deterministic(1), 1, 0).meanSojourn, 5);
    VERIFY_NEAR(shared(0.8, Distribution::hyperExponential(0.5, 2, 2.0 / 3), 1, 0).meanSojourn, 5);
    QVERIFY(!shared(0.8, Distribution::deterministic(1), 1, 0).p99);
    VERIFY_NEAR(shared(3.6, Distribution::exponential(1), 4, 0).meanSojourn, 2.96938, 1e-5);
    // Nobody disturbs the only customer: exponential.
    VERIFY_NEAR(*shared(0.001, Distribution::exponential(1), 1, 0).p99, std::log(100), 0.01);
    // The mean of squares under sharing (Coffman, Muntz and Trotter 1970) says that its tail is longer than that of M/M/1.
    QVERIFY(*shared(0.8, Distribution::exponential(1), 1, 0).p99 > 5 * std::log(100) * 1.2);
}

void QueueFormulasTest::nobodyWaits()
{
    const auto prediction = QueueFormulas::predict(queueOf(4.4612, Distribution::logNormal(-0.5, 1), 10, 10));
    VERIFY_NEAR(prediction->lost, 0.01, 1e-4);
    QCOMPARE(prediction->meanWait, 0.0);
    VERIFY_NEAR(prediction->meanSojourn, 1);
    VERIFY_NEAR(*prediction->p50, std::exp(-0.5));
}

void QueueFormulasTest::namesOfQueues()
{
    QCOMPARE(queueOf(1, Distribution::erlang(3, 4)).name(), QStringLiteral("M/E3/1"));
    QCOMPARE(queueOf(1, Distribution::deterministic(1), 2, 5, QueueDiscipline::ProcessorSharing).name(), QStringLiteral("M/D/2/5-PS"));
}

void QueueFormulasTest::whatTheoryDoesNotKnow()
{
    QVERIFY(!QueueFormulas::predict(queueOf(1, Distribution::exponential(1)))); // not stable
    QVERIFY(!QueueFormulas::predict(queueOf(1, Distribution::deterministic(1), 2)));
    QVERIFY(!QueueFormulas::predict(queueOf(0.1, Distribution::pareto(1.5, 1)))); // the mean wait is infinite
    QVERIFY(!QueueFormulas::predict({Distribution::deterministic(2), Distribution::exponential(1), 2}));
    QVERIFY(!QueueFormulas::predict({Distribution::deterministic(2), Distribution::deterministic(1)}));
}

void QueueFormulasTest::arrivalsOfAnyKind()
{
    // D/M/1 at a load of one half: sigma = exp(-2 (1 - sigma)) has the root 0.20318787.
    const auto regular = QueueFormulas::predict({Distribution::deterministic(2), Distribution::exponential(1)});
    QVERIFY(regular);
    VERIFY_NEAR(regular->meanSojourn, 1 / (1 - 0.20318787), 1e-7);
    VERIFY_NEAR(regular->meanWait, regular->meanSojourn - 1);
    VERIFY_NEAR(regular->meanInSystem, regular->meanSojourn / 2);
    VERIFY_NEAR(*regular->p99, regular->meanSojourn * std::log(100));
    // One stage of Erlang is a Poisson process: M/M/1.
    const auto poisson = QueueFormulas::predict({Distribution::erlang(1, 0.8), Distribution::exponential(1)});
    QVERIFY(poisson);
    VERIFY_NEAR(poisson->meanSojourn, 5);
    VERIFY_NEAR(poisson->utilisation, 0.8);
}

void QueueFormulasTest::invertedTransforms()
{
    using Complex = std::complex<double>;
    for (const double time : {0.01, 0.5, 3.0, 15.0}) {
        const double exponential = tailOfTransform([](Complex s) { return 1.0 / (1.0 + s); }, time);
        QVERIFY(std::abs(exponential - std::exp(-time)) < 1e-7);
        const double erlang = tailOfTransform([](Complex s) { return 1.0 / ((1.0 + s) * (1.0 + s)); }, time);
        QVERIFY(std::abs(erlang - (1 + time) * std::exp(-time)) < 1e-7);
    }
}

void QueueFormulasTest::taggedCustomerOfOneState()
{
    TaggedCustomer customer({{1, 0, 0, 2}});
    VERIFY_NEAR(*customer.quantile(0.99), std::log(100) / 2);
    TaggedCustomer twoStages({{0, 0, 0, 1}, {1, 0, 1, 0}});
    const double median = *twoStages.quantile(0.5);
    VERIFY_NEAR((1 + median) * std::exp(-median), 0.5);
}

void QueueFormulasTest::amdahlsLaw()
{
    VERIFY_NEAR(QueueFormulas::amdahl(8, 0), 8);
    VERIFY_NEAR(QueueFormulas::amdahl(1e9, 0.05), 20);
    VERIFY_NEAR(QueueFormulas::amdahl(4, 0.25), 4 / 1.75);
    VERIFY_NEAR(QueueFormulas::littleDifference(10, 2, 4.5), 0.1);
}

void QueueFormulasTest::universalScalability()
{
    const UniversalScalability law{1000, 0.02, 0.0005};
    VERIFY_NEAR(law.throughput(1), 1000);
    VERIFY_NEAR(law.peak(), std::sqrt(0.98 / 0.0005));
    std::vector<std::pair<double, double>> points;
    for (const double n : {1, 2, 4, 8, 16, 32, 64})
        points.emplace_back(n, law.throughput(n));
    const auto found = UniversalScalability::fit(points);
    VERIFY_NEAR(found->lambda, 1000);
    VERIFY_NEAR(found->sigma, 0.02);
    VERIFY_NEAR(found->kappa, 0.0005);
}

void QueueFormulasTest::universalScalabilityOfMeasurements()
{
    // Faster than linear for lack of noise nowhere: nothing comes out negative.
    const auto superlinear = UniversalScalability::fit({{1, 100}, {2, 210}, {4, 440}});
    QVERIFY(superlinear);
    QCOMPARE(superlinear->sigma, 0.0);
    QCOMPARE(superlinear->kappa, 0.0);
    QVERIFY(std::isinf(superlinear->peak()));
    QVERIFY(!UniversalScalability::fit({{1, 100}, {2, 210}, {2, 200}}));
    QVERIFY(!UniversalScalability::fit({{1, 100}, {2, 0}, {0, 5}, {3, 10}}));
}

QTEST_GUILESS_MAIN(QueueFormulasTest)
#include "QueueFormulasTest.moc"
