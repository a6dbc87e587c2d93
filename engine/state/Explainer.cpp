// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"

#include "state/Names.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr size_t kWaitingSaid = 4;

/// A length of time for a sentence: "0.02 ms", "7.6 ms".
QString duration(quint64 nanoseconds)
{
    const double value = static_cast<double>(nanoseconds) / 1e6;
    return QString::number(value, 'f', value < 1 ? 2 : value < 100 ? 1 : 0) + QStringLiteral(" ms");
}

/// Begins with a capital letter, unless with a name.
QString asSentence(QString text)
{
    const qsizetype first = text.startsWith(QLatin1Char('[')) ? 1 : 0;
    if (first < text.size())
        text[first] = text.at(first).toUpper();
    return text;
}

bool isMicrotask(TaskKind kind) { return queueOf(kind) == LoopQueue::Microtasks; }

/// Events that are about a task, so that it can be said who asked for it.
bool isAboutTask(EventKind kind)
{
    switch (kind) {
    case EventKind::TaskReady:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
    case EventKind::TaskCancelled:
    case EventKind::TaskRearmed:
    case EventKind::TimerArmed:
        return true;
    default:
        return false;
    }
}

} // namespace

Explainer::Explainer(const RecordingReader &reader, const RecordingIndex &index, const EventText &text)
    : m_reader(reader)
    , m_index(index)
    , m_text(text)
{
}

std::vector<Explanation> Explainer::explain(const LoopState &state) const
{
    using Topic = Explanation::Topic;
    std::vector<Explanation> answers;
    const auto say = [&](Topic topic, const QString &text) {
        if (!text.isEmpty())
            answers.push_back({topic, asSentence(text)});
    };
    if (state.cursor == 0 || state.cursor > m_index.eventCount()) {
        say(Topic::JustNow, tr("The recording starts here."));
        say(Topic::Next, next(state));
        return answers;
    }
    const Event event = m_reader.event(state.cursor - 1);
    say(Topic::JustNow, justNow(event, state.cursor - 1));
    say(Topic::Because, rule(event, state));
    if (isAboutTask(event.kind))
        say(Topic::AskedBy, askedBy(event.subject, state));
    say(Topic::Next, next(state));
    addWaiting(state, answers);
    return answers;
}

std::vector<Explanation> Explainer::explainItem(SubjectId subject, const LoopState &state) const
{
    using Topic = Explanation::Topic;
    const TaskState *task = state.task(subject);
    const RequestState *request = state.requests.find(subject);
    if (task == nullptr && request == nullptr)
        return {};
    std::vector<Explanation> answers;
    const auto say = [&](Topic topic, const QString &text) {
        if (!text.isEmpty())
            answers.push_back({topic, asSentence(text)});
    };
    const QString place = link(task == nullptr ? request->submittedFrom : task->function != 0 ? task->function : task->scheduledAt);
    const QString what = m_text.subjectText(subject);
    say(Topic::Item, place.isEmpty() ? what + QLatin1Char('.') : tr("%1, %2.").arg(what, place));
    say(Topic::AskedBy, askedBy(subject, state));
    const QString why = task == nullptr ? waitsFor(*request, state) : waitsFor(*task, state);
    if (!why.isEmpty())
        say(Topic::Waiting, why + QLatin1Char('.'));
    if (task != nullptr) {
        Event created;
        created.detail = static_cast<quint8>(task->kind);
        say(Topic::Because, taskCreatedRule(created));
    }
    return answers;
}

QString Explainer::justNow(const Event &event, quint64 index) const
{
    const QString place = link(m_text.placeOf(event));
    // Its code is marked in the source, and may hold anything.
    if (event.kind == EventKind::Statement && !place.isEmpty())
        return tr("%1 is about to run.").arg(place);
    if (event.kind == EventKind::ConsoleText && !place.isEmpty())
        return tr("%1 printed a line.").arg(place);
    const QString what = m_text.what(index);
    return place.isEmpty() ? what + QLatin1Char('.') : tr("%1, %2.").arg(what, place);
}

QString Explainer::link(SiteId site) const
{
    const SitePlace place = m_reader.place(site);
    if (!place.isValid())
        return {};
    const auto &sources = m_reader.sources();
    const bool isMain = !sources.empty() && place.source == sources.front().get();
    const QString words = isMain ? tr("line %1").arg(place.site->line) : place.shortPlace();
    return QStringLiteral("[%1](site:%2)").arg(words).arg(site);
}

