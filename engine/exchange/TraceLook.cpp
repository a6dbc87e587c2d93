// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/TraceLook.h"

#include "state/Names.h"

namespace loopscope {
namespace {

/// A part of what overlaps; what has no number of its own, as an await of a module, is an instant.
EventLook beside(char phase, const char *category, SubjectId id)
{
    return id == 0 ? EventLook{'i', category} : EventLook{phase, category, id};
}

} // namespace

EventLook lookOf(const Event &event)
{
    const bool isTimer = event.detail == static_cast<quint8>(TaskKind::Timeout) || event.detail == static_cast<quint8>(TaskKind::Interval);
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
        return isTimer ? beside('b', "timer", event.subject) : EventLook{'i', "task"};
    case EventKind::PromiseCreated:
        return beside('b', "promise", event.subject);
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        return beside('e', "promise", event.subject);
    case EventKind::AwaitSuspended:
        return beside('b', "await", event.subject);
    case EventKind::AwaitResumed:
        return beside('e', "await", event.subject);
    case EventKind::IoSubmitted:
        return beside('b', "io", event.subject);
    case EventKind::IoStarted:
        return beside('n', "io", event.subject);
    case EventKind::IoCompleted:
        return beside('e', "io", event.subject);
    case EventKind::HandleOpened:
        return beside('b', "handle", event.subject);
    case EventKind::HandleClosed:
        return beside('e', "handle", event.subject);
    case EventKind::RequestSent:
        return beside('b', "request", event.subject);
    case EventKind::RequestStepped:
    case EventKind::RequestAnswered:
        return beside('n', "request", event.subject);
    case EventKind::RequestEnded:
        return beside('e', "request", event.subject);
    case EventKind::SubjectNamed:
    case EventKind::TaskReferenced:
    case EventKind::TimerArmed:
        return {'M', "task"}; // viewers pass over names they do not know
    case EventKind::ConsoleText:
        return {'i', "console"};
    case EventKind::ErrorThrown:
    case EventKind::RejectionUnhandled:
        return {'i', "error"};
    case EventKind::Statement:
        return {'i', "statement"};
    default:
        return {};
    }
}

const char *categoryOf(const Span &span)
{
    switch (span.kind) {
    case Span::Kind::Phase:
        return "phase";
    case Span::Kind::Wait:
        return "idle";
    case Span::Kind::Task:
        return "task";
    case Span::Kind::Call:
        break;
    }
    return "call";
}

bool isPoolWork(const Event &event)
{
    const int thread = event.lane() % lanesOfLoop;
    return thread != 0 && thread != lanesOfLoop - 1 && (event.kind == EventKind::IoStarted || event.kind == EventKind::IoCompleted);
}

QString TraceNames::span(const Span &span) const
{
    switch (span.kind) {
    case Span::Kind::Phase:
        return phaseKey(span.phase);
    case Span::Kind::Wait:
        return QStringLiteral("waiting for events");
    case Span::Kind::Task:
        return m_names.task(span.taskKind, span.subject);
    case Span::Kind::Call:
        break;
    }
    const QString name = m_names.function(span.site);
    return name.isEmpty() ? QStringLiteral("(anonymous)") : name;
}

QString TraceNames::event(const Event &event, const EventLook &look) const
{
    constexpr qsizetype longestName = 80;
    if (look.isAsync())
        return m_names.subject(event.subject);
    if (event.kind == EventKind::ConsoleText)
        return m_names.reader().string(static_cast<StringId>(event.value)).trimmed().left(longestName);
    const QString name = event.subject == 0 ? QString() : m_names.subject(event.subject);
    return name.isEmpty() ? QString(eventKindKey(event.kind)) : eventKindKey(event.kind) + QLatin1Char(' ') + name;
}

QString TraceNames::lane(quint16 lane) const
{
    const QString loop = m_names.loop(static_cast<quint16>(lane / lanesOfLoop));
    const quint32 thread = lane % lanesOfLoop;
    return thread == 0 ? loop : QStringLiteral("%1: pool thread %2").arg(loop).arg(thread);
}

QString TraceNames::process(quint16 loop) const { return processOf(loop) == 1 ? m_names.title() : m_names.loop(loop); }

quint32 TraceNames::processOf(quint16 loop) const
{
    for (const LoopEntry &entry : m_names.index().loops()) {
        if (entry.loop == loop && (entry.kind == LoopKind::Child || entry.kind == LoopKind::Process))
            return quint32{loop} + 1;
    }
    return 1;
}

} // namespace loopscope
