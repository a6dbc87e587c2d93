// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineDrawList.h"

#include "theme/Palette.h"
#include "timeline/TimelineCoordinates.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int kFoldBelow = 3; ///< px
constexpr int kFoldedColumns = 2;
constexpr int kGapFrom = 5; ///< px: wider spans leave a pixel free, so that neighbours stay apart
constexpr int kLabelFrom = 26; ///< px
constexpr int kTimerEnd = 4; ///< px
constexpr int kMatchesLookedAt = 16; ///< in one column

} // namespace

void TimelineDrawList::clear()
{
    for (std::vector<QRect> &each : rects)
        each.clear();
    labels.clear();
    found.clear();
}

std::size_t TimelineDrawList::rectCount() const
{
    std::size_t count = found.size();
    for (const std::vector<QRect> &each : rects)
        count += each.size();
    return count;
}

TimelineDrawListBuilder::TimelineDrawListBuilder(const TimelineTracks &tracks, const PixelColumns &columns, TimelineDrawList &list)
    : m_tracks(tracks)
    , m_columns(columns)
    , m_list(list)
{
}

void TimelineDrawListBuilder::addRows(const TimelineRows &rows, int top, int bottom)
{
    for (const TimelineRow &row : rows.rows()) {
        if (row.top + rows.rowHeight() > top && row.top < bottom)
            addRow(row, rows.rowHeight());
    }
}

void TimelineDrawListBuilder::addEmptyPhase(const TimelineRows &rows, quint64 event, int category)
{
    const TimelineRow *row = rows.find(TrackGroup::Phases, 0);
    if (row == nullptr)
        return;
    const SpanTrack &phases = m_tracks.rows(TrackGroup::Phases).front();
    const std::size_t span = phases.firstBeginningFrom(event);
    if (span < phases.count() && phases.begin(span) == event)
        return;
    const int left = std::max(m_columns.columnOf(event), 0);
    const int right = std::min(m_columns.columnOf(event + 1), m_columns.width());
    if (right - left > 1)
        addRect(TimelineInk::Waiting, category, {left, row->top, right - left - 1, rows.rowHeight()});
}

void TimelineDrawListBuilder::addRow(const TimelineRow &row, int height)
{
    const auto number = static_cast<std::size_t>(row.row);
    const auto add = [&](TrackGroup group, TimelineInk::Shade shade, bool hasLabels) {
        if (const auto &rows = m_tracks.rows(group); number < rows.size())
            addTrack(rows[number], {group, row.row, shade, hasLabels}, row.top, height);
    };
    switch (row.group) {
    case TrackGroup::Phases:
        add(TrackGroup::Phases, TimelineInk::Solid, true);
        add(TrackGroup::PollWaits, TimelineInk::Idle, true);
        break;
    case TrackGroup::Timers:
        add(TrackGroup::Timers, TimelineInk::Waiting, true);
        break;
    case TrackGroup::Requests:
        add(TrackGroup::Requests, TimelineInk::Waiting, true);
        add(TrackGroup::RequestWork, TimelineInk::Solid, false);
        break;
    case TrackGroup::Loops:
        add(TrackGroup::Loops, TimelineInk::Waiting, false);
        add(TrackGroup::LoopTasks, TimelineInk::Solid, true);
        break;
    case TrackGroup::Threads:
        add(TrackGroup::Threads, TimelineInk::Waiting, true);
        add(TrackGroup::ThreadTasks, TimelineInk::Solid, true);
        break;
    case TrackGroup::Served:
        add(TrackGroup::Served, TimelineInk::Waiting, true);
        break;
    case TrackGroup::Marks:
        add(TrackGroup::Marks, TimelineInk::Mark, true);
        break;
    default:
        add(row.group, TimelineInk::Solid, true);
    }
}

int TimelineDrawListBuilder::rightOf(const SpanTrack &track, std::size_t span) const
{
    const std::optional<quint64> last = track.last(span);
    const int right = m_columns.endColumnOf(last.value_or(m_tracks.eventCount() - 1));
    return std::min(right, m_columns.width());
}

