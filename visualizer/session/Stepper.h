// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "session/Goal.h"
#include "session/LineBreakpoints.h"
#include "session/Pace.h"
#include "state/RecordingIndex.h"

#include <QElapsedTimer>
#include <QList>
#include <QObject>
#include <QTimer>

#include <limits>
#include <optional>

namespace loopscope {

class RunSession;

/// The cursor in the recording and everything that moves it.
///
/// The cursor is a number of applied events. A step forward inside the recording moves the cursor only; at its end it lets the runner go
/// on by that much and follows. A step back never touches the runner. Playing follows a live run, or goes at a chosen pace with the runner
/// kept a little ahead, so that a script that never ends does not run away from the person. Run-to commands look for their goal in the
/// recording first, in portions between which the window stays alive, and then let the runner go on until it is there.
class Stepper : public QObject
{
    Q_OBJECT
public:
    explicit Stepper(RunSession &session, QObject *parent = nullptr);

    quint64 cursor() const { return m_cursor; }
    /// A moment of a recording that is not taken in that far yet is gone to when it is, unless the cursor is moved elsewhere before.
    void setCursor(quint64 cursor);
    void toStart();
    /// To the newest moment; follows a script that runs.
    void toEnd();

    /// Steps by event and by callback pass over what is Node's own work (see NodesWork).
    void setFolds(bool folds) { m_folds = folds; }

    void forward(Landmark landmark);
    void back(Landmark landmark);
    /// The same from statement to statement.
    void forwardToStatement();
    void backToStatement();
    /// Goes on until a statement of this line is about to run, or back to where one was.
    void runToLine(const QString &path, int line);
    void backToLine(const QString &path, int line);
    /// Goes on until a goal is reached (or a breakpoint before it), or back to where it was reached last.
    void runTo(const Goal &goal);
    void backTo(const Goal &goal);
    /// Goes on: to the next breakpoint, the end, or the next pause.
    void play();
    /// The same backward, at the same pace: to the last breakpoint that was passed, the start, or the next pause.
    void playBack();
    void pause();
    /// While what is recorded is looked through for a goal or a breakpoint: how much of it was, from 0 to 100. pause() ends that.
    std::optional<int> percentSearched() const;
    bool isPlaying() const { return m_isFollowing || m_playTimer.isActive() || m_search.has_value(); }
    /// Forgets the step or playing under way: another run takes this one's place.
    void abandon();
    /// True while the runner was asked for a step and has not done it.
    bool isStepping() const { return m_isStepping; }

    /// How fast play() goes.
    void setPace(const Pace &pace);
    const Pace &pace() const { return m_pace; }

    /// Where playing stops; sent to the runner too. Conditions are told by the runner only, while the values are there: in what is
    /// recorded, breakpoints with a condition are passed over.
    void setBreakpoints(const FileBreakpoints &breakpoints);

Q_SIGNALS:
    /// `byStep`: a single step, so what changed is worth pointing out.
    void moved(bool byStep);
    void playingChanged();
    void paceChanged();
    /// A run-to command found no such moment; a sentence says so.
    void missed(const QString &sentence);
    /// percentSearched() has another value, or none any more.
    void searched();

private:
    void sessionReplaced();
    void sessionGrew();
    void sessionStateChanged();
    void startPlayhead(Playhead::Direction direction);
    /// Playing without a pace has come to the end of what is recorded.
    void playBehindTheEnd();
    void playOn();
    void playOnBack();
    /// The cursor that playing, in either direction, has come to by now, breakpoints not looked at.
    quint64 playTarget();
    /// Lets the runner go on if playing comes close to what it has recorded.
    void keepRunnerAhead();
    void search(const Goal &goal, GoalSearch::Direction direction);
    void searchOn();
    /// The recording holds no such moment yet: lets the runner go on, or gives up.
    void searchBehindTheEnd();
    void giveUp();
    Goal lineGoal(const FileBreakpoints &places, const QString &missed) const;
    /// What every step forward begins with: false if there is nothing to step now.
    bool beginStep();
    /// Moves to `target` if it is recorded, else lets the runner go on to one of these kinds (by one event if there are none).
    void stepTo(std::optional<quint64> target, const QList<EventKind> &kinds);
    /// The cursor behind the next thing of this kind that is recorded.
    std::optional<quint64> recordedNext(Landmark landmark) const;
    /// The runner has paused: that was the step, or it only did work of Node's own.
    void endStep();
    void move(quint64 cursor, bool byStep);
    /// Goes to the place that was asked for before it was taken in.
    void reachAwaited();
    void stopPlaying();
    void sendBreakpoints();
    bool isAt(SiteId site, const FileBreakpoints &places) const;
    bool isStop(quint64 index, const FileBreakpoints &places) const;
    /// The cursor behind the first statement at one of these places among the events from `cursor` to `end`.
    std::optional<quint64> nextStop(quint64 cursor, const FileBreakpoints &places, quint64 end = std::numeric_limits<quint64>::max()) const;
    /// The cursor, not before `begin`, behind the last such statement before `cursor`.
    std::optional<quint64> previousStop(quint64 cursor, const FileBreakpoints &places, quint64 begin) const;

    RunSession &m_session;
    quint64 m_cursor = 0;
    std::optional<quint64> m_awaited; ///< a cursor beyond what is taken in; the maximum for the end
    bool m_isFollowing = false; ///< the cursor stays at the end of a live run
    bool m_isStepping = false;
    bool m_folds = false;
    std::optional<Landmark> m_landmark; ///< what the runner was asked to step to
    bool m_isRunningToLine = false;
    std::optional<GoalSearch> m_search; ///< of a run-to command
    bool m_searchPlays = false; ///< it is for the next breakpoint while playing
    int m_percentSearched = -1; ///< told last; -1: none
    FileBreakpoints m_lineGoal; ///< if that is to a line, this one
    int m_searchRounds = 0; ///< how often the runner went on for it
    QTimer m_searchTimer;
    Pace m_pace;
    Playhead m_playhead;
    QElapsedTimer m_sincePlayed;
    QTimer m_playTimer;
    FileBreakpoints m_breakpoints;
};

} // namespace loopscope
