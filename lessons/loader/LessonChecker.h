// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LessonCheck.h"
#include "lessons/loader/PredictionTruth.h"
#include "lessons/loader/ScriptRun.h"

#include <QCoreApplication>
#include <QHash>
#include <QString>

#include <memory>

namespace loopscope {

/// Checks one lesson that could be read. Used in one thread, and once.
class LessonChecker
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonChecker)

public:
    /// All must outlive this; what is wrong is added to `result`.
    LessonChecker(const Lesson &lesson, const LessonCheck::Settings &settings, CheckedLesson *result);
    void check();

private:
    void checkTranslations();
    void checkStep(const LessonStep &step);
    void checkMoments(const LessonStep &step);
    void checkQuestion(const LessonStep &step, const LessonQuestion &question);
    void checkMisconception(const LessonQuestion &question, const PredictionTruth &truth, const Misconception &wrong);
    void checkTask(const LessonStep &step);
    /// The run of a script, in the installed Node, too; made once. Null, which was told, if it cannot be.
    const ScriptRun *run(const LessonStep &step, const QString &script, const LessonRun &how, int line);
    void compareWithNode(const LessonStep &step, const QString &script, const LessonRun &how, const ScriptRun &ours, int line);
    void complain(int line, const QString &sentence);
    QString file() const;

    const Lesson &m_lesson;
    const LessonCheck::Settings &m_settings;
    CheckedLesson *m_result;
    QHash<QString, std::shared_ptr<ScriptRun>> m_runs; ///< by script and how it was run
};

} // namespace loopscope
