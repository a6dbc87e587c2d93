// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/TaskRuns.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// What an await waited for in the end.
enum class AwaitedThing : quint8 { Nothing, Timer, Io, Promise };

/// One await of the source: how often it was come to, and how long it was waited there. Times are ns of run time.
struct AwaitCost
{
    SiteId await = 0;
    SiteId function = 0; ///< of the async function; 0 at a module's top level
    quint64 count = 0; ///< waits that are over
    quint64 waiting = 0; ///< waits that are not
    quint64 total = 0;
    quint64 longest = 0;
    quint32 longestEvent = 0; ///< its AwaitSuspended
    quint64 byThing[4] = {}; ///< how many waits ended by what: by AwaitedThing
};

/// Waits of one async function one after the other for I/O or timers that were started only when the one before was over, so that they
/// might have been under way together, if none needs what another gave.
struct SerialAwaits
{
    SiteId function = 0;
    SiteId firstAwait = 0;
    SiteId lastAwait = 0;
    quint64 runs = 0; ///< of the function
    quint64 waits = 0; ///< of all runs together
    quint64 total = 0; ///< ns that these took
    quint64 together = 0; ///< ns they had taken at once: the longest of each run
    quint32 event = 0; ///< AwaitSuspended of the first of the run that would save most
    quint64 saving() const { return total > together ? total - together : 0; }
};

/// Where async functions waited, how long and for what. Grows with the recording. Not thread-safe.
class AwaitProfile
{
public:
    static constexpr quint64 shortest = 100'000; ///< ns: shorter waits are no candidates for being made concurrent

    /// Takes in event number `index` of the loop; `runs` has taken it in already.
    void add(const Event &event, quint64 index, const TaskRuns &runs);

    /// The longest total first.
    std::vector<AwaitCost> awaits() const;
    /// The largest saving first.
    std::vector<SerialAwaits> serial() const;
    /// ns that the runs of an async function waited.
    quint64 awaitedIn(SiteId function) const;

private:
    struct Promise
    {
        quint64 created = 0;
        quint64 suspended = 0; ///< of an async function: since when it waits
        quint64 resumed = 0; ///< and when it went on last
        quint32 suspendedEvent = 0;
        SiteId function = 0;
        AwaitedThing settledBy = AwaitedThing::Nothing;
        bool waits = false;
        // The series of waits that the function has in its present run.
        SiteId firstAwait = 0;
        SiteId lastAwait = 0;
        quint32 firstEvent = 0;
        quint64 waitsInSeries = 0;
        quint64 total = 0;
        quint64 longest = 0;
    };
    void resume(const Event &event, Promise &promise);
    static void closeSeries(Promise &promise, std::unordered_map<SiteId, SerialAwaits> &serial);

    SubjectTable<Promise> m_promises;
    Promise m_topLevel;
    std::unordered_map<SiteId, AwaitCost> m_awaits;
    std::unordered_map<SiteId, quint64> m_awaitedIn; ///< ns, by function: tables ask for each of theirs
    std::unordered_map<SiteId, SerialAwaits> m_serial; ///< by the first await
};

} // namespace loopscope
