// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/EventText.h"

#include "recording/RecordingFormat.h"
#include "state/LoopState.h"
#include "state/Names.h"

#include <QJsonValue>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace loopscope {
namespace {

constexpr qsizetype longestText = 120;

/// Of a negative errno, or one of those that libuv made for itself (uv/errno.h).
QString errorText(qint64 number)
{
    struct Own
    {
        qint64 number;
        const char *text;
    };
    static constexpr std::array own = {
        Own{-3001, QT_TRANSLATE_NOOP("loopscope::EventText", "the name server does not answer now (EAI_AGAIN)")},
        Own{-3002, QT_TRANSLATE_NOOP("loopscope::EventText", "bad flags (EAI_BADFLAGS)")},
        Own{-3003, QT_TRANSLATE_NOOP("loopscope::EventText", "cancelled (EAI_CANCELED)")},
        Own{-3004, QT_TRANSLATE_NOOP("loopscope::EventText", "the name cannot be looked up (EAI_FAIL)")},
        Own{-3007, QT_TRANSLATE_NOOP("loopscope::EventText", "the name has no address (EAI_NODATA)")},
        Own{-3008, QT_TRANSLATE_NOOP("loopscope::EventText", "nobody knows the name (ENOTFOUND)")},
        Own{-4095, QT_TRANSLATE_NOOP("loopscope::EventText", "end of file (EOF)")}};
    const auto found = std::find_if(own.begin(), own.end(), [number](const Own &each) { return each.number == number; });
    return found != own.end() ? QCoreApplication::translate("loopscope::EventText", found->text)
                              : qt_error_string(static_cast<int>(-number));
}

QString quoted(const QString &name) { return QStringLiteral("`%1`").arg(name); }

/// Without what steers a terminal (ECMA-48): colours and the like belong to the console, not into a sentence.
QString withoutControls(QString text)
{
    static const QRegularExpression sequence(
        QStringLiteral("\\x{1b}(\\[[0-?]*[ -/]*[@-~]?|\\][^\\x{07}\\x{1b}]*(\\x{07}|\\x{1b}\\\\)?|.)?|[\\x{00}-\\x{08}\\x{0b}-\\x{1f}]"));
    return text.remove(sequence).replace(QLatin1Char('\t'), QLatin1Char(' '));
}

QString firstLine(const QString &written)
{
    const auto isControl = [](QChar character) { return character.unicode() < 0x20 && character != QLatin1Char('\n'); };
    const QString text = std::any_of(written.begin(), written.end(), isControl) ? withoutControls(written) : written;
    const qsizetype end = text.indexOf(QLatin1Char('\n'));
    QString line = end < 0 ? text : text.left(end);
    const bool isCut = line.size() > longestText || (end >= 0 && end + 1 < text.size());
    return isCut ? line.left(longestText) + QStringLiteral("…") : line;
}

/// What the detail of an event of this kind means, for programs; empty if it means nothing or is a flag.
QLatin1String detailKey(const Event &event)
{
    switch (event.kind) {
    case EventKind::RunEnded:
        return runEndingKey(static_cast<RunEnding>(event.detail));
    case EventKind::TaskCreated:
    case EventKind::TaskBegun:
    case EventKind::TaskEnded:
        return taskKindKey(static_cast<TaskKind>(event.detail));
    case EventKind::PromiseCreated:
        return promiseOriginKey(static_cast<PromiseOrigin>(event.detail));
    case EventKind::ReactionAdded:
        return reactionKindKey(static_cast<ReactionKind>(event.detail));
    case EventKind::IoSubmitted:
    case EventKind::HandleOpened:
        return ioKindKey(static_cast<IoKind>(event.detail));
    case EventKind::FreeChoice:
        return choiceKindKey(static_cast<ChoiceKind>(event.detail));
    case EventKind::LimitReached:
        return limitKindKey(static_cast<LimitKind>(event.detail));
    default:
        return {};
    }
}

/// The creation of the promise that an async function answers with; its value is the function's site.
bool isOfAsyncFunction(const Event &created)
{
    return created.kind == EventKind::PromiseCreated && created.detail == static_cast<quint8>(PromiseOrigin::AsyncFunction);
}

QJsonObject placeObject(const SitePlace &place)
{
    return {{QStringLiteral("file"), place.source->path}, {QStringLiteral("line"), static_cast<qint64>(place.site->line)},
        {QStringLiteral("column"), static_cast<qint64>(place.site->column)}, {QStringLiteral("function"), place.functionName()}};
}

} // namespace

