// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/session/Verdict.h"

#include <QTest>

using namespace loopscope;

namespace {

LabResult result(ServerModel model, double throughput, double p99, double cores)
{
    LabResult result;
    result.model = model;
    result.truth = Truth::Simulated;
    result.seconds = 10;
    result.arrivals = 10000;
    result.completed = static_cast<qint64>(throughput * 10);
    result.throughput = throughput;
    result.latency.p99 = p99;
    result.cpuCores = cores;
    result.mostMemoryBytes = 50000000;
    return result;
}

/// Nothing was asked beyond what it answered.
LabResult keepingUp(LabResult result)
{
    result.arrivals = result.completed;
    return result;
}

/// Ten seconds in which threads do always the same, and the queue grows evenly.
void addSamples(LabReport &report, const LabResult &result, std::array<int, 4> threads, int queuedFirst, int queuedLast)
{
    constexpr int count = 10;
    for (int index = 0; index < count; ++index) {
        LabSample sample;
        sample.model = result.model;
        sample.truth = result.truth;
        sample.time = index + 1;
        sample.threads = threads;
        sample.queued = queuedFirst + (queuedLast - queuedFirst) * index / (count - 1);
        report.samples.push_back(sample);
    }
}

} // namespace

class VerdictTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void whatHoldsAServerBack_data();
    void whatHoldsAServerBack();
    void theOneThatAnswersMoreWins();
    void thenTheOneWithTheLowerTail();
    void answersToWhatWasAskedBeforeDoNotCount();
    void tailsThatNobodySeesAreAlike();
    void theDeadDoNotWin();
    void thenTheOneWithLessMemory();
    void alikeIsSaid();
    void whereItTurns();
    void oneModelIsNoComparison();
    void sentences_data();
    void sentences();
};

