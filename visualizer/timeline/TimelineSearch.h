// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TimelineDrawList.h"

#include <QString>

#include <optional>
#include <vector>

namespace loopscope {

class EventText;
class RecordingReader;

/// Finds the spans whose names hold a text: tasks, calls, timers, I/O by their names, console lines and errors by their text. Works in
/// portions, from the recording's first event on, and goes on as the recording grows. Widget-free.
class TimelineSearch
{
public:
    static constexpr std::size_t mostMatches = 2'000'000; ///< 8 MB; a search ends there

    /// Both must outlive the search; null forgets it.
    void setSource(const RecordingReader *reader, const EventText *text);
    /// Starts anew; an empty text finds nothing. Letters' case does not matter.
    void setText(const QString &text);
    const QString &text() const { return m_text; }
    bool isActive() const { return !m_text.isEmpty(); }

    /// Looks at up to `atMost` further events below `end`. True if it found any.
    bool lookOn(quint64 end, quint64 atMost);
    /// Events looked at so far.
    quint64 lookedAt() const { return m_looked; }
    bool isFull() const { return m_matches.size() >= mostMatches; }
    /// The events that begin the spans found so far, in order.
    const SpanMatches &matches() const { return m_matches; }
    /// The first match behind (last before) an event; goes round at the ends. None if nothing is found.
    std::optional<quint64> next(quint64 event) const;
    std::optional<quint64> previous(quint64 event) const;

private:
    bool fits(const Event &event);
    bool fitsSite(SiteId site);
    bool fitsString(qint64 string);
    bool fitsSubject(const Event &event);
    bool holds(const QString &name) const { return name.contains(m_text, Qt::CaseInsensitive); }

    enum class Answer : quint8 { Unknown, No, Yes };
    const RecordingReader *m_reader = nullptr;
    const EventText *m_names = nullptr;
    QString m_text;
    SpanMatches m_matches;
    quint64 m_looked = 0;
    std::vector<Answer> m_sites; ///< by number: most spans share a few functions
    std::vector<Answer> m_strings;
};

} // namespace loopscope
