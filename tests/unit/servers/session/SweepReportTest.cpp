// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/SweepReport.h"
#include "servers/session/SweepTable.h"

#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

#include <set>

using namespace loopscope;

namespace {

const LabRunName loopRun{ServerModel::EventLoop, Truth::Modelled};
const LabRunName poolRun{ServerModel::ThreadPool, Truth::Modelled};

SweepReport aSweep()
{
    SweepReport report;
    report.scenario.script = QStringLiteral("/gone/a.js");
    report.over = LabControls::Knob::Rate;
    report.values = {100, 200, 400, 800, 1600};
    report.runs = {loopRun, poolRun};
    return report;
}

void addPoint(SweepReport &report, double value, const LabRunName &run, double throughput, double p99, qint64 failed = 0)
{
    SweepPoint point{value, {}};
    point.result.model = run.model;
    point.result.truth = run.truth;
    point.result.arrivals = 1000;
    point.result.completed = 1000 - failed;
    point.result.throughput = throughput;
    point.result.latency.p99 = p99;
    point.result.failures.timedOut = failed;
    report.points.push_back(point);
}

/// All jobs of a part, each with a result.
SweepReport aPart(int shard, int shards)
{
    SweepReport part = aSweep();
    part.shard = shard;
    part.shards = shards;
    for (const SweepReport::Job &job : part.jobs())
        addPoint(part, job.value, job.run, job.value, 0.01);
    return part;
}

QStringList names(int count)
{
    QStringList names;
    for (int index = 1; index <= count; ++index)
        names.append(QStringLiteral("p%1").arg(index));
    return names;
}

} // namespace

class SweepReportTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void valuesGrowByTheSameFactor();
    void shardsDivideTheJobs_data();
    void shardsDivideTheJobs();
    void partsMakeTheWhole();
    void partsThatDoNotBelongTogether();
    void comesBackFromItsFile();
    void theKnobIsTurned();
    void bendsAndBreaks();
    void turns();
};

void SweepReportTest::valuesGrowByTheSameFactor()
{
    QCOMPARE(SweepReport::geometric(1, 1000, 4, true), (std::vector<double>{1, 10, 100, 1000}));
    QCOMPARE(SweepReport::geometric(1, 4, 7, true), (std::vector<double>{1, 2, 3, 4})); // each once
    QCOMPARE(SweepReport::geometric(0.5, 2, 3, false), (std::vector<double>{0.5, 1, 2}));
    QCOMPARE(SweepReport::geometric(100, 10000, 4, false), (std::vector<double>{100, 464.2, 2154, 10000}));
    QCOMPARE(SweepReport::geometric(7, 7, 1, true), (std::vector<double>{7}));
    QCOMPARE(SweepReport::geometric(0, 90, 4, false), (std::vector<double>{0, 30, 60, 90}));
    QCOMPARE(SweepReport::geometric(0, 0, 1, false), (std::vector<double>{0}));
}

void SweepReportTest::shardsDivideTheJobs_data()
{
    QTest::addColumn<int>("shards");
    for (const int shards : {1, 2, 3, 4, 10, 20})
        QTest::addRow("%d", shards) << shards;
}

void SweepReportTest::shardsDivideTheJobs()
{
    QFETCH(int, shards);
    std::set<std::pair<double, ServerModel>> seen;
    std::size_t count = 0;
    for (int shard = 1; shard <= shards; ++shard) {
        const std::vector<SweepReport::Job> jobs = aPart(shard, shards).jobs();
        count += jobs.size();
        std::set<ServerModel> models;
        for (const SweepReport::Job &job : jobs) {
            seen.emplace(job.value, job.run.model);
            models.insert(job.run.model);
        }
        if (jobs.size() >= 4)
            QCOMPARE(models.size(), 2U);
    }
    QCOMPARE(count, 10U);
    QCOMPARE(seen.size(), 10U);
}

void SweepReportTest::partsMakeTheWhole()
{
    QString problem;
    const auto whole = SweepReport::merged({aPart(3, 3), aPart(1, 3), aPart(2, 3)}, names(3), &problem);
    QVERIFY2(whole, qPrintable(problem));
    QCOMPARE(whole->shards, 1);
    QCOMPARE(whole->points.size(), 10U);
    QCOMPARE(SweepReport::merged({*whole}, names(1), &problem)->toJson(), whole->toJson());
    for (std::size_t index = 1; index < whole->points.size(); ++index)
        QVERIFY(whole->points[index - 1].value <= whole->points[index].value);
}