QString Explainer::named(SubjectId subject) const { return QStringLiteral("`%1`").arg(m_text.subjectName(subject)); }

// --- the rule ------------------------------------------------------------------------------------------------------------------------

QString Explainer::rule(const Event &event, const LoopState &state) const
{
    switch (event.kind) {
    case EventKind::TaskCreated:
        return taskCreatedRule(event);
    case EventKind::TaskBegun:
        return event.detail == static_cast<quint8>(TaskKind::ProcessEvent) ? processEventRule(m_text.subjectName(event.subject))
                                                                           : taskBegunRule(event);
    case EventKind::TaskEnded:
        if (isMicrotask(static_cast<TaskKind>(event.detail)))
            return tr("The microtasks go on until none is left.");
        if (!state.runningTasks.empty())
            return tr("It ran inside another task, which goes on now.");
        return tr("Behind every callback the nextTick queue is emptied, then the microtasks, before the loop goes on.");
    case EventKind::TaskRearmed:
        return tr("An interval is armed again when its callback has run, so callbacks never overlap.");
    case EventKind::TaskReady:
        return event.cause != 0 ? tr("Its request is done; its callback waits for the poll phase.") : QString();
    case EventKind::CallEntered:
        return event.detail != 0 ? tr("What it awaited is settled, so it goes on where it stood.") : QString();
    case EventKind::Statement:
        return state.stack.empty() ? QString() : tr("JavaScript runs to its end: nothing else can run before the call stack is empty.");
    case EventKind::StatementsCapped:
        return tr("A callback that runs very long is counted from here on, not recorded step by step.");
    case EventKind::ErrorThrown:
        return event.detail != 0 ? tr("No `catch` and no handler took it, so Node ends the process.") : QString();
    case EventKind::FreeChoice:
        return tr("Node itself may go either way here; this run took one way, chosen by its seed.");
    default:
        break;
    }
    const QString ofPromise = promiseRule(event);
    return ofPromise.isEmpty() ? loopRule(event) : ofPromise;
}

QString Explainer::taskCreatedRule(const Event &event) const
{
    switch (static_cast<TaskKind>(event.detail)) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return tr("A timer runs in the timers phase of the first iteration after its time has come: never sooner, maybe later.");
    case TaskKind::Immediate:
        return tr("`setImmediate` queues for the next check phase, right behind poll.");
    case TaskKind::Tick:
        return tr("`process.nextTick` runs as soon as the callback of now is done, before any promise reaction.");
    case TaskKind::Microtask:
        return tr("`queueMicrotask` joins the microtasks: behind the nextTick queue, before the loop goes on.");
    case TaskKind::PromiseReaction:
        return tr("The promise is settled, so its handler joined the microtask queue.");
    case TaskKind::AwaitContinuation:
        return tr("What was awaited is settled, so the rest of the async function joined the microtask queue.");
    case TaskKind::ThenableJob:
        return tr("A promise was resolved with another one: following it takes a microtask of its own.");
    case TaskKind::IoCallback:
        return tr("The work is done outside of JavaScript; the callback waits for it and then for the poll phase.");
    case TaskKind::CloseCallback:
        return tr("Close callbacks run in the last phase of an iteration.");
    default:
        return {};
    }
}

QString Explainer::taskBegunRule(const Event &event) const
{
    const auto kind = static_cast<TaskKind>(event.detail);
    if (isMicrotask(kind))
        return tr("The nextTick queue is empty, so microtasks run until none is left; only then the loop goes on.");
    switch (kind) {
    case TaskKind::Script:
        return tr("A run begins with the main script; the loop starts when it has ended.");
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return tr("Its time has come, and the timers phase runs all timers that are due.");
    case TaskKind::Immediate:
        return tr("The check phase runs what `setImmediate` queued before the phase began, in that order.");
    case TaskKind::Tick:
        return tr("The nextTick queue is emptied after every callback, before promise reactions and before the loop goes on.");
    case TaskKind::IoCallback:
        return tr("Its request is done, and the poll phase runs callbacks of finished I/O.");
    case TaskKind::CloseCallback:
        return tr("The closing phase runs the callbacks of what was closed.");
    case TaskKind::Internal:
        return tr("Node does this itself, between two callbacks.");
    default:
        return {};
    }
}

