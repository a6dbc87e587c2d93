// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedHandles.h"

#include <QTest>

#include <cerrno>

using namespace loopscope;

namespace {

constexpr quint64 second = 1'000'000'000;

/// A loop's handles on a network of its own, in a time that the test moves.
class Machine
{
public:
    explicit Machine(NetworkProfile profile = {}, quint64 seed = 1)
        : handles(std::make_shared<SimulatedNetwork>(seed, std::move(profile)), [this] { return now; })
    {
    }

    /// Another loop of the same run.
    explicit Machine(const std::shared_ptr<SimulatedNetwork> &network)
        : handles(network, [this] { return now; })
    {
    }

    /// Lets time pass until nothing moves, or until `until`; what moved meanwhile.
    std::vector<IoTransition> settle(quint64 until = 1000 * second)
    {
        std::vector<IoTransition> all;
        while (handles.nextTransition() <= until) {
            now = std::max(now, handles.nextTransition());
            handles.takeTransitions(now, &all);
        }
        return all;
    }

    Endpoint listen(HandleId server, const QByteArray &address = "127.0.0.1", quint16 port = 0, int backlog = 511)
    {
        Endpoint endpoint;
        endpoint.address = address;
        endpoint.port = port;
        handles.open(server, HandleKind::Tcp);
        handles.bind(server, endpoint, 0);
        lastError = handles.listen(server, backlog);
        handles.localEndpoint(server, &endpoint);
        return endpoint;
    }

    /// A client and the server's end of its connection, both reading.
    void connect(HandleId server, const Endpoint &endpoint, HandleId client, HandleId end)
    {
        handles.open(client, HandleKind::Tcp);
        QCOMPARE(handles.connect(client, client + 1000, endpoint), 0);
        settle();
        QCOMPARE(handles.accept(server, end), 0);
        handles.setReading(client, true);
        handles.setReading(end, true);
        settle();
    }

    /// What the handle has to tell now, as its turn came.
    HandleEvent fetch(HandleId handle)
    {
        HandleEvent event;
        event.handle = handle;
        lastTurn = handles.fetch(&event);
        return event;
    }

    quint64 now = 0;
    SimulatedHandles handles;
    int lastError = 0;
    EventTurn lastTurn = EventTurn::Void;
};

const IoTransition *completion(const std::vector<IoTransition> &transitions, SubjectId request)
{
    for (const IoTransition &transition : transitions) {
        if (transition.kind == IoTransition::Kind::Completed && transition.request == request)
            return &transition;
    }
    return nullptr;
}

} // namespace

class SimulatedNetworkTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void bytesArriveAsOneRead();
    void nobodyListens();
    void portInUse();
    void dualStackTakesThePort();
    void unreachableHosts_data();
    void unreachableHosts();
    void fullBacklogDelaysTheConnection();
    void halfOpen();
    void writingToAClosedEndIsReset();
    void closingWithUnreadBytesResets();
    void aServerThatClosesResetsWhoWaits();
    void writesThatDoNotFitCompleteLater();
    void largeReadsComeInTurns();
    void bandwidthTakesTime();
    void lossDelaysStreamsAndLosesDatagrams();
    void datagramsKeepTheirBounds();
    void pipesNeedAPath();
    void sameSeedSameTimes();
    void aConnectionMovesToAnotherLoop();
    void whatNobodyTakesIsClosed();
    void loopsShareAServer();
};

void SimulatedNetworkTest::bytesArriveAsOneRead()
{
    Machine machine;
    const Endpoint server = machine.listen(1);
    machine.connect(1, server, 2, 3);
    QVERIFY(machine.handles.write(2, 10, "hello ").isDone);
    QVERIFY(machine.handles.write(2, 11, "world").isDone);
    const auto told = machine.settle();
    QCOMPARE(told.size(), std::size_t{1});
    QCOMPARE(told[0].event.handle, HandleId{3});
    QCOMPARE(machine.fetch(3).data, QByteArray("hello world"));
    Endpoint remote;
    machine.handles.remoteEndpoint(2, &remote);
    QCOMPARE(remote.port, server.port);
}

void SimulatedNetworkTest::nobodyListens()
{
    Machine machine;
    Endpoint endpoint;
    endpoint.address = "127.0.0.1";
    endpoint.port = 9;
    machine.handles.open(1, HandleKind::Tcp);
    QCOMPARE(machine.handles.connect(1, 5, endpoint), 0);
    const auto transitions = machine.settle();
    const IoTransition *over = completion(transitions, 5);
    QVERIFY(over);
    QCOMPARE(over->result.error.errorNumber, -ECONNREFUSED);
    QVERIFY(over->runsPending);
    QCOMPARE(over->time, quint64{0});
}

