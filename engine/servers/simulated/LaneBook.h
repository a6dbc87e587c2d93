// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"

#include <array>
#include <vector>

namespace loopscope {

class ServerTrace;

/// What the threads of a simulated server do: spans for the lanes, how many are in which state, how long cores were busy. Times are ns of
/// run time, told in their order for each thread.
class LaneBook
{
public:
    /// Spans that one message tells at most; further ones are counted.
    static constexpr std::size_t mostSpans = 4'000;

    /// Lanes count from here on, which is second 0. What was before this call is not told.
    void setOrigin(quint64 moment)
    {
        m_origin = moment;
        m_spans.clear();
    }
    /// `trace` puts into the recording what threads do, from what they do `now` on.
    void setTrace(ServerTrace &trace, quint64 now);
    /// A thread is in a state from `now` on. Numbers from 1; that of a thread that is gone may be another one's later.
    void set(int thread, ThreadState state, qint64 request, quint64 now);

    ThreadState stateOf(int thread) const { return m_threads[static_cast<std::size_t>(thread - 1)].state; }
    int count(ThreadState state) const { return m_counts[static_cast<std::size_t>(state)]; }
    std::array<int, 4> counts() const { return {m_counts[0], m_counts[1], m_counts[2], m_counts[3]}; }
    /// Threads that have not ended.
    int threads() const { return m_counts[0] + m_counts[1] + m_counts[2] + m_counts[3]; }
    /// The most of them at once, since countMost().
    int mostThreads() const { return m_mostThreads; }
    void countMost() { m_mostThreads = threads(); }
    /// ns that cores ran threads, up to `now`.
    quint64 busyTime(quint64 now) const;
    /// Spans up to `now`, those under way cut there.
    void take(quint64 now, LabLanes *lanes);

private:
    struct Thread
    {
        ThreadState state = ThreadState::Gone;
        qint64 request = 0;
        bool hasBegun = false;
        quint64 since = 0;
        quint64 told = 0; ///< up to here in spans
    };
    void close(int number, Thread &thread, quint64 now);
    double seconds(quint64 moment) const { return (static_cast<double>(moment) - static_cast<double>(m_origin)) / 1e9; }

    ServerTrace *m_trace = nullptr;
    quint64 m_origin = 0;
    std::vector<Thread> m_threads; ///< by number - 1
    std::array<int, 5> m_counts = {}; ///< by ThreadState
    int m_mostThreads = 0;
    quint64 m_busyTime = 0; ///< of spans that are over
    std::vector<LabSpan> m_spans;
    qint64 m_left = 0;
};

} // namespace loopscope