EventText::EventText(const RecordingReader &reader, const RecordingIndex &index)
    : m_reader(reader)
    , m_index(index)
{
}

std::optional<Event> EventText::creation(SubjectId subject) const
{
    const SubjectHistory history = m_index.history(subject);
    const std::optional<quint64> first = history.created ? history.created : history.begun;
    return first ? std::optional<Event>(m_reader.event(*first)) : std::nullopt;
}

QString EventText::functionName(SiteId site) const
{
    if (site == 0)
        return {};
    const auto known = m_functionNames.constFind(site);
    if (known != m_functionNames.constEnd())
        return *known;
    const SitePlace place = m_reader.place(site);
    if (!place.isValid()) // it may come yet
        return {};
    const QString name = place.functionName();
    return *m_functionNames.insert(site, name.isEmpty() ? place.fileName() : name);
}

QString EventText::promiseNumber(qint64 promise) const { return tr("promise %1").arg(promise); }

QString EventText::shortString(qint64 string) const { return firstLine(m_reader.string(static_cast<StringId>(string))); }

QString EventText::subjectName(SubjectId subject) const
{
    if (const StringId name = m_index.nameOf(subject); name != 0)
        return m_reader.string(name);
    const SubjectHistory history = m_index.history(subject);
    const std::optional<quint64> first = history.created ? history.created : history.begun;
    QString name;
    if (first) {
        const Event created = m_reader.event(*first);
        switch (created.kind) {
        case EventKind::IoSubmitted:
        case EventKind::HandleOpened:
            return m_reader.string(static_cast<StringId>(created.value));
        case EventKind::LoopStarted:
            return m_reader.string(static_cast<StringId>(created.value)).section(QLatin1Char('/'), -1);
        case EventKind::MessagePosted:
            return tr("message");
        case EventKind::ThreadStarted:
            return tr("thread %1").arg(created.value);
        case EventKind::RequestSent:
            return tr("request %1").arg(created.value);
        case EventKind::PromiseCreated:
            name = isOfAsyncFunction(created) ? functionName(static_cast<SiteId>(created.value))
                                              : promiseOriginName(static_cast<PromiseOrigin>(created.detail));
            break;
        default:
            name = taskName(created);
            break;
        }
    }
    return name.isEmpty() ? tr("(anonymous)") : name;
}

QString EventText::taskName(const Event &created) const
{
    // A thenable's own `then` has a place; without one it is that of a promise.
    const bool adopts = created.site == 0 && created.detail == static_cast<quint8>(TaskKind::ThenableJob);
    return adopts ? tr("adopt a promise") : functionName(created.site);
}

QString EventText::subjectText(SubjectId subject) const
{
    const std::optional<Event> created = creation(subject);
    if (!created)
        return tr("number %1").arg(subject);
    const QString name = firstLine(subjectName(subject));
    QString shown = name == tr("(anonymous)") ? QString() : quoted(name);
    if (isNodes(subject))
        shown = shown.isEmpty() ? tr("of Node's own") : tr("%1 of Node's own").arg(shown);
    else if (shown.isEmpty())
        shown = name;
    switch (created->kind) {
    case EventKind::PromiseCreated: {
        const QString origin = promiseOriginName(static_cast<PromiseOrigin>(created->detail));
        if (isOfAsyncFunction(*created))
            return (name == tr("(anonymous)") ? tr("promise %1 (%2) %3") : tr("promise %1 of %2 %3")).arg(subject).arg(origin, shown);
        return tr("promise %1 (%2)").arg(subject).arg(m_index.nameOf(subject) != 0 ? origin + QLatin1Char(' ') + shown : origin);
    }
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
        return tr("%1 request %2").arg(ioKindName(static_cast<IoKind>(created->detail)), shown);
    case EventKind::HandleOpened:
        return tr("%1 handle %2").arg(ioKindName(static_cast<IoKind>(created->detail)), shown);
    case EventKind::LoopStarted:
        return loopName(created->loop());
    case EventKind::MessagePosted:
        return tr("message %1").arg(subject);
    case EventKind::ThreadStarted:
        return tr("thread %1").arg(created->value);
    case EventKind::RequestSent:
        return tr("client's request %1, %2").arg(QString::number(created->value), shown);
    default: {
        const QString task = taskKindName(static_cast<TaskKind>(created->detail)) + QLatin1Char(' ') + shown;
        // A callback with a name of its own does not tell which request it waits for.
        const bool tellsRequest = created->kind == EventKind::TaskCreated && created->detail == static_cast<quint8>(TaskKind::IoCallback)
            && created->cause != 0 && subjectName(created->cause) != name;
        return tellsRequest ? tr("%1 of %2").arg(task, quoted(firstLine(subjectName(created->cause)))) : task;
    }
    }
}

