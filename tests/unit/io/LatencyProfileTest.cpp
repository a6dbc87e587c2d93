// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/LatencyProfile.h"

#include <QFile>
#include <QJsonDocument>
#include <QTest>

using namespace loopscope;

class LatencyProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExample();
    void leavesOutWhatIsUsual();
    void serversHaveTheirFilesInMemory();
    void complaintsSayWhere_data();
    void complaintsSayWhere();
};

void LatencyProfileTest::readsTheExample()
{
    QFile file(QStringLiteral(EXAMPLE));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QString complaint;
    const auto profile = LatencyProfile::parse(file.readAll(), &complaint);
    QVERIFY2(profile, qPrintable(complaint));
    QCOMPARE(profile->diskLatency(QStringLiteral("readFile")).least, quint64{4'000'000});
    QCOMPARE(profile->diskLatency(QStringLiteral("stat")).most, quint64{2'000'000});
    const NetworkProfile &network = profile->network();
    QCOMPARE(network.hosts.size(), std::size_t{2});
    const NetworkHost &far = network.hosts.back();
    QCOMPARE(far.addresses.size(), std::size_t{2});
    QCOMPARE(far.link.bytesPerSecond, quint64{2'500'000});
    QCOMPARE(far.link.lossPerMillion, 5'000U);
    QVERIFY(!network.loopback.isLoopback);
    QCOMPARE(network.sendBuffer, qint64{65'536});
}

static IoResult bytesRead(qsizetype count)
{
    IoResult result;
    result.value.value = QByteArray(count, 'x');
    return result;
}

void LatencyProfileTest::leavesOutWhatIsUsual()
{
    QString complaint;
    const LatencyProfile servers = LatencyProfile::ofServers();
    const auto profile =
        LatencyProfile::parse(R"({"disk": {"stat": "1ms"}, "pool": {"wakeUp": "7us", "bandwidth": "100MB/s"}})", &complaint, servers);
    QVERIFY2(profile, qPrintable(complaint));
    QCOMPARE(profile->diskLatency(QStringLiteral("stat")).least, quint64{1'000'000});
    QCOMPARE(profile->diskLatency(QStringLiteral("readFile")).most, servers.diskLatency(QStringLiteral("readFile")).most);
    QCOMPARE(profile->poolWakeUp().most, quint64{7'000});
    IoOperation read;
    read.name = QStringLiteral("readFile");
    QCOMPARE(profile->transferTime(read, bytesRead(1'000)), quint64{10'000});
}

// About 0.05 ms for a small file, as measured (docs/simulated-io.md), and what waits for the device waits.
void LatencyProfileTest::serversHaveTheirFilesInMemory()
{
    const LatencyProfile servers = LatencyProfile::ofServers();
    const LatencyRange read = servers.diskLatency(QStringLiteral("readFile"));
    QVERIFY(servers.poolWakeUp().least + read.least > 30'000 && servers.poolWakeUp().most + read.most < 100'000);
    QVERIFY(servers.diskLatency(QStringLiteral("fsync")).least >= 1'000'000);
    IoOperation whole;
    whole.name = QStringLiteral("readFile");
    QCOMPARE(servers.transferTime(whole, bytesRead(1'000'000)), quint64{200'000});
    QCOMPARE(LatencyProfile().transferTime(whole, bytesRead(1'000'000)), quint64{2'000'000});
    // Scaled, written and read again: all times but those of the device.
    QString complaint;
    const QByteArray text = QJsonDocument(servers.scaledDisk(2)).toJson();
    const auto scaled = LatencyProfile::parse(text, &complaint);
    QVERIFY2(scaled, qPrintable(complaint));
    QCOMPARE(scaled->diskLatency(QStringLiteral("readFile")).most, 2 * read.most);
    QCOMPARE(scaled->diskLatency(QStringLiteral("stat")).least, 2 * servers.diskLatency(QStringLiteral("stat")).least);
    QCOMPARE(scaled->poolWakeUp().least, 2 * servers.poolWakeUp().least);
    QCOMPARE(scaled->diskLatency(QStringLiteral("fsync")).most, servers.diskLatency(QStringLiteral("fsync")).most);
    QCOMPARE(scaled->transferTime(whole, bytesRead(1'000'000)), quint64{200'000});
}

void LatencyProfileTest::complaintsSayWhere_data()
{
    QTest::addColumn<QByteArray>("json");
    QTest::addColumn<QString>("start");
    QTest::newRow("no JSON") << QByteArray("{\n\n  x }") << QStringLiteral("line 3: ");
    QTest::newRow("no object") << QByteArray("[]") << QStringLiteral("line 1: ");
    QTest::newRow("unknown part") << QByteArray(R"({"disc": {}})") << QStringLiteral("disc: nothing has this name; write one of: disk,");
    QTest::newRow("time") << QByteArray(R"({"dns": {"lookup": "5 parsecs"}})")
                          << QStringLiteral("dns.lookup: \"5 parsecs\" is no time; write");
    QTest::newRow("range the wrong way round") << QByteArray(R"({"disk": {"stat": "3ms..1ms"}})") << QStringLiteral("disk.stat: ");
    QTest::newRow("bandwidth") << QByteArray(R"({"hosts": {"a": {"address": "10.0.0.1", "bandwidth": 0}}})")
                               << QStringLiteral("hosts.a.bandwidth: 0 is no bandwidth; write");
    QTest::newRow("loss") << QByteArray(R"({"loopback": {"loss": "120%"}})") << QStringLiteral("loopback.loss: ");
    QTest::newRow("address") << QByteArray(R"({"hosts": {"a": {"address": "here"}}})")
                             << QStringLiteral("hosts.a.address: \"here\" is no IP address");
    QTest::newRow("no address") << QByteArray(R"({"hosts": {"a": {}}})") << QStringLiteral("hosts.a.address: ");
    QTest::newRow("record type") << QByteArray(R"({"hosts": {"a": {"address": "10.0.0.1", "records": {"X": []}}}})")
                                 << QStringLiteral("hosts.a.records.X: ");
    QTest::newRow("buffer") << QByteArray(R"({"buffers": {"send": 5}})") << QStringLiteral("buffers.send: 5 is no size");
}

void LatencyProfileTest::complaintsSayWhere()
{
    QFETCH(QByteArray, json);
    QFETCH(QString, start);
    QString complaint;
    QVERIFY(!LatencyProfile::parse(json, &complaint));
    QVERIFY2(complaint.startsWith(start), qPrintable(complaint));
}

QTEST_GUILESS_MAIN(LatencyProfileTest)
#include "LatencyProfileTest.moc"
