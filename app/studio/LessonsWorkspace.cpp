// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// The Lessons workspace: course, places and commands. What steps do is in LessonSteps.cpp.
#include "LessonsWorkspace.h"

#include "LessonDocks.h"
#include "LessonPointer.h"
#include "LessonRuns.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StudioActions.h"
#include "Workspaces.h"
#include "editor/SourceEditor.h"
#include "lessons/CoursePage.h"
#include "lessons/LessonPane.h"
#include "lessons/QuestionCard.h"
#include "lessons/TallyCard.h"
#include "lessons/loader/LessonTrial.h"
#include "session/RunSession.h"
#include "shell/Banner.h"

#include <QAction>
#include <QDockWidget>
#include <QMenu>

namespace loopscope {

using Workspace = Workspaces::Workspace;

LessonsWorkspace::LessonsWorkspace(MainWindow &window, WorkspaceDocks &docks, const QString &home)
    : QObject(&window)
    , m_window(window)
    , m_course(home)
    , m_walk(m_course)
    , m_page(new CoursePage(m_course))
    , m_pane(new LessonPane({window.commands().courseList, window.commands().previousLessonStep, window.commands().nextLessonStep,
          window.commands().lessonAct, window.commands().lessonHint, window.commands().lessonSolution, window.commands().lessonReset}))
    , m_docks(new LessonDocks(window, docks, *m_pane))
    , m_runs(new LessonRuns(this))
    , m_pointer(new LessonPointer(window, docks))
    , m_tally(new TallyCard)
    , m_lab(new LessonTrial(this))
{
    m_pane->addCard(m_tally);
}

LessonsWorkspace::~LessonsWorkspace()
{
    m_walk.disconnect(this);
    m_runs->disconnect(this);
    m_lab->disconnect(this);
}

void LessonsWorkspace::connectTo(Workspaces &workspaces)
{
    m_workspaces = &workspaces;
    const StudioActions &commands = m_window.commands();
    connect(&workspaces, &Workspaces::changed, this, &LessonsWorkspace::workspaceChanged);
    connect(&m_walk, &LessonWalk::moved, this, &LessonsWorkspace::showPlace);
    connect(&m_walk, &LessonWalk::changed, this, &LessonsWorkspace::showStep);
    connect(m_page, &CoursePage::lessonChosen, this, [this](const QString &name) { begin(name); });
    connect(m_page, &CoursePage::goOnChosen, this, [this] {
        if (const Lesson *next = m_course.lessonToGoOn())
            begin(next->name);
    });
    const auto retake = [this] {
        show();
        m_window.whenLeft([this] { m_walk.beginRetries(m_course.progress().retries(m_course.progressName())); });
    };
    connect(m_page, &CoursePage::retriesChosen, this, retake);
    connect(commands.retakePredictions, &QAction::triggered, this, retake);
    connect(m_page, &CoursePage::openChosen, commands.openLessons, &QAction::trigger);
    connect(commands.lessonsWorkspace, &QAction::triggered, this, &LessonsWorkspace::show);
    connect(commands.courseList, &QAction::triggered, this, &LessonsWorkspace::leaveLesson);
    connect(commands.lessonAct, &QAction::triggered, this, &LessonsWorkspace::doAct);
    connect(commands.nextLessonStep, &QAction::triggered, &m_walk, &LessonWalk::next);
    connect(commands.previousLessonStep, &QAction::triggered, &m_walk, &LessonWalk::previous);
    connect(commands.lessonHint, &QAction::triggered, &m_walk, &LessonWalk::showHint);
    connect(commands.lessonSolution, &QAction::triggered, this, &LessonsWorkspace::showSolution);
    connect(commands.lessonReset, &QAction::triggered, this, &LessonsWorkspace::startAgain);
    connect(&m_pane->question(), &QuestionCard::handedIn, this, &LessonsWorkspace::handIn);
    connect(&m_pane->question(), &QuestionCard::changed, &m_window, &MainWindow::updateActions);
    connect(m_pane, &LessonPane::linkChosen, this, &LessonsWorkspace::follow);
    connect(m_lab, &LessonTrial::finished, this, &LessonsWorkspace::labRan);
    connect(m_runs, &LessonRuns::done, this, &LessonsWorkspace::questionRan);
    // The last events are taken in behind the first of these signals.
    connect(&m_window.session(), &RunSession::stateChanged, this, &LessonsWorkspace::lookAtRun, Qt::QueuedConnection);
    connect(&m_window.session(), &RunSession::grew, this, &LessonsWorkspace::lookAtRun, Qt::QueuedConnection);
    connect(&m_course, &OpenCourse::progressed, &m_window, &MainWindow::updateActions);
    if (!m_course.problem().isEmpty()) // of the progress, which was put aside
        m_window.banner().say(Banner::Severity::Note, m_course.problem());
}

void LessonsWorkspace::show()
{
    if (m_workspaces->current() == Workspace::Lessons) {
        if (m_walk.isOn())
            leaveLesson();
        return;
    }
    if (!m_course.isOpen())
        m_course.open({}); // without it the page says what else can be opened
    m_workspaces->setCurrent(Workspace::Lessons);
}

bool LessonsWorkspace::open(const QString &path)
{
    if (!m_course.open(path)) {
        say(m_course.problem());
        return false;
    }
    m_window.banner().dismiss();
    m_walk.leave();
    m_workspaces->setCurrent(Workspace::Lessons);
    return true;
}

bool LessonsWorkspace::begin(const QString &lesson, const QString &step)
{
    keepText();
    m_workspaces->setCurrent(Workspace::Lessons);
    const Lesson *found = m_course.lesson(lesson);
    if (found == nullptr || (!step.isEmpty() && found->step(step) == nullptr))
        return false;
    m_window.whenLeft([this, lesson, step] { m_walk.begin(lesson, step); }); // maybe later: something may be unsaved
    return true;
}

bool LessonsWorkspace::isInLesson() const
{
    return m_workspaces != nullptr && m_workspaces->current() == Workspace::Lessons && m_walk.isOn();
}

void LessonsWorkspace::leaveLesson()
{
    keepText();
    m_window.whenLeft([this] { m_walk.leave(); });
}

void LessonsWorkspace::say(const QString &problem) { m_window.banner().say(Banner::Severity::Error, problem); }

void LessonsWorkspace::workspaceChanged()
{
    if (m_workspaces->current() != Workspace::Lessons) {
        if (m_docks->isOn() && m_window.document().path() == m_copy) {
            keepText();
            m_window.editor().setReadOnly(false); // elsewhere it is a script as any other
        }
        m_docks->leave();
        m_pointer->pointAt({});
        return;
    }
    if (!m_walk.isOn()) {
        m_page->focusList();
    } else if (!m_docks->isOn()) {
        // Back from another workspace: the editor and the run may be others' by now.
        m_window.whenLeft([this] { enterStep(); });
    }
}

void LessonsWorkspace::keepText()
{
    ScriptDocument &document = m_window.document();
    if (!m_copy.isEmpty() && document.path() == m_copy && document.isModified() && !document.save())
        say(document.problem());
}

void LessonsWorkspace::showPlace()
{
    if (m_workspaces->current() != Workspace::Lessons)
        return;
    if (m_walk.isOn()) {
        enterStep();
        return;
    }
    m_pointer->pointAt({});
    m_runs->forget();
    m_docks->leave();
    m_workspaces->setLessonView(Workspace::Lessons, nullptr);
    m_page->focusList();
    m_window.updateActions();
}

LessonsWorkspace::Act LessonsWorkspace::act() const
{
    const LessonStep *step = m_walk.step();
    if (step != nullptr && step->question && !isAnswered())
        return m_isPresenting ? Act::Show : Act::HandIn;
    if (step != nullptr && step->kind == LessonStep::Kind::Watch && m_walk.moment() + 1 < step->moments.size())
        return Act::Moment;
    if (step != nullptr && step->task && (m_walk.answer() == nullptr || !m_walk.answer()->isRight))
        return Act::Check;
    return m_walk.hasNext() ? Act::Next : Act::Finish;
}

void LessonsWorkspace::doAct()
{
    if (!isInLesson())
        return;
    switch (act()) {
    case Act::Next:
        m_walk.next();
        break;
    case Act::HandIn:
        handIn();
        break;
    case Act::Show:
        showAnswer();
        break;
    case Act::Moment:
        nextMoment();
        break;
    case Act::Check:
        check();
        break;
    case Act::Finish:
        finish();
        break;
    }
}

void LessonsWorkspace::finish()
{
    // Behind a lesson a few questions of earlier ones are asked again.
    const QString lesson = m_walk.lesson()->name;
    if (!m_walk.isRetry() && m_walk.beginRetries(m_course.progress().retriesAfter(m_course.progressName(), lesson)))
        return;
    leaveLesson();
}

void LessonsWorkspace::updateActions()
{
    const StudioActions &commands = m_window.commands();
    const bool isIn = isInLesson();
    commands.lessons->menuAction()->setVisible(m_workspaces != nullptr && m_workspaces->current() == Workspace::Lessons);
    const LessonStep *step = isIn ? m_walk.step() : nullptr;
    const Act next = isIn ? act() : Act::Finish;
    commands.courseList->setEnabled(isIn);
    commands.previousLessonStep->setEnabled(isIn && m_walk.hasPrevious());
    commands.nextLessonStep->setEnabled(isIn && m_walk.hasNext());
    commands.nextLessonStep->setVisible(!isIn || (next != Act::Next && m_walk.hasNext()));
    commands.lessonHint->setVisible(!isIn || !m_walk.hints().isEmpty());
    commands.lessonHint->setEnabled(isIn && m_walk.hintsShown() < m_walk.hints().size());
    commands.lessonHint->setIconText(m_walk.hintsShown() == 0 ? tr("Hint") : tr("Another hint"));
    const bool hasTask = step != nullptr && step->task;
    commands.lessonSolution->setVisible(!isIn || (hasTask && !step->task->solution.isEmpty()));
    commands.lessonSolution->setEnabled(hasTask && m_solution.isEmpty());
    commands.lessonReset->setVisible(!isIn || hasTask);
    commands.lessonReset->setEnabled(hasTask);
    commands.retakePredictions->setEnabled(m_course.isOpen() && !m_course.progress().retries(m_course.progressName()).isEmpty());
    const bool isReady = next == Act::Show ? m_runs->isDone() && m_problem.isEmpty() : next != Act::HandIn || m_pane->question().isReady();
    commands.lessonAct->setEnabled(isIn && isReady && !m_isChecking);
    commands.forgetLesson->setEnabled(isIn);
    const QString words[] = {tr("Next"), tr("Hand in"), tr("Show the answer"), tr("Next moment"), tr("Check"), tr("Done")};
    commands.lessonAct->setIconText(words[static_cast<std::size_t>(next)]);
    commands.lessonAct->setToolTip(
        tr("%1 (%2)").arg(words[static_cast<std::size_t>(next)], commands.lessonAct->shortcut().toString(QKeySequence::NativeText)));
    const bool showsList = m_workspaces != nullptr && m_workspaces->shown() == Workspace::Lessons;
    if (!isSealed() && !showsList)
        return;
    for (QAction *action : commands.ofStepping())
        action->setEnabled(false);
    commands.run->setEnabled(false);
}

} // namespace loopscope
