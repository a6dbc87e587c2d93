// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/AsyncTree.h"
#include "analysis/profiler/AwaitProfile.h"
#include "analysis/profiler/CallTree.h"
#include "analysis/profiler/LoopMetrics.h"
#include "analysis/profiler/SiteFunctions.h"
#include "analysis/profiler/TaskRuns.h"
#include "recording/RecordingReader.h"
#include "state/LineTimes.h"

#include <limits>
#include <map>
#include <vector>

namespace loopscope {

/// The time a client's request was ready for the loop, or queued, and had to wait; of a server that is no simulated one: a callback that
/// read it, or goes back to one that did, and waited for its turn, before the answer. These may overlap. ns of run time.
struct RequestWait
{
    SubjectId request = 0;
    quint64 from = 0;
    quint64 to = 0;
    quint32 event = 0; ///< TaskBegun of the callback; 0 of a simulated server
};

/// Sent, or meant to be sent if it came late, and answered; of a server that is no simulated one, from when its bytes had come. ns of run
/// time.
struct RequestSpan
{
    SubjectId request = 0;
    quint64 sent = 0;
    quint64 ended = 0;
};

/// What happened in one loop of a recording, taken together for reports: call tree, runs of callbacks, awaits, figures of the loop.
/// Everything in one pass; grows with the recording. Memory: some 100 bytes a callback. Not thread-safe.
class Profile
{
public:
    explicit Profile(quint16 loop = 0)
        : m_loop(loop)
        , m_lineTimes(static_cast<quint16>(loop * lanesOfLoop))
    {
    }

    static constexpr quint64 all = std::numeric_limits<quint64>::max();
    /// Takes in events the reader has and this has not, at most `atMost` of them. True if there were any.
    bool update(const RecordingReader &reader, quint64 atMost = all);
    bool isBehind(const RecordingReader &reader) const { return m_events < reader.eventCount(); }
    quint64 eventCount() const { return m_events; }
    quint16 loop() const { return m_loop; }

    const CallTree &callTree() const { return m_callTree; }
    const TaskRuns &runs() const { return m_runs; }
    const LoopMetrics &metrics() const { return m_metrics; }
    const AwaitProfile &awaits() const { return m_awaits; }
    const AsyncTree &asyncTree() const { return m_asyncTree; }
    /// Of statements, as far as they were recorded. See LineProfile.h for all that a line cost.
    const LineTimes &lineTimes() const { return m_lineTimes; }
    /// For each run of runs(): the node of the call tree that took most time of its own while it ran. Its path is the call path to blame.
    quint32 hottest(std::size_t run) const { return run < m_hottest.size() ? m_hottest[run] : CallTree::root; }
    const std::vector<RequestWait> &requestWaits() const { return m_requestWaits; }
    const std::vector<RequestSpan> &requests() const { return m_requests; }

    quint64 unhandledRejections() const { return m_unhandled.size(); }
    quint32 firstUnhandled() const { return m_unhandled.empty() ? 0 : m_unhandled.begin()->second; }
    quint64 uncaughtErrors() const { return m_uncaught; }
    quint32 firstUncaught() const { return m_firstUncaught; }

    /// How many of a thing there were at times that are evenly spread over the run, at most 64 of them.
    struct Level
    {
        quint64 time = 0; ///< ns
        quint64 promises = 0; ///< not settled
        quint64 timers = 0; ///< set
    };
    const std::vector<Level> &levels() const { return m_levels; }
    /// I/O requests by the place that submits them.
    const std::map<SiteId, quint64> &requestsFrom() const { return m_requestsFrom; }

private:
    void add(const Event &event, const RecordingReader &reader);
    void addCallTime(const Event &event);
    void addRequest(const Event &event);
    void addRequestWait(SubjectId request, const TaskRun &run);
    void addNote(const Event &event);
    void noteLevel(quint64 time);

    struct Stretch
    {
        quint64 since = 0;
        quint64 sent = 0;
        bool waits = false;
        bool isOver = false;
    };

    quint16 m_loop;
    SiteFunctions m_functions;
    quint64 m_events = 0;
    quint64 m_lastTime = 0;
    CallTree m_callTree;
    TaskRuns m_runs;
    LoopMetrics m_metrics;
    AwaitProfile m_awaits;
    AsyncTree m_asyncTree;
    LineTimes m_lineTimes;
    std::vector<quint32> m_hottest;
    std::map<quint32, quint64> m_spentInRun; ///< by node
    SubjectTable<Stretch> m_stretches;
    std::vector<RequestWait> m_requestWaits;
    std::vector<RequestSpan> m_requests;
    std::map<SubjectId, quint32> m_unhandled;
    quint64 m_uncaught = 0;
    quint32 m_firstUncaught = 0;
    SubjectTable<char> m_isPending;
    quint64 m_pending = 0;
    quint64 m_levelEvery = 1'000'000; ///< ns
    std::vector<Level> m_levels;
    std::map<SiteId, quint64> m_requestsFrom;
};

} // namespace loopscope
