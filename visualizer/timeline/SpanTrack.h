// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/Chunks.h"
#include "timeline/SummaryForest.h"

#include <optional>
#include <utility>
#include <vector>

namespace loopscope {

/// A row of spans that do not overlap, in the order of their beginnings: from the event each begins with to the one it ends with. Only the
/// last may still be open. 8 bytes a span and its share of the SummaryForest. Widget-free.
///
/// The colour of a span is its category (0 to 7), whose meaning is the owner's; `isMarked` is one more bit of his.
class SpanTrack
{
public:
    /// Closes the open span at its own beginning if there is one. `event` is not before the last span's end.
    void open(quint64 event, int category);
    /// Ends the open span with this event; nothing if none is open. `duration`: ns.
    void close(quint64 event, quint64 duration, bool isMarked = false);
    void clear();

    std::size_t count() const { return m_spans.size(); }
    bool isEmpty() const { return m_spans.isEmpty(); }
    bool hasOpen() const { return m_hasOpen; }
    bool isOpen(std::size_t span) const { return m_hasOpen && span + 1 == count(); }
    quint64 begin(std::size_t span) const { return m_spans[span].begin; }
    /// The event it ends with; none while it is open.
    std::optional<quint64> last(std::size_t span) const;
    int category(std::size_t span) const { return static_cast<int>(m_spans[span].category); }
    bool isMarked(std::size_t span) const { return m_spans[span].isMarked != 0; }
    /// To about 1 %, in ns; 0 while it is open. For shares and shades; what is shown as a number is read from the recording.
    quint64 roughDuration(std::size_t span) const { return decodeDuration(m_spans[span].duration); }

    /// The first span that ends at or behind `event`, or is open; count() if there is none.
    std::size_t firstEndingFrom(quint64 event) const;
    /// The first span from `from` on that begins at or behind `event`; count() if there is none. Quick if it is near.
    std::size_t firstBeginningFrom(quint64 event, std::size_t from = 0) const;
    /// What the closed spans among [first, end) take.
    SpanSums sums(std::size_t first, std::size_t end) const;
    std::size_t bytes() const { return m_spans.bytes() + m_forest.bytes() + m_long.capacity() * sizeof(m_long.front()); }

private:
    /// Begin and length in events; a length that does not fit is kept in m_long.
    struct Span
    {
        quint64 begin : 32;
        quint64 length : 16;
        quint64 duration : 12; ///< see encodeDuration()
        quint64 category : 3;
        quint64 isMarked : 1;
    };
    static_assert(sizeof(Span) == 8);
    static constexpr quint64 longLength = 0xffff;

    /// 7 significant bits and an exponent, as HdrHistogram's buckets have them: exact below 128 ns, within 1 % above.
    static quint64 encodeDuration(quint64 duration);
    static quint64 decodeDuration(quint64 code);
    quint64 length(std::size_t span) const;

    Chunks<Span, 512> m_spans;
    SummaryForest m_forest; ///< of the closed ones
    std::vector<std::pair<std::size_t, quint64>> m_long; ///< span and its length
    bool m_hasOpen = false;
};

} // namespace loopscope
