// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/Stepper.h"

#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/SourcePath.h"
#include "state/StateTimeline.h"

#include <algorithm>
#include <limits>

namespace loopscope {

namespace {

constexpr quint64 kRunAhead = 500; ///< events the runner is kept ahead while playing slowly
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
    connect(&m_playTimer, &QTimer::timeout, this, &Stepper::playOne);
}

void Stepper::move(quint64 cursor, bool byStep)
{
    m_goal.reset();
    m_cursor = std::min(cursor, m_session.eventCount());
    Q_EMIT moved(byStep);
}

void Stepper::setCursor(quint64 cursor)
{
    stopPlaying();
    move(cursor, false);
    if (cursor > m_cursor && !m_session.isCaughtUp())
        m_goal = cursor;
}

void Stepper::reachGoal()
{
    if (m_goal && (*m_goal <= m_session.eventCount() || m_session.isCaughtUp()))
        move(*m_goal, false);
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
        m_goal = kTheEnd;
}

void Stepper::forward(Landmark landmark)
{
    if (!beginStep())
        return;
    const StateTimeline *timeline = m_session.timeline();
    std::optional<quint64> target;
    if (timeline != nullptr && m_cursor < timeline->eventCount())
        target = landmark == Landmark::Event ? std::optional(m_cursor + 1) : timeline->index().next(m_cursor, landmark);
    stepTo(target, kindsOf(landmark));
}

void Stepper::forwardToStatement()
{
    if (!beginStep())
        return;
    const StateTimeline *timeline = m_session.timeline();
    std::optional<quint64> target;
    if (timeline != nullptr)
        target = timeline->nextOf(m_cursor, [](const Event &event) { return event.kind == EventKind::Statement; });
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
        m_session.runUntilKinds(kinds);
}

void Stepper::backToStatement()
{
    stopPlaying();
    const StateTimeline *timeline = m_session.timeline();
    if (timeline != nullptr)
        move(timeline->previousOf(m_cursor, [](const Event &event) { return event.kind == EventKind::Statement; }).value_or(0), true);
}

void Stepper::back(Landmark landmark)
{
    if (m_session.state() == RunSession::State::Running && m_isFollowing)
        m_session.pause();
    stopPlaying();
    const StateTimeline *timeline = m_session.timeline();
    if (timeline == nullptr || m_cursor == 0)
        return;
    if (landmark == Landmark::Event)
        move(m_cursor - 1, true);
    else
        move(timeline->index().previous(m_cursor, landmark).value_or(0), true);
}

void Stepper::runToLine(const QString &path, int line)
{
    stopPlaying();
    const Breakpoints goal{{path, {line}}};
    if (const auto stop = nextStop(m_cursor, goal)) {
        move(*stop, true);
        return;
    }
    if (!m_session.isLive()) {
        move(m_session.eventCount(), false);
        return;
    }
    m_isRunningToLine = true;
    m_session.setBreakpoints(goal);
    m_session.resume();
    m_isFollowing = true;
    Q_EMIT playingChanged();
}

void Stepper::play()
{
    if (m_speed > 0) {
        m_isFollowing = false;
        m_playTimer.start(std::max(1, 1000 / m_speed));
        Q_EMIT playingChanged();
        return;
    }
    if (m_cursor < m_session.eventCount()) {
        if (const auto stop = nextStop(m_cursor, m_breakpoints)) {
            stopPlaying();
            move(*stop, true);
            return;
        }
    }
    if (!m_session.isLive()) {
        stopPlaying();
        move(m_session.eventCount(), false);
        return;
    }
    m_isFollowing = true;
    if (m_session.state() != RunSession::State::Running)
        m_session.resume();
    move(m_session.eventCount(), false);
    Q_EMIT playingChanged();
}

void Stepper::pause()
{
    const bool isRunning = m_session.state() == RunSession::State::Running;
    if (isRunning)
        m_session.pause();
    // The cursor follows to where the runner really stops; that ends the playing.
    if (!isRunning || !m_isFollowing)
        stopPlaying();
    Q_EMIT playingChanged();
}

void Stepper::setSpeed(int eventsPerSecond)
{
    const bool wasPlaying = isPlaying();
    m_speed = eventsPerSecond;
    if (!wasPlaying)
        return;
    if (m_speed > 0 && m_session.state() == RunSession::State::Running)
        m_session.pause();
    stopPlaying();
    play();
}

void Stepper::playOne()
{
    const quint64 recorded = m_session.eventCount();
    if (m_cursor + kRunAhead / 2 >= recorded && m_session.state() == RunSession::State::Paused && m_session.isCaughtUp())
        m_session.runUntilEvent(recorded + kRunAhead);
    if (m_cursor < recorded) {
        move(m_cursor + 1, true);
        const Event event = m_session.reader()->event(m_cursor - 1);
        if (event.kind == EventKind::Statement && isAt(event.site, m_breakpoints))
            stopPlaying();
        return;
    }
    if (!m_session.isLive())
        stopPlaying();
}

void Stepper::stopPlaying()
{
    const bool wasPlaying = isPlaying();
    m_isFollowing = false;
    m_playTimer.stop();
    if (wasPlaying)
        Q_EMIT playingChanged();
}

void Stepper::setBreakpoints(const Breakpoints &breakpoints)
{
    m_breakpoints = breakpoints;
    sendBreakpoints();
}

void Stepper::sendBreakpoints() { m_session.setBreakpoints(m_breakpoints); }

bool Stepper::isAt(SiteId site, const Breakpoints &places) const
{
    if (places.isEmpty() || site == 0)
        return false;
    const SitePlace place = m_session.reader()->place(site);
    if (!place.isValid())
        return false;
    // Lines first: few are in any set, and names are long to compare.
    const auto line = static_cast<int>(place.site->line);
    return std::any_of(places.keyValueBegin(), places.keyValueEnd(),
        [&](const auto &file) { return file.second.contains(line) && isSameSource(place.source->path, file.first); });
}

std::optional<quint64> Stepper::nextStop(quint64 cursor, const Breakpoints &places) const
{
    const StateTimeline *timeline = m_session.timeline();
    if (timeline == nullptr || places.isEmpty())
        return std::nullopt;
    return timeline->nextOf(cursor, [&](const Event &event) { return event.kind == EventKind::Statement && isAt(event.site, places); });
}

void Stepper::sessionReplaced()
{
    m_goal.reset();
    m_cursor = 0;
    Q_EMIT moved(false);
}

void Stepper::sessionGrew()
{
    // A step is done when the runner has paused again and all it recorded is here.
    if (m_isStepping && m_session.state() != RunSession::State::Running && m_session.isCaughtUp()) {
        m_isStepping = false;
        move(m_session.eventCount(), true);
    } else if (m_isFollowing) {
        move(m_session.eventCount(), false);
        const auto state = m_session.state();
        if (state != RunSession::State::Running && state != RunSession::State::Starting && m_session.isCaughtUp())
            stopPlaying();
    }
    reachGoal();
}

void Stepper::sessionStateChanged()
{
    const auto state = m_session.state();
    if (state == RunSession::State::Running || state == RunSession::State::Starting)
        return;
    if (state == RunSession::State::Paused && m_isRunningToLine) {
        m_isRunningToLine = false;
        sendBreakpoints();
    }
    if (m_isStepping && m_session.isCaughtUp()) {
        m_isStepping = false;
        move(m_session.eventCount(), true);
    }
    if (m_isFollowing) {
        move(m_session.eventCount(), true);
        if (m_session.isCaughtUp())
            stopPlaying();
    }
    if (state == RunSession::State::Empty || state == RunSession::State::Opened) {
        m_isStepping = false;
        stopPlaying();
    }
}

} // namespace loopscope
