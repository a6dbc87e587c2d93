// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "LessonsGradeCommand.h"

#include "LabOptions.h"
#include "Output.h"
#include "lessons/loader/CsvRow.h"
#include "lessons/loader/LessonGrading.h"
#include "lessons/loader/LessonSource.h"

namespace loopscope {

namespace {

/// What programs read: never translated.
QString wordOf(GradedStep::Result result)
{
    switch (result) {
    case GradedStep::Result::Right:
        return QStringLiteral("yes");
    case GradedStep::Result::Wrong:
        return QStringLiteral("no");
    case GradedStep::Result::NotAnswered:
        return QStringLiteral("not answered");
    case GradedStep::Result::NotJudged:
        return QStringLiteral("not judged");
    }
    return {};
}

} // namespace

ExitCode LessonsGradeCommand::run(const QStringList &arguments)
{
    LabOptions options(QStringLiteral("lessons grade"), {{"all", false}, {"jobs", true}});
    constexpr double mostJobs = 64;
    double jobs = 2;
    if (!options.parse(arguments) || !options.readNumber("jobs", 1, mostJobs, &jobs))
        return ExitCode::WrongUse;
    if (options.operands().size() < 2) {
        complain(tr("what is to be graded? Write 'loopscope lessons grade LESSONS SUBMISSION...'."));
        return ExitCode::WrongUse;
    }
    LessonSource source;
    LessonGrading grading({QCoreApplication::applicationFilePath(), options.has("all"), static_cast<int>(jobs)});
    const QString problem = source.open(options.operands().first()) ? grading.open(source.folder()) : source.problem();
    if (!problem.isEmpty()) {
        complain(problem);
        return ExitCode::WrongUse;
    }
    QList<Submission> submissions;
    bool isComplete = true;
    for (const QString &file : options.operands().mid(1)) {
        QString complaint;
        if (const auto submission = Submission::read(file, &complaint)) {
            submissions.append(*submission);
        } else {
            complain(complaint);
            isComplete = false;
        }
    }
    Output output;
    output.writeText(QString::fromUtf8(csvRow({QStringLiteral("student"), QStringLiteral("lesson"), QStringLiteral("step"),
        QStringLiteral("kind"), QStringLiteral("right"), QStringLiteral("details"), QStringLiteral("note")})));
    qsizetype number = 0;
    grading.grade(submissions, [&](const QList<GradedStep> &steps) {
        const Submission &submission = submissions[number++];
        if (steps.isEmpty())
            complain(tr("'%1' handed in nothing of these lessons (the submission is of '%2').").arg(submission.student, submission.course));
        for (const GradedStep &step : steps)
            output.writeText(
                QString::fromUtf8(csvRow({step.student, step.lesson, step.step, step.kind, wordOf(step.result), step.details, step.note})));
        output.flush();
    });
    return isComplete ? ExitCode::Success : ExitCode::Disagreement;
}

} // namespace loopscope
