// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/Forecast.h"

#include <algorithm>

namespace loopscope {

namespace {

std::optional<TaskState> first(const LoopState &state, LoopQueue queue)
{
    const std::vector<TaskState> waiting = state.waiting(queue, 1);
    return waiting.empty() ? std::nullopt : std::optional(waiting.front());
}

/// Of several timers that are due, the lists by duration decide which is the first; they are not recorded.
Forecast ofDueTimers(const LoopState &state)
{
    const std::vector<TaskState> timers = state.waiting(LoopQueue::Timers, 2);
    const auto due =
        std::count_if(timers.begin(), timers.end(), [&](const TaskState &timer) { return timer.dueAt && *timer.dueAt <= state.time; });
    return due == 0 ? Forecast{Forecast::Turn::AfterTimers} : Forecast{Forecast::Turn::Timer, due == 1 ? timers.front().id : 0};
}

bool keepsLoopAlive(const LoopState &state)
{
    const LoopQueue queues[] = {LoopQueue::Timers, LoopQueue::Pending, LoopQueue::Poll, LoopQueue::Check, LoopQueue::Closing};
    return !state.requests.isEmpty() || state.keepingHandles > 0
        || std::any_of(std::begin(queues), std::end(queues), [&](LoopQueue queue) { return state.waitingCount(queue) > 0; });
}

} // namespace

Forecast Forecast::of(const LoopState &state, quint64 phaseEvent, bool drainsMicrotasks)
{
    const auto tick = first(state, LoopQueue::NextTick);
    const auto microtask = first(state, LoopQueue::Microtasks);
    if (microtask && (drainsMicrotasks || !tick))
        return {Turn::Microtask, microtask->id};
    if (tick)
        return {Turn::Tick, tick->id};
    return ofPhase(state, phaseEvent);
}

Forecast Forecast::ofPhase(const LoopState &state, quint64 phaseEvent)
{
    if (state.pollWait) {
        const auto timer = first(state, LoopQueue::Timers);
        return {Turn::Waits, timer ? timer->id : 0};
    }
    switch (state.phase) {
    case Phase::None:
        if (state.iteration > 0 || state.runningTasks.empty())
            return {};
        return {keepsLoopAlive(state) ? Turn::LoopBegins : Turn::NothingWaits};
    case Phase::Timers:
        return ofDueTimers(state);
    case Phase::PendingCallbacks:
        if (const auto pending = first(state, LoopQueue::Pending))
            return {Turn::Pending, pending->id};
        return {Turn::AfterPending};
    case Phase::IdlePrepare:
        return {Turn::AfterPending};
    case Phase::Poll:
        // What handles tell during this poll phase has its turn in the next one, unless its handle is being read: that is not recorded.
        if (const auto done = first(state, LoopQueue::Poll); done && done->ready)
            return {Turn::FinishedIo, state.handles.isEmpty() ? done->id : 0};
        if (const auto pending = first(state, LoopQueue::Pending))
            return {Turn::Pending, pending->id};
        if (const auto immediate = first(state, LoopQueue::Check))
            return {Turn::CheckAfterPoll, immediate->id};
        return {Turn::AfterPoll};
    case Phase::Check:
        if (const auto immediate = first(state, LoopQueue::Check); immediate && immediate->createdEvent < phaseEvent)
            return {Turn::Immediate, immediate->id};
        return {Turn::AfterCheck};
    case Phase::ClosingCallbacks:
        // The handle closed last has its callback first, and its requests theirs before that.
        if (const auto closing = state.waiting(LoopQueue::Closing, 2); !closing.empty())
            return {Turn::Closing, closing.size() == 1 && closing.front().createdEvent < phaseEvent ? closing.front().id : 0};
        return {Turn::AfterClosing};
    }
    return {};
}

} // namespace loopscope
