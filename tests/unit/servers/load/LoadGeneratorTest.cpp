// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/LoadGenerator.h"

#include "RawServer.h"

#include <QElapsedTimer>
#include <QTest>

#include <chrono>
#include <cmath>
#include <set>

using namespace loopscope;

namespace {

using Connection = RawServer::Connection;

LoadPlan planFor(quint16 port, quint64 requests = 100'000'000)
{
    LoadPlan plan;
    plan.target.port = port;
    plan.mostRequests = requests;
    plan.seconds = 20; // a limit of requests, or the test, ends it
    return plan;
}

LoadResult resultOf(LoadGenerator &generator)
{
    const QString problem = generator.start();
    if (!problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    generator.waitForEnd(60);
    return generator.result();
}

LoadResult resultOf(const LoadPlan &plan)
{
    LoadGenerator generator(plan);
    return resultOf(generator);
}

void sleepMilliseconds(int time) { std::this_thread::sleep_for(std::chrono::milliseconds(time)); }

} // namespace

class LoadGeneratorTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void asksAsOftenAsItShould_data();
    void asksAsOftenAsItShould();
    void arrivalsDoNotWaitForAnswers();
    void aStallShowsInCorrectedLatencies();
    void closedLoadsAreCorrectedOnDemand();
    void failuresAreToldApart_data();
    void failuresAreToldApart();
    void nobodyListens();
    void answersMayComeByteByByte();
    void connectionsAreKeptOrNot_data();
    void connectionsAreKeptOrNot();
    void stopsAtOnce();
    void endsInTime();
    void samplesAddUp();
    void whatIsInFlightObeysLittle();
    void theWarmUpDoesNotCount();
    void knobsAct();
    void recordsSingleRequests();
    void uploadsAndDownloads();
    void refusesAbsurdPlans_data();
    void refusesAbsurdPlans();
};

void LoadGeneratorTest::asksAsOftenAsItShould_data()
{
    QTest::addColumn<int>("clients");
    QTest::addColumn<int>("threads");
    QTest::newRow("one client") << 1 << 1;
    QTest::newRow("seven clients") << 7 << 1;
    QTest::newRow("seven clients, three threads") << 7 << 3;
    QTest::newRow("more threads than clients") << 2 << 8;
    QTest::newRow("more clients than requests") << 900 << 2;
}

void LoadGeneratorTest::asksAsOftenAsItShould()
{
    QFETCH(int, clients);
    QFETCH(int, threads);
    std::mutex mutex;
    std::set<int> numbers;
    int requests = 0;
    const RawServer server([&](Connection &connection) {
        for (QByteArray head; !(head = connection.readRequest()).isEmpty();) {
            const qsizetype at = head.indexOf("x-loopscope-request: ");
            {
                const std::lock_guard lock(mutex);
                numbers.insert(head.mid(at + 21, head.indexOf('\r', at) - at - 21).trimmed().toInt());
                ++requests;
            }
            connection.write(Connection::answer("hello"));
        }
    });
    LoadPlan plan = planFor(server.port(), 500);
    plan.arrivals.clients = clients;
    plan.threads = threads;
    plan.requests.isNumbered = true;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.completed, quint64{500});
    QCOMPARE(result.whole.arrivals, quint64{500});
    QCOMPARE(result.whole.failed(), quint64{0});
    QCOMPARE(result.unanswered(), quint64{0});
    QCOMPARE(result.whole.latency.count(), quint64{500});
    QCOMPARE(result.whole.bytesReceived, 500 * static_cast<quint64>(Connection::answer("hello").size()));
    QCOMPARE(requests, 500);
    QCOMPARE(numbers.size(), size_t{500});
    QCOMPARE(*numbers.begin(), 1);
    QCOMPARE(*numbers.rbegin(), 500);
    QVERIFY(server.connections() <= clients);
    QVERIFY(result.seconds() < 20);
}