void VerdictTest::whatHoldsAServerBack_data()
{
    QTest::addColumn<LabReport>("report"); // of one result
    QTest::addColumn<Limit>("limit");
    QTest::addColumn<QString>("sentence");
    const auto add = [](const char *name, const LabReport &report, Limit limit, const char *sentence) {
        QTest::newRow(name) << report << limit << QString::fromLatin1(sentence);
    };
    const auto reportOf = [](const LabResult &one) {
        LabReport report;
        report.scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
        report.results = {one};
        return report;
    };
    LabResult one = result(ServerModel::EventLoop, 500, 2, 0.98);
    LabReport blocked = reportOf(one);
    LabRequest request;
    request.truth = Truth::Simulated;
    request.steps = {{LabStep::Kind::Running, 1, 1.25, 1, {}}};
    blocked.requests = {request};
    add("blocked loop", blocked, Limit::BlockedLoop,
        "its one loop computes 98 % of the time, for up to 250 ms at a time, and everything else waits for it, with 1 of 2 cores free");

    one = result(ServerModel::ThreadPool, 200, 2, 0.1);
    LabReport full = reportOf(one);
    addSamples(full, one, {0, 1, 0, 63}, 800, 8000);
    add("full pool", full, Limit::FullPool, "64 of 64 threads have a request, 63 of them blocked on I/O; its queue grows by 800 a second");
    one.failures.timedOut = 5000;
    full.results = {one};
    add("and what follows", full, Limit::FullPool,
        "64 of 64 threads have a request, 63 of them blocked on I/O; its queue grows by 800 a second; 50 % of the requests failed");
    LabReport kept = full;
    kept.scenario.machine.keepAliveSeconds = 5;
    add("kept connections", kept, Limit::KeptConnections,
        "64 of 64 threads stay with connections on which nobody asks, for 5.00 s each; its queue grows by 800 a second; 50 % of the "
        "requests "
        "failed");
    for (LabSample &sample : kept.samples)
        sample.inFlight = sample.queued + 60;
    add("threads that have requests, though they may stay", kept, Limit::FullPool,
        "64 of 64 threads have a request, 63 of them blocked on I/O; its queue grows by 800 a second; 50 % of the requests failed");
    LabReport busy = reportOf(keepingUp(result(ServerModel::ThreadPool, 200, 2, 0.1)));
    addSamples(busy, one, {0, 1, 0, 63}, 0, 0);
    add("busy pool that nobody waits for", busy, Limit::None, "it answers all that is asked; 0.10 of 2 cores are busy");

    one = keepingUp(result(ServerModel::Cluster, 900, 2, 1.97));
    one.cpuSecondsPerRequest = 0.0022;
    add("cores", reportOf(one), Limit::Cores,
        "1.97 of 2 cores are busy, 2.20 ms of CPU a request; just so it still answers all that is asked");
    one.arrivals = 20000;
    add("cores that do not suffice", reportOf(one), Limit::Cores, "1.97 of 2 cores are busy, 2.20 ms of CPU a request");
    one = keepingUp(one);
    one.cpuCores = 1.79;
    add("cores that are nearly full", reportOf(one), Limit::None, "it answers all that is asked; 1.79 of 2 cores are busy");
    one.latency.mean = 0.03;
    LabReport closed = reportOf(one);
    closed.scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
    add("clients who wait for their answers", closed, Limit::None,
        "nothing of it is full; its clients wait 30.0 ms for an answer, and 1.79 of 2 cores are busy");
    closed.results.front().cpuCores = 1.82;
    add("clients who wait for cores", closed, Limit::Cores, "1.82 of 2 cores are busy, 2.20 ms of CPU a request");
    one.arrivals *= 2;
    one.cpuCores = 0.1;
    add("half of it", reportOf(one), Limit::None,
        "it answered 9,000 of 18,000 requests in its time, and nothing of it is full; 0.10 of 2 cores are busy");
    one.arrivals = one.completed = 0;
    add("nothing", reportOf(one), Limit::Unknown, "nothing was asked of it in the measured time");

    one = result(ServerModel::ThreadPool, 200, 2, 0.1);
    LabReport swinging = reportOf(one); // ten ticks a second, looked at ten times a second
    addSamples(swinging, one, {0, 1, 0, 63}, 100, 100);
    swinging.samples.back().queued = 4000;
    swinging.scenario.load.arrivals = ScenarioLoad::Arrivals::Closed;
    add("a queue of clients does not grow", swinging, Limit::FullPool,
        "64 of 64 threads have a request, 63 of them blocked on I/O; 490 others queue on average");

    one = result(ServerModel::ThreadPerRequest, 900, 2, 0.5);
    one.mostMemoryBytes = 4200000000;
    one.mostThreads = 4000;
    add("memory", reportOf(one), Limit::Memory, "4.20 GB of 4.29 GB of memory are full, with 4,000 threads at once");

    one = result(ServerModel::EventLoop, 900, 2, 0.5);
    one.death = QStringLiteral("the handler threw: Error: no");
    one.lostToDeath = 12;
    add("death", reportOf(one), Limit::Death, "it died (the handler threw: Error: no); 12 requests in flight were lost with it");
    one.lostToDeath = 1;
    add("death with one", reportOf(one), Limit::Death, "it died (the handler threw: Error: no); 1 request in flight was lost with it");

    one = result(ServerModel::EventLoop, 900, 2, 0.5);
    one.failures.refused = 1234;
    add("refusals", reportOf(one), Limit::Refusals, "it refused 12 % of the connections");
    one.failures = {};
    one.failures.timedOut = 500;
    one.failures.reset = 20;
    add("lost", reportOf(one), Limit::Lost, "5.0 % of the requests had no answer in time, 0.2 % lost their connection");
    one.failures.timedOut = 3;
    add("lost only", reportOf(one), Limit::Lost, "0.2 % of the requests lost their connection");
    one.failures = {};
    one.failures.badStatus = 300;
    add("errors", reportOf(one), Limit::Errors, "the script answered 3.0 % of the requests with a failure");
    one = result(ServerModel::EventLoop, 900, 2, 0.1);
    one.meanInFlight = 323;
    LabReport waiting = reportOf(one);
    addSamples(waiting, one, {0, 1, 0, 0}, 200, 200);
    add("waiting", waiting, Limit::Waiting, "200 of 323 requests in flight wait to be taken, with 0.10 of 2 cores busy");

    one = keepingUp(result(ServerModel::EventLoop, 2000, 0.007, 0.12));
    one.latency.p50 = 0.000024;
    one.mostQueued = 14;
    add("stalls", reportOf(one), Limit::Stalls,
        "quick requests wait behind one that computes for long (p50 24.0 us, p99 7.00 ms), up to 14 at once; only 0.12 of 2 cores are "
        "busy");
    LabReport stalled = reportOf(one);
    request.steps = {{LabStep::Kind::Running, 1, 1.0069, 1, {}}};
    stalled.requests = {request};
    add("stalls, and by what", stalled, Limit::Stalls,
        "quick requests wait behind computations of up to 6.90 ms (p50 24.0 us, p99 7.00 ms), up to 14 at once; only 0.12 of 2 cores are "
        "busy");
    request.steps = {{LabStep::Kind::Running, 1, 1.0001, 1, {}}};
    stalled.requests = {request};
    add("stalls, by none of those that were told", stalled, Limit::Stalls,
        "quick requests wait behind one that computes for long (p50 24.0 us, p99 7.00 ms), up to 14 at once; only 0.12 of 2 cores are "
        "busy");
    LabResult handful = one;
    handful.arrivals = 62;
    handful.completed = 62; // the p99 is the longest of them
    add("the longest of a handful", reportOf(handful), Limit::None, "it answers all that is asked; 0.12 of 2 cores are busy");
    one.mostQueued = 1;
    add("a tail that nobody waits in", reportOf(one), Limit::None, "it answers all that is asked; 0.12 of 2 cores are busy");
    one = keepingUp(result(ServerModel::ThreadPerRequest, 900, 2, 0.1));
    one.meanInFlight = 531;
    LabReport growing = reportOf(one);
    addSamples(growing, one, {0, 1, 0, 500}, 30, 30);
    add("threads far below their limit", growing, Limit::None, "it answers all that is asked; 0.10 of 2 cores are busy");
    one = result(ServerModel::EventLoop, 900, 2, 0.5);
    one.failures.badStatus = 3;
    one.arrivals = 9000;
    add("a few errors", reportOf(one), Limit::None, "it answers all that is asked; 0.50 of 2 cores are busy");
}

