// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TimelineRows.h"

#include <QCoreApplication>
#include <QString>

namespace loopscope {

class EventText;
class RecordingReader;

/// The words for a span of the timeline, looked up in the recording. Widget-free.
class SpanText
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::SpanText)
public:
    /// All must outlive this.
    SpanText(const RecordingReader &reader, const EventText &text, const TimelineTracks &tracks);

    /// What fits on a bar: "ping", "poll", "readFile a.txt".
    QString name(const SpanRef &span) const;
    /// The same with kind, place, duration and events, in two lines.
    QString describe(const SpanRef &span) const;
    /// The sentence of an event, for where it stands in no span: "event 78: phase poll entered".
    QString describeEvent(quint64 event) const;
    /// The phase an event enters; None if it enters none.
    Phase enteredPhase(quint64 event) const;
    /// The task or request it is about; 0 if it is about none.
    SubjectId subject(const SpanRef &span) const;
    /// Its place in the source; 0 if it has none.
    SiteId site(const SpanRef &span) const;
    /// ns; that of an open span lasts until the last event.
    quint64 duration(const SpanRef &span) const;

private:
    const SpanTrack &track(const SpanRef &span) const;
    Event beginning(const SpanRef &span) const;
    QString kindAndName(const SpanRef &span) const;

    const RecordingReader &m_reader;
    const EventText &m_text;
    const TimelineTracks &m_tracks;
};

} // namespace loopscope