void LoadGeneratorTest::arrivalsDoNotWaitForAnswers()
{
    const RawServer server([](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            sleepMilliseconds(200); // in a closed load of 100 clients at most 500 requests a second
            connection.write(Connection::answer("late"));
        }
    });
    LoadPlan plan = planFor(server.port());
    plan.arrivals.kind = ArrivalPlan::Kind::Poisson;
    plan.arrivals.rate = 600;
    plan.seconds = 0.5;
    plan.graceSeconds = 20;
    plan.timeoutSeconds = 20;
    plan.threads = 2;
    ArrivalSequence sequence(plan.arrivals);
    quint64 expected = 0;
    for (; sequence.time() < 500'000'000; sequence.advance())
        ++expected;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.arrivals, expected);
    QCOMPARE(result.whole.completed, expected);
    QVERIFY(result.measured.completed < expected); // the last ones are answered in the grace time
    QVERIFY(result.whole.latency.least() >= 200'000'000);
    QVERIFY(result.measured.mostInFlight > 60);
}

/// One connection and a server that stalls once: most requests were quick once they were sent, and late all the same.
void LoadGeneratorTest::aStallShowsInCorrectedLatencies()
{
    std::atomic<int> requests = 0;
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            if (++requests == 20)
                sleepMilliseconds(600);
            connection.write(Connection::answer("x"));
        }
    });
    LoadPlan plan = planFor(server.port(), 200);
    plan.arrivals.kind = ArrivalPlan::Kind::Even;
    plan.arrivals.rate = 200;
    plan.mostConnections = 1;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.completed, quint64{200});
    // 120 of 200 were due in those 0.6 s, and waited 0.3 s on average.
    QVERIFY2(result.whole.latency.percentile(75) > 200'000'000, qPrintable(QString::number(result.whole.latency.percentile(75))));
    QVERIFY(result.whole.latency.percentile(99) > 500'000'000);
    QVERIFY2(result.whole.uncorrected.percentile(90) < 100'000'000, qPrintable(QString::number(result.whole.uncorrected.percentile(90))));
}

void LoadGeneratorTest::closedLoadsAreCorrectedOnDemand()
{
    std::atomic<int> requests = 0;
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            if (++requests == 20)
                sleepMilliseconds(500);
            connection.write(Connection::answer("x"));
        }
    });
    LoadPlan plan = planFor(server.port(), 100);
    plan.arrivals.clients = 1;
    const LoadResult plain = resultOf(plan);
    QCOMPARE(plain.whole.latency.count(), quint64{100});
    requests = 0;
    plan.expectedInterval = 0.01;
    const LoadResult corrected = resultOf(plan);
    QCOMPARE(corrected.whole.completed, quint64{100});
    QCOMPARE(corrected.whole.uncorrected.count(), quint64{100});
    // 49 requests more should have been made while that one waited.
    QVERIFY2(corrected.whole.latency.count() >= 149, qPrintable(QString::number(corrected.whole.latency.count())));
    QVERIFY(corrected.whole.latency.percentile(80) > 100'000'000);
}

void LoadGeneratorTest::failuresAreToldApart_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<int>("failure");
    QTest::newRow("closed before the answer") << 0 << static_cast<int>(LoadFailure::Reset);
    QTest::newRow("closed in the middle") << 1 << static_cast<int>(LoadFailure::Reset);
    QTest::newRow("reset in the middle") << 2 << static_cast<int>(LoadFailure::Reset);
    QTest::newRow("no HTTP") << 3 << static_cast<int>(LoadFailure::BadResponse);
    QTest::newRow("no success") << 4 << static_cast<int>(LoadFailure::BadStatus);
    QTest::newRow("no answer") << 5 << static_cast<int>(LoadFailure::TimedOut);
    QTest::newRow("an answer without end") << 6 << static_cast<int>(LoadFailure::TimedOut);
    QTest::newRow("head without end") << 7 << static_cast<int>(LoadFailure::BadResponse);
}

