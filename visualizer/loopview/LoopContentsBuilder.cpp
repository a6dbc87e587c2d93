// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "loopview/LoopContentsBuilder.h"

#include "recording/RecordingReader.h"
#include "session/SourcePath.h"
#include "shell/Format.h"
#include "state/EventText.h"
#include "state/LoopState.h"
#include "state/Names.h"
#include "state/RecordingIndex.h"

#include <algorithm>

namespace loopscope {

namespace {

/// More chips than this never fit on a screen; the rest is counted.
constexpr std::size_t kChipsNamed = 60;

constexpr std::array<Phase, 6> kStations{
    Phase::Timers, Phase::PendingCallbacks, Phase::IdlePrepare, Phase::Poll, Phase::Check, Phase::ClosingCallbacks};

LoopQueue queueOfStation(Phase phase)
{
    switch (phase) {
    case Phase::Timers:
        return LoopQueue::Timers;
    case Phase::PendingCallbacks:
        return LoopQueue::Pending;
    case Phase::Poll:
        return LoopQueue::Poll;
    case Phase::Check:
        return LoopQueue::Check;
    case Phase::ClosingCallbacks:
        return LoopQueue::Closing;
    case Phase::None:
    case Phase::IdlePrepare:
        break;
    }
    return LoopQueue::None;
}

QString joined(const QString &one, const QString &other)
{
    return one.isEmpty() ? other : other.isEmpty() ? one : one + QStringLiteral(" · ") + other;
}

} // namespace

LoopContentsBuilder::LoopContentsBuilder(const RecordingReader &reader, const EventText &text)
    : m_reader(reader)
    , m_text(text)
{
}

LoopContents LoopContentsBuilder::empty(const QString &hint)
{
    LoopContents contents;
    for (std::size_t i = 0; i < kStations.size(); ++i) {
        contents.stations.at(i).phase = kStations.at(i);
        contents.stations.at(i).title = phaseName(kStations.at(i));
        contents.stations.at(i).note = QStringLiteral("–");
    }
    for (int i = 1; i <= 4; ++i)
        contents.threads.push_back({0, tr("thread %1").arg(i), {}, tr("idle"), false});
    contents.poolNote = tr("queue %L1").arg(0);
    contents.emptyHint = hint;
    return contents;
}

LoopContents LoopContentsBuilder::build(const LoopState &state) const
{
    LoopContents contents = empty({});
    contents.isEmpty = false;
    contents.iteration = state.iteration;
    addStations(state, contents);
    addFrames(state, contents);
    contents.ticks = chips(state, LoopQueue::NextTick);
    contents.microtasks = chips(state, LoopQueue::Microtasks);
    addPool(state, contents);
    return contents;
}

void LoopContentsBuilder::addStations(const LoopState &state, LoopContents &contents) const
{
    for (LoopStation &station : contents.stations) {
        station.current = station.phase == state.phase;
        const LoopQueue queue = queueOfStation(station.phase);
        if (queue != LoopQueue::None)
            station.queue = chips(state, queue);
        const bool isWaiting = station.phase == Phase::Poll && state.pollWait.has_value();
        if (isWaiting)
            station.note =
                state.pollWait->timeout < 0 ? tr("waiting for I/O") : tr("waiting up to %1").arg(formatTime(state.pollWait->timeout));
        else if (const TaskState *task = state.runningTask(); task != nullptr && station.current && queueOf(task->kind) == queue)
            station.note = tr("runs %1").arg(m_text.subjectName(task->id));
        else if (station.queue.isEmpty())
            station.note = station.current ? tr("now") : QStringLiteral("–");
        else
            station.note = waitingText(station.queue.total);
    }
}

void LoopContentsBuilder::addFrames(const LoopState &state, LoopContents &contents) const
{
    for (auto frame = state.stack.rbegin(); frame != state.stack.rend(); ++frame) {
        LoopFrame shown;
        shown.site = frame->statement != 0 ? frame->statement : frame->function;
        shown.current = contents.frames.empty();
        const QString line = placeText(frame->statement);
        const std::optional<TaskState> task = state.task(frame->task);
        if (frame->isTask && task) {
            shown.subject = task->id;
            shown.name = taskKindName(task->kind);
            shown.hue = hueOf(*task);
            const QString name = m_text.subjectName(task->id);
            // The script's own frame is the function that runs; for others that is the frame above.
            shown.fact = task->kind == TaskKind::Script ? line : joined(name, line);
            if (m_text.isNodes(task->id))
                shown.fact = joined(shown.fact, tr("Node's own"));
        } else {
            shown.name = m_text.functionName(frame->function);
            shown.fact = frame->isResumed ? tr("resumed %1").arg(line) : line;
        }
        contents.frames.push_back(shown);
    }
    if (!contents.frames.empty())
        return;
    if (state.end)
        contents.frameNote = state.loop == 0 ? tr("the run has ended") : tr("this loop has ended");
    else if (state.loop != 0 && std::none_of(state.runningLoops.begin(), state.runningLoops.end(), [&](const RunningLoop &each) {
                 return each.loop == state.loop;
             }))
        contents.frameNote = tr("this loop has not started yet");
    else if (state.pollWait)
        contents.frameNote = tr("idle: waits in poll");
    else
        contents.frameNote = tr("empty");
}

void LoopContentsBuilder::addPool(const LoopState &state, LoopContents &contents) const
{
    contents.threads.clear();
    for (std::size_t i = 0; i < state.poolThreads.size(); ++i) {
        LoopThread thread;
        thread.label = tr("thread %1").arg(i + 1);
        thread.subject = state.poolThreads.at(i);
        const RequestState *request = state.requests.find(thread.subject);
        if (thread.subject == 0 || request == nullptr) {
            thread.subject = 0;
            thread.fact = tr("idle");
        } else {
            thread.work = (m_reader.string(request->label) + QLatin1Char(' ') + placeText(request->submittedFrom)).trimmed();
            thread.fact = formatTime(state.time - request->startedAt.value_or(request->submittedAt));
            thread.site = request->submittedFrom;
        }
        contents.threads.push_back(thread);
    }
    for (const RequestState &request : state.poolQueue(kChipsNamed))
        contents.poolQueue.items.push_back(chip(state, request));
    state.requests.visit([&](SubjectId, const RequestState &request) {
        if (!request.startedAt) {
            ++contents.poolQueue.total;
        } else if (request.thread == 0) {
            ++contents.kernel.total;
            if (contents.kernel.items.size() < kChipsNamed)
                contents.kernel.items.push_back(chip(state, request));
        }
        return true;
    });
    // What poll waits for besides: sockets and servers that somebody may speak to.
    state.handles.visit([&](SubjectId, const HandleState &handle) {
        if (handle.isActive) {
            ++contents.kernel.total;
            if (contents.kernel.items.size() < kChipsNamed)
                contents.kernel.items.push_back(chip(state, handle));
        }
        return true;
    });
    // The loops that this one started speak to it, too.
    for (const RunningLoop &other : state.runningLoops) {
        if (other.loop == state.loop || !isStartedBy(state.loop, other))
            continue;
        ++contents.kernel.total;
        if (contents.kernel.items.size() < kChipsNamed)
            contents.kernel.items.push_back(chip(state, other));
    }
    contents.poolNote = tr("queue %L1").arg(contents.poolQueue.total);
    if (!contents.poolQueue.items.empty()) // in the order of submission, so the first waits longest
        contents.poolNote = tr("queue %L1 · longest wait %2").arg(contents.poolQueue.total).arg(contents.poolQueue.items.front().shortFact);
    contents.poolNote = joined(contents.poolNote, tr("poll watches %L1").arg(contents.kernel.total));
}

QString LoopContentsBuilder::requestLabel(const TaskState &task) const
{
    return queueOf(task.kind) == LoopQueue::Poll && task.cause != 0 ? m_text.subjectName(task.cause) : QString();
}

/// Node's own work stays in the background.
Hue LoopContentsBuilder::hueOf(const TaskState &task) const
{
    return m_text.isNodes(task.id) ? Hue::Structure : loopscope::hueOf(task.kind);
}

ChipList LoopContentsBuilder::chips(const LoopState &state, LoopQueue queue) const
{
    ChipList list;
    list.total = static_cast<qsizetype>(state.waitingCount(queue));
    for (const TaskState &task : state.waiting(queue, kChipsNamed))
        list.items.push_back(chip(state, task));
    return list;
}

LoopItem LoopContentsBuilder::chip(const LoopState &state, const TaskState &task) const
{
    const quint64 createdAt = m_reader.event(task.createdEvent).time;
    LoopItem item;
    item.subject = task.id;
    item.site = task.function != 0 ? task.function : task.scheduledAt;
    item.hue = hueOf(task);
    item.name = m_text.subjectName(task.id);
    QString fact;
    if (task.dueAt) {
        const qint64 left = static_cast<qint64>(*task.dueAt) - static_cast<qint64>(state.time);
        fact = left > 0 ? tr("in %1").arg(formatTime(left)) : left == 0 ? tr("due now") : tr("due %1 ago").arg(formatTime(-left));
    } else if (queueOf(task.kind) == LoopQueue::Poll) {
        // From which request is worth more than since when, where the name does not say it.
        const QString request = requestLabel(task);
        if (!request.isEmpty() && request != item.name)
            fact = task.ready ? tr("%1 done").arg(request) : request;
        else
            fact = task.ready ? tr("done") : formatTime(state.time - createdAt);
    } else if (queueOf(task.kind) == LoopQueue::Microtasks) {
        switch (task.kind) {
        case TaskKind::PromiseReaction:
            fact = tr("then");
            break;
        case TaskKind::AwaitContinuation:
            fact = tr("await");
            break;
        case TaskKind::ThenableJob:
            fact = tr("adopt");
            break;
        default:
            break;
        }
    }
    if (!task.referenced)
        fact = joined(fact, tr("unref"));
    if (m_text.isNodes(task.id))
        fact = joined(fact, tr("Node's own"));
    item.shortFact = fact;
    item.fact = joined(placeText(item.site), fact);
    item.whole = tr("%1 %2, waits since %3").arg(taskKindName(task.kind), joined(item.name, item.fact), formatTime(state.time - createdAt));
    return item;
}

LoopItem LoopContentsBuilder::chip(const LoopState &state, const RequestState &request) const
{
    LoopItem item;
    item.subject = request.id;
    item.site = request.submittedFrom;
    item.hue = Hue::Poll;
    const QString label = m_reader.string(request.label);
    item.name = label.isEmpty() ? ioKindName(request.kind) : label;
    item.shortFact = formatTime(state.time - request.submittedAt);
    item.fact = joined(placeText(request.submittedFrom), item.shortFact);
    item.whole = tr("%1 request %2").arg(ioKindName(request.kind), joined(item.name, item.fact));
    return item;
}

LoopItem LoopContentsBuilder::chip(const LoopState &state, const HandleState &handle) const
{
    LoopItem item;
    item.subject = handle.id;
    item.site = handle.openedFrom;
    item.hue = Hue::Poll;
    item.name = m_reader.string(handle.label);
    item.shortFact = handle.keepsAlive ? tr("waits") : tr("unref");
    item.fact = joined(placeText(handle.openedFrom), item.shortFact);
    item.whole = tr("%1, open since %2").arg(joined(item.name, item.fact), formatTime(state.time - handle.openedAt));
    return item;
}

bool LoopContentsBuilder::isStartedBy(quint16 loop, const RunningLoop &other) const
{
    const auto created = m_text.index().history(other.startedBy).created;
    return created ? m_reader.event(*created).loop() == loop : loop == 0;
}

LoopItem LoopContentsBuilder::chip(const LoopState &state, const RunningLoop &other) const
{
    LoopItem item;
    item.subject = other.subject;
    item.hue = Hue::Script;
    item.name = m_text.loopName(other.loop).remove(QLatin1Char('`'));
    item.shortFact = tr("runs, %1").arg(formatTime(state.time - other.startedAt));
    item.fact = item.shortFact;
    item.whole = tr("%1, on a loop of its own, since %2").arg(item.name, formatTime(state.time - other.startedAt));
    return item;
}

QString LoopContentsBuilder::waitingText(qsizetype count) { return count == 1 ? tr("1 waits") : tr("%L1 wait").arg(count); }

QString LoopContentsBuilder::placeText(SiteId site) const
{
    const SitePlace place = m_reader.place(site);
    if (!place.isValid())
        return {};
    // In the file that was started the line says it all; in others the file's name goes with it.
    const auto &sources = m_reader.sources();
    const bool isMain = !sources.empty() && place.source == sources.front().get();
    return isMain ? QStringLiteral(":%1").arg(place.site->line) : place.shortPlace();
}

QHash<int, QString> LoopContentsBuilder::lineNotes(const LoopState &state, const QString &sourcePath) const
{
    struct Waiting
    {
        int timers = 0;
        int others = 0;
        quint64 due = 0;
    };
    QHash<int, Waiting> lines;
    int looked = 0;
    state.waitingTasks.visit([&](const TaskState &task) {
        const SitePlace place = m_reader.place(task.scheduledAt != 0 ? task.scheduledAt : task.function);
        if (place.isValid() && isSameSource(place.source->path, sourcePath)) {
            Waiting &waiting = lines[static_cast<int>(place.site->line)];
            if (!task.dueAt)
                ++waiting.others;
            else if (++waiting.timers == 1 || *task.dueAt < waiting.due)
                waiting.due = *task.dueAt;
        }
        return ++looked < 2000; // more is no note any more
    });
    QHash<int, QString> notes;
    for (auto line = lines.cbegin(); line != lines.cend(); ++line) {
        QString note;
        if (line->timers == 1 && line->due > state.time)
            note = tr("◷ in %1").arg(formatTime(line->due - state.time));
        else if (line->timers == 1)
            note = tr("◷ due");
        else if (line->timers > 1)
            note = tr("◷ %L1 timers").arg(line->timers);
        if (line->others > 0)
            note = joined(note, QStringLiteral("◌ ") + waitingText(line->others));
        notes.insert(line.key(), note);
    }
    return notes;
}

} // namespace loopscope
