// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/queueing/Distribution.h"

#include <QTemporaryDir>
#include <QTest>

#include <cmath>

using namespace loopscope;

namespace {

Distribution parsed(const QString &text)
{
    QString problem;
    const auto distribution = Distribution::parse(text, &problem);
    if (!distribution)
        qFatal("%s", qPrintable(problem));
    return *distribution;
}

} // namespace

class DistributionTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void samplesAreDistributedSo_data();
    void samplesAreDistributedSo();
    void transformIsTheMeanOfPowers_data();
    void transformIsTheMeanOfPowers();
    void valuesOfAFile();
    void wrongTexts_data();
    void wrongTexts();
    void sameSeedSameSamples();
    void normalNumbersAreNormal();
    void wholeNumbersAreEven();

private:
    QTemporaryDir m_folder;
    QString fileWith(const QByteArray &content) const
    {
        QFile file(m_folder.filePath(QStringLiteral("values")));
        if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
            qFatal("no temporary file");
        return file.fileName();
    }
};

void DistributionTest::samplesAreDistributedSo_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<double>("mean");
    QTest::addColumn<double>("secondMoment");
    QTest::newRow("exponential") << QStringLiteral("exp:4") << 0.25 << 0.125;
    QTest::newRow("constant") << QStringLiteral("det:2") << 2.0 << 4.0;
    QTest::newRow("erlang") << QStringLiteral("erlang:3:6") << 0.5 << 12 / 36.0;
    QTest::newRow("erlang of many stages") << QStringLiteral("erlang:50:10") << 5.0 << 25.5;
    QTest::newRow("hyperexponential") << QStringLiteral("hyperexp:0.25:1:5") << 0.4 << 2 * (0.25 + 0.03);
    QTest::newRow("lognormal") << QStringLiteral("lognormal:0:0.5") << std::exp(0.125) << std::exp(0.5);
    QTest::newRow("pareto") << QStringLiteral("pareto:5:2") << 2.5 << 20 / 3.0;
}

void DistributionTest::samplesAreDistributedSo()
{
    QFETCH(QString, text);
    QFETCH(double, mean);
    QFETCH(double, secondMoment);
    const Distribution distribution = parsed(text);
    QCOMPARE(distribution.text(), text);
    QVERIFY(std::abs(distribution.mean() - mean) < 1e-12 * mean);
    QVERIFY(std::abs(distribution.secondMoment() - secondMoment) < 1e-12 * secondMoment);
    constexpr int count = 1'000'000;
    RandomStream random(3);
    std::vector<double> samples(count);
    double sum = 0;
    for (double &sample : samples)
        sum += sample = distribution.sample(random);
    const double deviation = std::sqrt(std::max(0.0, distribution.variance()));
    QVERIFY(std::abs(sum / count - mean) < 4.5 * deviation / 1000 + 1e-9);
    // The whole shape: the greatest distance of the two distribution functions (Kolmogorov and Smirnov; 1.95 / sqrt(n) once in a thousand
    // runs).
    std::sort(samples.begin(), samples.end());
    if (distribution.kind() == Distribution::Kind::Deterministic) {
        QCOMPARE(samples.front(), mean);
        QCOMPARE(samples.back(), mean);
        return;
    }
    double distance = 0;
    for (int i = 0; i < count; i += 10)
        distance = std::max(distance, std::abs((1 - distribution.tail(samples[static_cast<size_t>(i)])) - (i + 0.5) / count));
    QVERIFY2(distance < 1.95 / 1000, qPrintable(QString::number(distance)));
    const Distribution doubled = distribution.scaled(2);
    QVERIFY(std::abs(doubled.mean() - 2 * mean) < 1e-9 * mean);
    QVERIFY(std::abs(doubled.secondMoment() - 4 * secondMoment) < 1e-9 * secondMoment);
}

void DistributionTest::transformIsTheMeanOfPowers_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"exp:4", "det:2", "erlang:3:6", "hyperexp:0.25:1:5"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void DistributionTest::transformIsTheMeanOfPowers()
{
    QFETCH(QString, text);
    const Distribution distribution = parsed(text);
    const std::complex<double> s(0.7, 0.3);
    RandomStream random(3);
    std::complex<double> sum = 0;
    constexpr int count = 300'000;
    for (int i = 0; i < count; ++i)
        sum += std::exp(-s * distribution.sample(random));
    QVERIFY(std::abs(*distribution.transform(s) - sum / double(count)) < 0.003);
    QVERIFY(std::abs(*distribution.transform(0) - 1.0) < 1e-12);
    QVERIFY(!parsed(QStringLiteral("lognormal:0:1")).transform(s));
}