void VerdictTest::whatHoldsAServerBack()
{
    QFETCH(LabReport, report);
    QFETCH(Limit, limit);
    QFETCH(QString, sentence);
    const Finding finding = findingOf(report, report.results.front());
    QCOMPARE(finding.sentence, sentence);
    QCOMPARE(finding.limit, limit);
}

void VerdictTest::theOneThatAnswersMoreWins()
{
    LabReport report;
    report.scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
    report.results = {result(ServerModel::ThreadPool, 640, 3, 0.1), result(ServerModel::EventLoop, 1000, 0.012, 0.4)};
    addSamples(report, report.results[0], {0, 1, 0, 63}, 0, 3600);
    const LabVerdict verdict = verdictOf(report);
    QCOMPARE(verdict.winner, QStringLiteral("event-loop"));
    QCOMPARE(verdict.sentence,
        QStringLiteral(
            "Event loop serves this load best (simulated): 1,000/s, p99 12.0 ms, 50.0 MB of memory. Thread pool answers only 640/s."));
    QCOMPARE(verdict.evidence.size(), 2);
    QVERIFY(verdict.evidence[0].startsWith(QLatin1String("Event loop: it answers all")));
    QCOMPARE(verdict.turn, QStringLiteral("At lower loads others keep up, too: thread pool up to about 640 requests a second."));
}

void VerdictTest::thenTheOneWithTheLowerTail()
{
    LabReport report;
    report.results = {result(ServerModel::EventLoop, 1000, 0.3, 0.8), result(ServerModel::Cluster, 990, 0.05, 0.8)};
    QCOMPARE(verdictOf(report).winner, QStringLiteral("cluster"));
    QVERIFY(verdictOf(report).sentence.contains(QLatin1String("Event loop answers as much, but with a p99 of 300 ms")));
    QCOMPARE(verdictOf(report).turn, QString());
}

void VerdictTest::answersToWhatWasAskedBeforeDoNotCount()
{
    LabReport report; // 1,000 a second were asked for; the second one had 2,000 left over from its warm-up
    report.results = {result(ServerModel::EventLoop, 1000, 0.01, 0.5), result(ServerModel::ThreadPerRequest, 1200, 1.3, 0.5)};
    QCOMPARE(leadOf(report.results)->model, ServerModel::EventLoop);
    QCOMPARE(leadOf(report.results)->by, Lead::By::Tail);
    QVERIFY2(verdictOf(report).sentence.contains(QLatin1String("answers as much")), qPrintable(verdictOf(report).sentence));
}

