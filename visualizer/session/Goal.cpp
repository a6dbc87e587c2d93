// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/Goal.h"

#include "recording/RecordingReader.h"
#include "state/Names.h"
#include "state/StateTimeline.h"

#include <QElapsedTimer>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr int kTaskKinds = static_cast<int>(TaskKind::Internal) + 1;
constexpr quint64 kLooksAtClockEvery = 64; ///< events
constexpr quint64 kBackAtOnce = 16'384; ///< events

QList<int> taskKindsOf(std::initializer_list<LoopQueue> queues)
{
    QList<int> kinds;
    for (int kind = 1; kind < kTaskKinds; ++kind) {
        if (std::find(queues.begin(), queues.end(), queueOf(static_cast<TaskKind>(kind))) != queues.end())
            kinds.append(kind);
    }
    return kinds;
}

bool isOfQueue(const Event &event, LoopQueue queue) { return queueOf(static_cast<TaskKind>(event.detail)) == queue; }

} // namespace

Goal Goal::statementBegins()
{
    Goal goal;
    goal.ends = [](const Event &event) { return event.kind == EventKind::Statement; };
    goal.pattern = {{EventKind::Statement}, {}, 0};
    goal.missed = tr("No further statement was recorded.");
    return goal;
}

Goal Goal::microtaskBegins()
{
    Goal goal;
    goal.ends = [](const Event &event) { return event.kind == EventKind::TaskBegun && isOfQueue(event, LoopQueue::Microtasks); };
    goal.pattern = {{EventKind::TaskBegun}, taskKindsOf({LoopQueue::Microtasks}), 0};
    goal.missed = tr("No further microtask runs.");
    return goal;
}

Goal Goal::microtasksDrained()
{
    Goal goal;
    goal.ends = [](const Event &event) {
        return event.kind == EventKind::TaskEnded && (isOfQueue(event, LoopQueue::Microtasks) || isOfQueue(event, LoopQueue::NextTick));
    };
    goal.holds = [](const LoopState &state) {
        return state.runningTasks.empty() && state.waitingCount(LoopQueue::NextTick) == 0 && state.waitingCount(LoopQueue::Microtasks) == 0;
    };
    goal.pattern = {{EventKind::TaskEnded}, taskKindsOf({LoopQueue::Microtasks, LoopQueue::NextTick}), 0};
    goal.missed = tr("No further ticks or microtasks run.");
    return goal;
}

Goal Goal::promiseSettles(SubjectId promise)
{
    Goal goal;
    goal.ends = [promise](const Event &event) {
        return event.subject == promise && (event.kind == EventKind::PromiseFulfilled || event.kind == EventKind::PromiseRejected);
    };
    goal.pattern = {{EventKind::PromiseFulfilled, EventKind::PromiseRejected}, {}, promise};
    goal.missed = tr("Promise %1 does not settle.").arg(promise);
    return goal;
}

Goal Goal::queueHolds(LoopQueue queue, int count)
{
    Goal goal;
    // Both add one task, so a queue that grows past a number is seen to have it.
    goal.ends = [queue](const Event &event) {
        return (event.kind == EventKind::TaskCreated || event.kind == EventKind::TaskRearmed) && isOfQueue(event, queue);
    };
    goal.holds = [queue, count](const LoopState &state) { return state.waitingCount(queue) == static_cast<size_t>(count); };
    goal.pattern = {{EventKind::TaskCreated, EventKind::TaskRearmed}, taskKindsOf({queue}), 0};
    goal.missed = tr("The queue \"%1\" does not grow to %L2 again.").arg(queueName(queue)).arg(count);
    return goal;
}

GoalSearch::GoalSearch(Goal goal, Direction direction, quint64 cursor)
    : m_goal(std::move(goal))
    , m_direction(direction)
    // Back, the event of the moment is where the person already is.
    , m_begin(direction == Direction::Forward || cursor == 0 ? cursor : cursor - 1)
    , m_place(m_begin)
{
}

std::optional<quint64> GoalSearch::advance(StateTimeline &timeline, std::chrono::milliseconds budget)
{
    if (m_direction == Direction::Back && m_goal.holds)
        return advanceBack(timeline, budget);
    QElapsedTimer spent;
    spent.start();
    for (quint64 looked = 1; !hasEnded(timeline); ++looked) {
        const quint64 index = m_direction == Direction::Forward ? m_place++ : --m_place;
        const bool mayBeIt = m_goal.ends(timeline.reader().event(index));
        if (mayBeIt && (!m_goal.holds || m_goal.holds(timeline.stateAt(index + 1))))
            return index + 1;
        // A state can take as long as thousands of events.
        if ((mayBeIt || looked % kLooksAtClockEvery == 0) && spent.hasExpired(budget.count()))
            break;
    }
    return std::nullopt;
}

std::optional<quint64> GoalSearch::lastIn(StateTimeline &timeline, quint64 begin, quint64 end) const
{
    std::optional<quint64> last;
    for (quint64 index = begin; index < end; ++index) {
        if (m_goal.ends(timeline.reader().event(index)) && m_goal.holds(timeline.stateAt(index + 1)))
            last = index + 1;
    }
    return last;
}

/// States are cheap one after the other and dear one before the other: so back, but forward within each stretch.
std::optional<quint64> GoalSearch::advanceBack(StateTimeline &timeline, std::chrono::milliseconds budget)
{
    QElapsedTimer spent;
    spent.start();
    while (m_place > 0 && !spent.hasExpired(budget.count())) {
        const quint64 end = std::exchange(m_place, m_place - std::min(m_place, kBackAtOnce));
        if (const std::optional<quint64> last = lastIn(timeline, m_place, end))
            return last;
    }
    return std::nullopt;
}

int GoalSearch::percent(const StateTimeline &timeline) const
{
    const quint64 all = m_direction == Direction::Forward ? timeline.eventCount() - std::min(m_begin, timeline.eventCount()) : m_begin;
    const quint64 looked = m_direction == Direction::Forward ? m_place - m_begin : m_begin - m_place;
    return all > 0 ? static_cast<int>(looked * 100 / all) : 100;
}

bool GoalSearch::hasEnded(const StateTimeline &timeline) const
{
    return m_direction == Direction::Forward ? m_place >= timeline.eventCount() : m_place == 0;
}

} // namespace loopscope
