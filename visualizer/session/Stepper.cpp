// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/Stepper.h"

#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "state/StateTimeline.h"

#include <algorithm>
#include <limits>
#include <utility>

namespace loopscope {

namespace {

constexpr quint64 kNear = 100'000; ///< events looked at for a step; farther ones are searched for in portions
constexpr int kPlayInterval = 16; ///< ms: as often as a screen shows a new picture
constexpr quint64 kTheEnd = std::numeric_limits<quint64>::max();

QList<EventKind> kindsOf(Landmark landmark)
{
    switch (landmark) {
    case Landmark::TaskBegun:
        return {EventKind::TaskBegun};
    case Landmark::PhaseEntered:
        return {EventKind::PhaseEntered};
    case Landmark::IterationStarted:
        return {EventKind::IterationStarted};
    case Landmark::ConsoleText:
        return {EventKind::ConsoleText};
    case Landmark::FreeChoice:
        return {EventKind::FreeChoice};
    case Landmark::Error:
        return {EventKind::ErrorThrown, EventKind::RejectionUnhandled};
    case Landmark::Event:
        break;
    }
    return {};
}

} // namespace

Stepper::Stepper(RunSession &session, QObject *parent)
    : QObject(parent)
    , m_session(session)
{
    connect(&m_session, &RunSession::replaced, this, &Stepper::sessionReplaced);
    connect(&m_session, &RunSession::grew, this, &Stepper::sessionGrew);
    connect(&m_session, &RunSession::stateChanged, this, &Stepper::sessionStateChanged);
    m_playTimer.setInterval(kPlayInterval);
    connect(&m_playTimer, &QTimer::timeout, this, &Stepper::playOn);
    m_searchTimer.setSingleShot(true);
    connect(&m_searchTimer, &QTimer::timeout, this, &Stepper::searchOn);
}

void Stepper::move(quint64 cursor, bool byStep)
{
    m_awaited.reset();
    m_cursor = std::min(cursor, m_session.eventCount());
    Q_EMIT moved(byStep);
}

void Stepper::setCursor(quint64 cursor)
{
    stopPlaying();
    move(cursor, false);
    if (cursor > m_cursor && !m_session.isCaughtUp())
        m_awaited = cursor;
}

void Stepper::reachAwaited()
{
    if (m_awaited && (*m_awaited <= m_session.eventCount() || m_session.isCaughtUp()))
        move(*m_awaited, false);
}

void Stepper::toStart() { setCursor(0); }

void Stepper::toEnd()
{
    stopPlaying();
    if (m_session.state() == RunSession::State::Running) {
        m_isFollowing = true;
        Q_EMIT playingChanged();
    }
    move(m_session.eventCount(), false);
    if (!m_isFollowing && !m_session.isCaughtUp())
        m_awaited = kTheEnd;
}

void Stepper::forward(Landmark landmark)
{
    if (!beginStep())
        return;
    m_landmark = landmark;
    stepTo(recordedNext(landmark), kindsOf(landmark));
}

std::optional<quint64> Stepper::recordedNext(Landmark landmark) const
{
    const StateTimeline *timeline = m_session.timeline();
    if (timeline == nullptr || m_cursor >= timeline->eventCount())
        return std::nullopt;
    const RecordingIndex &index = timeline->index();
    if (landmark == Landmark::Event) {
        const quint64 event = m_folds ? index.nodesWork().shownFrom(m_cursor) : m_cursor;
        return event < timeline->eventCount() ? std::optional(event + 1) : std::nullopt;
    }
    return m_folds && landmark == Landmark::TaskBegun ? index.nextCallback(m_cursor) : index.next(m_cursor, landmark);
}

void Stepper::endStep()
{
    m_isStepping = false;
    const bool mayFold = m_folds && (m_landmark == Landmark::Event || m_landmark == Landmark::TaskBegun);
    const std::optional<quint64> target = mayFold ? recordedNext(*m_landmark) : std::nullopt;
    if (!mayFold || target || m_session.state() != RunSession::State::Paused) {
        move(target.value_or(m_session.eventCount()), true);
        return;
    }
    // Only work of Node's own was recorded: on to what cannot be that. It may lie behind what is looked for, which is then recorded.
    m_isStepping = true;
    m_session.runUntil({{EventKind::CallEntered, EventKind::PhaseEntered, EventKind::PollWaitStarted, EventKind::ConsoleText}, {}, 0});
}

void Stepper::forwardToStatement()
{
    if (!beginStep())
        return;
    const StateTimeline *timeline = m_session.timeline();
    const Goal statement = Goal::statementBegins();
    const std::optional<quint64> target = timeline != nullptr ? timeline->nextOf(m_cursor, statement.ends, kNear) : std::nullopt;
    m_landmark.reset();
    if (!target && timeline != nullptr && timeline->eventCount() > m_cursor + kNear)
        runTo(statement);
    else
        stepTo(target, {EventKind::Statement});
}

bool Stepper::beginStep()
{
    if (m_session.state() == RunSession::State::Running && m_isFollowing) {
        m_session.pause(); // the first step of a running script is to halt it
        return false;
    }
    stopPlaying();
    return !m_isStepping; // one step at a time: the runner may not have done the last one
}

void Stepper::stepTo(std::optional<quint64> target, const QList<EventKind> &kinds)
{
    if (target) {
        move(*target, true);
        return;
    }
    if (m_session.state() == RunSession::State::Running)
        return; // it comes by itself; "to the end" follows it
    if (!m_session.isLive()) {
        move(m_session.eventCount(), true);
        return;
    }
    m_isStepping = true;
    if (kinds.isEmpty())
        m_session.runUntilEvent(m_session.eventCount() + 1);
    else
        m_session.runUntil({kinds, {}, 0});
}

void Stepper::backToStatement()
{
    stopPlaying();
    const StateTimeline *timeline = m_session.timeline();
    if (timeline == nullptr)
        return;
    const Goal statement = Goal::statementBegins();
    const std::optional<quint64> target = timeline->previousOf(m_cursor, statement.ends, kNear);
    if (!target && m_cursor > kNear)
        backTo(statement);
    else
        move(target.value_or(0), true);
}

void Stepper::back(Landmark landmark)
{
    if (m_session.state() == RunSession::State::Running && m_isFollowing)
        m_session.pause();
    stopPlaying();
    const StateTimeline *timeline = m_session.timeline();
    if (timeline == nullptr || m_cursor == 0)
        return;
    const RecordingIndex &index = timeline->index();
    if (landmark == Landmark::Event && m_folds && m_cursor > 1)
        move(index.nodesWork().shownUpTo(m_cursor - 2).value_or(0) + 1, true);
    else if (landmark == Landmark::Event)
        move(m_cursor - 1, true);
    else if (landmark == Landmark::TaskBegun && m_folds)
        move(index.previousCallback(m_cursor).value_or(0), true);
    else
        move(timeline->index().previous(m_cursor, landmark).value_or(0), true);
}

void Stepper::stopPlaying()
{
    const bool wasPlaying = isPlaying();
    m_isFollowing = false;
    m_playTimer.stop();
    m_search.reset();
    m_searchPlays = false;
    m_searchTimer.stop();
    if (std::exchange(m_percentSearched, -1) >= 0)
        Q_EMIT searched();
    if (wasPlaying)
        Q_EMIT playingChanged();
}

void Stepper::setBreakpoints(const FileBreakpoints &breakpoints)
{
    m_breakpoints = breakpoints;
    sendBreakpoints();
}

void Stepper::sendBreakpoints() { m_session.setBreakpoints(m_breakpoints); }

bool Stepper::isAt(SiteId site, const FileBreakpoints &places) const
{
    if (places.isEmpty() || site == 0)
        return false;
    const SitePlace place = m_session.reader()->place(site);
    if (!place.isValid())
        return false;
    // Lines first: few are in any set, and names are long to compare.
    const auto line = static_cast<int>(place.site->line);
    return std::any_of(places.keyValueBegin(), places.keyValueEnd(), [&](const auto &file) {
        const auto found = file.second.constFind(line);
        return found != file.second.cend() && found->isEmpty() && isSameSource(place.source->path, file.first);
    });
}

bool Stepper::isStop(quint64 index, const FileBreakpoints &places) const
{
    const Event event = m_session.reader()->event(index);
    return event.kind == EventKind::Statement && isAt(event.site, places);
}

std::optional<quint64> Stepper::nextStop(quint64 cursor, const FileBreakpoints &places, quint64 end) const
{
    if (m_session.reader() == nullptr || places.isEmpty())
        return std::nullopt;
    for (quint64 index = cursor; index < std::min(end, m_session.eventCount()); ++index) {
        if (isStop(index, places))
            return index + 1;
    }
    return std::nullopt;
}

std::optional<quint64> Stepper::previousStop(quint64 cursor, const FileBreakpoints &places, quint64 begin) const
{
    if (places.isEmpty())
        return std::nullopt;
    for (quint64 stop = cursor - 1; stop >= std::max<quint64>(begin, 1) && stop < cursor; --stop) {
        if (isStop(stop - 1, places))
            return stop;
    }
    return std::nullopt;
}

void Stepper::abandon()
{
    m_isStepping = false;
    m_isRunningToLine = false;
    m_awaited.reset();
    stopPlaying();
}

void Stepper::sessionReplaced()
{
    m_awaited.reset();
    m_cursor = 0;
    Q_EMIT moved(false);
}

void Stepper::sessionGrew()
{
    // A step is done when the runner has paused again and all it recorded is here.
    if (m_isStepping && m_session.state() != RunSession::State::Running && m_session.isCaughtUp()) {
        endStep();
    } else if (m_search) {
        searchOn();
    } else if (m_isFollowing) {
        move(m_session.eventCount(), false);
        const auto state = m_session.state();
        if (state != RunSession::State::Running && state != RunSession::State::Starting && m_session.isCaughtUp())
            stopPlaying();
    }
    reachAwaited();
}

void Stepper::sessionStateChanged()
{
    const auto state = m_session.state();
    if (state == RunSession::State::Running || state == RunSession::State::Starting)
        return;
    if (state == RunSession::State::Empty || state == RunSession::State::Opened) {
        m_isStepping = false;
        m_isRunningToLine = false;
        stopPlaying();
        return;
    }
    if (state == RunSession::State::Paused && m_isRunningToLine) {
        m_isRunningToLine = false;
        sendBreakpoints();
    }
    if (m_search)
        searchOn();
    if (m_isStepping && m_session.isCaughtUp())
        endStep();
    if (m_isFollowing) {
        move(m_session.eventCount(), true);
        if (m_session.isCaughtUp())
            stopPlaying();
    }
}

} // namespace loopscope
