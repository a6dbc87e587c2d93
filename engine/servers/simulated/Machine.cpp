// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/simulated/Machine.h"

#include "servers/lab/WakeUpTime.h"

#include <algorithm>

namespace loopscope {

Machine::Machine(const Settings &settings, Client &client)
    : m_settings(settings)
    , m_client(client)
    , m_limit(std::max(settings.cores, 1))
    , m_cores(static_cast<std::size_t>(m_limit))
{
    m_settings.slice = std::max<quint64>(m_settings.slice, 1);
}

void Machine::setCores(int cores, quint64 now)
{
    m_limit = std::max(cores, 1);
    if (static_cast<std::size_t>(m_limit) > m_cores.size())
        m_cores.resize(static_cast<std::size_t>(m_limit));
    dispatch(now);
}

void Machine::makeReady(int thread, quint64 now)
{
    if (static_cast<std::size_t>(thread) >= m_threads.size())
        m_threads.resize(static_cast<std::size_t>(thread) + 1);
    Thread &ready = m_threads[static_cast<std::size_t>(thread)];
    if (ready.isActive)
        return;
    ready = {};
    ready.isActive = true;
    ++m_active;
    m_ready.push_back(thread);
    m_client.scheduled(thread, false, now);
    if (!m_isAdvancing)
        dispatch(now);
}

void Machine::dispatch(quint64 now)
{
    while (!m_ready.empty()) {
        const int thread = m_ready.front();
        Core *idle = nullptr;
        for (Core &core : m_cores) {
            if (core.thread >= 0 || isSurplus(core))
                continue;
            if (!idle || core.lastThread == thread)
                idle = &core;
        }
        if (!idle)
            return;
        m_ready.pop_front();
        take(*idle, thread, now);
    }
}

void Machine::take(Core &core, int thread, quint64 now)
{
    core.thread = thread;
    core.isSwitching = true;
    core.next = now;
    if (core.lastThread != thread) {
        ++m_switches;
        core.next += m_settings.switchCost;
    }
    core.next += static_cast<quint64>(static_cast<double>(m_settings.wakeUp) * sleepDepth(static_cast<double>(now - core.idleSince)));
    core.lastThread = thread;
}

quint64 Machine::nextMoment() const
{
    quint64 next = never;
    for (const Core &core : m_cores)
        next = std::min(next, core.next);
    return next;
}

quint64 Machine::progress(int thread, quint64 now) const
{
    const Thread &asked = m_threads[static_cast<std::size_t>(thread)];
    const auto core =
        std::find_if(m_cores.begin(), m_cores.end(), [thread](const Core &each) { return each.thread == thread && !each.isSwitching; });
    return asked.done + (core == m_cores.end() ? 0 : now - core->since);
}

void Machine::advanceTo(quint64 now)
{
    m_isAdvancing = true;
    for (;;) {
        const auto first =
            std::min_element(m_cores.begin(), m_cores.end(), [](const Core &left, const Core &right) { return left.next < right.next; });
        const quint64 moment = first->next;
        if (moment == never || moment > now)
            break;
        step(*first, moment);
        dispatch(moment);
    }
    m_isAdvancing = false;
}

void Machine::step(Core &core, quint64 now)
{
    if (core.isSwitching) {
        core.isSwitching = false;
        core.since = now;
        core.sliceEnd = now + m_settings.slice;
        m_client.scheduled(core.thread, true, now);
        run(core, now);
        return;
    }
    Thread *thread = &threadOf(core);
    thread->done += now - core.since;
    core.since = now;
    while (thread->nextMark < thread->burst.marks.size() && thread->burst.marks[thread->nextMark] <= thread->done) {
        m_client.reach(core.thread, thread->nextMark++, now);
        thread = &threadOf(core);
    }
    if (thread->done < thread->burst.length) {
        if (now < core.sliceEnd)
            return plan(core);
        if (m_ready.empty() && !isSurplus(core)) {
            core.sliceEnd = now + m_settings.slice;
            return plan(core);
        }
        return leave(core, true, now);
    }
    thread->hasBegun = false;
    if (!m_client.end(core.thread, now))
        return leave(core, false, now);
    if (now >= core.sliceEnd && (!m_ready.empty() || isSurplus(core)))
        return leave(core, true, now);
    if (now >= core.sliceEnd)
        core.sliceEnd = now + m_settings.slice;
    run(core, now);
}

/// Begins the next burst of the core's thread, or goes on with the one that was interrupted.
void Machine::run(Core &core, quint64 now)
{
    if (!threadOf(core).hasBegun) {
        Burst burst = m_client.begin(core.thread, now);
        Thread &thread = threadOf(core); // others may have become ready meanwhile
        thread.burst = std::move(burst);
        thread.done = 0;
        thread.nextMark = 0;
        thread.hasBegun = true;
    }
    plan(core);
}

void Machine::plan(Core &core)
{
    const Thread &thread = threadOf(core);
    const quint64 goal = thread.nextMark < thread.burst.marks.size() ? thread.burst.marks[thread.nextMark] : thread.burst.length;
    core.next = std::min(core.since + (goal > thread.done ? goal - thread.done : 0), core.sliceEnd);
}

void Machine::leave(Core &core, bool isReady, quint64 now)
{
    const int thread = core.thread;
    core.thread = -1;
    core.next = never;
    core.idleSince = now;
    if (isReady) {
        m_ready.push_back(thread);
        m_client.scheduled(thread, false, now);
    } else {
        m_threads[static_cast<std::size_t>(thread)].isActive = false;
        --m_active;
    }
}

} // namespace loopscope
