// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "TestClient.h"

#include "servers/live/LiveServer.h"

#include <QElapsedTimer>
#include <QFile>
#include <QStandardPaths>
#include <QTest>

#include <csignal>

using namespace loopscope;

namespace {

Scenario scenarioOf(const QString &script)
{
    Scenario scenario;
    scenario.script = QStringLiteral(FIXTURES "/") + script;
    scenario.machine.poolThreads = 2;
    scenario.machine.threadLimit = 3;
    scenario.machine.processes = 2;
    scenario.machine.loops = 2;
    scenario.load.clients = 1;
    return scenario;
}

bool start(LiveServer &server, QString *problem = nullptr)
{
    QString sentence;
    const bool isStarted = server.start([] { return false; }, problem ? problem : &sentence);
    if (!isStarted && !problem)
        qWarning("%s", qPrintable(sentence));
    return isStarted;
}

bool hasNode() { return !QStandardPaths::findExecutable(QStringLiteral("node")).isEmpty(); }

bool takesOne(ServerModel model)
{
    return model == ServerModel::ThreadPool || model == ServerModel::ThreadPerRequest || model == ServerModel::Processes;
}

} // namespace

Q_DECLARE_METATYPE(loopscope::ServerModel)

class LiveServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aPlainServerAnswers_data() { addModels(true); }
    void aPlainServerAnswers();
    void pipelinedRequestsAreAllAnswered_data() { addModels(true); }
    void pipelinedRequestsAreAllAnswered();
    void idleConnectionsStayWithTheirThread_data() { addTakingOne(); }
    void idleConnectionsStayWithTheirThread();
    void staysOfConnectionsEnd_data() { addTakingOne(); }
    void staysOfConnectionsEnd();
    void aChainOfFunctionsAnswers_data() { addOneOfAKind(); }
    void aChainOfFunctionsAnswers();
    void aBusyHandlerStopsItsLoopOrItsThread_data() { addModels(false); }
    void aBusyHandlerStopsItsLoopOrItsThread();
    void aThreadWaitsWhereItsRequestWaits_data() { addModels(false); }
    void aThreadWaitsWhereItsRequestWaits();
    void anErrorEndsWhatHadTheRequest_data() { addModels(true); }
    void anErrorEndsWhatHadTheRequest();
    void aThreadThatLeavesEndsTheProcess();
    void functionsRunOnWorkers();
    void whatCannotBeOffloadedIsSaid_data();
    void whatCannotBeOffloadedIsSaid();
    void connectionsBeyondTheQueueAreReset();
    void whatIsAddedToRequestsIsAdded_data() { addOneOfAKind(); }
    void whatIsAddedToRequestsIsAdded();
    void aScriptThatIsNoServerIsTold_data();
    void aScriptThatIsNoServerIsTold();
    void theEndComesAtOnce_data() { addModels(true); }
    void theEndComesAtOnce();
    void threadsCanBecomeMoreAndFewer();
    void aThreadNeedsFewMappings();
    void whoTakesAllMemoryIsEnded();

private:
    static void addModels(bool withNode);
    static void addOneOfAKind();
    static void addTakingOne();
};

void LiveServerTest::addModels(bool withNode)
{
    QTest::addColumn<ServerModel>("model");
    for (const ServerModel model : serverModels)
        QTest::newRow(qPrintable(keyOf(model))) << model;
    if (withNode && hasNode())
        QTest::newRow("node") << ServerModel::Node;
}

/// One that listens by itself, one of threads, one of processes, and node.
void LiveServerTest::addOneOfAKind()
{
    QTest::addColumn<ServerModel>("model");
    for (const ServerModel model : {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::Processes})
        QTest::newRow(qPrintable(keyOf(model))) << model;
    if (hasNode())
        QTest::newRow("node") << ServerModel::Node;
}

