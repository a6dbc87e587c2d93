// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/WebSocketLoad.h"
#include "servers/load/LoadGenerator.h"

#include "RawServer.h"

#include <QTest>

#include <chrono>
#include <set>

using namespace loopscope;

namespace {

using Connection = RawServer::Connection;
using Frame = WebSocketFrames::Frame;

const QByteArray welcome = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n";

/// A frame as servers write them: without a mask.
QByteArray serverFrame(quint8 opcode, const QByteArray &payload, bool isLast = true)
{
    QByteArray frame(1, static_cast<char>((isLast ? 0x80 : 0) | opcode));
    if (payload.size() < 126)
        frame += static_cast<char>(payload.size());
    else
        frame += QByteArray("\x7e") + static_cast<char>(payload.size() >> 8) + static_cast<char>(payload.size());
    return frame + payload;
}

/// Everybody who is connected hears what anybody says.
class Room
{
public:
    void enter(Connection &connection)
    {
        connection.readRequest();
        connection.write(welcome + serverFrame(WebSocketFrames::Ping, "are you there?"));
        {
            const std::lock_guard lock(m_mutex);
            m_people.insert(&connection);
        }
        for (QByteArray message; !(message = readMessage(connection)).isNull();) {
            const std::lock_guard lock(m_mutex);
            if (message == "are you there?") {
                ++pongs;
                continue;
            }
            ++messages;
            for (const Connection *person : m_people)
                person->write(serverFrame(WebSocketFrames::Text, "{\"said\":\"" + message + "\"}"));
        }
        const std::lock_guard lock(m_mutex);
        m_people.erase(&connection);
    }

    /// The next frame of a client, without its mask; null at the end.
    static QByteArray readMessage(Connection &connection)
    {
        const QByteArray head = connection.readBytes(2);
        if (head.isEmpty())
            return {};
        qsizetype size = head[1] & 0x7f;
        if (size == 126) {
            const QByteArray length = connection.readBytes(2);
            size = static_cast<uchar>(length[0]) << 8 | static_cast<uchar>(length[1]);
        }
        const QByteArray mask = connection.readBytes(4);
        QByteArray payload = connection.readBytes(size);
        for (qsizetype i = 0; i < payload.size(); ++i)
            payload[i] = static_cast<char>(payload[i] ^ mask[i % 4]);
        return (head[1] & 0x80) != 0 && payload.size() == size ? payload : QByteArray();
    }

    std::atomic<int> messages = 0;
    std::atomic<int> pongs = 0;

private:
    std::mutex m_mutex;
    std::set<const Connection *> m_people;
};

LoadPlan planFor(quint16 port, quint64 requests, int clients)
{
    LoadPlan plan;
    plan.target.port = port;
    plan.mostRequests = requests;
    plan.seconds = 20;
    plan.requests.protocol = RequestPlan::Protocol::WebSocket;
    plan.arrivals.clients = clients;
    return plan;
}

LoadResult resultOf(const LoadPlan &plan)
{
    LoadGenerator generator(plan);
    if (const QString problem = generator.start(); !problem.isEmpty())
        qFatal("%s", qPrintable(problem));
    generator.waitForEnd(60);
    return generator.result();
}

} // namespace

class WebSocketLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void framesMayComeInAnyPieces();
    void writesWhatItReads_data();
    void writesWhatItReads();
    void refusesFrames_data();
    void refusesFrames();
    void marksAreFound();
    void everybodyHearsEverything();
    void closedClientsWaitUntilTheyAreHeard();
    void whoIsLostComesBack();
    void messagesThatNobodyHearsTimeOut();
    void serversThatDoNotKnowIt();
    void idleConnectionsStay();
};

void WebSocketLoadTest::framesMayComeInAnyPieces()
{
    const QByteArray text =
        serverFrame(1, "one") + serverFrame(9, {}) + serverFrame(2, QByteArray(300, 'x'), false) + serverFrame(0, "end");
    for (qsizetype size = 1; size <= text.size(); ++size) {
        WebSocketFrames frames;
        QByteArrayList found;
        for (qsizetype at = 0; at < text.size(); at += size) {
            const QByteArray piece = text.mid(at, size);
            frames.feed(piece);
            for (Frame frame; frames.next(&frame);)
                found += QByteArray::number(frame.opcode) + (frame.isLast ? "." : "+") + frame.payload.toByteArray();
        }
        QVERIFY(!frames.isBad());
        QCOMPARE(found, (QByteArrayList{"1.one", "9.", "2+" + QByteArray(300, 'x'), "0.end"}));
    }
}

