// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "CommandLine.h"
#include "Output.h"
#include "lessons/loader/LessonCheck.h"

#include <QCoreApplication>
#include <QJsonObject>
#include <QStringList>

namespace loopscope {

/// `loopscope lessons check`: whether all that lessons say is so, in words or as JSON.
class LessonsCheckCommand
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonsCheckCommand)

public:
    ExitCode run(const QStringList &arguments);

private:
    void tell(const CheckedLesson &lesson);
    void tellProblems(const QList<LessonProblem> &problems, const QString &indent);
    QString summary(const CheckedCourse &course) const;
    QJsonObject json(const CheckedCourse &course) const;

    Output m_output;
    QString m_folder;
    bool m_isForeign = false; ///< a bundle, which is not run in Node
};

} // namespace loopscope