QString EventText::numberText(SubjectId subject) const
{
    const std::optional<Event> created = creation(subject);
    if (!created)
        return tr("number %1").arg(subject);
    switch (created->kind) {
    case EventKind::PromiseCreated:
        return promiseNumber(subject);
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
        return tr("%1 request %2").arg(ioKindName(static_cast<IoKind>(created->detail))).arg(subject);
    case EventKind::HandleOpened:
        return tr("%1 handle %2").arg(ioKindName(static_cast<IoKind>(created->detail))).arg(subject);
    case EventKind::LoopStarted:
        return tr("loop %1").arg(created->loop());
    case EventKind::MessagePosted:
        return tr("message %1").arg(subject);
    case EventKind::ThreadStarted:
        return tr("thread %1").arg(created->value);
    case EventKind::RequestSent:
        return tr("client's request %1").arg(created->value);
    default:
        return tr("%1 %2").arg(taskKindName(static_cast<TaskKind>(created->detail))).arg(subject);
    }
}

QString EventText::runText(const Event &event) const
{
    switch (event.kind) {
    case EventKind::RunStarted:
        return tr("run started");
    case EventKind::RunEnded:
        return tr("run ended: %1, exit code %2").arg(runEndingName(static_cast<RunEnding>(event.detail))).arg(event.value);
    case EventKind::IterationStarted:
        return tr("iteration %1 started").arg(event.value);
    case EventKind::PhaseEntered:
        return tr("phase %1 entered").arg(phaseName(event.phase()));
    case EventKind::PhaseLeft:
        return tr("phase %1 left").arg(phaseName(event.phase()));
    case EventKind::PollWaitStarted:
        if (event.value < 0)
            return tr("poll waits without limit");
        return event.value == 0 ? tr("poll does not wait")
                                : tr("poll waits for at most %1 ms").arg(milliseconds(static_cast<quint64>(event.value)));
    case EventKind::PollWaitEnded:
        return tr("poll waited %1 ms").arg(milliseconds(static_cast<quint64>(event.value)));
    default:
        return {};
    }
}

QString EventText::taskText(const Event &event) const
{
    const auto text = [&](const QString &pattern) { return pattern.arg(subjectText(event.subject)); };
    switch (event.kind) {
    case EventKind::TaskCreated:
        return text(tr("%1 created"));
    case EventKind::TaskReady:
        return text(tr("%1 ready"));
    case EventKind::TaskBegun:
        return text(tr("%1 begun"));
    case EventKind::TaskEnded:
        return text(event.value == 1 ? tr("%1 ended by an error") : tr("%1 ended"));
    case EventKind::TaskCancelled:
        return text(tr("%1 cancelled"));
    case EventKind::TaskRearmed:
        return text(tr("%1 will run again"));
    case EventKind::TimerArmed:
        return text(tr("%1 due at %2 ms").arg(QStringLiteral("%1"), milliseconds(static_cast<quint64>(event.value))));
    case EventKind::TaskReferenced:
        return text(event.detail != 0 ? tr("%1 keeps the loop alive") : tr("%1 no longer keeps the loop alive"));
    case EventKind::SubjectNamed:
        return tr("%1 is named %2").arg(numberText(event.subject), quoted(shortString(event.value)));
    default:
        return {};
    }
}

