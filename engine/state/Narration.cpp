// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Narration.h"

#include "recording/RecordingFormat.h"
#include "state/LoopState.h"
#include "state/Names.h"

namespace loopscope {
namespace {

constexpr qsizetype kLongestName = 60;

/// A name as code; its own backquotes would end it too soon.
QString asCode(QString name)
{
    name.replace(QLatin1Char('`'), QLatin1Char('\''));
    name.replace(QLatin1Char('\n'), QLatin1Char(' '));
    if (name.size() > kLongestName)
        name = name.left(kLongestName - 1) + QStringLiteral("…");
    return QStringLiteral("`%1`").arg(name);
}

QString siteLink(const QString &words, SiteId site) { return QStringLiteral("[%1](site:%2)").arg(words).arg(site); }

TaskKind taskKind(const Event &event) { return static_cast<TaskKind>(event.detail); }

} // namespace

QString durationText(quint64 nanoseconds)
{
    const double value = static_cast<double>(nanoseconds) / 1e6;
    if (value >= 1000)
        return QString::number(value / 1000, 'f', 2) + QStringLiteral(" s");
    return QString::number(value, 'f', value > 0 && value < 0.1 ? 3 : value < 1 ? 2 : value < 100 ? 1 : 0) + QStringLiteral(" ms");
}

QString asSentence(QString text)
{
    const qsizetype first = text.startsWith(QLatin1Char('[')) ? 1 : 0;
    if (first < text.size())
        text[first] = text.at(first).toUpper();
    return text;
}

Narration::Narration(const RecordingReader &reader, const RecordingIndex &index, const EventText &text)
    : m_reader(reader)
    , m_index(index)
    , m_text(text)
{
}

QString Narration::sentence(quint64 index) const
{
    const Event event = m_reader.event(index);
    using Group = QString (Narration::*)(const Event &) const;
    for (const Group group : {&Narration::runSentence, &Narration::taskSentence, &Narration::promiseSentence, &Narration::callSentence,
             &Narration::requestSentence, &Narration::noteSentence}) {
        if (const QString text = (this->*group)(event); !text.isEmpty())
            return asSentence(text);
    }
    return asSentence(m_text.what(index)) + QLatin1Char('.');
}

std::optional<Event> Narration::creation(SubjectId subject) const
{
    const SubjectHistory history = m_index.history(subject);
    const std::optional<quint64> first = history.created ? history.created : history.begun;
    return first ? std::optional<Event>(m_reader.event(*first)) : std::nullopt;
}

QString Narration::momentLink(const QString &words, quint64 event) { return QStringLiteral("[%1](event:%2)").arg(words).arg(event); }

QString Narration::ago(quint64 now, quint64 then)
{
    constexpr quint64 kNoticed = 1000; // ns
    return now < then + kNoticed ? tr("just now") : tr("%1 ago").arg(durationText(now - then));
}

QString Narration::place(SiteId site) const
{
    const SitePlace place = m_reader.place(site);
    if (!place.isValid())
        return {};
    const auto &sources = m_reader.sources();
    const bool isMain = !sources.empty() && place.source == sources.front().get();
    return siteLink(isMain ? tr("line %1").arg(place.site->line) : place.shortPlace(), site);
}

QString Narration::function(SiteId function) const
{
    const SitePlace place = m_reader.place(function);
    if (!place.isValid())
        return tr("a function of Node's own");
    return siteLink(asCode(m_text.functionName(function)), function);
}

QString Narration::named(SubjectId subject) const
{
    const std::optional<Event> created = creation(subject);
    if (created && created->kind == EventKind::TaskCreated && taskKind(*created) == TaskKind::ThenableJob)
        return tr("the job that follows a promise");
    const SiteId site = created ? m_text.placeOf(*created) : 0;
    const bool isTask = !created || created->kind == EventKind::TaskCreated;
    // An await goes on with the function around it; what has only the place that scheduled it is not what stands there.
    if (isTask && (!created || created->site == 0) && !m_text.hasGivenName(subject))
        return tr("a function of Node's own");
    const QString name = asCode(m_text.subjectName(subject));
    return m_reader.place(site).isValid() ? siteLink(name, site) : name;
}

QString Narration::promise(SubjectId promise, const Event &created) const
{
    const auto origin = static_cast<PromiseOrigin>(created.detail);
    if (origin == PromiseOrigin::AsyncFunction)
        return created.value == 0 ? tr("a promise of Node's own")
                                  : tr("the promise of %1").arg(function(static_cast<SiteId>(created.value)));
    const QString where = place(created.site);
    const QString of = QStringLiteral("`%1`").arg(promiseOriginName(origin));
    if (origin == PromiseOrigin::Runtime)
        return where.isEmpty() ? tr("a promise of Node's own") : tr("Node's promise for %1").arg(where);
    if (where.isEmpty())
        return tr("promise %1 (%2)").arg(promise).arg(of);
    return tr("the promise that %1 made at %2").arg(of, where);
}

QString Narration::subject(SubjectId subject) const
{
    const std::optional<Event> created = creation(subject);
    if (!created)
        return tr("number %1").arg(subject);
    switch (created->kind) {
    case EventKind::PromiseCreated:
        return promise(subject, *created);
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
        return tr("the request %1").arg(named(subject));
    case EventKind::HandleOpened:
        return tr("the %1 handle %2").arg(ioKindName(static_cast<IoKind>(created->detail)), named(subject));
    case EventKind::LoopStarted:
        return m_text.loopName(created->loop());
    case EventKind::ThreadStarted:
    case EventKind::RequestSent:
        return m_text.subjectText(subject);
    case EventKind::MessagePosted:
        return created->loop() == 0 ? tr("a message from the main script") : tr("a message from %1").arg(m_text.loopName(created->loop()));
    default:
        break;
    }
    const bool isNodes = m_text.placeOf(*created) == 0 && !m_text.hasGivenName(subject) && taskKind(*created) != TaskKind::ThenableJob;
    if (isNodes)
        return tr("a %1 of Node's own").arg(taskKindName(taskKind(*created)));
    switch (taskKind(*created)) {
    case TaskKind::Script:
        return tr("the script %1").arg(named(subject));
    case TaskKind::AwaitContinuation:
        return tr("the rest of %1").arg(named(subject));
    case TaskKind::ThenableJob:
        return tr("the job that follows a promise");
    case TaskKind::PromiseReaction:
        return tr("the reaction %1").arg(named(subject));
    default:
        return tr("the %1 %2").arg(taskKindName(taskKind(*created)), named(subject));
    }
}

QString Narration::atPlace(const Event &event) const
{
    const QString where = place(event.site);
    return where.isEmpty() ? QString() : tr(" at %1").arg(where);
}

QString Narration::runSentence(const Event &event) const
{
    switch (event.kind) {
    case EventKind::RunStarted:
        return tr("The run started.");
    case EventKind::RunEnded:
        return tr("The run ended: %1, exit code %2.").arg(runEndingName(static_cast<RunEnding>(event.detail))).arg(event.value);
    case EventKind::IterationStarted:
        return tr("Iteration %1 of the loop started.").arg(event.value);
    case EventKind::PhaseEntered:
        return tr("The loop entered its phase %1.").arg(phaseName(event.phase()));
    case EventKind::PhaseLeft:
        return tr("The loop left its phase %1.").arg(phaseName(event.phase()));
    case EventKind::PollWaitStarted:
        if (event.value < 0)
            return tr("Poll waits for I/O, without a limit.");
        return event.value == 0 ? tr("Poll looks for I/O and does not wait.")
                                : tr("Poll waits for I/O, at most %1.").arg(durationText(static_cast<quint64>(event.value)));
    case EventKind::PollWaitEnded:
        return tr("Poll woke up after %1.").arg(durationText(static_cast<quint64>(event.value)));
    default:
        return {};
    }
}

QString Narration::taskSentence(const Event &event) const
{
    switch (event.kind) {
    case EventKind::TaskCreated:
        return createdSentence(event);
    case EventKind::TaskReady:
        return tr("%1 is done, so its callback %2 can run.")
            .arg(event.cause != 0 ? subject(event.cause) : tr("what it waited for"), named(event.subject));
    case EventKind::TaskBegun:
        return begunSentence(event);
    case EventKind::TaskEnded:
        return (event.value == 1 ? tr("%1 was ended by an error.") : tr("%1 has ended.")).arg(subject(event.subject));
    case EventKind::TaskCancelled:
        return tr("%1 was cancelled%2.").arg(subject(event.subject), atPlace(event));
    case EventKind::TaskRearmed:
        return tr("%1 will run again.").arg(subject(event.subject));
    case EventKind::TimerArmed:
        return tr("%1 is due at %2.").arg(subject(event.subject), durationText(static_cast<quint64>(std::max<qint64>(event.value, 0))));
    case EventKind::TaskReferenced:
        return (event.detail != 0 ? tr("%1 keeps the loop alive.") : tr("%1 no longer keeps the loop alive.")).arg(subject(event.subject));
    case EventKind::SubjectNamed:
        return tr("It is called %1.").arg(named(event.subject));
    default:
        return {};
    }
}

QString Narration::createdSentence(const Event &event) const
{
    const SubjectId id = event.subject;
    switch (taskKind(event)) {
    case TaskKind::Script:
        return tr("%1 is ready to run.").arg(subject(id));
    case TaskKind::Timeout:
    case TaskKind::Interval:
    case TaskKind::Immediate:
        return tr("%1 was set%2.").arg(subject(id), atPlace({.site = static_cast<SiteId>(event.value)}));
    case TaskKind::Tick:
        return tr("%1 joined the nextTick queue.").arg(named(id));
    case TaskKind::Microtask:
        return tr("%1 joined the microtask queue.").arg(named(id));
    case TaskKind::PromiseReaction: {
        const SubjectHistory history = m_index.history(event.cause);
        const bool isRejected = history.ended && m_reader.event(*history.ended).kind == EventKind::PromiseRejected;
        if (event.cause == 0 || !history.created)
            return tr("the reaction %1 joined the microtask queue.").arg(named(id));
        return (isRejected ? tr("%1 is rejected, so its reaction %2 joined the microtask queue.")
                           : tr("%1 is fulfilled, so its reaction %2 joined the microtask queue."))
            .arg(subject(event.cause), named(id));
    }
    case TaskKind::AwaitContinuation:
        return tr("what %1 awaits is settled, so the rest of it joined the microtask queue.").arg(named(id));
    case TaskKind::ThenableJob:
        return event.cause == 0 ? tr("a job that follows a promise joined the microtask queue.")
                                : tr("%1 follows another promise: a job for that joined the microtask queue.").arg(subject(event.cause));
    case TaskKind::IoCallback:
        return tr("the callback %1 waits for %2.").arg(named(id), subject(event.cause));
    case TaskKind::ProcessEvent:
        return tr("`process` is about to emit %1.").arg(asCode(m_text.subjectName(id)));
    default:
        return tr("%1 was queued.").arg(subject(id));
    }
}

QString Narration::begunSentence(const Event &event) const
{
    switch (taskKind(event)) {
    case TaskKind::AwaitContinuation:
        return tr("%1 goes on after its `await`.").arg(named(event.subject));
    case TaskKind::ThenableJob:
        return tr("the job that makes %1 follow another promise runs now.").arg(event.cause != 0 ? subject(event.cause) : tr("a promise"));
    case TaskKind::ProcessEvent:
        return tr("`process` emits %1; its handlers run now.").arg(asCode(m_text.subjectName(event.subject)));
    case TaskKind::Internal:
        return tr("Node's own work %1 runs now.").arg(asCode(m_text.subjectName(event.subject)));
    default:
        return tr("%1 runs now.").arg(subject(event.subject));
    }
}

QString Narration::promiseSentence(const Event &event) const
{
    const auto other = [&] { return subject(static_cast<SubjectId>(event.value)); };
    const auto async = [&] { return event.subject == 0 ? tr("the top level of the module") : subject(event.subject); };
    const auto runner = [&]() -> QString { // the async function, not its promise
        const std::optional<Event> created = event.subject == 0 ? std::nullopt : creation(event.subject);
        const bool isKnown = created && created->detail == static_cast<quint8>(PromiseOrigin::AsyncFunction) && created->value != 0;
        return isKnown ? function(static_cast<SiteId>(created->value)) : async();
    };
    switch (event.kind) {
    case EventKind::PromiseCreated:
        return promiseCreatedSentence(event);
    case EventKind::PromiseAdopted:
        return tr("%1 was resolved with another promise, %2: from now on it follows that one.").arg(subject(event.subject), other());
    case EventKind::PromiseFulfilled:
        return tr("%1 was fulfilled%2.").arg(subject(event.subject), atPlace(event));
    case EventKind::PromiseRejected:
        return tr("%1 was rejected%2: %3.")
            .arg(subject(event.subject), atPlace(event), asCode(m_reader.string(static_cast<StringId>(event.value))));
    case EventKind::ReactionAdded:
        if (event.detail == static_cast<quint8>(ReactionKind::Await) || event.site == 0)
            return tr("something waits for %1 now.").arg(subject(event.subject));
        return tr("%1 waits for %2 now.").arg(function(event.site), subject(event.subject));
    case EventKind::AwaitSuspended:
        return tr("%1 stops at its `await`%2 and waits for %3.").arg(runner(), atPlace(event), other());
    case EventKind::AwaitResumed:
        return tr("%1 goes on after its `await`%2: %3 is settled.").arg(runner(), atPlace(event), other());
    case EventKind::PromiseSettleIgnored:
        return (event.detail == static_cast<quint8>(IgnoredSettle::Resolve)
                ? tr("%1 was to be resolved a second time%2: that is ignored.")
                : tr("%1 was to be rejected after it had been resolved%2: that is ignored."))
            .arg(subject(event.subject), atPlace(event));
    case EventKind::RejectionUnhandled:
        return tr("nobody handled the rejection of %1: %2.")
            .arg(subject(event.subject), asCode(m_reader.string(static_cast<StringId>(event.value))));
    case EventKind::RejectionHandled:
        return tr("the rejection of %1 has a handler now, too late.").arg(subject(event.subject));
    case EventKind::PromiseAwaitedAll:
        return tr("%1 waits for %2.").arg(subject(event.subject), other());
    default:
        return {};
    }
}

QString Narration::promiseCreatedSentence(const Event &event) const
{
    const auto origin = static_cast<PromiseOrigin>(event.detail);
    if (origin == PromiseOrigin::AsyncFunction && event.value != 0)
        return tr("%1 was called%2; it answers with a promise.").arg(function(static_cast<SiteId>(event.value)), atPlace(event));
    const QString origins = QStringLiteral("`%1`").arg(promiseOriginName(origin));
    if (event.value != 0 && origin != PromiseOrigin::AsyncFunction)
        return tr("%1 made a new promise%2, derived from %3.").arg(origins, atPlace(event), subject(static_cast<SubjectId>(event.value)));
    if (origin == PromiseOrigin::Runtime || event.site == 0)
        return tr("Node made a promise for its own work.");
    return tr("%1 made a new promise%2.").arg(origins, atPlace(event));
}

QString Narration::callSentence(const Event &event) const
{
    switch (event.kind) {
    case EventKind::CallEntered: {
        const QString from = place(static_cast<SiteId>(event.value));
        if ((event.detail & CallSampled) != 0)
            return tr("A sample saw %1 on the call stack.").arg(function(event.site));
        if ((event.detail & CallResumes) != 0)
            return tr("%1 is on the call stack again.").arg(function(event.site));
        return from.isEmpty() ? tr("%1 was called.").arg(function(event.site))
                              : tr("%1 was called from %2.").arg(function(event.site), from);
    }
    case EventKind::CallLeft:
        return tr("%1 was left.").arg(function(event.site));
    case EventKind::Statement: {
        // Its code is marked in the source, and may hold anything.
        const QString where = place(event.site);
        return where.isEmpty() ? tr("A statement is about to run.") : tr("%1 is about to run.").arg(where);
    }
    case EventKind::StatementsCapped:
        return (event.detail == 0 ? tr("%L1 more statements ran, not recorded one by one.")
                                  : tr("%L1 more calls were made, not recorded one by one."))
            .arg(event.value);
    default:
        return {};
    }
}

QString Narration::requestSentence(const Event &event) const
{
    const QString request = subject(event.subject);
    switch (event.kind) {
    case EventKind::IoSubmitted:
        return tr("%1 was handed to the system.").arg(request);
    case EventKind::IoStarted:
        return event.value > 0 ? tr("Thread %1 of the pool took %2.").arg(event.value).arg(request)
                               : tr("The kernel took %1.").arg(request);
    case EventKind::IoCompleted:
        return event.value == 0 ? tr("%1 is done.").arg(request)
                                : tr("%1 failed: %2.").arg(request, qt_error_string(static_cast<int>(-event.value)));
    case EventKind::HandleOpened:
        return tr("%1 was opened.").arg(request);
    case EventKind::HandleClosed:
        return tr("%1 was closed.").arg(request);
    case EventKind::HandleTold:
        return tr("%1 has news.").arg(request);
    case EventKind::HandleActive:
        return (event.detail & 1) != 0 ? tr("%1 waits for news.").arg(request) : tr("%1 waits no more.").arg(request);
    default:
        return {};
    }
}

QString Narration::noteSentence(const Event &event) const
{
    const QString where = place(m_text.placeOf(event));
    switch (event.kind) {
    case EventKind::ConsoleText:
        return where.isEmpty() ? tr("A line was printed.") : tr("%1 printed a line.").arg(where);
    case EventKind::ErrorThrown:
        return (event.detail != 0 ? tr("An error was thrown%1 that nobody caught.") : tr("An error was thrown%1.")).arg(atPlace(event));
    case EventKind::FreeChoice:
        if (event.detail == static_cast<quint8>(ChoiceKind::IoCompletionOrder))
            return event.subject != 0 ? tr("%1 finishes before others that are in flight with it.").arg(subject(event.subject))
                                      : tr("One of several requests in flight finishes first.");
        return event.value != 0 ? tr("The timers come first: their millisecond is over when the loop begins.")
                                : tr("The immediates come first: the timers' millisecond is not over when the loop begins.");
    case EventKind::LoopStarted:
        return tr("%1 begins, on a loop of its own.").arg(m_text.loopName(event.loop()));
    case EventKind::LoopEnded:
        return tr("%1 has ended.").arg(m_text.loopName(event.loop()));
    case EventKind::MessagePosted:
        return event.value > 0
            ? tr("A message to %1 was posted%2.").arg(m_text.loopName(static_cast<quint16>(event.value / lanesOfLoop)), atPlace(event))
            : tr("A message was posted%1.").arg(atPlace(event));
    case EventKind::RejectionsProcessed:
        return tr("Node looked for rejections that nobody handled.");
    default:
        return serverSentence(event);
    }
}

} // namespace loopscope
