// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/NodeProgram.h"

#include <QCoreApplication>
#include <QHash>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>

namespace loopscope {

/// What was found out about one lesson.
struct CheckedLesson
{
    QString name; ///< of its folder
    QString title; ///< empty if it cannot be read
    QList<LessonProblem> problems; ///< none: all is right
    int runs = 0; ///< scripts that were run here
    int compared = 0; ///< of these, how many were compared with Node
    int uncompared = 0; ///< how many would have been, were Node installed
    double seconds = 0;
};

struct CheckedCourse
{
    QList<LessonProblem> problems; ///< of the course itself
    QList<CheckedLesson> lessons; ///< in the course's order
    bool hasNode = false;

    qsizetype problemCount() const;
};

/// Whether all that lessons say is so, found out by running them. docs/lessons.md ("For teachers") says what is looked at.
class LessonCheck
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonCheck)

public:
    struct Settings
    {
        QString runner; ///< path of the program `loopscope`
        QStringList only; ///< names of lessons; empty: all
        int jobs = 2; ///< lessons at once
        NodeProgram node;
    };
    explicit LessonCheck(const Settings &settings)
        : m_settings(settings)
    {
    }

    /// `folder`: of a course or a lesson. `done` is called for each lesson as soon as it is through, from whichever thread that was, one
    /// call at a time.
    CheckedCourse check(const QString &folder, const std::function<void(const CheckedLesson &)> &done) const;

private:
    Settings m_settings;
};

} // namespace loopscope