QString EventText::promiseText(const Event &event) const
{
    const auto async = [&] { return event.subject == 0 ? tr("top level") : subjectText(event.subject); };
    switch (event.kind) {
    case EventKind::PromiseCreated: {
        const QString created = tr("%1 created").arg(subjectText(event.subject));
        const bool isDerived = event.value != 0 && !isOfAsyncFunction(event);
        return isDerived ? tr("%1, derived from %2").arg(created, promiseNumber(event.value)) : created;
    }
    case EventKind::PromiseAdopted:
        return tr("%1 follows %2").arg(subjectText(event.subject), promiseNumber(event.value));
    case EventKind::PromiseFulfilled:
        return (event.detail == 1 ? tr("%1 fulfilled with undefined") : tr("%1 fulfilled")).arg(subjectText(event.subject));
    case EventKind::PromiseRejected:
        return tr("%1 rejected: %2").arg(subjectText(event.subject), shortString(event.value));
    case EventKind::ReactionAdded: {
        const QString added =
            tr("%1 added to %2").arg(reactionKindName(static_cast<ReactionKind>(event.detail)), subjectText(event.subject));
        return event.site != 0 ? tr("%1: %2").arg(added, quoted(functionName(event.site))) : added;
    }
    case EventKind::AwaitSuspended:
        return tr("%1 awaits %2").arg(async(), promiseNumber(event.value));
    case EventKind::AwaitResumed:
        return tr("%1 goes on after %2").arg(async(), promiseNumber(event.value));
    case EventKind::RejectionUnhandled:
        return tr("rejection of %1 not handled: %2").arg(subjectText(event.subject), shortString(event.value));
    case EventKind::RejectionHandled:
        return tr("rejection of %1 handled late").arg(subjectText(event.subject));
    case EventKind::PromiseAwaitedAll:
        return tr("%1 waits for %2").arg(subjectText(event.subject), promiseNumber(event.value));
    case EventKind::PromiseSettleIgnored:
        return ignoredText(event);
    default:
        return {};
    }
}

QString EventText::ignoredText(const Event &event) const
{
    QString what = tr("a second resolve of %1 ignored");
    if (event.detail == static_cast<quint8>(IgnoredSettle::Reject))
        what = tr("a reject of %1 ignored: it was resolved before");
    else if (event.detail == static_cast<quint8>(IgnoredSettle::Throw))
        what = tr("an error thrown for %1 ignored: it was resolved before");
    return what.arg(subjectText(event.subject));
}

QString EventText::callText(const Event &event) const
{
    switch (event.kind) {
    case EventKind::CallEntered:
        if ((event.detail & CallSampled) != 0)
            return tr("%1 seen by a sample").arg(quoted(functionName(event.site)));
        return ((event.detail & CallResumes) != 0 ? tr("%1 resumed") : tr("%1 entered")).arg(quoted(functionName(event.site)));
    case EventKind::CallLeft:
        return tr("%1 left").arg(quoted(functionName(event.site)));
    case EventKind::Statement:
        return tr("statement %1").arg(quoted(firstLine(m_reader.place(event.site).snippet())));
    case EventKind::StatementsCapped:
        return (event.detail == 0 ? tr("%1 statements more, not recorded one by one") : tr("%1 calls more, not recorded one by one"))
            .arg(event.value);
    default:
        return {};
    }
}

QString EventText::handleText(const Event &event) const
{
    const QString handle = subjectText(event.subject);
    if (event.kind == EventKind::HandleOpened)
        return tr("%1 opened").arg(handle);
    if (event.kind == EventKind::HandleClosed)
        return tr("%1 closed").arg(handle);
    if (event.kind == EventKind::HandleActive) {
        return (event.detail == 3         ? tr("%1 waits, and keeps the loop alive")
                : (event.detail & 1) != 0 ? tr("%1 waits, but does not keep the loop alive")
                                          : tr("%1 waits for nothing"))
            .arg(handle);
    }
    if (event.value < 0)
        return tr("%1 failed: %2").arg(handle, errorText(event.value));
    switch (event.detail) { // the numbers of HandleEvent::Kind
    case 1:
        return tr("%1: somebody connected").arg(handle);
    case 2:
        return tr("%1: %2 bytes came").arg(handle).arg(event.value);
    case 3:
        return tr("%1: the other side sends no more").arg(handle);
    case 5:
        return tr("%1: a datagram of %2 bytes came").arg(handle).arg(event.value);
    case 6:
        return tr("%1: the process ended").arg(handle);
    case 7:
        return tr("%1: a file changed").arg(handle);
    default:
        return tr("%1: something happened").arg(handle);
    }
}

QString EventText::requestText(const Event &event) const
{
    const QString request = subjectText(event.subject);
    switch (event.kind) {
    case EventKind::IoSubmitted:
        return tr("%1 submitted").arg(request);
    case EventKind::IoStarted:
        return event.value > 0 ? tr("%1 started on pool thread %2").arg(request, QString::number(event.value))
                               : tr("%1 started in the kernel").arg(request);
    case EventKind::IoCompleted:
        return event.value == 0 ? tr("%1 completed").arg(request) : tr("%1 failed: %2").arg(request, errorText(event.value));
    case EventKind::HandleOpened:
    case EventKind::HandleClosed:
    case EventKind::HandleTold:
    case EventKind::HandleActive:
        return handleText(event);
    default:
        return {};
    }
}