void WebSocketLoadTest::writesWhatItReads_data()
{
    QTest::addColumn<qsizetype>("size");
    for (const qsizetype size : {0, 1, 125, 126, 127, 65535, 65536, 100'000})
        QTest::addRow("%d", static_cast<int>(size)) << size;
}

void WebSocketLoadTest::writesWhatItReads()
{
    QFETCH(qsizetype, size);
    QByteArray payload(size, Qt::Uninitialized);
    for (qsizetype i = 0; i < size; ++i)
        payload[i] = static_cast<char>(i * 7);
    QByteArray text;
    WebSocketFrames::append(&text, WebSocketFrames::Binary, payload);
    QVERIFY((text[1] & 0x80) != 0);
    // A server's frame is the same without the mask.
    const qsizetype maskAt = text.size() - size - 4;
    const QByteArray mask = text.mid(maskAt, 4);
    text.remove(maskAt, 4);
    text[1] = static_cast<char>(text[1] & 0x7f);
    for (qsizetype i = 0; i < size; ++i)
        text[maskAt + i] = static_cast<char>(text[maskAt + i] ^ mask[i % 4]);
    WebSocketFrames frames;
    frames.feed(text);
    Frame frame;
    QVERIFY(frames.next(&frame));
    QCOMPARE(frame.opcode, WebSocketFrames::Binary);
    QVERIFY(frame.isLast && frame.payload.toByteArray() == payload);
    QVERIFY(!frames.next(&frame) && !frames.isBad());
}

void WebSocketLoadTest::refusesFrames_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("masked") << QByteArray("\x81\x81\x01\x02\x03\x04\x05");
    QTest::newRow("reserved bits") << QByteArray("\xc1\x01x");
    QTest::newRow("beyond all bounds") << QByteArray("\x82\x7f\x7f\xff\xff\xff\xff\xff\xff\xff", 10);
}

void WebSocketLoadTest::refusesFrames()
{
    QFETCH(QByteArray, bytes);
    WebSocketFrames frames;
    frames.feed(bytes);
    Frame frame;
    QVERIFY(!frames.next(&frame));
    QVERIFY(frames.isBad());
}

void WebSocketLoadTest::marksAreFound()
{
    RequestRoute route;
    route.bodyBytes = 200;
    const QByteArray text = WebSocketLoad::messageText({12, -5, 7}, route);
    QCOMPARE(text.size(), 200);
    const auto mark = WebSocketLoad::findMark(QByteArray("{\"x\":\"" + text + "\"}"));
    QVERIFY(mark && mark->number == 12 && mark->intended == -5 && mark->sent == 7);
    for (const char *wrong :
        {"", "loopscope", "loopscope:", "loopscope:1", "loopscope:1:2:3", "loopscope:1:2;", "loopscope:x:1:2;", "loopscope:1:2:3:"})
        QVERIFY2(!WebSocketLoad::findMark(QByteArray(wrong)), wrong);
}

void WebSocketLoadTest::everybodyHearsEverything()
{
    Room room;
    const RawServer server([&](Connection &connection) { room.enter(connection); });
    LoadPlan plan = planFor(server.port(), 200, 8);
    plan.arrivals.kind = ArrivalPlan::Kind::Poisson;
    plan.arrivals.rate = 1000;
    plan.warmupSeconds = 0; // the first ones wait until somebody is connected
    plan.graceSeconds = 5;
    plan.mostRequests = 200;
    LoadGenerator generator(plan);
    QCOMPARE(generator.start(), QString());
    // The last message completes the load as soon as one has heard it, so that some may miss it.
    QVERIFY(generator.waitForEnd(30));
    const LoadResult result = generator.result();
    QCOMPARE(room.messages, 200);
    QCOMPARE(room.pongs, 8);
    QCOMPARE(result.whole.completed, quint64{200});
    QCOMPARE(result.whole.failed(), quint64{0});
    QCOMPARE(result.whole.deliveries, result.whole.latency.count());
    QVERIFY2(result.whole.deliveries > 8 * 150 && result.whole.deliveries <= 8 * 200, qPrintable(QString::number(result.whole.deliveries)));
    QVERIFY(result.whole.latency.least() > 0 && result.whole.latency.most() < 10'000'000'000);
    QCOMPARE(server.connections(), 8);
}

void WebSocketLoadTest::closedClientsWaitUntilTheyAreHeard()
{
    Room room;
    const RawServer server([&](Connection &connection) { room.enter(connection); });
    const LoadResult result = resultOf(planFor(server.port(), 100, 3));
    QCOMPARE(result.whole.completed, quint64{100});
    QVERIFY(result.whole.mostInFlight <= 3);
    QCOMPARE(room.messages, 100);
}

void WebSocketLoadTest::whoIsLostComesBack()
{
    const RawServer server([](Connection &connection) {
        connection.readRequest();
        connection.write(welcome);
        for (int i = 0; i < 5; ++i)
            connection.write(serverFrame(WebSocketFrames::Text, Room::readMessage(connection)));
        Room::readMessage(connection); // the sixth is not answered, and the connection is closed
    });
    const LoadResult result = resultOf(planFor(server.port(), 18, 1));
    QCOMPARE(result.whole.completed, quint64{15});
    QCOMPARE(result.whole.failedBy(LoadFailure::Reset), quint64{3});
    QCOMPARE(result.whole.failed(), quint64{3});
    QVERIFY(server.connections() >= 3);
    QVERIFY(result.whole.lostConnections >= 2);
}

void WebSocketLoadTest::messagesThatNobodyHearsTimeOut()
{
    const RawServer server([](Connection &connection) {
        connection.readRequest();
        connection.write(welcome);
        while (!Room::readMessage(connection).isNull()) { }
    });
    LoadPlan plan = planFor(server.port(), 10, 2);
    plan.timeoutSeconds = 0.1;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.failedBy(LoadFailure::TimedOut), quint64{10});
    QVERIFY(result.seconds() < 10);
}

void WebSocketLoadTest::serversThatDoNotKnowIt()
{
    const RawServer server(Connection::answer("hello"));
    LoadPlan plan = planFor(server.port(), 5, 2);
    plan.arrivals.kind = ArrivalPlan::Kind::Even;
    plan.arrivals.rate = 1000;
    plan.timeoutSeconds = 0.3;
    const LoadResult result = resultOf(plan);
    QCOMPARE(result.whole.failedBy(LoadFailure::TimedOut), quint64{5});
    QVERIFY(result.whole.lostConnections >= 2);
}

void WebSocketLoadTest::idleConnectionsStay()
{
    std::atomic<int> silent = 0;
    const RawServer server([&](Connection &connection) {
        int requests = 0;
        for (; !connection.readRequest().isEmpty(); ++requests)
            connection.write(Connection::answer("x"));
        silent += requests == 0 ? 1 : 0;
    });
    LoadPlan plan;
    plan.target.port = server.port();
    plan.mostRequests = 300;
    plan.arrivals.clients = 2;
    QString problem;
    plan.arrivals.think = Distribution::parse(QStringLiteral("det:0.01"), &problem).value(); // both threads have time to open theirs
    plan.idleConnections = 150;
    plan.threads = 2;
    LoadGenerator generator(plan);
    QCOMPARE(generator.start(), QString());
    QVERIFY(generator.waitForEnd(30));
    const LoadResult result = generator.result();
    QCOMPARE(result.whole.completed, quint64{300});
    QCOMPARE(result.measured.idleConnections, quint64{150});
    QCOMPARE(generator.notes(), QStringList());
    QTRY_COMPARE(silent, 150);
    // Nobody listens: it goes on trying, and stops when it is told to.
    plan.target.port = 1;
    LoadGenerator lonely(plan);
    QCOMPARE(lonely.start(), QString());
    QVERIFY(!lonely.waitForEnd(0.3));
    lonely.stop();
    QVERIFY(lonely.isOver());
}

QTEST_GUILESS_MAIN(WebSocketLoadTest)
#include "WebSocketLoadTest.moc"
