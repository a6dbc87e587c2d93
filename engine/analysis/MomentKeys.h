// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <optional>
#include <vector>

namespace loopscope {

class SiteMatch;

/// Picks out of a recording the moments a person thinks in, and gives each a key that says what it was, whatever its time and number:
/// callbacks that begin, promises of the person's that settle, console lines, errors, free choices, cancelled callbacks, the end of the
/// run. Two moments of two recordings with the same key are the same thing happening.
///
/// Of promises those count that the person's code made, not what await or Node wraps around a value; and of those that then, catch and
/// finally give only what says more than that the handler ended: that they were rejected, or hold a value.
class MomentKeys
{
public:
    /// Which moments: all, or those that a real Node tells as our own runs do. The latter: callbacks of the person's that begin; promises
    /// of async functions, constructors and combinators that settle, and all of the person's that are rejected, without values and by the
    /// function in which they were made; the end and its exit code.
    enum class Scope : quint8 { All, OfBothKinds };

    /// `match` brings the sites of a left recording to those of the right; null for the right one. Both must outlive this.
    MomentKeys(const RecordingReader &reader, SiteMatch *match);
    /// All, unless set before the first event is taken.
    void setScope(Scope scope) { m_scope = scope; }

    /// Takes in the next event (all of a recording, in their order): its key, if it is such a moment.
    std::optional<quint64> take(const Event &event);

    /// True if take() gives such an event a key. May be asked of events that were not taken yet, if of all in their order.
    bool looksAhead(const Event &event);

    /// The text of an event that has one, without what moves with the lines of an edited file: the frames of a stack.
    static QString textOf(const RecordingReader &reader, const Event &event);

private:
    /// The name that the main script was given, which is its file's and so says nothing of what happened.
    bool isNameOfScript(const Event &event) const;
    SiteId common(SiteId site) const;
    SiteId functionOf(const Event &created) const;
    void note(const Event &event);
    void notePromise(const Event &created);
    bool isMoment(const Event &event);
    bool isMomentOfBothKinds(const Event &event);
    quint64 keyOfBothKinds(const Event &event);
    quint64 &keyOf(SubjectId subject);

    const RecordingReader &m_reader;
    SiteMatch *m_match;
    Scope m_scope = Scope::All;
    std::vector<quint64> m_subjects; ///< what tasks, requests and promises are, by number
    quint64 m_unplaced = 0; ///< stands in for numbers that no sound recording holds
    SubjectId m_script = 0;
};

} // namespace loopscope