void LoadGeneratorTest::failuresAreToldApart()
{
    QFETCH(int, way);
    QFETCH(int, failure);
    std::atomic<bool> isOver = false;
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            switch (way) {
            case 0:
                return;
            case 1:
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
                return;
            case 2:
                connection.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
                connection.reset();
                return;
            case 3:
                connection.write("+OK POP3 server ready\r\n\r\n");
                break;
            case 4:
                connection.write(Connection::answer("broken", 500));
                break;
            case 5:
                break;
            case 6:
                while (!isOver && connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000000\r\n\r\n"))
                    sleepMilliseconds(5);
                return;
            default:
                connection.write("HTTP/1.1 200 OK\r\n");
                while (!isOver && connection.write(QByteArray("X-More: x\r\n").repeated(1000))) { }
                return;
            }
        }
    });
    LoadPlan plan = planFor(server.port(), 40);
    if (failure == static_cast<int>(LoadFailure::TimedOut))
        plan.timeoutSeconds = 0.1;
    const LoadResult result = resultOf(plan);
    isOver = true;
    QCOMPARE(result.whole.failedBy(static_cast<LoadFailure>(failure)), quint64{40});
    QCOMPARE(result.whole.failed(), quint64{40});
    QCOMPARE(result.whole.completed, quint64{0});
    QVERIFY(result.whole.latency.isEmpty());
    QVERIFY(result.seconds() < 15);
}

void LoadGeneratorTest::nobodyListens()
{
    quint16 port = 0;
    {
        const RawServer server("");
        port = server.port();
    }
    LoadPlan plan = planFor(port, 30);
    plan.arrivals.clients = 10;
    LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.failedBy(LoadFailure::Refused), quint64{30});
    QVERIFY(result.seconds() >= 0.2); // those refused try again only after a while
    plan.arrivals.kind = ArrivalPlan::Kind::Bursts;
    plan.mostRequests = 20'000;
    plan.arrivals.burstSize = 20'000;
    result = resultOf(plan);
    QCOMPARE(result.whole.failedBy(LoadFailure::Refused), quint64{20'000});
}

void LoadGeneratorTest::answersMayComeByteByByte()
{
    const QByteArray answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;ext\r\nhello\r\n1\r\n!\r\n0\r\nTrailer: x\r\n\r\n";
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            for (const char byte : answer) {
                connection.write(QByteArray(1, byte));
                std::this_thread::yield();
            }
        }
    });
    const LoadResult result = resultOf(planFor(server.port(), 200));
    QCOMPARE(result.whole.completed, quint64{200});
    QCOMPARE(result.whole.bytesReceived, 200 * static_cast<quint64>(answer.size()));
    QVERIFY(server.connections() <= 10);
}

void LoadGeneratorTest::connectionsAreKeptOrNot_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<bool>("clientKeeps");
    QTest::addColumn<bool>("serverEnds");
    QTest::addColumn<int>("connections");
    QTest::newRow("kept") << Connection::answer("x") << true << false << 5;
    QTest::newRow("not kept by the client") << Connection::answer("x") << false << false << 200;
    QTest::newRow("not kept by the server") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx") << true
                                            << true << 200;
    QTest::newRow("ends with the connection") << QByteArray("HTTP/1.1 200 OK\r\n\r\nall of it") << true << true << 200;
    QTest::newRow("answer that nobody asked for") << Connection::answer("x") + Connection::answer("y") << true << false << 200;
}

void LoadGeneratorTest::connectionsAreKeptOrNot()
{
    QFETCH(QByteArray, answer);
    QFETCH(bool, clientKeeps);
    QFETCH(bool, serverEnds);
    QFETCH(int, connections);
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty() && connection.write(answer) && !serverEnds) { }
    });
    LoadPlan plan = planFor(server.port(), 200);
    plan.arrivals.clients = 5;
    plan.requests.keepAlive = clientKeeps;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.completed, quint64{200});
    QCOMPARE(result.whole.failed(), quint64{0});
    QCOMPARE(result.whole.opened, static_cast<quint64>(connections));
    QCOMPARE(server.connections(), connections);
}

