// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/LoopState.h"

#include <algorithm>
#include <utility>

namespace loopscope {
namespace {

// Node's pool can have 1024 threads; larger numbers come from damage only.
constexpr qint64 mostPoolThreads = 1024;

SubjectId subjectIn(qint64 value) { return static_cast<SubjectId>(value); }
SiteId siteIn(qint64 value) { return static_cast<SiteId>(value); }
StringId stringIn(qint64 value) { return static_cast<StringId>(value); }

} // namespace

void LoopState::apply(const Event &event)
{
    time = event.time;
    if (event.kind == EventKind::LoopStarted || event.kind == EventKind::LoopEnded)
        countLoop(event);
    if (event.loop() != loop) { // its tasks and phases are not this loop's
        ++cursor;
        return;
    }
    // The groups of EventKind, by number.
    const auto kind = static_cast<quint8>(event.kind);
    if (kind < static_cast<quint8>(EventKind::TaskCreated))
        applyRunEvent(event);
    else if (kind < static_cast<quint8>(EventKind::PromiseCreated))
        applyTaskEvent(event);
    else if (kind < static_cast<quint8>(EventKind::CallEntered))
        applyPromiseEvent(event);
    else if (kind < static_cast<quint8>(EventKind::IoSubmitted))
        applyCallEvent(event);
    else if (kind < static_cast<quint8>(EventKind::ConsoleText))
        applyRequestEvent(event);
    else
        applyNoteEvent(event);
    ++cursor;
}

/// Of whatever loop.
void LoopState::countLoop(const Event &event)
{
    if (event.kind == EventKind::LoopStarted)
        runningLoops.push_back(
            {event.loop(), static_cast<LoopKind>(event.detail), event.subject, event.cause, stringIn(event.value), event.time});
    else
        std::erase_if(runningLoops, [&](const RunningLoop &each) { return each.loop == event.loop(); });
}

void LoopState::applyRunEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::RunEnded:
        end = RunEndState{static_cast<RunEnding>(event.detail), static_cast<int>(event.value)};
        phase = Phase::None;
        pollWait.reset();
        break;
    case EventKind::IterationStarted:
        iteration = static_cast<quint64>(event.value);
        phase = Phase::None; // the last one is over, the first is not entered yet
        break;
    case EventKind::PhaseEntered:
        phase = event.phase();
        break;
    case EventKind::PhaseLeft:
        phase = Phase::None;
        pollWait.reset();
        break;
    case EventKind::PollWaitStarted:
        pollWait = PollWait{event.time, event.value};
        break;
    case EventKind::PollWaitEnded:
        pollWait.reset();
        break;
    default:
        break;
    }
}

void LoopState::applyTaskEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
        createTask(event);
        break;
    case EventKind::TaskReady:
        waitingTasks.setReady(event.subject, eventIndex());
        break;
    case EventKind::TaskBegun:
        beginTask(event);
        break;
    case EventKind::TaskEnded:
        endTask(event);
        break;
    case EventKind::TaskCancelled:
        ++totals.tasksCancelled;
        waitingTasks.take(event.subject);
        break;
    case EventKind::TaskRearmed:
        rearmTask(event);
        break;
    case EventKind::TimerArmed:
        waitingTasks.arm(event.subject, static_cast<quint64>(std::max<qint64>(event.value, 0)), eventIndex());
        break;
    case EventKind::TaskReferenced:
        waitingTasks.setReferenced(event.subject, event.detail != 0);
        for (TaskState &task : runningTasks) {
            if (task.id == event.subject)
                task.referenced = event.detail != 0;
        }
        break;
    case EventKind::SubjectNamed:
        if (RequestState *request = requests.edit(event.subject); request != nullptr)
            request->label = stringIn(event.value);
        else if (HandleState *handle = handles.edit(event.subject); handle != nullptr)
            handle->label = stringIn(event.value);
        break;
    default:
        break;
    }
}

/// A task as the event tells of it that created it; others say the same in the same fields.
TaskState LoopState::made(const Event &event) const
{
    TaskState task;
    task.id = event.subject;
    task.kind = static_cast<TaskKind>(event.detail);
    task.function = event.site;
    task.cause = event.cause;
    task.createdEvent = eventIndex();
    return task;
}

void LoopState::createTask(const Event &event)
{
    ++totals.tasksCreated;
    waitingTasks.take(event.subject); // a number used twice: damage
    TaskState task = made(event);
    task.scheduledAt = siteIn(event.value);
    waitingTasks.add(task, eventIndex());
}

void LoopState::beginTask(const Event &event)
{
    ++totals.tasksBegun;
    const TaskState task = waitingTasks.take(event.subject).value_or(made(event)); // if its creation was not recorded
    CallFrame frame;
    frame.task = task.id;
    frame.isTask = true;
    frame.function = task.function;
    frame.enteredAt = event.time;
    frame.enteredEvent = eventIndex();
    stack.push_back(frame);
    runningTasks.push_back(task);
}

