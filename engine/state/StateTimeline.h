// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"
#include "state/LoopState.h"
#include "state/RecordingIndex.h"
#include "state/SnapshotShelf.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <map>
#include <optional>
#include <vector>

namespace loopscope {

/// Gives the LoopState at any place of a recording, quickly, and finds places in it.
///
/// A *cursor* is a number of applied events: 0 is before the first event, eventCount() after the last; the event of the moment is cursor
/// - 1. Snapshots of the state are kept while the recording is taken in, at most 512 of them and a quarter of the recording's size: when
/// there are more, every other one goes. So a jump folds a few thousand events in a recording of a million, and a step folds one. Of a
/// recording of more than 2^32 events (137 GB) no more than those are taken in. Not thread-safe.
class StateTimeline
{
public:
    /// The reader must outlive the timeline. Nothing is read before the first update().
    explicit StateTimeline(RecordingReader &reader);

    /// Takes in what the recording has gained, at most `atMost` events of it (a window can stay responsive that way). True if there was
    /// anything; call it again while isBehind().
    bool update(quint64 atMost = std::numeric_limits<quint64>::max());
    /// True while the reader has events that update() has not taken in, or has not read all of the file itself.
    bool isBehind() const { return m_newest.cursor < takeable() || m_reader.isBehind(); }

    /// Events taken in so far.
    quint64 eventCount() const { return m_newest.cursor; }
    /// The state at a cursor; a larger one than eventCount() means eventCount(). Valid until the next call of stateAt() or update().
    const LoopState &stateAt(quint64 cursor);
    /// The same of another loop (Event::loop()), which is folded from the start of the recording at the first time.
    const LoopState &stateAt(quint64 cursor, quint16 loop);
    /// The state after the last event taken in. Valid until the next update().
    const LoopState &newest() const { return m_newest; }

    const RecordingIndex &index() const { return m_index; }
    const RecordingReader &reader() const { return m_reader; }

    using Predicate = std::function<bool(const Event &)>;
    static constexpr quint64 all = std::numeric_limits<quint64>::max();
    /// The cursor right after the first event at or after `cursor` that fits; looks at each event, at most `atMost` of them, so prefer
    /// index().next() for landmarks.
    std::optional<quint64> nextOf(quint64 cursor, const Predicate &fits, quint64 atMost = all) const;
    /// The cursor right after the last event before the event of the moment that fits.
    std::optional<quint64> previousOf(quint64 cursor, const Predicate &fits, quint64 atMost = all) const;

private:
    /// Events of the reader that can be taken in.
    quint64 takeable() const { return std::min<quint64>(m_reader.eventCount(), std::numeric_limits<quint32>::max()); }
    /// Folds up to the cursor and keeps states on the way, if `keeper` is given.
    void foldTo(LoopState &state, quint64 cursor, SnapshotShelf *keeper);
    void limitMemory();

    RecordingReader &m_reader;
    RecordingIndex m_index;
    LoopState m_newest;
    LoopState m_current; ///< what stateAt() gave last
    SnapshotShelf m_snapshots;
    /// A loop beside the main one.
    struct OtherLoop
    {
        LoopState current; ///< what stateAt() gave last
        LoopState newest; ///< up to where it was folded
        SnapshotShelf snapshots;
    };
    std::map<quint16, OtherLoop> m_others; ///< those that were asked for
    SnapshotShelf m_near; ///< closely spaced ones of the stretch last gone back into
};

} // namespace loopscope
