// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the charts, cards and the followed request of the Servers workspace are made of.
#include "servers/LabRecord.h"
#include "servers/AxisRange.h"
#include "servers/FigureSeries.h"
#include "servers/RequestChoice.h"
#include "servers/ThreadTable.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace loopscope {

namespace {

LabSample sampleAt(double time, qint64 completed, double p99 = 0.01)
{
    LabSample sample;
    sample.model = ServerModel::EventLoop;
    sample.truth = Truth::Simulated;
    sample.time = time;
    sample.interval = 0.1;
    sample.completed = completed;
    sample.latency.p50 = p99 / 2;
    sample.latency.p99 = p99;
    sample.inFlight = 3;
    sample.cpuCores = 0.5;
    sample.memoryBytes = 61'000'000;
    return sample;
}

} // namespace

class LabRecordTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void figuresOfTheLastSecond();
    void p99IsThatOfTheRunSoFar();
    void figuresOfTheWholeRun();
    void deadServersKnowWhen();
    void threadsAreATable();
    void modelsKeepTheirPlaces();
    void linesKeepTheirPeaks();
    void linesLeaveOutWhatWasNotMeasured();
    void axesEndAtRoundNumbers_data();
    void axesEndAtRoundNumbers();
    void decadesHoldTheirValues();
    void logarithmicBarsKeepTheSum();
    void requestsAreKeptWithinBounds();
    void histogramGrowsWithTheRun();
    void requestsAreChosenByWhatTheyWereLike();
};

void LabRecordTest::figuresOfTheLastSecond()
{
    LabRecord record;
    for (int i = 1; i <= 20; ++i)
        record.take(sampleAt(i / 10.0, i <= 10 ? 1000 : 400, i == 15 ? 0.2 : 0.01));
    const LabFigures figures = record.models().front()->figures();
    QCOMPARE(qRound(figures.throughput), 4000);
    QCOMPARE(figures.lastP99, 0.2);
    QCOMPARE(figures.p99, 0.0); // no bars were told
    QCOMPARE(figures.cpuCores, 0.5);
    QCOMPARE(figures.memoryBytes, 61'000'000);
    QCOMPARE(figures.inFlight, 3);
}

void LabRecordTest::p99IsThatOfTheRunSoFar()
{
    LabRecord record;
    LabSample warm = sampleAt(-0.1, 1000, 5);
    warm.histogram = {{4, 5, 1000}};
    record.take(warm);
    LabSample slow = sampleAt(0.1, 20, 1);
    slow.histogram = {{0.8, 1, 20}};
    record.take(slow);
    for (int i = 2; i <= 40; ++i) {
        LabSample sample = sampleAt(i / 10.0, 20, 0.011);
        sample.histogram = {{0.01, 0.011, 20}};
        record.take(sample);
    }
    // Of 800 answers 20 took up to a second, long ago: the 792nd is the twelfth of them. The warm-up's count nowhere.
    const LabFigures figures = record.models().front()->figures();
    QCOMPARE(figures.p99, 0.8 + 0.2 * 12 / 20);
    QCOMPARE(figures.lastP99, 0.011);
}

void LabRecordTest::figuresOfTheWholeRun()
{
    LabRecord record;
    record.take(sampleAt(0.1, 10));
    LabResult result;
    result.model = ServerModel::EventLoop;
    result.truth = Truth::Simulated;
    result.seconds = 10;
    result.throughput = 3998;
    result.latency.p99 = 0.024;
    result.mostMemoryBytes = 70'000'000;
    result.failures.refused = 5;
    record.take(result);
    const LabFigures figures = record.models().front()->figures();
    QCOMPARE(figures.throughput, 3998.0);
    QCOMPARE(figures.p99, 0.024);
    QCOMPARE(figures.memoryBytes, 70'000'000);
    QCOMPARE(figures.failures, 5);
    QVERIFY(record.models().front()->isOver());
}

void LabRecordTest::deadServersKnowWhen()
{
    LabRecord record;
    record.take(LabLanes{ServerModel::EventLoop, Truth::Simulated, 3, {{1, ThreadState::Running, 0, 2.5, 7}}, 0, {}});
    LabResult result;
    result.model = ServerModel::EventLoop;
    result.truth = Truth::Simulated;
    result.seconds = 2.6;
    record.take(result);
    QVERIFY(!record.models().front()->diedAt());
    result.death = QStringLiteral("the handler threw");
    record.take(result);
    QCOMPARE(record.models().front()->diedAt(), std::optional(2.5));
    result.model = ServerModel::Cluster; // whose lanes nobody told
    record.take(result);
    QCOMPARE(record.models().back()->diedAt(), std::optional(2.6));
}

