// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/LoopMetrics.h"

#include <algorithm>

namespace loopscope {

DurationFigures DurationFigures::of(std::vector<quint64> durations)
{
    DurationFigures figures;
    figures.count = durations.size();
    if (durations.empty())
        return figures;
    const auto at = [&](quint64 percent) {
        const std::size_t rank = (durations.size() * percent + 99) / 100;
        const auto place = durations.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
        std::nth_element(durations.begin(), place, durations.end());
        return *place;
    };
    figures.p50 = at(50);
    figures.p90 = at(90);
    figures.p99 = at(99);
    for (const quint64 each : durations) {
        figures.sum += each;
        figures.most = std::max(figures.most, each);
    }
    return figures;
}

void LoopMoment::join(const LoopMoment &next)
{
    busy += next.busy;
    longestHold = std::max(longestHold, next.longestHold);
    iterations += next.iterations;
    most.raiseTo(next.most);
    mostForThread = std::max(mostForThread, next.mostForThread);
}

LoopMoment &LoopMetrics::momentAt(quint64 time)
{
    while (time / m_momentLength >= mostMoments) {
        for (std::size_t i = 0; i < m_moments.size(); ++i) {
            const LoopMoment from = m_moments[i];
            if (i % 2 == 0) {
                m_moments[i / 2] = from;
                continue;
            }
            m_moments[i / 2].join(from);
        }
        m_moments.resize((m_moments.size() + 1) / 2);
        m_momentLength *= 2;
    }
    const std::size_t index = time / m_momentLength;
    if (index >= m_moments.size()) {
        // What waits now has waited since the last event.
        LoopMoment quiet;
        quiet.most = m_waiting;
        quiet.mostForThread = static_cast<quint32>(m_waitingForThread);
        m_moments.resize(index + 1, quiet);
    }
    return m_moments[index];
}

void LoopMetrics::spend(quint64 from, quint64 to)
{
    m_busy += to - from;
    while (from < to) {
        // Of a damaged recording: the end of the moment may be beyond what a number holds.
        const quint64 end = from + std::min(to - from, m_momentLength - from % m_momentLength);
        m_moments[from / m_momentLength].busy += end - from;
        from = end;
    }
}

void LoopMetrics::addRequest(const Event &event)
{
    if (event.kind == EventKind::IoSubmitted) {
        if (Request *request = m_requests.make(event.subject, m_events)) {
            *request = {event.time, 0, false, false};
            request->waits = true;
            m_longestQueue = std::max(m_longestQueue, ++m_waitingForThread);
        }
        return;
    }
    Request *request = m_requests.find(event.subject);
    if (!request)
        return;
    if (request->waits) {
        request->waits = false;
        --m_waitingForThread;
        if (event.kind == EventKind::IoStarted && event.value > 0) {
            request->works = true;
            request->started = event.time;
            m_threads = std::max(m_threads, static_cast<quint64>(event.value));
            m_queued.push_back(event.time - request->submitted);
        }
    } else if (request->works && event.kind == EventKind::IoCompleted) {
        request->works = false;
        m_served.push_back(event.time - request->started);
    }
}

void LoopMetrics::noteQueues(quint16 loop)
{
    m_waiting = m_queues.of(loop);
    LoopMoment &moment = momentAt(m_time);
    moment.most.raiseTo(m_waiting);
    moment.mostForThread = std::max(moment.mostForThread, static_cast<quint32>(m_waitingForThread));
}

void LoopMetrics::add(const Event &event, const TaskRuns &runs)
{
    ++m_events;
    if (event.time > m_time) {
        const quint64 passed = event.time - m_time;
        m_phaseTimes[static_cast<std::size_t>(event.phase()) % phases] += passed;
        momentAt(event.time);
        if (m_isBusy)
            spend(m_time, event.time);
        m_time = event.time;
    }
    m_queues.apply(event);
    switch (event.kind) {
    case EventKind::TaskBegun:
        noteQueues(event.loop());
        if (!m_isBusy && (runs.all().back().hold != m_hold || m_holdBegan == 0)) {
            m_hold = runs.all().back().hold;
            m_holdBegan = event.time;
        }
        m_isBusy = true;
        break;
    case EventKind::TaskEnded:
        m_isBusy = runs.running() != nullptr;
        if (!m_isBusy && event.time >= m_holdBegan) {
            LoopMoment &moment = momentAt(event.time);
            moment.longestHold = std::max(moment.longestHold, event.time - m_holdBegan);
        }
        break;
    case EventKind::IterationStarted:
        ++m_iterations;
        ++momentAt(event.time).iterations;
        break;
    case EventKind::PollWaitEnded:
        m_polled += static_cast<quint64>(std::max<qint64>(event.value, 0));
        break;
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
    case EventKind::TaskReady:
    case EventKind::TaskCancelled:
        noteQueues(event.loop());
        break;
    case EventKind::IoSubmitted:
    case EventKind::IoStarted:
    case EventKind::IoCompleted:
        addRequest(event);
        noteQueues(event.loop());
        break;
    default:
        break;
    }
}

std::vector<LoopMoment> LoopMetrics::slices(std::size_t count, quint64 *length) const
{
    const std::size_t joined = std::max<std::size_t>(1, (m_moments.size() + count - 1) / std::max<std::size_t>(count, 1));
    *length = m_momentLength * joined;
    std::vector<LoopMoment> slices((m_moments.size() + joined - 1) / joined);
    for (std::size_t i = 0; i < m_moments.size(); ++i)
        slices[i / joined].join(m_moments[i]);
    return slices;
}

PoolFigures LoopMetrics::pool() const
{
    PoolFigures figures;
    figures.queued = DurationFigures::of(m_queued);
    figures.served = DurationFigures::of(m_served);
    figures.threads = m_threads;
    figures.longestQueue = m_queued.empty() ? 0 : m_longestQueue;
    return figures;
}

} // namespace loopscope
