// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTest>

namespace {

struct Ended
{
    int exitCode = -1;
    QByteArray output;
    QByteArray errors;
};

Ended labQueue(const QString &arguments)
{
    QProcess process;
    process.start(qEnvironmentVariable("LOOPSCOPE_BIN") + QStringLiteral("/loopscope"),
        QStringList{QStringLiteral("lab"), QStringLiteral("queue")} + arguments.split(QLatin1Char(' '), Qt::SkipEmptyParts));
    if (!process.waitForFinished(60'000))
        return {};
    return {process.exitCode(), process.readAllStandardOutput(), process.readAllStandardError()};
}

} // namespace

class LabQueueTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void json();
    void text();
    void sameSeedSameFigures();
    void warnsOfOverload();
    void fewCustomersHaveNoIntervals();
    void wrongUse_data();
    void wrongUse();
};

void LabQueueTest::json()
{
    const Ended ended =
        labQueue(QStringLiteral("--arrivals poisson:2.4 --service exp:1 --servers 4 --customers 200000 --seed 3 --capacity 6 --json"));
    QCOMPARE(ended.exitCode, 0);
    QCOMPARE(ended.errors, QByteArray());
    const QJsonObject object = QJsonDocument::fromJson(ended.output).object();
    const QJsonObject formula = object[QLatin1String("formula")].toObject();
    for (const char *name : {"meanWait", "meanSojourn", "p50", "p99", "utilisation", "meanInSystem", "lostShare"}) {
        const double halfWidth = object[QLatin1String("halfWidths")].toObject()[QLatin1String(name)].toDouble(-1);
        const double theory = formula[QLatin1String(name)].toDouble(-1);
        QVERIFY2(halfWidth > 0 && theory > 0, name);
        QVERIFY2(std::abs(object[QLatin1String(name)].toDouble() - theory) <= 2 * halfWidth, name);
    }
    QVERIFY(object[QLatin1String("lost")].toInt() > 1000);
    QCOMPARE(object[QLatin1String("customers")].toInt(), 200'000);
    QVERIFY(object[QLatin1String("customersPerSecond")].toDouble() > 1000);
    QVERIFY(object[QLatin1String("littleDifference")].toDouble() < 0.005);
    QCOMPARE(object[QLatin1String("truth")].toString(), QStringLiteral("modelled"));
    QCOMPARE(object[QLatin1String("queue")].toString(), QStringLiteral("M/M/4/6"));
}

void LabQueueTest::text()
{
    const Ended ended = labQueue(QStringLiteral("--arrivals=poisson:0.5 --service=det:1 --customers=20000"));
    QCOMPARE(ended.exitCode, 0);
    for (const char *part : {"M/D/1 (modelled): 20000 customers counted after 2000, seed 1", "Pollaczek-Khinchine", "mean wait",
             "sojourn p99", "Little's law: L = ", "million customers/s"})
        QVERIFY2(ended.output.contains(part), part);
}

void LabQueueTest::sameSeedSameFigures()
{
    const auto figures = [](int seed) {
        const Ended ended =
            labQueue(QStringLiteral("--arrivals erlang:2:3 --service exp:1 --discipline ps --customers 10000 --json --seed %1").arg(seed));
        QJsonObject object = QJsonDocument::fromJson(ended.output).object();
        object.remove(QLatin1String("wallSeconds"));
        object.remove(QLatin1String("customersPerSecond"));
        return object;
    };
    QVERIFY(!figures(5).isEmpty());
    QCOMPARE(figures(5), figures(5));
    QVERIFY(figures(5)[QLatin1String("meanWait")] != figures(6)[QLatin1String("meanWait")]);
}

void LabQueueTest::warnsOfOverload()
{
    const Ended ended = labQueue(QStringLiteral("--arrivals poisson:2 --service exp:1 --customers 10000"));
    QCOMPARE(ended.exitCode, 0);
    QVERIFY(ended.errors.contains("cannot keep up"));
    QVERIFY(ended.output.contains("There is no steady state"));
    QVERIFY(!ended.output.contains("+-"));
}

/// A hundred customers say something of the median, and nothing of the p99.9.
void LabQueueTest::fewCustomersHaveNoIntervals()
{
    for (const auto &[customers, known] : {std::pair(100, 0), {1000, 1}, {100000, 3}, {200000, 4}}) {
        const Ended ended = labQueue(QStringLiteral("--arrivals exp:1 --service exp:2 --json --customers %1").arg(customers));
        const QJsonObject halfWidths = QJsonDocument::fromJson(ended.output).object()[QLatin1String("halfWidths")].toObject();
        int found = 0;
        for (const char *name : {"p50", "p90", "p99", "p999"})
            found += halfWidths[QLatin1String(name)].isDouble() ? 1 : 0;
        QCOMPARE(found, known);
    }
}

void LabQueueTest::wrongUse_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QByteArray>("saying");
    QTest::newRow("nothing") << QString() << QByteArray("needs --arrivals and --service");
    QTest::newRow("no such option") << QStringLiteral("--speed 3") << QByteArray("no option '--speed'");
    QTest::newRow("no value") << QStringLiteral("--arrivals") << QByteArray("needs a value after it");
    QTest::newRow("no distribution") << QStringLiteral("--arrivals poisson:3 --service gauss:1")
                                     << QByteArray("--service: there is no distribution 'gauss'");
    QTest::newRow("no server") << QStringLiteral("--servers 0") << QByteArray("from 1 to 1000000, not '0'");
    QTest::newRow("no room") << QStringLiteral("--arrivals poisson:3 --service exp:1 --servers 3 --capacity 2")
                             << QByteArray("makes no sense");
    QTest::newRow("no discipline") << QStringLiteral("--discipline lifo") << QByteArray("'fifo' or 'ps', not 'lifo'");
    QTest::newRow("absurd") << QStringLiteral("--customers 99999999999999999999") << QByteArray("from 1 to 1000000000000");
}

void LabQueueTest::wrongUse()
{
    QFETCH(QString, arguments);
    QFETCH(QByteArray, saying);
    const Ended ended = labQueue(arguments);
    QCOMPARE(ended.exitCode, 2);
    QCOMPARE(ended.output, QByteArray());
    QVERIFY2(ended.errors.contains(saying), ended.errors.constData());
}

QTEST_GUILESS_MAIN(LabQueueTest)
#include "LabQueueTest.moc"
