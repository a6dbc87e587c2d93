// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "timeline/Chunks.h"

#include <QtGlobal>

namespace loopscope {

/// The time of every event of a recording, exact and small. Grows with the recording; widget-free.
///
/// Times never decrease, so each is kept as its difference to the one before it: an unsigned LEB128 number, one byte in most cases. Every
/// 64th time is kept whole, so a look-up decodes at most 63 numbers (about 0.1 µs). In virtual time that makes 1.3 bytes an event.
class EventTimes
{
public:
    /// Takes in the time of event number count(), in ns. A time before the last one (damage) counts as the last one.
    void add(quint64 time);
    void clear();

    quint64 count() const { return m_count; }
    /// The time of an event below count().
    quint64 at(quint64 event) const;
    /// The first event that is not before `time`; count() if all are.
    quint64 firstFrom(quint64 time) const;
    /// The time of the last event; 0 if there is none.
    quint64 last() const { return m_last; }
    std::size_t bytes() const { return m_blocks.bytes() + m_differences.bytes(); }

private:
    static constexpr quint64 blockEvents = 64;
    struct Block
    {
        quint64 time = 0; ///< of its first event
        quint64 offset = 0; ///< of the differences of the others
    };
    quint64 difference(quint64 &offset) const;

    Chunks<Block, 256> m_blocks;
    Chunks<quint8, 16384> m_differences;
    quint64 m_count = 0;
    quint64 m_last = 0;
};

} // namespace loopscope