void LoadGeneratorTest::stopsAtOnce()
{
    const RawServer server([](Connection &connection) {
        while (!connection.readRequest().isEmpty()) { }
    });
    LoadPlan plan = planFor(server.port());
    plan.arrivals.clients = 100;
    plan.threads = 2;
    plan.timeoutSeconds = 60;
    LoadGenerator generator(plan);
    QCOMPARE(generator.start(), QString());
    QVERIFY(!generator.waitForEnd(0.3));
    QVERIFY(!generator.isOver());
    QElapsedTimer timer;
    timer.start();
    generator.stop();
    QVERIFY(timer.elapsed() < 1000);
    QVERIFY(generator.isOver());
    const LoadResult result = generator.result();
    QVERIFY(result.wasStopped);
    QCOMPARE(result.unanswered(), quint64{100});
    QVERIFY(result.seconds() < 10);
    // Who only destroys it, stops it.
    timer.start();
    {
        LoadGenerator other(plan);
        QCOMPARE(other.start(), QString());
    }
    QVERIFY(timer.elapsed() < 1000);
}

void LoadGeneratorTest::endsInTime()
{
    const RawServer server([](Connection &connection) {
        while (!connection.readRequest().isEmpty()) { }
    });
    LoadPlan plan = planFor(server.port());
    plan.seconds = 0.2;
    plan.graceSeconds = 0.2;
    QElapsedTimer timer;
    timer.start();
    const LoadResult result = resultOf(plan);
    QVERIFY(timer.elapsed() >= 400 && timer.elapsed() < 1400);
    QVERIFY(!result.wasStopped);
    QCOMPARE(result.unanswered(), quint64{10});
    QCOMPARE(result.seconds(), 0.2);
}

void LoadGeneratorTest::samplesAddUp()
{
    const RawServer server(Connection::answer("x"));
    LoadPlan plan = planFor(server.port());
    plan.seconds = 0.5;
    plan.warmupSeconds = 0.13;
    plan.sampleSeconds = 0.05;
    plan.threads = 2;
    LoadGenerator generator(plan);
    const LoadResult result = resultOf(generator);
    const std::vector<LoadSample> samples = generator.takeSamples();
    QVERIFY(samples.size() >= 13);
    QCOMPARE(samples.front().from, -130'000'000);
    quint64 completed = 0;
    LatencyHistogram latency;
    for (size_t i = 0; i < samples.size(); ++i) {
        QVERIFY(i == 0 || samples[i].from == samples[i - 1].to);
        if (samples[i].from < 0 || samples[i].from >= 500'000'000)
            continue;
        QCOMPARE(samples[i].latency.count(), samples[i].completed);
        completed += samples[i].completed;
        latency.merge(samples[i].latency);
    }
    QCOMPARE(result.measured.completed, completed);
    QVERIFY(result.measured.latency == latency);
    QCOMPARE(result.measured.to, 500'000'000);
    QVERIFY(generator.takeSamples().empty());
}

void LoadGeneratorTest::whatIsInFlightObeysLittle()
{
    const RawServer server([](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            sleepMilliseconds(10);
            connection.write(Connection::answer("x"));
        }
    });
    LoadPlan plan = planFor(server.port(), 600);
    plan.arrivals.kind = ArrivalPlan::Kind::Poisson;
    plan.arrivals.rate = 600;
    plan.mostConnections = 8; // so that requests wait here, too
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.completed, quint64{600});
    // All that came has gone: both sides are exact, and one was counted over time, the other request by request.
    QVERIFY(std::abs(result.whole.inFlightTime / result.whole.sojournTime - 1) < 1e-9);
}

