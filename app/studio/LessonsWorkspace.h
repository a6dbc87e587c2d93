// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/LessonWalk.h"
#include "lessons/OpenCourse.h"

#include <QObject>

#include <memory>

class QUrl;

namespace loopscope {

class CoursePage;
class LessonDocks;
class LessonPane;
class LessonPointer;
class LessonRuns;
class LessonTrial;
class MainWindow;
struct RunSetup;
class TallyCard;
class WorkspaceDocks;
class Workspaces;

/// The Lessons workspace: the list of a course; a lesson's text beside the real Step workspace (or the Servers or Profile page), with the
/// step's script in the editor. What a step does is decided here; where one is, LessonWalk knows; scripts are run by LessonRuns.
class LessonsWorkspace : public QObject
{
    Q_OBJECT
public:
    /// `home`: as for OpenCourse. `docks` and the window outlive it.
    LessonsWorkspace(MainWindow &window, WorkspaceDocks &docks, const QString &home);
    ~LessonsWorkspace() override;

    /// Once the window has its workspaces.
    void connectTo(Workspaces &workspaces);

    OpenCourse &course() { return m_course; }
    LessonWalk &walk() { return m_walk; }
    CoursePage &page() { return *m_page; }
    LessonPane &pane() { return *m_pane; }
    LessonRuns &runs() { return *m_runs; }
    LessonDocks &docks() { return *m_docks; }

    /// The workspace; opens the program's own course if none is open yet. Again while a lesson is open: back to the list.
    void show();
    /// A folder of lessons or a bundle, in the workspace. False, and said in the banner, if it cannot be opened.
    bool open(const QString &path);
    /// A lesson at a step (empty: where one stands). False if there is none of these names.
    bool begin(const QString &lesson, const QString &step = {});
    /// A lesson is seen.
    bool isInLesson() const;
    /// Nothing may be run or stepped: the question has to be answered first.
    bool isSealed() const;
    /// For an audience: questions take a show of hands, and their answers are hidden until they are shown.
    void setPresenting(bool isPresenting);
    bool isPresenting() const { return m_isPresenting; }
    TallyCard &tally() { return *m_tally; }
    /// A script of the step runs and what came of it will be shown.
    bool isBusy() const;
    /// How the lesson's script is run.
    RunSetup setup() const;
    /// After the window has said which commands it can do.
    void updateActions();

private:
    enum class Act : quint8 { Next, HandIn, Show, Moment, Check, Finish };
    Act act() const;
    void doAct();
    void finish();
    void leaveLesson();
    void workspaceChanged();
    /// Saves what was typed into the learner's copy: nobody is asked about that.
    void keepText();

    void showPlace();
    /// A step was come to: its script into the editor, its views, its text.
    void enterStep();
    /// The step as it stands now: what is asked, shown, answered.
    void showStep();
    void showViews();
    /// The Servers or Profile page of a step gets the script; what is watched is run.
    void openPage(const QString &copy);
    void showQuestion();
    void showWatch();
    void showTask();
    /// The run out of sight is over: the question can be asked, or what came of an earlier answer told.
    void questionRan();
    void handIn();
    /// The question's answer is seen: it was handed in, or shown to the audience.
    bool isAnswered() const;
    void showAnswer();
    void showTally();
    /// What ran out of sight is seen, from its start.
    void reveal();
    void nextMoment();
    void check();
    void checkInLab();
    void labRan();
    /// The run in sight has ended: who waits for it goes on.
    void lookAtRun();
    void taskRan();
    void showSolution();
    void startAgain();
    /// The Servers workspace with the learner's server and the task's scenario.
    void goToServers();
    void follow(const QUrl &link);
    void goToEvent(quint64 event);
    QString placeText() const;
    void say(const QString &problem);

    MainWindow &m_window;
    OpenCourse m_course;
    LessonWalk m_walk;
    CoursePage *m_page;
    LessonPane *m_pane;
    LessonDocks *m_docks;
    LessonRuns *m_runs;
    LessonPointer *m_pointer;
    TallyCard *m_tally;
    LessonTrial *m_lab; ///< tries a server in the server lab
    Workspaces *m_workspaces = nullptr;
    bool m_isPresenting = false;
    QString m_copy; ///< of the script in the editor
    // Of the step that is open:
    QStringList m_items; ///< to choose from
    QString m_feedback; ///< to the answer
    QString m_problem; ///< why it cannot be asked or shown
    QString m_result; ///< of the last try
    QString m_solution; ///< that was asked for
    QString m_told; ///< what the run did
    int m_rightItem = -1;
    bool m_isShown = false; ///< the answer, to an audience
    bool m_isChecking = false;
    bool m_wantsMoment = false; ///< as soon as the run is there
};

} // namespace loopscope