QString EventText::noteText(const Event &event) const
{
    switch (event.kind) {
    case EventKind::ConsoleText:
        return (event.detail == 2 ? tr("stderr: %1") : tr("stdout: %1")).arg(shortString(event.value));
    case EventKind::ErrorThrown:
        return (event.detail != 0 ? tr("error not caught: %1") : tr("error thrown: %1")).arg(shortString(event.value));
    case EventKind::FreeChoice:
        if (event.detail == static_cast<quint8>(ChoiceKind::IoCompletionOrder))
            return tr("free choice: %1 before the others under way").arg(subjectText(event.subject));
        return event.value == 1 ? tr("free choice: timeout before immediate") : tr("free choice: immediate before timeout");
    case EventKind::LimitReached:
        return tr("limit of %1 reached: %2").arg(limitKindName(static_cast<LimitKind>(event.detail))).arg(event.value);
    case EventKind::Mark:
        return event.detail == format::measuredMark ? tr("measured from here on") : tr("mark %1").arg(quoted(shortString(event.value)));
    case EventKind::Dropped:
        return tr("%1 events lost here").arg(event.value);
    case EventKind::LoopStarted:
        return tr("%1 started, as loop %2").arg(loopName(event.loop())).arg(event.loop());
    case EventKind::LoopEnded:
        return tr("%1 ended, exit code %2").arg(loopName(event.loop()), QString::number(event.value));
    case EventKind::MessagePosted:
        return event.value > 0
            ? tr("message %1 posted to %2").arg(event.subject).arg(loopName(static_cast<quint16>(event.value / lanesOfLoop)))
            : tr("message %1 posted").arg(event.subject);
    case EventKind::RejectionsProcessed:
        return tr("looked for rejections that nobody handled");
    default:
        return serverText(event);
    }
}

QString EventText::what(quint64 index) const
{
    const Event event = m_reader.event(index);
    using Group = QString (EventText::*)(const Event &) const;
    for (const Group group : {&EventText::runText, &EventText::taskText, &EventText::promiseText, &EventText::callText,
             &EventText::requestText, &EventText::noteText}) {
        if (QString text = (this->*group)(event); !text.isEmpty())
            return text;
    }
    return QString(eventKindKey(event.kind));
}

/// The place to show for an event: its own, else that of its task's function, else where that was scheduled.
SiteId EventText::placeOf(const Event &event) const
{
    if (event.site != 0 || event.subject == 0)
        return event.site;
    const std::optional<Event> created = creation(event.subject);
    if (!created)
        return 0;
    const bool hasSchedulingSite = created->kind == EventKind::TaskCreated;
    return created->site != 0 || !hasSchedulingSite ? created->site : static_cast<SiteId>(created->value);
}

bool EventText::tellsValueAsNumber(EventKind kind)
{
    switch (kind) {
    case EventKind::IterationStarted:
    case EventKind::PromiseCreated:
    case EventKind::PromiseAdopted:
    case EventKind::AwaitSuspended:
    case EventKind::AwaitResumed:
    case EventKind::PromiseAwaitedAll:
        return true;
    default:
        return false;
    }
}

EventShape EventText::shapeOf(const Event &event) const
{
    const auto packed = [](const Event &each) {
        return quint64{each.site} << 32U | quint64{each.detail} << 8U | static_cast<quint64>(each.kind);
    };
    EventShape shape;
    shape.kind = packed(event) | quint64{event.phaseAndLane & 7U} << 16U;
    const bool isUntold = event.kind == EventKind::TaskCreated || event.kind == EventKind::TaskRearmed
        || event.kind == EventKind::CallEntered || event.kind == EventKind::ReactionAdded;
    if (event.kind == EventKind::PromiseCreated)
        shape.value = event.value != 0 ? 1 : 0; // whether it is told
    else if (!isUntold && !tellsValueAsNumber(event.kind))
        shape.value = event.value;
    const std::optional<Event> created = event.subject != 0 ? creation(event.subject) : std::nullopt;
    shape.owner = event.subject != 0 ? 1 : 0;
    if (!created)
        return shape;
    shape.creation = packed(*created);
    // The value of a promise's creation is another promise, unless it is that of an async function.
    const bool namesAfterValue = created->kind != EventKind::PromiseCreated || isOfAsyncFunction(*created);
    shape.name = quint64{m_index.nameOf(event.subject)} << 32U | (namesAfterValue ? static_cast<quint32>(created->value) : 0U);
    const bool isOfRequest = created->kind == EventKind::TaskCreated && created->detail == static_cast<quint8>(TaskKind::IoCallback);
    shape.owner |= (isOfRequest ? quint64{created->cause} << 2U : 0U) | (m_index.nodesWork().isNodes(event.subject) ? 2U : 0U);
    return shape;
}

