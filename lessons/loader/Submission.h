// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LessonProgress.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace loopscope {

/// What a student answered to one step. Nothing says whether it is right: that is found out by who grades.
struct SubmittedStep
{
    QString step; ///< its id; of a sibling question "ID.again"
    QStringList answer; ///< of a prediction, as LessonProgress keeps it
    QString text; ///< the script of a task
    QString question; ///< QuestionMark::facts of what was answered
};

struct SubmittedLesson
{
    QString lesson; ///< name of its folder
    std::vector<SubmittedStep> steps;

    const SubmittedStep *step(const QString &id) const;
};

/// What a student hands in: one file (`.submission`), JSON. Who reads one believes nothing of it.
class Submission
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Submission)

public:
    QString student; ///< as they call themselves
    QString course; ///< LessonProgress::nameOf()
    std::vector<SubmittedLesson> lessons;

    static constexpr int mostNameLength = 200;
    static constexpr int mostLessons = 500;
    static constexpr int mostSteps = 200; ///< of a lesson
    static constexpr int mostItems = 500; ///< of an answer
    static constexpr int mostItemLength = 4000;

    /// Whatever was answered or written in a course.
    static Submission of(const LessonProgress &progress, const QString &course, const QString &student);
    static std::optional<Submission> read(const QString &file, QString *problem);
    /// Empty, or why not.
    QString write(const QString &file) const;

    const SubmittedLesson *lesson(const QString &name) const;

private:
    /// Empty, or what is beyond the limits above.
    QString excess() const;
};

} // namespace loopscope
