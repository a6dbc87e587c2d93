// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is kept of a run's states: evenly spaced, bounded in number and in memory, the last one before a cursor found.
#include "state/SnapshotShelf.h"

#include <QTest>

namespace loopscope {

class SnapshotShelfTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void statesAreEvenlySpaced();
    void memoryIsBoundedHoweverMuchChanges();
    void sharedPartsCountOnce();

private:
    static Event made(EventKind kind, SubjectId subject, TaskKind task)
    {
        Event event;
        event.kind = kind;
        event.subject = subject;
        event.detail = static_cast<quint8>(task);
        return event;
    }
    /// As many intervals as given, which wait from now on.
    static LoopState withIntervals(SubjectId count)
    {
        LoopState state;
        for (SubjectId id = 1; id <= count; ++id)
            state.apply(made(EventKind::TaskCreated, id, TaskKind::Interval));
        return state;
    }
};

void SnapshotShelfTest::statesAreEvenlySpaced()
{
    SnapshotShelf shelf(4, 8);
    LoopState state;
    for (int i = 0; i < 100; ++i) {
        shelf.keep(state);
        state.apply(made(EventKind::PhaseEntered, 0, TaskKind::Internal));
    }
    QCOMPARE(shelf.spacing(), quint64(16));
    QVERIFY(shelf.count() <= 8);
    for (quint64 cursor = 0; cursor < 100; ++cursor)
        QCOMPARE(shelf.nearest(cursor)->cursor, cursor / 16 * 16);
    shelf.clear(64);
    QVERIFY(shelf.nearest(100) == nullptr);
}

void SnapshotShelfTest::memoryIsBoundedHoweverMuchChanges()
{
    // Every interval is armed again between two snapshots: none shares anything with the one before.
    constexpr SubjectId intervals = 1024;
    LoopState state = withIntervals(intervals);
    SnapshotShelf shelf(intervals, 512);
    const size_t one = state.ownBytes();
    constexpr size_t leastBytesEach = 28; // what a task is packed into
    QVERIFY(one > intervals * leastBytesEach);
    const size_t limit = 40 * one;
    shelf.setLimit(limit);
    quint64 now = 1;
    for (int round = 0; round < 300; ++round) {
        for (SubjectId id = 1; id <= intervals; ++id) {
            Event armed = made(EventKind::TimerArmed, id, TaskKind::Interval);
            armed.value = static_cast<qint64>(now += 7);
            shelf.keep(state);
            state.apply(armed);
        }
    }
    QVERIFY2(shelf.count() >= 8 && shelf.count() <= 60, qPrintable(QString::number(shelf.count())));
    QCOMPARE(shelf.nearest(state.cursor)->cursor % shelf.spacing(), quint64(0));
}

void SnapshotShelfTest::sharedPartsCountOnce()
{
    const LoopState state = withIntervals(10'000);
    const size_t alone = state.ownBytes();
    const std::vector<LoopState> copies(9, state);
    QVERIFY2(state.ownBytes() < alone / 4, "copies share their entries");
    size_t all = state.ownBytes();
    for (const LoopState &copy : copies)
        all += copy.ownBytes();
    QVERIFY2(all < alone * 2, "and together take little more than one");
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::SnapshotShelfTest)
#include "SnapshotShelfTest.moc"
