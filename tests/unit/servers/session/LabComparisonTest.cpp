// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/LabComparison.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>

using namespace loopscope;

namespace {

/// A run whose answers and latencies scatter by a tenth around what is given.
LabReport aReport(double throughput, double latency, quint32 seed, Truth truth = Truth::Real)
{
    LabReport report;
    report.scenario.script = QStringLiteral("/a/%1.js").arg(seed);
    QRandomGenerator generator(seed);
    const auto scattered = [&generator](double value) { return value * (0.95 + 0.1 * generator.generateDouble()); };
    LabResult result;
    result.truth = truth;
    result.seconds = 10;
    result.throughput = throughput;
    result.completed = static_cast<qint64>(throughput * 10);
    result.latency = {latency, latency, latency, latency, latency, latency};
    result.histogram = {{latency * 0.99, latency * 1.01, result.completed}};
    report.results = {result};
    for (int index = 1; index <= 100; ++index) {
        LabSample sample;
        sample.truth = truth;
        sample.time = index * 0.1;
        sample.interval = 0.1;
        sample.completed = static_cast<qint64>(scattered(throughput * 0.1));
        const double now = scattered(latency);
        sample.latency = {now, now, now, now, now, now};
        report.samples.push_back(sample);
    }
    return report;
}

const LabDifference &differenceOf(const LabComparison &comparison, const char *key)
{
    const auto &differences = comparison.models().front().differences;
    return *std::find_if(differences.begin(), differences.end(),
        [key](const LabDifference &one) { return QLatin1String(one.figure->key) == QLatin1String(key); });
}

} // namespace

class LabComparisonTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void chanceIsNoDifference();
    void aRealDifferenceIsFound();
    void fewAnswersSayNothingAboutTails();
    void figuresWithoutACourseHaveNoNoise();
    void truthsAreComparedWithEachOther();
    void scenariosAreCompared();
    void nothingInCommon();
};

void LabComparisonTest::chanceIsNoDifference()
{
    const LabReport before = aReport(1000, 0.01, 1);
    const LabReport after = aReport(1003, 0.01003, 2);
    const LabComparison comparison(before, after);
    QVERIFY(!comparison.isAnythingBeyondNoise());
    QCOMPARE(
        comparison.sentence(comparison.models().front()), QStringLiteral("Event loop (real): no difference beyond the noise of the runs."));
}

void LabComparisonTest::aRealDifferenceIsFound()
{
    const LabReport before = aReport(1000, 0.01, 1);
    const LabReport after = aReport(1100, 0.012, 2);
    const LabComparison comparison(before, after);
    const LabDifference &throughput = differenceOf(comparison, "throughput");
    QVERIFY(throughput.isBeyondNoise() && throughput.isBetter());
    // Observations between 95 and 105 (percent) have a deviation of 2.9; a hundred of them a mean with 0.29, twice that as interval.
    QVERIFY2(*throughput.noise > 4 && *throughput.noise < 20, qPrintable(QString::number(*throughput.noise)));
    const LabDifference &p99 = differenceOf(comparison, "latency.p99");
    QVERIFY(p99.isBeyondNoise() && !p99.isBetter());
    const QString sentence = comparison.sentence(comparison.models().front());
    QVERIFY2(sentence.startsWith(QLatin1String("Event loop (real): better: throughput 10 % higher; worse: p50 20 % higher, ")),
        qPrintable(sentence));
    QVERIFY(
        comparison.text().contains(QRegularExpression(QStringLiteral("throughput +1,000/s +1,100/s +\\+10 % +\\+-[01]\\.\\d % +better"))));
}

void LabComparisonTest::fewAnswersSayNothingAboutTails()
{
    LabReport before = aReport(50, 0.01, 1); // 500 answers: half of one lies beyond p99.9
    const LabReport after = aReport(50, 0.03, 2);
    const LabComparison comparison(before, after);
    QVERIFY(!differenceOf(comparison, "latency.p999").noise);
    QVERIFY(!differenceOf(comparison, "latency.p999").isBeyondNoise());
    QVERIFY(differenceOf(comparison, "latency.p99").isBeyondNoise());
}

void LabComparisonTest::figuresWithoutACourseHaveNoNoise()
{
    const LabReport before = aReport(1000, 0.01, 1);
    const LabReport after = aReport(1000, 0.5, 2);
    const LabComparison comparison(before, after);
    QVERIFY(!differenceOf(comparison, "latency.max").noise);
    QVERIFY(!differenceOf(comparison, "latency.max").isBeyondNoise());
}

void LabComparisonTest::truthsAreComparedWithEachOther()
{
    const LabReport simulated = aReport(1000, 0.01, 1, Truth::Simulated);
    const LabReport real = aReport(900, 0.01, 2, Truth::Real);
    const LabComparison comparison(simulated, real);
    QCOMPARE(comparison.models().size(), 1U);
    QVERIFY(comparison.sentence(comparison.models().front()).startsWith(QLatin1String("Event loop (simulated) against real: ")));
}

void LabComparisonTest::scenariosAreCompared()
{
    LabReport before = aReport(1000, 0.01, 1);
    LabReport after = aReport(1000, 0.01, 2);
    QCOMPARE(LabComparison(before, after).scenarioChanges(), QStringList()); // where the script lies is no difference
    after.scenario.load.rate = 2000;
    after.scenario.models = {ServerModel::EventLoop};
    QCOMPARE(LabComparison(before, after).scenarioChanges(),
        (QStringList{QStringLiteral("load.rate: 1000 -> 2000"),
            QStringLiteral("models: [\"event-loop\",\"thread-pool\",\"thread-per-request\"] -> [\"event-loop\"]")}));
}

void LabComparisonTest::nothingInCommon()
{
    const LabReport before = aReport(1000, 0.01, 1);
    LabReport after = aReport(1000, 0.01, 2);
    after.results.front().model = ServerModel::Cluster;
    const LabComparison comparison(before, after);
    QVERIFY(comparison.models().empty());
    QVERIFY(comparison.text().contains(QLatin1String("The reports have no model in common.")));
}

QTEST_GUILESS_MAIN(LabComparisonTest)
#include "LabComparisonTest.moc"
