// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// More records than are sorted in memory come back in order.
#include "exchange/TraceSpool.h"

#include <QTest>

#include <random>

using namespace loopscope;

class TraceSpoolTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void recordsComeInOrder_data();
    void recordsComeInOrder();
};

void TraceSpoolTest::recordsComeInOrder_data()
{
    QTest::addColumn<quint64>("count");
    QTest::addColumn<quint64>("times");
    QTest::newRow("none") << quint64{0} << quint64{1};
    QTest::newRow("in memory") << quint64{1000} << quint64{100000};
    QTest::newRow("in a file, many equal") << quint64{1200000} << quint64{500};
    QTest::newRow("in a file, few equal") << quint64{1200000} << quint64{1000000000};
    QTest::newRow("in a file, all equal") << quint64{1100000} << quint64{1};
}

void TraceSpoolTest::recordsComeInOrder()
{
    QFETCH(quint64, count);
    QFETCH(quint64, times);
    std::mt19937_64 random(7);
    TraceSpool spool;
    for (quint64 number = 0; number < count; ++number)
        spool.add({.event = {.time = random() % times}, .extra = number});
    quint64 seen = 0;
    quint64 sum = 0;
    TraceRecord before;
    bool isOrdered = true;
    QVERIFY(spool.replay([&](const TraceRecord &record) {
        isOrdered = isOrdered
            && (seen == 0 || record.event.time > before.event.time
                || (record.event.time == before.event.time && record.extra > before.extra));
        before = record;
        ++seen;
        sum += record.extra;
    }));
    QVERIFY(isOrdered);
    QCOMPARE(seen, count);
    QCOMPARE(sum, count == 0 ? 0 : count * (count - 1) / 2);
}

QTEST_GUILESS_MAIN(TraceSpoolTest)
#include "TraceSpoolTest.moc"
