// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/LaneBook.h"

#include <algorithm>
#include <utility>

namespace loopscope {

void LaneBook::close(int number, Thread &thread, quint64 now)
{
    if (thread.state == ThreadState::Gone || thread.since >= now)
        return;
    if (m_spans.size() >= mostSpans)
        ++m_left;
    else
        m_spans.push_back({number, thread.state, seconds(thread.since), seconds(now), thread.request});
}

void LaneBook::set(int number, ThreadState state, qint64 request, quint64 now)
{
    if (static_cast<std::size_t>(number) > m_threads.size())
        m_threads.resize(static_cast<std::size_t>(number));
    Thread &thread = m_threads[static_cast<std::size_t>(number - 1)];
    if (thread.state == state && thread.request == request && state != ThreadState::Gone)
        return;
    close(number, thread, now);
    m_busyTime = busyTime(now);
    m_busySince = now;
    --m_counts[static_cast<std::size_t>(thread.state)];
    ++m_counts[static_cast<std::size_t>(state)];
    thread = {state, request, now};
}

void LaneBook::take(quint64 now, LabLanes *lanes)
{
    for (std::size_t index = 0; index < m_threads.size(); ++index) {
        close(static_cast<int>(index) + 1, m_threads[index], now);
        m_threads[index].since = std::max(m_threads[index].since, now);
    }
    lanes->time = seconds(now);
    lanes->spans = std::exchange(m_spans, {});
    lanes->left = std::exchange(m_left, 0);
    std::stable_sort(
        lanes->spans.begin(), lanes->spans.end(), [](const LabSpan &left, const LabSpan &right) { return left.from < right.from; });
}

} // namespace loopscope
