// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/statistics/BatchMeans.h"
#include "servers/statistics/StudentT.h"

#include <QTest>

#include <cmath>
#include <random>

using namespace loopscope;

namespace {

/// An autoregressive series x' = a x + noise, whose mean is 0 and whose neighbours correlate with a.
class CorrelatedSeries
{
public:
    CorrelatedSeries(double correlation, quint64 seed)
        : m_correlation(correlation)
        , m_random(seed)
    {
    }
    double next() { return m_value = m_correlation * m_value + m_noise(m_random); }

private:
    double m_correlation;
    double m_value = 0;
    std::mt19937_64 m_random;
    std::normal_distribution<double> m_noise;
};

} // namespace

class BatchMeansTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void studentsFactors_data();
    void studentsFactors();
    void meanIsThatOfAll_data();
    void meanIsThatOfAll();
    void batchesAreAsManyAsAsked();
    void intervalOfFewIsTheTextbooks();
    void intervalsHoldTheMean_data();
    void intervalsHoldTheMean();
    void oneBatchSaysNothing();
};

void BatchMeansTest::studentsFactors_data()
{
    QTest::addColumn<double>("confidence");
    QTest::addColumn<int>("degrees");
    QTest::addColumn<double>("factor");
    // From the tables of any textbook.
    QTest::newRow("95 % of 1") << 0.95 << 1 << 12.7062;
    QTest::newRow("95 % of 2") << 0.95 << 2 << 4.30265;
    QTest::newRow("95 % of 3") << 0.95 << 3 << 3.18245;
    QTest::newRow("95 % of 10") << 0.95 << 10 << 2.22814;
    QTest::newRow("95 % of 19") << 0.95 << 19 << 2.09302;
    QTest::newRow("95 % of 1000") << 0.95 << 1000 << 1.96234;
    QTest::newRow("99 % of 4") << 0.99 << 4 << 4.60409;
    QTest::newRow("99 % of 31") << 0.99 << 31 << 2.74404;
    QTest::newRow("90 % of 30") << 0.90 << 30 << 1.69726;
}

void BatchMeansTest::studentsFactors()
{
    QFETCH(double, confidence);
    QFETCH(int, degrees);
    QFETCH(double, factor);
    QVERIFY(std::abs(StudentT::factor(confidence, degrees) - factor) < 1e-4 * factor);
}

void BatchMeansTest::meanIsThatOfAll_data()
{
    QTest::addColumn<int>("count");
    for (const int count : {0, 1, 19, 39, 40, 41, 1000, 12345})
        QTest::addRow("%d", count) << count;
}

void BatchMeansTest::meanIsThatOfAll()
{
    QFETCH(int, count);
    BatchMeans means;
    for (int i = 1; i <= count; ++i)
        means.add(i);
    QCOMPARE(means.count(), static_cast<quint64>(count));
    QCOMPARE(means.mean(), count == 0 ? 0 : (count + 1) / 2.0);
}

void BatchMeansTest::batchesAreAsManyAsAsked()
{
    BatchMeans means(16);
    for (int i = 0; i < 16; ++i)
        means.add(i);
    for (int i = 0; i < 100'000; ++i) {
        QVERIFY(means.batches() >= 16 && means.batches() < 32);
        means.add(i);
    }
}

void BatchMeansTest::intervalOfFewIsTheTextbooks()
{
    // Mean 3, variance of the mean 2.5 / 5: 3 +- 2.77645 * sqrt(0.5).
    BatchMeans means;
    for (int i = 1; i <= 5; ++i)
        means.add(i);
    QCOMPARE(means.mean(), 3.0);
    QVERIFY(std::abs(means.halfWidth() - 2.77645 * std::sqrt(0.5)) < 1e-4);
}

void BatchMeansTest::intervalsHoldTheMean_data()
{
    QTest::addColumn<double>("correlation");
    QTest::newRow("independent") << 0.0;
    QTest::newRow("correlated") << 0.9;
    QTest::newRow("alternating") << -0.5;
}

void BatchMeansTest::intervalsHoldTheMean()
{
    QFETCH(double, correlation);
    constexpr int runs = 400;
    int held = 0;
    double bias = 0;
    for (int run = 0; run < runs; ++run) {
        CorrelatedSeries series(correlation, static_cast<quint64>(run));
        BatchMeans means;
        for (int i = 0; i < 20'000; ++i)
            means.add(series.next());
        held += std::abs(means.mean()) <= means.halfWidth() ? 1 : 0;
        bias += means.correlation();
    }
    // 95 % of 400 runs are 380, with a standard deviation of 4.4.
    QVERIFY2(held >= 362 && held <= 396, qPrintable(QString::number(held)));
    QVERIFY(std::abs(bias / runs) < 0.1);
}

void BatchMeansTest::oneBatchSaysNothing()
{
    BatchMeans means;
    QVERIFY(std::isinf(means.halfWidth()));
    means.add(1);
    QVERIFY(std::isinf(means.halfWidth()));
    QCOMPARE(means.correlation(), 0.0);
    means.add(1);
    QCOMPARE(means.halfWidth(), 0.0);
}

QTEST_GUILESS_MAIN(BatchMeansTest)
#include "BatchMeansTest.moc"
