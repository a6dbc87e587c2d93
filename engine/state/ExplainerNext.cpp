// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"
#include "state/Names.h"

namespace loopscope {

namespace {

bool isMicrotask(TaskKind kind) { return queueOf(kind) == LoopQueue::Microtasks; }

} // namespace

QString Explainer::next(const LoopState &state) const
{
    if (state.end)
        return tr("Nothing: the run is over.");
    if (state.cursor >= m_index.eventCount())
        return nextUnrecorded(state);
    const QString soon = upcoming(state.cursor);
    if (m_reader.event(state.cursor).kind == EventKind::TaskBegun)
        return soon;
    const QString callback = nextCallback(state);
    return soon.isEmpty() || callback.isEmpty() ? soon + callback : asSentence(soon) + QLatin1Char(' ') + asSentence(callback);
}

/// The next event in the words of what is to come.
QString Explainer::upcoming(quint64 index) const
{
    const Event event = m_reader.event(index);
    switch (event.kind) {
    case EventKind::TaskBegun: {
        const QString turn = turnOf(index, {});
        return turn.isEmpty() ? tr("%1 runs.").arg(m_narration.subject(event.subject))
                              : tr("%1 runs: %2.").arg(m_narration.subject(event.subject), turn);
    }
    case EventKind::TaskEnded:
        return tr("%1 ends.").arg(m_narration.subject(event.subject));
    case EventKind::PhaseEntered:
        return tr("The loop goes on to its phase %1.").arg(phaseName(event.phase()));
    case EventKind::PhaseLeft:
        return tr("The loop has no more to do and ends.");
    case EventKind::IterationStarted:
        return tr("Iteration %1 of the loop.").arg(event.value);
    case EventKind::PollWaitStarted:
        return event.value < 0 ? tr("Poll waits for I/O.")
                               : tr("Poll waits, at most %1.").arg(durationText(static_cast<quint64>(event.value)));
    case EventKind::PollWaitEnded:
        return tr("Poll wakes up.");
    case EventKind::CallEntered:
        return (event.detail != 0 ? tr("%1 goes on.") : tr("%1 is called.")).arg(m_narration.function(event.site));
    case EventKind::CallLeft:
        return tr("%1 is left.").arg(m_narration.function(event.site));
    case EventKind::Statement:
        return tr("%1 runs.").arg(m_narration.place(event.site));
    case EventKind::RunEnded:
        return tr("The run ends.");
    default:
        return {};
    }
}

/// Which callback runs next, as it was recorded, and the rule that makes it this one.
QString Explainer::nextCallback(const LoopState &state) const
{
    const std::optional<quint64> after = m_index.next(state.cursor, Landmark::TaskBegun);
    if (!after)
        return {};
    const Event begun = m_reader.event(*after - 1);
    const QString who = m_narration.named(begun.subject);
    const QString turn = turnOf(*after - 1, state);
    if (state.runningTasks.empty() || state.runningTasks.back().kind == TaskKind::Interval)
        return turn.isEmpty() ? QString() : tr("%1 is the next callback: %2.").arg(who, turn);
    const TaskState &running = state.runningTasks.back();
    const SubjectHistory history = m_index.history(running.id);
    if (history.ended && *history.ended > *after - 1)
        return tr("%1 runs inside of %2.").arg(who, m_narration.named(running.id));
    if (turn.isEmpty())
        return {};
    const Event soon = m_reader.event(state.cursor);
    if (soon.kind == EventKind::TaskEnded && soon.subject == running.id)
        return tr("Then %1 runs: %2.").arg(who, turn);
    return tr("When %1 has ended, %2 runs: %3.").arg(m_narration.named(running.id), who, turn);
}

/// Why it is the turn of the task that event `index` begins; empty if no queue decides that.
QString Explainer::turnOf(quint64 index, const LoopState &state) const
{
    const Event begun = m_reader.event(index);
    const auto kind = static_cast<TaskKind>(begun.detail);
    if (isMicrotask(kind))
        return tr("microtasks come before the loop goes on");
    switch (kind) {
    case TaskKind::Tick:
        return tr("the nextTick queue comes first");
    case TaskKind::Timeout:
    case TaskKind::Interval: {
        const std::optional<TaskState> task = state.task(begun.subject);
        const bool isLater = task && task->dueAt && *task->dueAt > state.time;
        return isLater ? tr("nothing else is ready before its time comes, %1 from now").arg(durationText(*task->dueAt - state.time))
                       : tr("the timers phase runs what is due");
    }
    case TaskKind::Immediate:
        return state.phase == Phase::Check && m_index.iterationOf(index) > state.iteration
            ? tr("made in the check phase, it has to wait for the next iteration's")
            : state.phase == Phase::Check ? tr("it is the next of the check phase")
                                          : tr("check comes right behind poll");
    case TaskKind::IoCallback: {
        const std::optional<TaskState> task = state.task(begun.subject);
        return task && !task->ready ? tr("poll runs it as soon as its request is done") : tr("poll runs the callbacks of finished I/O");
    }
    case TaskKind::PendingCallback:
        return tr("the pending phase runs what was put off");
    case TaskKind::CloseCallback:
        return tr("closing callbacks end the iteration");
    default:
        return {};
    }
}

/// At the end of a recording that goes on: by the rules alone, as far as they decide it.
QString Explainer::nextUnrecorded(const LoopState &state) const
{
    const auto first = [&](LoopQueue queue) { return m_narration.named(state.waiting(queue, 1).front().id); };
    const bool hasTicks = state.waitingCount(LoopQueue::NextTick) > 0;
    const bool hasMicrotasks = state.waitingCount(LoopQueue::Microtasks) > 0;
    if (state.runningTasks.empty()) {
        if (hasTicks)
            return tr("%1, of the nextTick queue.").arg(first(LoopQueue::NextTick));
        return hasMicrotasks ? tr("%1, of the microtasks.").arg(first(LoopQueue::Microtasks)) : QString();
    }
    const TaskState &running = state.runningTasks.back();
    const QString who = m_narration.named(running.id);
    // While a queue is drained, its kind goes on to its end before the other's turn.
    const bool drainsMicrotasks = isMicrotask(running.kind) || isModule(running);
    if (hasMicrotasks && (drainsMicrotasks || !hasTicks))
        return tr("When %1 has ended, %2 runs: microtasks come before the loop goes on.").arg(who, first(LoopQueue::Microtasks));
    return hasTicks ? tr("When %1 has ended, %2 runs: the nextTick queue comes first.").arg(who, first(LoopQueue::NextTick)) : QString();
}

bool Explainer::isModule(const TaskState &task) const
{
    const SitePlace place = m_reader.place(task.function);
    const bool isBody = task.kind == TaskKind::Script || task.kind == TaskKind::ModuleEvaluation;
    // ES modules are recorded under their URL.
    return isBody && place.isValid() && place.source->path.startsWith(QLatin1String("file:"));
}

} // namespace loopscope
