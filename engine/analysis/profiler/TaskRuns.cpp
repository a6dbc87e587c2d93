// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/TaskRuns.h"

#include <algorithm>

namespace loopscope {

void TaskStarts::add(const Event &event, quint64 index)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
    case EventKind::TaskRearmed:
        if (Known *known = m_known.make(event.subject, index))
            *known = {event.time, event.time, event.cause, event.site, static_cast<SiteId>(event.value), event.loop(),
                static_cast<TaskKind>(event.detail), true};
        break;
    case EventKind::TimerArmed:
        if (Known *known = m_known.find(event.subject))
            known->ready = static_cast<quint64>(std::max<qint64>(event.value, 0));
        break;
    case EventKind::TaskReady:
        // Of timers it says that the loop has seen that their time has come.
        if (Known *known = m_known.find(event.subject); known && known->kind == TaskKind::IoCallback)
            known->ready = event.time;
        break;
    case EventKind::TaskCancelled:
    case EventKind::TaskBegun:
        if (Known *known = m_known.find(event.subject))
            known->isWaiting = false;
        break;
    default:
        break;
    }
}

std::optional<TaskRun> TaskStarts::waiting(SubjectId task) const
{
    const Known *known = m_known.find(task);
    if (!known || !known->isWaiting)
        return {};
    TaskRun run;
    run.task = task;
    run.created = known->created;
    run.ready = std::max(known->ready, known->created);
    run.cause = known->cause;
    run.function = known->function;
    run.scheduledAt = known->scheduledAt;
    run.loop = known->loop;
    run.kind = known->kind;
    run.isCreationKnown = true;
    return run;
}

TaskRun TaskStarts::begun(const Event &event, quint64 index) const
{
    TaskRun run = waiting(event.subject).value_or(TaskRun());
    run.task = event.subject;
    run.cause = event.cause;
    run.function = event.site;
    run.kind = static_cast<TaskKind>(event.detail);
    run.phase = event.phase();
    run.loop = event.loop();
    run.begun = run.ended = event.time;
    run.event = static_cast<quint32>(index);
    if (!run.isCreationKnown)
        run.created = event.time;
    run.ready = run.isCreationKnown ? std::clamp(run.ready, std::min(run.created, event.time), event.time) : event.time;
    return run;
}

void TaskRuns::begin(const Event &event, quint64 index)
{
    TaskRun run = m_starts.begun(event, index);
    run.isNested = !m_running.empty();
    if (!run.isNested && !run.isDrained() && m_holdHasRuns)
        ++m_hold;
    m_holdHasRuns = true;
    run.hold = m_hold;
    m_running.push_back(m_runs.size());
    m_runs.push_back(run);
}

void TaskRuns::end(const Event &event)
{
    // Of a damaged recording: an end without its beginning.
    const auto found =
        std::find_if(m_running.rbegin(), m_running.rend(), [&](std::size_t run) { return m_runs[run].task == event.subject; });
    if (found == m_running.rend())
        return;
    TaskRun &run = m_runs[*found];
    run.ended = std::max(run.begun, event.time);
    run.threw = event.value != 0;
    m_running.erase(std::next(found).base(), m_running.end());
}

void TaskRuns::add(const Event &event, quint64 index)
{
    switch (event.kind) {
    case EventKind::TaskBegun:
        begin(event, index);
        break;
    case EventKind::TaskEnded:
        end(event);
        break;
    case EventKind::IterationStarted:
    case EventKind::PhaseEntered:
    case EventKind::PollWaitStarted:
        if (m_running.empty() && m_holdHasRuns) {
            ++m_hold;
            m_holdHasRuns = false;
        }
        break;
    default:
        break;
    }
    m_starts.add(event, index);
}

} // namespace loopscope
