// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Requests of scripts that are HTTP servers: their names, their latency, and who held them up.
#include "ProfiledScript.h"

#include <algorithm>

using namespace loopscope;

namespace {

/// A server beside a client that asks for these paths at once, each on a connection of its own.
QByteArray server(const QByteArray &handler, const QByteArray &paths)
{
    return "const http = require('http');\n"
           "const server = http.createServer("
        + handler
        + ");\n"
          "server.listen(8080, () => {\n"
          "  let open = 0;\n"
          "  for (const path of "
        + paths
        + ") {\n"
          "    open++;\n"
          "    http.get({ port: 8080, path, agent: false }, answer => answer.resume()).on('error', () => {})\n"
          "      .on('close', () => { if (--open === 0) server.close(); });\n"
          "  }\n"
          "});\n";
}

} // namespace

class PlainServerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void requestsAreNamed();
    void whoComputesHoldsUpOthers();
    void oneAfterTheOtherOnAConnection();
    void noAnswer();
};

void PlainServerTest::requestsAreNamed()
{
    const ProfiledScript run(
        server("(request, response) => { response.statusCode = 201; response.end(request.url); }", "['/', '/a/b?c=1&d=2', '/']"));
    QStringList names;
    std::vector<qint64> statuses;
    for (quint64 i = 0; i < run.reader.eventCount(); ++i) {
        const Event event = run.reader.event(i);
        if (event.kind == EventKind::RequestSent) {
            QVERIFY(run.words.what(i).contains(QStringLiteral("came in")));
            QVERIFY(event.cause != 0);
            names.append(run.words.subjectName(event.subject));
        } else if (event.kind == EventKind::RequestEnded) {
            statuses.push_back(event.value);
        }
    }
    names.sort();
    QCOMPARE(names, (QStringList{QStringLiteral("GET /"), QStringLiteral("GET /"), QStringLiteral("GET /a/b")}));
    QCOMPARE(statuses, (std::vector<qint64>{201, 201, 201}));
    QCOMPARE(run.profile.requests().size(), std::size_t(3));
}

void PlainServerTest::whoComputesHoldsUpOthers()
{
    const ProfiledScript run(server("function handle(request, response) {\n"
                                    "  if (request.url === '/report') { let sum = 0; for (let i = 0; i < 2000000; i++) sum += i; }\n"
                                    "  setTimeout(() => response.end('done'), 5);\n"
                                    "}",
        "['/quick', '/report', '/other']"));
    const BlockingReport report(run.profile);
    QCOMPARE(report.blockers().size(), std::size_t(1));
    const Blocker &blocker = report.blockers().front();
    QVERIFY(blocker.isOfRequests);
    const QStringList named = [&] {
        QStringList names;
        for (const Victim &victim : blocker.victims)
            names.append(run.text.victim(victim));
        return names;
    }();
    QVERIFY2(std::ranges::any_of(named,
                 [](const QString &name) {
                     return name.startsWith(QStringLiteral("client's request")) && name.contains(QStringLiteral("`GET /"));
                 }),
        qPrintable(named.join(QLatin1Char('\n'))));
    for (const Victim &victim : blocker.victims) {
        if (victim.kind == Victim::Kind::Request)
            QVERIFY(run.words.subjectName(victim.subject) != QStringLiteral("GET /report")); // it did not wait for itself
    }
    QVERIFY(run.text.blockerEffect(blocker).contains(QStringLiteral("clients' requests")) || blocker.p99With == blocker.p99Without);
    QVERIFY(blocker.p99With >= 40'000'000);
}

void PlainServerTest::oneAfterTheOtherOnAConnection()
{
    const ProfiledScript run(
        "const http = require('http'); const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });\n"
        "const server = http.createServer((request, response) => setTimeout(() => response.end(), 10));\n"
        "server.listen(8080, () => { let left = 5; const ask = () => http.get({ port: 8080, path: '/' + left, agent }, answer => {\n"
        "  answer.resume(); answer.on('end', () => { if (--left) ask(); else { agent.destroy(); server.close(); } }); }); ask(); });\n");
    QCOMPARE(run.profile.requests().size(), std::size_t(5));
    for (const RequestSpan &request : run.profile.requests()) {
        const quint64 latency = request.ended - request.sent;
        QVERIFY2(latency > 8'500'000 && latency < 11'500'000, qPrintable(QString::number(latency)));
    }
}

void PlainServerTest::noAnswer()
{
    const ProfiledScript run(server("(request, response) => setTimeout(() => request.socket.destroy(), 5)", "['/']"));
    QCOMPARE(run.profile.requests().size(), std::size_t(1));
    bool hasEnded = false;
    for (quint64 i = 0; i < run.reader.eventCount(); ++i) {
        const Event event = run.reader.event(i);
        if (event.kind != EventKind::RequestEnded)
            continue;
        QVERIFY(!std::exchange(hasEnded, true));
        QCOMPARE(event.value, qint64(0));
    }
    QVERIFY(hasEnded);
}

QTEST_GUILESS_MAIN(PlainServerTest)
#include "PlainServerTest.moc"
