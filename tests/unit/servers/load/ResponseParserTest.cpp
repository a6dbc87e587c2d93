// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/ResponseParser.h"
#include "servers/load/CounterRandom.h"

#include <QTest>

using namespace loopscope;

namespace {

struct Outcome
{
    ResponseParser::State state = ResponseParser::State::Incomplete;
    qsizetype taken = 0;
    int status = 0;
    quint64 bodyBytes = 0;
    bool keepsAlive = false;
    friend bool operator==(const Outcome &, const Outcome &) = default;
};

/// Feeds pieces of `size` bytes, and the end of the connection if that is not enough.
Outcome parse(const QByteArray &text, qsizetype size, bool isHead = false)
{
    ResponseParser parser;
    parser.begin(isHead);
    Outcome outcome;
    while (outcome.state == ResponseParser::State::Incomplete && outcome.taken < text.size()) {
        const QByteArray piece = text.mid(outcome.taken, size); // a copy: reading beyond it shows in the sanitizer's build
        size_t taken = 0;
        outcome.state = parser.feed(piece.constData(), static_cast<size_t>(piece.size()), &taken);
        outcome.taken += static_cast<qsizetype>(taken);
        if (outcome.state == ResponseParser::State::Incomplete && static_cast<qsizetype>(taken) != piece.size())
            qFatal("bytes were left");
    }
    if (outcome.state == ResponseParser::State::Incomplete)
        outcome.state = parser.end();
    outcome.status = parser.status();
    outcome.bodyBytes = parser.bodyBytes();
    outcome.keepsAlive = parser.keepsAlive();
    return outcome;
}

} // namespace

class ResponseParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void findsTheEnd_data();
    void findsTheEnd();
    void refuses_data();
    void refuses();
    void headsHaveALimit();
    void takesAnyBytes();
};

