// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "Processors.h"

#include "servers/lab/WakeUpTime.h"

#include <algorithm>

namespace loopscope {

Processors::Processors(const Settings &settings, EventHeap &events, LaneBook &lanes, RequestBook &requests)
    : m_settings(settings)
    , m_events(events)
    , m_lanes(lanes)
    , m_requests(requests)
    , m_limit(0)
    , m_ready(64)
{
    setCores(settings.cores, 0);
}

void Processors::setCores(int cores, qint64 now)
{
    const int before = m_limit;
    m_limit = cores;
    std::erase_if(m_idleCores, [cores](quint32 core) { return core >= static_cast<quint32>(cores); });
    for (int core = cores - 1; core >= before; --core) {
        if (static_cast<size_t>(core) >= m_cores.size())
            m_cores.resize(static_cast<size_t>(core) + 1);
        if (m_cores[static_cast<size_t>(core)].thread == none)
            m_idleCores.push_back(static_cast<quint32>(core));
    }
    dispatch(now);
}

quint32 Processors::start(qint64 now, bool isHelper)
{
    quint32 thread = 0;
    if (m_gone.empty()) {
        thread = static_cast<quint32>(m_threads.size());
        m_threads.emplace_back();
    } else {
        thread = m_gone.back();
        m_gone.pop_back();
        m_threads[thread] = {};
    }
    m_threads[thread].isHelper = isHelper;
    ++m_living;
    show(thread, ThreadState::Idle, now);
    return thread;
}

void Processors::show(quint32 thread, ThreadState state, qint64 now)
{
    const quint64 number = m_threads[thread].number;
    const auto lane = static_cast<int>(thread) + 1;
    const auto moment = static_cast<quint64>(now);
    m_lanes.set(lane, state, static_cast<qint64>(number), moment);
    if (number != 0 && m_requests.follows(number) && (state == ThreadState::Running || state == ThreadState::Ready))
        m_requests.step(number, state == ThreadState::Running ? LabStep::Kind::Running : LabStep::Kind::Ready, moment, lane);
}

void Processors::setState(quint32 thread, ThreadState state, qint64 now) { show(thread, state, now); }

void Processors::makeReady(quint32 thread, qint64 time, qint64 now)
{
    m_threads[thread].left = time;
    m_threads[thread].sliceLeft = m_settings.slice;
    if (m_readyCount == m_ready.size()) {
        std::vector<quint32> larger(m_ready.size() * 2);
        for (size_t i = 0; i < m_readyCount; ++i)
            larger[i] = m_ready[(m_firstReady + i) & (m_ready.size() - 1)];
        m_ready = std::move(larger);
        m_firstReady = 0;
    }
    m_ready[(m_firstReady + m_readyCount++) & (m_ready.size() - 1)] = thread;
    if (m_idleCores.empty())
        show(thread, ThreadState::Ready, now);
    dispatch(now);
}

void Processors::dispatch(qint64 now)
{
    while (m_readyCount > 0 && !m_idleCores.empty())
        take(takeIdleCore(), now);
}

quint32 Processors::takeIdleCore()
{
    const quint32 wanted = m_threads[m_ready[m_firstReady]].lastCore;
    auto found = m_idleCores.end() - 1;
    if (*found != wanted && m_cores[wanted].thread == none) {
        const auto last = std::find(m_idleCores.begin(), m_idleCores.end(), wanted);
        found = last != m_idleCores.end() ? last : found;
    }
    const quint32 core = *found;
    m_idleCores.erase(found);
    return core;
}

void Processors::take(quint32 core, qint64 now)
{
    const quint32 thread = m_ready[m_firstReady & (m_ready.size() - 1)];
    m_firstReady = (m_firstReady + 1) & (m_ready.size() - 1);
    --m_readyCount;
    Core &taken = m_cores[core];
    taken.thread = thread;
    m_threads[thread].core = m_threads[thread].lastCore = core;
    show(thread, ThreadState::Running, now);
    const double asleep = m_threads[thread].isHelper ? 0 : sleepDepth(static_cast<double>(now - taken.idleSince));
    qint64 from = now + static_cast<qint64>(static_cast<double>(m_settings.wakeUp) * asleep);
    if (taken.lastThread != thread) {
        ++m_switches;
        taken.lastThread = thread;
        from += m_settings.switchCost;
    }
    plan(core, from);
}

void Processors::plan(quint32 core, qint64 from)
{
    const Thread &thread = m_threads[m_cores[core].thread];
    m_cores[core].run = std::min(thread.left, thread.sliceLeft);
    m_events.add(from + m_cores[core].run, EventHeap::Kind::Core, core);
}

std::optional<quint32> Processors::advance(quint32 core, qint64 now)
{
    const quint32 number = m_cores[core].thread;
    Thread &thread = m_threads[number];
    thread.left -= m_cores[core].run;
    thread.sliceLeft -= m_cores[core].run;
    if (thread.left <= 0)
        return number;
    if (m_readyCount > 0 || core >= static_cast<quint32>(m_limit)) {
        preempt(core, now);
    } else {
        thread.sliceLeft = m_settings.slice;
        plan(core, now);
    }
    return std::nullopt;
}

void Processors::preempt(quint32 core, qint64 now)
{
    const quint32 thread = m_cores[core].thread;
    m_threads[thread].core = none;
    m_cores[core].thread = none;
    // Behind those who are ready already; the core is not among the idle ones yet, so that it takes the first of them.
    makeReady(thread, m_threads[thread].left, now);
    show(thread, m_threads[thread].core == none ? ThreadState::Ready : ThreadState::Running, now);
    release(core, now);
}

void Processors::release(quint32 core, qint64 now)
{
    m_cores[core].thread = none;
    m_cores[core].idleSince = now;
    if (core >= static_cast<quint32>(m_limit))
        return;
    if (m_readyCount > 0)
        take(core, now);
    else
        m_idleCores.push_back(core);
}

void Processors::goOn(quint32 thread, qint64 time, qint64 now)
{
    Thread &going = m_threads[thread];
    going.left = time;
    if (going.sliceLeft <= 0 && (m_readyCount > 0 || going.core >= static_cast<quint32>(m_limit))) {
        preempt(going.core, now);
        return;
    }
    if (going.sliceLeft <= 0)
        going.sliceLeft = m_settings.slice;
    show(thread, ThreadState::Running, now);
    plan(going.core, now);
}

void Processors::leave(quint32 thread, ThreadState state, qint64 now)
{
    const quint32 core = m_threads[thread].core;
    m_threads[thread].core = none;
    show(thread, state, now);
    if (state == ThreadState::Gone) {
        m_gone.push_back(thread);
        m_cores[core].lastThread = none; // whoever gets its place is another thread
        --m_living;
    }
    release(core, now);
}

void Processors::end(quint32 thread, qint64 now)
{
    show(thread, ThreadState::Gone, now);
    m_gone.push_back(thread);
    --m_living;
}

} // namespace loopscope
