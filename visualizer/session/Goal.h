// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

#include <chrono>
#include <functional>
#include <optional>

namespace loopscope {

class StateTimeline;

/// Which events the runner is asked to pause behind.
struct EventPattern
{
    QList<EventKind> kinds; ///< one of these; empty: there is nothing to ask for
    QList<int> details; ///< and one of these; empty: any
    SubjectId subject = 0; ///< and this one; 0: any
};

/// Where a run-to command ends: a moment that can be told from its event and the state right behind it. Widget-free.
struct Goal
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Goal)
public:
    std::function<bool(const Event &)> ends; ///< cheap: asked of every event on the way
    std::function<bool(const LoopState &)> holds; ///< must hold too, right behind such an event; empty: nothing must
    EventPattern pattern; ///< what the runner may pause behind to get there: all that can be the goal, and others
    QString missed; ///< a sentence for when there is no such moment; empty: going back ends at the start then

    /// The next statement that is recorded is about to run.
    static Goal statementBegins();
    /// The next microtask (promise reaction, continuation of an await, queueMicrotask) begins.
    static Goal microtaskBegins();
    /// Ticks and microtasks are through: the last of them ended, and the loop may go on to something else.
    static Goal microtasksDrained();
    static Goal promiseSettles(SubjectId promise);
    /// A queue grows to `count` waiting tasks.
    static Goal queueHolds(LoopQueue queue, int count);
};

/// Looks for a goal in a recording, portion by portion, so that the GUI thread is free in between and the recording may grow meanwhile.
class GoalSearch
{
public:
    enum class Direction : quint8 { Forward, Back };

    /// Forward, moments behind `cursor` count; back, those before it.
    GoalSearch(Goal goal, Direction direction, quint64 cursor);

    /// The cursor of the goal, if it lies within what can be looked at in about `budget`; else try again, unless hasEnded().
    std::optional<quint64> advance(StateTimeline &timeline, std::chrono::milliseconds budget);
    /// All that is recorded in this direction was looked at.
    bool hasEnded(const StateTimeline &timeline) const;
    /// How much of what is recorded in this direction was looked at, from 0 to 100.
    int percent(const StateTimeline &timeline) const;

    const Goal &goal() const { return m_goal; }
    Direction direction() const { return m_direction; }

private:
    /// Of the events from `begin` to before `end`, the cursor behind the last that is the goal.
    std::optional<quint64> lastIn(StateTimeline &timeline, quint64 begin, quint64 end) const;
    std::optional<quint64> advanceBack(StateTimeline &timeline, std::chrono::milliseconds budget);

    Goal m_goal;
    Direction m_direction;
    quint64 m_begin;
    quint64 m_place; ///< forward: the event to look at next; back: one past it
};

} // namespace loopscope
