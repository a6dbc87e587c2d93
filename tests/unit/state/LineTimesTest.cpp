// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LineTimes.h"

#include <QTest>

namespace loopscope {

class LineTimesTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void timeBelongsToTheStatementThatRuns();
    void callsAreNotCounted();
    void idleTimeAndOtherThreadsAreNobodys();
    void nestedTasksGiveTheTimeBack();
    void damageIsPassedOver();

private:
    static Event event(EventKind kind, quint64 time, SiteId site = 0, quint16 lane = 0)
    {
        Event made;
        made.kind = kind;
        made.time = time;
        made.site = site;
        made.setPhase(Phase::None, lane);
        return made;
    }
    static LineTimes times(std::initializer_list<Event> events)
    {
        LineTimes made;
        for (const Event &each : events)
            made.add(each);
        return made;
    }
};

void LineTimesTest::timeBelongsToTheStatementThatRuns()
{
    const LineTimes made = times({event(EventKind::TaskBegun, 5), event(EventKind::Statement, 10, 1), event(EventKind::TaskCreated, 13),
        event(EventKind::Statement, 20, 2), event(EventKind::Statement, 24, 1), event(EventKind::TaskEnded, 30)});
    QCOMPARE(made.of(1).time, quint64(16));
    QCOMPARE(made.of(1).count, quint64(2));
    QCOMPARE(made.of(2).time, quint64(4));
    QCOMPARE(made.total(), quint64(20));
    QCOMPARE(made.of(99).count, quint64(0));
    QCOMPARE(made.siteEnd(), SiteId(3));
    QCOMPARE(made.eventCount(), quint64(6));
}

void LineTimesTest::callsAreNotCounted()
{
    const LineTimes made = times({event(EventKind::TaskBegun, 0), event(EventKind::Statement, 0, 1), event(EventKind::CallEntered, 10),
        event(EventKind::Statement, 12, 2), event(EventKind::CallLeft, 30), event(EventKind::TaskEnded, 35)});
    QCOMPARE(made.of(1).time, quint64(15)); // 10 before the call and 5 after it; the 2 to the callee's first statement are nobody's
    QCOMPARE(made.of(2).time, quint64(18));
}

void LineTimesTest::idleTimeAndOtherThreadsAreNobodys()
{
    const LineTimes made = times({event(EventKind::TaskBegun, 0), event(EventKind::Statement, 0, 1), event(EventKind::IoStarted, 4, 0, 2),
        event(EventKind::TaskEnded, 10), event(EventKind::PollWaitStarted, 10), event(EventKind::PollWaitEnded, 1000),
        event(EventKind::TaskBegun, 1000), event(EventKind::Statement, 1001, 1), event(EventKind::TaskEnded, 1002)});
    QCOMPARE(made.of(1).time, quint64(11));
    QCOMPARE(made.total(), quint64(11));
}

void LineTimesTest::nestedTasksGiveTheTimeBack()
{
    const LineTimes made = times({event(EventKind::TaskBegun, 0), event(EventKind::Statement, 0, 1), event(EventKind::TaskBegun, 5),
        event(EventKind::CallEntered, 5), event(EventKind::Statement, 5, 2), event(EventKind::TaskEnded, 8),
        event(EventKind::TaskEnded, 20)});
    QCOMPARE(made.of(1).time, quint64(17));
    QCOMPARE(made.of(2).time, quint64(3));
}

void LineTimesTest::damageIsPassedOver()
{
    const LineTimes made = times(
        {event(EventKind::CallLeft, 9), event(EventKind::TaskEnded, 8), event(EventKind::Statement, 3, 1), event(EventKind::TaskBegun, 2),
            event(EventKind::Statement, 2, 0xffffffffU), event(EventKind::Statement, 1, 1), event(EventKind::TaskEnded, 4)});
    QCOMPARE(made.of(1).time, quint64(3));
    QCOMPARE(made.siteEnd(), SiteId(2));
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::LineTimesTest)
#include "LineTimesTest.moc"