void LabRecordTest::threadsAreATable()
{
    LabRecord record;
    const auto lanes = [&](double time, double cpu) {
        LabLanes told{ServerModel::ThreadPool, Truth::Real, time, {}, 0, {{7, cpu, 0.05}}};
        told.spans = {{7, ThreadState::Running, time - 1, time - 0.75, 1}, {7, ThreadState::Blocked, time - 0.75, time, 1}};
        record.take(told);
    };
    lanes(1, 0.25);
    lanes(2, 0.5);
    const ModelRecord &pool = *record.models().front();
    const FigureTable live = threadTable(pool);
    QCOMPARE(live.rows.size(), std::size_t(1));
    const std::vector<QVariant> states(live.rows[0].begin() + 1, live.rows[0].end());
    QCOMPARE(states, (std::vector<QVariant>{0.5, 0.0, 1.5, 0.0, 0.75, 0.1})); // running, ready, blocked, idle; CPU, waited
    QVERIFY2(threadSentence(pool, 7).contains(QStringLiteral("0.75 s of CPU")), qPrintable(threadSentence(pool, 7)));
    QVERIFY(threadSentence(pool, 8).isNull());

    LabResult result;
    result.model = ServerModel::ThreadPool;
    result.truth = Truth::Real;
    result.seconds = 4;
    result.threads = {{0, 100, 0.5, 0, 0}, {7, 101, 1, 0.25, 31}};
    result.processes = {{101, 1.2, 24'000'000}};
    record.take(result);
    FigureTableModel model;
    model.setTable(threadTable(pool));
    QCOMPARE(model.rowCount(), 3);
    const auto shown = [&model](int row) {
        QStringList cells;
        for (int column = 0; column < model.columnCount(); ++column)
            cells << model.index(row, column).data().toString();
        return cells.join(QLatin1String(" | "));
    };
    QCOMPARE(shown(0), QStringLiteral("dispatcher | 100 | 0.500 | 12.5 | 0 | 0 | –"));
    QCOMPARE(shown(1), QStringLiteral("thread 7 | 101 | 1.00 | 25.0 | 0.250 | 31 | –"));
    QCOMPARE(shown(2), QStringLiteral("whole process | 101 | 1.20 | 30.0 | – | – | 24.0"));
    QCOMPARE(model.index(1, 5).data(Qt::AccessibleTextRole).toString(), QStringLiteral("requests begun: 31"));
    QVERIFY2(threadSentence(pool, 7).contains(QStringLiteral("requests begun: 31")), qPrintable(threadSentence(pool, 7)));
}

void LabRecordTest::modelsKeepTheirPlaces()
{
    LabRecord record;
    record.expect(ServerModel::ThreadPool, Truth::Simulated);
    record.expect(ServerModel::EventLoop, Truth::Simulated);
    record.take(sampleAt(0.1, 1));
    QCOMPARE(record.models().size(), std::size_t(2));
    QCOMPARE(record.models().front()->model, ServerModel::ThreadPool);
    QVERIFY(record.find(ServerModel::EventLoop, Truth::Simulated)->newest.has_value());
    QVERIFY(record.find(ServerModel::EventLoop, Truth::Real) == nullptr);
}

