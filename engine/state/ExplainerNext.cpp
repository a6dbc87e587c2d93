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
        return state.loop == 0 ? tr("Nothing: the run is over.") : tr("Nothing: this loop is over.");
    if (state.cursor >= m_index.eventCount())
        return nextUnrecorded(state);
    const std::optional<quint64> following = nextInLoop(state, EventKind::None);
    if (!following)
        return {};
    const QString soon = upcoming(*following);
    if (m_reader.event(*following).kind == EventKind::TaskBegun)
        return soon;
    const QString callback = nextCallback(state);
    return soon.isEmpty() || callback.isEmpty() ? soon + callback : asSentence(soon) + QLatin1Char(' ') + asSentence(callback);
}

/// The next event of the state's loop, or the next of a kind; none if others' go on for long.
std::optional<quint64> Explainer::nextInLoop(const LoopState &state, EventKind kind) const
{
    constexpr quint64 farthest = 20'000;
    const quint64 end = std::min(m_index.eventCount(), state.cursor + farthest);
    for (quint64 index = state.cursor; index < end; ++index) {
        const Event event = m_reader.event(index);
        if (event.loop() == state.loop && (kind == EventKind::None || event.kind == kind))
            return index;
    }
    return std::nullopt;
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
        if ((event.detail & CallSampled) != 0)
            return tr("%1 is seen on the call stack.").arg(m_narration.function(event.site));
        return ((event.detail & CallResumes) != 0 ? tr("%1 goes on.") : tr("%1 is called.")).arg(m_narration.function(event.site));
    case EventKind::CallLeft:
        return tr("%1 is left.").arg(m_narration.function(event.site));
    case EventKind::Statement:
        return tr("%1 runs.").arg(m_narration.place(event.site));
    case EventKind::RunEnded:
        return tr("The run ends.");
    case EventKind::LoopEnded:
        return tr("This loop ends.");
    default:
        return {};
    }
}

