// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loop/LoopScheduler.h"

#include <QTest>

#include <algorithm>
#include <thread>
#include <vector>

using loopscope::LoopScheduler;

namespace {

constexpr quint64 never = LoopScheduler::never;

/// What happened, in the order in which it did. Not locked: only the loop that has the turn may write.
using Log = std::vector<std::pair<quint64, int>>; ///< moment, loop

/// A loop that works in steps of so many ns, and logs each one's end once it may.
void work(LoopScheduler &scheduler, int loop, quint64 from, quint64 step, int steps, Log &log)
{
    quint64 now = from;
    for (int i = 0; i < steps; ++i) {
        now += step;
        if (now >= scheduler.askAt(loop))
            scheduler.goOn(loop, now);
        log.push_back({now, loop});
    }
}

} // namespace

class LoopSchedulerTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void aloneNeedsNotAsk();
    void happensInTheOrderOfTime();
    void busyLoopsDoNotDelayEachOther();
    void sleeperIsWoken();
    void tellsTheMainLoopThatAllIsOver();
    void idleLoopsEndTheRunTogether();
};

void LoopSchedulerTest::aloneNeedsNotAsk()
{
    LoopScheduler scheduler;
    QVERIFY(!scheduler.hasOthers(0));
    QCOMPARE(scheduler.askAt(0), never);
    scheduler.goOn(0, 5);
    QCOMPARE(scheduler.sleep(0, 70), 70ULL);
}

void LoopSchedulerTest::happensInTheOrderOfTime()
{
    Log first;
    for (int run = 0; run < 20; ++run) {
        LoopScheduler scheduler;
        Log log;
        std::vector<std::thread> threads;
        for (const quint64 step : {7U, 10U, 13U}) {
            const int loop = scheduler.add(100);
            threads.emplace_back([&scheduler, &log, loop, step] {
                scheduler.begin(loop);
                work(scheduler, loop, 100, step, 50, log);
                scheduler.end(loop);
            });
        }
        work(scheduler, 0, 0, 9, 60, log);
        while (scheduler.hasOthers(0))
            scheduler.sleep(0, never);
        for (std::thread &thread : threads)
            thread.join();
        QVERIFY(std::is_sorted(log.begin(), log.end())); // by moment, then by number
        QCOMPARE(log.size(), std::size_t{210});
        if (run == 0)
            first = log;
        QVERIFY(log == first);
    }
}

void LoopSchedulerTest::busyLoopsDoNotDelayEachOther()
{
    LoopScheduler scheduler;
    Log log;
    const int loop = scheduler.add(0);
    std::thread thread([&] {
        scheduler.begin(loop);
        work(scheduler, loop, 0, 1000, 100, log);
        QCOMPARE(scheduler.busyAt(loop, 100'000), 2);
        scheduler.end(loop);
    });
    work(scheduler, 0, 0, 1000, 100, log);
    scheduler.goOn(0, 100'001);
    thread.join();
    QCOMPARE(log.back().first, 100'000ULL);
}

void LoopSchedulerTest::sleeperIsWoken()
{
    LoopScheduler scheduler;
    quint64 woken = 0;
    const int loop = scheduler.add(10);
    std::thread thread([&] {
        scheduler.begin(loop);
        woken = scheduler.sleep(loop, never);
        scheduler.end(loop);
    });
    scheduler.goOn(0, 50); // the other one sleeps now
    QCOMPARE(scheduler.askAt(0), never);
    scheduler.wake(loop, 80);
    QCOMPARE(scheduler.askAt(0), 81ULL);
    scheduler.goOn(0, 81);
    thread.join();
    QCOMPARE(woken, 80ULL);
}

void LoopSchedulerTest::tellsTheMainLoopThatAllIsOver()
{
    LoopScheduler scheduler;
    const int loop = scheduler.add(10);
    std::thread thread([&] {
        scheduler.begin(loop);
        scheduler.sleep(loop, never); // until the main loop ends it
        scheduler.end(loop);
    });
    QCOMPARE(scheduler.sleep(0, never), never);
    scheduler.wake(loop, 20);
    scheduler.sleep(0, 30);
    thread.join();
}

void LoopSchedulerTest::idleLoopsEndTheRunTogether()
{
    LoopScheduler scheduler;
    const int loop = scheduler.add(10);
    std::vector<quint64> moments;
    std::thread thread([&] {
        scheduler.begin(loop);
        moments.push_back(scheduler.sleep(loop, 40, true)); // the main loop is not idle yet
        moments.push_back(scheduler.sleep(loop, 60, true)); // now it is; and asks for the end
        scheduler.end(loop);
    });
    QCOMPARE(scheduler.sleep(0, 50), 50ULL);
    QCOMPARE(scheduler.sleep(0, 70, true), never);
    scheduler.wake(loop, 55);
    scheduler.sleep(0, 80);
    thread.join();
    QCOMPARE(moments, (std::vector<quint64>{40, 55}));
}

QTEST_GUILESS_MAIN(LoopSchedulerTest)
#include "LoopSchedulerTest.moc"
