// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/TimelineRows.h"

#include <QRect>

#include <array>
#include <vector>

namespace loopscope {

class PixelColumns;

/// How a rectangle is filled: a category of spans in one of some shades. Rectangles of one ink are painted together, inks in this order.
struct TimelineInk
{
    enum Shade : quint8 {
        Dimmed, ///< not what is searched for
        Waiting, ///< nothing runs: from creation to firing, from submission to callback
        Thin, ///< many spans in a column that take little of it
        Medium,
        Dense,
        Solid, ///< a span, or spans that take most of their column
        Idle, ///< the loop waits in the poll phase
        Mark, ///< the category is a MarkCategory
        ShadeCount
    };
    static constexpr std::size_t count = ShadeCount * static_cast<std::size_t>(SpanSums::categories);

    static std::size_t index(Shade shade, int category)
    {
        return static_cast<std::size_t>(shade) * SpanSums::categories + static_cast<std::size_t>(category);
    }
    static Shade shadeOf(std::size_t index) { return static_cast<Shade>(index / SpanSums::categories); }
    static int categoryOf(std::size_t index) { return static_cast<int>(index % SpanSums::categories); }
};

/// A span with room for its name.
struct SpanLabel
{
    SpanRef span;
    QRect room;
    std::size_t ink = 0; ///< what it stands on
};

/// Spans that are searched for, by the events they begin with. In order.
using SpanMatches = std::vector<quint32>;

/// What a picture of the timeline consists of, in pixels of the rows: nothing but rectangles and places for names. Widget-free.
struct TimelineDrawList
{
    std::array<std::vector<QRect>, TimelineInk::count> rects; ///< by ink
    std::vector<SpanLabel> labels;
    std::vector<QRect> found; ///< around spans that were searched for

    void clear();
    std::size_t rectCount() const;
};

/// Builds draw lists: looks at as many spans as there are pixels, whatever the recording's length. Spans under 3 px are folded: all that
/// begin in two columns become one rectangle in the colour that takes most of them, the darker the less of the column they take.
class TimelineDrawListBuilder
{
public:
    /// All must outlive this.
    TimelineDrawListBuilder(const TimelineTracks &tracks, const PixelColumns &columns, TimelineDrawList &list);

    /// Everything that is not a match is dimmed from now on. Null: nothing is.
    void setMatches(const SpanMatches *matches) { m_matches = matches; }
    /// Length of a column in ns; for the shades.
    void setColumnTime(double nanoseconds) { m_columnTime = nanoseconds; }
    /// Appends the rows between these heights.
    void addRows(const TimelineRows &rows, int top, int bottom);
    /// A visit to a phase in which nothing happened, entered at this event: it has no span and is worth drawing only from close by.
    void addEmptyPhase(const TimelineRows &rows, quint64 event, int category);

private:
    struct Style
    {
        TrackGroup group = TrackGroup::Iterations;
        int row = 0;
        TimelineInk::Shade shade = TimelineInk::Solid;
        bool hasLabels = true;
    };
    void addRow(const TimelineRow &row, int height);
    void addTrack(const SpanTrack &track, const Style &style, int top, int height);
    void addSpan(const SpanTrack &track, std::size_t span, const Style &style, QRect room);
    void addFolded(const SpanTrack &track, std::size_t first, std::size_t end, const Style &style, QRect room);
    void addTimerEnd(const SpanTrack &track, std::size_t span, const QRect &room);
    void addRect(TimelineInk::Shade shade, int category, const QRect &rect);
    int rightOf(const SpanTrack &track, std::size_t span) const;
    TimelineInk::Shade shadeOf(const SpanSums &sums, int columns, quint64 events) const;
    SpanLabel requestLabel(const SpanTrack &requests, const SpanRef &span, const QRect &room) const;
    bool isWaitedIn(const SpanTrack &phases, std::size_t phase) const;
    bool isMatch(quint64 event) const;
    bool holdsMatch(const SpanTrack &track, std::size_t first, std::size_t end) const;

    const TimelineTracks &m_tracks;
    const PixelColumns &m_columns;
    TimelineDrawList &m_list;
    const SpanMatches *m_matches = nullptr;
    double m_columnTime = 1;
};

} // namespace loopscope
