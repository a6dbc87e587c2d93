// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/BlockingReport.h"

#include <algorithm>
#include <bit>
#include <numeric>
#include <tuple>
#include <unordered_set>

namespace loopscope {

namespace {

constexpr quint64 nanosecondsPerMicrosecond = 1000;
constexpr std::size_t histogramSize = 32;

Victim::Kind victimKind(TaskKind kind)
{
    switch (kind) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return Victim::Kind::Timer;
    case TaskKind::Immediate:
        return Victim::Kind::Immediate;
    case TaskKind::IoCallback:
    case TaskKind::PendingCallback:
        return Victim::Kind::Io;
    case TaskKind::CloseCallback:
        return Victim::Kind::Closing;
    default:
        return Victim::Kind::Other;
    }
}

/// What several callbacks of a request waited at once, it waited once.
std::vector<RequestWait> withoutOverlaps(std::vector<RequestWait> waits)
{
    std::ranges::sort(waits, [](const RequestWait &left, const RequestWait &right) {
        return std::tie(left.request, left.from, left.to) < std::tie(right.request, right.from, right.to);
    });
    std::vector<RequestWait> joined;
    for (const RequestWait &wait : waits) {
        if (!joined.empty() && joined.back().request == wait.request && wait.from <= joined.back().to)
            joined.back().to = std::max(joined.back().to, wait.to);
        else
            joined.push_back(wait);
    }
    return joined;
}

} // namespace

BlockingReport::BlockingReport(const Profile &profile, quint64 threshold)
    : m_threshold(threshold)
    , m_histogram(histogramSize)
{
    findHolds(profile);
    gather(profile);
    findVictims(profile);
    measureRequests(profile);
    std::ranges::stable_sort(m_blockers,
        [](const Blocker &left, const Blocker &right) { return std::tie(left.harm, left.total) > std::tie(right.harm, right.total); });
}

quint64 BlockingReport::heldTime() const
{
    return std::accumulate(m_holds.begin(), m_holds.end(), quint64{0}, [](quint64 sum, const Hold &hold) { return sum + hold.length(); });
}

void BlockingReport::findHolds(const Profile &profile)
{
    const std::vector<TaskRun> &runs = profile.runs().all();
    std::vector<quint64> lengths;
    for (std::size_t first = 0; first < runs.size();) {
        Hold hold{runs[first].begun, runs[first].ended, first, first + 1};
        for (; hold.endRun < runs.size() && runs[hold.endRun].hold == runs[first].hold; ++hold.endRun)
            hold.ended = std::max(hold.ended, runs[hold.endRun].ended);
        first = hold.endRun;
        lengths.push_back(hold.length());
        ++m_histogram[std::min<std::size_t>(std::bit_width(hold.length() / nanosecondsPerMicrosecond), histogramSize - 1)];
        if (hold.length() < m_threshold)
            continue;
        blame(profile, hold);
        m_holds.push_back(hold);
    }
    m_delay = DurationFigures::of(std::move(lengths));
}

void BlockingReport::blame(const Profile &profile, Hold &hold) const
{
    const std::vector<TaskRun> &runs = profile.runs().all();
    quint64 ticks = 0;
    quint64 microtasks = 0;
    hold.blamedRun = hold.firstRun;
    std::size_t longestTick = hold.firstRun;
    std::size_t longestMicrotask = hold.firstRun;
    for (std::size_t i = hold.firstRun; i < hold.endRun; ++i) {
        const TaskRun &run = runs[i];
        if (run.isNested)
            continue;
        if (run.ran() > runs[hold.blamedRun].ran())
            hold.blamedRun = i;
        if (!run.isDrained())
            continue;
        // With what it takes to come from one job to the next.
        const quint64 next = i + 1 < hold.endRun ? std::max(runs[i + 1].begun, run.ended) : hold.ended;
        const bool isTick = run.kind == TaskKind::Tick;
        (isTick ? ticks : microtasks) += next - run.begun;
        std::size_t &longest = isTick ? longestTick : longestMicrotask;
        if (!runs[longest].isDrained() || run.ran() > runs[longest].ran())
            longest = i;
    }
    if (2 * runs[hold.blamedRun].ran() >= hold.length() || 2 * (ticks + microtasks) < hold.length())
        return;
    hold.kind = ticks > microtasks ? BlockerKind::TickFlood : BlockerKind::MicrotaskDrain;
    hold.blamedRun = ticks > microtasks ? longestTick : longestMicrotask;
}

