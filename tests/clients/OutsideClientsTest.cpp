// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RawClient.h"
#include "TestedServer.h"

#include <QCryptographicHash>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QTest>

#include <algorithm>
#include <memory>
#include <vector>

using namespace loopscope;

namespace {

const QString Folder = QStringLiteral(LOOPSCOPE_CLIENTS_FOLDER);

QJsonObject readObject(const QString &name)
{
    QFile file(Folder + u'/' + name);
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

/// What may be compared of a text that was received: no dates and ports, and of long texts a sum.
QJsonValue comparable(const QByteArray &bytes)
{
    static const QRegularExpression date(QStringLiteral(R"(Date: [A-Z][^\r\n]* GMT)"));
    static const QRegularExpression port(QStringLiteral(R"(127\.0\.0\.1:\d+)"));
    constexpr qsizetype shownWhole = 3000;
    QString text = QString::fromLatin1(bytes);
    text.replace(date, QStringLiteral("Date: <date>")).replace(port, QStringLiteral("127.0.0.1:<port>"));
    if (text.size() > shownWhole) {
        const QByteArray sum = QCryptographicHash::hash(text.toLatin1(), QCryptographicHash::Sha1).toHex();
        text = text.first(200) + QStringLiteral("\n... %1 characters, SHA-1 ").arg(text.size()) + QString::fromLatin1(sum);
    }
    return QJsonArray::fromStringList(text.split(u'\n'));
}

QByteArray bytesOf(const QJsonValue &text) { return text.toString().toLatin1(); }

/// A case of cases.json: the name of a server, then steps, each the name of an action and what it takes:
///   send LINES...        the lines, with CRLF between them
///   repeat TEXT COUNT    the text so many times
///   slowly TEXT          every byte in a packet of its own
///   bytes HEXADECIMAL
///   pause MS
///   receive TEXT [COUNT] read until the text has come so many times
///   closed, gone         read to the end; gone: whether by FIN or RST is the kernel's choice, by what was still on its way
///   finish, reset, leave send FIN and go on reading; end with RST; close without reading the rest
///   told TEXT            wait until the server has printed a line that begins so
///   forget               what was received so far depends on the moment
///   open, use NUMBER     another connection; back to an earlier one
///   run PROGRAM ARGS...  a program as client, {url} is the server's
class Play
{
public:
    Play(TestedServer &server, const QString &name)
        : m_server(server)
        , m_port(server.port(name))
    {
    }

    QJsonObject run(const QJsonArray &steps)
    {
        for (qsizetype i = 1; i < steps.size() && m_problem.isEmpty(); ++i)
            step(steps[i].toArray());
        QJsonObject outcome;
        QJsonArray connections;
        for (Connection &connection : m_connections) {
            connection.client->close();
            connections.append(
                QJsonObject{{QStringLiteral("received"), connection.isForgotten ? QJsonValue() : comparable(connection.client->received())},
                    {QStringLiteral("end"), connection.end}});
        }
        if (!connections.isEmpty())
            outcome[QStringLiteral("connections")] = connections;
        if (!m_output.isNull())
            outcome[QStringLiteral("output")] = comparable(m_output);
        if (!m_problem.isEmpty())
            outcome[QStringLiteral("problem")] = m_problem;
        return outcome;
    }

private:
    struct Connection
    {
        std::unique_ptr<RawClient> client;
        QString end;
        bool isForgotten = false;
    };

    Connection &current()
    {
        if (m_connections.empty())
            open();
        return m_connections[m_current];
    }
    void open()
    {
        m_connections.push_back({std::make_unique<RawClient>(m_port), {}, false});
        m_current = m_connections.size() - 1;
    }

    void step(const QJsonArray &step)
    {
        const QString action = step[0].toString();
        if (action == QStringLiteral("open"))
            open();
        else if (action == QStringLiteral("use"))
            m_current = static_cast<std::size_t>(step[1].toInt());
        else if (action == QStringLiteral("pause"))
            QTest::qSleep(step[1].toInt());
        else if (action == QStringLiteral("told")) {
            if (!m_server.waitForLine(step[1].toString()))
                m_problem = QStringLiteral("the server has not printed: ") + step[1].toString();
        } else if (action == QStringLiteral("run"))
            runProgram(step);
        else if (!sends(action, step))
            receives(action, step);
    }

    bool sends(const QString &action, const QJsonArray &step)
    {
        RawClient &client = *current().client;
        if (action == QStringLiteral("send")) {
            QByteArrayList lines;
            for (qsizetype i = 1; i < step.size(); ++i)
                lines.append(bytesOf(step[i]));
            client.send(lines.join("\r\n"));
        } else if (action == QStringLiteral("repeat")) {
            client.send(bytesOf(step[1]).repeated(step[2].toInt()));
        } else if (action == QStringLiteral("bytes")) {
            client.send(QByteArray::fromHex(bytesOf(step[1])));
        } else if (action == QStringLiteral("slowly")) {
            for (const char byte : bytesOf(step[1])) {
                client.send(QByteArray(1, byte));
                QTest::qSleep(1);
            }
        } else if (action == QStringLiteral("finish")) {
            client.finish();
        } else {
            return false;
        }
        return true;
    }

    void receives(const QString &action, const QJsonArray &step)
    {
        Connection &connection = current();
        RawClient &client = *connection.client;
        if (action == QStringLiteral("receive")) {
            if (!client.receive(bytesOf(step[1]), step[2].toInt(1)))
                m_problem = QStringLiteral("has not come: ") + step[1].toString() + u'\n' + QString::fromLatin1(client.received());
        } else if (action == QStringLiteral("closed") || action == QStringLiteral("gone")) {
            const RawClient::End end = client.receiveToEnd();
            connection.end = end == RawClient::End::Open ? QStringLiteral("open")
                : end == RawClient::End::Closed          ? QStringLiteral("closed")
                                                         : QStringLiteral("reset");
            if (action == QStringLiteral("gone") && end != RawClient::End::Open)
                connection.end = action;
        } else if (action == QStringLiteral("reset")) {
            client.reset();
        } else if (action == QStringLiteral("leave")) {
            client.close();
        } else if (action == QStringLiteral("forget")) {
            connection.isForgotten = true;
        } else {
            m_problem = QStringLiteral("there is no step ") + action;
        }
    }

    void runProgram(const QJsonArray &step)
    {
        QStringList arguments;
        for (qsizetype i = 2; i < step.size(); ++i)
            arguments.append(step[i].toString().replace(QStringLiteral("{url}"), QStringLiteral("http://127.0.0.1:%1").arg(m_port)));
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(step[1].toString(), arguments);
        if (!process.waitForFinished())
            m_problem = process.errorString();
        m_output = process.readAll() + "exit code " + QByteArray::number(process.exitCode());
    }

    TestedServer &m_server;
    quint16 m_port;
    std::vector<Connection> m_connections;
    std::size_t m_current = 0;
    QByteArray m_output;
    QString m_problem;
};

/// Plays a case, and then asks another server of the same process something, which must still work.
QJsonObject outcomeOf(const QJsonArray &steps, TestedServer &server)
{
    static int count = 0;
    QJsonObject outcome = Play(server, steps[0].toString()).run(steps);
    const QByteArray mark = "GET /still-there-" + QByteArray::number(++count);
    RawClient client(server.port(QStringLiteral("plain")));
    client.send(mark + " HTTP/1.1\r\nHost: a\r\n\r\n");
    if (!client.receive(mark + '\n', 1))
        outcome[QStringLiteral("problem")] = QStringLiteral("afterwards the server does not answer");
    outcome[QStringLiteral("server")] = QJsonArray::fromStringList(server.takeLinesBefore(QString::fromLatin1(mark)));
    server.takeLinesBefore(QStringLiteral("closed /still-there"));
    return outcome;
}

QStringList linesOf(const QJsonObject &outcome) { return QString::fromUtf8(QJsonDocument(outcome).toJson()).split(u'\n'); }

/// The first line that differs; empty if they agree.
QString differenceOf(const QJsonObject &outcome, const QJsonObject &expected)
{
    const QStringList have = linesOf(outcome);
    const QStringList want = linesOf(expected);
    for (qsizetype i = 0; i < std::max(have.size(), want.size()); ++i) {
        if (have.value(i) != want.value(i))
            return QStringLiteral("expected: %1\n   actual:   %2\n   of all:   %3")
                .arg(want.value(i).trimmed(), have.value(i).trimmed(), have.join(u'\n'));
    }
    return {};
}

} // namespace

/// Clients from outside of the process, byte for byte, well-behaved and not: what they get, and what the server notices of them, is what
/// Node 20's servers do. With LOOPSCOPE_CLIENTS_RECORD set it writes expected.json from the installed Node instead.
class OutsideClientsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        const QString node = QStandardPaths::findExecutable(QStringLiteral("node"));
        if (qEnvironmentVariableIsSet("LOOPSCOPE_CLIENTS_RECORD"))
            record(node);
        m_expected = readObject(QStringLiteral("expected.json"));
        QVERIFY(m_cases.size() > 100);
        const QString server = Folder + QStringLiteral("/server.js");
        m_loopscope = std::make_unique<TestedServer>(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
            QStringList{QStringLiteral("run"), QStringLiteral("--io"), QStringLiteral("real"), server});
        QVERIFY2(m_loopscope->problem().isEmpty(), qPrintable(m_loopscope->problem()));
        if (!node.isEmpty() && !qEnvironmentVariableIsSet("LOOPSCOPE_ORACLE_WITHOUT_NODE"))
            m_node = std::make_unique<TestedServer>(node, QStringList{server});
    }

    void likeNode_data() { addRows(); }
    void likeNode()
    {
        QFETCH(QString, name);
        const QString difference = differenceOf(outcomeOf(m_cases[name].toArray(), *m_loopscope), m_expected[name].toObject());
        if (m_known.contains(name))
            QEXPECT_FAIL("", qPrintable(m_known[name].toString()), Continue);
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void fixturesAreNodes_data() { addRows(); }
    void fixturesAreNodes()
    {
        if (!m_node)
            QSKIP("Node.js 20 is not installed, or not asked");
        QFETCH(QString, name);
        const QString difference = differenceOf(outcomeOf(m_cases[name].toArray(), *m_node), m_expected[name].toObject());
        QVERIFY2(difference.isEmpty(), qPrintable(difference));
    }

    void serverIsThere() { QVERIFY2(m_loopscope->isRunning(), qPrintable(m_loopscope->standardError())); }

private:
    void addRows() const
    {
        QTest::addColumn<QString>("name");
        for (auto it = m_cases.begin(); it != m_cases.end(); ++it)
            QTest::newRow(qPrintable(it.key())) << it.key();
    }

    void record(const QString &node) const
    {
        TestedServer server(node, {Folder + QStringLiteral("/server.js")});
        QJsonObject expected;
        for (auto it = m_cases.begin(); it != m_cases.end(); ++it)
            expected[it.key()] = outcomeOf(it.value().toArray(), server);
        QFile file(Folder + QStringLiteral("/expected.json"));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(QJsonDocument(expected).toJson());
    }

    const QJsonObject m_cases = readObject(QStringLiteral("cases.json"));
    const QJsonObject m_known = readObject(QStringLiteral("known-differences.json"));
    QJsonObject m_expected;
    std::unique_ptr<TestedServer> m_loopscope;
    std::unique_ptr<TestedServer> m_node;
};

QTEST_GUILESS_MAIN(OutsideClientsTest)
#include "OutsideClientsTest.moc"
