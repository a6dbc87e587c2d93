// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineRows.h"

#include "timeline/TimelineCoordinates.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kNear = 2; ///< pixels a very short span may be missed by

/// Rows of a folded group.
int foldedRows(TrackGroup group)
{
    switch (group) {
    case TrackGroup::Calls:
    case TrackGroup::Timers:
    case TrackGroup::Requests:
    case TrackGroup::Served:
        return 2;
    case TrackGroup::Threads:
        return 8;
    case TrackGroup::Pool:
        return 4; // as many as there are unless UV_THREADPOOL_SIZE says otherwise
    case TrackGroup::Loops:
        return static_cast<int>(TimelineTracks::mostLoopRows);
    default:
        return 1;
    }
}

/// True for what a person looks for in any run.
bool isAlwaysThere(TrackGroup group)
{
    return group == TrackGroup::Iterations || group == TrackGroup::Callbacks || group == TrackGroup::Microtasks;
}

} // namespace

QString TimelineRows::title(TrackGroup group)
{
    switch (group) {
    case TrackGroup::Iterations:
        return tr("iterations");
    case TrackGroup::Phases:
    case TrackGroup::PollWaits:
        return tr("phases");
    case TrackGroup::Callbacks:
        return tr("callbacks");
    case TrackGroup::Microtasks:
        return tr("ticks, microtasks");
    case TrackGroup::Calls:
        return tr("calls");
    case TrackGroup::Timers:
        return tr("timers");
    case TrackGroup::Requests:
    case TrackGroup::RequestWork:
        return tr("I/O");
    case TrackGroup::Pool:
        return tr("pool threads");
    case TrackGroup::Loops:
    case TrackGroup::LoopTasks:
        return tr("other loops");
    case TrackGroup::Threads:
    case TrackGroup::ThreadTasks:
        return tr("server threads");
    case TrackGroup::Served:
        return tr("clients' requests");
    case TrackGroup::Marks:
        return tr("console, errors");
    }
    return {};
}

bool TimelineRows::compute(const TimelineTracks &tracks, int rowHeight, int gap, int groupGap)
{
    std::vector<TimelineRow> rows;
    std::vector<TimelineBlock> blocks;
    int y = 0;
    for (std::size_t i = 0; i < ownRowGroupCount; ++i) {
        const auto group = static_cast<TrackGroup>(i);
        const int there = static_cast<int>(tracks.rows(group).size());
        const int wanted = std::max(there, isAlwaysThere(group) ? 1 : 0);
        const int shown = isUnfolded(group) ? wanted : std::min(wanted, foldedRows(group));
        if (shown == 0)
            continue;
        TimelineBlock block{group, y, 0, wanted - shown, wanted > foldedRows(group)};
        for (int row = 0; row < shown; ++row, y += rowHeight + gap)
            rows.push_back({group, row, y});
        block.height = y - gap - block.top;
        y += groupGap - gap;
        blocks.push_back(block);
    }
    const int height = std::max(y - groupGap, 0);
    const bool isSame = rows.size() == m_rows.size() && height == m_height && rowHeight == m_rowHeight && blocks.size() == m_blocks.size()
        && std::equal(blocks.begin(), blocks.end(), m_blocks.begin(), [](const TimelineBlock &a, const TimelineBlock &b) {
               return a.group == b.group && a.height == b.height && a.hiddenRows == b.hiddenRows;
           });
    m_rows = std::move(rows);
    m_blocks = std::move(blocks);
    m_height = height;
    m_rowHeight = rowHeight;
    return !isSame;
}

const TimelineRow *TimelineRows::rowAt(int y) const
{
    const auto after = std::upper_bound(m_rows.begin(), m_rows.end(), y, [](int value, const TimelineRow &row) { return value < row.top; });
    if (after == m_rows.begin() || y >= std::prev(after)->top + m_rowHeight)
        return nullptr;
    return &*std::prev(after);
}

const TimelineBlock *TimelineRows::blockAt(int y) const
{
    for (const TimelineBlock &block : m_blocks) {
        if (y >= block.top && y < block.top + block.height)
            return &block;
    }
    return nullptr;
}

const TimelineRow *TimelineRows::find(TrackGroup group, int row) const
{
    const TrackGroup drawnIn = group == TrackGroup::LoopTasks ? TrackGroup::Loops
        : group == TrackGroup::ThreadTasks                    ? TrackGroup::Threads
                                                              : group;
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&](const TimelineRow &each) { return each.group == drawnIn && each.row == row; });
    return found != m_rows.end() ? &*found : nullptr;
}

namespace {

std::optional<SpanRef> spanAt(const TimelineTracks &tracks, const PixelColumns &columns, TrackGroup group, int row, int x)
{
    const std::vector<SpanTrack> &rows = tracks.rows(group);
    if (static_cast<std::size_t>(row) >= rows.size())
        return std::nullopt;
    const SpanTrack &track = rows[static_cast<std::size_t>(row)];
    // First what covers the very column, then what is near it.
    const quint64 here = columns.edge(x + 1);
    const quint64 covered = columns.axis() == TimelineAxis::Events ? std::max<quint64>(here, 1) - 1 : columns.edge(x);
    std::size_t span = track.firstEndingFrom(covered);
    if (span < track.count() && track.begin(span) < here)
        return SpanRef{group, row, span};
    span = track.firstEndingFrom(columns.edge(std::max(x - kNear, 0)));
    if (span < track.count() && track.begin(span) < columns.edge(std::min(x + kNear + 1, columns.width())))
        return SpanRef{group, row, span};
    return std::nullopt;
}

} // namespace

std::optional<SpanRef> spanAt(const TimelineTracks &tracks, const PixelColumns &columns, const TimelineRows &rows, QPoint point)
{
    const TimelineRow *row = rows.rowAt(point.y());
    if (row == nullptr || point.x() < 0 || point.x() >= columns.width())
        return std::nullopt;
    if (row->group == TrackGroup::Loops || row->group == TrackGroup::Threads) {
        const TrackGroup tasks = row->group == TrackGroup::Loops ? TrackGroup::LoopTasks : TrackGroup::ThreadTasks;
        if (const auto task = spanAt(tracks, columns, tasks, row->row, point.x()))
            return task;
    }
    return spanAt(tracks, columns, row->group, row->row, point.x());
}

std::optional<SpanRef> spanBeginningWith(const TimelineTracks &tracks, quint64 event)
{
    for (std::size_t i = 0; i < trackGroupCount; ++i) {
        const auto group = static_cast<TrackGroup>(i);
        if (i >= ownRowGroupCount && group != TrackGroup::LoopTasks && group != TrackGroup::ThreadTasks)
            continue;
        const std::vector<SpanTrack> &rows = tracks.rows(group);
        for (std::size_t row = 0; row < rows.size(); ++row) {
            const std::size_t span = rows[row].firstBeginningFrom(event);
            if (span < rows[row].count() && rows[row].begin(span) == event)
                return SpanRef{group, static_cast<int>(row), span};
        }
    }
    return std::nullopt;
}

} // namespace loopscope
