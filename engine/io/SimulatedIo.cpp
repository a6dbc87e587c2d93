// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedIo.h"

#include "io/LatencyTable.h"
#include "io/WorkTime.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {
constexpr quint64 networkSeed = 0x6e657477'6f726b00;
} // namespace

SimulatedIo::SimulatedIo(
    FileSystem &files, quint64 seed, int threads, const QHash<SubjectId, quint64> &latencies, const LatencyProfile &profile)
    : m_givenLatencies(latencies)
    , m_generator(seed)
    , m_profile(profile)
    , m_operations(files, ~seed)
    , m_threads(static_cast<std::size_t>(std::max(threads, 1)))
{
}

void SimulatedIo::submit(SubjectId request, IoOperation operation, quint64 now)
{
    advanceTo(now);
    if (NameOperations::isQuery(operation.name)) {
        ask(request, operation, now);
        return;
    }
    const LatencyRange range = NameOperations::knows(operation.name) ? m_profile.network().lookup : m_profile.diskLatency(operation.name);
    const quint64 latency = m_generator.nextLatency(range.least, range.most);
    // Drawn for every request, used or not: the draws of a request must not depend on what the threads are doing.
    const quint64 wakeUp = m_generator.nextLatency(m_profile.poolWakeUp().least, m_profile.poolWakeUp().most);
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

/// A query of a name server takes no thread of the pool: c-ares sends it, and the answer comes by a socket.
void SimulatedIo::ask(SubjectId request, const IoOperation &operation, quint64 now)
{
    IoTransition started;
    started.time = now;
    started.request = request;
    m_transitions.push_back(std::move(started));
    IoTransition answer;
    answer.time = now + m_generator.nextLatency(m_profile.network().query.least, m_profile.network().query.most);
    answer.kind = IoTransition::Kind::Completed;
    answer.request = request;
    answer.result = perform(operation);
    const quint64 time = answer.time;
    m_answers.emplace(time, std::move(answer));
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

IoResult SimulatedIo::perform(const IoOperation &operation)
{
    return NameOperations::knows(operation.name) ? NameOperations(m_profile.network()).perform(operation) : m_operations.perform(operation);
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

    thread.result = perform(thread.request.operation);
    thread.nextMoment += thread.request.latency;
    if (!thread.request.isGiven)
        thread.nextMoment +=
            m_profile.transferTime(thread.request.operation, thread.result) + workTime(thread.request.operation, thread.result);
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
    const auto takeAnswers = [this](quint64 until) {
        while (!m_answers.empty() && m_answers.begin()->first <= until)
            m_transitions.push_back(std::move(m_answers.extract(m_answers.begin()).mapped()));
    };
    for (int index = nextThread(); index >= 0; index = nextThread()) {
        const Thread &thread = m_threads[static_cast<std::size_t>(index)];
        takeAnswers(std::min(now, thread.nextMoment));
        if (thread.nextMoment > now)
            return;
        if (thread.state == Thread::State::Waking)
            start(index);
        else
            complete(index);
    }
    takeAnswers(now);
}

std::vector<IoTransition> SimulatedIo::takeTransitions(quint64 now)
{
    advanceTo(now);
    std::vector<IoTransition> transitions = std::exchange(m_transitions, {});
    if (m_handles) {
        const std::size_t ofThreads = transitions.size();
        m_handles->takeTransitions(now, &transitions);
        std::inplace_merge(transitions.begin(), transitions.begin() + static_cast<std::ptrdiff_t>(ofThreads), transitions.end(),
            [](const IoTransition &left, const IoTransition &right) { return left.time < right.time; });
    }
    return transitions;
}

quint64 SimulatedIo::nextTransition() const
{
    quint64 next = m_handles ? m_handles->nextTransition() : ~0ULL;
    if (!m_answers.empty())
        next = std::min(next, m_answers.begin()->first);
    if (!m_transitions.empty())
        return std::min(m_transitions.front().time, next);
    const int index = nextThread();
    return index < 0 ? next : std::min(m_threads[static_cast<std::size_t>(index)].nextMoment, next);
}

bool SimulatedIo::hasRequests() const { return !m_transitions.empty() || !m_answers.empty() || nextThread() >= 0; }

std::shared_ptr<SimulatedNetwork> makeSimulatedNetwork(quint64 seed, const LatencyProfile &profile)
{
    return std::make_shared<SimulatedNetwork>(seed ^ networkSeed, profile.network());
}

std::unique_ptr<IoProvider> makeSimulatedIo(FileSystem &files, quint64 seed, int threads, const QHash<SubjectId, quint64> &latencies,
    NetworkAccess access, const LatencyProfile *profile)
{
    const LatencyProfile given = profile ? *profile : LatencyProfile();
    auto io = std::make_unique<SimulatedIo>(files, seed, threads, latencies, given);
    if (access.network) {
        auto handles = std::make_unique<SimulatedHandles>(std::move(access.network), std::move(access.now));
        handles->setExpects(std::move(access.expects));
        handles->setFiles(files, std::move(access.actingNow));
        io->setHandles(std::move(handles));
    }
    return io;
}

} // namespace loopscope