void SweepReportTest::partsThatDoNotBelongTogether()
{
    QString problem;
    QVERIFY(!SweepReport::merged({aPart(1, 4), aPart(3, 4)}, names(2), &problem));
    QCOMPARE(problem, QStringLiteral("parts are missing: 2/4, 4/4."));
    QVERIFY(!SweepReport::merged({aPart(1, 2), aPart(1, 2)}, names(2), &problem));
    QCOMPARE(problem, QStringLiteral("'p1' and 'p2' are both part 1 of 2."));
    SweepReport other = aPart(2, 2);
    other.scenario.load.rate = 5;
    QVERIFY(!SweepReport::merged({aPart(1, 2), other}, names(2), &problem));
    QCOMPARE(problem, QStringLiteral("'p1' and 'p2' are parts of different sweeps."));
    SweepReport stopped = aPart(2, 2);
    stopped.points.pop_back();
    QVERIFY(!SweepReport::merged({aPart(1, 2), stopped}, names(2), &problem));
    QVERIFY2(problem.startsWith(QLatin1String("'p2' is not complete: ")) && problem.contains(QLatin1String("at rate = 1600")),
        qPrintable(problem));
    SweepReport absurd = aPart(2, 2);
    absurd.shard = 9;
    QVERIFY(!SweepReport::merged({aPart(1, 2), absurd}, names(2), &problem));
    QCOMPARE(problem, QStringLiteral("'p2' says that it is part 9 of 2."));
}

void SweepReportTest::comesBackFromItsFile()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("s.json"));
    SweepReport report = aPart(2, 3);
    report.problems = {{400, {ServerModel::EventLoop, Truth::Modelled, QStringLiteral("no")}}};
    QCOMPARE(report.write(path), QString());
    QString problem;
    const auto read = SweepReport::read(path, &problem);
    QVERIFY2(read, qPrintable(problem));
    QCOMPARE(read->toJson(), report.toJson());
    QCOMPARE(read->over, LabControls::Knob::Rate);
    QCOMPARE(read->values, report.values);
}

void SweepReportTest::theKnobIsTurned()
{
    SweepReport report = aSweep();
    QCOMPARE(report.scenarioAt(400).load.rate, 400.0);
    report.over = LabControls::Knob::Threads;
    report.scenario.models = {ServerModel::ThreadPool, ServerModel::Processes};
    QCOMPARE(report.scenarioAt(2000).machine.poolThreads, 2000);
    QCOMPARE(report.scenarioAt(2000).machine.processes, 2000);
    QCOMPARE(report.scenarioAt(2000).machine.loops, 2); // of which there can be 1024; no cluster is among the models
    report.over = LabControls::Knob::KeepAliveSeconds;
    QCOMPARE(report.scenarioAt(1.5).machine.keepAliveSeconds, 1.5);
}

void SweepReportTest::bendsAndBreaks()
{
    SweepReport report = aSweep();
    // Grows with the load, then levels off with a queue; then requests fail.
    addPoint(report, 100, poolRun, 100, 0.010);
    addPoint(report, 200, poolRun, 200, 0.011);
    addPoint(report, 400, poolRun, 390, 0.015);
    addPoint(report, 800, poolRun, 640, 1.5);
    addPoint(report, 1600, poolRun, 642, 9.9, 600);
    // Never had enough, but falls off its best.
    addPoint(report, 100, loopRun, 100, 0.010);
    addPoint(report, 200, loopRun, 200, 0.010);
    addPoint(report, 400, loopRun, 400, 0.010);
    addPoint(report, 800, loopRun, 800, 0.010);
    addPoint(report, 1600, loopRun, 700, 0.010, 5);
    const std::vector<SweepBend> bends = bendsOf(report);
    QCOMPARE(bends.size(), 2U);
    QCOMPARE(bends[1].levelsOff, std::optional(800.0));
    QCOMPARE(bends[1].tailRises, std::optional(800.0));
    QCOMPARE(bends[1].breaks, std::optional(1600.0));
    QVERIFY(!bends[1].falls);
    QCOMPARE(bends[0].falls, std::optional(1600.0));
    QVERIFY(!bends[0].tailRises && !bends[0].breaks);
    QCOMPARE(SweepTable::text(bends[1], QStringLiteral("rate")),
        QStringLiteral(
            "thread pool (modelled): no more than 642/s, reached at rate = 800; p99 has doubled at rate = 800; breaks at rate = 1600."));
    QVERIFY(SweepTable::text(report).contains(QRegularExpression(QStringLiteral("\n1600 +700 +10.0 ms +642 +9.90 s\n"))));
}

void SweepReportTest::turns()
{
    SweepReport report = aSweep();
    for (const double value : report.values) {
        addPoint(report, value, loopRun, value, value < 300 ? 0.02 : 0.03);
        addPoint(report, value, poolRun, std::min(value, 500.0), 0.01);
    }
    const std::vector<SweepTurn> found = turnsOf(report, Truth::Modelled);
    QCOMPARE(found.size(), 2U);
    QCOMPARE(found[0].lead.model, ServerModel::ThreadPool); // by its tail
    QCOMPARE(found[1].lead.model, ServerModel::EventLoop); // by its answers
    QCOMPARE(found[1].value, 800.0);
    QCOMPARE(SweepTable::text(found, QStringLiteral("rate")),
        QStringLiteral("from rate = 100 on thread pool serves best (its tail is lower), from rate = 800 on event loop (it answers more)."));
    QVERIFY(turnsOf(report, Truth::Real).empty());
}

QTEST_GUILESS_MAIN(SweepReportTest)
#include "SweepReportTest.moc"
