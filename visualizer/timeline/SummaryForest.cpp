// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/SummaryForest.h"

#include <algorithm>
#include <numeric>

namespace loopscope {

int SpanSums::largest(const std::array<float, categories> &of)
{
    const auto *most = std::max_element(of.begin(), of.end());
    return *most > 0 ? static_cast<int>(most - of.begin()) : -1;
}

float SpanSums::total(const std::array<float, categories> &of) { return std::accumulate(of.begin(), of.end(), 0.0F); }

void SummaryForest::append(int category, float eventLength, float duration)
{
    std::size_t node = m_count / leafSpans;
    for (Chunks<Node, 32> &level : m_categories[static_cast<std::size_t>(category)]) {
        while (level.size() <= node)
            level.push({});
        level[node].events += eventLength;
        level[node].time += duration;
        node /= fanOut;
    }
    ++m_count;
}

void SummaryForest::clear()
{
    for (Levels &levels : m_categories) {
        for (Chunks<Node, 32> &level : levels)
            level.clear();
    }
    m_count = 0;
}

void SummaryForest::addNodes(std::size_t level, std::size_t first, std::size_t end, SpanSums &sums) const
{
    for (std::size_t category = 0; category < m_categories.size(); ++category) {
        const Chunks<Node, 32> &nodes = m_categories[category][level];
        for (std::size_t i = first, stop = std::min(end, nodes.size()); i < stop; ++i)
            sums.add(static_cast<int>(category), nodes[i].events, nodes[i].time);
    }
}

SummaryForest::Rest SummaryForest::addWholeLeaves(std::size_t first, std::size_t end, SpanSums &sums) const
{
    std::size_t from = (first + leafSpans - 1) / leafSpans;
    std::size_t to = end / leafSpans;
    if (from >= to)
        return {end, end};
    const Rest rest{from * leafSpans, to * leafSpans};
    for (std::size_t level = 0; from < to; ++level) {
        if (level + 1 == levelCount) {
            addNodes(level, from, to, sums);
            break;
        }
        const std::size_t wholeFrom = (from + fanOut - 1) / fanOut;
        const std::size_t wholeTo = to / fanOut;
        if (wholeFrom >= wholeTo) {
            addNodes(level, from, to, sums);
            break;
        }
        addNodes(level, from, wholeFrom * fanOut, sums);
        addNodes(level, wholeTo * fanOut, to, sums);
        from = wholeFrom;
        to = wholeTo;
    }
    return rest;
}

std::size_t SummaryForest::bytes() const
{
    std::size_t all = 0;
    for (const Levels &levels : m_categories) {
        for (const Chunks<Node, 32> &level : levels)
            all += level.bytes();
    }
    return all;
}

} // namespace loopscope
