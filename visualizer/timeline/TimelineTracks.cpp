// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "timeline/TimelineTracks.h"

#include "state/NodesWork.h"

#include "theme/Palette.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace loopscope {

namespace {

int categoryOf(Hue hue) { return static_cast<int>(hue); }

bool isMicrotask(TaskKind kind)
{
    const Hue hue = hueOf(kind);
    return hue == Hue::Tick || hue == Hue::Microtask;
}

bool isTimer(quint8 detail)
{
    const auto kind = static_cast<TaskKind>(detail);
    return kind == TaskKind::Timeout || kind == TaskKind::Interval;
}

Hue hueOfThread(quint8 activity)
{
    switch (static_cast<ThreadActivity>(activity)) {
    case ThreadActivity::Running:
        return Hue::Script;
    case ThreadActivity::Ready:
        return Hue::Timers;
    default:
        return Hue::Structure;
    }
}

} // namespace

const std::vector<SpanTrack> &TimelineTracks::rows(TrackGroup group) const
{
    if (group == TrackGroup::Timers)
        return m_timers.tracks();
    if (group == TrackGroup::Requests)
        return m_requests.tracks();
    if (group == TrackGroup::Served)
        return m_served.tracks();
    return m_rows[static_cast<std::size_t>(group)];
}

SpanTrack &TimelineTracks::row(TrackGroup group, std::size_t number)
{
    std::vector<SpanTrack> &rows = m_rows[static_cast<std::size_t>(group)];
    if (rows.size() <= number)
        rows.resize(number + 1);
    return rows[number];
}

void TimelineTracks::clear() { *this = TimelineTracks(); }

std::size_t TimelineTracks::bytes() const
{
    std::size_t all = m_times.bytes();
    for (std::size_t group = 0; group < trackGroupCount; ++group) {
        for (const SpanTrack &track : rows(static_cast<TrackGroup>(group)))
            all += track.bytes();
    }
    return all;
}

void TimelineTracks::add(const Event &event)
{
    m_event = eventCount();
    if (m_event >= std::numeric_limits<quint32>::max())
        return;
    m_times.add(event.time);
    m_time = m_times.last();
    if (event.kind >= EventKind::ThreadStarted) {
        addServerEvent(event);
        return;
    }
    if (event.loop() != 0) {
        addOtherLoopEvent(event);
        return;
    }
    const auto kind = static_cast<quint8>(event.kind);
    if (kind < static_cast<quint8>(EventKind::TaskCreated)) {
        addLoopEvent(event);
        return;
    }
    if (m_phase != Phase::None && !m_isPhaseShown)
        showPhase();
    if (kind < static_cast<quint8>(EventKind::PromiseCreated))
        addTaskEvent(event);
    else if (kind >= static_cast<quint8>(EventKind::ConsoleText) || event.kind == EventKind::RejectionUnhandled)
        addNote(event);
    else if (kind >= static_cast<quint8>(EventKind::IoSubmitted))
        addRequestEvent(event);
    else if (kind >= static_cast<quint8>(EventKind::CallEntered))
        addCallEvent(event);
}

// --- iterations and phases -----------------------------------------------------------------------------------------------------------

