// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/AwaitProfile.h"

#include "script/AwaitNeeds.h"

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

RecordedAwaitNeeds::RecordedAwaitNeeds() = default;
RecordedAwaitNeeds::~RecordedAwaitNeeds() = default;
RecordedAwaitNeeds::RecordedAwaitNeeds(RecordedAwaitNeeds &&) noexcept = default;
RecordedAwaitNeeds &RecordedAwaitNeeds::operator=(RecordedAwaitNeeds &&) noexcept = default;

const std::vector<SiteId> *RecordedAwaitNeeds::of(SiteId await, const RecordingReader &reader)
{
    const auto [known, isNew] = m_known.try_emplace(await);
    if (const SitePlace place = isNew ? reader.place(await) : SitePlace(); place.isValid()) {
        std::unique_ptr<AwaitNeeds> &source = m_sources[place.source];
        if (!source)
            source = std::make_unique<AwaitNeeds>(*place.source);
        if (const auto needed = source->of(await - place.firstSite)) {
            known->second.emplace();
            for (const quint32 each : *needed)
                known->second->push_back(place.firstSite + each);
        }
    }
    return known->second ? &*known->second : nullptr;
}

void AwaitProfile::count(const Promise &promise, SerialByAwait &all)
{
    const Series *series = promise.series.get();
    if (!series || series->total <= series->together)
        return;
    SerialAwaits &serial = all[series->firstAwait];
    if (series->total - series->together > serial.saving() || serial.runs == 0)
        serial.event = series->firstEvent;
    serial.function = promise.function;
    serial.firstAwait = series->firstAwait;
    serial.lastAwait = series->lastAwait;
    ++serial.runs;
    serial.waits += series->waits;
    serial.total += series->total;
    serial.together += series->together;
    serial.isRead = serial.isRead && series->isRead;
}

void AwaitProfile::addToSeries(SiteId await, quint64 waited, Promise &promise, const RecordingReader &reader)
{
    if (!promise.series) {
        promise.series = std::make_unique<Series>();
        promise.series->firstAwait = await;
        promise.series->firstEvent = promise.suspendedEvent;
    }
    Series &series = *promise.series;
    series.lastAwait = await;
    ++series.waits;
    series.total += waited;
    quint64 chain = 0;
    std::pair<SiteId, quint64> *own = nullptr;
    const std::vector<SiteId> *needed = m_needs.of(await, reader);
    series.isRead = series.isRead && needed;
    for (auto &each : series.chains) {
        if (needed && std::ranges::find(*needed, each.first) != needed->end())
            chain = std::max(chain, each.second);
        if (each.first == await)
            own = &each;
    }
    chain += waited;
    if (own)
        own->second = std::max(own->second, chain);
    else
        series.chains.emplace_back(await, chain);
    series.together = std::max(series.together, chain);
}

void AwaitProfile::resume(const Event &event, Promise &promise, const RecordingReader &reader)
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
    const bool wasStartedEarlier = promise.series && awaited && awaited->created < wentOn;
    const bool isNodes = event.site == 0;
    if (waited >= shortest && !wasStartedEarlier && !isNodes)
        addToSeries(event.site, waited, promise, reader);
}

void AwaitProfile::add(const Event &event, quint64 index, const TaskRuns &runs, const RecordingReader &reader)
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
            count(*promise, m_serial);
            promise->series.reset();
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
            resume(event, *promise, reader);
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
    SerialByAwait all = m_serial;
    count(m_topLevel, all); // nothing tells its end
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
