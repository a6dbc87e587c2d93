// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/Verdict.h"

#include <algorithm>
#include <array>
#include <map>

namespace loopscope {

namespace {

/// A loop that is held for less than this part of the time serves others between.
constexpr double leastShareHeld = 0.05;
/// Saving less than this of a run is not worth reading code anew; nor is less than a millisecond.
constexpr double leastShareSaved = 0.05;
constexpr quint64 leastSaving = 1'000'000; // ns
/// A queue of a pool is normal for a moment; that half of the requests wait longer than they work is not.
constexpr quint64 leastQueuedRequests = 8;
/// Timers of one place that fire this often, and closer than two milliseconds, keep the loop from sleeping.
constexpr quint64 leastStorm = 200;
constexpr quint64 stormGap = 2'000'000; // ns
/// Growth in each quarter of the run, to at least so many.
constexpr quint64 leastLeak = 50;
/// Requests from one place; each costs the system call and two changes of thread.
constexpr quint64 leastChatter = 100;
constexpr quint64 chatterGap = 1'000'000; // ns

double shareOf(quint64 part, quint64 whole) { return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole); }

} // namespace

Verdict::Verdict(const Profile &profile, const BlockingReport &blocking)
{
    judgeErrors(profile);
    judgeBlocking(profile, blocking);
    judgePool(profile);
    judgeAwaits(profile);
    judgeTimers(profile);
    judgeGrowth(profile);
    judgeIo(profile);
    std::ranges::stable_sort(m_findings, std::greater(), &ProfileFinding::weight);
}

void Verdict::judgeBlocking(const Profile &profile, const BlockingReport &blocking)
{
    struct Sum
    {
        quint64 held = 0;
        quint64 count = 0;
        quint64 harm = 0;
        const Blocker *worst = nullptr;
    };
    std::array<Sum, 3> sums;
    for (const Blocker &blocker : blocking.blockers()) {
        Sum &sum = sums[static_cast<std::size_t>(blocker.kind)];
        sum.held += blocker.total;
        sum.count += blocker.count;
        sum.harm += blocker.harm;
        if (!sum.worst || blocker.total > sum.worst->total)
            sum.worst = &blocker;
    }
    constexpr std::array kinds = {
        ProfileFinding::Kind::CpuBound, ProfileFinding::Kind::StarvedByMicrotasks, ProfileFinding::Kind::StarvedByTicks};
    for (std::size_t i = 0; i < sums.size(); ++i) {
        const double share = shareOf(sums[i].held, profile.metrics().endTime());
        // Nobody is harmed by a script that only computes: then it is the work itself that is long, which deserves a word all the same.
        if (!sums[i].worst || (share < leastShareHeld && sums[i].harm == 0))
            continue;
        m_findings.push_back({kinds[i], sums[i].count, sums[i].held, profile.metrics().endTime(), share, sums[i].worst->function,
            sums[i].worst->worstEvent, share});
    }
}

void Verdict::judgePool(const Profile &profile)
{
    const PoolFigures pool = profile.metrics().pool();
    if (pool.queued.count < leastQueuedRequests || pool.queued.p50 <= pool.served.p50 || pool.threads == 0)
        return;
    ProfileFinding finding{ProfileFinding::Kind::PoolSaturated, pool.longestQueue, pool.queued.p50, pool.served.p50};
    finding.share = shareOf(pool.served.sum / pool.threads, profile.metrics().endTime());
    finding.weight = finding.share;
    m_findings.push_back(finding);
}

void Verdict::judgeAwaits(const Profile &profile)
{
    const std::vector<SerialAwaits> serial = profile.awaits().serial();
    if (serial.empty())
        return;
    const SerialAwaits &worst = serial.front();
    const double share = shareOf(worst.saving() / std::max<quint64>(worst.runs, 1), profile.metrics().endTime());
    if (worst.saving() < leastSaving || (share < leastShareSaved && shareOf(worst.saving(), worst.total) < 0.5))
        return;
    ProfileFinding finding{
        ProfileFinding::Kind::SerialAwaits, worst.waits, worst.saving(), worst.total, share, worst.firstAwait, worst.event};
    finding.isRead = worst.isRead;
    finding.weight = std::min(share, 1.0) * 0.9;
    m_findings.push_back(finding);
}