void LiveServerTest::addTakingOne()
{
    QTest::addColumn<ServerModel>("model");
    QTest::newRow("threads") << ServerModel::ThreadPool;
    QTest::newRow("processes") << ServerModel::Processes;
}

/// While nobody else wants it; a socket is then made once.
void LiveServerTest::idleConnectionsStayWithTheirThread()
{
    QFETCH(const ServerModel, model);
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.machine.poolThreads = scenario.machine.processes = 1;
    LiveServer alone(scenario, model);
    QVERIFY(start(alone));
    TestClient one(alone.port());
    TestClient other(alone.port());
    for (int round = 0; round < 3; ++round) {
        QCOMPARE(one.get("/connections"), QByteArray(round == 0 ? "1" : "2"));
        QCOMPARE(other.get("/connections"), QByteArray("2"));
    }
    // Two threads are busy: whoever is free first serves what comes meanwhile, whose thread may be the other.
    LiveServer two(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(two));
    TestClient idle(two.port());
    TestClient first(two.port());
    TestClient second(two.port());
    for (int round = 0; round < 4; ++round) {
        QCOMPARE(idle.get("/"), QByteArray("hello"));
        first.ask(round % 2 == 0 ? "/wait" : "/await");
        second.ask(round % 2 == 0 ? "/await" : "/wait");
        QCOMPARE(idle.get("/"), QByteArray("hello"));
        QCOMPARE(first.answer(), QByteArray(round % 2 == 0 ? "waited" : "awaited"));
        QCOMPARE(second.answer(), QByteArray(round % 2 == 0 ? "awaited" : "waited"));
    }
}

void LiveServerTest::staysOfConnectionsEnd()
{
    QFETCH(const ServerModel, model);
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.machine.poolThreads = scenario.machine.processes = 1;
    LiveServer server(scenario, model);
    QVERIFY(start(server));
    // By the client; another connection may have its number then.
    for (int round = 0; round < 5; ++round)
        QCOMPARE(TestClient(server.port()).get("/"), QByteArray("hello"));
    // By the script: the dispatcher has its copy still.
    TestClient idle(server.port());
    QCOMPARE(idle.get("/"), QByteArray("hello"));
    QCOMPARE(TestClient(server.port()).get("/close-idle"), QByteArray("closed them"));
    QCOMPARE(idle.get("/"), QByteArray("hello"));
    // As there are too many.
    std::vector<std::unique_ptr<TestClient>> many;
    for (int count = 0; count < 20; ++count)
        many.push_back(std::make_unique<TestClient>(server.port()));
    for (int round = 0; round < 3; ++round) {
        for (const auto &client : many)
            QCOMPARE(client->get("/"), QByteArray("hello"));
    }
    QCOMPARE(server.restarts(), 0);
}

void LiveServerTest::aPlainServerAnswers()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(server));
    QVERIFY(server.port() != 80);
    TestClient client(server.port());
    QCOMPARE(client.get("/"), QByteArray("hello"));
    QCOMPARE(client.get("/await"), QByteArray("awaited")); // on the same connection
    QCOMPARE(client.get("/file"), QByteArray("true"));
    QCOMPARE(client.get("/write"), QByteArray("kept"));
    client.send("POST /body HTTP/1.1\r\nHost: here\r\nContent-Length: 100000\r\n\r\n" + QByteArray(100'000, 'x'));
    QCOMPARE(client.answer(), QByteArray("100000"));
    // The answer comes before the request is whole; the connection goes on all the same.
    client.send("POST /early HTTP/1.1\r\nHost: here\r\nContent-Length: 10\r\n\r\nabc");
    QCOMPARE(client.answer(), QByteArray("early"));
    client.send("defghij");
    QCOMPARE(client.get("/"), QByteArray("hello"));
    QCOMPARE(client.get("/close"), QByteArray("closed"));
    QCOMPARE(client.answer(), QByteArray("closed"));
    server.look();
    QCOMPARE(server.death(), QString());
    QCOMPARE(server.restarts(), 0);
}

/// A client that does not wait for answers: what was read of its next request when one is answered is not lost with the turn of its thread.
void LiveServerTest::pipelinedRequestsAreAllAnswered()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(server));
    TestClient client(server.port());
    constexpr int rounds = 60;
    QByteArray requests;
    for (int round = 0; round < rounds; ++round)
        requests += "GET " + QByteArray(round % 7 == 3 ? "/await" : "/") + " HTTP/1.1\r\nHost: here\r\n\r\n";
    // In pieces that end anywhere in a request: sometimes of several requests, sometimes of a few bytes, now and then after a pause.
    for (qsizetype sent = 0, piece = 1; sent < requests.size(); sent += piece) {
        piece = 1 + (sent * 37 + piece * 11) % 150;
        client.send(requests.mid(sent, piece));
        if (piece % 3 == 0)
            QTest::qSleep(1);
    }
    for (int round = 0; round < rounds; ++round)
        QCOMPARE(client.answer(5000), QByteArray(round % 7 == 3 ? "awaited" : "hello"));
}