void SimulatedNetworkTest::portInUse()
{
    Machine machine;
    const Endpoint first = machine.listen(1);
    machine.listen(2, "127.0.0.1", first.port);
    QCOMPARE(machine.lastError, -EADDRINUSE);
    machine.handles.close(1);
    machine.listen(3, "127.0.0.1", first.port);
    QCOMPARE(machine.lastError, 0);
}

void SimulatedNetworkTest::dualStackTakesThePort()
{
    Machine machine;
    const Endpoint first = machine.listen(1, "::");
    machine.listen(2, "127.0.0.1", first.port);
    QCOMPARE(machine.lastError, -EADDRINUSE);
    Endpoint target = first;
    target.address = "127.0.0.1";
    machine.connect(1, target, 3, 4);
    Endpoint remote;
    machine.handles.remoteEndpoint(4, &remote);
    QCOMPARE(remote.address, QByteArray("::ffff:127.0.0.1"));
}

void SimulatedNetworkTest::unreachableHosts_data()
{
    QTest::addColumn<QByteArray>("address");
    QTest::addColumn<int>("error");
    QTest::newRow("own network") << QByteArray("10.1.2.3") << -EHOSTUNREACH;
    QTest::newRow("far") << QByteArray("203.0.113.9") << -ETIMEDOUT;
    QTest::newRow("far, IPv6") << QByteArray("2001:db8::9") << -ETIMEDOUT;
}

void SimulatedNetworkTest::unreachableHosts()
{
    QFETCH(QByteArray, address);
    QFETCH(int, error);
    Machine machine;
    Endpoint endpoint;
    endpoint.address = address;
    endpoint.port = 80;
    machine.handles.open(1, HandleKind::Tcp);
    machine.handles.connect(1, 5, endpoint);
    const auto transitions = machine.settle();
    const IoTransition *over = completion(transitions, 5);
    QVERIFY(over);
    QCOMPARE(over->result.error.errorNumber, error);
    QVERIFY(over->time >= 3 * second);
}

void SimulatedNetworkTest::fullBacklogDelaysTheConnection()
{
    Machine machine;
    const Endpoint server = machine.listen(1, "127.0.0.1", 0, 1);
    for (HandleId client = 10; client < 13; ++client) {
        machine.handles.open(client, HandleKind::Tcp);
        machine.handles.connect(client, client + 1000, server);
    }
    const auto early = machine.settle(second / 2);
    const auto isOver = [](const std::vector<IoTransition> &transitions, SubjectId request) {
        return completion(transitions, request) ? 1 : 0;
    };
    QCOMPARE(isOver(early, 1010) + isOver(early, 1011) + isOver(early, 1012), 2);
    SubjectId waiting = 1010;
    while (completion(early, waiting))
        ++waiting;
    machine.now = second / 2;
    machine.handles.accept(1, 50);
    const auto late = machine.settle(2 * second);
    const IoTransition *third = completion(late, waiting);
    QVERIFY(third);
    QCOMPARE(third->result.error.errorNumber, 0);
    QVERIFY(third->time >= second);
}

void SimulatedNetworkTest::halfOpen()
{
    Machine machine;
    machine.connect(1, machine.listen(1), 2, 3);
    QVERIFY(machine.handles.write(2, 10, "question").isDone);
    QCOMPARE(machine.handles.shutdown(2, 11), 0);
    const auto transitions = machine.settle();
    QVERIFY(completion(transitions, 11)->runsPending);
    machine.handles.proceed(2, 11);
    machine.settle();
    QCOMPARE(machine.fetch(3).data, QByteArray("question"));
    QCOMPARE(machine.fetch(3).kind, HandleEvent::Kind::End);
    QVERIFY(machine.handles.write(3, 12, "answer").isDone);
    QCOMPARE(machine.handles.write(2, 13, "more").error, -EPIPE);
    machine.settle();
    QCOMPARE(machine.fetch(2).data, QByteArray("answer"));
}

void SimulatedNetworkTest::writingToAClosedEndIsReset()
{
    Machine machine;
    machine.connect(1, machine.listen(1), 2, 3);
    machine.handles.close(3);
    machine.settle();
    QCOMPARE(machine.fetch(2).kind, HandleEvent::Kind::End);
    QVERIFY(machine.handles.write(2, 10, "x").isDone);
    machine.settle();
    QCOMPARE(machine.handles.write(2, 11, "y").error, -EPIPE);
}

void SimulatedNetworkTest::closingWithUnreadBytesResets()
{
    Machine machine;
    machine.connect(1, machine.listen(1), 2, 3);
    machine.handles.setReading(3, false);
    machine.handles.write(2, 10, "unread");
    machine.settle();
    machine.handles.close(3);
    machine.settle();
    const HandleEvent event = machine.fetch(2);
    QCOMPARE(event.kind, HandleEvent::Kind::Failed);
    QCOMPARE(event.error, -ECONNRESET);
}