void Verdict::judgeTimers(const Profile &profile)
{
    struct Fired
    {
        quint64 count = 0;
        quint64 first = 0;
        quint64 last = 0;
        quint64 ran = 0;
        quint32 event = 0;
    };
    std::map<SiteId, Fired> fired;
    for (const TaskRun &run : profile.runs().all()) {
        if (run.kind != TaskKind::Timeout && run.kind != TaskKind::Interval)
            continue;
        Fired &each = fired[run.scheduledAt];
        if (each.count++ == 0) {
            each.first = run.begun;
            each.event = run.event;
        }
        each.last = run.begun;
        each.ran += run.ran();
    }
    for (const auto &[site, each] : fired) {
        const quint64 gap = each.count < 2 ? ~0ULL : (each.last - each.first) / (each.count - 1);
        if (each.count < leastStorm || gap > stormGap)
            continue;
        const double share = shareOf(each.last - each.first, profile.metrics().endTime());
        m_findings.push_back({ProfileFinding::Kind::TimerStorm, each.count, gap, 0, share, site, each.event, share * 0.3});
    }
}

void Verdict::judgeErrors(const Profile &profile)
{
    if (profile.uncaughtErrors() > 0)
        m_findings.push_back({ProfileFinding::Kind::UncaughtErrors, profile.uncaughtErrors(), 0, 0, 0, 0, profile.firstUncaught(), 3});
    if (profile.unhandledRejections() > 0)
        m_findings.push_back(
            {ProfileFinding::Kind::UnhandledRejections, profile.unhandledRejections(), 0, 0, 0, 0, profile.firstUnhandled(), 2});
}

void Verdict::judgeGrowth(const Profile &profile)
{
    const std::vector<Profile::Level> &levels = profile.levels();
    if (levels.size() < 8)
        return;
    const auto judge = [&](ProfileFinding::Kind kind, quint64 Profile::Level::*number) {
        // Least of each quarter: what is there even when it is quiet.
        std::array<quint64, 4> least{};
        for (std::size_t quarter = 0; quarter < 4; ++quarter) {
            const auto from = levels.begin() + static_cast<std::ptrdiff_t>(quarter * levels.size() / 4);
            const auto to = levels.begin() + static_cast<std::ptrdiff_t>((quarter + 1) * levels.size() / 4);
            least[quarter] =
                (*std::min_element(from, to, [&](const auto &left, const auto &right) { return left.*number < right.*number; })).*number;
        }
        const bool grows =
            least[0] < least[1] && least[1] < least[2] && least[2] < least[3] && least[3] >= 2 * std::max<quint64>(least[1], 1);
        if (grows && least[3] >= leastLeak)
            m_findings.push_back({kind, least[3], 0, 0, 0, 0, 0, 0.5});
    };
    judge(ProfileFinding::Kind::PromiseLeak, &Profile::Level::promises);
    judge(ProfileFinding::Kind::TimerLeak, &Profile::Level::timers);
}

void Verdict::judgeIo(const Profile &profile)
{
    const auto most = std::ranges::max_element(profile.requestsFrom(), {}, [](const auto &each) { return each.second; });
    if (most == profile.requestsFrom().end() || most->first == 0 || most->second < leastChatter)
        return;
    const quint64 gap = profile.metrics().endTime() / most->second;
    if (gap > chatterGap)
        return;
    const double share = shareOf(profile.metrics().busy() + profile.metrics().polled(), profile.metrics().endTime());
    m_findings.push_back({ProfileFinding::Kind::ChattyIo, most->second, gap, 0, share, most->first, 0, 0.1});
}

} // namespace loopscope