QString Explainer::processEventRule(const QString &name) const
{
    if (name == QLatin1String("exit"))
        return tr("The process is about to end: its handlers run to their end, and what they schedule never runs.");
    if (name == QLatin1String("beforeExit"))
        return tr("The loop has nothing left to do. What a handler schedules now makes it go on.");
    if (name == QLatin1String("uncaughtException"))
        return tr("Nobody caught the error. With a handler the process goes on; without one it ends.");
    if (name == QLatin1String("unhandledRejection"))
        return tr("The microtasks are drained and nobody handled the rejection. Without a handler for it the process ends.");
    return tr("Node tells the script about this at once.");
}

QString Explainer::promiseRule(const Event &event) const
{
    switch (event.kind) {
    case EventKind::PromiseFulfilled:
        return tr("All that waits for it, with `then` or `await`, joins the microtask queue at this moment.");
    case EventKind::PromiseRejected:
        return tr("If nobody handles it before the microtasks are drained, Node reports an unhandled rejection.");
    case EventKind::PromiseAdopted:
        return tr("A promise that is resolved with another one takes over its state, whatever that becomes.");
    case EventKind::AwaitSuspended:
        return tr("`await` always gives the thread back: the rest runs as a microtask once the promise is settled.");
    case EventKind::AwaitResumed:
        return tr("Its turn in the microtask queue has come.");
    case EventKind::RejectionUnhandled:
        return tr("The microtasks are drained and no handler was added.");
    default:
        return {};
    }
}

QString Explainer::loopRule(const Event &event) const
{
    switch (event.kind) {
    case EventKind::IterationStarted:
        return tr("Something still keeps the loop alive: a timer, an immediate, or I/O in flight.");
    case EventKind::PollWaitStarted:
        if (event.value < 0)
            return tr("No timer is armed and no immediate waits: only I/O can wake the loop.");
        return event.value == 0 ? tr("Something else is ready, so poll only looks and does not wait.")
                                : tr("Nothing is ready: the loop sleeps until I/O completes or the next timer is due.");
    case EventKind::RunEnded:
        return event.detail == static_cast<quint8>(RunEnding::Finished) ? tr("Nothing keeps the loop alive any more.") : QString();
    case EventKind::PhaseEntered:
        break;
    default:
        return {};
    }
    switch (event.phase()) {
    case Phase::Timers:
        return tr("An iteration begins with the timers that are due, the earliest first.");
    case Phase::PendingCallbacks:
        return tr("Here run callbacks of some system operations that were put off from the iteration before.");
    case Phase::IdlePrepare:
        return tr("Node uses this phase for itself; no callback of a script runs here.");
    case Phase::Poll:
        return tr("Here the loop takes finished I/O and runs its callbacks; with nothing else to do it waits here.");
    case Phase::Check:
        return tr("Here run the callbacks of `setImmediate`.");
    case Phase::ClosingCallbacks:
        return tr("Here run the callbacks of handles that were closed.");
    case Phase::None:
        break;
    }
    return {};
}

// --- who, next, and what waits -------------------------------------------------------------------------------------------------------

QString Explainer::askedBy(SubjectId subject, const LoopState &state) const
{
    const SubjectHistory history = m_index.history(subject);
    if (!history.created)
        return {};
    const Event created = m_reader.event(*history.created);
    if (created.kind != EventKind::TaskCreated || created.detail == static_cast<quint8>(TaskKind::Script))
        return {};
    const QString ago = state.time > created.time ? tr("%1 ago").arg(duration(state.time - created.time)) : tr("at this very time");
    const QString place = link(static_cast<SiteId>(created.value));
    const QString cause = created.cause != 0 ? m_text.subjectText(created.cause) : QString();
    if (!place.isEmpty() && !cause.isEmpty())
        return tr("%1, by %2, %3.").arg(place, cause, ago);
    if (!place.isEmpty())
        return tr("%1, %2.").arg(place, ago);
    return cause.isEmpty() ? QString() : tr("%1, %2.").arg(cause, ago);
}

QString Explainer::next(const LoopState &state) const
{
    if (state.end)
        return tr("Nothing: the run is over.");
    QString text;
    if (state.cursor < m_index.eventCount())
        text = asSentence(justNow(m_reader.event(state.cursor), state.cursor));
    const QString rule = nextByRule(state);
    return text.isEmpty() || rule.isEmpty() ? text + rule : text + QLatin1Char(' ') + rule;
}