void TimelineDrawListBuilder::addTrack(const SpanTrack &track, const Style &style, int top, int height)
{
    const int width = m_columns.width();
    for (std::size_t i = track.firstEndingFrom(m_columns.firstEvent()); i < track.count() && track.begin(i) < m_columns.endEvent();) {
        const int left = std::max(m_columns.columnOf(track.begin(i)), 0);
        const int right = rightOf(track, i);
        if (right - left >= kFoldBelow) {
            addSpan(track, i, style, {left, top, right - left, height});
            ++i;
            continue;
        }
        const int foldedTo = std::min(left + kFoldedColumns, width);
        std::size_t end = std::max(track.firstBeginningFrom(m_columns.edge(foldedTo), i), i + 1);
        if (end - i > 1 && rightOf(track, end - 1) - foldedTo >= kFoldBelow)
            --end; // it reaches far out of the columns, and is seen by itself
        addFolded(track, i, end, style, {left, top, std::max(foldedTo - left, 1), height});
        i = end;
    }
}

void TimelineDrawListBuilder::addSpan(const SpanTrack &track, std::size_t span, const Style &style, QRect room)
{
    const bool isFound = isMatch(track.begin(span));
    const TimelineInk::Shade shade =
        m_matches == nullptr || isFound || style.shade == TimelineInk::Mark ? style.shade : TimelineInk::Dimmed;
    if (style.group == TrackGroup::Timers)
        addTimerEnd(track, span, room);
    if (room.width() >= kGapFrom)
        room.setWidth(room.width() - 1);
    addRect(shade, track.category(span), room);
    if (m_matches != nullptr && isFound)
        m_list.found.push_back(room);
    if (!style.hasLabels || (style.group == TrackGroup::Phases && isWaitedIn(track, span)))
        return;
    const SpanLabel label = style.group == TrackGroup::Requests
        ? requestLabel(track, {style.group, style.row, span}, room)
        : SpanLabel{{style.group, style.row, span}, room, TimelineInk::index(shade, track.category(span))};
    if (label.room.width() >= kLabelFrom)
        m_list.labels.push_back(label);
}

/// The name of a wait says all about its phase, and stands in the same place.
bool TimelineDrawListBuilder::isWaitedIn(const SpanTrack &phases, std::size_t phase) const
{
    const std::vector<SpanTrack> &waits = m_tracks.rows(TrackGroup::PollWaits);
    if (waits.empty())
        return false;
    const std::size_t wait = waits.front().firstBeginningFrom(phases.begin(phase));
    return wait < waits.front().count() && waits.front().begin(wait) <= phases.last(phase).value_or(m_tracks.eventCount());
}

/// On the wait for the work or on the work itself, whichever is wider: no name runs over both.
SpanLabel TimelineDrawListBuilder::requestLabel(const SpanTrack &requests, const SpanRef &span, const QRect &room) const
{
    const int category = requests.category(span.span);
    const std::size_t pale = TimelineInk::index(TimelineInk::Waiting, category);
    const std::vector<SpanTrack> &rows = m_tracks.rows(TrackGroup::RequestWork);
    if (static_cast<std::size_t>(span.row) >= rows.size())
        return {span, room, pale};
    const SpanTrack &works = rows[static_cast<std::size_t>(span.row)];
    const std::size_t work = works.firstBeginningFrom(requests.begin(span.span));
    if (work >= works.count() || works.begin(work) > requests.last(span.span).value_or(m_tracks.eventCount()))
        return {span, room, pale};
    const int begin = std::clamp(m_columns.columnOf(works.begin(work)), room.left(), room.right());
    const int end = std::clamp(rightOf(works, work), begin, room.right() + 1);
    if (end - begin > begin - room.left())
        return {span, {begin, room.top(), end - begin, room.height()}, TimelineInk::index(TimelineInk::Solid, category)};
    return {span, {room.left(), room.top(), begin - room.left(), room.height()}, pale};
}

