// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/LatencyProfile.h"
#include "io/NameOperations.h"
#include "io/PoolOperations.h"
#include "io/SeededGenerator.h"
#include "io/SimulatedHandles.h"

#include <deque>
#include <map>
#include <vector>

namespace loopscope {

/// libuv's pool of threads in virtual time: one queue, first come, first served; `threads` threads that each carry out one operation at a
/// time. There are no real threads: an operation runs inside the call that reaches its start in virtual time.
///
///     submit ──> queue ──(a thread is free)──> Started ── latency ──> Completed
///
/// An operation's latency is drawn when it is submitted, so the draws come in the order of submission, whatever happens later.
/// docs/simulated-io.md is the long version.
class SimulatedIo final : public IoProvider
{
public:
    SimulatedIo(
        FileSystem &files, quint64 seed, int threads, const QHash<SubjectId, quint64> &latencies = {}, const LatencyProfile &profile = {});

    void submit(SubjectId request, IoOperation operation, quint64 now) override;
    std::vector<IoTransition> takeTransitions(quint64 now) override;
    quint64 nextTransition() const override;
    bool hasRequests() const override;
    IoResult performNow(const IoOperation &operation) override { return perform(operation); }
    QList<SubjectId> unusedLatencies() const override { return m_givenLatencies.keys(); }
    HandleProvider *handles() override { return m_handles.get(); }
    void setHandles(std::unique_ptr<SimulatedHandles> handles) { m_handles = std::move(handles); }

private:
    struct Request
    {
        SubjectId subject = 0;
        IoOperation operation;
        quint64 latency = 0;
        bool isGiven = false; ///< the latency: then it is all that the request takes
    };
    struct Thread
    {
        enum class State : quint8 { Idle, Waking, Busy };
        State state = State::Idle;
        quint64 nextMoment = 0; ///< when it starts (Waking) or completes (Busy) its request
        Request request;
        IoResult result; ///< of a busy thread; told when it completes
    };

    /// Of files or names, by its name.
    IoResult perform(const IoOperation &operation);
    void advanceTo(quint64 now);
    int nextThread() const;
    void start(int index);
    void complete(int index);
    void ask(SubjectId request, const IoOperation &operation, quint64 now);
    bool anotherIsBusy(int index) const;

    QHash<SubjectId, quint64> m_givenLatencies; ///< ns, of requests that were not made yet
    SeededGenerator m_generator;
    LatencyProfile m_profile;
    PoolOperations m_operations;
    std::vector<Thread> m_threads;
    std::deque<Request> m_queue;
    std::multimap<quint64, IoTransition> m_answers; ///< of name servers, on their way; by the time of their coming
    std::vector<IoTransition> m_transitions; ///< happened, not yet taken
    std::unique_ptr<SimulatedHandles> m_handles; ///< null: no network
};

} // namespace loopscope
