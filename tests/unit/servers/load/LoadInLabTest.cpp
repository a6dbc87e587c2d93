// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/load/LoadInLab.h"

#include "servers/lab/ToldRequests.h"

#include <QTest>

using namespace loopscope;

class LoadInLabTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void fewBarsKeepAllCounts();
    void toldRequestsAreSpread();
};

void LoadInLabTest::fewBarsKeepAllCounts()
{
    LatencyHistogram histogram;
    for (quint64 value = 1; value < 40'000'000'000; value += value / 50 + 1)
        histogram.record(value, value % 3 + 1);
    const std::vector<LabBar> bars = coarseBarsOf(histogram);
    qint64 counted = 0;
    for (std::size_t i = 0; i < bars.size(); ++i) {
        QVERIFY(bars[i].count > 0);
        QVERIFY(bars[i].to > bars[i].from);
        QVERIFY(i == 0 || bars[i].from >= bars[i - 1].to);
        QVERIFY(bars[i].from < 20e-9 || bars[i].to <= bars[i].from * 1.125 + 1e-15); // an eighth of a power of two at most
        counted += bars[i].count;
        // No request is on the wrong side of an edge.
        const auto below = static_cast<qint64>(histogram.countUpTo(static_cast<quint64>(std::llround(bars[i].to * 1e9)) - 1));
        QCOMPARE(counted, below);
    }
    QCOMPARE(counted, static_cast<qint64>(histogram.count()));
    QVERIFY(bars.size() <= 8 * 36);
    QVERIFY(coarseBarsOf({}).empty());
}

void LoadInLabTest::toldRequestsAreSpread()
{
    for (quint64 number = 1; number < 128; ++number)
        QVERIFY(isAlwaysTold(number));
    for (quint64 doubling = 128; doubling < 1'000'000; doubling *= 2) {
        int told = 0;
        for (quint64 number = doubling; number < 2 * doubling; ++number)
            told += isAlwaysTold(number) ? 1 : 0;
        QCOMPARE(told, 64);
    }
}

QTEST_GUILESS_MAIN(LoadInLabTest)
#include "LoadInLabTest.moc"
