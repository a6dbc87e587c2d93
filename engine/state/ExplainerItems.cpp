// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Explainer.h"
#include "state/Names.h"

#include <algorithm>

namespace loopscope {

namespace {

using Topic = Explanation::Topic;

constexpr size_t kWaitingSaid = 4;

} // namespace

std::vector<Explanation> Explainer::explainItem(SubjectId subject, const LoopState &state, Depth depth) const
{
    Answers answers;
    const SubjectHistory history = m_index.history(subject);
    if (subject == 0)
        return answers;
    if (const std::optional<TaskState> task = state.task(subject))
        explainTask(*task, state, depth, answers);
    else if (const RequestState *request = state.requests.find(subject))
        explainRequest(*request, state, depth, answers);
    else if (const HandleState *handle = state.handles.find(subject))
        explainHandle(*handle, state, depth, answers);
    else if (const auto loop = std::find_if(state.runningLoops.begin(), state.runningLoops.end(),
                 [subject](const RunningLoop &each) { return each.subject == subject; });
             loop != state.runningLoops.end())
        explainLoop(*loop, state, depth, answers);
    else if (history.created && *history.created < state.cursor && m_reader.event(*history.created).kind == EventKind::PromiseCreated)
        explainPromise(subject, m_reader.event(*history.created), state, depth, answers);
    return answers;
}

void Explainer::explainTask(const TaskState &task, const LoopState &state, Depth depth, Answers &answers) const
{
    const bool runs = !state.waitingTasks.contains(task.id);
    say(answers, Topic::Item, runs ? tr("%1 runs.").arg(m_narration.subject(task.id)) : tr("%1 waits.").arg(m_narration.subject(task.id)));
    say(answers, Topic::AskedBy, askedBy(task.id, state));
    addChain(task.id, state, answers);
    const QString why = runs ? QString() : waitsFor(task, state);
    if (!why.isEmpty())
        say(answers, Topic::Waiting, why + QLatin1Char('.'));
    if (!task.referenced)
        say(answers, Topic::Waiting, tr("The loop does not stay alive for it (`unref`)."));
    sayRule(answers, RuleBook::ofWaiting(task.kind), depth);
}

void Explainer::explainRequest(const RequestState &request, const LoopState &state, Depth depth, Answers &answers) const
{
    say(answers, Topic::Item, tr("%1 request %2, in flight.").arg(ioKindName(request.kind), m_narration.named(request.id)));
    say(answers, Topic::AskedBy, askedBy(request.id, state));
    addChain(request.id, state, answers);
    say(answers, Topic::Waiting, waitsFor(request, state) + QLatin1Char('.'));
    sayRule(answers, RuleBook::ofRequest(request.startedAt && request.thread == 0), depth);
}

void Explainer::explainHandle(const HandleState &handle, const LoopState &state, Depth depth, Answers &answers) const
{
    say(answers, Topic::Item, tr("%1 is open, since %2.").arg(m_narration.subject(handle.id), durationText(handle.openedAt)));
    say(answers, Topic::AskedBy, askedBy(handle.id, state));
    addChain(handle.id, state, answers);
    say(answers, Topic::Waiting,
        !handle.isActive        ? tr("It neither listens nor reads now, so poll does not watch it.")
            : handle.keepsAlive ? tr("Poll watches it, and the loop stays alive for it.")
                                : tr("Poll watches it, but the loop does not stay alive for it (`unref`)."));
    sayRule(answers, RuleBook::of(m_reader.event(m_index.history(handle.id).created.value_or(0)), {}), depth);
}

void Explainer::explainLoop(const RunningLoop &loop, const LoopState &state, Depth depth, Answers &answers) const
{
    say(answers, Topic::Item,
        tr("%1 runs on a loop of its own, since %2.").arg(m_narration.subject(loop.subject), durationText(loop.startedAt)));
    say(answers, Topic::AskedBy, askedBy(loop.subject, state));
    say(answers, Topic::Waiting, tr("Poll hears of its messages and of its end."));
    sayRule(answers, RuleBook::of(m_reader.event(m_index.history(loop.subject).created.value_or(0)), {}), depth);
}

void Explainer::explainPromise(SubjectId promise, const Event &created, const LoopState &state, Depth depth, Answers &answers) const
{
    const QString who = m_narration.subject(promise);
    const PromiseState *pending = state.unsettledPromises.find(promise);
    const SubjectHistory history = m_index.history(promise);
    if (pending != nullptr) {
        say(answers, Topic::Item, tr("%1 is pending.").arg(who));
    } else if (history.ended && *history.ended < state.cursor) {
        const Event settled = m_reader.event(*history.ended);
        const bool isFulfilled = settled.kind == EventKind::PromiseFulfilled;
        const QString when = Narration::momentLink(Narration::ago(state.time, settled.time), *history.ended);
        say(answers, Topic::Item, (isFulfilled ? tr("%1 was fulfilled, %2.") : tr("%1 was rejected, %2.")).arg(who, when));
    }
    say(answers, Topic::AskedBy, askedBy(promise, state));
    addChain(promise, state, answers);
    if (pending != nullptr) {
        say(answers, Topic::Waiting, waitsFor(*pending, created) + QLatin1Char('.'));
        if (history.ended) { // behind the cursor
            const quint64 settledAt = m_reader.event(*history.ended).time;
            const QString later = tr("%1 later").arg(durationText(settledAt > state.time ? settledAt - state.time : 0));
            say(answers, Topic::Waiting, tr("In this recording it is settled %1.").arg(Narration::momentLink(later, *history.ended)));
        } else if (state.end && state.end->ending == RunEnding::Finished) {
            say(answers, Topic::Waiting, tr("The run is over, so it is never settled."));
        }
    }
    if (state.unhandledRejections.find(promise) != nullptr)
        say(answers, Topic::Waiting, tr("Nobody has handled its rejection."));
    sayRule(answers, RuleBook::of(created, {}), depth);
}

QString Explainer::waitsFor(const PromiseState &promise, const Event &created) const
{
    const QString reactions = promise.reactions == 0 ? tr("nothing waits for it so far")
        : promise.reactions == 1                     ? tr("one handler waits for it")
                                                     : tr("%L1 handlers wait for it").arg(promise.reactions);
    if (promise.adopted != 0)
        return tr("it follows %1; %2").arg(m_narration.subject(promise.adopted), reactions);
    if (promise.awaiting != 0) {
        const QString where = m_narration.place(promise.awaitSite);
        return where.isEmpty()
            ? tr("its function awaits %1; %2").arg(m_narration.subject(promise.awaiting), reactions)
            : tr("its function stands at %1 and awaits %2; %3").arg(where, m_narration.subject(promise.awaiting), reactions);
    }
    if (promise.waitsFor > 0)
        return tr("it was given %L1 promises; %2").arg(promise.waitsFor).arg(reactions);
    // Of an async function the value is its site.
    const auto source = static_cast<SubjectId>(created.value);
    if (source != 0 && static_cast<PromiseOrigin>(created.detail) != PromiseOrigin::AsyncFunction)
        return tr("it is settled when a handler of %1 has run; %2").arg(m_narration.subject(source), reactions);
    return tr("nobody has settled it; %1").arg(reactions);
}

QString Explainer::waitsFor(const RequestState &request, const LoopState &state) const
{
    if (!request.startedAt)
        return tr("it waits for a free thread of the pool");
    const QString since = durationText(state.time > *request.startedAt ? state.time - *request.startedAt : 0);
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
            ? tr("its time comes at %1, %2 from now").arg(durationText(*task.dueAt), durationText(*task.dueAt - state.time))
            : tr("its time has come; it runs when the loop is in the timers phase");
    case LoopQueue::Check:
        return tr("it runs in the check phase");
    case LoopQueue::Poll:
        return task.ready ? tr("its request is done; it runs in the poll phase") : tr("%1 is not done").arg(m_narration.named(task.cause));
    case LoopQueue::Pending:
        return tr("it runs in the pending phase");
    case LoopQueue::Closing:
        return tr("it runs in the closing phase");
    case LoopQueue::NextTick:
        return tr("it runs when the callback of now has ended, before the microtasks");
    case LoopQueue::Microtasks:
        return tr("it runs before the loop goes on, after the nextTick queue");
    default:
        return {};
    }
}

void Explainer::addWaiting(const LoopState &state, Answers &answers) const
{
    size_t said = 0;
    size_t waiting = 0;
    for (const LoopQueue queue : {LoopQueue::Timers, LoopQueue::Pending, LoopQueue::Poll, LoopQueue::Check, LoopQueue::Closing}) {
        waiting += state.waitingCount(queue);
        for (const TaskState &task : state.waiting(queue, 2)) {
            const QString why = waitsFor(task, state);
            if (why.isEmpty() || said == kWaitingSaid)
                continue;
            ++said;
            answers.push_back({Topic::Waiting, tr("%1: %2.").arg(m_narration.named(task.id), why)});
        }
    }
    if (waiting > said && said > 0)
        answers.push_back({Topic::Waiting, tr("And %L1 more.").arg(waiting - said)});
}

} // namespace loopscope
