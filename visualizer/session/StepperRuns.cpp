// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Playing and run-to commands: the part of Stepper that goes on by itself.
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "state/StateTimeline.h"

#include <QHash>

#include <algorithm>
#include <utility>

namespace loopscope {

namespace {

constexpr quint64 kRunAhead = 500; ///< events the runner is kept ahead while playing at a pace
constexpr quint64 kRunAheadByTime = 20'000; ///< the same by run time, where many events may be due at once
constexpr quint64 kMostLookedAt = 100'000; ///< events at a time, for breakpoints while playing at a pace
constexpr double kLongestTick = 0.25; ///< s; after a longer hitch playing goes on from where it was
constexpr std::chrono::milliseconds kSearchBudget(10); ///< of one portion of a search
constexpr int kExactRounds = 8; ///< pauses at what can be the goal; then the runner goes on in portions, so that it waits less often
constexpr quint64 kSmallestPortion = 256; ///< events
constexpr quint64 kLargestPortion = 65'536;

} // namespace

// --- playing -------------------------------------------------------------------------------------------------------------------------

void Stepper::play()
{
    if (m_pace.isPaced()) {
        startPlayhead(Playhead::Direction::Forward);
        return;
    }
    if (m_cursor < m_session.eventCount() && !m_breakpoints.isEmpty()) {
        stopPlaying();
        m_searchPlays = true;
        m_search.emplace(lineGoal(m_breakpoints, {}), GoalSearch::Direction::Forward, m_cursor);
        Q_EMIT playingChanged();
        searchOn();
        return;
    }
    playBehindTheEnd();
}

void Stepper::playBehindTheEnd()
{
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

void Stepper::playBack()
{
    if (m_session.state() == RunSession::State::Running && m_isFollowing)
        m_session.pause(); // as a step back does
    stopPlaying();
    if (m_cursor == 0)
        return;
    if (m_pace.isPaced())
        startPlayhead(Playhead::Direction::Back);
    else if (m_breakpoints.isEmpty())
        toStart();
    else
        backTo(lineGoal(m_breakpoints, {}));
}

void Stepper::startPlayhead(Playhead::Direction direction)
{
    m_isFollowing = false;
    m_playhead.start(m_pace, m_cursor > 0 ? m_session.reader()->event(m_cursor - 1).time : 0, direction);
    m_sincePlayed.start();
    m_playTimer.start();
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

void Stepper::setPace(const Pace &pace)
{
    if (pace == m_pace)
        return;
    const bool wasPlaying = m_isFollowing || m_playTimer.isActive();
    m_pace = pace;
    Q_EMIT paceChanged();
    if (!wasPlaying)
        return;
    if (m_playTimer.isActive() && m_playhead.direction() == Playhead::Direction::Back) {
        playBack();
        return;
    }
    if (m_pace.isPaced() && m_session.state() == RunSession::State::Running)
        m_session.pause();
    stopPlaying();
    play();
}

void Stepper::playOn()
{
    m_playhead.advance(std::min(static_cast<double>(m_sincePlayed.nsecsElapsed()) / 1e9, kLongestTick));
    m_sincePlayed.start();
    if (m_playhead.direction() == Playhead::Direction::Back) {
        playOnBack();
        return;
    }
    keepRunnerAhead();
    const quint64 due = playTarget();
    const quint64 target = m_breakpoints.isEmpty() ? due : std::min(due, m_cursor + kMostLookedAt);
    if (m_cursor >= m_session.eventCount() && !m_session.isLive() && m_session.isCaughtUp())
        stopPlaying();
    if (target <= m_cursor)
        return;
    const auto stop = nextStop(m_cursor, m_breakpoints, target);
    if (stop)
        stopPlaying();
    move(stop.value_or(target), true);
}

void Stepper::playOnBack()
{
    const quint64 due = playTarget();
    const quint64 target = m_breakpoints.isEmpty() ? due : std::max(due, m_cursor - std::min(m_cursor, kMostLookedAt));
    if (target >= m_cursor)
        return;
    const auto stop = previousStop(m_cursor, m_breakpoints, target);
    if (stop || target == 0)
        stopPlaying();
    move(stop.value_or(target), true);
}

quint64 Stepper::playTarget()
{
    const bool isBack = m_playhead.direction() == Playhead::Direction::Back;
    if (m_pace.basis == Pace::Basis::Events) {
        const quint64 events = m_playhead.takeEvents();
        return isBack ? m_cursor - std::min(events, m_cursor) : std::min(m_cursor + events, m_session.eventCount());
    }
    if (isBack && m_playhead.isAtStart())
        return 0;
    // Events are in the order of their times.
    quint64 due = isBack ? 0 : m_cursor;
    for (quint64 end = isBack ? m_cursor : m_session.eventCount(); due < end;) {
        const quint64 middle = due + (end - due) / 2;
        if (m_session.reader()->event(middle).time <= m_playhead.runTime())
            due = middle + 1;
        else
            end = middle;
    }
    return due;
}

void Stepper::keepRunnerAhead()
{
    if (m_session.state() != RunSession::State::Paused || !m_session.isCaughtUp())
        return;
    const quint64 recorded = m_session.eventCount();
    if (m_pace.basis == Pace::Basis::RunTime) {
        if (recorded == 0 || m_session.reader()->event(recorded - 1).time <= m_playhead.runTime())
            m_session.runUntilEvent(recorded + kRunAheadByTime);
    } else if (m_cursor + kRunAhead / 2 >= recorded) {
        m_session.runUntilEvent(recorded + kRunAhead);
    }
}

// --- run-to commands -----------------------------------------------------------------------------------------------------------------

void Stepper::runTo(const Goal &goal)
{
    m_lineGoal.clear();
    search(goal, GoalSearch::Direction::Forward);
}

void Stepper::backTo(const Goal &goal) { search(goal, GoalSearch::Direction::Back); }

void Stepper::runToLine(const QString &path, int line)
{
    m_lineGoal = {{path, {{line, QString()}}}};
    search(lineGoal(m_lineGoal, tr("Line %1 does not run again.").arg(line)), GoalSearch::Direction::Forward);
}

void Stepper::backToLine(const QString &path, int line)
{
    backTo(lineGoal({{path, {{line, QString()}}}}, tr("Line %1 has not run before this moment.").arg(line)));
}

Goal Stepper::lineGoal(const FileBreakpoints &places, const QString &missed) const
{
    Goal goal;
    // Few sites are asked for millions of times.
    goal.ends = [this, places, known = QHash<SiteId, bool>()](const Event &event) mutable {
        if (event.kind != EventKind::Statement)
            return false;
        auto answer = known.constFind(event.site);
        if (answer == known.constEnd())
            answer = known.insert(event.site, isAt(event.site, places));
        return *answer;
    };
    goal.missed = missed;
    return goal;
}

void Stepper::search(const Goal &goal, GoalSearch::Direction direction)
{
    stopPlaying();
    if (m_isStepping)
        return;
    if (m_session.state() == RunSession::State::Running)
        m_session.pause(); // it goes on as far as is asked, and no further
    // On the way there, breakpoints hold as they always do.
    Goal either = goal;
    if (!m_breakpoints.isEmpty()) {
        const auto isBreakpoint = lineGoal(m_breakpoints, {}).ends;
        either.ends = [isBreakpoint, ends = goal.ends](const Event &event) { return ends(event) || isBreakpoint(event); };
        if (goal.holds) {
            either.holds = [this, isBreakpoint, holds = goal.holds](const LoopState &state) {
                return isBreakpoint(m_session.reader()->event(state.cursor - 1)) || holds(state);
            };
        }
    }
    m_search.emplace(std::move(either), direction, m_cursor);
    m_searchRounds = 0;
    Q_EMIT playingChanged();
    searchOn();
}

void Stepper::searchOn()
{
    if (!m_search)
        return;
    if (StateTimeline *timeline = m_session.timeline()) {
        if (const auto found = m_search->advance(*timeline, kSearchBudget)) {
            stopPlaying();
            move(*found, true);
            return;
        }
        if (!m_search->hasEnded(*timeline)) {
            m_searchTimer.start(0);
            if (std::exchange(m_percentSearched, *percentSearched()) != m_percentSearched)
                Q_EMIT searched();
            return;
        }
    }
    searchBehindTheEnd();
}

std::optional<int> Stepper::percentSearched() const
{
    const StateTimeline *timeline = m_session.timeline();
    return m_search && timeline != nullptr && m_searchTimer.isActive() ? std::optional(m_search->percent(*timeline)) : std::nullopt;
}

void Stepper::searchBehindTheEnd()
{
    if (m_searchPlays) {
        stopPlaying();
        playBehindTheEnd();
        return;
    }
    const auto state = m_session.state();
    if (m_search->direction() == GoalSearch::Direction::Back || !m_session.isLive()) {
        if (m_session.isCaughtUp() || m_search->direction() == GoalSearch::Direction::Back)
            giveUp();
        return;
    }
    const bool wasAsked = m_searchRounds > 0;
    if (state == RunSession::State::Running || !m_session.isCaughtUp() || (state == RunSession::State::Starting && wasAsked))
        return; // comes back when there is more
    if (wasAsked && m_session.isAtBreakpoint()) {
        // Beyond the cap of a callback statements are not recorded, but stopped at all the same.
        stopPlaying();
        move(m_session.eventCount(), true);
        return;
    }
    const int round = m_searchRounds++;
    if (!m_lineGoal.isEmpty()) {
        FileBreakpoints places = m_breakpoints;
        for (auto file = m_lineGoal.cbegin(); file != m_lineGoal.cend(); ++file)
            places[file.key()].insert(file.value());
        m_isRunningToLine = true;
        m_session.setBreakpoints(places);
        m_session.resume();
    } else if (round < kExactRounds) {
        m_session.runUntil(m_search->goal().pattern);
    } else {
        const quint64 portion = std::min(kSmallestPortion << std::min(round - kExactRounds, 16), kLargestPortion);
        m_session.runUntilEvent(m_session.eventCount() + portion);
    }
}

void Stepper::giveUp()
{
    const QString sentence = m_search->goal().missed;
    const bool isBack = m_search->direction() == GoalSearch::Direction::Back;
    stopPlaying();
    if (!isBack)
        move(m_session.eventCount(), false);
    else if (sentence.isEmpty())
        move(0, false);
    if (!sentence.isEmpty())
        Q_EMIT missed(sentence);
}

} // namespace loopscope
