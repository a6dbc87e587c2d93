// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/RecordingIndex.h"

#include <QCoreApplication>
#include <QHash>
#include <QJsonObject>
#include <QString>

namespace loopscope {

/// What the words of an event follow from, but for the numbers of things in them: events of equal shape differ in these numbers only.
struct EventShape
{
    quint64 kind = 0; ///< with detail, phase and site
    qint64 value = 0; ///< 0 where it is a number of a thing, or not told
    quint64 creation = 0; ///< of the subject: kind, detail and site
    quint64 name = 0; ///< of the subject, and what it may be named after
    quint64 owner = 0;
    bool operator==(const EventShape &) const = default;
};

inline size_t qHash(const EventShape &shape, size_t seed = 0)
{
    return qHashMulti(seed, shape.kind, shape.value, shape.creation, shape.name, shape.owner);
}

/// Says in words what the events of a recording mean: for `--events`, the event list, tooltips and chips. Not thread-safe.
class EventText
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::EventText)

public:
    /// Both must outlive this, and the index must hold the events that are asked for.
    EventText(const RecordingReader &reader, const RecordingIndex &index);

    /// What happened, with who and where: "timeout `ping` begun  script.js:3".
    QString what(quint64 index) const;
    /// The file and line that belongs to the event, "script.js:3"; empty if none does.
    QString where(quint64 index) const;
    SiteId placeOf(const Event &event) const;
    /// See EventShape: who looks for words in millions of events puts those of a shape together once.
    EventShape shapeOf(const Event &event) const;
    /// True if the event's value is the number of a thing (a promise, an iteration) and its words tell it.
    static bool tellsValueAsNumber(EventKind kind);
    /// The iteration and the phase it happened in, "12 timers"; "before the loop" where there is none.
    QString loopPlace(quint64 index) const;
    /// A row of the ordered event list: time in ms, iteration and phase, what happened and where, in columns.
    QString line(quint64 index) const;
    /// The same for programs; docs/recording-format.md lists the members.
    QJsonObject toJson(quint64 index) const;

    /// What all views call a task, promise or request: its given name, else its function's, else what it does: "adopt a promise",
    /// "new Promise". "(anonymous)" only where the recording tells nothing.
    QString subjectName(SubjectId subject) const;
    /// What all views call the function at a site, or around it: as SitePlace::functionName(), and a file's own body by the file's name. ""
    /// for no place.
    QString functionName(SiteId site) const;
    /// "main script", "worker `counter 0`", "process `child.js`", "script `a.js` beside it".
    QString loopName(quint16 loop) const;
    /// Node's own work, such as the jobs by which it loads modules, rather than the script's.
    bool isNodes(SubjectId subject) const { return m_index.nodesWork().isNodes(subject); }
    /// True if it was named by a SubjectNamed event.
    bool hasGivenName(SubjectId subject) const { return m_index.nameOf(subject) != 0; }
    const RecordingIndex &index() const { return m_index; }
    /// The same with the kind before it: "timeout `ping`", "promise 7 (async function `load`)", "file request `read a.txt`".
    QString subjectText(SubjectId subject) const;

private:
    /// Each gives the text of an event of its group; empty for others.
    QString runText(const Event &event) const;
    QString taskText(const Event &event) const;
    QString promiseText(const Event &event) const;
    QString ignoredText(const Event &event) const;
    QString callText(const Event &event) const;
    QString requestText(const Event &event) const;
    QString handleText(const Event &event) const;
    QString noteText(const Event &event) const;
    QString serverText(const Event &event) const;

    QString taskName(const Event &created) const;
    QString promiseNumber(qint64 promise) const;
    /// Kind and number, for where the name is not known yet: "script 1".
    QString numberText(SubjectId subject) const;
    QString shortString(qint64 string) const;
    std::optional<Event> creation(SubjectId subject) const;

    const RecordingReader &m_reader;
    const RecordingIndex &m_index;
    mutable QHash<SiteId, QString> m_functionNames; ///< a function's code is found by counting lines
};

} // namespace loopscope
