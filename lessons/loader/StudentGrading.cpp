// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/StudentGrading.h"

#include "lessons/loader/AnswerTexts.h"
#include "lessons/loader/ConditionVerdict.h"
#include "lessons/loader/ScriptRun.h"

namespace loopscope {

using Result = GradedStep::Result;

namespace {

QString quoted(const QString &text)
{
    return text.isNull() ? StudentGrading::tr("nothing more") : QLatin1Char('"') + text + QLatin1Char('"');
}

void addNote(GradedStep *graded, const QString &note)
{
    if (!graded->note.isEmpty() && !note.isEmpty())
        graded->note += QStringLiteral("; ");
    graded->note += note;
}

} // namespace

QList<GradedStep> StudentGrading::grade(const Submission &submission, bool includesUntouched)
{
    QList<GradedStep> graded;
    const SubmittedLesson untouched;
    const QString name = LessonProgress::nameOf(m_course);
    for (const Lesson &lesson : m_course.lessons) {
        const SubmittedLesson *submitted = submission.lesson(lesson.name);
        if (!submitted && !includesUntouched)
            continue;
        if (!submitted)
            submitted = &untouched;
        const auto add = [&](GradedStep step, const QString &id) {
            step.student = submission.student;
            step.lesson = lesson.name;
            step.step = id;
            if (submission.course != name)
                addNote(&step, tr("handed in for the course '%1'").arg(submission.course));
            graded.append(step);
        };
        for (const LessonStep &step : lesson.steps) {
            const QString sibling = step.id + QStringLiteral(".again");
            if (step.question)
                add(gradeQuestion(lesson, *step.question, submitted->step(step.id)), step.id);
            if (step.again)
                add(gradeQuestion(lesson, *step.again, submitted->step(sibling)), sibling);
            if (step.task)
                add(gradeTask(lesson, step, submitted->step(step.id)), step.id);
        }
    }
    return graded;
}

GradedStep StudentGrading::gradeQuestion(const Lesson &lesson, const LessonQuestion &question, const SubmittedStep *submitted)
{
    GradedStep graded;
    graded.kind = QStringLiteral("predict");
    if (!submitted || submitted->answer.isEmpty())
        return graded;
    const QString facts = QuestionMark::of(lesson, question).facts;
    if (!submitted->question.isEmpty() && submitted->question != facts)
        addNote(&graded, tr("the question was edited since"));
    const Truth &truth = truthOf(lesson, question, facts);
    if (!truth.value) {
        graded.result = Result::NotJudged;
        graded.details = truth.problem;
        return graded;
    }
    const AnswerFeedback feedback = AnswerFeedback::of(question, *truth.value, answerOf(question, submitted->answer));
    graded.result = feedback.isRight ? Result::Right : Result::Wrong;
    if (!feedback.isRight)
        graded.details = tr("answered %1, and it is %2").arg(quoted(feedback.given), quoted(feedback.real));
    addNote(&graded, feedback.misconception);
    return graded;
}

/// Found by what it follows from, so that students who answered the same question share it.
const StudentGrading::Truth &StudentGrading::truthOf(const Lesson &lesson, const LessonQuestion &question, const QString &facts)
{
    const auto known = m_truths.constFind(facts);
    if (known != m_truths.constEnd())
        return *known;
    Truth &truth = m_truths[facts];
    LessonProblem problem;
    LessonTrial::Setup setup;
    setup.runner = m_runner;
    setup.folder = lesson.folder;
    setup.script = question.script;
    setup.run = question.run;
    const auto run = ScriptRun::of(setup, &problem);
    QList<LessonProblem> problems;
    if (run)
        truth.value = PredictionTruth::find(question, run->reader(), question.script, problems);
    if (!truth.value)
        truth.problem = problems.isEmpty() ? problem.sentence : problems.first().sentence;
    return truth;
}

GradedStep StudentGrading::gradeTask(const Lesson &lesson, const LessonStep &step, const SubmittedStep *submitted)
{
    GradedStep graded;
    graded.kind = QStringLiteral("do");
    if (!submitted || submitted->text.isEmpty())
        return graded;
    const QString facts = QuestionMark::of(lesson, step, *step.task).facts;
    if (!submitted->question.isEmpty() && submitted->question != facts)
        addNote(&graded, tr("the task was edited since"));
    judgeScript(lesson, step, submitted->text, &graded);
    return graded;
}

void StudentGrading::judgeScript(const Lesson &lesson, const LessonStep &step, const QString &text, GradedStep *graded)
{
    const LessonTask &task = *step.task;
    const MeasureSet set = ScriptRun::setOf(task);
    LessonTrial::Setup setup;
    setup.runner = m_runner;
    setup.folder = lesson.folder;
    setup.script = step.script;
    setup.text = text.toUtf8(); // tried in a copy of the folder
    setup.run = step.run;
    setup.scenario = task.scenario;
    setup.models = task.models;
    LessonProblem problem;
    const auto run = ScriptRun::of(setup, &problem);
    graded->result = run && conditionHolds(task.holds, set, run->measures()) ? Result::Right : Result::Wrong;
    if (graded->result == Result::Right)
        return;
    graded->details = run ? failingParts(task.holds, set, run->measures()) : problem.text();
    for (const Misconception &wrong : run ? task.misconceptions : QList<Misconception>()) {
        if (conditionHolds(wrong.when, set, run->measures()))
            return addNote(graded, wrong.text);
    }
}

} // namespace loopscope
