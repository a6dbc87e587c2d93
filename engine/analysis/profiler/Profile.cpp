// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/Profile.h"

#include <algorithm>

namespace loopscope {

namespace {
constexpr std::size_t mostLevels = 64;
} // namespace

bool Profile::update(const RecordingReader &reader, quint64 atMost)
{
    const quint64 end = m_events + std::min(atMost, reader.eventCount() - std::min(m_events, reader.eventCount()));
    if (m_events >= end)
        return false;
    while (m_events < end) {
        add(m_functions.inFunction(reader.event(m_events), reader), reader);
        ++m_events;
    }
    return true;
}

void Profile::addCallTime(const Event &event)
{
    if (!m_runs.all().empty() && m_runs.running() && event.time > m_lastTime)
        m_spentInRun[m_callTree.current()] += event.time - m_lastTime;
    m_lastTime = event.time;
    m_callTree.add(event);
}

void Profile::noteLevel(quint64 time)
{
    if (!m_levels.empty() && time < m_levels.back().time + m_levelEvery)
        return;
    if (m_levels.size() >= mostLevels) {
        for (std::size_t i = 0; 2 * i < m_levels.size(); ++i)
            m_levels[i] = m_levels[2 * i];
        m_levels.resize(mostLevels / 2);
        // Iterations may be further apart than that already.
        m_levelEvery = std::max(2 * m_levelEvery, (m_levels.back().time - m_levels.front().time) / (mostLevels / 2));
        if (time < m_levels.back().time + m_levelEvery)
            return;
    }
    m_levels.push_back({time, m_pending, m_metrics.waiting().in(LoopQueue::Timers)});
}

void Profile::addRequest(const Event &event)
{
    const bool isPlain = event.cause != 0 && event.kind != EventKind::RequestStepped;
    if (isPlain && event.loop() != m_loop)
        return;
    switch (event.kind) {
    case EventKind::RequestSent: {
        Stretch *stretch = m_stretches.make(event.subject, m_events);
        if (!stretch)
            return;
        *stretch = {event.time, event.time, false, false};
        if (const TaskRun *reads = isPlain ? m_runs.running() : nullptr) {
            stretch->sent = reads->ready;
            addRequestWait(event.subject, *reads);
        }
        return;
    }
    case EventKind::RequestDue:
        if (Stretch *stretch = m_stretches.find(event.subject))
            stretch->sent = std::min(stretch->sent, static_cast<quint64>(std::max<qint64>(event.value, 0)));
        return;
    case EventKind::RequestStepped:
    case EventKind::RequestEnded:
        if (Stretch *stretch = m_stretches.find(event.subject); stretch && !stretch->isOver) {
            if (stretch->waits && event.time > stretch->since)
                m_requestWaits.push_back({event.subject, stretch->since, event.time, 0});
            const auto activity = static_cast<RequestActivity>(event.detail);
            stretch->since = event.time;
            stretch->isOver = event.kind == EventKind::RequestEnded;
            stretch->waits = !stretch->isOver && (activity == RequestActivity::Ready || activity == RequestActivity::Queued);
            if (stretch->isOver)
                m_requests.push_back({event.subject, stretch->sent, event.time});
        }
        return;
    default:
        return;
    }
}

void Profile::addRequestWait(SubjectId request, const TaskRun &run)
{
    const Stretch *stretch = m_stretches.find(request);
    // Ticks and microtasks were left by the callback before them.
    if (stretch && !stretch->isOver && !run.isDrained() && !run.isNested && run.waited() > 0)
        m_requestWaits.push_back({request, run.ready, run.begun, run.event});
}

void Profile::addNote(const Event &event)
{
    switch (event.kind) {
    case EventKind::RejectionUnhandled:
        m_unhandled.emplace(event.subject, static_cast<quint32>(m_events));
        break;
    case EventKind::RejectionHandled:
        m_unhandled.erase(event.subject);
        break;
    case EventKind::ErrorThrown:
        if (event.detail == 1 && m_uncaught++ == 0)
            m_firstUncaught = static_cast<quint32>(m_events);
        break;
    case EventKind::PromiseCreated:
        if (char *isPending = m_isPending.make(event.subject, m_events); isPending && !*isPending) {
            *isPending = 1;
            ++m_pending;
        }
        break;
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        if (char *isPending = m_isPending.find(event.subject); isPending && *isPending) {
            *isPending = 0;
            --m_pending;
        }
        break;
    case EventKind::IoSubmitted:
        ++m_requestsFrom[event.site];
        break;
    case EventKind::IterationStarted:
        noteLevel(event.time);
        break;
    default:
        break;
    }
}

void Profile::add(const Event &event, const RecordingReader &reader)
{
    addRequest(event);
    if (event.loop() != m_loop)
        return;
    const bool isOwnLane = event.lane() % lanesOfLoop == 0;
    if (isOwnLane) {
        addCallTime(event);
        m_lineTimes.add(event);
    }
    const TaskRun *running = m_runs.running();
    if (isOwnLane && running && (event.kind == EventKind::TaskEnded || event.kind == EventKind::TaskBegun)) {
        const auto most = std::ranges::max_element(m_spentInRun, {}, [](const auto &each) { return each.second; });
        const std::size_t run = static_cast<std::size_t>(running - m_runs.all().data());
        m_hottest.resize(std::max(m_hottest.size(), run + 1), CallTree::root);
        if (most != m_spentInRun.end())
            m_hottest[run] = most->first;
        m_spentInRun.clear();
    }
    m_runs.add(event, m_events);
    m_metrics.add(event, m_runs);
    m_awaits.add(event, m_events, m_runs, reader);
    m_asyncTree.add(event, m_events, m_runs);
    if (event.kind == EventKind::TaskBegun)
        addRequestWait(m_asyncTree.request(), m_runs.all().back());
    addNote(event);
}

} // namespace loopscope
