// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

namespace {

/// An HTTP server that answers with what it is asked for, after 5 ms.
const char server[] = "require('http').createServer((q, r) => setTimeout(() => r.end('hello ' + q.url), 5)).listen(8080);";
/// A server of bytes: says how many came.
const char sink[] =
    "require('net').createServer((c) => { let n = 0; c.on('data', (d) => n += d.length).on('end', () => c.end(`${n}`)); }).listen(9000);";
/// Sends 1 MB after 3 ms, and prints the answer and the whole milliseconds that it took.
const char source[] = "setTimeout(() => { const t = Date.now(); const c = require('net').connect(9000); c.end(Buffer.alloc(1e6));"
                      "c.on('data', (d) => console.log(`${d} in ${Date.now() - t} ms`)); }, 3);";

} // namespace

/// Scripts that run beside each other in one virtual time and on one simulated network, as a person starts them.
class BesideTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void meet_data();
    void meet();
    void lineTakesTime();
    void sameSeedSameRecording();
    void serversAloneEnd();

private:
    QByteArray run(const QStringList &arguments, int expectedExitCode);
    void write(const QString &name, const QByteArray &text);

    QString m_program;
    std::unique_ptr<QTemporaryDir> m_folder;
};

void BesideTest::initTestCase()
{
    m_program = qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope");
    QVERIFY2(QFile::exists(m_program), "LOOPSCOPE_BIN must name the folder of the programs; ctest sets it");
}

void BesideTest::init() { m_folder = std::make_unique<QTemporaryDir>(); }

void BesideTest::write(const QString &name, const QByteArray &text)
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(text) == text.size());
}