void VerdictTest::tailsThatNobodySeesAreAlike()
{
    LabReport report;
    report.results = {result(ServerModel::ThreadPool, 1000, 0.000021, 0.1), result(ServerModel::EventLoop, 1000, 0.00003, 0.1)};
    report.results[0].mostMemoryBytes = 500000000;
    QCOMPARE(verdictOf(report).winner, QStringLiteral("event-loop"));
}

void VerdictTest::theDeadDoNotWin()
{
    LabReport report; // until its death it was quicker
    report.results = {result(ServerModel::EventLoop, 1000, 0.001, 0.5), result(ServerModel::Processes, 900, 0.02, 0.5)};
    report.results[0].death = QStringLiteral("the handler threw");
    QCOMPARE(verdictOf(report).winner, QStringLiteral("processes"));
    QVERIFY2(verdictOf(report).sentence.contains(QLatin1String("Event loop died")), qPrintable(verdictOf(report).sentence));
}

void VerdictTest::thenTheOneWithLessMemory()
{
    LabReport report;
    report.results = {result(ServerModel::ThreadPerRequest, 1000, 0.05, 0.8), result(ServerModel::EventLoop, 1000, 0.05, 0.8)};
    report.results[0].mostMemoryBytes = 500000000;
    QCOMPARE(verdictOf(report).winner, QStringLiteral("event-loop"));
    QVERIFY(verdictOf(report).sentence.contains(
        QLatin1String("Event loop needs the least memory for it, 50.0 MB; thread per request 500 MB.")));
}

void VerdictTest::whereItTurns()
{
    LabReport report;
    LabResult loop = result(ServerModel::EventLoop, 4000, 0.06, 0.3);
    loop.latency.mean = 0.05;
    LabResult pool = result(ServerModel::ThreadPool, 640, 0.6, 0.1);
    loop.arrivals = 40000;
    report.results = {loop, pool};
    addSamples(report, loop, {0, 1, 0, 0}, 0, 0);
    addSamples(report, pool, {0, 1, 0, 31}, 300, 300);
    report.scenario.load.thinkTime = QStringLiteral("exp:20");
    // 640 a second times 50 ms of a request and 50 ms of pause.
    QVERIFY2(verdictOf(report).turn.startsWith(
                 QStringLiteral("At lower loads others keep up, too: thread pool up to about 64 clients. A bound, not a run:")),
        qPrintable(verdictOf(report).turn));
    report.scenario.load.thinkTime = QStringLiteral("pareto:1:1");
    QCOMPARE(verdictOf(report).turn, QString());
    report.scenario.load.arrivals = ScenarioLoad::Arrivals::Poisson;
    QCOMPARE(verdictOf(report).turn, QStringLiteral("At lower loads others keep up, too: thread pool up to about 640 requests a second."));
}

void VerdictTest::alikeIsSaid()
{
    LabReport report;
    report.results = {result(ServerModel::EventLoop, 1000, 0.05, 0.8), result(ServerModel::Cluster, 1010, 0.052, 0.8)};
    QCOMPARE(verdictOf(report).winner, QString());
    QVERIFY(verdictOf(report).sentence.startsWith(QLatin1String("All models serve this load alike (simulated)")));
}

/// Another truth is no other model.
void VerdictTest::oneModelIsNoComparison()
{
    LabReport report;
    report.results = {result(ServerModel::EventLoop, 1000, 0.05, 0.8), result(ServerModel::EventLoop, 500, 0.05, 0.8)};
    report.results[1].truth = Truth::Real;
    QCOMPARE(verdictOf(report).sentence, QString());
}