void LoadGeneratorTest::theWarmUpDoesNotCount()
{
    std::atomic<int> requests = 0;
    const RawServer server([&](Connection &connection) {
        for (; !connection.readRequest().isEmpty(); ++requests) {
            sleepMilliseconds(1);
            connection.write(Connection::answer("x"));
        }
    });
    LoadPlan plan = planFor(server.port());
    plan.warmupSeconds = 0.4;
    plan.seconds = 0.1;
    plan.arrivals.clients = 4;
    const LoadResult result = resultOf(plan);
    QVERIFY(result.whole.completed > 0);
    QVERIFY2(result.whole.completed * 2 < static_cast<quint64>(requests), qPrintable(QString::number(result.whole.completed)));
    QCOMPARE(result.measured.from, 0);
    QCOMPARE(result.seconds(), 0.1);
}

void LoadGeneratorTest::knobsAct()
{
    const RawServer server([](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            sleepMilliseconds(2);
            connection.write(Connection::answer("x"));
        }
    });
    LoadPlan plan = planFor(server.port());
    plan.arrivals.clients = 2;
    LoadGenerator closed(plan);
    QCOMPARE(closed.start(), QString());
    auto connectionsOf = [latest = 0](LoadGenerator &generator) mutable {
        if (const std::vector<LoadSample> samples = generator.takeSamples(); !samples.empty())
            latest = static_cast<int>(samples.back().connections);
        return latest;
    };
    QTRY_COMPARE(connectionsOf(closed), 2);
    closed.setClients(20);
    QTRY_COMPARE(connectionsOf(closed), 20);
    closed.setClients(5);
    QTRY_COMPARE(connectionsOf(closed), 5);
    closed.setClients(0);
    QTRY_COMPARE(connectionsOf(closed), 0);
    closed.setClients(3);
    QTRY_COMPARE(connectionsOf(closed), 3);
    closed.stop();
    QCOMPARE(closed.result().whole.failed(), quint64{0});

    plan.arrivals.kind = ArrivalPlan::Kind::Even;
    plan.arrivals.rate = 0;
    LoadGenerator open(plan);
    QCOMPARE(open.start(), QString());
    QVERIFY(!open.waitForEnd(0.25));
    QCOMPARE(open.result().whole.arrivals, quint64{0});
    open.setRate(1000);
    QTRY_VERIFY(open.result().whole.arrivals > 200);
    open.setRate(0);
    QVERIFY(!open.waitForEnd(0.25));
    const quint64 arrivals = open.result().whole.arrivals;
    QVERIFY(!open.waitForEnd(0.25));
    QCOMPARE(open.result().whole.arrivals, arrivals);
}

void LoadGeneratorTest::recordsSingleRequests()
{
    const RawServer server([](Connection &connection) {
        for (QByteArray head; !(head = connection.readRequest()).isEmpty();)
            connection.write(Connection::answer("x", head.startsWith("GET /bad") ? 503 : 200));
    });
    LoadPlan plan = planFor(server.port(), 300);
    plan.requests.routes.resize(2);
    plan.requests.routes[1].path = "/bad";
    plan.mostRecords = 1000;
    plan.threads = 2;
    LoadGenerator generator(plan);
    const LoadResult result = resultOf(generator);
    const std::vector<LoadRecord> records = generator.takeRecords();
    QCOMPARE(records.size(), size_t{300});
    const RouteChoice choice(plan.requests, plan.arrivals);
    LatencyHistogram latency;
    for (size_t i = 0; i < records.size(); ++i) {
        const LoadRecord &record = records[i];
        QCOMPARE(record.number, static_cast<quint64>(i + 1));
        QCOMPARE(record.route, static_cast<quint32>(choice.routeOf(record.number)));
        QCOMPARE(record.status, static_cast<qint16>(record.route == 1 ? 503 : 200));
        QCOMPARE(record.failure, record.route == 1 ? LoadFailure::BadStatus : LoadFailure::Count);
        QVERIFY(record.intended <= record.sent && record.sent <= record.ended);
        if (record.failure == LoadFailure::Count)
            latency.record(static_cast<quint64>(record.ended - record.intended));
    }
    QVERIFY(latency == result.whole.latency);
    QVERIFY(result.whole.failedBy(LoadFailure::BadStatus) > 100 && result.whole.completed > 100);
}

