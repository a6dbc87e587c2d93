// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LessonGrading.h"
#include "lessons/loader/PredictionTruth.h"

#include <QCoreApplication>
#include <QHash>

#include <optional>

namespace loopscope {

/// Judges submissions one after the other, in one thread, for LessonGrading; what the course's own scripts tell is kept for the next one.
class StudentGrading
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::StudentGrading)

public:
    /// The course, in a folder without solutions, must outlive this. `runner`: path of the program `loopscope`.
    StudentGrading(const Course &course, const QString &runner)
        : m_course(course)
        , m_runner(runner)
    {
    }
    QList<GradedStep> grade(const Submission &submission, bool includesUntouched);

private:
    struct Truth
    {
        std::optional<PredictionTruth> value;
        QString problem; ///< why there is none
    };
    GradedStep gradeQuestion(const Lesson &lesson, const LessonQuestion &question, const SubmittedStep *submitted);
    GradedStep gradeTask(const Lesson &lesson, const LessonStep &step, const SubmittedStep *submitted);
    void judgeScript(const Lesson &lesson, const LessonStep &step, const QString &text, GradedStep *graded);
    const Truth &truthOf(const Lesson &lesson, const LessonQuestion &question, const QString &facts);

    const Course &m_course;
    QString m_runner;
    QHash<QString, Truth> m_truths; ///< by QuestionMark::facts
};

} // namespace loopscope