/// Which callback runs next, as it was recorded, and the rule that makes it this one.
QString Explainer::nextCallback(const LoopState &state) const
{
    const std::optional<quint64> after = m_index.next(state.cursor, Landmark::TaskBegun);
    const std::optional<quint64> next = state.loop != 0 ? nextInLoop(state, EventKind::TaskBegun)
        : after                                         ? std::optional(*after - 1)
                                                        : std::nullopt;
    if (!next)
        return {};
    const Event begun = m_reader.event(*next);
    const QString who = m_narration.named(begun.subject);
    const QString turn = turnOf(*next, state);
    if (state.runningTasks.empty() || state.runningTasks.back().kind == TaskKind::Interval)
        return turn.isEmpty() ? QString() : tr("%1 is the next callback: %2.").arg(who, turn);
    const TaskState &running = state.runningTasks.back();
    const SubjectHistory history = m_index.history(running.id);
    if (history.ended && *history.ended > *next)
        return tr("%1 runs inside of %2.").arg(who, m_narration.named(running.id));
    if (turn.isEmpty())
        return {};
    const Event soon = m_reader.event(nextInLoop(state, EventKind::None).value_or(state.cursor));
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
        return state.loop == 0 && state.phase == Phase::Check && m_index.iterationOf(index) > state.iteration
            ? tr("made in the check phase, it has to wait for the next iteration's")
            : state.phase == Phase::Check ? tr("it is the next of the check phase")
                                          : tr("check comes right after poll");
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

Forecast Explainer::forecast(const LoopState &state) const
{
    if (state.loop != 0)
        return {}; // the index knows the main loop's phases only
    const Event last = state.cursor > 0 ? m_reader.event(state.cursor - 1) : Event();
    const std::optional<TaskState> made = state.waitingTasks.find(last.subject);
    if (made && queueOf(made->kind) == LoopQueue::None)
        return {Forecast::Turn::AtOnce, last.subject};
    const bool tellsQueue = !state.runningTasks.empty() || last.kind == EventKind::TaskEnded;
    const bool bothWait = state.waitingCount(LoopQueue::NextTick) > 0 && state.waitingCount(LoopQueue::Microtasks) > 0;
    if ((bothWait && !tellsQueue) || recoversFromError(state))
        return {};
    const std::optional<quint64> entered = m_index.previous(state.cursor + 1, Landmark::PhaseEntered);
    return Forecast::of(state, entered ? *entered - 1 : 0, drainsMicrotasks(state));
}

/// After a callback that threw, Node leaves the queues for later; until when, depends on the phase.
bool Explainer::recoversFromError(const LoopState &state) const
{
    std::optional<quint64> begun = m_index.previous(state.cursor + 1, Landmark::TaskBegun);
    while (begun && queueOf(static_cast<TaskKind>(m_reader.event(*begun - 1).detail)) == LoopQueue::None) // events of `process`
        begun = m_index.previous(*begun, Landmark::TaskBegun);
    if (!begun)
        return false;
    const std::optional<quint64> ended = m_index.history(m_reader.event(*begun - 1).subject).ended;
    return ended && *ended < state.cursor && m_reader.event(*ended).value != 0;
}

/// While a queue is drained, its kind goes on to its end before the other's turn; after an ES module's code microtasks come first.
bool Explainer::drainsMicrotasks(const LoopState &state) const
{
    if (const TaskState *running = state.runningTask())
        return isMicrotask(running->kind) || isModule(*running);
    const Event last = state.cursor > 0 ? m_reader.event(state.cursor - 1) : Event();
    return last.kind == EventKind::TaskEnded && isMicrotask(static_cast<TaskKind>(last.detail));
}

/// At the end of a recording that goes on: by the rules alone, as far as they decide it.
QString Explainer::nextUnrecorded(const LoopState &state) const
{
    using Turn = Forecast::Turn;
    const Forecast forecast = this->forecast(state);
    if (forecast.turn == Turn::Unknown)
        return {};
    const TaskState *running = state.runningTask();
    const QString then = forecastText(forecast, state);
    if (running == nullptr || forecast.turn == Turn::Waits || forecast.turn == Turn::AtOnce)
        return tr("%1.").arg(then);
    const QString who = m_narration.named(running->id);
    return forecast.turn == Turn::Tick || forecast.turn == Turn::Microtask
        ? tr("When %1 has ended, %2.").arg(who, then)
        : tr("When %1 has ended and asks for nothing more, %2.").arg(who, then);
}

/// In the words that follow "when the callback has ended".
QString Explainer::forecastText(const Forecast &forecast, const LoopState &state) const
{
    using Turn = Forecast::Turn;
    const QString who = forecast.task != 0 ? m_narration.named(forecast.task) : QString();
    switch (forecast.turn) {
    case Turn::Unknown:
        break;
    case Turn::AtOnce:
        return tr("%1 runs at once").arg(who);
    case Turn::Tick:
        return tr("%1 runs: the nextTick queue comes first").arg(who);
    case Turn::Microtask:
        return tr("%1 runs: microtasks come before the loop goes on").arg(who);
    case Turn::LoopBegins:
        return tr("the loop begins its first iteration, with the timers phase");
    case Turn::NothingWaits:
        return tr("the run ends: nothing waits that the loop would have to turn for");
    case Turn::Timer:
        return who.isEmpty() ? tr("the timers phase goes on with the next timer that is due")
                             : tr("%1 runs: the timers phase runs all that is due").arg(who);
    case Turn::AfterTimers:
        return tr("the loop leaves the timers phase, as no other timer is due");
    case Turn::Pending:
        return tr("%1 runs: the pending phase runs what was put off").arg(who);
    case Turn::AfterPending:
        return tr("the loop goes on to poll");
    case Turn::Waits: {
        const std::optional<quint64> due = forecast.task != 0 ? state.waiting(LoopQueue::Timers, 1).front().dueAt : std::nullopt;
        return due ? tr("poll wakes up when I/O is done, or when the time of %1 comes, %2 from now")
                         .arg(who, durationText(*due > state.time ? *due - state.time : 0))
                   : tr("poll wakes up when I/O is done");
    }
    case Turn::FinishedIo:
        return who.isEmpty() ? tr("poll runs the callbacks of what is done, and of what handles have told")
                             : tr("%1 runs: its I/O is done").arg(who);
    case Turn::CheckAfterPoll:
        return tr("%1 runs: check comes right after poll").arg(who);
    case Turn::AfterPoll:
        return tr("the loop goes on by check and closing callbacks to its next iteration");
    case Turn::Immediate:
        return tr("%1 runs: it is the next of the check phase").arg(who);
    case Turn::AfterCheck:
        return state.waitingCount(LoopQueue::Check) > 0
            ? tr("the loop goes on to closing callbacks; what was made in the check phase waits for the next iteration's")
            : tr("the loop goes on to closing callbacks");
    case Turn::Closing:
        return who.isEmpty() ? tr("closing callbacks end the iteration; the handle closed last has its own first")
                             : tr("%1 runs: closing callbacks end the iteration").arg(who);
    case Turn::AfterClosing:
        return tr("the iteration is over: the loop starts the next one, or ends if nothing waits");
    }
    return {};
}

bool Explainer::isModule(const TaskState &task) const
{
    const SitePlace place = m_reader.place(task.function);
    const bool isBody = task.kind == TaskKind::Script || task.kind == TaskKind::ModuleEvaluation;
    // ES modules are recorded under their URL.
    return isBody && place.isValid() && place.source->path.startsWith(QLatin1String("file:"));
}

} // namespace loopscope
