// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/NodesWork.h"

#include <optional>
#include <vector>

namespace loopscope {

/// Things a person moves between.
enum class Landmark : quint8 {
    Event, ///< any event
    TaskBegun,
    PhaseEntered,
    IterationStarted,
    ConsoleText,
    FreeChoice,
    Error, ///< thrown and not caught, or a rejection nobody handled
};

/// Where in the recording a subject (task, promise, request, handle) appears. Event indices; not set if it does not (yet).
struct SubjectHistory
{
    std::optional<quint64> created; ///< TaskCreated, PromiseCreated, IoSubmitted or HandleOpened
    std::optional<quint64> begun; ///< first TaskBegun, or IoStarted
    std::optional<quint64> ended; ///< last TaskEnded, PromiseFulfilled, PromiseRejected, IoCompleted, HandleClosed, or TaskCancelled
    StringId name = 0; ///< of SubjectNamed
};

/// A loop beside the main one.
struct LoopEntry
{
    quint16 loop = 0; ///< its number: Event::loop()
    LoopKind kind = LoopKind::Worker;
    SubjectId subject = 0;
    StringId name = 0;
    quint64 started = 0; ///< event
};

/// Where things are in a recording: what makes jumps and names quick. Grows with the recording. Not thread-safe.
class RecordingIndex
{
public:
    /// Takes in event number eventCount(), which the caller read.
    void add(const Event &event);
    /// Takes in all events of the reader that are not in yet.
    void update(const RecordingReader &reader);

    /// Events taken in so far.
    quint64 eventCount() const { return m_eventCount; }
    SubjectHistory history(SubjectId subject) const;
    /// The given name of a subject, 0 if it has none.
    StringId nameOf(SubjectId subject) const;

    /// Indices of the events of a kind of landmark, in order. Not for Landmark::Event.
    const std::vector<quint64> &landmarks(Landmark landmark) const;
    /// The cursor right after the next (previous) landmark. "Next": one whose event is not yet applied at `cursor`. "Previous": one that
    /// was applied before the event of the moment.
    std::optional<quint64> next(quint64 cursor, Landmark landmark) const;
    std::optional<quint64> previous(quint64 cursor, Landmark landmark) const;
    /// How many of these landmarks are before `cursor`; for the console, its lines up to the cursor.
    size_t countBefore(quint64 cursor, Landmark landmark) const;
    /// The iteration that event `index` belongs to; 0 before the first.
    quint64 iterationOf(quint64 index) const;
    /// As next() and previous() of Landmark::TaskBegun, without jobs of Node's own; where one runs code of the person, that is where.
    std::optional<quint64> nextCallback(quint64 cursor) const;
    std::optional<quint64> previousCallback(quint64 cursor) const;
    /// The loops beside the main one, in the order of their start.
    const std::vector<LoopEntry> &loops() const { return m_loops; }
    /// What of all this is Node's own rather than the script's.
    const NodesWork &nodesWork() const { return m_nodesWork; }

private:
    struct Subject
    {
        // 32 bits each keep the index small; a recording that outgrows them (137 GB) is only partly indexed.
        quint32 created = missing;
        quint32 begun = missing;
        quint32 ended = missing;
        StringId name = 0;
    };
    static constexpr quint32 missing = 0xffffffffU;
    static constexpr size_t landmarkCount = 7;

    void addSubject(const Event &event);
    Subject &subject(SubjectId id);

    std::vector<Subject> m_subjects; ///< by number
    Subject m_unplaced; ///< stands in for numbers that no sound recording holds
    std::vector<quint64> m_landmarks[landmarkCount]; ///< by Landmark
    std::vector<quint64> m_iterationNumbers; ///< beside the landmarks of IterationStarted
    std::vector<LoopEntry> m_loops;
    NodesWork m_nodesWork;
    quint64 m_eventCount = 0;
};

} // namespace loopscope
