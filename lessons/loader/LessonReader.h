// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"

#include <QCoreApplication>
#include <QStringList>

namespace loopscope {

/// Reads the folders of lessons (docs/lessons.md). Whatever is in them: all that is wrong is told, each with its file, its line and what
/// to do. Runs nothing.
class LessonReader
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonReader)

public:
    /// A folder with course.json and its lessons, or that of one lesson. Lessons in which something is wrong are left out.
    static Course readCourse(const QString &folder, const QString &language);
    /// Nothing, with problems, if something is wrong. `language`: as "de" or "de_AT"; empty, or one that the lesson is not translated to:
    /// as it is written.
    static std::optional<Lesson> read(const QString &folder, const QString &language, QList<LessonProblem> &problems);
    /// The languages that a lesson's folder has translations to, as its files name them.
    static QStringList languages(const QString &folder);
};

} // namespace loopscope