void LoopState::endTask(const Event &event)
{
    const auto isIt = [&](const TaskState &task) { return task.id == event.subject; };
    const auto running = std::find_if(runningTasks.rbegin(), runningTasks.rend(), isIt);
    if (running == runningTasks.rend())
        return;
    ++totals.tasksEnded;
    m_lastEnded = *running;
    // What an error threw out of may not have been left one by one.
    runningTasks.erase(std::prev(running.base()), runningTasks.end());
    const auto isFrame = [&](const CallFrame &frame) { return frame.isTask && frame.task == event.subject; };
    const auto frame = std::find_if(stack.rbegin(), stack.rend(), isFrame);
    if (frame != stack.rend())
        stack.erase(std::prev(frame.base()), stack.end());
}

void LoopState::rearmTask(const Event &event)
{
    std::optional<TaskState> task = waitingTasks.take(event.subject); // refresh() of a timer that still waits
    if (!task) {
        const auto isIt = [&](const TaskState &each) { return each.id == event.subject; };
        if (const auto running = std::find_if(runningTasks.begin(), runningTasks.end(), isIt); running != runningTasks.end())
            task = *running;
        else if (m_lastEnded && m_lastEnded->id == event.subject)
            task = *m_lastEnded;
    }
    if (!task) { // refresh() of a timer that ran long ago
        task = made(event);
        if (event.detail == 0)
            task->kind = TaskKind::Timeout;
        task->scheduledAt = siteIn(event.value);
    }
    task->dueAt.reset();
    task->ready = false;
    waitingTasks.add(*task, eventIndex());
}

void LoopState::applyPromiseEvent(const Event &event)
{
    PromiseState *promise = event.kind == EventKind::PromiseCreated ? nullptr : unsettledPromises.edit(event.subject);
    switch (event.kind) {
    case EventKind::PromiseCreated: {
        ++totals.promisesCreated;
        PromiseState created;
        created.createdEvent = static_cast<quint32>(eventIndex());
        created.createdFrom = event.site;
        unsettledPromises.insert(event.subject, created);
        break;
    }
    case EventKind::PromiseAdopted:
        if (promise != nullptr)
            promise->adopted = subjectIn(event.value);
        break;
    case EventKind::PromiseFulfilled:
        ++totals.promisesFulfilled;
        unsettledPromises.erase(event.subject);
        break;
    case EventKind::PromiseRejected:
        ++totals.promisesRejected;
        unsettledPromises.erase(event.subject);
        break;
    case EventKind::ReactionAdded:
        if (promise != nullptr)
            ++promise->reactions;
        break;
    case EventKind::PromiseAwaitedAll:
        if (promise != nullptr)
            ++promise->waitsFor;
        break;
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed: {
        const bool suspends = event.kind == EventKind::AwaitSuspended;
        SubjectId &awaited = promise != nullptr ? promise->awaiting : topLevelAwait;
        SiteId &site = promise != nullptr ? promise->awaitSite : topLevelAwaitSite;
        if (promise != nullptr || event.subject == 0) {
            awaited = suspends ? subjectIn(event.value) : 0;
            site = suspends ? event.site : 0;
        }
        if (PromiseState *waitedFor = suspends ? unsettledPromises.edit(subjectIn(event.value)) : nullptr; waitedFor != nullptr)
            ++waitedFor->reactions;
        break;
    }
    case EventKind::RejectionUnhandled:
        unhandledRejections.insert(event.subject, stringIn(event.value));
        break;
    case EventKind::RejectionHandled:
        unhandledRejections.erase(event.subject);
        break;
    default:
        break;
    }
}

void LoopState::applyCallEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::CallEntered: {
        CallFrame frame;
        frame.task = runningTasks.empty() ? 0 : runningTasks.back().id;
        frame.isResumed = (event.detail & CallResumes) != 0;
        frame.function = event.site;
        frame.calledAt = siteIn(event.value);
        frame.enteredAt = event.time;
        frame.enteredEvent = eventIndex();
        stack.push_back(frame);
        break;
    }
    case EventKind::CallLeft:
        leaveCall(event);
        break;
    case EventKind::Statement:
        ++totals.statements;
        if (!stack.empty())
            stack.back().statement = event.site;
        break;
    case EventKind::StatementsCapped:
        if (event.detail == 0) {
            totals.statements += static_cast<quint64>(std::max<qint64>(event.value, 0));
            totals.statementsCapped += static_cast<quint64>(std::max<qint64>(event.value, 0));
        }
        if (!stack.empty() && event.site != 0)
            stack.back().statement = event.site;
        break;
    default:
        break;
    }
}

