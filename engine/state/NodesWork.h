// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <optional>
#include <vector>

namespace loopscope {

/// Which events are Node's own work rather than the script's: the jobs by which it loads ES modules, and what those wait for. A view can
/// fold them away, as a person who steps a module does not ask for three hundred of them.
///
/// The recording does not say so; it follows from it. A task, promise or request is Node's own if it has no place in the person's files
/// (neither its function nor what scheduled it) and was led to by work of Node's own, or by the main script before any of its code ran.
/// What promises do among themselves for code of the person has a cause with a place, so it is not folded. Not thread-safe.
class NodesWork
{
public:
    /// Takes in event number `index`, the next one.
    void add(const Event &event, quint64 index);

    bool isNodes(SubjectId subject) const { return subject < m_isNodes.size() && m_isNodes[subject]; }

    bool isFolded(quint64 event) const;
    /// Of the events below `end`, how many are folded.
    quint64 foldedBefore(quint64 end) const;
    /// The number of the event that stands at `row` when folded ones are left out.
    quint64 eventAt(quint64 row) const;
    /// The first event at or behind this one that is not folded. It may be one that is not recorded yet.
    quint64 shownFrom(quint64 event) const;
    /// The last event at or before this one that is not folded; nothing if all are.
    std::optional<quint64> shownUpTo(quint64 event) const;
    /// Events that begin code of the person inside of a job of Node's own, in order: the bodies of modules.
    const std::vector<quint64> &entries() const { return m_entries; }

private:
    /// A run of folded events.
    struct Stretch
    {
        quint64 first = 0;
        quint64 count = 0;
        quint64 before = 0; ///< folded events before this run
    };
    /// A program that mixes its own work with Node's all the time is not folded on for ever: memory stays small.
    static constexpr size_t mostStretches = 65536;

    bool isOfNodes(const Event &created) const;
    bool leadsToNodes(SubjectId cause) const { return isNodes(cause) || (cause != 0 && cause == m_script); }
    void fold(quint64 index);
    /// The last run that begins at or before this event; the end if there is none.
    std::vector<Stretch>::const_iterator stretchUpTo(quint64 event) const;

    std::vector<bool> m_isNodes; ///< by subject
    std::vector<Stretch> m_stretches;
    std::vector<quint64> m_entries;
    SubjectId m_script = 0; ///< the main script's task
    bool m_runsNodes = false; ///< a job of Node's own runs, and no code of the person in it so far
};

} // namespace loopscope
