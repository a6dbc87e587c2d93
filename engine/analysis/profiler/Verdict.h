// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/BlockingReport.h"
#include "analysis/profiler/Profile.h"

#include <vector>

namespace loopscope {

/// Something that a profile shows to be wrong, with the figures that prove it. Which of them are used depends on the kind.
struct ProfileFinding
{
    enum class Kind : quint8 {
        CpuBound, ///< `amount` ns in holds above the threshold, of `of` ns in all; `site` took most; `share` of the run's time
        StarvedByMicrotasks, ///< as CpuBound, of drains
        StarvedByTicks,
        PoolSaturated, ///< requests waited `amount` ns at p50 for a thread and were served `of` ns; `count` waited at once
        SerialAwaits, ///< `amount` ns could be saved of `of` ns; from `site`; the text was read for what they need if `isRead`
        TimerStorm, ///< `count` timers from `site` fired, `amount` ns apart
        UnhandledRejections, ///< `count`
        UncaughtErrors, ///< `count`
        PromiseLeak, ///< pending promises grew to `count`
        TimerLeak, ///< timers that are set grew to `count`
        ChattyIo, ///< `count` requests from `site`, `amount` ns apart
    };
    Kind kind = Kind::CpuBound;
    quint64 count = 0;
    quint64 amount = 0;
    quint64 of = 0;
    double share = 0; ///< 0 to 1
    SiteId site = 0;
    quint32 event = 0; ///< where to look first
    /// How much of the run's time it costs, 0 to 1; broken things have 2. Findings are sorted by it.
    double weight = 0;
    bool isRead = false;
};

/// What is wrong with a run, in the order of importance; none: it is healthy. Limits are constants of the source with their reasons.
class Verdict
{
public:
    Verdict(const Profile &profile, const BlockingReport &blocking);
    const std::vector<ProfileFinding> &findings() const { return m_findings; }
    bool isHealthy() const { return m_findings.empty(); }

private:
    void judgeBlocking(const Profile &profile, const BlockingReport &blocking);
    void judgePool(const Profile &profile);
    void judgeAwaits(const Profile &profile);
    void judgeTimers(const Profile &profile);
    void judgeErrors(const Profile &profile);
    void judgeGrowth(const Profile &profile);
    void judgeIo(const Profile &profile);

    std::vector<ProfileFinding> m_findings;
};

} // namespace loopscope
