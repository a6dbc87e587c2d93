// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/AwaitProfile.h"

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

AwaitedThing thingThatRuns(const TaskRuns &runs)
{
    const TaskRun *run = runs.running();
    if (!run)
        return AwaitedThing::Nothing;
    switch (run->kind) {
    case TaskKind::Timeout:
    case TaskKind::Interval:
        return AwaitedThing::Timer;
    case TaskKind::IoCallback:
    case TaskKind::PendingCallback:
        return AwaitedThing::Io;
    default:
        return AwaitedThing::Promise;
    }
}

} // namespace

void AwaitProfile::closeSeries(Promise &promise, std::unordered_map<SiteId, SerialAwaits> &all)
{
    if (promise.waitsInSeries >= 2 && promise.total > promise.longest) {
        SerialAwaits &serial = all[promise.firstAwait];
        if (promise.total - promise.longest > serial.saving() || serial.runs == 0)
            serial.event = promise.firstEvent;
        serial.function = promise.function;
        serial.firstAwait = promise.firstAwait;
        serial.lastAwait = promise.lastAwait;
        ++serial.runs;
        serial.waits += promise.waitsInSeries;
        serial.total += promise.total;
        serial.together += promise.longest;
    }
    promise.firstAwait = promise.lastAwait = 0;
    promise.waitsInSeries = promise.total = promise.longest = 0;
}

void AwaitProfile::resume(const Event &event, Promise &promise)
{
    if (!promise.waits)
        return;
    promise.waits = false;
    const quint64 waited = event.time - promise.suspended;
    AwaitCost &cost = m_awaits[event.site];
    --cost.waiting;
    ++cost.count;
    cost.total += waited;
    m_awaitedIn[cost.function] += waited;
    if (waited >= cost.longest) {
        cost.longest = waited;
        cost.longestEvent = promise.suspendedEvent;
    }
    const Promise *awaited = m_promises.find(static_cast<SubjectId>(event.value));
    const AwaitedThing thing = awaited ? awaited->settledBy : AwaitedThing::Nothing;
    ++cost.byThing[static_cast<std::size_t>(thing)];
    const quint64 wentOn = std::exchange(promise.resumed, event.time);
    // What was started before the wait before it was over is under way together with it already.
    const bool wasStartedEarlier = promise.waitsInSeries > 0 && awaited && awaited->created < wentOn;
    if (waited < shortest || wasStartedEarlier)
        return;
    if (promise.waitsInSeries == 0) {
        promise.firstAwait = event.site;
        promise.firstEvent = promise.suspendedEvent;
    }
    promise.lastAwait = event.site;
    ++promise.waitsInSeries;
    promise.total += waited;
    promise.longest = std::max(promise.longest, waited);
}

void AwaitProfile::add(const Event &event, quint64 index, const TaskRuns &runs)
{
    switch (event.kind) {
    case EventKind::PromiseCreated:
        if (Promise *promise = m_promises.make(event.subject, index)) {
            *promise = {};
            promise->created = promise->resumed = event.time;
            if (static_cast<PromiseOrigin>(event.detail) == PromiseOrigin::AsyncFunction)
                promise->function = static_cast<SiteId>(event.value);
        }
        break;
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        if (Promise *promise = m_promises.find(event.subject)) {
            promise->settledBy = thingThatRuns(runs);
            closeSeries(*promise, m_serial);
        }
        break;
    case EventKind::AwaitSuspended: {
        Promise *promise = event.subject == 0 ? &m_topLevel : m_promises.find(event.subject);
        if (!promise || promise->waits)
            break;
        promise->waits = true;
        promise->suspended = event.time;
        promise->suspendedEvent = static_cast<quint32>(index);
        AwaitCost &cost = m_awaits[event.site];
        cost.await = event.site;
        cost.function = promise->function;
        ++cost.waiting;
        break;
    }
    case EventKind::AwaitResumed:
        if (Promise *promise = event.subject == 0 ? &m_topLevel : m_promises.find(event.subject))
            resume(event, *promise);
        break;
    default:
        break;
    }
}

std::vector<AwaitCost> AwaitProfile::awaits() const
{
    std::vector<AwaitCost> sorted;
    for (const auto &each : m_awaits)
        sorted.push_back(each.second);
    std::ranges::sort(sorted, [](const AwaitCost &left, const AwaitCost &right) {
        return left.total != right.total ? left.total > right.total : left.await < right.await;
    });
    return sorted;
}

std::vector<SerialAwaits> AwaitProfile::serial() const
{
    std::unordered_map<SiteId, SerialAwaits> all = m_serial;
    Promise topLevel = m_topLevel; // nothing tells its end
    closeSeries(topLevel, all);
    std::vector<SerialAwaits> sorted;
    for (const auto &each : all)
        sorted.push_back(each.second);
    std::ranges::sort(sorted, [](const SerialAwaits &left, const SerialAwaits &right) {
        return left.saving() != right.saving() ? left.saving() > right.saving() : left.firstAwait < right.firstAwait;
    });
    return sorted;
}

quint64 AwaitProfile::awaitedIn(SiteId function) const
{
    const auto awaited = m_awaitedIn.find(function);
    return awaited == m_awaitedIn.end() ? 0 : awaited->second;
}

} // namespace loopscope
