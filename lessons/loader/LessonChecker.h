// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LessonCheck.h"

#include <QCoreApplication>
#include <QHash>
#include <QString>

namespace loopscope {

/// Checks one lesson that could be read. Used in one thread, and once.
class LessonChecker
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonChecker)

public:
    /// All must outlive this; what is wrong is added to `result`.
    LessonChecker(const Lesson &lesson, const NodeProgram &node, CheckedLesson *result);
    void check();

private:
    void checkTranslations();
    void checkStep(const LessonStep &step);
    void runScript(const LessonStep &step, const QString &script, const LessonRun &how, int line);
    void compareWithNode(const LessonStep &step, const QString &script, const LessonRun &how, const PrintedRun &ours, int line);
    void complain(int line, const QString &sentence);
    QString file() const;

    const Lesson &m_lesson;
    const NodeProgram &m_node;
    CheckedLesson *m_result;
    QStringList m_seen; ///< what was run, with how
};

} // namespace loopscope
