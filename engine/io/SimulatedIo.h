// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"
#include "io/PoolOperations.h"
#include "io/SeededGenerator.h"

#include <deque>
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
    SimulatedIo(quint64 seed, int threads, std::unique_ptr<FileSystem> files, const QHash<SubjectId, quint64> &latencies = {});

    void submit(SubjectId request, IoOperation operation, quint64 now) override;
    std::vector<IoTransition> takeTransitions(quint64 now) override;
    quint64 nextTransition() const override;
    bool hasRequests() const override;
    IoResult performNow(const IoOperation &operation) override { return m_operations.perform(operation); }
    QList<SubjectId> unusedLatencies() const override { return m_givenLatencies.keys(); }

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

    void advanceTo(quint64 now);
    int nextThread() const;
    void start(int index);
    void complete(int index);
    bool anotherIsBusy(int index) const;

    QHash<SubjectId, quint64> m_givenLatencies; ///< ns, of requests that were not made yet
    SeededGenerator m_generator;
    PoolOperations m_operations;
    std::vector<Thread> m_threads;
    std::deque<Request> m_queue;
    std::vector<IoTransition> m_transitions; ///< happened, not yet taken
};

} // namespace loopscope
