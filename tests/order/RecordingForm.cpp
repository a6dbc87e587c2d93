// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "RecordingForm.h"

#include "recording/RecordingFormat.h"

namespace loopscope {

namespace {

/// What a running task does, and names as its cause.
bool isDoneByTask(EventKind kind)
{
    switch (kind) {
    case EventKind::TaskCancelled:
    case EventKind::PromiseCreated:
    case EventKind::PromiseAdopted:
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
    case EventKind::ReactionAdded:
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
    case EventKind::PromiseSettleIgnored:
    case EventKind::CallEntered:
    case EventKind::CallLeft:
    case EventKind::Statement:
    case EventKind::IoSubmitted:
    case EventKind::ConsoleText:
    case EventKind::Mark:
        return true;
    default:
        return false;
    }
}

QString sentence(const char *text, qint64 number) { return QString::fromLatin1(text).arg(number); }

} // namespace

RecordingForm::RecordingForm(const RecordingReader &reader)
    : m_reader(reader)
{
}

QString RecordingForm::firstFault()
{
    const quint64 count = m_reader.eventCount();
    if (count < 2 || m_reader.event(0).kind != EventKind::RunStarted || m_reader.event(count - 1).kind != EventKind::RunEnded)
        return QStringLiteral("the recording does not start with RunStarted and end with RunEnded");
    for (quint64 i = 0; i < count; ++i) {
        const QString fault = check(m_reader.event(i));
        if (!fault.isEmpty())
            return QStringLiteral("event %1: %2").arg(i).arg(fault);
    }
    return checkEnd();
}

QString RecordingForm::check(const Event &event)
{
    if (event.time < m_time)
        return QStringLiteral("time goes back from %1 to %2").arg(m_time).arg(event.time);
    m_time = event.time;
    if (event.kind == EventKind::MessagePosted || event.kind == EventKind::RequestSent)
        m_subjects.insert(event.subject, {});
    if (event.loop() != 0)
        return {};
    for (const QString &fault : {checkNumbers(event), checkCause(event)}) {
        if (!fault.isEmpty())
            return fault;
    }
    const int kind = static_cast<int>(event.kind);
    if (kind < static_cast<int>(EventKind::TaskCreated))
        return checkLoop(event);
    if (kind < static_cast<int>(EventKind::PromiseCreated))
        return checkTask(event);
    if (kind < static_cast<int>(EventKind::CallEntered))
        return checkPromise(event);
    if (kind < static_cast<int>(EventKind::IoSubmitted))
        return checkCall(event);
    if (kind < static_cast<int>(EventKind::ConsoleText))
        return checkRequest(event);
    return {};
}

QString RecordingForm::checkNumbers(const Event &event) const
{
    if (event.site != 0 && !m_reader.place(event.site).isValid())
        return sentence("site %1 is in no file", event.site);
    if (format::valueIsString(event.kind) && m_reader.string(static_cast<StringId>(event.value)).isEmpty())
        return sentence("an event of kind %1 has no text", static_cast<int>(event.kind));
    const bool isOnThread = event.kind == EventKind::IoStarted || event.kind == EventKind::IoCompleted
        || (event.kind == EventKind::FreeChoice && event.detail == static_cast<quint8>(ChoiceKind::IoCompletionOrder));
    if (event.lane() != 0 && !isOnThread)
        return sentence("an event of kind %1 is not in the main lane", static_cast<int>(event.kind));
    return {};
}

QString RecordingForm::checkCause(const Event &event) const
{
    if (event.cause != 0 && !m_subjects.contains(event.cause))
        return sentence("its cause %1 was never created", event.cause);
    if (!isDoneByTask(event.kind))
        return {};
    if (m_running.empty())
        return sentence("an event of kind %1 happens while no task runs", static_cast<int>(event.kind));
    if (event.cause != m_running.back())
        return QStringLiteral("its cause is %1, but task %2 runs").arg(event.cause).arg(m_running.back());
    return {};
}

// -------------------------------------------------------------------------------------------------------------- the loop

QString RecordingForm::checkLoop(const Event &event)
{
    switch (event.kind) {
    case EventKind::IterationStarted:
        return event.value == ++m_iteration ? QString() : sentence("iteration %1 starts out of turn", event.value);
    case EventKind::PhaseEntered:
        m_phase = event.phase(); // entering one leaves the other
        return m_phase == Phase::None ? QStringLiteral("no phase is entered") : QString();
    case EventKind::PhaseLeft:
        return std::exchange(m_phase, Phase::None) == event.phase() ? QString() : QStringLiteral("a phase is left that was not entered");
    case EventKind::PollWaitStarted:
        if (m_waitSince || m_phase != Phase::Poll || !m_running.empty())
            return QStringLiteral("the loop starts to wait where it cannot");
        m_waitSince = event.time;
        return {};
    case EventKind::PollWaitEnded: {
        const bool fits = m_waitSince && event.value == static_cast<qint64>(event.time - *m_waitSince);
        m_waitSince.reset();
        return fits ? QString() : QStringLiteral("the wait that ends did not last as long as it says");
    }
    default:
        return {};
    }
}

// ----------------------------------------------------------------------------------------------------------------- tasks

QString RecordingForm::create(const Event &event, What what)
{
    if (event.subject == 0 || m_subjects.contains(event.subject))
        return sentence("subject %1 is created twice", event.subject);
    Subject &subject = m_subjects[event.subject];
    subject.what = what;
    subject.cause = event.cause;
    subject.site = event.site;
    if (what == What::Task)
        subject.taskKind = static_cast<TaskKind>(event.detail);
    return {};
}

RecordingForm::Subject *RecordingForm::find(qint64 number, What what)
{
    const auto found = m_subjects.find(static_cast<SubjectId>(number));
    return found == m_subjects.end() || found->what != what ? nullptr : &*found;
}

QString RecordingForm::checkTask(const Event &event)
{
    if (event.kind == EventKind::TaskCreated)
        return create(event, What::Task);
    if (event.kind == EventKind::SubjectNamed)
        return m_subjects.contains(event.subject) ? QString() : sentence("%1 is named, but was never created", event.subject);
    Subject *task = find(event.subject, What::Task);
    if (!task)
        return sentence("task %1 was never created", event.subject);
    if (m_waitSince && event.kind != EventKind::TaskReady)
        return sentence("task %1 does something while the loop waits", event.subject);
    return event.kind == EventKind::TaskEnded ? checkTaskEnd(event, *task) : checkTaskStage(event, *task);
}

QString RecordingForm::checkTaskStage(const Event &event, Subject &task)
{
    const bool waits = task.stage == Stage::Waiting || task.stage == Stage::Ready;
    switch (event.kind) {
    case EventKind::TaskReady:
        if (task.stage != Stage::Waiting)
            return sentence("task %1 becomes ready, but does not wait", event.subject);
        task.stage = Stage::Ready;
        return {};
    case EventKind::TaskBegun:
        if (!waits)
            return sentence("task %1 begins, but does not wait", event.subject);
        if (static_cast<TaskKind>(event.detail) != task.taskKind || event.cause != task.cause || event.site != task.site)
            return sentence("task %1 begins as something else than it was created as", event.subject);
        task.stage = Stage::Running;
        m_running.push_back(event.subject);
        return {};
    case EventKind::TaskCancelled:
        if (!waits && task.stage != Stage::Running)
            return sentence("task %1 is cancelled, but neither waits nor runs", event.subject);
        if (waits)
            task.stage = Stage::Over;
        return {};
    case EventKind::TaskRearmed:
        task.stage = task.stage == Stage::Running ? Stage::Running : Stage::Waiting;
        return static_cast<TaskKind>(event.detail) == task.taskKind ? QString()
                                                                    : sentence("task %1 is armed as another kind", event.subject);
    default:
        return {};
    }
}

QString RecordingForm::checkTaskEnd(const Event &event, Subject &task)
{
    if (m_running.empty() || m_running.back() != event.subject)
        return sentence("task %1 ends, but it is not the innermost that runs", event.subject);
    if (static_cast<TaskKind>(event.detail) != task.taskKind)
        return sentence("task %1 ends as another kind than it was created as", event.subject);
    if (!m_calls.empty() && m_calls.back().depth == m_running.size())
        return sentence("task %1 ends inside a call", event.subject);
    m_running.pop_back();
    // An interval, or a timer that was refreshed, is armed again before or after its end.
    const bool isTimer = task.taskKind == TaskKind::Timeout || task.taskKind == TaskKind::Interval;
    task.stage = isTimer ? Stage::Waiting : Stage::Over;
    return {};
}

// -------------------------------------------------------------------------------------------------------------- promises

QString RecordingForm::checkPromise(const Event &event)
{
    switch (event.kind) {
    case EventKind::PromiseCreated:
        return checkOrigin(event);
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
        return checkAwait(event);
    case EventKind::RejectionsProcessed:
        return {};
    default:
        break;
    }
    Subject *promise = find(event.subject, What::Promise);
    if (!promise)
        return sentence("promise %1 was never created", event.subject);
    const bool namesAnother = event.kind == EventKind::PromiseAdopted || event.kind == EventKind::PromiseAwaitedAll
        || (event.kind == EventKind::ReactionAdded && event.value != 0);
    if (namesAnother && !find(event.value, What::Promise))
        return sentence("%1 is named as a promise, but was never created", event.value);
    return checkSettling(event, *promise);
}

QString RecordingForm::checkOrigin(const Event &event)
{
    if (event.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction)) {
        const SitePlace place = m_reader.place(static_cast<SiteId>(event.value));
        if (event.value != 0 && (!place.isValid() || place.site->kind != SiteKind::Function))
            return sentence("promise %1 is of what is no function", event.subject);
    } else if (event.value != 0 && !find(event.value, What::Promise)) {
        return sentence("promise %1 derives from what is no promise", event.subject);
    }
    return create(event, What::Promise);
}