void TimelineTracks::addLoopEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::IterationStarted:
        endPhase(m_event - 1);
        row(TrackGroup::Iterations).close(m_event - 1, m_time - m_iterationSince);
        row(TrackGroup::Iterations).open(m_event, categoryOf(Hue::Structure));
        m_iterationSince = m_time;
        break;
    case EventKind::PhaseEntered:
        endPhase(m_event - 1);
        m_phase = event.phase();
        m_phaseEntered = m_event;
        m_phaseSince = m_time;
        break;
    case EventKind::PhaseLeft:
        endPhase(m_event);
        break;
    case EventKind::PollWaitStarted:
        if (m_phase != Phase::None && !m_isPhaseShown)
            showPhase();
        row(TrackGroup::PollWaits).open(m_event, categoryOf(Hue::Poll));
        m_waitSince = m_time;
        break;
    case EventKind::PollWaitEnded:
        row(TrackGroup::PollWaits).close(m_event, m_time - m_waitSince);
        break;
    case EventKind::RunEnded:
        endPhase(m_event);
        row(TrackGroup::PollWaits).close(m_event, m_time - m_waitSince);
        row(TrackGroup::Iterations).close(m_event, m_time - m_iterationSince);
        popTo(0);
        for (const OtherLoop &loop : std::as_const(m_loops))
            endLoop(loop);
        m_loops.clear();
        for (std::size_t thread = 0; thread < m_threadSince.size(); ++thread)
            endThreadSpan(thread);
        break;
    default:
        break;
    }
}

// --- loops beside the main one -------------------------------------------------------------------------------------------------------

void TimelineTracks::addOtherLoopEvent(const Event &event)
{
    if (event.kind == EventKind::LoopStarted)
        startLoop(event);
    const auto found = m_loops.find(event.loop());
    if (found == m_loops.end())
        return;
    OtherLoop &loop = found.value();
    SpanTrack &tasks = row(loop.tasksIn, loop.row);
    if (event.kind == EventKind::TaskBegun && loop.tasks++ == 0) {
        tasks.open(m_event, categoryOf(hueOf(static_cast<TaskKind>(event.detail))));
        loop.taskBeganAt = m_time;
    } else if (event.kind == EventKind::TaskEnded && loop.tasks > 0 && --loop.tasks == 0) {
        tasks.close(m_event, m_time - loop.taskBeganAt);
    } else if (event.kind == EventKind::LoopEnded) {
        endLoop(loop);
        m_loops.erase(found);
    }
}

/// It gets the first row that is free; a server's thread has that of its number.
void TimelineTracks::startLoop(const Event &event)
{
    const quint16 loop = event.loop();
    const auto kind = static_cast<LoopKind>(event.detail);
    if (kind == LoopKind::Thread || kind == LoopKind::Process) {
        m_loops.insert(loop, {loop, TrackGroup::ThreadTasks, 0, m_time, 0});
        return;
    }
    const auto row = static_cast<std::size_t>(std::countr_one(m_loopRowsTaken));
    if (row >= mostLoopRows || m_loops.contains(loop))
        return;
    m_loopRowsTaken |= quint32{1} << row;
    m_loops.insert(loop, {row, TrackGroup::LoopTasks, 0, m_time, 0});
    this->row(TrackGroup::Loops, row).open(m_event, categoryOf(Hue::Script));
}

void TimelineTracks::endLoop(const OtherLoop &loop)
{
    row(loop.tasksIn, loop.row).close(m_event, m_time - loop.taskBeganAt);
    if (loop.tasksIn == TrackGroup::ThreadTasks)
        return;
    row(TrackGroup::Loops, loop.row).close(m_event, m_time - loop.startedAt);
    m_loopRowsTaken &= ~(quint32{1} << loop.row);
}

/// A phase gets its span at the first thing that happens in it.
void TimelineTracks::showPhase()
{
    row(TrackGroup::Phases).open(m_phaseEntered, categoryOf(hueOf(m_phase)));
    m_isPhaseShown = true;
}

void TimelineTracks::endPhase(quint64 last)
{
    if (m_isPhaseShown)
        row(TrackGroup::Phases).close(last, m_time - m_phaseSince);
    m_isPhaseShown = false;
    m_phase = Phase::None;
}

// --- tasks and calls -----------------------------------------------------------------------------------------------------------------

