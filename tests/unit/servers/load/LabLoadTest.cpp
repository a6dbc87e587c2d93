// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// `loopscope lab load`, as people call it.
#include "RawServer.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>

using namespace loopscope;

namespace {

struct Called
{
    int exitCode = -1;
    QString output;
    QString errors;
};

const QString program = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");

Called call(const QStringList &arguments)
{
    QProcess process;
    process.start(program, QStringList{QStringLiteral("lab"), QStringLiteral("load")} + arguments);
    process.waitForFinished(60'000);
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
}

QString urlOf(const RawServer &server, const QString &path = QStringLiteral("/"))
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(server.port()).arg(path);
}

} // namespace

class LabLoadTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void countsAnswers();
    void asksForWhatItIsTold();
    void replaysAFile();
    void anInterruptedLoadHasAResult();
    void saysWhatIsWrong_data();
    void saysWhatIsWrong();
};

void LabLoadTest::countsAnswers()
{
    const RawServer server(RawServer::Connection::answer("hello"));
    const Called json =
        call({urlOf(server), QStringLiteral("--clients"), QStringLiteral("4"), QStringLiteral("--requests=250"), QStringLiteral("--json")});
    QCOMPARE(json.exitCode, 0);
    const QJsonObject result = QJsonDocument::fromJson(json.output.toUtf8()).object();
    QCOMPARE(result[QStringLiteral("completed")].toInt(), 250);
    QCOMPARE(result[QStringLiteral("truth")].toString(), QStringLiteral("real"));
    QVERIFY(result[QStringLiteral("latency")][QStringLiteral("p99")].toDouble() > 0);
    QCOMPARE(result[QStringLiteral("failures")][QStringLiteral("refused")].toInt(), 0);
    const Called text =
        call({urlOf(server), QStringLiteral("--rate"), QStringLiteral("1000"), QStringLiteral("--requests"), QStringLiteral("100")});
    QCOMPARE(text.exitCode, 0);
    QVERIFY2(text.output.contains(QLatin1String("open, Poisson with 1000 requests/s")), qPrintable(text.output));
    QVERIFY2(text.output.contains(QLatin1String("(100 in all)")), qPrintable(text.output));
    QVERIFY2(text.output.contains(QLatin1String("failures: none")), qPrintable(text.output));
}

void LabLoadTest::asksForWhatItIsTold()
{
    std::mutex mutex;
    QByteArray asked;
    const RawServer server([&](RawServer::Connection &connection) {
        for (QByteArray head; !(head = connection.readRequest()).isEmpty();) {
            const std::lock_guard lock(mutex);
            asked = head + QByteArray::number(connection.bodyBytes());
            connection.write(RawServer::Connection::answer("x"));
        }
    });
    QTemporaryDir folder;
    const QString latencies = folder.filePath(QStringLiteral("latencies.csv"));
    const Called called = call({urlOf(server, QStringLiteral("/items?x=1")), QStringLiteral("--requests=3"), QStringLiteral("--method=PUT"),
        QStringLiteral("--header"), QStringLiteral("X-Kind: test"), QStringLiteral("--body"), QStringLiteral("four"),
        QStringLiteral("--no-keep-alive"), QStringLiteral("--latencies"), latencies});
    QCOMPARE(called.exitCode, 0);
    const std::lock_guard lock(mutex);
    QVERIFY2(asked.startsWith("PUT /items?x=1 HTTP/1.1\r\n"), asked);
    QVERIFY2(asked.contains("\r\nX-Kind: test\r\n") && asked.contains("\r\nConnection: close\r\n"), asked);
    QVERIFY2(asked.endsWith("\r\n\r\n4"), asked);
    QFile file(latencies);
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QList<QByteArray> lines = file.readAll().trimmed().split('\n');
    QCOMPARE(lines.size(), 4);
    QVERIFY2(lines[3].startsWith("3,/items?x=1,") && lines[3].endsWith(",200"), lines[3]);
}

