// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TimelineTracks.h"

#include <QCoreApplication>
#include <QPoint>

#include <bitset>
#include <optional>
#include <vector>

namespace loopscope {

class PixelColumns;

/// A span of the timeline.
struct SpanRef
{
    TrackGroup group = TrackGroup::Iterations;
    int row = 0; ///< within its group
    std::size_t span = 0; ///< within its row
    bool operator==(const SpanRef &) const = default;
};

/// A strip of the drawing.
struct TimelineRow
{
    TrackGroup group = TrackGroup::Iterations;
    int row = 0;
    int top = 0; ///< pixels from the top of all rows
};

/// A group's place: all its rows.
struct TimelineBlock
{
    TrackGroup group = TrackGroup::Iterations;
    int top = 0;
    int height = 0;
    int hiddenRows = 0; ///< folded away
    bool canUnfold = false; ///< has more rows than it shows when it is folded
};

/// Which rows are shown, and where. Groups of many rows are folded to their first few until they are unfolded; groups without a span have
/// no row, but for those that every run has. Widget-free.
class TimelineRows
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::TimelineRows)
public:
    static QString title(TrackGroup group);

    /// Recomputes for the tracks; lengths in pixels. False if nothing changed.
    bool compute(const TimelineTracks &tracks, int rowHeight, int gap, int groupGap);
    void setUnfolded(TrackGroup group, bool isUnfolded) { m_unfolded.set(static_cast<std::size_t>(group), isUnfolded); }
    bool isUnfolded(TrackGroup group) const { return m_unfolded.test(static_cast<std::size_t>(group)); }

    const std::vector<TimelineRow> &rows() const { return m_rows; }
    const std::vector<TimelineBlock> &blocks() const { return m_blocks; }
    int rowHeight() const { return m_rowHeight; }
    int height() const { return m_height; }
    /// The row at this height; null if there is none.
    const TimelineRow *rowAt(int y) const;
    const TimelineBlock *blockAt(int y) const;
    /// The place of a row of a group; null if it is not shown.
    const TimelineRow *find(TrackGroup group, int row) const;

private:
    std::bitset<ownRowGroupCount> m_unfolded;
    std::vector<TimelineRow> m_rows;
    std::vector<TimelineBlock> m_blocks;
    int m_rowHeight = 0;
    int m_height = 0;
};

/// The span at a point of the rows; of very short ones that share a column, the first.
std::optional<SpanRef> spanAt(const TimelineTracks &tracks, const PixelColumns &columns, const TimelineRows &rows, QPoint point);
/// The span that begins with this event: of a callback, of a call, of what waits. None if none does.
std::optional<SpanRef> spanBeginningWith(const TimelineTracks &tracks, quint64 event);

} // namespace loopscope