void TimelineTracks::addTaskEvent(const Event &event)
{
    const auto kind = static_cast<TaskKind>(event.detail);
    switch (event.kind) {
    case EventKind::TaskCreated:
        if (isTimer(event.detail)) {
            armTimer(event.subject);
        } else if (kind == TaskKind::IoCallback) {
            if (const auto request = m_inFlight.find(event.cause); request != m_inFlight.end()) {
                request->hasCallback = true;
                m_callbacks.insert(event.subject, event.cause);
            }
        }
        break;
    case EventKind::TaskRearmed:
        if (isTimer(event.detail))
            armTimer(event.subject);
        break;
    case EventKind::TaskBegun:
        endTimer(event.subject, false);
        endRequest(m_callbacks.take(event.subject));
        push(event, event.subject, isMicrotask(kind) ? TrackGroup::Microtasks : TrackGroup::Callbacks,
            categoryOf(m_nodesWork != nullptr && m_nodesWork->isNodes(event.subject) ? Hue::Structure : hueOf(kind)));
        break;
    case EventKind::TaskEnded:
        for (std::size_t i = m_stack.size(); i > 0; --i) {
            if (m_stack[i - 1].task == event.subject) {
                popTo(i - 1);
                break;
            }
        }
        break;
    case EventKind::TaskCancelled:
        endTimer(event.subject, true);
        endRequest(m_callbacks.take(event.subject));
        break;
    default:
        break;
    }
}

void TimelineTracks::addCallEvent(const Event &event)
{
    if (event.kind == EventKind::CallEntered) {
        push(event, 0, TrackGroup::Calls, categoryOf(Hue::Script));
    } else if (event.kind == EventKind::CallLeft) {
        // The innermost call of that function, and with it what it called: what an error threw out of need not say so.
        for (std::size_t i = m_stack.size(); i > 0 && m_stack[i - 1].task == 0; --i) {
            if (m_stack[i - 1].function == event.site) {
                popTo(i - 1);
                break;
            }
        }
    }
}

/// `base` is where it goes if nothing else runs; what runs inside a task is a call, one row below the one around it.
void TimelineTracks::push(const Event &event, SubjectId task, TrackGroup base, int category)
{
    Frame frame{task, event.site, base, 0, m_time};
    if (!m_stack.empty()) {
        const bool isInOutermost = m_stack.size() == 1 && m_stack.front().group != TrackGroup::Calls;
        frame.group = TrackGroup::Calls;
        frame.row = isInOutermost ? 0 : m_stack.back().row + 1;
    }
    if (frame.row < mostCallRows)
        row(frame.group, frame.row).open(m_event, category);
    else
        m_hasDeeperCalls = true;
    m_stack.push_back(frame);
}

void TimelineTracks::popTo(std::size_t size)
{
    while (m_stack.size() > size) {
        const Frame &frame = m_stack.back();
        if (frame.row < mostCallRows)
            row(frame.group, frame.row).close(m_event, m_time - frame.beganAt);
        m_stack.pop_back();
    }
}

// --- what waits ----------------------------------------------------------------------------------------------------------------------

void TimelineTracks::armTimer(SubjectId timer)
{
    if (timer != 0 && !m_armed.contains(timer))
        m_armed.insert(timer, m_timers.open(m_event, m_time, categoryOf(Hue::Timers)));
}

void TimelineTracks::endTimer(SubjectId timer, bool isCancelled)
{
    if (const auto found = m_armed.constFind(timer); found != m_armed.constEnd()) {
        m_timers.close(found.value(), m_event, m_time, isCancelled);
        m_armed.erase(found);
    }
}

