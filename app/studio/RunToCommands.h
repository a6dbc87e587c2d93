// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"

#include <QObject>

#include <functional>
#include <set>

class QAction;

namespace loopscope {

class QueueGoalBar;
class RunSession;
class SourcePane;
class StepWorkspace;
class Stepper;
class StudioActions;
struct Goal;

/// What the run-to commands do, forward and back: to a line, a microtask, the end of the microtasks, a promise, a queue's length.
class RunToCommands : public QObject
{
    Q_OBJECT
public:
    /// What the commands work on; all must outlive them.
    struct Parts
    {
        const StudioActions &actions;
        RunSession &session;
        Stepper &stepper;
        SourcePane &source;
        StepWorkspace &workspace;
        QueueGoalBar &queueBar;
    };
    /// `ready` starts the run if there is none to step in; false if that cannot be.
    RunToCommands(const Parts &parts, std::function<bool()> ready, QObject *parent = nullptr);

    /// The promise that "this promise" means: the selected one, else the one that the moment is about, else the newest that the line with
    /// the text cursor made; 0 if there is none.
    SubjectId promise() const;
    std::set<SiteId> sitesOfLine(const QString &path, int line) const;

Q_SIGNALS:
    /// Something cannot be done, in a sentence.
    void note(const QString &sentence);

private:
    void connectPair(QAction *forward, QAction *back, const std::function<Goal()> &goal);
    void toLine(bool isBack);
    void toPromise(bool isBack);
    void toQueue(bool isBack);
    void updateActions();
    bool isPromise(SubjectId subject) const;

    Parts m_parts;
    std::function<bool()> m_ready;
};

} // namespace loopscope
