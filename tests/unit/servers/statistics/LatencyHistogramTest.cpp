// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/statistics/LatencyHistogram.h"

#include <QTest>

#include <algorithm>
#include <random>

using namespace loopscope;

namespace {

using Bucket = LatencyHistogram::Bucket;

std::vector<Bucket> bucketsOf(const LatencyHistogram &histogram)
{
    std::vector<Bucket> buckets;
    histogram.forEachBucket([&](const Bucket &bucket) { buckets.push_back(bucket); });
    return buckets;
}

/// Latencies from 100 ns to minutes.
std::vector<quint64> manyLatencies(size_t count)
{
    std::mt19937_64 random(7);
    std::lognormal_distribution<double> latency(14, 3);
    std::vector<quint64> values(count);
    std::generate(values.begin(), values.end(), [&] { return static_cast<quint64>(100 + latency(random)); });
    return values;
}

LatencyHistogram histogramOf(const std::vector<quint64> &values)
{
    LatencyHistogram histogram;
    for (const quint64 value : values)
        histogram.record(value);
    return histogram;
}

} // namespace

class LatencyHistogramTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void emptyIsNothing();
    void bucketOfAValue_data();
    void bucketOfAValue();
    void bucketsAdjoinAndAreNarrow();
    void percentilesAreThoseOfTheSortedValues();
    void percentileOfFew();
    void countSumAndEndsAreExact();
    void sumGoesBeyond64Bits();
    void mergedIsAsRecordedTogether();
    void clearedIsAsNew();
    void restoredIsTheSame();
    void omittedRequestsCount();
};

void LatencyHistogramTest::emptyIsNothing()
{
    const LatencyHistogram histogram;
    QVERIFY(histogram.isEmpty());
    QCOMPARE(histogram.percentile(99), 0ULL);
    QCOMPARE(histogram.mean(), 0.0);
    QCOMPARE(histogram.least(), 0ULL);
    QCOMPARE(histogram.most(), 0ULL);
    QCOMPARE(histogram.standardDeviation(), 0.0);
    QVERIFY(bucketsOf(histogram).empty());
}

void LatencyHistogramTest::bucketOfAValue_data()
{
    QTest::addColumn<quint64>("value");
    QTest::addColumn<quint64>("lowest");
    QTest::addColumn<quint64>("highest");
    // As HdrHistogram's lowestEquivalentValue and highestEquivalentValue with three digits and unit 1.
    QTest::newRow("0") << quint64(0) << quint64(0) << quint64(0);
    QTest::newRow("2047 still has its own") << quint64(2047) << quint64(2047) << quint64(2047);
    QTest::newRow("2048") << quint64(2048) << quint64(2048) << quint64(2049);
    QTest::newRow("4097") << quint64(4097) << quint64(4096) << quint64(4099);
    QTest::newRow("10007") << quint64(10007) << quint64(10000) << quint64(10007);
    QTest::newRow("a second") << quint64(1'000'000'000) << quint64(999'817'216) << quint64(1'000'341'503);
    QTest::newRow("the largest") << ~quint64(0) << (quint64(2047) << 53U) << ~quint64(0);
}

void LatencyHistogramTest::bucketOfAValue()
{
    QFETCH(quint64, value);
    QFETCH(quint64, lowest);
    QFETCH(quint64, highest);
    const std::vector<Bucket> buckets = bucketsOf(histogramOf({value}));
    QCOMPARE(buckets.size(), size_t(1));
    QCOMPARE(buckets[0].lowest, lowest);
    QCOMPARE(buckets[0].highest, highest);
    QCOMPARE(buckets[0].count, 1ULL);
}

void LatencyHistogramTest::bucketsAdjoinAndAreNarrow()
{
    // From each bucket on into the next, over the whole range.
    quint64 value = 0;
    int count = 0;
    for (;; ++count) {
        const Bucket bucket = bucketsOf(histogramOf({value})).at(0);
        QCOMPARE(bucket.lowest, value);
        QVERIFY(bucket.highest - bucket.lowest <= bucket.lowest / 1024);
        if (bucket.highest == ~quint64(0))
            break;
        value = bucket.highest + 1;
        if (count % 64 == 63) // leap over some, to stay quick
            value = bucketsOf(histogramOf({value + value / 50})).at(0).lowest;
    }
    QVERIFY(count > 1000);
}