void LiveServerTest::aChainOfFunctionsAnswers()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("express-like.mjs")), model);
    QVERIFY(start(server));
    TestClient client(server.port());
    QCOMPARE(client.get("/users"), QByteArray("[{\"id\":1}]"));
    QCOMPARE(client.get("/nowhere"), QByteArray("Cannot GET /nowhere"));
    QCOMPARE(client.get("/fail"), QByteArray("failed"));
}

void LiveServerTest::aBusyHandlerStopsItsLoopOrItsThread()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(server));
    TestClient first(server.port());
    TestClient second(server.port());
    QCOMPARE(second.get("/"), QByteArray("hello")); // a cluster's connections go to the loops in turn: these are at two of them
    QCOMPARE(first.get("/"), QByteArray("hello"));
    first.ask("/for-ever");
    QTest::qWait(100);
    second.ask("/");
    const bool isAlone = model == ServerModel::EventLoop || model == ServerModel::Workers;
    QCOMPARE(second.answer(isAlone ? 300 : 20'000), QByteArray(isAlone ? "nothing" : "hello"));
}

void LiveServerTest::aThreadWaitsWhereItsRequestWaits()
{
    QFETCH(const ServerModel, model);
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.machine.poolThreads = scenario.machine.processes = scenario.machine.threadLimit = 1;
    LiveServer server(scenario, model);
    QVERIFY(start(server));
    TestClient first(server.port());
    TestClient second(server.port());
    first.ask("/hold"); // has no answer
    QTest::qWait(100);
    second.ask("/");
    QCOMPARE(second.answer(takesOne(model) ? 300 : 20'000), QByteArray(takesOne(model) ? "nothing" : "hello"));
    if (takesOne(model))
        QCOMPARE(server.board().lane(0).state.load(), static_cast<quint8>(ThreadState::Blocked));
    QCOMPARE(server.board().lane(0).begun.load() >= 1, true);
}

void LiveServerTest::anErrorEndsWhatHadTheRequest()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(server));
    const bool isAlone = model == ServerModel::EventLoop || model == ServerModel::Workers || model == ServerModel::Node;
    for (const QByteArray path : {"/throw", "/reject"}) {
        TestClient client(server.port());
        const QByteArray answer = client.get(path);
        QVERIFY2(answer == "reset" || answer == "closed", answer.constData());
        if (isAlone)
            break;
    }
    if (isAlone) {
        QTRY_VERIFY((server.look(), !server.death().isEmpty()));
        QVERIFY2(server.death().contains(QLatin1String("Error: on purpose")), qPrintable(server.death()));
        return;
    }
    QTRY_COMPARE((server.look(), server.restarts()), 2);
    QCOMPARE(TestClient(server.port()).get("/"), QByteArray("hello"));
    QTest::qWait(50);
    QCOMPARE(server.restarts(), 2);
    QCOMPARE(server.death(), QString());
    QVERIFY2(
        server.notes().join(QLatin1Char(' ')).contains(QLatin1String("on purpose")), qPrintable(server.notes().join(QLatin1Char('\n'))));
}

void LiveServerTest::aThreadThatLeavesEndsTheProcess()
{
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), ServerModel::ThreadPool);
    QVERIFY(start(server));
    TestClient(server.port()).get("/exit");
    QTRY_VERIFY((server.look(), !server.death().isEmpty()));
    QVERIFY2(server.death().contains(QLatin1String("exit code 3")), qPrintable(server.death()));
    QVERIFY(server.processes().empty());
}

