// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// A loop over time: event by event, so that each number is known, and at random against counting by hand.
#include "analysis/profiler/LoopMetrics.h"

#include <QRandomGenerator>
#include <QTest>

#include <map>
#include <set>

using namespace loopscope;

namespace {

constexpr quint64 ms = 1'000'000;

Event made(quint64 time, EventKind kind, SubjectId subject = 0, TaskKind task = TaskKind::Timeout, qint64 value = 0)
{
    Event event;
    event.time = time;
    event.kind = kind;
    event.subject = subject;
    event.detail = static_cast<quint8>(task);
    event.value = value;
    return event;
}

class Loop
{
public:
    void add(const Event &event)
    {
        m_runs.add(event, m_index++);
        metrics.add(event, m_runs);
    }
    LoopMetrics metrics;

private:
    TaskRuns m_runs;
    quint64 m_index = 0;
};

} // namespace

class LoopMetricsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void momentsKnowWhatWaits();
    void readyAndPool();
    void slicesJoinMoments();
    void anyEventsAreCounted_data();
    void anyEventsAreCounted();
};

void LoopMetricsTest::momentsKnowWhatWaits()
{
    Loop loop;
    for (SubjectId timer = 1; timer <= 3; ++timer)
        loop.add(made(0, EventKind::TaskCreated, timer));
    loop.add(made(5 * ms, EventKind::TaskCancelled, 1));
    loop.add(made(10 * ms, EventKind::TaskBegun, 2));
    loop.add(made(10 * ms, EventKind::TaskCreated, 4, TaskKind::Tick));
    loop.add(made(12 * ms + 1, EventKind::TaskEnded, 2));
    loop.add(made(13 * ms, EventKind::IterationStarted));
    const std::vector<LoopMoment> &moments = loop.metrics.moments();
    QCOMPARE(loop.metrics.momentLength(), ms);
    QCOMPARE(moments.size(), std::size_t(14));
    const auto timers = [&](std::size_t moment) { return moments[moment].most.in(LoopQueue::Timers); };
    QCOMPARE(timers(0), quint32(3));
    QCOMPARE(timers(3), quint32(3)); // nothing happened in it
    QCOMPARE(timers(5), quint32(3)); // until the first is cancelled
    QCOMPARE(timers(6), quint32(2));
    QCOMPARE(timers(11), quint32(1));
    QCOMPARE(moments[9].most.in(LoopQueue::NextTick), quint32(0));
    QCOMPARE(moments[10].most.in(LoopQueue::NextTick), quint32(1));
    QCOMPARE(moments[10].busy, ms);
    QCOMPARE(moments[12].busy, quint64(1));
    QCOMPARE(moments[12].longestHold, 2 * ms + 1);
    QCOMPARE(moments[13].iterations, quint64(1));
}

void LoopMetricsTest::readyAndPool()
{
    Loop loop;
    for (SubjectId request = 1; request <= 6; ++request) {
        loop.add(made(0, EventKind::IoSubmitted, request));
        loop.add(made(0, EventKind::TaskCreated, request + 10, TaskKind::IoCallback));
    }
    for (int i = 0; i < 60; ++i) // numbers are below the events
        loop.add(made(0, EventKind::Mark));
    for (SubjectId request = 1; request <= 4; ++request)
        loop.add(made(ms, EventKind::IoStarted, request, TaskKind::Internal, request));
    loop.add(made(2 * ms, EventKind::IoCompleted, 1));
    loop.add(made(2 * ms, EventKind::TaskReady, 11, TaskKind::IoCallback));
    loop.add(made(2 * ms, EventKind::TaskReady, 12, TaskKind::IoCallback));
    loop.add(made(4 * ms, EventKind::TaskBegun, 11, TaskKind::IoCallback));
    loop.add(made(5 * ms, EventKind::TaskEnded, 11, TaskKind::IoCallback));
    const std::vector<LoopMoment> &moments = loop.metrics.moments();
    QCOMPARE(moments[0].mostForThread, quint32(6));
    QCOMPARE(moments[2].mostForThread, quint32(2));
    QCOMPARE(moments[1].most.ready, quint32(0));
    QCOMPARE(moments[3].most.ready, quint32(2));
    QCOMPARE(moments[5].most.ready, quint32(1));
    QCOMPARE(moments[5].most.in(LoopQueue::Poll), quint32(5));
    QCOMPARE(loop.metrics.pool().longestQueue, quint64(6));
}

