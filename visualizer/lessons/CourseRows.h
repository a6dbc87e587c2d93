// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/OpenCourse.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace loopscope {

/// One lesson as the list of the course shows it.
struct CourseRow
{
    QString name; ///< of its folder
    QString number;
    QString title;
    QString goal;
    QString note; ///< "3 of 6 steps", "done", or what should be known before
    OpenCourse::Stand stand = OpenCourse::Stand::New;
    QList<OpenCourse::Stand> steps;
};

/// What the list of a course says. No widgets.
class CourseRows
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::CourseRows)
public:
    static QList<CourseRow> of(const OpenCourse &course);
    /// In a word, for those who do not see the sign.
    static QString word(OpenCourse::Stand stand);
    /// "12 of 30 lessons done"
    static QString summary(const OpenCourse &course);
};

} // namespace loopscope