void LiveServerTest::functionsRunOnWorkers()
{
    Scenario scenario = scenarioOf(QStringLiteral("offload.js"));
    scenario.offload = QStringList{QStringLiteral("where"), QStringLiteral("fail")};
    LiveServer loop(scenario, ServerModel::EventLoop);
    QVERIFY(start(loop));
    QCOMPARE(TestClient(loop.port()).get("/"), QByteArray(R"({"text":"here","isMainThread":true})"));
    LiveServer workers(scenario, ServerModel::Workers);
    QVERIFY(start(workers));
    TestClient client(workers.port());
    QCOMPARE(client.get("/"), QByteArray(R"({"text":"here","isMainThread":false})"));
    QCOMPARE(client.get("/fail"), QByteArray("RangeError: no picture"));
    QVERIFY(workers.board().lane(1).starts.load() == 1);
}

void LiveServerTest::whatCannotBeOffloadedIsSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("word");
    QTest::newRow("missing") << QStringLiteral("nothing") << QStringLiteral("no function");
    QTest::newRow("constant") << QStringLiteral("http") << QStringLiteral("no function");
    QTest::newRow("constant function") << QStringLiteral("isMainThread") << QStringLiteral("no function");
}

void LiveServerTest::whatCannotBeOffloadedIsSaid()
{
    QFETCH(const QString, name);
    QFETCH(const QString, word);
    Scenario scenario = scenarioOf(QStringLiteral("offload.js"));
    scenario.offload = QStringList{name};
    LiveServer server(scenario, ServerModel::Workers);
    QString problem;
    QVERIFY(!start(server, &problem));
    QVERIFY2(problem.contains(word) && problem.contains(name), qPrintable(problem));
}

void LiveServerTest::connectionsBeyondTheQueueAreReset()
{
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.machine.poolThreads = 1;
    scenario.machine.backlog = 1;
    LiveServer server(scenario, ServerModel::ThreadPool);
    QVERIFY(start(server));
    TestClient served(server.port());
    TestClient queued(server.port());
    TestClient refused(server.port());
    served.ask("/wait");
    QTest::qWait(50);
    queued.ask("/");
    QTest::qWait(50);
    QCOMPARE(refused.get("/"), QByteArray("reset"));
    QCOMPARE(queued.answer(), QByteArray("hello"));
    QCOMPARE(served.answer(), QByteArray("waited"));
    QCOMPARE(server.refused(), 1);
}

void LiveServerTest::whatIsAddedToRequestsIsAdded()
{
    QFETCH(const ServerModel, model);
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.extra.ioMilliseconds = 120.5;
    LiveServer server(scenario, model);
    QVERIFY(start(server));
    TestClient client(server.port());
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(client.get("/"), QByteArray("hello"));
    QVERIFY2(timer.elapsed() >= 119, qPrintable(QString::number(timer.elapsed())));
    server.setExtras(0, 60);
    QTest::qWait(150);
    timer.restart();
    QCOMPARE(client.get("/"), QByteArray("hello"));
    QVERIFY2(timer.elapsed() >= 55, qPrintable(QString::number(timer.elapsed())));
}

