// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/SpanTrack.h"

#include <algorithm>
#include <bit>

namespace loopscope {

quint64 SpanTrack::encodeDuration(quint64 duration)
{
    if (duration < 128)
        return duration;
    const auto shift = static_cast<quint64>(std::bit_width(duration)) - 7;
    return (shift << 6U) + (duration >> shift);
}

quint64 SpanTrack::decodeDuration(quint64 code)
{
    if (code < 128)
        return code;
    const quint64 shift = (code >> 6U) - 1;
    return (code - (shift << 6U)) << shift;
}

void SpanTrack::open(quint64 event, int category)
{
    if (m_hasOpen)
        close(m_spans.back().begin, 0);
    Span span{};
    span.begin = event & 0xffff'ffffU;
    span.category = static_cast<quint64>(category) & 7U;
    m_spans.push(span);
    m_hasOpen = true;
}

void SpanTrack::close(quint64 event, quint64 duration, bool isMarked)
{
    if (!m_hasOpen)
        return;
    const std::size_t index = count() - 1;
    Span &span = m_spans[index];
    const quint64 length = event > span.begin ? event - span.begin : 0;
    span.length = std::min(length, longLength);
    if (length >= longLength)
        m_long.emplace_back(index, length);
    span.duration = encodeDuration(duration);
    span.isMarked = isMarked ? 1 : 0;
    m_hasOpen = false;
    // Both ends belong to a span.
    m_forest.append(static_cast<int>(span.category), static_cast<float>(length + 1), static_cast<float>(decodeDuration(span.duration)));
}

void SpanTrack::clear() { *this = SpanTrack(); }

quint64 SpanTrack::length(std::size_t span) const
{
    const quint64 length = m_spans[span].length;
    if (length < longLength)
        return length;
    const auto found = std::lower_bound(m_long.begin(), m_long.end(), span,
        [](const std::pair<std::size_t, quint64> &each, std::size_t value) { return each.first < value; });
    return found->second;
}

std::optional<quint64> SpanTrack::last(std::size_t span) const
{
    if (isOpen(span))
        return std::nullopt;
    return m_spans[span].begin + length(span);
}

std::size_t SpanTrack::firstEndingFrom(quint64 event) const
{
    // Ends are in the order of the beginnings, as spans do not overlap.
    const std::size_t after = firstBeginningFrom(event + 1);
    if (after == 0)
        return 0;
    const std::optional<quint64> end = last(after - 1);
    return !end || *end >= event ? after - 1 : after;
}

std::size_t SpanTrack::firstBeginningFrom(quint64 event, std::size_t from) const
{
    // Gallop, then halve: what is asked for is mostly a few spans on.
    std::size_t low = from;
    std::size_t step = 1;
    while (low + step <= count() && begin(low + step - 1) < event) {
        low += step;
        step *= 2;
    }
    std::size_t high = std::min(low + step, count());
    while (low < high) {
        const std::size_t middle = (low + high) / 2;
        if (begin(middle) < event)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

SpanSums SpanTrack::sums(std::size_t first, std::size_t end) const
{
    SpanSums sums;
    end = std::min(end, m_forest.count());
    if (first >= end)
        return sums;
    const SummaryForest::Rest rest = m_forest.addWholeLeaves(first, end, sums);
    const auto addEach = [&](std::size_t from, std::size_t to) {
        for (std::size_t i = from; i < to; ++i)
            sums.add(category(i), static_cast<float>(length(i) + 1), static_cast<float>(roughDuration(i)));
    };
    addEach(first, rest.headEnd);
    addEach(rest.tailBegin, end);
    return sums;
}

} // namespace loopscope