void TimelineTracks::addRequestEvent(const Event &event)
{
    if (event.kind == EventKind::IoSubmitted) {
        if (event.subject != 0 && !m_inFlight.contains(event.subject))
            m_inFlight.insert(event.subject, {m_requests.open(m_event, m_time, categoryOf(Hue::Poll))});
        return;
    }
    const auto found = m_inFlight.find(event.subject);
    if (found == m_inFlight.end())
        return;
    Request &request = found.value();
    const auto lane = static_cast<std::size_t>(request.lane);
    if (event.kind == EventKind::IoStarted && !request.isAtWork) {
        request.isAtWork = true;
        request.startedAt = m_time;
        request.thread = event.value > 0 && event.value <= static_cast<qint64>(mostPoolRows) ? static_cast<int>(event.value) : 0;
        if (request.lane != LaneTracks::crowd)
            row(TrackGroup::RequestWork, lane).open(m_event, categoryOf(Hue::Poll));
        if (request.thread > 0)
            row(TrackGroup::Pool, static_cast<std::size_t>(request.thread) - 1).open(m_event, categoryOf(Hue::Poll));
    } else if (event.kind == EventKind::IoCompleted) {
        const quint64 worked = m_time - request.startedAt;
        if (request.isAtWork && request.lane != LaneTracks::crowd)
            row(TrackGroup::RequestWork, lane).close(m_event, worked);
        if (request.isAtWork && request.thread > 0)
            row(TrackGroup::Pool, static_cast<std::size_t>(request.thread) - 1).close(m_event, worked);
        request.isAtWork = false;
        if (!request.hasCallback)
            endRequest(event.subject);
    }
}

/// Its callback begins, or will never, or it has none.
void TimelineTracks::endRequest(SubjectId id)
{
    if (const auto found = m_inFlight.constFind(id); found != m_inFlight.constEnd()) {
        m_requests.close(found->lane, m_event, m_time);
        m_inFlight.erase(found);
    }
}

// --- servers -------------------------------------------------------------------------------------------------------------------------

void TimelineTracks::addServerEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::ThreadStarted:
        if (event.value > 0 && event.value <= static_cast<qint64>(mostThreadRows)) {
            m_threads.insert(event.subject, static_cast<quint32>(event.value - 1));
            m_threadSince.resize(std::max(m_threadSince.size(), static_cast<std::size_t>(event.value)));
        }
        break;
    case EventKind::ThreadChanged:
    case EventKind::ThreadEnded:
        if (const auto found = m_threads.constFind(event.subject); found != m_threads.constEnd()) {
            const std::size_t thread = found.value();
            endThreadSpan(thread);
            if (event.kind == EventKind::ThreadEnded) {
                m_threads.erase(found);
            } else if (event.detail != static_cast<quint8>(ThreadActivity::Idle)) {
                row(TrackGroup::Threads, thread).open(m_event, categoryOf(hueOfThread(event.detail)));
                m_threadSince[thread] = m_time;
            }
        }
        break;
    case EventKind::RequestSent:
        if (!m_clientRequests.contains(event.subject))
            m_clientRequests.insert(event.subject, m_served.open(m_event, m_time, categoryOf(Hue::Poll)));
        break;
    case EventKind::RequestEnded:
        if (const auto found = m_clientRequests.constFind(event.subject); found != m_clientRequests.constEnd()) {
            m_served.close(found.value(), m_event, m_time, event.value == 0);
            m_clientRequests.erase(found);
        }
        break;
    default:
        break;
    }
}

void TimelineTracks::endThreadSpan(std::size_t thread)
{
    SpanTrack &track = row(TrackGroup::Threads, thread);
    track.close(m_event, m_time - m_threadSince[thread]);
}

// --- marks ---------------------------------------------------------------------------------------------------------------------------

void TimelineTracks::addNote(const Event &event)
{
    MarkCategory category = MarkCategory::Output;
    switch (event.kind) {
    case EventKind::ConsoleText:
        category = event.detail == 2 ? MarkCategory::ErrorOutput : MarkCategory::Output;
        break;
    case EventKind::ErrorThrown:
        if (event.detail == 0)
            return; // somebody caught it
        category = MarkCategory::Error;
        break;
    case EventKind::RejectionUnhandled:
        category = MarkCategory::Error;
        break;
    case EventKind::Mark:
        category = MarkCategory::Mark;
        break;
    default:
        return;
    }
    row(TrackGroup::Marks).open(m_event, static_cast<int>(category));
    row(TrackGroup::Marks).close(m_event, 0);
}

} // namespace loopscope
