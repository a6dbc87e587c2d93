// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/SubjectTable.h"
#include "state/WaitingTasks.h"

#include <array>

namespace loopscope {

/// How many tasks wait in each queue of a loop, counted from its events. A cancelled task is one less where it was told to wait. Two bytes
/// a subject. Any sequence of events can be taken in. Not thread-safe.
class QueueCounts
{
public:
    struct Counts
    {
        std::array<quint32, loopQueueCount> waiting{}; ///< by LoopQueue
        quint32 ready = 0; ///< of those in LoopQueue::Poll: their I/O has come
        quint32 in(LoopQueue queue) const { return waiting[static_cast<std::size_t>(queue)]; }
        /// Takes the larger of each.
        void raiseTo(const Counts &other);
        bool operator==(const Counts &) const = default;
    };

    /// Takes in the next event of the recording, or of one of its loops. True if `waiting` of the event's loop changed.
    bool apply(const Event &event);
    const Counts &of(quint16 loop) const { return m_counts[loop % loops]; }

private:
    static constexpr std::size_t loops = 8192 / lanesOfLoop; ///< that lanes have room for
    struct Place
    {
        LoopQueue queue = LoopQueue::None;
        bool isReady = false;
    };

    std::array<Counts, loops> m_counts{};
    SubjectTable<Place> m_places;
    quint64 m_events = 0;
};

} // namespace loopscope