void LatencyHistogramTest::percentilesAreThoseOfTheSortedValues()
{
    std::vector<quint64> values = manyLatencies(100'000);
    const LatencyHistogram histogram = histogramOf(values);
    std::sort(values.begin(), values.end());
    for (const double percent : {1.0, 25.0, 50.0, 90.0, 99.0, 99.9, 99.99}) {
        const auto exact = static_cast<double>(values[static_cast<size_t>(std::ceil(percent * 1000 - 1e-6)) - 1]);
        const auto told = static_cast<double>(histogram.percentile(percent));
        QVERIFY2(told >= exact && told <= exact * (1 + 1.0 / 1024),
            qPrintable(QStringLiteral("p%1: %2, not %3").arg(percent).arg(told).arg(exact)));
        const auto below = static_cast<double>(histogram.countUpTo(static_cast<quint64>(exact)));
        QVERIFY(below >= percent * 1000 - 1e-6);
    }
    QCOMPARE(histogram.percentile(100), values.back());
    QVERIFY(histogram.percentile(0) >= values.front());
}

void LatencyHistogramTest::percentileOfFew()
{
    const LatencyHistogram histogram = histogramOf({1, 2, 3, 4});
    QCOMPARE(histogram.percentile(50), 2ULL);
    QCOMPARE(histogram.percentile(50.1), 3ULL);
    QCOMPARE(histogram.percentile(75), 3ULL);
    QCOMPARE(histogram.percentile(99), 4ULL);
    LatencyHistogram hundred;
    for (quint64 i = 1; i <= 100; ++i)
        hundred.record(i);
    for (quint64 i = 1; i <= 100; ++i)
        QCOMPARE(hundred.percentile(static_cast<double>(i)), i);
}

void LatencyHistogramTest::countSumAndEndsAreExact()
{
    const std::vector<quint64> values = manyLatencies(10'000);
    quint64 sum = 0;
    for (const quint64 value : values)
        sum += value;
    const LatencyHistogram histogram = histogramOf(values);
    QCOMPARE(histogram.count(), 10'000ULL);
    QCOMPARE(histogram.sum(), static_cast<double>(sum));
    QCOMPARE(histogram.mean(), static_cast<double>(sum) / 10'000);
    QCOMPARE(histogram.least(), *std::min_element(values.begin(), values.end()));
    QCOMPARE(histogram.most(), *std::max_element(values.begin(), values.end()));
    double squares = 0;
    for (const quint64 value : values)
        squares += (static_cast<double>(value) - histogram.mean()) * (static_cast<double>(value) - histogram.mean());
    const double exact = std::sqrt(squares / 10'000);
    QVERIFY(std::abs(histogram.standardDeviation() - exact) < exact / 1000);
}

void LatencyHistogramTest::sumGoesBeyond64Bits()
{
    LatencyHistogram histogram;
    const quint64 large = 1ULL << 62U;
    for (int i = 0; i < 10; ++i)
        histogram.record(large);
    histogram.record(large, 100);
    QCOMPARE(histogram.sum(), 110 * static_cast<double>(large));
    QCOMPARE(histogram.mean(), static_cast<double>(large));
    LatencyHistogram twice = histogram;
    twice.merge(histogram);
    QCOMPARE(twice.sum(), 220 * static_cast<double>(large));
}

void LatencyHistogramTest::mergedIsAsRecordedTogether()
{
    const std::vector<quint64> values = manyLatencies(5000);
    LatencyHistogram first = histogramOf({values.begin(), values.begin() + 100});
    const LatencyHistogram second = histogramOf({values.begin() + 100, values.end()});
    first.merge(second);
    QVERIFY(first == histogramOf(values));
    first.merge(LatencyHistogram());
    QVERIFY(first == histogramOf(values));
    LatencyHistogram empty;
    empty.merge(first);
    QVERIFY(empty == first);
    first.record(1);
    QVERIFY(!(empty == first));
}

void LatencyHistogramTest::clearedIsAsNew()
{
    LatencyHistogram histogram = histogramOf(manyLatencies(1000));
    histogram.clear();
    QVERIFY(histogram == LatencyHistogram());
    QVERIFY(bucketsOf(histogram).empty());
    histogram.record(5);
    QVERIFY(histogram == histogramOf({5}));
}

void LatencyHistogramTest::restoredIsTheSame()
{
    const LatencyHistogram histogram = histogramOf(manyLatencies(1000));
    LatencyHistogram read = histogramOf({3});
    read.restore(bucketsOf(histogram), histogram.sum(), histogram.least(), histogram.most());
    QVERIFY(read == histogram);
    read.restore({}, 0, 0, 0);
    QVERIFY(read == LatencyHistogram());
}

void LatencyHistogramTest::omittedRequestsCount()
{
    // One a second was due; one took five seconds, so those due after 1, 2, 3 and 4 seconds waited 4, 3, 2 and 1.
    LatencyHistogram histogram;
    histogram.recordCorrected(5, 1);
    QVERIFY(histogram == histogramOf({5, 4, 3, 2, 1}));
    LatencyHistogram uncorrected;
    uncorrected.recordCorrected(5, 0);
    QVERIFY(uncorrected == histogramOf({5}));
    LatencyHistogram quick;
    quick.recordCorrected(19, 10);
    QVERIFY(quick == histogramOf({19}));
}

QTEST_GUILESS_MAIN(LatencyHistogramTest)
#include "LatencyHistogramTest.moc"
