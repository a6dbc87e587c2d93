// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/Submission.h"

#include <QCoreApplication>
#include <QString>
#include <QTemporaryDir>

#include <functional>

namespace loopscope {

/// What became of one step of one student.
struct GradedStep
{
    enum class Result : quint8 { Right, Wrong, NotAnswered, NotJudged };

    QString student;
    QString lesson; ///< name of its folder
    QString step; ///< its id; of a sibling question "ID.again"
    QString kind; ///< "predict" or "do"
    Result result = Result::NotAnswered;
    QString details; ///< the first difference, or what was measured
    QString note; ///< why it is to be looked at
};

/// Judges what students hand in. Nothing in a submission is believed: predictions are compared with runs of the course's scripts, and
/// scripts of tasks are run as every script of a lesson is, each in a copy of its folder without solutions.
class LessonGrading
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonGrading)

public:
    struct Settings
    {
        QString runner; ///< path of the program `loopscope`
        bool includesUntouched = false; ///< lessons too that a student handed in nothing of
        int jobs = 2; ///< submissions at once
    };
    explicit LessonGrading(const Settings &settings)
        : m_settings(settings)
    {
    }

    /// `folder`: of a course or a lesson. Empty, or why it cannot be used.
    QString open(const QString &folder);
    /// `done` is called for each submission in their order, as soon as it and all before it are through, one call at a time; the steps are
    /// in the course's order.
    void grade(const QList<Submission> &submissions, const std::function<void(const QList<GradedStep> &)> &done) const;

private:
    Settings m_settings;
    QTemporaryDir m_unpacked; ///< the course without solutions
    Course m_course;
};

} // namespace loopscope