QString RecordingForm::checkSettling(const Event &event, Subject &promise)
{
    const bool isOpen = promise.stage != Stage::Over;
    switch (event.kind) {
    case EventKind::PromiseAdopted:
        return isOpen ? QString() : sentence("promise %1 adopts a state, but has one", event.subject);
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        promise.stage = Stage::Over;
        promise.isRejected = event.kind == EventKind::PromiseRejected;
        return isOpen ? QString() : sentence("promise %1 is settled twice", event.subject);
    case EventKind::RejectionUnhandled:
        if (!promise.isRejected || promise.isUnhandled)
            return sentence("promise %1 is reported, but is not rejected or was reported before", event.subject);
        promise.isUnhandled = true;
        return {};
    case EventKind::PromiseSettleIgnored:
        return event.detail >= 1 && event.detail <= 3 ? QString() : sentence("promise %1 ignores what is nothing", event.subject);
    case EventKind::RejectionHandled:
        return promise.isUnhandled ? QString() : sentence("promise %1 has a handler now, but was not reported", event.subject);
    default:
        return {};
    }
}

QString RecordingForm::checkAwait(const Event &event)
{
    if (event.subject != 0 && !find(event.subject, What::Promise))
        return sentence("the async function's promise %1 was never created", event.subject);
    if (event.value != 0 && !find(event.value, What::Promise))
        return sentence("promise %1 is awaited, but was never created", event.value);
    if (event.subject == 0)
        return {}; // several modules can wait
    if (event.kind == EventKind::AwaitSuspended) {
        if (m_suspended.contains(event.subject))
            return sentence("the async function of promise %1 is suspended twice", event.subject);
        m_suspended.insert(event.subject, {event.site, event.value});
        return {};
    }
    const auto suspension = m_suspended.constFind(event.subject);
    if (suspension == m_suspended.constEnd() || suspension->site != event.site || suspension->awaited != event.value)
        return sentence("the async function of promise %1 goes on where it was not suspended", event.subject);
    m_suspended.erase(suspension);
    return {};
}