void DistributionTest::valuesOfAFile()
{
    const Distribution distribution = parsed(QStringLiteral("empirical:") + fileWith("# ms\n1\n\n2.5\n 4 \n2.5\n"));
    QCOMPARE(distribution.mean(), 2.5);
    QCOMPARE(distribution.secondMoment(), (1 + 6.25 + 16 + 6.25) / 4);
    QCOMPARE(distribution.tail(2.5), 0.25);
    RandomStream random(1);
    int ones = 0;
    for (int i = 0; i < 40'000; ++i) {
        const double value = distribution.sample(random);
        QVERIFY(value == 1 || value == 2.5 || value == 4);
        ones += value == 1 ? 1 : 0;
    }
    QVERIFY(std::abs(ones - 10'000) < 400);
}

void DistributionTest::wrongTexts_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("saying");
    const auto row = [](const char *text, const char *saying) {
        QTest::newRow(text) << QString::fromLatin1(text) << QString::fromLatin1(saying);
    };
    row("", "these are: exp:RATE, det:TIME");
    row("gauss:1:2", "there is no distribution 'gauss'");
    row("exp", "is no number");
    row("exp:", "is no number");
    row("exp:1:2", "is written exp:RATE");
    row("exp:0", "the rate has to be above 0");
    row("exp:-1", "the rate has to be above 0");
    row("exp:nan", "is no number");
    row("exp:inf", "is no number");
    row("det:-1", "cannot be negative");
    row("erlang:0:1", "from 1 to 1000000");
    row("erlang:1.5:1", "from 1 to 1000000");
    row("erlang:3:0", "the rate has to be above 0");
    row("hyperexp:1.1:1:1", "between 0 and 1");
    row("hyperexp:0.5:1", "is written hyperexp:P:R1:R2");
    row("lognormal:0:-1", "sigma cannot be negative");
    row("lognormal:1000:1", "too large");
    row("pareto:0:1", "above 0");
    row("empirical:", "needs the name of a file");
    row("empirical:/no/such/file", "cannot be read: No such file");
}

void DistributionTest::wrongTexts()
{
    QFETCH(QString, text);
    QFETCH(QString, saying);
    QString problem;
    QVERIFY(!Distribution::parse(text, &problem));
    QVERIFY2(problem.contains(saying), qPrintable(problem));
    for (const auto &[content, complaint] :
        {std::pair("", "no numbers"), std::pair("1\n-2\n", "line 2, but '-2'"), std::pair("1 2\n", "line 1")}) {
        QVERIFY(!Distribution::parse(QStringLiteral("empirical:") + fileWith(content), &problem));
        QVERIFY2(problem.contains(QLatin1String(complaint)), qPrintable(problem));
    }
}

void DistributionTest::sameSeedSameSamples()
{
    const Distribution distribution = parsed(QStringLiteral("lognormal:0:1"));
    RandomStream first(9);
    RandomStream second(9);
    RandomStream other(10);
    int equal = 0;
    for (int i = 0; i < 1000; ++i) {
        const double value = distribution.sample(first);
        QCOMPARE(distribution.sample(second), value);
        equal += distribution.sample(other) == value ? 1 : 0;
    }
    QCOMPARE(equal, 0);
}

void DistributionTest::normalNumbersAreNormal()
{
    RandomStream random(5);
    std::vector<double> samples(200'000);
    std::generate(samples.begin(), samples.end(), [&] { return random.normal(); });
    std::sort(samples.begin(), samples.end());
    double distance = 0;
    for (size_t i = 0; i < samples.size(); ++i)
        distance = std::max(distance, std::abs(0.5 * std::erfc(-samples[i] / std::sqrt(2.0)) - (static_cast<double>(i) + 0.5) / 200'000));
    QVERIFY(distance < 1.95 / std::sqrt(200'000.0));
}

void DistributionTest::wholeNumbersAreEven()
{
    RandomStream random(6);
    std::array<int, 7> counts = {};
    for (int i = 0; i < 700'000; ++i)
        ++counts.at(random.below(7));
    for (const int count : counts)
        QVERIFY(std::abs(count - 100'000) < 1500);
}

QTEST_GUILESS_MAIN(DistributionTest)
#include "DistributionTest.moc"
