// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Goals of run-to commands and the arithmetic of playing, without a window.
#include "session/Goal.h"
#include "SampleRecording.h"
#include "recording/RecordingReader.h"
#include "session/Pace.h"
#include "state/StateTimeline.h"

#include <QTemporaryDir>
#include <QTest>

using namespace std::chrono_literals;

namespace loopscope {

class GoalTest : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void microtasksBegin();
    void drainsEndWithBothQueuesEmpty();
    void promisesSettle();
    void queuesGrow();
    void aSearchGoesOnWhereItsBudgetEnded();
    void playheadByEvents();
    void playheadByRunTime();
    void playheadBack();

private:
    /// The cursors of a goal from one end of the recording to the other.
    std::vector<quint64> all(const Goal &goal, GoalSearch::Direction direction);
    Event event(quint64 cursor) const { return m_reader.event(cursor - 1); }

    QTemporaryDir m_folder;
    RecordingReader m_reader;
    std::unique_ptr<StateTimeline> m_timeline;
};

void GoalTest::initTestCase()
{
    const QString path = m_folder.filePath(QStringLiteral("sample.lscope"));
    QVERIFY(SampleRecording::write(path));
    QVERIFY(m_reader.open(path));
    m_timeline = std::make_unique<StateTimeline>(m_reader);
    m_timeline->update();
}

std::vector<quint64> GoalTest::all(const Goal &goal, GoalSearch::Direction direction)
{
    std::vector<quint64> found;
    quint64 cursor = direction == GoalSearch::Direction::Forward ? 0 : m_timeline->eventCount() + 1;
    for (;;) {
        GoalSearch search(goal, direction, cursor);
        std::optional<quint64> next;
        while (!next && !search.hasEnded(*m_timeline))
            next = search.advance(*m_timeline, 10ms);
        if (!next)
            break;
        found.push_back(*next);
        cursor = *next;
    }
    if (direction == GoalSearch::Direction::Back)
        std::reverse(found.begin(), found.end());
    return found;
}

void GoalTest::microtasksBegin()
{
    const auto found = all(Goal::microtaskBegins(), GoalSearch::Direction::Forward);
    QCOMPARE(found.size(), std::size_t(1)); // react
    QCOMPARE(event(found[0]).kind, EventKind::TaskBegun);
    QCOMPARE(static_cast<TaskKind>(event(found[0]).detail), TaskKind::PromiseReaction);
    QCOMPARE(all(Goal::microtaskBegins(), GoalSearch::Direction::Back), found);
}

void GoalTest::drainsEndWithBothQueuesEmpty()
{
    const auto found = all(Goal::microtasksDrained(), GoalSearch::Direction::Forward);
    QCOMPARE(found.size(), std::size_t(1)); // tick and react in one go
    QCOMPARE(event(found[0]).kind, EventKind::TaskEnded);
    const LoopState &state = m_timeline->stateAt(found[0]);
    QVERIFY(state.runningTask() == nullptr);
    QCOMPARE(state.waitingCount(LoopQueue::NextTick), std::size_t(0));
    QCOMPARE(state.waitingCount(LoopQueue::Microtasks), std::size_t(0));
    QCOMPARE(all(Goal::microtasksDrained(), GoalSearch::Direction::Back), found);
}

void GoalTest::promisesSettle()
{
    SubjectId promise = 0;
    for (quint64 cursor = 1; cursor <= m_timeline->eventCount() && promise == 0; ++cursor) {
        if (event(cursor).kind == EventKind::PromiseFulfilled)
            promise = event(cursor).subject;
    }
    QVERIFY(promise != 0);
    const auto found = all(Goal::promiseSettles(promise), GoalSearch::Direction::Forward);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(event(found[0]).subject, promise);
    QVERIFY(all(Goal::promiseSettles(999'999), GoalSearch::Direction::Forward).empty());
}

void GoalTest::queuesGrow()
{
    const auto found = all(Goal::queueHolds(LoopQueue::Timers, 1), GoalSearch::Direction::Forward);
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(m_timeline->stateAt(found[0]).waitingCount(LoopQueue::Timers), std::size_t(1));
    QCOMPARE(m_timeline->stateAt(found[0] - 1).waitingCount(LoopQueue::Timers), std::size_t(0));
    QCOMPARE(all(Goal::queueHolds(LoopQueue::Timers, 1), GoalSearch::Direction::Back), found);
    QVERIFY(all(Goal::queueHolds(LoopQueue::Timers, 7), GoalSearch::Direction::Forward).empty());
}

void GoalTest::aSearchGoesOnWhereItsBudgetEnded()
{
    // A pattern asks the runner for nothing that is not the goal's.
    for (const Goal &goal : {Goal::microtaskBegins(), Goal::microtasksDrained(), Goal::queueHolds(LoopQueue::Check, 1)}) {
        for (const quint64 cursor : all(goal, GoalSearch::Direction::Forward)) {
            QVERIFY(goal.pattern.kinds.contains(event(cursor).kind));
            QVERIFY(goal.pattern.details.contains(event(cursor).detail));
        }
    }
    int looks = 0;
    Goal never;
    never.ends = [&looks](const Event &) {
        ++looks;
        QTest::qSleep(1);
        return false;
    };
    GoalSearch search(never, GoalSearch::Direction::Back, m_timeline->eventCount() + 1);
    int portions = 0;
    for (; !search.hasEnded(*m_timeline); ++portions)
        QVERIFY(!search.advance(*m_timeline, 1ms));
    QCOMPARE(looks, static_cast<int>(m_timeline->eventCount()));
    QCOMPARE(portions, static_cast<int>((m_timeline->eventCount() + 63) / 64));
}

void GoalTest::playheadByEvents()
{
    Playhead head;
    head.start({Pace::Basis::Events, 0.5}, 0); // five a second
    head.advance(0.1);
    QCOMPARE(head.takeEvents(), quint64(0));
    head.advance(0.1);
    QCOMPARE(head.takeEvents(), quint64(1));
    head.advance(1);
    QCOMPARE(head.takeEvents(), quint64(5));
    head.start({Pace::Basis::Events, 100}, 0);
    head.advance(0.016);
    QCOMPARE(head.takeEvents(), quint64(16));
}

void GoalTest::playheadByRunTime()
{
    Playhead head;
    head.start({Pace::Basis::RunTime, 0.1}, 5'000'000);
    head.advance(0.25);
    QCOMPARE(head.runTime(), quint64(30'000'000));
    QCOMPARE(head.takeEvents(), quint64(0));
}

void GoalTest::playheadBack()
{
    Playhead head;
    head.start({Pace::Basis::RunTime, 0.1}, 50'000'000, Playhead::Direction::Back);
    head.advance(0.25);
    QCOMPARE(head.runTime(), quint64(25'000'000));
    QVERIFY(!head.isAtStart());
    head.advance(0.3);
    QCOMPARE(head.runTime(), quint64(0));
    QVERIFY(head.isAtStart());
    head.start({Pace::Basis::Events, 0.5}, 0, Playhead::Direction::Back);
    head.advance(1);
    QCOMPARE(head.takeEvents(), quint64(5));
}

} // namespace loopscope

QTEST_GUILESS_MAIN(loopscope::GoalTest)
#include "GoalTest.moc"
