// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/RecordingIndex.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <optional>

namespace loopscope {

class RunSession;

/// The cursor in the recording and everything that moves it.
///
/// The cursor is a number of applied events. A step forward inside the recording moves the cursor only; at its end it lets the runner go
/// on by that much and follows. A step back never touches the runner. Playing follows a live run, or goes event by event at a chosen
/// speed with the runner kept a little ahead, so that a script that never ends does not run away from the person.
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

    void forward(Landmark landmark);
    void back(Landmark landmark);
    /// The same from statement to statement.
    void forwardToStatement();
    void backToStatement();
    /// Goes on until a statement of this line is about to run.
    void runToLine(const QString &path, int line);

    /// Goes on: to the next breakpoint, the end, or the next pause.
    void play();
    void pause();
    bool isPlaying() const { return m_isFollowing || m_playTimer.isActive(); }
    /// True while the runner was asked for a step and has not done it.
    bool isStepping() const { return m_isStepping; }

    /// Events per second while playing; 0: as fast as it goes.
    void setSpeed(int eventsPerSecond);
    int speed() const { return m_speed; }

    using Breakpoints = QHash<QString, QSet<int>>; ///< lines by local path
    /// Where playing stops; sent to the runner too.
    void setBreakpoints(const Breakpoints &breakpoints);

Q_SIGNALS:
    /// `byStep`: a single step, so what changed is worth pointing out.
    void moved(bool byStep);
    void playingChanged();

private:
    void sessionReplaced();
    void sessionGrew();
    void sessionStateChanged();
    void playOne();
    /// What every step forward begins with: false if there is nothing to step now.
    bool beginStep();
    /// Moves to `target` if it is recorded, else lets the runner go on to one of these kinds (by one event if there are none).
    void stepTo(std::optional<quint64> target, const QList<EventKind> &kinds);
    void move(quint64 cursor, bool byStep);
    /// Goes to the place that was asked for before it was taken in.
    void reachGoal();
    void stopPlaying();
    void sendBreakpoints();
    bool isAt(SiteId site, const Breakpoints &places) const;
    std::optional<quint64> nextStop(quint64 cursor, const Breakpoints &places) const;

    RunSession &m_session;
    quint64 m_cursor = 0;
    std::optional<quint64> m_goal; ///< a cursor beyond what is taken in; the maximum for the end
    bool m_isFollowing = false; ///< the cursor stays at the end of a live run
    bool m_isStepping = false;
    bool m_isRunningToLine = false;
    int m_speed = 0;
    QTimer m_playTimer;
    Breakpoints m_breakpoints;
};

} // namespace loopscope