void SimulatedNetworkTest::aServerThatClosesResetsWhoWaits()
{
    Machine machine;
    const Endpoint server = machine.listen(1);
    machine.handles.open(2, HandleKind::Tcp);
    machine.handles.connect(2, 5, server);
    machine.settle();
    machine.handles.setReading(2, true);
    machine.handles.close(1);
    machine.settle();
    QCOMPARE(machine.fetch(2).error, -ECONNRESET);
}

void SimulatedNetworkTest::writesThatDoNotFitCompleteLater()
{
    NetworkProfile profile;
    profile.sendBuffer = 10'000;
    profile.receiveBuffer = 10'000;
    Machine machine(profile);
    machine.connect(1, machine.listen(1), 2, 3);
    const WriteOutcome outcome = machine.handles.write(2, 10, QByteArray(30'000, 'x'));
    QVERIFY(!outcome.isDone && outcome.error == 0);
    QCOMPARE(machine.handles.queuedBytes(2), qint64{10'000});
    QVERIFY(!completion(machine.settle(), 10));
    QCOMPARE(machine.fetch(3).data.size(), qsizetype{10'000});
    QVERIFY(completion(machine.settle(), 10));
    QCOMPARE(machine.handles.queuedBytes(2), qint64{0});
    qsizetype rest = 0;
    for (int turn = 0; turn < 5; ++turn) {
        rest += machine.fetch(3).data.size();
        machine.settle();
    }
    QCOMPARE(rest, qsizetype{20'000});
}

void SimulatedNetworkTest::largeReadsComeInTurns()
{
    Machine machine;
    machine.connect(1, machine.listen(1), 2, 3);
    machine.handles.write(2, 10, QByteArray(100'000, 'x'));
    machine.settle();
    QCOMPARE(machine.fetch(3).data.size(), qsizetype{65'536});
    QCOMPARE(machine.lastTurn, EventTurn::ToldWithMore);
    QCOMPARE(machine.fetch(3).data.size(), qsizetype{100'000 - 65'536});
    QCOMPARE(machine.lastTurn, EventTurn::Told);
}

void SimulatedNetworkTest::bandwidthTakesTime()
{
    NetworkProfile profile;
    profile.hosts.push_back({"far.example", {"10.0.0.5"}, {}, {{2'000'000, 2'000'000}, {}, 1'000'000, 0, false}});
    Machine machine(profile);
    Endpoint server = machine.listen(1, "0.0.0.0");
    server.address = "10.0.0.5";
    machine.connect(1, server, 2, 3);
    QVERIFY(machine.now >= 2'000'000);
    const quint64 before = machine.now;
    machine.handles.write(2, 10, QByteArray(50'000, 'x'));
    machine.settle();
    QCOMPARE(machine.now - before, quint64{50'000'000 + 1'000'000}); // 50 kB at 1 MB/s and half of a round trip
}

void SimulatedNetworkTest::lossDelaysStreamsAndLosesDatagrams()
{
    NetworkProfile profile;
    profile.loopback.isLoopback = false;
    profile.loopback.lossPerMillion = 500'000;
    Machine machine(profile, 3);
    Endpoint here;
    here.address = "127.0.0.1";
    machine.handles.open(1, HandleKind::Udp);
    machine.handles.bind(1, here, 0);
    machine.handles.setReceiving(1, true);
    machine.handles.localEndpoint(1, &here);
    machine.handles.open(2, HandleKind::Udp);
    int received = 0;
    for (int i = 0; i < 100; ++i) {
        QVERIFY(machine.handles.send(2, 10, "x", &here).isDone);
        machine.settle();
        machine.fetch(1);
        received += machine.lastTurn == EventTurn::Void ? 0 : 1;
    }
    QVERIFY2(received > 30 && received < 70, qPrintable(QString::number(received)));
    machine.connect(3, machine.listen(3), 4, 5);
    const quint64 before = machine.now;
    machine.handles.write(4, 20, QByteArray(20'000, 'x'));
    machine.settle();
    QVERIFY(machine.now - before >= second / 5); // a retransmission at least
    QCOMPARE(machine.fetch(5).data.size(), qsizetype{20'000});
}

void SimulatedNetworkTest::datagramsKeepTheirBounds()
{
    Machine machine;
    Endpoint here;
    here.address = "127.0.0.1";
    machine.handles.open(1, HandleKind::Udp);
    QCOMPARE(machine.handles.bind(1, here, 0), 0);
    machine.handles.setReceiving(1, true);
    machine.handles.localEndpoint(1, &here);
    machine.handles.open(2, HandleKind::Udp);
    machine.handles.send(2, 10, "one", &here);
    machine.handles.send(2, 11, QByteArray(), &here);
    QCOMPARE(machine.handles.send(2, 12, QByteArray(65'508, 'x'), &here).error, -EMSGSIZE);
    machine.settle();
    QCOMPARE(machine.fetch(1).data, QByteArray("one"));
    QCOMPARE(machine.lastTurn, EventTurn::ToldWithMore);
    QVERIFY(machine.fetch(1).data.isEmpty());
    QCOMPARE(machine.lastTurn, EventTurn::Told);
    machine.handles.open(3, HandleKind::Udp);
    QCOMPARE(machine.handles.bind(3, here, 0), -EADDRINUSE);
}

void SimulatedNetworkTest::pipesNeedAPath()
{
    Machine machine;
    Endpoint place;
    place.path = "/tmp/x.sock";
    machine.handles.open(1, HandleKind::Pipe);
    machine.handles.connect(1, 5, place);
    QCOMPARE(completion(machine.settle(), 5)->result.error.errorNumber, -ENOENT);
    machine.handles.open(2, HandleKind::Pipe);
    QCOMPARE(machine.handles.bind(2, place, 0), 0);
    machine.handles.open(3, HandleKind::Pipe);
    QCOMPARE(machine.handles.bind(3, place, 0), -EADDRINUSE);
    QCOMPARE(machine.handles.listen(2, 10), 0);
    machine.handles.open(4, HandleKind::Pipe);
    machine.handles.connect(4, 6, place);
    QCOMPARE(completion(machine.settle(), 6)->result.error.errorNumber, 0);
}

void SimulatedNetworkTest::sameSeedSameTimes()
{
    const auto timesOf = [](quint64 seed) {
        Machine machine({}, seed);
        machine.connect(1, machine.listen(1), 2, 3);
        std::vector<quint64> times;
        for (SubjectId request = 10; request < 20; ++request) {
            machine.handles.write(2, request, "x");
            machine.settle();
            machine.fetch(3);
            times.push_back(machine.now);
        }
        return times;
    };
    QCOMPARE(timesOf(7), timesOf(7));
    QVERIFY(timesOf(7) != timesOf(8));
}

void SimulatedNetworkTest::aConnectionMovesToAnotherLoop()
{
    const auto network = std::make_shared<SimulatedNetwork>(1, NetworkProfile());
    Machine first(network);
    Machine second(network);
    first.connect(1, first.listen(1), 2, 3);
    const std::shared_ptr<HandleInFlight> sent = first.handles.share(3);
    QVERIFY(sent);
    second.now = first.now;
    QCOMPARE(second.handles.adopt(50, *sent), 0);
    first.handles.close(3); // the copy that stayed behind
    first.handles.write(2, 10, "hello");
    QCOMPARE(second.handles.setReading(50, true), 0);
    second.settle();
    QCOMPARE(second.fetch(50).data, QByteArray("hello"));
    second.handles.close(50);
    first.now = second.now;
    first.settle();
    QCOMPARE(first.fetch(2).kind, HandleEvent::Kind::End);
}

void SimulatedNetworkTest::whatNobodyTakesIsClosed()
{
    Machine machine;
    machine.connect(1, machine.listen(1), 2, 3);
    std::shared_ptr<HandleInFlight> sent = machine.handles.share(3);
    machine.handles.close(3);
    QVERIFY(machine.settle().empty());
    sent.reset();
    machine.settle();
    QCOMPARE(machine.fetch(2).kind, HandleEvent::Kind::End);
}

void SimulatedNetworkTest::loopsShareAServer()
{
    const auto network = std::make_shared<SimulatedNetwork>(1, NetworkProfile());
    Machine first(network);
    Machine second(network);
    const Endpoint server = first.listen(1);
    const std::shared_ptr<HandleInFlight> sent = first.handles.share(1);
    QCOMPARE(second.handles.adopt(50, *sent), 0);
    QCOMPARE(second.handles.listen(50, 10), 0);
    first.handles.open(2, HandleKind::Tcp);
    first.handles.connect(2, 1002, server);
    const auto told = [](const std::vector<IoTransition> &transitions, HandleId handle) {
        return std::any_of(
            transitions.begin(), transitions.end(), [handle](const IoTransition &transition) { return transition.event.handle == handle; });
    };
    QVERIFY(told(first.settle(), 1)); // both hear of it
    second.now = first.now;
    QVERIFY(told(second.settle(), 50));
    QCOMPARE(second.handles.accept(50, 51), 0); // and one takes it
    QCOMPARE(first.handles.accept(1, 3), -EAGAIN);
    first.handles.close(1);
    Machine third(network);
    third.listen(60, "127.0.0.1", server.port);
    QCOMPARE(third.lastError, -EADDRINUSE); // the other one still listens
    second.handles.close(50);
    third.listen(61, "127.0.0.1", server.port);
    QCOMPARE(third.lastError, 0);
}

QTEST_GUILESS_MAIN(SimulatedNetworkTest)
#include "SimulatedNetworkTest.moc"