void LoadGeneratorTest::uploadsAndDownloads()
{
    constexpr qint64 size = 3'000'000;
    std::atomic<qint64> got = 0;
    const RawServer server([&](Connection &connection) {
        while (!connection.readRequest().isEmpty()) {
            got += connection.bodyBytes();
            connection.write(Connection::answer(QByteArray(size, 'x')));
        }
    });
    LoadPlan plan = planFor(server.port(), 6);
    plan.arrivals.clients = 3;
    RequestRoute &route = plan.requests.routes[0];
    route.method = "POST";
    route.bodyBytes = size;
    const LoadResult quick = resultOf(plan);
    QCOMPARE(quick.whole.completed, quint64{6});
    QCOMPARE(got, 6 * size);
    QVERIFY(quick.whole.bytesSent > 6 * size && quick.whole.bytesReceived > 6 * size);

    // Ten pieces with pauses of 20 ms between them, both ways.
    route.writeBytes = route.readBytes = size / 10;
    route.writePause = route.readPause = 0.02;
    plan.mostRequests = 3;
    got = 0;
    const LoadResult slow = resultOf(plan);
    QCOMPARE(slow.whole.completed, quint64{3});
    QCOMPARE(got, 3 * size);
    QVERIFY2(slow.whole.latency.least() > 360'000'000, qPrintable(QString::number(slow.whole.latency.least())));
}

void LoadGeneratorTest::refusesAbsurdPlans_data()
{
    QTest::addColumn<LoadPlan>("plan");
    const auto row = [](const char *name, auto &&change) {
        LoadPlan plan = planFor(80);
        change(plan);
        QTest::newRow(name) << plan;
    };
    row("another machine", [](LoadPlan &plan) { plan.target.host = QStringLiteral("192.168.0.1"); });
    row("no port", [](LoadPlan &plan) { plan.target.port = 0; });
    row("no clients", [](LoadPlan &plan) { plan.arrivals.clients = 0; });
    row("a hundred threads", [](LoadPlan &plan) {
        plan.arrivals.kind = ArrivalPlan::Kind::Poisson;
        plan.threads = 100;
    });
    row("no time", [](LoadPlan &plan) { plan.seconds = 0; });
    row("for ever", [](LoadPlan &plan) { plan.seconds = INFINITY; });
    row("time that is no number", [](LoadPlan &plan) { plan.seconds = std::nan(""); });
    row("negative warm-up", [](LoadPlan &plan) { plan.warmupSeconds = -1; });
    row("no timeout", [](LoadPlan &plan) { plan.timeoutSeconds = 0; });
    row("no requests", [](LoadPlan &plan) { plan.mostRequests = 0; });
    row("no connections", [](LoadPlan &plan) { plan.mostConnections = 0; });
    row("a billion connections", [](LoadPlan &plan) { plan.mostConnections = 1'000'000'000; });
    row("samples in no time", [](LoadPlan &plan) { plan.sampleSeconds = 0; });
    row("no routes", [](LoadPlan &plan) { plan.requests.routes.clear(); });
}

void LoadGeneratorTest::refusesAbsurdPlans()
{
    QFETCH(LoadPlan, plan);
    LoadGenerator generator(plan);
    const QString problem = generator.start();
    QVERIFY2(problem.endsWith(u'.'), qPrintable(problem));
    QVERIFY(generator.isOver());
}

QTEST_GUILESS_MAIN(LoadGeneratorTest)
#include "LoadGeneratorTest.moc"
