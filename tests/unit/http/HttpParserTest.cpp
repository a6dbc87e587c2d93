// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/HttpParser.h"
#include "http/HeaderText.h"

#include <QTest>

using namespace loopscope;

namespace {

/// Writes down what a parser tells.
class Listener : public HttpParserClient
{
public:
    Body headComplete(const HttpHead &head) override
    {
        QByteArray line = "head " + QByteArray::number(head.versionMajor) + '.' + QByteArray::number(head.versionMinor);
        if (head.method.isNull())
            line += ' ' + QByteArray::number(head.statusCode) + ' ' + head.statusMessage.toByteArray();
        else
            line += ' ' + head.method.toByteArray() + ' ' + head.url.toByteArray();
        for (const QByteArrayView field : head.fields)
            line += '|' + field.toByteArray();
        line += head.shouldKeepAlive ? " keep" : " close";
        if (head.upgrade)
            line += " upgrade";
        told += line;
        return answer;
    }
    bool body(QByteArrayView piece) override
    {
        told += "body " + piece.toByteArray();
        return true;
    }
    bool messageComplete(const std::vector<QByteArrayView> &trailers) override
    {
        QByteArray line = "end";
        for (const QByteArrayView field : trailers)
            line += '|' + field.toByteArray();
        told += line;
        return true;
    }

    QByteArrayList told;
    Body answer = Body::Expected;
};

/// What `text` gives, cut into pieces of `size` bytes; pieces of a body are put together.
QByteArrayList parse(HttpParser::Kind kind, const QByteArray &text, qsizetype size, bool lenient = false)
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(kind, 0, lenient, 1);
    for (qsizetype place = 0; place < text.size(); place += size) {
        const QByteArray piece = text.mid(place, size);
        const HttpParser::Result result = parser.execute(piece, 2);
        if (result.isError()) {
            listener.told += "error " + result.errorCode + ": " + result.reason;
            break;
        }
    }
    QByteArrayList joined;
    for (const QByteArray &line : std::as_const(listener.told)) {
        if (line.startsWith("body ") && !joined.isEmpty() && joined.last().startsWith("body "))
            joined.last() += line.mid(5);
        else
            joined += line;
    }
    return joined;
}

} // namespace

class HttpParserTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void messages_data();
    void messages();
    void finishes();
    void limitsTheHead();
    void limitsChunkExtensions();
    void knowsWhenAMessageBegan();
    void handsOverToAnotherProtocol();
    void pauses();
    void tokens();
    void repeatedFields();
};

void HttpParserTest::messages_data()
{
    QTest::addColumn<bool>("isRequest");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArrayList>("expected");
    const auto row = [](const char *name, bool isRequest, const char *text, const QByteArrayList &expected) {
        QTest::newRow(name) << isRequest << QByteArray(text) << expected;
    };
    row("request", true, "GET /a?b HTTP/1.1\r\nHost: x\r\nA:  b c \t\r\n\r\n", {"head 1.1 GET /a?b|Host|x|A|b c keep", "end"});
    row("empty value", true, "GET / HTTP/1.1\r\nA:\r\nB: c\r\n\r\n", {"head 1.1 GET /|A||B|c keep", "end"});
    row("old", true, "GET / HTTP/1.0\r\n\r\n", {"head 1.0 GET / close", "end"});
    row("length", true, "POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc", {"head 1.1 POST /|Content-Length|3 keep", "body abc", "end"});
    row("chunks", true, "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x\r\nbc\r\n0\r\nT: u\r\n\r\n",
        {"head 1.1 POST /|Transfer-Encoding|chunked keep", "body abc", "end|T|u"});
    row("two", true, "GET /1 HTTP/1.1\r\n\r\nGET /2 HTTP/1.1\r\nA: b\r\n\r\n",
        {"head 1.1 GET /1 keep", "end", "head 1.1 GET /2|A|b keep", "end"});
    row("after close", true, "GET / HTTP/1.1\r\nConnection: close\r\n\r\nGET / HTTP/1.1\r\n\r\n",
        {"head 1.1 GET /|Connection|close close", "end", "error HPE_CLOSED_CONNECTION: Data after `Connection: close`"});
    row("response", false, "HTTP/1.1 404 Not Here\r\nContent-Length: 0\r\n\r\n", {"head 1.1 404 Not Here|Content-Length|0 keep", "end"});
    row("response without length", false, "HTTP/1.1 200 OK\r\n\r\nabc", {"head 1.1 200 OK close", "body abc"});
    row("method", true, "FOO / HTTP/1.1\r\n\r\n", {"error HPE_INVALID_METHOD: Invalid method encountered"});
    row("no CR after version", true, "GET / HTTP/1.1\nA: b\r\n\r\n", {"error HPE_INVALID_VERSION: Expected CRLF after version"});
    row("no CR after value", true, "GET / HTTP/1.1\r\nA: b\n\r\n", {"error HPE_CR_EXPECTED: Missing expected CR after header value"});
    row("no name", true, "GET / HTTP/1.1\r\n: b\r\n\r\n", {"error HPE_INVALID_HEADER_TOKEN: Invalid header token"});
    row("lengths", true, "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n",
        {"error HPE_UNEXPECTED_CONTENT_LENGTH: Duplicate Content-Length"});
    row("length, chunks", true, "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
        {"error HPE_INVALID_TRANSFER_ENCODING: Transfer-Encoding can't be present with Content-Length"});
}

