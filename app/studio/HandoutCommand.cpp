// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "HandoutCommand.h"

#include "lessons/Handout.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonSource.h"
#include "lessons/loader/LessonTrial.h"
#include "lessons/loader/PredictionTruth.h"
#include "recording/RecordingReader.h"
#include "session/RunSession.h"

#include <QCoreApplication>
#include <QTextStream>

#include <algorithm>

namespace loopscope {

namespace {

QString tr(const char *text) { return QCoreApplication::translate("loopscope::HandoutCommand", text); }

/// Of one question, from a run of its script; false with a sentence if the run does not give one.
bool addAnswer(const Lesson &lesson, const LessonQuestion &question, const QString &id, HandoutAnswers &found)
{
    LessonTrial trial;
    trial.start({RunSession::runnerPath(), lesson.folder, question.script, {}, question.run, {}, {}});
    RecordingReader reader;
    QList<LessonProblem> problems;
    std::optional<PredictionTruth> truth;
    if (trial.wait() && reader.open(trial.recordingPath()))
        truth = PredictionTruth::find(question, reader, lesson.folder + QStringLiteral("/lesson.json"), problems);
    if (!truth) {
        const QString why = !trial.failure().isEmpty() ? trial.failure()
            : problems.isEmpty()                       ? reader.problem()
                                                       : problems.constFirst().text();
        found.problem = tr("%1, step %2: %3").arg(lesson.name, id, why);
        return false;
    }
    Handout::Answer answer{truth->items, {}};
    switch (question.ask) {
    case LessonQuestion::Ask::Order:
    case LessonQuestion::Ask::Queue:
        for (const QString &line : truth->order)
            answer.right << codeInMarkdown(line);
        break;
    case LessonQuestion::Ask::Next:
        answer.right = {codeInMarkdown(truth->next), Handout::ruleInWords(truth->rule)};
        break;
    case LessonQuestion::Ask::Choice:
        answer.right << question.choices.value(truth->choice).text;
        for (const LessonChoice &choice : question.choices)
            answer.items << choice.text;
        break;
    }
    found.answers.insert(Handout::key(lesson, id), answer);
    return true;
}

} // namespace

HandoutAnswers findHandoutAnswers(const Course &course)
{
    HandoutAnswers found;
    for (const Lesson &lesson : course.lessons) {
        for (const LessonStep &step : lesson.steps) {
            if (step.question && !addAnswer(lesson, *step.question, step.id, found))
                return found;
            if (step.again != nullptr && !addAnswer(lesson, *step.again, step.id + QStringLiteral(".again"), found))
                return found;
        }
    }
    return found;
}

int writeHandout(const QString &path, const QString &lesson, const QString &file, bool hasSolutions)
{
    const auto fail = [](const QString &sentence) {
        QTextStream(stderr) << QStringLiteral("loopscope-studio: ") << sentence << Qt::endl;
        return 1;
    };
    LessonSource source;
    if (!source.open(path))
        return fail(source.problem());
    Course course = LessonReader::readCourse(source.folder(), {});
    if (!lesson.isEmpty())
        course.lessons.removeIf([&](const Lesson &each) { return each.name != lesson; });
    if (course.lessons.isEmpty())
        return fail(course.problems.isEmpty() ? tr("There is no lesson here to print.") : course.problems.constFirst().text());
    const HandoutAnswers found = findHandoutAnswers(course);
    if (!found.problem.isEmpty())
        return fail(found.problem);
    const QString problem = Handout(course, found.answers, hasSolutions).writePdf(file);
    return problem.isEmpty() ? 0 : fail(problem);
}

} // namespace loopscope
