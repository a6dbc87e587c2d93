// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/LatencyProfile.h"

#include <QFile>
#include <QTest>

using namespace loopscope;

class LatencyProfileTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExample();
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
