// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/TaskRuns.h"
#include "recording/RecordingReader.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

namespace loopscope {

class AwaitNeeds;

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

/// Waits of one async function one after the other for I/O or timers that were started only when the one before was over, though not all of
/// them need what another gave, as the text tells (AwaitNeeds): so that they might have been under way together.
struct SerialAwaits
{
    SiteId function = 0;
    SiteId firstAwait = 0;
    SiteId lastAwait = 0;
    quint64 runs = 0; ///< of the function
    quint64 waits = 0; ///< of all runs together
    quint64 total = 0; ///< ns that these took
    quint64 together = 0; ///< ns they had taken at once: of each run the longest chain of waits that need one another
    bool isRead = true; ///< false: the text did not tell for all of them, which are taken for needing nothing
    quint32 event = 0; ///< AwaitSuspended of the first of the run that would save most
    quint64 saving() const { return total > together ? total - together : 0; }
};

/// What the awaits of a recording need of one another. Keeps the syntax trees of the files that were asked for.
class RecordedAwaitNeeds
{
public:
    RecordedAwaitNeeds();
    ~RecordedAwaitNeeds();
    RecordedAwaitNeeds(RecordedAwaitNeeds &&) noexcept;
    RecordedAwaitNeeds &operator=(RecordedAwaitNeeds &&) noexcept;
    /// Sites of awaits; null if the text does not tell.
    const std::vector<SiteId> *of(SiteId await, const RecordingReader &reader);

private:
    std::unordered_map<const SourceText *, std::unique_ptr<AwaitNeeds>> m_sources;
    std::unordered_map<SiteId, std::optional<std::vector<SiteId>>> m_known;
};

/// Where async functions waited, how long and for what. Grows with the recording. Not thread-safe.
class AwaitProfile
{
public:
    static constexpr quint64 shortest = 100'000; ///< ns: shorter waits are no candidates for being made concurrent

    /// Takes in event number `index` of the loop, from the recording that `reader` reads; `runs` has taken it in already.
    void add(const Event &event, quint64 index, const TaskRuns &runs, const RecordingReader &reader);

    /// The longest total first.
    std::vector<AwaitCost> awaits() const;
    /// The largest saving first.
    std::vector<SerialAwaits> serial() const;
    /// ns that the runs of an async function waited.
    quint64 awaitedIn(SiteId function) const;

private:
    /// The series of waits that a function has in its present run.
    struct Series
    {
        SiteId firstAwait = 0;
        SiteId lastAwait = 0;
        quint32 firstEvent = 0;
        quint64 waits = 0;
        quint64 total = 0;
        quint64 together = 0;
        bool isRead = true;
        std::vector<std::pair<SiteId, quint64>> chains; ///< by await: the longest chain that ends with it; ns
    };
    struct Promise
    {
        quint64 created = 0;
        quint64 suspended = 0; ///< of an async function: since when it waits
        quint64 resumed = 0; ///< and when it went on last
        quint32 suspendedEvent = 0;
        SiteId function = 0;
        AwaitedThing settledBy = AwaitedThing::Nothing;
        bool waits = false;
        std::unique_ptr<Series> series;
    };
    using SerialByAwait = std::unordered_map<SiteId, SerialAwaits>; ///< by the first await
    void resume(const Event &event, Promise &promise, const RecordingReader &reader);
    void addToSeries(SiteId await, quint64 waited, Promise &promise, const RecordingReader &reader);
    static void count(const Promise &promise, SerialByAwait &serial);

    SubjectTable<Promise> m_promises;
    Promise m_topLevel;
    std::unordered_map<SiteId, AwaitCost> m_awaits;
    std::unordered_map<SiteId, quint64> m_awaitedIn; ///< ns, by function: tables ask for each of theirs
    SerialByAwait m_serial;
    RecordedAwaitNeeds m_needs;
};

} // namespace loopscope