void LabLoadTest::replaysAFile()
{
    std::mutex mutex;
    QByteArrayList asked;
    const RawServer server([&](RawServer::Connection &connection) {
        for (QByteArray head; !(head = connection.readRequest()).isEmpty();) {
            const std::lock_guard lock(mutex);
            asked += head.split(' ')[1];
            connection.write(RawServer::Connection::answer("x"));
        }
    });
    QTemporaryDir folder;
    QFile file(folder.filePath(QStringLiteral("arrivals.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("0.01 /a\n0.1 /b\n0.2\n");
    file.close();
    const Called called =
        call({urlOf(server, QStringLiteral("/c")), QStringLiteral("--arrivals"), QStringLiteral("replay:") + file.fileName()});
    QCOMPARE(called.exitCode, 0);
    QVERIFY2(called.output.contains(QLatin1String("3 replayed requests")), qPrintable(called.output));
    const std::lock_guard lock(mutex);
    QCOMPARE(asked, (QByteArrayList{"/a", "/b", "/c"}));
}

void LabLoadTest::anInterruptedLoadHasAResult()
{
    std::atomic<int> asked = 0;
    const RawServer server([&](RawServer::Connection &connection) {
        while (!connection.readRequest().isEmpty() && connection.write(RawServer::Connection::answer("x")))
            ++asked;
    });
    QProcess process;
    process.start(
        program, {QStringLiteral("lab"), QStringLiteral("load"), urlOf(server), QStringLiteral("--duration=60"), QStringLiteral("--json")});
    QTRY_VERIFY(asked > 100);
    kill(static_cast<pid_t>(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(5000));
    QCOMPARE(process.exitCode(), 0);
    const QJsonObject result = QJsonDocument::fromJson(process.readAllStandardOutput()).object();
    QVERIFY(result[QStringLiteral("wasStopped")].toBool());
    QVERIFY(result[QStringLiteral("completed")].toInt() > 90);
    QVERIFY(result[QStringLiteral("seconds")].toDouble() < 30);
}

void LabLoadTest::saysWhatIsWrong_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("said");
    const auto row = [](const char *name, const char *arguments, const char *said) {
        QTest::newRow(name) << QString::fromLatin1(arguments).split(u' ', Qt::SkipEmptyParts) << QString::fromLatin1(said);
    };
    row("no address", "", "needs the address");
    row("another machine", "http://example.com/", "on this machine");
    row("another protocol", "https://localhost/", "not https");
    row("two addresses", "localhost:1 localhost:2", "takes one address");
    row("unknown option", "localhost:1 --speed 3", "no option '--speed'");
    row("no value", "localhost:1 --clients", "needs a value");
    row("no number", "localhost:1 --clients many", "takes a number from 0 to 1e18, not 'many'");
    row("half a client", "localhost:1 --clients 1.5", "takes a whole number");
    row("no clients", "localhost:1 --clients 0", "1 to 1000000 clients");
    row("too many clients", "localhost:1 --clients 99999999999", "1 to 1000000 clients");
    row("unknown arrivals", "localhost:1 --arrivals sometimes", "poisson[:RATE]");
    row("bursts of nothing", "localhost:1 --arrivals bursts:0:1", "A burst has");
    row("missing file", "localhost:1 --arrivals replay:/missing", "cannot be read");
    row("thinking", "localhost:1 --think gauss:1", "--think:");
    row("header", "localhost:1 --header nothing", "a name and a value");
    row("no time", "localhost:1 --duration 0", "0.001 to 86400 seconds");
    row("nobody listens", "http://127.0.0.1:1/ --duration 0.2", "is the server running there?");
}

void LabLoadTest::saysWhatIsWrong()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, said);
    const Called called = call(arguments);
    QCOMPARE(called.exitCode, 2);
    QVERIFY2(called.errors.contains(said), qPrintable(called.errors));
}

QTEST_GUILESS_MAIN(LabLoadTest)
#include "LabLoadTest.moc"
