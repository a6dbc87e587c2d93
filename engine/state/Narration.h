// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/EventText.h"
#include "state/RecordingIndex.h"

#include <QCoreApplication>

namespace loopscope {

/// Tells in whole sentences what an event did, where EventText has a row of a list for it. In the sentences code and names stand between
/// backquotes; "[words](site:7)" is a place in the source, "[words](event:12)" the moment right after event 12, "[words](item:5)" a
/// subject.
class Narration
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Narration)

public:
    /// All must outlive this.
    Narration(const RecordingReader &reader, const RecordingIndex &index, const EventText &text);

    /// What event `index` did: "The promise of `load` was fulfilled, so its reaction `show` joined the microtask queue."
    QString sentence(quint64 index) const;

    /// "line 3" or, in another file than the one that was started, "util.js:3", as a link; empty for no place.
    QString place(SiteId site) const;
    /// The name of a subject, as a link to its place where it has one.
    QString named(SubjectId subject) const;
    /// The same with its kind: "the timeout `ping`", "the promise of `load`".
    QString subject(SubjectId subject) const;
    /// A function by its name, or by its line if it has none.
    QString function(SiteId function) const;
    /// "7.6 ms ago", "just now".
    static QString ago(quint64 now, quint64 then);
    static QString momentLink(const QString &words, quint64 event);

    const RecordingReader &reader() const { return m_reader; }
    const RecordingIndex &index() const { return m_index; }
    const EventText &text() const { return m_text; }
    /// The event that made a subject; nothing if that was not recorded.
    std::optional<Event> creation(SubjectId subject) const;

private:
    QString runSentence(const Event &event) const;
    QString taskSentence(const Event &event) const;
    QString createdSentence(const Event &event) const;
    QString begunSentence(const Event &event) const;
    QString promiseSentence(const Event &event) const;
    QString promiseCreatedSentence(const Event &event) const;
    QString callSentence(const Event &event) const;
    QString requestSentence(const Event &event) const;
    QString noteSentence(const Event &event) const;
    QString serverSentence(const Event &event) const;
    QString promise(SubjectId promise, const Event &created) const;
    /// " at line 3", or nothing.
    QString atPlace(const Event &event) const;

    const RecordingReader &m_reader;
    const RecordingIndex &m_index;
    const EventText &m_text;
};

/// A length of time in a sentence: "0.02 ms", "7.6 ms", "150 ms", "1.25 s".
QString durationText(quint64 nanoseconds);
/// Begins with a capital letter, unless with a name.
QString asSentence(QString text);

} // namespace loopscope
