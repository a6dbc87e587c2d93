// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/Profile.h"

#include <map>
#include <vector>

namespace loopscope {

/// What held the loop.
enum class BlockerKind : quint8 {
    Callback, ///< one callback that ran long
    MicrotaskDrain, ///< many microtasks, none of them long, before the loop could go on
    TickFlood, ///< the same of process.nextTick
};

/// Someone who was ready and had to wait while the loop was held.
struct Victim
{
    enum class Kind : quint8 { Timer, Immediate, Io, Closing, Other, Request };
    Kind kind = Kind::Other;
    SubjectId subject = 0; ///< the task, or the client's request
    SiteId function = 0; ///< of a task
    quint64 delay = 0; ///< ns that it waited because of this blocker alone
    quint64 lateness = 0; ///< ns from being ready to its turn; a timer's lateness
    quint32 event = 0; ///< its TaskBegun; of a request that of its callback, 0 in recordings of simulated servers
};

/// A stretch in which the loop could not turn.
struct Hold
{
    quint64 begun = 0; ///< ns
    quint64 ended = 0; ///< ns
    std::size_t firstRun = 0; ///< of Profile::runs()
    std::size_t endRun = 0;
    std::size_t blamedRun = 0; ///< that took most of it
    BlockerKind kind = BlockerKind::Callback;
    quint64 length() const { return ended - begun; }
};

/// All holds of the same kind by the same function, with those who waited for them.
struct Blocker
{
    BlockerKind kind = BlockerKind::Callback;
    SiteId function = 0; ///< of the callback; of a drain, of the job that took most of it
    TaskKind taskKind = TaskKind::Internal;
    SubjectId worstTask = 0; ///< for its name
    quint64 count = 0;
    quint64 total = 0; ///< ns that the loop was held
    quint64 longest = 0; ///< ns
    quint64 jobs = 0; ///< of drains: microtasks or ticks in all holds
    quint32 worstEvent = 0; ///< TaskBegun of the longest hold's blamed run
    std::vector<SiteId> callPath; ///< functions from the callback down to where most of the longest hold's time went
    quint64 harm = 0; ///< ns: what all victims waited because of it, together
    quint64 victimCount = 0;
    std::vector<Victim> victims; ///< those that waited longest, at most BlockingReport::mostVictims
    /// Latency of the clients' requests (or, where there are none, of callbacks of timers and I/O that waited for it: their lateness), as
    /// it was and as it had been without this blocker; ns.
    bool isOfRequests = false;
    quint64 p99With = 0;
    quint64 p99Without = 0;
};

/// Who held a loop longer than a threshold, and who waited because of it. Made from a Profile at once; O(n log n) in its callbacks.
///
/// A *hold* is the time from the beginning of a callback to the end of the last tick and microtask that runs before the loop may go on. It
/// is blamed on the callback that took most of it; where ticks or microtasks took most but none of them half of it, on the drain. A
/// callback that was ready (its time had come, its I/O was done) during a hold and began after it is a victim, and the part of its waiting
/// that lies in the hold is the harm done to it.
class BlockingReport
{
public:
    static constexpr quint64 usualThreshold = 10'000'000; ///< ns: at 60 frames/s more than half of one; libuv's own timers count in ms
    static constexpr std::size_t mostVictims = 100;

    explicit BlockingReport(const Profile &profile, quint64 threshold = usualThreshold);

    /// The most harmful first; of equal harm those that held the loop longest.
    const std::vector<Blocker> &blockers() const { return m_blockers; }
    /// All holds above the threshold, in the order of time.
    const std::vector<Hold> &holds() const { return m_holds; }
    quint64 threshold() const { return m_threshold; }
    /// ns, of all holds above the threshold.
    quint64 heldTime() const;
    /// Lengths of all holds, also of those below the threshold: how long the loop did not look for what is next.
    const DurationFigures &delay() const { return m_delay; }
    /// The same by length: how many took less than 2^i us and not less than half of it; the last also all longer ones.
    const std::vector<quint64> &delayHistogram() const { return m_histogram; }

private:
    void findHolds(const Profile &profile);
    void blame(const Profile &profile, Hold &hold) const;
    void gather(const Profile &profile);
    void findVictims(const Profile &profile);
    void addVictim(const Victim &victim, quint64 from, quint64 to);
    void measureRequests(const Profile &profile);

    quint64 m_threshold;
    std::vector<Hold> m_holds;
    std::vector<std::size_t> m_blockerOfHold;
    std::vector<Blocker> m_blockers;
    /// By blocker: what each request, or late callback, waited because of it. ns.
    std::vector<std::map<quint64, quint64>> m_delays;
    DurationFigures m_delay;
    std::vector<quint64> m_histogram;
};

} // namespace loopscope