/// Where it fires stands a block, where it was cancelled only a short line.
void TimelineDrawListBuilder::addTimerEnd(const SpanTrack &track, std::size_t span, const QRect &room)
{
    if (track.isOpen(span) || room.right() + 1 >= m_columns.width())
        return;
    if (track.isMarked(span))
        addRect(
            TimelineInk::Solid, static_cast<int>(Hue::Structure), {room.right() - 1, room.top() + room.height() / 4, 2, room.height() / 2});
    else
        addRect(TimelineInk::Solid, track.category(span), {room.right() - kTimerEnd + 1, room.top(), kTimerEnd, room.height()});
}

void TimelineDrawListBuilder::addFolded(const SpanTrack &track, std::size_t first, std::size_t end, const Style &style, QRect room)
{
    int category = track.category(first);
    TimelineInk::Shade shade = style.shade;
    if (end - first > 1) {
        const SpanSums sums = track.sums(first, end);
        const bool inTime = m_columns.axis() == TimelineAxis::Time && SpanSums::total(sums.time) > 0;
        const int largest = SpanSums::largest(inTime ? sums.time : sums.events);
        category = largest >= 0 ? largest : category;
        if (shade == TimelineInk::Solid)
            shade = shadeOf(sums, room.width(), m_columns.edge(room.x() + room.width()) - m_columns.edge(room.x()));
    }
    if (m_matches != nullptr && style.shade != TimelineInk::Mark) {
        if (holdsMatch(track, first, end)) {
            shade = style.shade;
            m_list.found.push_back(room);
        } else {
            shade = TimelineInk::Dimmed;
        }
    }
    addRect(shade, category, room);
}

TimelineInk::Shade TimelineDrawListBuilder::shadeOf(const SpanSums &sums, int columns, quint64 events) const
{
    const bool inTime = m_columns.axis() == TimelineAxis::Time;
    const double all = inTime ? m_columnTime * columns : static_cast<double>(events);
    const double share = static_cast<double>(SpanSums::total(inTime ? sums.time : sums.events)) / std::max(all, 1.0);
    if (share > 0.6)
        return TimelineInk::Solid;
    if (share > 0.25)
        return TimelineInk::Dense;
    return share > 0.06 ? TimelineInk::Medium : TimelineInk::Thin;
}

/// Joins what touches in one ink: a dense row becomes few rectangles.
void TimelineDrawListBuilder::addRect(TimelineInk::Shade shade, int category, const QRect &rect)
{
    std::vector<QRect> &rects = m_list.rects[TimelineInk::index(shade, category)];
    if (!rects.empty() && rect.width() < kFoldBelow) {
        QRect &before = rects.back();
        if (before.top() == rect.top() && before.height() == rect.height() && rect.left() <= before.right() + 1
            && rect.left() >= before.left()) {
            before.setRight(std::max(before.right(), rect.right()));
            return;
        }
    }
    rects.push_back(rect);
}

bool TimelineDrawListBuilder::isMatch(quint64 event) const
{
    return m_matches != nullptr && std::binary_search(m_matches->begin(), m_matches->end(), static_cast<quint32>(event));
}

/// Looks at a few only: a column that holds more has one of them in this row all but surely.
bool TimelineDrawListBuilder::holdsMatch(const SpanTrack &track, std::size_t first, std::size_t end) const
{
    auto match = std::lower_bound(m_matches->begin(), m_matches->end(), static_cast<quint32>(track.begin(first)));
    const quint64 last = track.begin(end - 1);
    for (int looked = 0; match != m_matches->end() && *match <= last && looked < kMatchesLookedAt; ++match, ++looked) {
        const std::size_t span = track.firstBeginningFrom(*match, first);
        if (span < end && track.begin(span) == *match)
            return true;
    }
    return false;
}

} // namespace loopscope