void VerdictTest::sentences_data()
{
    QTest::addColumn<std::vector<LabResult>>("results");
    QTest::addColumn<QString>("winner");
    QTest::addColumn<QString>("sentence");
    const auto add = [](const char *name, const std::vector<LabResult> &results, const char *winner, const char *sentence) {
        QTest::newRow(name) << results << QString::fromLatin1(winner) << QString::fromLatin1(sentence);
    };
    const LabResult loop = result(ServerModel::EventLoop, 1000, 0.012, 0.4);
    LabResult pool = result(ServerModel::ThreadPool, 640, 3, 0.1);
    LabResult stopped = loop;
    stopped.wasStopped = true;
    stopped.seconds = 1.2;
    add("stopped at different moments", {stopped, pool}, "",
        "The runs were stopped at different moments (event loop 1.20 s, thread pool 10.0 s): they are not compared.");
    pool.wasStopped = true;
    pool.seconds = 1.21;
    add("stopped together", {pool, stopped}, "event-loop",
        "Event loop serves this load best (simulated): 1,000/s, p99 12.0 ms, 50.0 MB of memory. Thread pool answers only 640/s. All this "
        "is "
        "of the 1.20 s until the runs were stopped.");
    stopped.seconds = pool.seconds = 0;
    add("stopped at once", {stopped, pool}, "", "The runs were stopped before anything was measured: there is nothing to compare.");

    const LabResult mute = result(ServerModel::Cluster, 0, 0, 0.1);
    LabResult other = mute;
    other.model = ServerModel::EventLoop;
    add("none answers", {mute, other}, "", "None of them answers this load (simulated).");
    add("one answers nothing", {mute, loop}, "event-loop",
        "Event loop serves this load best (simulated): 1,000/s, p99 12.0 ms, 50.0 MB of memory. Cluster answers nothing.");
    LabResult dead = loop;
    dead.death = QStringLiteral("the handler threw");
    LabResult deadToo = dead;
    deadToo.model = ServerModel::Workers;
    add("all die", {dead, deadToo}, "", "None of them lives to the end of this load (simulated).");

    LabResult few = result(ServerModel::EventLoop, 6.2, 0.9, 0.1); // one slow answer of 62
    few.arrivals = 62;
    few.latency.p90 = 0.02;
    LabResult fewToo = few;
    fewToo.model = ServerModel::Processes;
    fewToo.latency.p99 = 0.02;
    add("the longest of 62 decides nothing", {few, fewToo}, "", "All models serve this load alike (simulated): about 6.20/s, p90 20.0 ms.");
    fewToo.latency.p90 = 0.5;
    add("the p90 of 62 does", {few, fewToo}, "event-loop",
        "Event loop serves this load best (simulated): 6.20/s, p90 20.0 ms, 50.0 MB of memory. Processes answer as much, but with a p90 of "
        "500 ms.");
    few.completed = fewToo.completed = few.arrivals = fewToo.arrivals = 9;
    few.latency.mean = 0.11;
    add("nine have no tail", {few, fewToo}, "", "All models serve this load alike (simulated): about 6.20/s, mean 110 ms.");

    LabResult quick = result(ServerModel::ThreadPool, 1000, 0.000026, 0.1);
    LabResult quickToo = result(ServerModel::EventLoop, 1000, 0.000083, 0.1);
    add("waits that nobody sees", {quick, quickToo}, "",
        "All models serve this load alike (simulated): about 1,000/s, p99 26.0 us. Waits below 500 us count as alike.");
    quick.latency.p99 = 0.00008;
    add("nothing to be said of them", {quick, quickToo}, "", "All models serve this load alike (simulated): about 1,000/s, p99 80.0 us.");

    LabResult several = loop;
    several.model = ServerModel::Processes;
    add("processes are several", {several, loop, result(ServerModel::ThreadPool, 640, 3, 0.1)}, "processes",
        "Processes serve this load best (simulated): 1,000/s, p99 12.0 ms, 50.0 MB of memory. Thread pool answers only "
        "640/s; event loop does just as well.");
    add("processes do", {loop, several, result(ServerModel::ThreadPool, 640, 3, 0.1)}, "event-loop",
        "Event loop serves this load best (simulated): 1,000/s, p99 12.0 ms, 50.0 MB of memory. Thread pool answers only 640/s; processes "
        "do "
        "just as well.");
}

void VerdictTest::sentences()
{
    QFETCH(std::vector<LabResult>, results);
    QFETCH(QString, winner);
    LabReport report;
    report.results = results;
    const LabVerdict verdict = verdictOf(report);
    QTEST(verdict.sentence, "sentence");
    QCOMPARE(verdict.winner, winner);
    QCOMPARE(verdict.evidence.size(), static_cast<qsizetype>(results.size()));
}

QTEST_GUILESS_MAIN(VerdictTest)
#include "VerdictTest.moc"
