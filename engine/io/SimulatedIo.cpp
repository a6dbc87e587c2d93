// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedIo.h"

#include "io/LatencyTable.h"
#include "io/PosixFileSystem.h"
#include "io/WorkTime.h"

#include <algorithm>
#include <utility>

namespace loopscope {

SimulatedIo::SimulatedIo(quint64 seed, int threads, std::unique_ptr<FileSystem> files, const QHash<SubjectId, quint64> &latencies)
    : m_givenLatencies(latencies)
    , m_generator(seed)
    , m_operations(std::move(files), ~seed)
    , m_threads(static_cast<std::size_t>(std::max(threads, 1)))
{
}

void SimulatedIo::submit(SubjectId request, IoOperation operation, quint64 now)
{
    advanceTo(now);
    const LatencyRange range = latencyRange(operation.name);
    const quint64 latency = m_generator.nextLatency(range.least, range.most);
    // Drawn for every request, used or not: the draws of a request must not depend on what the threads are doing.
    const quint64 wakeUp = m_generator.nextLatency(threadWakeUp.least, threadWakeUp.most);
    const auto idle =
        std::find_if(m_threads.begin(), m_threads.end(), [](const Thread &thread) { return thread.state == Thread::State::Idle; });
    Request submitted{request, std::move(operation), latency};
    if (const auto given = m_givenLatencies.constFind(request); given != m_givenLatencies.cend()) {
        submitted.latency = *given;
        submitted.isGiven = true;
        m_givenLatencies.erase(given);
    }
    if (idle == m_threads.end()) {
        m_queue.push_back(std::move(submitted));
        return;
    }
    idle->state = Thread::State::Waking;
    idle->nextMoment = now + wakeUp;
    idle->request = std::move(submitted);
}

int SimulatedIo::nextThread() const
{
    int next = -1;
    for (int i = 0; i < static_cast<int>(m_threads.size()); ++i) {
        const Thread &thread = m_threads[static_cast<std::size_t>(i)];
        if (thread.state == Thread::State::Idle)
            continue;
        if (next < 0 || thread.nextMoment < m_threads[static_cast<std::size_t>(next)].nextMoment)
            next = i;
    }
    return next;
}

void SimulatedIo::start(int index)
{
    Thread &thread = m_threads[static_cast<std::size_t>(index)];
    IoTransition transition;
    transition.time = thread.nextMoment;
    transition.kind = IoTransition::Kind::Started;
    transition.request = thread.request.subject;
    transition.thread = index + 1;
    m_transitions.push_back(std::move(transition));

    thread.result = m_operations.perform(thread.request.operation);
    thread.nextMoment += thread.request.latency;
    if (!thread.request.isGiven)
        thread.nextMoment += transferTime(thread.request.operation, thread.result) + workTime(thread.request.operation, thread.result);
    thread.state = Thread::State::Busy;
}

bool SimulatedIo::anotherIsBusy(int index) const
{
    for (int i = 0; i < static_cast<int>(m_threads.size()); ++i) {
        if (i != index && m_threads[static_cast<std::size_t>(i)].state == Thread::State::Busy)
            return true;
    }
    return false;
}

void SimulatedIo::complete(int index)
{
    Thread &thread = m_threads[static_cast<std::size_t>(index)];
    IoTransition transition;
    transition.time = thread.nextMoment;
    transition.kind = IoTransition::Kind::Completed;
    transition.request = thread.request.subject;
    transition.thread = index + 1;
    transition.result = std::move(thread.result);
    transition.freeChoice = anotherIsBusy(index);
    m_transitions.push_back(std::move(transition));

    thread.result = {};
    if (m_queue.empty()) {
        thread.state = Thread::State::Idle;
        thread.request = {};
        return;
    }
    thread.state = Thread::State::Waking;
    thread.nextMoment += threadHandover;
    thread.request = std::move(m_queue.front());
    m_queue.pop_front();
}

void SimulatedIo::advanceTo(quint64 now)
{
    for (int index = nextThread(); index >= 0; index = nextThread()) {
        const Thread &thread = m_threads[static_cast<std::size_t>(index)];
        if (thread.nextMoment > now)
            return;
        if (thread.state == Thread::State::Waking)
            start(index);
        else
            complete(index);
    }
}

std::vector<IoTransition> SimulatedIo::takeTransitions(quint64 now)
{
    advanceTo(now);
    return std::exchange(m_transitions, {});
}

quint64 SimulatedIo::nextTransition() const
{
    if (!m_transitions.empty())
        return m_transitions.front().time;
    const int index = nextThread();
    return index < 0 ? ~0ULL : m_threads[static_cast<std::size_t>(index)].nextMoment;
}

bool SimulatedIo::hasRequests() const { return !m_transitions.empty() || nextThread() >= 0; }

std::unique_ptr<IoProvider> makeSimulatedIo(quint64 seed, int threads, const QHash<SubjectId, quint64> &latencies)
{
    return std::make_unique<SimulatedIo>(seed, threads, std::make_unique<PosixFileSystem>(), latencies);
}

} // namespace loopscope
