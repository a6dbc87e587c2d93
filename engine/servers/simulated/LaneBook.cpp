// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/LaneBook.h"

#include "servers/simulated/ServerTrace.h"

#include <algorithm>
#include <utility>

namespace loopscope {

void LaneBook::close(int number, Thread &thread, quint64 now)
{
    const quint64 from = std::max(thread.since, thread.told);
    if (!thread.hasBegun || from >= now)
        return;
    thread.told = now;
    if (m_spans.size() >= mostSpans)
        ++m_left;
    else
        m_spans.push_back({number, thread.state, seconds(from), seconds(now), thread.request});
}

void LaneBook::setTrace(ServerTrace &trace, quint64 now)
{
    m_trace = &trace;
    for (std::size_t index = 0; index < m_threads.size(); ++index) {
        const Thread &thread = m_threads[index];
        if (thread.state != ThreadState::Gone)
            trace.threadChanged(static_cast<int>(index) + 1, thread.state, thread.request, now);
    }
}

void LaneBook::set(int number, ThreadState state, qint64 request, quint64 now)
{
    if (static_cast<std::size_t>(number) > m_threads.size())
        m_threads.resize(static_cast<std::size_t>(number));
    Thread &thread = m_threads[static_cast<std::size_t>(number - 1)];
    if (thread.state == state && thread.request == request && state != ThreadState::Gone)
        return;
    now = std::max(now, thread.since);
    close(number, thread, now);
    if (thread.state == ThreadState::Running)
        m_busyTime += now - thread.since;
    --m_counts[static_cast<std::size_t>(thread.state)];
    ++m_counts[static_cast<std::size_t>(state)];
    m_mostThreads = std::max(m_mostThreads, threads());
    thread.hasBegun = true;
    thread.state = state;
    thread.request = request;
    thread.since = now;
    if (m_trace)
        m_trace->threadChanged(number, state, request, now);
}

quint64 LaneBook::busyTime(quint64 now) const
{
    quint64 busy = m_busyTime;
    for (const Thread &thread : m_threads)
        busy += thread.state == ThreadState::Running && now > thread.since ? now - thread.since : 0;
    return busy;
}

void LaneBook::take(quint64 now, LabLanes *lanes)
{
    for (std::size_t index = 0; index < m_threads.size(); ++index) {
        if (m_threads[index].state != ThreadState::Gone) // that is told when another thread has its number
            close(static_cast<int>(index) + 1, m_threads[index], now);
    }
    lanes->time = seconds(now);
    lanes->spans = std::exchange(m_spans, {});
    lanes->left = std::exchange(m_left, 0);
    std::stable_sort(
        lanes->spans.begin(), lanes->spans.end(), [](const LabSpan &left, const LabSpan &right) { return left.from < right.from; });
}

} // namespace loopscope
