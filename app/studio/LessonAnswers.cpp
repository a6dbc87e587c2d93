// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// Questions and tasks of a lesson: handing in, revealing, checking. The steps around them are in LessonSteps.cpp.
#include "LessonFeedback.h"
#include "LessonRuns.h"
#include "LessonsWorkspace.h"
#include "MainWindow.h"
#include "ScriptDocument.h"
#include "editor/SourceEditor.h"
#include "lessons/LessonPane.h"
#include "lessons/QuestionCard.h"
#include "lessons/TallyCard.h"
#include "lessons/loader/LabMeasures.h"
#include "lessons/loader/LessonTrial.h"
#include "lessons/loader/RunMeasures.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"
#include "session/Stepper.h"
#include "shell/Banner.h"
#include "state/LoopState.h"
#include "state/StateTimeline.h"

#include <QFile>

namespace loopscope {

void LessonsWorkspace::questionRan()
{
    const LessonQuestion *question = isInLesson() ? m_walk.question() : nullptr;
    if (question == nullptr)
        return;
    m_problem = m_runs->problem().isEmpty() ? QString() : tr("The script of this question cannot be run: %1").arg(m_runs->problem());
    if (m_problem.isEmpty()) {
        const QuestionRun run(*question, m_runs->session());
        m_problem = run.problem();
        m_items = run.items();
        if (m_problem.isEmpty()) {
            m_told = run.told();
            m_rightItem = run.rightItem();
            if (const StepProgress *answer = m_walk.answer())
                m_feedback = run.feedback(answer->answer);
        }
    }
    m_pane->question().ask(*question, m_items);
    if (m_isPresenting)
        showTally();
    else if (m_problem.isEmpty() && isAnswered())
        reveal();
    showStep();
    m_pane->focusStep();
}

void LessonsWorkspace::showQuestion()
{
    const LessonQuestion &question = *m_walk.question();
    QuestionCard &card = m_pane->question();
    const auto explained = [&](const QString &told) {
        return question.explanation.isEmpty() ? told : told + QStringLiteral("\n\n") + question.explanation;
    };
    if (m_isPresenting) {
        m_pane->setTask(tr("Question"), m_problem.isEmpty() ? question.question : m_problem);
        m_pane->setFeedback(m_isShown ? explained(m_told) : QString());
        return;
    }
    QString said;
    if (!m_problem.isEmpty())
        card.say(m_problem);
    else if (!m_runs->isDone())
        card.say(tr("The script is being run…"));
    else
        card.say({});
    if (const StepProgress *answer = m_walk.answer(); answer != nullptr && m_runs->isDone() && m_problem.isEmpty()) {
        card.showAnswer(answer->answer);
        said = explained(m_feedback);
    }
    m_pane->setFeedback(said);
}

void LessonsWorkspace::handIn()
{
    const LessonQuestion *question = m_walk.question();
    QuestionCard &card = m_pane->question();
    if (question == nullptr || m_walk.answer() != nullptr || !m_runs->isDone() || !card.isReady())
        return;
    const QStringList answer = card.answer();
    const QuestionRun run(*question, m_runs->session());
    m_feedback = run.feedback(answer);
    m_walk.handIn(answer, run.isRight(answer));
    reveal();
    m_pane->scrollToFeedback();
    m_pane->focusStep();
}

bool LessonsWorkspace::isAnswered() const { return m_isPresenting ? m_isShown : m_walk.answer() != nullptr; }

void LessonsWorkspace::showTally()
{
    const LessonQuestion &question = *m_walk.question();
    using Ask = LessonQuestion::Ask;
    AnswerChips mixed; // the order given may be the answer
    mixed.ask(AnswerChips::Kind::One, m_items, question.ask != Ask::Choice);
    m_rightItem = m_rightItem >= 0 ? static_cast<int>(mixed.items().indexOf(m_items.value(m_rightItem))) : -1;
    const QString asked = question.ask == Ask::Order ? tr("Hands up: which line comes first?")
        : question.ask == Ask::Queue                 ? tr("Hands up: what is the first in the queue?")
        : question.ask == Ask::Next                  ? tr("Hands up: which callback is next?")
                                                     : tr("Hands up: which is it?");
    m_tally->ask(asked, mixed.items(), question.ask != Ask::Choice);
}

void LessonsWorkspace::showAnswer()
{
    if (!m_runs->isDone() || !m_problem.isEmpty())
        return;
    m_isShown = true;
    m_tally->reveal(m_rightItem);
    showStep();
    reveal();
    m_pane->scrollToFeedback();
}

void LessonsWorkspace::setPresenting(bool isPresenting)
{
    if (m_isPresenting == isPresenting)
        return;
    m_isPresenting = isPresenting;
    m_tally->hide();
    if (isInLesson())
        enterStep();
}

void LessonsWorkspace::reveal()
{
    // The very run that the answer is from, to be stepped.
    const RecordingReader *reader = m_runs->session().reader();
    if (reader == nullptr)
        return;
    m_window.session().exchange(m_runs->session());
    m_window.showTextOfRun(reader->sources().empty() ? nullptr : reader->sources().front().get());
    m_window.stepper().toStart();
}

void LessonsWorkspace::showTask()
{
    const LessonStep &step = *m_walk.step();
    const QString way = tr("[Open it in the Servers workspace](go:servers) to see it under load; Ctrl+4 comes back.");
    m_pane->setTask(tr("To do"), step.task->scenario.isEmpty() ? step.task->task : step.task->task + QStringLiteral("\n\n") + way);
    QStringList parts;
    const bool isDone = m_walk.answer() != nullptr && m_walk.answer()->isRight && !m_isChecking;
    if (m_isChecking)
        parts << tr("The script is being run…");
    else if (!m_result.isEmpty())
        parts << m_result;
    else if (isDone)
        parts << tr("**✓ You have done this.** Your script is in the editor.");
    if (!m_solution.isEmpty())
        parts << tr("**A solution**") << QStringLiteral("```js\n%1\n```").arg(m_solution.trimmed());
    if ((isDone || !m_solution.isEmpty()) && !step.explanation.isEmpty())
        parts << step.explanation;
    m_pane->setFeedback(parts.join(QStringLiteral("\n\n")));
}

void LessonsWorkspace::check()
{
    if (m_isChecking)
        return;
    m_result.clear();
    if (!m_walk.step()->task->scenario.isEmpty()) {
        checkInLab();
        return;
    }
    if (!m_window.startRun(setup()))
        return;
    m_isChecking = true;
    m_window.session().resume();
    showStep();
}

void LessonsWorkspace::checkInLab()
{
    const LessonStep &step = *m_walk.step();
    if (m_window.document().fileToRun().isEmpty()) { // saves it
        say(m_window.document().problem());
        return;
    }
    m_isChecking = true;
    m_lab->start({RunSession::runnerPath(), m_walk.lesson()->folder, m_walk.script(), m_window.editor().text().toUtf8(), m_walk.run(),
        step.task->scenario, step.task->models});
    showStep();
}

void LessonsWorkspace::labRan()
{
    if (!m_isChecking || m_lab->wasCancelled() || !isInLesson())
        return;
    m_isChecking = false;
    const LessonTask &task = *m_walk.step()->task;
    QString problem = m_lab->failure();
    const auto measures = problem.isEmpty() ? LabMeasures::fromReport(m_lab->output(), task.models, &problem) : std::nullopt;
    bool isRight = false;
    if (measures) {
        const TaskResult result(task, *measures, MeasureSet::Lab);
        m_result = result.feedback();
        isRight = result.isRight();
    } else {
        m_result = tr("**✗ The script could not be served.** %1").arg(problem);
    }
    m_walk.tried(m_window.editor().text(), isRight);
    m_pane->scrollToFeedback();
}

void LessonsWorkspace::taskRan()
{
    const RunSession &session = m_window.session();
    m_isChecking = false;
    const StateTimeline *timeline = session.timeline();
    const bool hasRun =
        timeline != nullptr && session.eventCount() > 0 && timeline->newest().end && timeline->newest().end->ending != RunEnding::Refused;
    bool isRight = false;
    if (hasRun) {
        m_window.stepper().toEnd();
        const TaskResult result(*m_walk.step()->task, RunMeasures(*session.reader()), MeasureSet::Run);
        m_result = result.feedback();
        isRight = result.isRight();
    } else {
        m_result = tr("**✗ The script could not be run.** What is wrong with it stands above, and at its line.");
    }
    m_walk.tried(m_window.editor().text(), isRight);
    m_pane->scrollToFeedback();
}

void LessonsWorkspace::showSolution()
{
    const auto show = [this] {
        const LessonStep *step = isInLesson() ? m_walk.step() : nullptr;
        QFile file(step != nullptr && step->task ? step->task->solution : QString());
        if (!file.open(QIODevice::ReadOnly))
            return;
        m_solution = QString::fromUtf8(file.readAll());
        showStep();
        m_pane->scrollToFeedback();
    };
    m_window.banner().ask(tr("Show a solution? What you wrote stays."), {{tr("Show it"), show}, {tr("Not yet"), [] {}}});
}

void LessonsWorkspace::startAgain()
{
    const auto reset = [this] {
        if (!isInLesson() || !m_walk.step()->task)
            return;
        m_window.editor().setModified(false);
        if (m_course.resetCopy(*m_walk.lesson(), *m_walk.step(), m_walk.script()).isEmpty())
            say(m_course.problem());
        else
            enterStep();
    };
    m_window.banner().ask(tr("Take the script as the lesson has it? What you wrote for this step goes."),
        {{tr("Start again"), reset}, {tr("Keep mine"), [] {}}});
}

} // namespace loopscope