void LabRecordTest::linesKeepTheirPeaks()
{
    FigureSeries series;
    for (int i = 0; i < 36'000; ++i) // an hour
        series.append(sampleAt(i / 10.0, i == 12'345 ? 5000 : i == 20'000 ? 0 : 400));
    const std::vector<QPointF> points = series.folded(Figure::Throughput, 0, 3600, 300);
    QVERIFY(points.size() <= 602);
    const auto [least, greatest] =
        std::minmax_element(points.begin(), points.end(), [](const QPointF &left, const QPointF &right) { return left.y() < right.y(); });
    QCOMPARE(greatest->y(), 50'000.0);
    QCOMPARE(greatest->x(), 1234.5);
    QCOMPARE(least->y(), 0.0);
    QVERIFY(std::is_sorted(points.begin(), points.end(), [](const QPointF &left, const QPointF &right) { return left.x() < right.x(); }));
    QCOMPARE(series.range(Figure::Throughput, 0, 1000), std::pair(4000.0, 4000.0));
}

void LabRecordTest::linesLeaveOutWhatWasNotMeasured()
{
    FigureSeries series;
    series.append(sampleAt(0.1, 5));
    series.append(sampleAt(0.2, 0)); // no answer: no latency
    series.append(sampleAt(0.3, 5));
    series.append(sampleAt(0.3, 9)); // told twice
    QCOMPARE(series.folded(Figure::P99, 0, 1, 100).size(), std::size_t(2));
    QCOMPARE(series.folded(Figure::Throughput, 0, 1, 100).size(), std::size_t(3));
    QVERIFY(std::isnan(series.values(Figure::P50)[1]));
}

void LabRecordTest::axesEndAtRoundNumbers_data()
{
    QTest::addColumn<double>("value");
    QTest::addColumn<double>("end");
    QTest::newRow("nothing") << 0.0 << 1.0;
    QTest::newRow("no number") << std::nan("") << 1.0;
    QTest::newRow("3998") << 3998.0 << 5000.0;
    QTest::newRow("exactly") << 2500.0 << 2500.0;
    QTest::newRow("beyond five") << 0.0501 << 0.1;
}

void LabRecordTest::axesEndAtRoundNumbers()
{
    QFETCH(const double, value);
    QFETCH(const double, end);
    QVERIFY(qFuzzyCompare(niceEnd(value), end));
}

void LabRecordTest::decadesHoldTheirValues()
{
    QCOMPARE(decadesAround(3, 1900), std::pair(1.0, 10'000.0));
    QCOMPARE(decadesAround(10, 10), std::pair(10.0, 100.0));
    QCOMPARE(decadesAround(0, 0), std::pair(1.0, 10.0));
}

void LabRecordTest::logarithmicBarsKeepTheSum()
{
    const std::vector<LabBar> histogram{{0.001, 0.002, 10}, {0.002, 0.004, 30}, {0.5, 0.6, 60}};
    const std::vector<double> bars = logBars(histogram, 1e-4, 10, 50);
    QVERIFY(std::abs(std::accumulate(bars.begin(), bars.end(), 0.0) - 100) < 1e-6);
    const auto highest = std::max_element(bars.begin(), bars.end()) - bars.begin();
    const double from = 1e-4 * std::exp(static_cast<double>(highest) * std::log(1e5) / 50);
    QVERIFY(from > 0.4 && from < 0.6);
    QVERIFY(logBars(histogram, 0, 1, 10) == std::vector<double>(10));
}

void LabRecordTest::requestsAreKeptWithinBounds()
{
    LabRecord record;
    LabRequest request;
    for (qint64 number = 1; number <= static_cast<qint64>(LabRecord::mostRequests) + 10; ++number) {
        request.number = number;
        record.take(request);
    }
    const auto &kept = record.models().front()->requests;
    QCOMPARE(kept.size(), LabRecord::mostRequests);
    QCOMPARE(kept.begin()->first, 11);
    QCOMPARE(record.nearestRequest(3), 11);
    QCOMPARE(record.nearestRequest(500), 500);
    QCOMPARE(LabRecord().nearestRequest(1), 0);
}

void LabRecordTest::histogramGrowsWithTheRun()
{
    LabRecord record;
    LabSample sample = sampleAt(-0.5, 5);
    sample.histogram = {{0.01, 0.011, 5}};
    record.take(sample); // of the warm-up
    sample.time = 0.1;
    sample.histogram = {{0.01, 0.011, 3}, {0.02, 0.022, 1}};
    record.take(sample);
    sample.time = 0.2;
    sample.histogram = {{0.005, 0.0055, 2}, {0.01, 0.011, 4}};
    record.take(sample);
    const std::vector<LabBar> bars = record.models().front()->histogram();
    QCOMPARE(bars.size(), std::size_t(3));
    QCOMPARE(bars[0].from, 0.005);
    QCOMPARE(bars[1].count, 7);
    QCOMPARE(record.models().front()->answers(), 10);
    LabResult result;
    result.truth = Truth::Simulated;
    result.completed = 11;
    result.histogram = {{0.01, 0.0101, 11}};
    record.take(result); // knows better
    QCOMPARE(record.models().front()->histogram().size(), std::size_t(1));
    QCOMPARE(record.models().front()->answers(), 11);
}

void LabRecordTest::requestsAreChosenByWhatTheyWereLike()
{
    LabRecord record;
    record.expect(ServerModel::Cluster, Truth::Simulated); // tells none: nobody waits for it
    const auto tell = [&record](ServerModel model, qint64 number, double arrival, double latency) {
        LabRequest request;
        request.model = model;
        request.truth = Truth::Simulated;
        request.number = number;
        request.arrival = arrival;
        request.latency = latency;
        record.take(request);
    };
    const double loop[] = {0.05, 0.01, 0.02, 0.04, 0.03};
    const double pool[] = {0.05, 0.06, 0.10, 0.05, -1}; // the last one had no answer
    for (int i = 0; i < 5; ++i) {
        tell(ServerModel::EventLoop, i + 1, i, loop[i]);
        tell(ServerModel::ThreadPool, i + 1, i, pool[i]);
    }
    tell(ServerModel::EventLoop, 9, 9, 5); // of one model only
    const RequestChoice choice(record);
    QCOMPARE(choice.toldByAll(), (std::vector<qint64>{1, 2, 3, 4}));
    const ModelRecord &model = *record.find(ServerModel::EventLoop, Truth::Simulated);
    QCOMPARE(choice.atShare(model, 1), 1);
    QCOMPARE(choice.atShare(model, 0), 2);
    QCOMPARE(choice.mostDifferent(), 2); // six times as long; the third takes five times
    QCOMPARE(choice.nearest(model, 0.019), 3);
    QCOMPARE(choice.slowestOf(1.5, 3.5), 3);
    QCOMPARE(choice.slowestOf(20, 30), 0);
    QCOMPARE(choice.atShare(*record.find(ServerModel::Cluster, Truth::Simulated), 0.5), 0);
}

} // namespace loopscope

QTEST_MAIN(loopscope::LabRecordTest)
#include "LabRecordTest.moc"
