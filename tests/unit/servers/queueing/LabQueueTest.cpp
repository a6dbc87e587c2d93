// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <QElapsedTimer>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
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
    void anyArrivalsAtOneExponentialServer_data();
    void anyArrivalsAtOneExponentialServer();
    void whyThereIsNoFormula_data();
    void whyThereIsNoFormula();
    void hostileDistributions_data();
    void hostileDistributions();
    void wrongUse_data();
    void wrongUse();

private:
    QTemporaryDir m_folder;
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
        QCOMPARE(ended.errors.contains("for a confidence interval: ask for more (--customers)."), known < 4);
        QCOMPARE(ended.errors.contains("too few customers lie beyond the p99.9 for"), known == 3);
    }
}

void LabQueueTest::anyArrivalsAtOneExponentialServer_data()
{
    QTest::addColumn<QString>("arrivals");
    QVERIFY(m_folder.isValid());
    QFile file(m_folder.filePath(QStringLiteral("gaps.txt")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("0.5\n0.5\n4\n") > 0);
    file.close();
    for (const char *text : {"det:1.4", "erlang:3:2", "hyperexp:0.5:0.4:2", "lognormal:0:0.8", "pareto:2.5:1"})
        QTest::newRow(text) << QString::fromLatin1(text);
    QTest::newRow("empirical") << QStringLiteral("empirical:") + file.fileName();
}

void LabQueueTest::anyArrivalsAtOneExponentialServer()
{
    QFETCH(QString, arrivals);
    const Ended ended = labQueue(QStringLiteral("--arrivals %1 --service exp:1 --customers 1000000 --seed 5 --json").arg(arrivals));
    QCOMPARE(ended.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(ended.output).object();
    const QJsonObject formula = object[QLatin1String("formula")].toObject();
    QCOMPARE(formula[QLatin1String("name")].toString(), QStringLiteral("G/M/1"));
    for (const char *name : {"meanWait", "meanSojourn", "p50", "p90", "p99", "p999", "utilisation", "meanInSystem"}) {
        const double halfWidth = object[QLatin1String("halfWidths")].toObject()[QLatin1String(name)].toDouble(-1);
        const double theory = formula[QLatin1String(name)].toDouble(-1);
        QVERIFY2(halfWidth > 0 && theory > 0 && halfWidth < theory / 10, name);
        QVERIFY2(std::abs(object[QLatin1String(name)].toDouble() - theory) <= 2 * halfWidth, name);
    }
}

void LabQueueTest::whyThereIsNoFormula_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<bool>("hasSteadyState");
    QTest::addColumn<QString>("theory"); // a part of it
    QTest::newRow("overload") << QStringLiteral("--arrivals exp:2 --service exp:1") << false
                              << QStringLiteral("more comes than can be served");
    QTest::newRow("full load") << QStringLiteral("--arrivals det:1 --service exp:1") << false << QStringLiteral("no steady state");
    QTest::newRow("overload, no formula either")
        << QStringLiteral("--arrivals det:1 --service det:9 --servers 2") << false << QStringLiteral("no steady state");
    QTest::newRow("endless service") << QStringLiteral("--arrivals exp:1 --service pareto:1:0.1 --capacity 5") << false
                                     << QStringLiteral("service takes for ever on average");
    QTest::newRow("no room to grow") << QStringLiteral("--arrivals exp:2 --service exp:1 --capacity 5") << true
                                     << QStringLiteral("capacity K");
    QTest::newRow("infinite wait") << QStringLiteral("--arrivals exp:1 --service pareto:1.5:0.1") << true
                                   << QStringLiteral("the mean wait is infinite");
    QTest::newRow("none known") << QStringLiteral("--arrivals det:1 --service det:0.5 --servers 2") << true
                                << QStringLiteral("no closed formula");
}

void LabQueueTest::whyThereIsNoFormula()
{
    QFETCH(QString, arguments);
    QFETCH(bool, hasSteadyState);
    QFETCH(QString, theory);
    const Ended ended = labQueue(arguments + QStringLiteral(" --customers 5000 --json"));
    QCOMPARE(ended.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(ended.output).object();
    QCOMPARE(object[QLatin1String("hasSteadyState")].toBool(!hasSteadyState), hasSteadyState);
    QVERIFY2(object[QLatin1String("theory")].toString().contains(theory), ended.output.constData());
    QVERIFY(labQueue(arguments + QStringLiteral(" --customers 5000")).output.contains(theory.toUtf8()));
}

void LabQueueTest::hostileDistributions_data()
{
    QTest::addColumn<QString>("distribution");
    // Numbers at the ends of what a double holds, and beyond; other digits; nothing; too much; files that are none.
    for (const char *text : {"exp:1e308", "exp:1e-308", "exp:5e-324", "exp:1e50", "exp:1e-50", "exp:0", "exp:-1", "exp:-0", "exp:nan",
             "exp:inf", "exp:1e400", "exp:", "exp", "exp:1:2", "exp:0x10", "exp:1,5", "exp:1e", "exp:\u0661", "EXP:1", ":",
             "::::", "det:1e308", "det:-0", "det:1e-320", "det:1e50", "erlang:1000000:1e-300", "erlang:1:1e308", "erlang:0:1",
             "erlang:1.5:1", "erlang:1e9:1", "erlang:1000000:1", "hyperexp:1:1:1e-308", "hyperexp:2:1:1", "hyperexp:nan:1:1",
             "hyperexp:0:1e-50:1e50", "lognormal:700:0", "lognormal:-800:0", "lognormal:0:40", "lognormal:-115:0", "lognormal:115:0",
             "lognormal:0:-1", "pareto:1e-300:1", "pareto:1e300:1", "pareto:1:1e308", "pareto:0.1:1e50", "pareto:0.05:1", "pareto:1:0",
             "empirical:", "empirical:/", "empirical:/dev/zero", "empirical:/dev/null", "empirical:/proc/self/mem", "empirical:/nowhere",
             "empirical:/proc/self/exe", "%1%2%n", "exp:%s", "poisson:1e308", "poisson:"})
        QTest::newRow(text) << QString::fromUtf8(text);
    QTest::newRow("long") << QStringLiteral("exp:") + QString(100000, QLatin1Char('9'));
    QTest::newRow("many colons") << QString(100000, QLatin1Char(':'));
}

/// Whatever is written is refused in a sentence, or gives figures that are numbers; and at once.
void LabQueueTest::hostileDistributions()
{
    QFETCH(QString, distribution);
    for (const char *arguments : {"--arrivals exp:1 --service %1", "--service exp:2 --arrivals %1",
             "--service exp:2 --capacity 4 --arrivals %1", "--arrivals exp:1 --discipline ps --servers 3 --service %1"}) {
        QElapsedTimer clock;
        clock.start();
        const Ended ended = labQueue(QString::fromLatin1(arguments).arg(distribution) + QStringLiteral(" --customers 2000"));
        const QByteArray told = distribution.left(40).toUtf8() + ": " + arguments + ended.output + ended.errors.left(1000);
        QVERIFY2(ended.exitCode == 0 || ended.exitCode == 2, told.constData());
        constexpr qint64 longest = 10000; // of a machine with much else to do
        QVERIFY2(clock.elapsed() < longest, told.constData());
        QCOMPARE(ended.output.isEmpty(), ended.exitCode == 2);
        QVERIFY2(ended.exitCode == 0 || ended.errors.startsWith("loopscope: "), told.constData());
        QVERIFY2(ended.errors.size() < 1000, told.constData());
        const QByteArray figures = ended.output.toLower();
        QVERIFY2(!figures.contains("nan") && !figures.contains(" inf") && !figures.contains("-inf"), told.constData());
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