void HttpParserTest::messages()
{
    QFETCH(bool, isRequest);
    QFETCH(QByteArray, text);
    QFETCH(QByteArrayList, expected);
    const auto kind = isRequest ? HttpParser::Kind::Request : HttpParser::Kind::Response;
    QCOMPARE(parse(kind, text, text.size()), expected);
    const bool needsTwoBytes = QByteArray(QTest::currentDataTag()) == "no CR after version";
    for (const qsizetype size : {1, 2, 3, 7}) {
        if (!needsTwoBytes)
            QCOMPARE(parse(kind, text, size), expected);
    }
}

void HttpParserTest::finishes()
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Response, 0, false, 1);
    QVERIFY(!parser.execute("HTTP/1.1 200 OK\r\n\r\nabc", 2).isError());
    QVERIFY(!parser.finish().isError());
    QCOMPARE(listener.told.last(), QByteArray("end"));

    parser.initialize(HttpParser::Kind::Request, 0, false, 1);
    QVERIFY(!parser.execute("POST / HTTP/1.1\r\nContent-Length: 3\r\n\r\na", 2).isError());
    QCOMPARE(parser.finish().errorCode, QByteArray("HPE_INVALID_EOF_STATE"));
}

void HttpParserTest::limitsTheHead()
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Request, 100, false, 1);
    const HttpParser::Result result = parser.execute("GET / HTTP/1.1\r\nA: " + QByteArray(100, 'a') + "\r\n\r\n", 2);
    QCOMPARE(result.errorCode, QByteArray("HPE_HEADER_OVERFLOW"));
    QCOMPARE(result.reason, QByteArray("Header overflow"));
    // Each request has the whole of it.
    parser.initialize(HttpParser::Kind::Request, 100, false, 1);
    const QByteArray request = "GET / HTTP/1.1\r\nA: " + QByteArray(60, 'a') + "\r\n\r\n";
    QVERIFY(!parser.execute(request + request, 2).isError());
}

void HttpParserTest::limitsChunkExtensions()
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Request, 0, false, 1);
    const HttpParser::Result result =
        parser.execute("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;" + QByteArray(17000, 'a') + "\r\n", 2);
    QCOMPARE(result.errorCode, QByteArray("HPE_CHUNK_EXTENSIONS_OVERFLOW"));
}

void HttpParserTest::knowsWhenAMessageBegan()
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Request, 0, false, 5);
    QCOMPARE(parser.messageStart(), quint64(5)); // of the connection
    (void)parser.execute("GET / HTTP/1.1\r\n", 7);
    QCOMPARE(parser.messageStart(), quint64(7));
    QVERIFY(!parser.isHeadComplete());
    (void)parser.execute("\r\n", 9);
    QVERIFY(parser.isHeadComplete());
    QCOMPARE(parser.messageStart(), quint64(0));
}

void HttpParserTest::handsOverToAnotherProtocol()
{
    Listener listener;
    listener.answer = HttpParserClient::Body::NoneThenUpgrade;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Request, 0, false, 1);
    const QByteArray request = "GET / HTTP/1.1\r\nConnection: Upgrade\r\nUpgrade: tea\r\n\r\n";
    const HttpParser::Result result = parser.execute(request + "leaves", 2);
    QVERIFY(!result.isError());
    QCOMPARE(result.parsed, request.size());
    QVERIFY(listener.told.first().endsWith(" upgrade"));
}

void HttpParserTest::pauses()
{
    Listener listener;
    HttpParser parser(listener);
    parser.initialize(HttpParser::Kind::Request, 0, false, 1);
    parser.pause();
    QCOMPARE(parser.execute("GET / HTTP/1.1\r\n\r\n", 2).errorCode, QByteArray("HPE_PAUSED"));
    parser.resume();
    QVERIFY(!parser.execute("GET / HTTP/1.1\r\n\r\n", 2).isError());
    QCOMPARE(listener.told.size(), 2);
}

void HttpParserTest::tokens()
{
    QVERIFY(isHttpToken(u"X-a_1!~"));
    for (const QStringView text : {u"", u"a b", u"a:", u"a\"", u"\u00e9", u"a\n"})
        QVERIFY(!isHttpToken(text));
    QVERIFY(isHttpFieldValue(u""));
    QVERIFY(isHttpFieldValue(u"a\tb \u00ff"));
    for (const QStringView text : {u"a\nb", u"\u007f", u"\u0100"})
        QVERIFY(!isHttpFieldValue(text));
}

void HttpParserTest::repeatedFields()
{
    QCOMPARE(repeatedField("set-cookie"), RepeatedField::List);
    QCOMPARE(repeatedField("cookie"), RepeatedField::JoinCookies);
    QCOMPARE(repeatedField("host"), RepeatedField::KeepFirst);
    QCOMPARE(repeatedField("x-any"), RepeatedField::Join);
}

QTEST_APPLESS_MAIN(HttpParserTest)
#include "HttpParserTest.moc"