void LiveServerTest::aScriptThatIsNoServerIsTold_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<ServerModel>("model");
    QTest::addColumn<QString>("word");
    std::vector<ServerModel> models = {ServerModel::EventLoop, ServerModel::ThreadPool, ServerModel::Cluster, ServerModel::Processes};
    if (hasNode())
        models.push_back(ServerModel::Node);
    for (const ServerModel model : models) {
        const auto row = [model](const char *script, const char *word) {
            QTest::addRow("%s, %s", script, qPrintable(keyOf(model))) << QString::fromLatin1(script) << model << QString::fromLatin1(word);
        };
        row("no-server.js", "no server");
        row("fails.js", "TypeError: Cannot read properties of null (reading 'port')");
        row("missing.js", "no script");
    }
}

void LiveServerTest::aScriptThatIsNoServerIsTold()
{
    QFETCH(const QString, script);
    QFETCH(const ServerModel, model);
    QFETCH(const QString, word);
    LiveServer server(scenarioOf(script), model);
    QString problem;
    QVERIFY(!start(server, &problem));
    QVERIFY2(problem.contains(word), qPrintable(problem));
}

void LiveServerTest::theEndComesAtOnce()
{
    QFETCH(const ServerModel, model);
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), model);
    QVERIFY(start(server));
    TestClient busy(server.port());
    busy.ask("/for-ever");
    TestClient held(server.port());
    held.ask("/hold");
    QTest::qWait(50);
    const std::vector<int> processes = server.processes();
    QVERIFY(!processes.empty());
    QElapsedTimer timer;
    timer.start();
    server.stop();
    QVERIFY(timer.elapsed() < 1000);
    for (const int process : processes)
        QCOMPARE(::kill(process, 0), -1);
}

void LiveServerTest::threadsCanBecomeMoreAndFewer()
{
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), ServerModel::ThreadPool);
    QVERIFY(start(server));
    const auto living = [&server] {
        int count = 0;
        for (int lane = 0; lane < server.board().lanes(); ++lane)
            count += server.board().lane(lane).state.load() != static_cast<quint8>(ThreadState::Gone) ? 1 : 0;
        return count;
    };
    QCOMPARE(living(), 2);
    server.setThreads(4);
    QTRY_COMPARE_WITH_TIMEOUT(living(), 4, 20'000);
    server.setThreads(1);
    QTRY_COMPARE_WITH_TIMEOUT(living(), 1, 20'000);
    QCOMPARE(TestClient(server.port()).get("/"), QByteArray("hello"));
    server.look();
    QCOMPARE(server.death(), QString());
}

/// The kernel gives a process 65,530 of them.
void LiveServerTest::aThreadNeedsFewMappings()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("sanitizers have their own mappings");
#endif
    Scenario scenario = scenarioOf(QStringLiteral("plain.js"));
    scenario.machine.poolThreads = 4;
    LiveServer server(scenario, ServerModel::ThreadPool);
    QVERIFY(start(server));
    TestClient client(server.port());
    QCOMPARE(client.get("/"), QByteArray("hello"));
    QFile file(QStringLiteral("/proc/%1/maps").arg(server.processes().front()));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArrayList mappings = file.readAll().split('\n');
    QVERIFY2(mappings.size() < 600, qPrintable(QString::number(mappings.size())));
}

void LiveServerTest::whoTakesAllMemoryIsEnded()
{
#ifdef __SANITIZE_ADDRESS__
    QSKIP("sanitizers have their own memory");
#endif
    LiveServer server(scenarioOf(QStringLiteral("plain.js")), ServerModel::EventLoop, 150'000'000);
    QVERIFY(start(server));
    TestClient client(server.port());
    QCOMPARE(client.get("/"), QByteArray("hello"));
    client.ask("/hoard");
    QTRY_VERIFY((server.look(), !server.death().isEmpty()));
    QVERIFY2(server.death().contains(QLatin1String("memory")), qPrintable(server.death()));
    QVERIFY(server.processes().empty());
}

QTEST_GUILESS_MAIN(LiveServerTest)
#include "LiveServerTest.moc"
