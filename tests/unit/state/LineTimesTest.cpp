// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LineTimesHistory.h"

#include <QTest>

#include <array>
#include <vector>

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
    void eachMomentHasItsTimes();

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

/// At any cursor, reached from ahead or from behind, the history says what a fold from the start says.
void LineTimesTest::eachMomentHasItsTimes()
{
    std::vector<Event> events;
    quint32 random = 1;
    for (quint64 index = 0; index < 100'000; ++index) {
        random = random * 1664525U + 1013904223U;
        constexpr std::array kinds{EventKind::Statement, EventKind::Statement, EventKind::CallEntered, EventKind::CallLeft,
            EventKind::TaskBegun, EventKind::TaskEnded};
        events.push_back(event(kinds.at(random / 7 % kinds.size()), index * 3, random / 1000 % 50));
    }
    LineTimesHistory history;
    for (const Event &each : events)
        history.add(each);
    QVERIFY(history.spacing() < 100'000 / 4);
    const auto eventAt = [&](quint64 index) { return events.at(index); };
    for (const quint64 cursor : {50'000ULL, 50'001ULL, 49'999ULL, 0ULL, 16'384ULL, 99'999ULL, 70'000ULL, 200'000ULL}) {
        LineTimes wanted;
        for (quint64 index = 0; index < std::min<quint64>(cursor, events.size()); ++index)
            wanted.add(events[index]);
        const LineTimes &found = history.at(cursor, eventAt);
        QCOMPARE(found.eventCount(), wanted.eventCount());
        QCOMPARE(found.total(), wanted.total());
        for (SiteId site = 0; site < 50; ++site) {
            QCOMPARE(found.of(site).time, wanted.of(site).time);
            QCOMPARE(found.of(site).count, wanted.of(site).count);
        }
    }
    history.clear();
    QCOMPARE(history.at(5, eventAt).eventCount(), quint64(0));
}

} // namespace loopscope

QTEST_APPLESS_MAIN(loopscope::LineTimesTest)
#include "LineTimesTest.moc"