/// Leaves the innermost call of that function in this task, and with it whatever it called; what an error threw out of need not say so.
void LoopState::leaveCall(const Event &event)
{
    for (size_t i = stack.size(); i > 0 && !stack[i - 1].isTask; --i) {
        if (stack[i - 1].function == event.site) {
            stack.resize(i - 1);
            return;
        }
    }
}

void LoopState::applyRequestEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::IoSubmitted: {
        RequestState request;
        request.id = event.subject;
        request.kind = static_cast<IoKind>(event.detail);
        request.label = stringIn(event.value);
        request.cause = event.cause;
        request.submittedFrom = event.site;
        request.submittedAt = event.time;
        requests.insert(event.subject, request);
        break;
    }
    case EventKind::IoStarted:
        if (RequestState *request = requests.edit(event.subject); request != nullptr) {
            request->startedAt = event.time;
            request->thread = static_cast<quint32>(std::clamp<qint64>(event.value, 0, mostPoolThreads));
            if (request->thread > poolThreads.size())
                poolThreads.resize(request->thread);
            if (request->thread > 0)
                poolThreads[request->thread - 1] = request->id;
        }
        break;
    case EventKind::IoCompleted:
        ++totals.requestsCompleted;
        std::replace(poolThreads.begin(), poolThreads.end(), event.subject, SubjectId{0});
        requests.erase(event.subject);
        break;
    default:
        applyHandleEvent(event);
        break;
    }
}

void LoopState::applyHandleEvent(const Event &event)
{
    const auto setKeeping = [this](HandleState &handle, bool keeps) {
        if (keeps != handle.keepsAlive)
            keepingHandles += keeps ? 1 : -1ULL;
        handle.keepsAlive = keeps;
    };
    switch (event.kind) {
    case EventKind::HandleOpened: {
        HandleState handle;
        handle.id = event.subject;
        handle.kind = static_cast<IoKind>(event.detail);
        handle.label = stringIn(event.value);
        handle.cause = event.cause;
        handle.openedFrom = event.site;
        handle.openedAt = event.time;
        if (HandleState *known = handles.edit(event.subject); known != nullptr)
            setKeeping(*known, false); // opened twice: from damage only
        handles.insert(event.subject, handle);
        break;
    }
    case EventKind::HandleClosed:
        if (HandleState *handle = handles.edit(event.subject); handle != nullptr)
            setKeeping(*handle, false);
        handles.erase(event.subject);
        break;
    case EventKind::HandleActive:
        if (HandleState *handle = handles.edit(event.subject); handle != nullptr) {
            handle->isActive = (event.detail & 1U) != 0;
            setKeeping(*handle, (event.detail & 2U) != 0);
        }
        break;
    default:
        break;
    }
}

void LoopState::applyNoteEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::ConsoleText:
        ++totals.consoleTexts;
        break;
    case EventKind::ErrorThrown:
        lastError = ErrorState{stringIn(event.value), event.site, event.detail != 0, eventIndex()};
        break;
    case EventKind::FreeChoice:
        lastChoice = FreeChoiceState{static_cast<ChoiceKind>(event.detail), event.value, eventIndex()};
        break;
    case EventKind::LimitReached:
        limitReached = static_cast<LimitKind>(event.detail);
        break;
    case EventKind::LoopEnded:
        end = RunEndState{static_cast<RunEnding>(event.detail), static_cast<int>(event.value)};
        phase = Phase::None;
        pollWait.reset();
        break;
    case EventKind::TaskServes:
        servingTask = event.subject;
        servedRequest = event.cause;
        break;
    case EventKind::Dropped:
        totals.eventsDropped += static_cast<quint64>(std::max<qint64>(event.value, 0));
        break;
    default:
        break;
    }
}

std::optional<TaskState> LoopState::task(SubjectId id) const
{
    for (const TaskState &task : runningTasks) {
        if (task.id == id)
            return task;
    }
    return waitingTasks.find(id);
}

std::vector<RequestState> LoopState::poolQueue(size_t limit) const
{
    std::vector<RequestState> queue;
    requests.visit([&](SubjectId, const RequestState &request) {
        if (!request.startedAt && queue.size() < limit)
            queue.push_back(request);
        return queue.size() < limit;
    });
    return queue;
}

size_t LoopState::ownBytes() const
{
    return sizeof *this + stack.capacity() * sizeof(CallFrame) + runningTasks.capacity() * sizeof(TaskState)
        + poolThreads.capacity() * sizeof(SubjectId) + waitingTasks.ownBytes() + requests.ownBytes() + handles.ownBytes()
        + unsettledPromises.ownBytes() + unhandledRejections.ownBytes();
}

SiteId LoopState::currentStatement() const
{
    for (auto frame = stack.rbegin(); frame != stack.rend(); ++frame) {
        if (frame->statement != 0)
            return frame->statement;
    }
    return 0;
}

} // namespace loopscope
