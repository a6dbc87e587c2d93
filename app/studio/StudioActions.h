// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QList>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace loopscope {

struct Palette;

/// Every command of the window: its words, keys and place in the menus. What they do is connected by the window.
class StudioActions
{
    Q_DECLARE_TR_FUNCTIONS(StudioActions)
public:
    explicit StudioActions(QWidget &window);

    void fillMenus(QMenuBar &bar) const;
    /// Draws the icons in the colours of a theme.
    void setIcons(const Palette &palette) const;
    /// Those that act in the Step workspace only, and that its state switches on and off.
    QList<QAction *> ofStepping() const;

    // File
    QAction *newScript;
    QAction *open;
    QAction *openRecording;
    QAction *save;
    QAction *saveAs;
    QAction *saveRecording;
    QAction *quit;
    // Edit
    QAction *find;
    QAction *findNext;
    QAction *findPrevious;
    QMenu *examples;
    QMenu *recent;
    QMenu *templates;
    QMenu *exportView;
    QAction *exportWalk;
    QAction *exportWritten;
    // Run
    QAction *run;
    QAction *runAgain;
    QAction *chooseRun;
    QAction *playBack;
    QAction *pause;
    QAction *stop;
    QAction *faster;
    QAction *slower;
    QAction *toggleBreakpoint;
    QAction *setCondition;
    QAction *clearBreakpoints;
    QAction *showValue;
    // Step
    QAction *nextEvent;
    QAction *previousEvent;
    QAction *nextStatement;
    QAction *previousStatement;
    QAction *nextCallback;
    QAction *previousCallback;
    QAction *nextPhase;
    QAction *previousPhase;
    QAction *nextIteration;
    QAction *previousIteration;
    QAction *nextConsoleLine;
    QAction *previousConsoleLine;
    QAction *toStart;
    QAction *toEnd;
    // Run to, forward and back
    QAction *runToLine;
    QAction *backToLine;
    QAction *nextMicrotask;
    QAction *previousMicrotask;
    QAction *microtasksDrained;
    QAction *backToDrained;
    QAction *untilSettled;
    QAction *backToSettled;
    QAction *untilQueue;
    QAction *backToQueue;
    // Fork
    QAction *forkHere;
    QAction *forkWithDelay;
    QAction *forkOtherOrder;
    QAction *forkOtherSeed;
    QAction *compareWith;
    QAction *firstDifference;
    QAction *showOtherRun;
    QAction *closeComparison;
    // View
    QActionGroup *themes;
    QAction *followSystemTheme;
    QAction *lightTheme;
    QAction *darkTheme;
    QAction *largerText;
    QAction *smallerText;
    QAction *normalText;
    QAction *resetLayout;
    QAction *presenter;
    QMenu *panels;
    QMenu *files;
    QAction *showScript;
    QAction *findEvent;
    QAction *nextHit;
    QAction *previousHit;
    QAction *whyDepth;
    QAction *showNodesWork;
    QMenu *loops;
    QAction *nextLoop;
    QAction *heatOfWhole;
    QActionGroup *motions; ///< data: a LoopView::Motion
    QAction *nextView;
    QAction *previousView;
    // Lab
    QAction *stepWorkspace;
    QAction *serversWorkspace;
    QAction *profileWorkspace;
    QAction *lessonsWorkspace;
    QMenu *labPresets;
    QMenu *recordModel; ///< an entry a model, filled when it is shown
    QAction *serveScript;
    QAction *openScenario;
    QAction *saveScenario;
    QAction *saveLabRun;
    QAction *compareRuns;
    QAction *exportLabRun;
    QAction *sweep;
    QAction *followRequest;
    // Lessons
    QMenu *lessons; ///< in the bar while the workspace is shown
    QAction *courseList;
    QAction *lessonAct; ///< what a step is there for
    QAction *nextLessonStep;
    QAction *previousLessonStep;
    QAction *lessonHint;
    QAction *lessonSolution;
    QAction *lessonReset;
    QAction *retakePredictions;
    QAction *openLessons;
    QAction *openLessonBundle;
    QAction *ownLessons;
    QAction *newLesson;
    QMenu *lessonLanguages; ///< filled when it is shown
    QAction *exportProgress;
    QAction *importProgress;
    QAction *forgetLesson;
    QAction *handIn;
    QAction *handOut;
    QAction *handOutSolved;
    // Help
    QAction *tour;
    QAction *keys;
    QAction *about;

private:
    QAction *add(QWidget &window, const QString &text, const QString &barText, const QString &key, const QString &tip = {}) const;
    QList<std::pair<QAction *, QString>> m_icons; ///< with the name of their picture

    void makeFile(QWidget &window);
    void makeRun(QWidget &window);
    void makeSteps(QWidget &window);
    void makeRunTo(QWidget &window);
    void makeFork(QWidget &window);
    void makeView(QWidget &window);
    void makeLab(QWidget &window);
    void makeLessons(QWidget &window);
};

} // namespace loopscope
