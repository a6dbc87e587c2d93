// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <optional>
#include <vector>

namespace loopscope {

/// A node of a call tree, as far as its picture needs it.
struct FlameNode
{
    quint32 parent = 0; ///< comes before this one; node 0 is the root and its own parent
    quint64 total = 0; ///< ns, callees included
};

/// A stretch of a row.
struct FlameFrame
{
    quint64 start = 0; ///< ns from the graph's left edge
    quint64 length = 0; ///< ns
    quint32 node = 0; ///< of the call tree
    quint32 event = 0; ///< that began it, if the graph is in the order of time
    quint64 end() const { return start + length; }
};

/// A frame by where it is.
struct FlamePlace
{
    int row = 0;
    std::size_t index = 0;
    bool operator==(const FlamePlace &) const = default;
};

/// The frames of a flame graph in rows, callers above callees; in a row they stand in order and do not overlap. Plain data, any thread.
class FlameGraph
{
public:
    /// All calls of a place in the tree as one frame, under each caller the longest first ("left-heavy"). A node is drawn as long as its
    /// callees together even where its own total falls short of that, as it does for calls that have not come back.
    static FlameGraph merged(const std::vector<FlameNode> &nodes);

    // In the order of time a graph is put together call by call; times are those since the run's start, and never go back.
    /// A call begins in this row, above which all rows have one that goes on.
    void begin(int row, quint64 time, quint32 node, quint32 event);
    /// The last call of the row has gone on until now.
    void reach(int row, quint64 time);
    /// It ends now; what took no time is left out again. That of the row below has ended before.
    void end(int row, quint64 time);

    /// ns from the left edge to the right one.
    quint64 length() const { return m_length; }
    int rowCount() const { return static_cast<int>(m_rows.size()); }
    const std::vector<FlameFrame> &row(int row) const { return m_rows.at(static_cast<std::size_t>(row)); }
    const FlameFrame &frame(FlamePlace place) const { return row(place.row).at(place.index); }

    /// The frame at a time, if there is one.
    std::optional<FlamePlace> at(int row, quint64 time) const;
    std::optional<FlamePlace> callerOf(FlamePlace place) const;
    /// The longest of the next row that lies below it.
    std::optional<FlamePlace> longestCalleeOf(FlamePlace place) const;
    /// The frame beside it in its row; `direction` 1 right, -1 left.
    std::optional<FlamePlace> beside(FlamePlace place, int direction) const;

private:
    std::vector<std::vector<FlameFrame>> m_rows;
    quint64 m_length = 0;
};

/// What of a flame graph is to be seen, and how wide.
struct FlameWindow
{
    double from = 0; ///< ns
    double length = 1; ///< ns, above 0
    int width = 0; ///< pixels
    int firstRow = 0;
    int endRow = 0;

    double pixelOf(double time) const { return (time - from) * width / length; }
    double timeAt(double pixel) const { return from + pixel * length / width; }
};

/// A rectangle of the picture.
struct FlameBox
{
    FlamePlace place; ///< of its frame; of the first one if it is folded
    double left = 0; ///< pixels, inside the window
    double right = 0;
    bool isFolded = false; ///< several frames that are narrower than two pixels
};

/// What is to be painted, row by row from left to right. Frames under two pixels are folded into those beside them, so that the work
/// depends on the pixels and only logarithmically on the frames.
std::vector<FlameBox> flameBoxes(const FlameGraph &graph, const FlameWindow &window);

} // namespace loopscope
