// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/QueueCounts.h"

namespace loopscope {

bool QueueCounts::apply(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed: {
        const LoopQueue queue = queueOf(static_cast<TaskKind>(event.detail));
        if (queue == LoopQueue::None || !m_waiting.try_emplace(event.subject, queue).second)
            return false;
        ++m_counts[event.loop()][static_cast<size_t>(queue)];
        return true;
    }
    case EventKind::TaskBegun:
    case EventKind::TaskCancelled: {
        const auto waiting = m_waiting.find(event.subject);
        if (waiting == m_waiting.end())
            return false;
        quint32 &count = m_counts[event.loop()][static_cast<size_t>(waiting->second)];
        count -= count == 0 ? 0 : 1;
        m_waiting.erase(waiting);
        return true;
    }
    default:
        return false;
    }
}

} // namespace loopscope