QString Explainer::nextByRule(const LoopState &state) const
{
    const auto first = [&](LoopQueue queue) { return named(state.waiting(queue, 1).front().id); };
    const bool hasTicks = state.waitingCount(LoopQueue::NextTick) > 0;
    const bool hasMicrotasks = state.waitingCount(LoopQueue::Microtasks) > 0;
    if (!state.runningTasks.empty()) {
        // While a queue is drained, its kind goes on to its end before the other's turn.
        const bool drainsMicrotasks = isMicrotask(state.runningTasks.back().kind) || isModule(state.runningTasks.back());
        if (hasMicrotasks && (drainsMicrotasks || !hasTicks))
            return tr("When %1 has ended, %2 runs: microtasks come before the loop goes on.")
                .arg(named(state.runningTasks.back().id), first(LoopQueue::Microtasks));
        if (hasTicks)
            return tr("When %1 has ended, %2 runs: the nextTick queue comes first.")
                .arg(named(state.runningTasks.back().id), first(LoopQueue::NextTick));
        return {};
    }
    if (state.cursor < m_index.eventCount())
        return {};
    if (hasTicks)
        return tr("%1, of the nextTick queue.").arg(first(LoopQueue::NextTick));
    if (hasMicrotasks)
        return tr("%1, of the microtasks.").arg(first(LoopQueue::Microtasks));
    return {};
}

bool Explainer::isModule(const TaskState &task) const
{
    const SitePlace place = m_reader.place(task.function);
    const bool isBody = task.kind == TaskKind::Script || task.kind == TaskKind::ModuleEvaluation;
    // ES modules are recorded under their URL.
    return isBody && place.isValid() && place.source->path.startsWith(QLatin1String("file:"));
}

QString Explainer::waitsFor(const RequestState &request, const LoopState &state) const
{
    if (!request.startedAt)
        return tr("it waits for a free thread of the pool");
    const QString since = duration(state.time > *request.startedAt ? state.time - *request.startedAt : 0);
    return request.thread == 0 ? tr("the kernel has it, since %1").arg(since)
                               : tr("thread %1 of the pool works on it, since %2").arg(request.thread).arg(since);
}

QString Explainer::waitsFor(const TaskState &task, const LoopState &state) const
{
    switch (queueOf(task.kind)) {
    case LoopQueue::Timers:
        if (!task.dueAt)
            return {};
        return *task.dueAt > state.time
            ? tr("its time comes at %1, %2 from now").arg(duration(*task.dueAt), duration(*task.dueAt - state.time))
            : tr("its time has come; it runs when the loop is in the timers phase");
    case LoopQueue::Check:
        return tr("it runs in the check phase");
    case LoopQueue::Poll:
        return task.isReady() ? tr("its request is done; it runs in the poll phase") : tr("%1 is not done").arg(named(task.cause));
    case LoopQueue::Closing:
        return tr("it runs in the closing phase");
    case LoopQueue::NextTick:
        return tr("it runs when the callback of now has ended, before the microtasks");
    case LoopQueue::Microtasks:
        return tr("it runs before the loop goes on, behind the nextTick queue");
    default:
        return {};
    }
}

void Explainer::addWaiting(const LoopState &state, std::vector<Explanation> &answers) const
{
    size_t said = 0;
    size_t waiting = 0;
    for (const LoopQueue queue : {LoopQueue::Timers, LoopQueue::Poll, LoopQueue::Check, LoopQueue::Closing}) {
        waiting += state.waitingCount(queue);
        for (const TaskState &task : state.waiting(queue, 2)) {
            const QString why = waitsFor(task, state);
            if (why.isEmpty() || said == kWaitingSaid)
                continue;
            ++said;
            const QString place = link(task.function != 0 ? task.function : task.scheduledAt);
            const QString who = place.isEmpty() ? named(task.id) : tr("%1 (%2)").arg(named(task.id), place);
            answers.push_back({Explanation::Topic::Waiting, tr("%1: %2.").arg(who, why)});
        }
    }
    if (waiting > said && said > 0)
        answers.push_back({Explanation::Topic::Waiting, tr("And %1 more.").arg(waiting - said)});
}

} // namespace loopscope
