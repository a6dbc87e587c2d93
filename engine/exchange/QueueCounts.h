// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/WaitingTasks.h"

#include <array>
#include <unordered_map>

namespace loopscope {

/// How many tasks wait in each queue of a loop, counted from its events. A cancelled task is one less where it was told to wait.
class QueueCounts
{
public:
    using Counts = std::array<quint32, loopQueueCount>; ///< by LoopQueue

    /// True if a count of the event's loop changed.
    bool apply(const Event &event);
    const Counts &of(quint16 loop) { return m_counts[loop]; }

private:
    std::unordered_map<quint16, Counts> m_counts;
    std::unordered_map<SubjectId, LoopQueue> m_waiting;
};

} // namespace loopscope
