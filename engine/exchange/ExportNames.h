// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QByteArray>
#include <QHash>

namespace loopscope {

/// What exported files call things. The names are those of the views; the words for kinds are the stable ones of the event list.
class ExportNames
{
public:
    /// Reads the recording once; `reader` must outlive this and not be refreshed.
    explicit ExportNames(const RecordingReader &reader);

    /// What the recording is called, or the name of its script.
    QString title() const;
    /// "main", or what the loop was started as.
    QString loop(quint16 loop) const;
    /// Of a function, a file's own body by the file's name; empty for no place.
    QString function(SiteId site) const { return m_text.functionName(site); }
    /// Of a task, promise, request.
    QString subject(SubjectId subject) const { return m_text.subjectName(subject); }
    /// Of a task with its kind, "Timeout ping".
    QString task(TaskKind kind, SubjectId subject) const;

    const RecordingReader &reader() const { return m_reader; }
    const RecordingIndex &index() const { return m_index; }
    const EventText &text() const { return m_text; }

private:
    const RecordingReader &m_reader;
    RecordingIndex m_index;
    EventText m_text;
};

} // namespace loopscope
