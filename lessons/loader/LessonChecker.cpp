// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonChecker.h"

#include "lessons/loader/ConditionVerdict.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonTranslation.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace loopscope {

namespace {

QString nameOf(const QString &path) { return QFileInfo(path).fileName(); }

} // namespace

LessonChecker::LessonChecker(const Lesson &lesson, const LessonCheck::Settings &settings, CheckedLesson *result)
    : m_lesson(lesson)
    , m_settings(settings)
    , m_result(result)
{
}

void LessonChecker::check()
{
    m_result->title = m_lesson.title;
    checkTranslations();
    for (const LessonStep &step : m_lesson.steps)
        checkStep(step);
}

void LessonChecker::checkTranslations()
{
    for (const QString &language : LessonReader::languages(m_lesson.folder)) {
        LessonReader::read(m_lesson.folder, language, m_result->problems);
        m_result->problems += LessonTranslation::gaps(m_lesson.folder, language);
    }
}

void LessonChecker::checkStep(const LessonStep &step)
{
    if (step.kind == LessonStep::Kind::Watch)
        checkMoments(step);
    else if (step.kind == LessonStep::Kind::Do)
        checkTask(step);
    else if (step.kind == LessonStep::Kind::Predict)
        checkQuestion(step, *step.question);
    else if (!step.script.isEmpty())
        run(step, step.script, step.run, step.line);
    if (step.again)
        checkQuestion(step, *step.again);
}

void LessonChecker::checkMoments(const LessonStep &step)
{
    const ScriptRun *made = run(step, step.script, step.run, step.line);
    std::optional<quint64> before;
    for (const WatchMoment &moment : made ? step.moments : QList<WatchMoment>()) {
        const std::optional<quint64> found = made->moments().find(moment.at);
        if (!found)
            complain(moment.at.line, tr("this moment does not come in the run of '%1'.").arg(nameOf(step.script)));
        else if (before && *found < *before)
            complain(moment.at.line, tr("this moment comes before the one above it; the learner steps forward."));
        before = found ? found : before;
    }
}

void LessonChecker::checkQuestion(const LessonStep &step, const LessonQuestion &question)
{
    const ScriptRun *made = run(step, question.script, question.run, question.line);
    if (!made)
        return;
    const std::optional<PredictionTruth> truth = PredictionTruth::find(question, made->reader(), file(), m_result->problems);
    if (!truth)
        return;
    for (const Misconception &wrong : question.misconceptions)
        checkMisconception(question, *truth, wrong);
    if (truth->choice >= 0 && !question.choices[truth->choice].misconception.isEmpty())
        complain(question.choices[truth->choice].holds.line,
            tr("what a misconception applies to is right: the condition of this choice holds."));
}

/// A misconception tells what is behind a wrong answer, so the right one must not have it.
void LessonChecker::checkMisconception(const LessonQuestion &question, const PredictionTruth &truth, const Misconception &wrong)
{
    const auto first = truth.order.indexOf(wrong.first);
    const auto second = truth.order.indexOf(wrong.second);
    const bool isAboutQueue = question.ask == LessonQuestion::Ask::Queue;
    QString right;
    if (!wrong.first.isEmpty() && first >= 0 && second >= 0 && first < second)
        right = tr("\"%1\" comes before \"%2\"").arg(wrong.first, wrong.second);
    else if (isAboutQueue && !wrong.has.isEmpty() && truth.order.contains(wrong.has))
        right = tr("\"%1\" is in the queue").arg(wrong.has);
    else if (isAboutQueue && !wrong.lacks.isEmpty() && !truth.order.contains(wrong.lacks))
        right = tr("\"%1\" is not in the queue").arg(wrong.lacks);
    else if (!wrong.picks.isEmpty() && wrong.picks == truth.next)
        right = tr("\"%1\" is next").arg(wrong.picks);
    else if (!wrong.rule.isEmpty() && wrong.rule == truth.rule)
        right = tr("the rule is '%1'").arg(wrong.rule);
    if (!right.isEmpty())
        complain(question.line, tr("what a misconception applies to is right: %1.").arg(right));
    else if (!wrong.first.isEmpty() && question.items.isEmpty() && (first < 0 || second < 0))
        complain(question.line, tr("a misconception names \"%1\", which is not printed.").arg(first < 0 ? wrong.first : wrong.second));
}

void LessonChecker::checkTask(const LessonStep &step)
{
    const LessonTask &task = *step.task;
    const MeasureSet set = ScriptRun::setOf(task);
    if (const ScriptRun *unsolved = run(step, step.script, step.run, step.line);
        unsolved && conditionHolds(task.holds, set, unsolved->measures()))
        complain(task.holds.line, tr("the condition holds already for '%1' as it is, so there is nothing to do.").arg(nameOf(step.script)));
    if (step.hints.isEmpty())
        complain(step.line, tr("this task has no 'hints'; who does not find the solution needs at least one."));
    if (task.solution.isEmpty())
        return;
    if (step.explanation.isEmpty())
        complain(step.line, tr("this task has no 'explanation'; it says why the solution solves it."));
    if (const ScriptRun *solved = run(step, task.solution, step.run, step.line);
        solved && !conditionHolds(task.holds, set, solved->measures()))
        complain(task.holds.line,
            tr("the condition does not hold for the solution '%1': %2.")
                .arg(nameOf(task.solution), failingParts(task.holds, set, solved->measures())));
}

const ScriptRun *LessonChecker::run(const LessonStep &step, const QString &script, const LessonRun &how, int line)
{
    LessonTrial::Setup setup;
    setup.runner = m_settings.runner;
    setup.folder = m_lesson.folder;
    setup.script = script;
    setup.run = how;
    if (step.task) {
        setup.scenario = step.task->scenario;
        setup.models = step.task->models;
    }
    const QString key = (QStringList{script, setup.scenario} + setup.models + how.options + how.arguments).join(QChar(u'\n'));
    if (const auto known = m_runs.constFind(key); known != m_runs.constEnd())
        return known->get();
    ++m_result->runs;
    LessonProblem problem;
    std::shared_ptr<ScriptRun> &made = m_runs[key];
    made = ScriptRun::of(setup, &problem);
    if (!made)
        m_result->problems.append(problem);
    else if (setup.scenario.isEmpty()) // a server has nobody to ask it in Node
        compareWithNode(step, script, how, *made, line);
    return made.get();
}

void LessonChecker::compareWithNode(const LessonStep &step, const QString &script, const LessonRun &how, const ScriptRun &ours, int line)
{
    if (step.node == NodeAgreement::None)
        return;
    if (!m_settings.node.isInstalled()) {
        ++m_result->uncompared;
        return;
    }
    ++m_result->compared;
    QString problem;
    const auto theirs = m_settings.node.run(script, how, &problem);
    if (theirs)
        problem = NodeProgram::difference(*theirs, {ours.output(), ours.exitCode()}, step.node);
    if (!problem.isEmpty())
        complain(line, tr("'%1' runs otherwise in Node: %2").arg(nameOf(script), problem));
}

void LessonChecker::complain(int line, const QString &sentence) { m_result->problems.append({file(), line, sentence}); }

QString LessonChecker::file() const { return QDir(m_lesson.folder).filePath(QStringLiteral("lesson.json")); }

} // namespace loopscope
