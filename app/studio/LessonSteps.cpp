// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the steps of a lesson do in the window: reading, watching, predicting, doing.
#include "LessonDocks.h"
#include "LessonPointer.h"
#include "LessonRuns.h"
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "StepWorkspace.h"
#include "Workspaces.h"
#include "editor/SourceEditor.h"
#include "lessons/LessonPane.h"
#include "lessons/QuestionCard.h"
#include "lessons/TallyCard.h"
#include "lessons/loader/LessonTrial.h"
#include "lessons/loader/MomentSearch.h"
#include "servers/ServersView.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"

#include <QDir>
#include <QDockWidget>
#include <QFileInfo>
#include <QUrl>

namespace loopscope {

using Workspace = Workspaces::Workspace;

bool LessonsWorkspace::isSealed() const { return isInLesson() && m_walk.question() != nullptr && !isAnswered(); }

bool LessonsWorkspace::isBusy() const
{
    const RunSession &session = m_window.session();
    const bool isTrialBusy = m_runs->session().state() != RunSession::State::Empty && !m_runs->isDone();
    return isInLesson() && (isTrialBusy || m_lab->isRunning() || session.isLive() || !session.isCaughtUp());
}

RunSetup LessonsWorkspace::setup() const
{
    RunSetup setup;
    const LessonRun run = m_walk.run();
    setup.arguments = run.arguments;
    setup.runnerOptions = LessonRuns::optionsOf(run);
    return setup;
}

QString LessonsWorkspace::placeText() const
{
    if (m_walk.isRetry())
        return tr("taken again: %1 of %2").arg(m_walk.place()).arg(m_walk.places());
    const QString place = tr("step %1 of %2").arg(m_walk.place()).arg(m_walk.places());
    return m_walk.isSibling() ? tr("%1, once more").arg(place) : place;
}

void LessonsWorkspace::enterStep()
{
    keepText();
    const LessonStep *step = m_walk.step();
    m_solution.clear();
    m_result.clear();
    m_feedback.clear();
    m_problem.clear();
    m_items.clear();
    m_wantsMoment = false;
    m_told.clear();
    m_isShown = false;
    m_isChecking = false;
    m_lab->cancel();
    m_pointer->pointAt({});
    m_runs->forget();
    m_window.banner().dismiss();
    // What the learner writes for a task stays; all else is as the lesson has it.
    const QString copy = m_course.workingCopy(*m_walk.lesson(), *step, m_walk.script(), step->task.has_value());
    if (copy.isEmpty()) {
        say(m_course.problem());
        return;
    }
    m_window.openFile(copy);
    m_copy = m_window.document().path();
    m_window.editor().setReadOnly(step->question.has_value() || step->kind == LessonStep::Kind::Watch);
    m_pane->setLesson(m_walk.lesson()->title);
    m_docks->setPlace(placeText());
    const bool isFirst = m_walk.stepIndex() == 0 && !m_walk.isSibling() && !m_walk.isRetry();
    const QString introduction = isFirst ? m_walk.lesson()->introduction + QStringLiteral("\n\n") : QString();
    m_pane->setText(
        m_walk.isSibling() ? tr("## Once more, with another script") : introduction + tr("## %1\n\n%2").arg(step->title, step->text));
    if (const LessonQuestion *question = m_walk.question()) {
        m_pane->question().ask(*question, {});
        m_runs->start(copy, m_walk.run());
    }
    showStep();
    openPage(copy);
    m_pane->scrollToTop();
    m_pane->focusStep();
}

void LessonsWorkspace::showViews()
{
    // Before the answer only the script is seen: everything else would tell it. A server that is to be changed has to be seen, too.
    const bool needsScript = isSealed() || (m_walk.step()->task && m_walk.views().contains(QLatin1String("servers")));
    const QStringList views = needsScript ? QStringList{QStringLiteral("source")} : m_walk.views();
    const bool hasServers = !m_walk.step()->task && views.contains(QLatin1String("servers"));
    const bool hasProfile = views.contains(QLatin1String("profile"));
    m_docks->enter(views);
    m_workspaces->setLessonView(hasServers ? Workspace::Servers : hasProfile ? Workspace::Profile : Workspace::Step, &m_docks->textDock());
}

void LessonsWorkspace::openPage(const QString &copy)
{
    const LessonStep &step = *m_walk.step();
    const bool isWatched = step.kind == LessonStep::Kind::Watch;
    const bool hasProfile = m_walk.views().contains(QLatin1String("profile")) && !step.question;
    if (isWatched || hasProfile) {
        if (m_window.startRun(setup()))
            m_window.session().resume();
        if (isWatched)
            m_window.stepper().toStart();
        else
            m_window.stepper().toEnd();
    }
    if (!m_walk.views().contains(QLatin1String("servers")) || step.question || step.task)
        return;
    m_window.servers().setScript(copy);
}

void LessonsWorkspace::showStep()
{
    if (!isInLesson())
        return;
    const LessonStep *step = m_walk.step();
    showViews();
    m_pane->setHints(m_walk.hints().mid(0, m_walk.hintsShown()));
    m_pane->showQuestion(m_walk.question() != nullptr && !m_isPresenting);
    m_tally->setVisible(m_walk.question() != nullptr && m_isPresenting && m_runs->isDone() && m_problem.isEmpty());
    m_pane->setTask({}, {});
    if (m_walk.question() != nullptr)
        showQuestion();
    else if (step->task)
        showTask();
    else if (step->kind == LessonStep::Kind::Watch)
        showWatch();
    else
        m_pane->setFeedback({});
    m_window.updateActions();
}

void LessonsWorkspace::showWatch()
{
    const LessonStep &step = *m_walk.step();
    m_pane->setFeedback({});
    if (!m_problem.isEmpty()) {
        m_pane->setTask(tr("This moment cannot be shown"), m_problem);
    } else if (m_walk.moment() < 0) {
        m_pane->setTask(tr("%L1 moments to look at").arg(step.moments.size()),
            tr("**Next moment** goes from one to the next in the run of this script. In between, step as you like, forward and back."));
    } else {
        const WatchMoment &moment = step.moments.at(m_walk.moment());
        m_pane->setTask(tr("Moment %1 of %2").arg(m_walk.moment() + 1).arg(step.moments.size()), moment.text);
        m_pointer->pointAt(moment.look);
        return;
    }
    m_pointer->pointAt({});
}

void LessonsWorkspace::nextMoment()
{
    const RunSession &session = m_window.session();
    // While it still runs the moment may not be recorded yet.
    m_wantsMoment = session.reader() == nullptr || session.isLive() || !session.isCaughtUp();
    if (m_wantsMoment)
        return;
    const WatchMoment &moment = m_walk.step()->moments.at(m_walk.moment() + 1);
    const std::optional<quint64> event = MomentSearch(*session.reader(), *session.text()).find(moment.at);
    if (event) {
        goToEvent(*event);
        m_walk.setMoment(m_walk.moment() + 1);
        return;
    }
    m_problem =
        tr("The run of this script has no such moment (line %1 of lesson.json). `loopscope lessons check` says more.").arg(moment.at.line);
    showStep();
}

void LessonsWorkspace::lookAtRun()
{
    const RunSession &session = m_window.session();
    if (!isInLesson() || session.isLive() || !session.isCaughtUp() || session.state() == RunSession::State::Empty)
        return;
    if (m_wantsMoment)
        nextMoment();
    if (m_isChecking)
        taskRan();
}

void LessonsWorkspace::goToEvent(quint64 event)
{
    m_window.stepper().setCursor(event + 1); // it has just happened
}

void LessonsWorkspace::goToServers()
{
    const LessonStep *step = m_walk.step();
    const QString script = m_window.document().fileToRun(); // saves it
    if (step == nullptr || !step->task || script.isEmpty())
        return;
    const QDir folder(m_walk.lesson()->folder);
    const QDir copies(script.chopped(folder.relativeFilePath(m_walk.script()).size()));
    m_window.openScenario(copies.filePath(folder.relativeFilePath(step->task->scenario)));
}

void LessonsWorkspace::follow(const QUrl &link)
{
    if (link.scheme() == QLatin1String("event"))
        goToEvent(link.path().toULongLong());
    else if (link.scheme() == QLatin1String("go"))
        goToServers();
    else if (link.scheme() == QLatin1String("site"))
        m_window.workspace().showSite(link.path().toUInt());
}

} // namespace loopscope
