// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/Machine.h"

#include <QtTest>

#include <map>

using namespace loopscope;

namespace {

constexpr quint64 millisecond = 1'000'000;

/// Threads with one burst each, all alike.
class OneBurstEach final : public Machine::Client
{
public:
    Machine::Burst burst;
    std::map<int, quint64> begun;
    std::map<int, quint64> ended;
    std::map<int, std::vector<quint64>> reached;
    int bursts = 1; ///< of each thread, one after the other
    std::map<int, int> had;

    Machine::Burst begin(int thread, quint64 now) override
    {
        begun.emplace(thread, now);
        return burst;
    }
    void reach(int thread, std::size_t mark, quint64 now) override
    {
        QCOMPARE(mark, reached[thread].size());
        reached[thread].push_back(now);
    }
    bool end(int thread, quint64 now) override
    {
        ended[thread] = now;
        return ++had[thread] < bursts;
    }
    void scheduled(int, bool, quint64) override { }
};

void run(Machine &machine)
{
    for (quint64 next = machine.nextMoment(); next != Machine::never; next = machine.nextMoment())
        machine.advanceTo(next);
}

} // namespace

/// Cores, slices and switches, against what can be worked out by hand.
class MachineTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    // Four threads of 10 ms on two cores with slices of 1 ms take turns: threads 1 and 3 on one core, 2 and 4 on the other, and each core
    // has 20 ms to do.
    void sharesCoresInSlices()
    {
        OneBurstEach client;
        client.burst.length = 10 * millisecond;
        Machine machine({2, millisecond, 0}, client);
        for (int thread = 1; thread <= 4; ++thread)
            machine.makeReady(thread, 0);
        run(machine);
        QCOMPARE(client.begun[1], 0U);
        QCOMPARE(client.begun[2], 0U);
        QCOMPARE(client.begun[3], millisecond);
        QCOMPARE(client.begun[4], millisecond);
        QCOMPARE(client.ended[1], 19 * millisecond);
        QCOMPARE(client.ended[2], 19 * millisecond);
        QCOMPARE(client.ended[3], 20 * millisecond);
        QCOMPARE(client.ended[4], 20 * millisecond);
        QVERIFY(!machine.isBusy());
    }

    // The same with 10 us a switch: each core takes up another thread 20 times.
    void chargesSwitches()
    {
        OneBurstEach client;
        client.burst.length = 10 * millisecond;
        Machine machine({2, millisecond, 10'000}, client);
        for (int thread = 1; thread <= 4; ++thread)
            machine.makeReady(thread, 0);
        run(machine);
        QCOMPARE(machine.switches(), 40);
        QCOMPARE(client.ended[4], 20 * millisecond + 20 * 10'000);
    }

    // A core that had nothing to do for 3 ms is half asleep (sleepDepth()); one that is busy is not woken up.
    void wakesUpCoresThatSleep()
    {
        OneBurstEach client;
        client.burst.length = millisecond;
        Machine machine({1, 10 * millisecond, 0, 100'000}, client);
        machine.makeReady(1, 3 * millisecond);
        machine.makeReady(2, 3 * millisecond);
        run(machine);
        QCOMPARE(client.ended[1], 4 * millisecond + 50'000);
        QCOMPARE(client.ended[2], 5 * millisecond + 50'000);
    }

    // Alone, a thread goes on after its slice without a switch.
    void leavesLoneThreadsAlone()
    {
        OneBurstEach client;
        client.burst.length = 10 * millisecond;
        client.bursts = 3;
        Machine machine({1, millisecond, 10'000}, client);
        machine.makeReady(1, 5);
        run(machine);
        QCOMPARE(machine.switches(), 1);
        QCOMPARE(client.ended[1], 5 + 10'000 + 30 * millisecond);
    }

    // A mark at 2.5 ms of a burst that shares its core with another is reached when the thread has run for so long: after two slices of its
    // own, two of the other, and half a slice.
    void reachesMarksWhenTheThreadHasRunSoLong()
    {
        OneBurstEach client;
        client.burst.length = 4 * millisecond;
        client.burst.marks = {5 * millisecond / 2, 4 * millisecond};
        Machine machine({1, millisecond, 0}, client);
        machine.makeReady(1, 0);
        machine.makeReady(2, 0);
        run(machine);
        QCOMPARE(client.reached[1], (std::vector<quint64>{9 * millisecond / 2, 7 * millisecond}));
        QCOMPARE(client.reached[2], (std::vector<quint64>{11 * millisecond / 2, 8 * millisecond}));
        QCOMPARE(client.ended[1], 7 * millisecond);
    }

    void takesMoreAndFewerCores()
    {
        OneBurstEach client;
        client.burst.length = 10 * millisecond;
        Machine machine({1, millisecond, 0}, client);
        for (int thread = 1; thread <= 4; ++thread)
            machine.makeReady(thread, 0);
        machine.advanceTo(0);
        machine.setCores(4, 0);
        run(machine);
        QCOMPARE(client.ended[4], 10 * millisecond);
        for (int thread = 1; thread <= 4; ++thread)
            machine.makeReady(thread, 10 * millisecond);
        machine.advanceTo(10 * millisecond);
        machine.setCores(1, 10 * millisecond);
        run(machine);
        // All four use up their first slice, then one core is left.
        QCOMPARE(client.ended[4], 47 * millisecond);
    }
};

QTEST_GUILESS_MAIN(MachineTest)
#include "MachineTest.moc"