void ResponseParserTest::findsTheEnd_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<qsizetype>("rest"); // bytes behind the answer
    QTest::addColumn<int>("status");
    QTest::addColumn<quint64>("bodyBytes");
    QTest::addColumn<bool>("keepsAlive");

    const auto row = [](const char *name, const char *text, qsizetype rest, int status, quint64 bytes, bool keeps) {
        QTest::newRow(name) << QByteArray(text) << rest << status << bytes << keeps;
    };
    row("length", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello", 0, 200, 5, true);
    row("length in odd case, blanks", "HTTP/1.1 200\r\ncOnTeNt-LeNgTh:   5 \t\r\nX: y\r\n\r\nhelloHTTP/1.1", 8, 200, 5, true);
    row("nothing", "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n", 0, 404, 0, true);
    row("the same length twice", "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Length: 2\r\n\r\nab", 0, 200, 2, true);
    row("close", "HTTP/1.1 200 OK\r\nConnection: Close\r\nContent-Length: 1\r\n\r\nx", 0, 200, 1, false);
    row("close in a list", "HTTP/1.1 200 OK\r\nConnection: foo, close\r\nContent-Length: 1\r\n\r\nx", 0, 200, 1, false);
    row("1.0", "HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx", 0, 200, 1, false);
    row("1.0 that keeps", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 1\r\n\r\nx", 0, 200, 1, true);
    row("until the end", "HTTP/1.1 200 OK\r\nServer: x\r\n\r\nall that comes", 0, 200, 14, false);
    row("no content", "HTTP/1.1 204 No Content\r\n\r\nHTTP", 4, 204, 0, true);
    row("not modified", "HTTP/1.1 304 Not Modified\r\nContent-Length: 99\r\n\r\n", 0, 304, 0, true);
    row("continue first", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok", 0, 201, 2, true);
    row("hints first", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 0, 200, 2, true);
    row("another protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n\x81", 1, 101, 0, true);
    row("chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;a=\"b\"\r\n world\r\n0\r\n\r\nHT", 2, 200, 11,
        true);
    row("chunks and a length", "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\n\r\n", 0,
        200, 10, true);
    row("trailers", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n1\r\nx\r\n000\r\nA: b\r\nC: d\r\n\r\n!", 1, 200, 1, true);
}

void ResponseParserTest::findsTheEnd()
{
    QFETCH(QByteArray, text);
    QFETCH(qsizetype, rest);
    QFETCH(int, status);
    QFETCH(quint64, bodyBytes);
    QFETCH(bool, keepsAlive);
    const Outcome wanted{ResponseParser::State::Complete, text.size() - rest, status, bodyBytes, keepsAlive};
    for (qsizetype size = 1; size <= text.size(); ++size)
        QVERIFY2(parse(text, size) == wanted, qPrintable(QStringLiteral("pieces of %1 bytes").arg(size)));
    // Before its last byte it is not whole.
    for (qsizetype size = 1; size < text.size() - rest; ++size) {
        ResponseParser parser;
        parser.begin(false);
        size_t taken = 0;
        QCOMPARE(parser.feed(text.constData(), static_cast<size_t>(size), &taken), ResponseParser::State::Incomplete);
        QCOMPARE(taken, static_cast<size_t>(size));
    }
}

void ResponseParserTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char *name, const char *text) { QTest::newRow(name) << QByteArray(text); };
    row("no HTTP", "SSH-2.0-OpenSSH_9.2\r\n\r\n");
    row("version 2", "HTTP/2.0 200 OK\r\n\r\n");
    row("status of letters", "HTTP/1.1 2x0 OK\r\n\r\n");
    row("status below 100", "HTTP/1.1 099 OK\r\n\r\n");
    row("bare line feeds", "HTTP/1.1 200 OK\nContent-Length: 0\n\n");
    row("field without colon", "HTTP/1.1 200 OK\r\nContent-Length 5\r\n\r\nhello");
    row("folded field", "HTTP/1.1 200 OK\r\nA: b\r\n c\r\nContent-Length: 0\r\n\r\n");
    row("length that is no number", "HTTP/1.1 200 OK\r\nContent-Length: 5x\r\n\r\nhello");
    row("length below 0", "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello");
    row("length beyond all bounds", "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\nhello");
    row("two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!");
    row("chunk without size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n\r\nhello\r\n0\r\n\r\n");
    row("chunk size beyond all bounds", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n");
    row("chunk longer than its size", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n");
    row("cut off in the head", "HTTP/1.1 200 OK\r\nContent-Le");
    row("cut off in the body", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell");
    row("cut off in a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel");
    row("cut off before the last chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
    row("nothing at all", "");
}

void ResponseParserTest::refuses()
{
    QFETCH(QByteArray, text);
    for (qsizetype size = 1; size <= std::max<qsizetype>(text.size(), 1); ++size)
        QCOMPARE(parse(text, size).state, ResponseParser::State::Bad);
}

void ResponseParserTest::headsHaveALimit()
{
    const QByteArray start = "HTTP/1.1 200 OK\r\nX: ";
    const QByteArray end = "\r\nContent-Length: 0\r\n\r\n";
    const auto most = static_cast<qsizetype>(ResponseParser::MostHeadBytes);
    const QByteArray fits = start + QByteArray(most - start.size() - end.size(), 'x') + end;
    QCOMPARE(parse(fits, 1000).state, ResponseParser::State::Complete);
    const QByteArray endless = start + QByteArray(10 * most, 'x');
    const Outcome outcome = parse(endless, 1000);
    QCOMPARE(outcome.state, ResponseParser::State::Bad);
    QVERIFY(outcome.taken <= most + 1000);
    const QByteArray trailers = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n" + QByteArray("A: b\r\n").repeated(100'000);
    QCOMPARE(parse(trailers, 1000).state, ResponseParser::State::Bad);
}

/// Damaged answers: cut into pieces of any size they give what they give in one.
void ResponseParserTest::takesAnyBytes()
{
    const QByteArrayList seeds = {"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n5;x\r\nhello\r\n0\r\nA: "
        "b\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\n\r\nabc"};
    const CounterRandom random(7, 1);
    quint64 drawn = 0;
    const auto below = [&](qsizetype count) { return static_cast<qsizetype>(random.bits(drawn++) % static_cast<quint64>(count)); };
    for (int round = 0; round < 20'000; ++round) {
        QByteArray text = seeds[below(seeds.size())];
        for (qsizetype changes = below(4); changes >= 0; --changes) {
            const qsizetype at = below(text.size());
            switch (below(4)) {
            case 0:
                text[at] = static_cast<char>(below(256));
                break;
            case 1:
                text.remove(at, 1 + below(3));
                break;
            case 2:
                text.insert(at, text.mid(below(text.size()), below(6)));
                break;
            default:
                text[at] = "\r\n:0;f "[below(7)];
            }
            if (text.isEmpty())
                text = "x";
        }
        const Outcome whole = parse(text, text.size());
        const Outcome pieces = parse(text, 1 + below(7));
        QVERIFY2(whole.state == pieces.state && (whole.state == ResponseParser::State::Bad || whole == pieces), text.toPercentEncoding());
    }
}

QTEST_APPLESS_MAIN(ResponseParserTest)
#include "ResponseParserTest.moc"