// ----------------------------------------------------------------------------------------------------------------- calls

QString RecordingForm::checkCall(const Event &event)
{
    const SitePlace place = m_reader.place(event.site);
    switch (event.kind) {
    case EventKind::CallEntered:
        if (!place.isValid() || place.site->kind != SiteKind::Function)
            return sentence("what is entered at site %1 is no function", event.site);
        m_calls.push_back({event.site, m_running.size()});
        return {};
    case EventKind::CallLeft:
        if (m_calls.empty() || m_calls.back().function != event.site || m_calls.back().depth != m_running.size())
            return sentence("the call of the function at site %1 ends, but is not the innermost", event.site);
        m_calls.pop_back();
        return {};
    case EventKind::Statement:
        if (m_calls.empty() || m_calls.back().depth != m_running.size())
            return sentence("the statement at site %1 runs in no call", event.site);
        return {};
    default:
        return event.value > 0 ? QString() : QStringLiteral("no statements are left out");
    }
}

// -------------------------------------------------------------------------------------------------------------- requests

QString RecordingForm::checkRequest(const Event &event)
{
    if (event.kind == EventKind::IoSubmitted)
        return create(event, What::Request);
    if (event.kind >= EventKind::HandleOpened && event.kind <= EventKind::HandleActive)
        return checkHandle(event);
    Subject *request = find(event.subject, What::Request);
    if (!request)
        return sentence("request %1 was never submitted", event.subject);
    if (event.kind == EventKind::IoStarted) {
        const bool fits = request->stage == Stage::Waiting && event.value == event.lane();
        request->stage = Stage::Running;
        request->thread = event.lane();
        return fits ? QString() : sentence("request %1 starts twice, or in another lane than its thread's", event.subject);
    }
    const bool fits = request->stage == Stage::Running && request->thread == event.lane();
    request->stage = Stage::Over;
    return fits ? QString() : sentence("request %1 completes, but has not started on that thread", event.subject);
}

QString RecordingForm::checkHandle(const Event &event)
{
    if (event.kind == EventKind::HandleOpened)
        return create(event, What::Handle);
    Subject *handle = find(event.subject, What::Handle);
    if (!handle)
        return sentence("handle %1 was never opened", event.subject);
    if (handle->stage == Stage::Over)
        return sentence("handle %1 does something, but is closed", event.subject);
    switch (event.kind) {
    case EventKind::HandleClosed:
        handle->stage = Stage::Over;
        return {};
    case EventKind::HandleActive:
        return event.detail <= 3 && event.detail != 2 ? QString()
                                                      : sentence("handle %1 keeps the loop alive, but is not active", event.subject);
    default:
        return event.detail >= 1 && event.detail <= 7 ? QString() : sentence("handle %1 tells nothing that is known", event.subject);
    }
}

QString RecordingForm::checkEnd() const
{
    const RunEnding ending = static_cast<RunEnding>(m_reader.event(m_reader.eventCount() - 1).detail);
    if (ending != RunEnding::Finished)
        return {}; // it was cut off wherever it was
    if (!m_running.empty())
        return sentence("task %1 never ended", m_running.back());
    if (!m_calls.empty())
        return sentence("the call of the function at site %1 never ended", m_calls.back().function);
    if (m_phase != Phase::None || m_waitSince)
        return QStringLiteral("the loop ended inside a phase");
    return {};
}

} // namespace loopscope
