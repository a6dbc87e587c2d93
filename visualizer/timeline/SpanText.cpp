// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/SpanText.h"

#include "recording/RecordingReader.h"
#include "shell/Format.h"
#include "state/EventText.h"
#include "state/Names.h"

namespace loopscope {

SpanText::SpanText(const RecordingReader &reader, const EventText &text, const TimelineTracks &tracks)
    : m_reader(reader)
    , m_text(text)
    , m_tracks(tracks)
{
}

const SpanTrack &SpanText::track(const SpanRef &span) const { return m_tracks.rows(span.group)[static_cast<std::size_t>(span.row)]; }

Event SpanText::beginning(const SpanRef &span) const { return m_reader.event(track(span).begin(span.span)); }

QString SpanText::name(const SpanRef &span) const
{
    if (span.group == TrackGroup::Timers && span.row == LaneTracks::crowd)
        return tr("more timers than there are rows");
    if (span.group == TrackGroup::Requests && span.row == LaneTracks::crowd)
        return tr("more requests than there are rows");
    if (span.group == TrackGroup::Served && span.row == LaneTracks::crowd)
        return tr("more requests of clients than there are rows");
    const Event event = beginning(span);
    switch (event.kind) {
    case EventKind::IterationStarted:
        return QString::number(event.value);
    case EventKind::PhaseEntered:
        return phaseName(event.phase());
    case EventKind::PollWaitStarted:
        return tr("poll waits");
    case EventKind::CallEntered:
        return m_text.functionName(event.site);
    case EventKind::ThreadChanged: {
        const QString activity = threadActivityName(static_cast<ThreadActivity>(event.detail));
        return event.cause == 0 ? activity : tr("%1, %2").arg(activity, m_text.subjectText(event.cause)).remove(QLatin1Char('`'));
    }
    case EventKind::RequestSent:
        return tr("%1 %2").arg(QString::number(event.value), m_text.subjectName(event.subject));
    case EventKind::LoopStarted:
        return m_text.loopName(event.loop()).remove(QLatin1Char('`'));
    case EventKind::ConsoleText:
    case EventKind::ErrorThrown:
    case EventKind::RejectionUnhandled:
    case EventKind::Mark:
        return m_reader.string(static_cast<StringId>(event.value)).section(QLatin1Char('\n'), 0, 0);
    default:
        break;
    }
    return m_text.subjectName(event.subject);
}

QString SpanText::describeEvent(quint64 event) const
{
    return tr("event %L1: %2").arg(event + 1).arg(m_text.what(event)).remove(QLatin1Char('`'));
}

Phase SpanText::enteredPhase(quint64 event) const
{
    const Event entered = m_reader.event(event);
    return entered.kind == EventKind::PhaseEntered ? entered.phase() : Phase::None;
}

SubjectId SpanText::subject(const SpanRef &span) const
{
    const Event event = beginning(span);
    const bool isCrowd = (span.group == TrackGroup::Timers || span.group == TrackGroup::Requests || span.group == TrackGroup::Served)
        && span.row == LaneTracks::crowd;
    return isCrowd || event.kind == EventKind::RejectionUnhandled || event.kind == EventKind::LoopStarted ? 0 : event.subject;
}

SiteId SpanText::site(const SpanRef &span) const { return m_text.placeOf(beginning(span)); }

quint64 SpanText::duration(const SpanRef &span) const
{
    const SpanTrack &of = track(span);
    const EventTimes &times = m_tracks.times();
    const std::optional<quint64> last = of.last(span.span);
    return (last ? times.at(*last) : times.last()) - times.at(of.begin(span.span));
}

QString SpanText::kindAndName(const SpanRef &span) const
{
    const Event event = beginning(span);
    switch (span.group) {
    case TrackGroup::Iterations:
        return tr("iteration %L1").arg(event.value);
    case TrackGroup::Phases:
        return tr("phase %1").arg(name(span));
    case TrackGroup::Callbacks:
    case TrackGroup::Microtasks:
        return m_text.subjectText(event.subject);
    case TrackGroup::Calls:
        if (event.kind != EventKind::CallEntered)
            return m_text.subjectText(event.subject);
        return ((event.detail & CallSampled) != 0 ? tr("`%1`, sampled") : tr("call of `%1`")).arg(name(span));
    case TrackGroup::Timers:
    case TrackGroup::Requests:
        if (span.row == LaneTracks::crowd)
            return name(span);
        if (track(span).isOpen(span.span))
            return tr("%1 waits").arg(m_text.subjectText(event.subject));
        return track(span).isMarked(span.span) ? tr("%1 waited, then was cancelled").arg(m_text.subjectText(event.subject))
                                               : tr("%1 waited").arg(m_text.subjectText(event.subject));
    case TrackGroup::Pool:
        return tr("pool thread %1: %2").arg(span.row + 1).arg(m_text.subjectText(event.subject));
    case TrackGroup::Loops:
        return name(span);
    case TrackGroup::LoopTasks:
    case TrackGroup::ThreadTasks:
        return tr("%1 in %2").arg(m_text.subjectText(event.subject), m_text.loopName(event.loop()));
    case TrackGroup::Served:
        if (span.row == LaneTracks::crowd)
            return name(span);
        if (track(span).isOpen(span.span))
            return tr("%1 is under way").arg(m_text.subjectText(event.subject));
        return track(span).isMarked(span.span) ? tr("%1 got no answer").arg(m_text.subjectText(event.subject))
                                               : m_text.subjectText(event.subject);
    case TrackGroup::Threads:
    case TrackGroup::Marks:
    case TrackGroup::PollWaits:
    case TrackGroup::RequestWork:
        break;
    }
    return m_text.what(track(span).begin(span.span));
}

QString SpanText::describe(const SpanRef &span) const
{
    const SpanTrack &of = track(span);
    const quint64 first = of.begin(span.span);
    const std::optional<quint64> last = of.last(span.span);
    QStringList facts;
    if (const QString where = m_text.where(first); !where.isEmpty())
        facts << where;
    const QString from = formatClock(m_tracks.times().at(first));
    if (span.group == TrackGroup::Marks)
        facts << tr("at %1").arg(from) << tr("event %L1").arg(first + 1);
    else if (last)
        facts << tr("%1 from %2").arg(formatTime(duration(span)), from) << tr("events %L1 to %L2").arg(first + 1).arg(*last + 1);
    else
        facts << tr("since %1").arg(from) << tr("from event %L1 on").arg(first + 1);
    return kindAndName(span).remove(QLatin1Char('`')) + QLatin1Char('\n') + facts.join(QStringLiteral(" · "));
}

} // namespace loopscope