QString EventText::where(quint64 index) const { return m_reader.place(placeOf(m_reader.event(index))).shortPlace(); }

QString EventText::loopName(quint16 loop) const
{
    if (loop == 0)
        return tr("main script");
    const std::vector<LoopEntry> &loops = m_index.loops();
    const auto entry = std::find_if(loops.begin(), loops.end(), [loop](const LoopEntry &each) { return each.loop == loop; });
    if (entry == loops.end())
        return tr("loop %1").arg(loop);
    const QString plain = m_reader.string(entry->name).section(QLatin1Char('/'), -1);
    if (entry->kind == LoopKind::Worker && plain.startsWith(QLatin1String("worker ")))
        return plain; // the runtime's own name for one without
    const QString name = quoted(plain);
    switch (entry->kind) {
    case LoopKind::Child:
        return tr("process %1").arg(name);
    case LoopKind::Beside:
        return tr("script %1 beside it").arg(name);
    case LoopKind::Thread:
    case LoopKind::Process:
        return plain; // the runtime's own name
    case LoopKind::Worker:
        break;
    }
    return tr("worker %1").arg(name);
}

QString EventText::loopPlace(quint64 index) const
{
    const Event event = m_reader.event(index);
    if (event.loop() != 0) {
        QString where = event.phase() == Phase::None ? tr("before its loop") : phaseName(event.phase());
        return where.prepend(loopName(event.loop()) + QLatin1String(": ")).remove(QLatin1Char('`'));
    }
    const quint64 iteration = m_index.iterationOf(index);
    if (iteration == 0)
        return tr("before the loop");
    return QString::number(iteration) + QLatin1Char(' ') + phaseName(event.phase());
}

QString EventText::line(quint64 index) const
{
    const Event event = m_reader.event(index);
    const QString place = m_reader.place(placeOf(event)).shortPlace();
    // Another loop's iterations are its own.
    const QString iteration = event.loop() == 0 ? QString::number(m_index.iterationOf(index)) : tr("[%1]").arg(event.loop());
    const QString row = QStringLiteral("%1  %2  %3  %4")
                            .arg(milliseconds(event.time), 12)
                            .arg(iteration, 5)
                            .arg(phaseName(event.phase()), -17)
                            .arg(what(index));
    return place.isEmpty() ? row : row + QStringLiteral("  ") + place;
}

QJsonObject EventText::toJson(quint64 index) const
{
    const Event event = m_reader.event(index);
    QJsonObject object{{QStringLiteral("index"), static_cast<qint64>(index)}, {QStringLiteral("time"), static_cast<qint64>(event.time)},
        {QStringLiteral("iteration"), static_cast<qint64>(m_index.iterationOf(index))}, {QStringLiteral("event"), eventKindKey(event.kind)},
        {QStringLiteral("what"), what(index)}};
    const auto addNumber = [&](const QString &name, qint64 number) {
        if (number != 0)
            object.insert(name, number);
    };
    if (event.phase() != Phase::None)
        object.insert(QStringLiteral("phase"), phaseKey(event.phase()));
    if (const QLatin1String kind = detailKey(event); !kind.isEmpty())
        object.insert(QStringLiteral("kind"), kind);
    else
        addNumber(QStringLiteral("detail"), event.detail);
    addNumber(QStringLiteral("lane"), event.lane());
    addNumber(QStringLiteral("subject"), event.subject);
    addNumber(QStringLiteral("cause"), event.cause);
    addNumber(QStringLiteral("value"), event.value);
    if (event.subject != 0 && creation(event.subject))
        object.insert(QStringLiteral("name"), subjectName(event.subject));
    if (format::valueIsString(event.kind))
        object.insert(QStringLiteral("text"), m_reader.string(static_cast<StringId>(event.value)));
    if (const SitePlace place = m_reader.place(placeOf(event)); place.isValid())
        object.insert(QStringLiteral("place"), placeObject(place));
    if (event.kind == EventKind::TaskCreated) {
        if (const SitePlace scheduled = m_reader.place(static_cast<SiteId>(event.value)); scheduled.isValid())
            object.insert(QStringLiteral("scheduledAt"), placeObject(scheduled));
    }
    return object;
}

} // namespace loopscope
