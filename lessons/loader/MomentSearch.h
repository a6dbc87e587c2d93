// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/OutputLines.h"
#include "state/EventText.h"

#include <QStringList>

namespace loopscope {

/// Finds the moments of lessons in a recording. Of the main loop; lines of output are those of all loops. What is Node's own work is passed
/// over. Not thread-safe.
class MomentSearch
{
public:
    /// All must outlive this; the index of `words` must hold the whole recording.
    MomentSearch(const RecordingReader &reader, const EventText &words)
        : m_reader(reader)
        , m_words(words)
        , m_lines(reader)
    {
    }

    /// The words for events that moments can name.
    static const QStringList &events();
    /// The number of the event: a cursor (StateTimeline) behind it is one more. Nothing if it does not happen, or not that often.
    std::optional<quint64> find(const LessonMoment &moment) const;
    const OutputLines &lines() const { return m_lines; }

    /// Whose name a moment's `name` is.
    enum class Of : quint8 { Task, Promise, Await, Request, Call, Nothing };

private:
    bool fits(const LessonMoment &moment, Of of, const Event &event) const;
    QString promiseMaker(SubjectId promise) const;

    const RecordingReader &m_reader;
    const EventText &m_words;
    OutputLines m_lines;
};

} // namespace loopscope
