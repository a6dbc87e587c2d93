// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/Chunks.h"

#include <QtGlobal>

#include <array>

namespace loopscope {

/// How much of a stretch each category of spans takes.
struct SpanSums
{
    static constexpr int categories = 8;
    std::array<float, categories> events{};
    std::array<float, categories> time{}; ///< ns

    void add(int category, float eventLength, float duration)
    {
        events[static_cast<std::size_t>(category)] += eventLength;
        time[static_cast<std::size_t>(category)] += duration;
    }
    /// The category that takes most, -1 if none takes anything.
    static int largest(const std::array<float, categories> &of);
    static float total(const std::array<float, categories> &of);
};

/// Sums over any range of an append-only row of spans in logarithmic time.
///
/// Level 0 holds a node for every 32 spans, each of the five further levels one for every 16 nodes below it; a node is the sum of what it
/// stands for, and the last one of each level goes on growing. Appending touches one node a level and never moves any. A query takes the
/// largest whole nodes inside the range; what lies outside of them at its ends, fewer than 64 spans, is for the caller to add. Costs 0.27
/// bytes a span and category in use. The idea is that of Perfetto's implicit segment forest
/// (src/trace_processor/containers/implicit_segment_forest.h), with a wider fan-out as memory counts for more here than the last
/// microsecond.
class SummaryForest
{
public:
    static constexpr std::size_t leafSpans = 32;
    static constexpr std::size_t fanOut = 16;

    /// Appends span number count(). `category` is below SpanSums::categories.
    void append(int category, float eventLength, float duration);
    void clear();
    std::size_t count() const { return m_count; }

    /// Adds the whole leaves in [first, end) to `sums`; gives the spans before and behind them that are still to be added.
    struct Rest
    {
        std::size_t headEnd = 0; ///< [first, headEnd) is not in the sums
        std::size_t tailBegin = 0; ///< [tailBegin, end) is not in the sums
    };
    Rest addWholeLeaves(std::size_t first, std::size_t end, SpanSums &sums) const;
    std::size_t bytes() const;

private:
    struct Node
    {
        float events = 0;
        float time = 0;
    };
    static constexpr std::size_t levelCount = 6; ///< a node of the last one stands for 33 million spans
    /// The nodes of one category, by level. Most tracks have one or two, so a category costs nothing before it is used.
    using Levels = std::array<Chunks<Node, 32>, levelCount>;
    void addNodes(std::size_t level, std::size_t first, std::size_t end, SpanSums &sums) const;

    std::array<Levels, SpanSums::categories> m_categories;
    std::size_t m_count = 0;
};

} // namespace loopscope