void BlockingReport::gather(const Profile &profile)
{
    const std::vector<TaskRun> &runs = profile.runs().all();
    std::map<std::tuple<BlockerKind, SiteId, TaskKind>, std::size_t> known;
    for (const Hold &hold : m_holds) {
        const TaskRun &blamed = runs[hold.blamedRun];
        const auto [place, isNew] = known.emplace(std::tuple(hold.kind, blamed.function, blamed.kind), m_blockers.size());
        if (isNew)
            m_blockers.emplace_back();
        m_blockerOfHold.push_back(place->second);
        Blocker &blocker = m_blockers[place->second];
        blocker.kind = hold.kind;
        blocker.function = blamed.function;
        blocker.taskKind = blamed.kind;
        ++blocker.count;
        blocker.total += hold.length();
        for (std::size_t i = hold.firstRun; i < hold.endRun; ++i)
            blocker.jobs += runs[i].isDrained() ? 1 : 0;
        if (hold.length() <= blocker.longest)
            continue;
        blocker.longest = hold.length();
        blocker.worstEvent = blamed.event;
        blocker.worstTask = blamed.task;
        blocker.callPath.clear();
        for (const quint32 node : profile.callTree().path(profile.hottest(hold.blamedRun)))
            blocker.callPath.push_back(profile.callTree().nodes()[node].function);
        // A callback's own call stands right below it.
        if (blocker.callPath.size() >= 2 && blocker.callPath[0] == blocker.callPath[1])
            blocker.callPath.erase(blocker.callPath.begin());
    }
    m_delays.resize(m_blockers.size());
}

void BlockingReport::addVictim(const Victim &victim, quint64 from, quint64 to)
{
    auto hold = std::ranges::upper_bound(m_holds, from, {}, &Hold::ended);
    for (; hold != m_holds.end() && hold->begun < to; ++hold) {
        const quint64 begun = std::max(from, hold->begun);
        const quint64 ended = std::min(to, hold->ended);
        if (ended <= begun)
            continue;
        const std::size_t number = m_blockerOfHold[static_cast<std::size_t>(hold - m_holds.begin())];
        Blocker &blocker = m_blockers[number];
        blocker.harm += ended - begun;
        const quint32 event = victim.kind == Victim::Kind::Request ? 0 : victim.event;
        quint64 &delay = m_delays[number][(quint64{victim.subject} << 32U) | event];
        blocker.victimCount += delay == 0 ? 1 : 0;
        delay += ended - begun;
        Victim found = victim;
        found.delay = ended - begun;
        blocker.victims.push_back(found);
        // Kept to those that waited longest, now and then.
        if (blocker.victims.size() >= 2 * mostVictims) {
            std::ranges::stable_sort(blocker.victims, std::greater(), &Victim::delay);
            blocker.victims.resize(mostVictims);
        }
    }
}

void BlockingReport::findVictims(const Profile &profile)
{
    if (m_holds.empty())
        return;
    // The request stands for its callbacks.
    std::unordered_set<quint32> ofRequests;
    for (const RequestWait &wait : profile.requestWaits())
        ofRequests.insert(wait.event);
    for (const TaskRun &run : profile.runs().all()) {
        // What the blocker itself left to do before the loop goes on did not wait for the loop.
        if (run.isDrained() || run.isNested || run.waited() == 0 || ofRequests.contains(run.event))
            continue;
        addVictim({victimKind(run.kind), run.task, run.function, 0, run.waited(), run.event}, run.ready, run.begun);
    }
    for (const RequestWait &wait : withoutOverlaps(profile.requestWaits()))
        addVictim({Victim::Kind::Request, wait.request, 0, 0, wait.to - wait.from, wait.event}, wait.from, wait.to);
    for (Blocker &blocker : m_blockers) {
        std::ranges::stable_sort(blocker.victims, std::greater(), &Victim::delay);
        blocker.victims.resize(std::min(blocker.victims.size(), mostVictims));
    }
}

void BlockingReport::measureRequests(const Profile &profile)
{
    const bool isOfRequests = !profile.requests().empty();
    for (std::size_t number = 0; number < m_blockers.size(); ++number) {
        std::vector<quint64> with;
        std::vector<quint64> without;
        const auto add = [&](quint64 key, quint64 latency) {
            const auto delay = m_delays[number].find(key);
            with.push_back(latency);
            without.push_back(latency - std::min(latency, delay == m_delays[number].end() ? 0 : delay->second));
        };
        if (isOfRequests) {
            for (const RequestSpan &request : profile.requests())
                add(quint64{request.request} << 32U, request.ended - request.sent);
        } else {
            for (const TaskRun &run : profile.runs().all()) {
                const Victim::Kind kind = victimKind(run.kind);
                if (!run.isNested && (kind == Victim::Kind::Timer || kind == Victim::Kind::Io))
                    add((quint64{run.task} << 32U) | run.event, run.waited());
            }
        }
        m_blockers[number].isOfRequests = isOfRequests;
        m_blockers[number].p99With = DurationFigures::of(std::move(with)).p99;
        m_blockers[number].p99Without = DurationFigures::of(std::move(without)).p99;
    }
}

} // namespace loopscope
