// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/QueueCounts.h"

namespace loopscope {

namespace {
void lower(quint32 &count) { count -= count == 0 ? 0 : 1; }
} // namespace

void QueueCounts::Counts::raiseTo(const Counts &other)
{
    for (std::size_t queue = 0; queue < waiting.size(); ++queue)
        waiting[queue] = std::max(waiting[queue], other.waiting[queue]);
    ready = std::max(ready, other.ready);
}

bool QueueCounts::apply(const Event &event)
{
    ++m_events;
    Counts &counts = m_counts[event.loop() % loops];
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed: {
        const LoopQueue queue = queueOf(static_cast<TaskKind>(event.detail));
        Place *place = queue == LoopQueue::None ? nullptr : m_places.make(event.subject, m_events);
        if (!place || place->queue != LoopQueue::None)
            return false;
        *place = {queue, false};
        ++counts.waiting[static_cast<std::size_t>(queue)];
        return true;
    }
    case EventKind::TaskReady:
        if (Place *place = m_places.find(event.subject); place && place->queue == LoopQueue::Poll && !place->isReady) {
            place->isReady = true;
            ++counts.ready;
        }
        return false;
    case EventKind::TaskBegun:
    case EventKind::TaskCancelled: {
        Place *place = m_places.find(event.subject);
        if (!place || place->queue == LoopQueue::None)
            return false;
        lower(counts.waiting[static_cast<std::size_t>(place->queue)]);
        if (place->isReady)
            lower(counts.ready);
        *place = {};
        return true;
    }
    default:
        return false;
    }
}

} // namespace loopscope