/// What it prints to both streams.
QByteArray BesideTest::run(const QStringList &arguments, int expectedExitCode)
{
    QProcess process;
    process.setWorkingDirectory(m_folder->path());
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(m_program, QStringList(QStringLiteral("run")) + arguments);
    process.closeWriteChannel();
    if (!process.waitForFinished(60'000)) {
        process.kill();
        process.waitForFinished();
    }
    const QByteArray output = process.readAllStandardOutput();
    if (process.exitStatus() != QProcess::NormalExit || process.exitCode() != expectedExitCode)
        qWarning("exit code %d", process.exitCode());
    return process.exitCode() == expectedExitCode ? output : "exit code " + QByteArray::number(process.exitCode()) + ": " + output;
}

void BesideTest::meet_data()
{
    QTest::addColumn<QByteArray>("main");
    QTest::addColumn<QByteArray>("beside");
    QTest::addColumn<QByteArray>("output");
    QTest::addColumn<int>("exitCode");
    QTest::newRow("http") << QByteArray("setTimeout(() => fetch('http://localhost:8080/a').then((r) => r.text()).then(console.log), 1);")
                          << QByteArray(server) << QByteArray("hello /a\n") << 0;
    QTest::newRow("path") << QByteArray(
        "setTimeout(() => require('net').connect('/tmp/loopscope-beside').on('data', (d) => console.log(`${d}`)), 1);")
                          << QByteArray("require('net').createServer((c) => c.end('by path')).listen('/tmp/loopscope-beside');")
                          << QByteArray("by path\n") << 0;
    QTest::newRow("datagrams") << QByteArray(
        "const s = require('dgram').createSocket('udp4'); s.on('message', (m) => { console.log(`${m}`); s.close(); });"
        "setTimeout(() => s.send('ping', 5000, '127.0.0.1'), 1);")
                               << QByteArray("const s = require('dgram').createSocket('udp4'); s.on('message', (m, from) => s.send('pong', "
                                             "from.port, from.address)); s.bind(5000);")
                               << QByteArray("pong\n") << 0;
    QTest::newRow("port in use") << QByteArray(
        "require('net').createServer().listen(8080).on('listening', function () { setTimeout(() => this.close(), 5); });")
                                 << QByteArray("require('net').createServer().listen(8080).on('error', (e) => console.log(e.message));")
                                 << QByteArray("listen EADDRINUSE: address already in use :::8080\n") << 0;
    QTest::newRow("nobody listens yet") << QByteArray("require('net').connect(9000, '127.0.0.1').on('error', (e) => console.log(e.code));")
                                        << QByteArray("setTimeout(() => { require('net').createServer().listen(9000).unref(); }, 5);")
                                        << QByteArray("ECONNREFUSED\n") << 0;
    QTest::newRow("the server's process ends")
        << QByteArray(
               "require('net').createServer((c) => { c.write('x'); setTimeout(() => process.exit(3), 5); }).listen(9000, '127.0.0.1');")
        << QByteArray("setTimeout(() => { const c = require('net').connect(9000, '127.0.0.1'); c.resume(); c.on('end', () => "
                      "console.log('end')).on('close', () =>"
                      "require('net').connect(9000, '127.0.0.1').on('error', (e) => console.log(e.code))); }, 1);")
        << QByteArray("end\nECONNREFUSED\n") << 3;
    QTest::newRow("the client's process ends") << QByteArray(
        "require('net').createServer(function (c) { c.on('data', () => {}).on('error', (e) => console.log(e.code)).on('close', () => "
        "{ console.log('gone'); this.close(); }); c.write('unread'); }).listen(9000, '127.0.0.1');")
                                               << QByteArray("setTimeout(() => { const c = require('net').connect(9000, '127.0.0.1'); "
                                                             "c.write('x'); setTimeout(() => process.exit(), 5); }, 1);")
                                               << QByteArray("gone\n") << 0;
}

void BesideTest::meet()
{
    QFETCH(QByteArray, main);
    QFETCH(QByteArray, beside);
    QFETCH(QByteArray, output);
    QFETCH(int, exitCode);
    write(QStringLiteral("main.js"), main);
    write(QStringLiteral("beside.js"), beside);
    QCOMPARE(run({QStringLiteral("main.js"), QStringLiteral("--beside"), QStringLiteral("beside.js")}, exitCode), output);
}

void BesideTest::lineTakesTime()
{
    write(QStringLiteral("main.js"), source);
    write(QStringLiteral("beside.js"), sink);
    write(QStringLiteral("line.json"), R"({"loopback": {"roundTrip": "10ms", "bandwidth": "10MB/s"}})");
    const QByteArray output = run({QStringLiteral("main.js"), QStringLiteral("--beside"), QStringLiteral("beside.js"),
                                      QStringLiteral("--latency-profile"), QStringLiteral("line.json")},
        0);
    QVERIFY2(output.startsWith("1000000 in "), output.constData());
    const int milliseconds = output.mid(11).split(' ').first().toInt();
    // 100 ms for the bytes; the handshake, the last byte and the answer have a way of 5 ms each, at least.
    QVERIFY2(milliseconds >= 120 && milliseconds < 300, output.constData());
}

void BesideTest::sameSeedSameRecording()
{
    write(QStringLiteral("main.js"), source);
    write(QStringLiteral("beside.js"), sink);
    write(QStringLiteral("third.js"), QByteArray(source).replace("3);", "4);"));
    const auto recorded = [&](const QString &seed, const QString &name) {
        run({QStringLiteral("main.js"), QStringLiteral("--beside"), QStringLiteral("beside.js"), QStringLiteral("--beside"),
                QStringLiteral("third.js"), QStringLiteral("--seed"), seed, QStringLiteral("--record"), name},
            0);
        QFile file(m_folder->filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray first = recorded(QStringLiteral("3"), QStringLiteral("1.lscope"));
    QVERIFY(first.size() > 1000);
    QVERIFY(recorded(QStringLiteral("3"), QStringLiteral("2.lscope")) == first);
    QVERIFY(recorded(QStringLiteral("4"), QStringLiteral("3.lscope")) != first);
}

void BesideTest::serversAloneEnd()
{
    write(QStringLiteral("main.js"), server);
    write(QStringLiteral("beside.js"), sink);
    const QByteArray output = run({QStringLiteral("main.js"), QStringLiteral("--beside"), QStringLiteral("beside.js")}, 124);
    QVERIFY2(output.contains("waits for ever"), output.constData());
}

QTEST_GUILESS_MAIN(BesideTest)
#include "BesideTest.moc"
