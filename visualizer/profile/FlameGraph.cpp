// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/FlameGraph.h"

#include "profile/ChildOrder.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace loopscope {

namespace {

constexpr double kNarrowest = 2; ///< pixels of a frame that is drawn for itself

/// The first frame, of those from `from` on, that ends behind a time. Looks in ever larger steps first: pixel by pixel it is near.
std::size_t firstEndingBehind(const std::vector<FlameFrame> &row, double time, std::size_t from = 0)
{
    const auto isBefore = [time](const FlameFrame &frame) { return static_cast<double>(frame.end()) <= time; };
    std::size_t end = from;
    for (std::size_t step = 1; end < row.size() && isBefore(row[end]); step *= 2) {
        from = end + 1;
        end = std::min(row.size(), end + step);
    }
    const auto at = [&row](std::size_t index) { return row.begin() + static_cast<std::ptrdiff_t>(index); };
    return static_cast<std::size_t>(std::partition_point(at(from), at(end), isBefore) - row.begin());
}

void addRow(std::vector<FlameBox> &boxes, const std::vector<FlameFrame> &row, int number, const FlameWindow &window)
{
    const double windowEnd = window.from + window.length;
    const std::size_t before = boxes.size();
    for (std::size_t i = firstEndingBehind(row, window.from); i < row.size() && static_cast<double>(row[i].start) < windowEnd;) {
        const double left = std::max(0.0, window.pixelOf(static_cast<double>(row[i].start)));
        const double right = std::min<double>(window.width, window.pixelOf(static_cast<double>(row[i].end())));
        const double whole = window.pixelOf(static_cast<double>(row[i].end())) - window.pixelOf(static_cast<double>(row[i].start));
        if (whole >= kNarrowest) {
            boxes.push_back({{number, i}, left, right, false});
            ++i;
            continue;
        }
        const std::size_t next = std::max(i + 1, firstEndingBehind(row, window.timeAt(std::floor(left) + kNarrowest), i + 1));
        const double end = std::max(left + kNarrowest, window.pixelOf(static_cast<double>(row[next - 1].end())));
        const bool continues = boxes.size() > before && boxes.back().isFolded && left - boxes.back().right < kNarrowest;
        if (continues)
            boxes.back().right = std::min<double>(window.width, end);
        else
            boxes.push_back({{number, i}, left, std::min<double>(window.width, end), true});
        i = next;
    }
}

} // namespace

FlameGraph FlameGraph::merged(const std::vector<FlameNode> &nodes)
{
    FlameGraph graph;
    if (nodes.empty())
        return graph;
    std::vector<quint64> lengths(nodes.size());
    std::vector<quint64> callees(nodes.size());
    for (std::size_t node = nodes.size(); node-- > 0;) {
        lengths[node] = std::max(nodes[node].total, callees[node]);
        if (node > 0)
            callees[nodes[node].parent] += lengths[node];
    }
    graph.m_length = lengths[0];
    std::vector<quint32> parents(nodes.size());
    std::transform(nodes.begin(), nodes.end(), parents.begin(), [](const FlameNode &node) { return node.parent; });
    const ChildOrder children(parents, lengths);
    std::vector<FlameFrame> row{{0, lengths[0], 0}};
    while (!row.empty()) {
        std::vector<FlameFrame> below;
        for (const FlameFrame &caller : row) {
            quint64 start = caller.start;
            for (const quint32 node : children.of(caller.node)) {
                if (lengths[node] > 0) // what took no time has no place; in virtual time that is much
                    below.push_back({start, lengths[node], node});
                start += lengths[node];
            }
        }
        graph.m_rows.push_back(std::exchange(row, std::move(below)));
    }
    return graph;
}

void FlameGraph::begin(int row, quint64 time, quint32 node, quint32 event)
{
    if (row == rowCount())
        m_rows.emplace_back();
    m_rows.at(static_cast<std::size_t>(row)).push_back({time, 0, node, event});
}

void FlameGraph::reach(int row, quint64 time)
{
    FlameFrame &frame = m_rows.at(static_cast<std::size_t>(row)).back();
    frame.length = time - frame.start;
    m_length = std::max(m_length, time);
}

void FlameGraph::end(int row, quint64 time)
{
    reach(row, time);
    std::vector<FlameFrame> &frames = m_rows.at(static_cast<std::size_t>(row));
    if (frames.back().length == 0)
        frames.pop_back();
}

std::optional<FlamePlace> FlameGraph::at(int row, quint64 time) const
{
    if (row < 0 || row >= rowCount())
        return {};
    const std::vector<FlameFrame> &frames = this->row(row);
    const std::size_t index = firstEndingBehind(frames, static_cast<double>(time));
    if (index == frames.size() || frames[index].start > time)
        return {};
    return FlamePlace{row, index};
}

std::optional<FlamePlace> FlameGraph::callerOf(FlamePlace place) const
{
    const FlameFrame &callee = frame(place);
    return at(place.row - 1, callee.start);
}

std::optional<FlamePlace> FlameGraph::longestCalleeOf(FlamePlace place) const
{
    if (place.row + 1 >= rowCount())
        return {};
    const FlameFrame &caller = frame(place);
    const std::vector<FlameFrame> &below = row(place.row + 1);
    std::optional<FlamePlace> longest;
    for (std::size_t i = firstEndingBehind(below, static_cast<double>(caller.start)); i < below.size() && below[i].start < caller.end();
         ++i) {
        if (!longest || below[i].length > frame(*longest).length)
            longest = FlamePlace{place.row + 1, i};
    }
    return longest;
}

std::optional<FlamePlace> FlameGraph::beside(FlamePlace place, int direction) const
{
    const bool isAtEdge = direction < 0 ? place.index == 0 : place.index + 1 >= row(place.row).size();
    if (isAtEdge)
        return {};
    return FlamePlace{place.row, direction < 0 ? place.index - 1 : place.index + 1};
}

std::vector<FlameBox> flameBoxes(const FlameGraph &graph, const FlameWindow &window)
{
    std::vector<FlameBox> boxes;
    if (window.width <= 0 || !(window.length > 0))
        return boxes;
    for (int row = std::max(0, window.firstRow); row < std::min(window.endRow, graph.rowCount()); ++row)
        addRow(boxes, graph.row(row), row, window);
    return boxes;
}

} // namespace loopscope