void LoopMetricsTest::slicesJoinMoments()
{
    Loop loop;
    loop.add(made(0, EventKind::TaskBegun, 1));
    loop.add(made(700 * ms, EventKind::TaskEnded, 1));
    for (quint64 i = 0; i < 1300; ++i)
        loop.add(made((700 + i) * ms, EventKind::IterationStarted));
    QVERIFY(loop.metrics.moments().size() <= LoopMetrics::mostMoments);
    for (const std::size_t count : {1U, 2U, 7U, 20U, 1000U}) {
        quint64 length = 0;
        const std::vector<LoopMoment> slices = loop.metrics.slices(count, &length);
        QVERIFY(!slices.empty() && slices.size() <= std::max<std::size_t>(count, 1));
        QVERIFY(length * slices.size() >= loop.metrics.endTime());
        LoopMoment all;
        for (const LoopMoment &slice : slices) {
            QVERIFY(slice.busy <= length);
            all.join(slice);
        }
        QCOMPARE(all.busy, 700 * ms);
        QCOMPARE(all.iterations, quint64(1300));
        QCOMPARE(all.longestHold, 700 * ms);
    }
}

void LoopMetricsTest::anyEventsAreCounted_data()
{
    QTest::addColumn<quint32>("seed");
    for (quint32 seed = 1; seed <= 20; ++seed)
        QTest::addRow("seed %u", seed) << seed;
}

void LoopMetricsTest::anyEventsAreCounted()
{
    QFETCH(quint32, seed);
    QRandomGenerator random(seed);
    Loop loop;
    std::map<SubjectId, LoopQueue> waiting;
    std::map<SubjectId, bool> ready;
    std::map<quint64, quint32> mostTimers; // by ms
    quint64 time = 0;
    for (int i = 0; i < 3000; ++i) {
        constexpr std::array kinds = {EventKind::TaskCreated, EventKind::TaskRearmed, EventKind::TaskBegun, EventKind::TaskEnded,
            EventKind::TaskReady, EventKind::TaskCancelled};
        constexpr std::array tasks = {TaskKind::Timeout, TaskKind::Tick, TaskKind::IoCallback, TaskKind::Immediate, TaskKind::Script};
        const quint64 before = time;
        time += random.bounded(150'000);
        const auto timers = [&] {
            return quint32(std::ranges::count_if(waiting, [](const auto &each) { return each.second == LoopQueue::Timers; }));
        };
        for (quint64 moment = before / ms; moment <= time / ms; ++moment)
            mostTimers[moment] = std::max(mostTimers[moment], timers());
        const Event event = made(time, kinds[random.bounded(6U)], 1 + random.bounded(50U), tasks[random.bounded(5U)]);
        loop.add(event);
        if (event.kind == EventKind::TaskCreated || event.kind == EventKind::TaskRearmed) {
            if (const LoopQueue queue = queueOf(static_cast<TaskKind>(event.detail)); queue != LoopQueue::None)
                waiting.emplace(event.subject, queue);
        } else if (event.kind == EventKind::TaskBegun || event.kind == EventKind::TaskCancelled) {
            waiting.erase(event.subject);
            ready.erase(event.subject);
        } else if (event.kind == EventKind::TaskReady && waiting.contains(event.subject) && waiting[event.subject] == LoopQueue::Poll) {
            ready[event.subject] = true;
        }
        mostTimers[time / ms] = std::max(mostTimers[time / ms], timers());
        QCOMPARE(loop.metrics.waiting().in(LoopQueue::Timers), timers());
        QCOMPARE(loop.metrics.waiting().ready, quint32(ready.size()));
    }
    QCOMPARE(loop.metrics.momentLength(), ms); // of up to 512
    for (std::size_t moment = 0; moment < loop.metrics.moments().size(); ++moment)
        QCOMPARE(loop.metrics.moments()[moment].most.in(LoopQueue::Timers), mostTimers[moment]);
}

QTEST_GUILESS_MAIN(LoopMetricsTest)
#include "LoopMetricsTest.moc"
