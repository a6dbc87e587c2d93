// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LessonFields.h"
#include "lessons/loader/LessonFiles.h"
#include "lessons/loader/Measures.h"

#include <QCoreApplication>

namespace loopscope {

/// Reads the parts of lesson.json that a lesson has in common with its steps, and the steps. For LessonReader.
class StepReader
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::StepReader)

public:
    /// All must outlive this. `lesson`: what steps have that do not say otherwise.
    StepReader(const LessonFiles &files, const Lesson &lesson, QList<LessonProblem> *problems)
        : m_files(files)
        , m_lesson(lesson)
        , m_problems(problems)
    {
    }

    LessonStep step(const LocatedJson &object) const;

    /// The absolute path of the file that a field names; `otherwise` if there is no such field.
    QString path(LessonFields &fields, const char *name, const QString &otherwise) const;
    LessonRun run(LessonFields &fields, const LessonRun &otherwise) const;
    QStringList views(LessonFields &fields, const QStringList &otherwise) const;
    /// `agreement` and `reason` stay as they are if the fields say nothing.
    void node(LessonFields &fields, NodeAgreement *agreement, QString *reason) const;

private:
    LessonMoment moment(LessonFields &fields) const;
    QList<WatchMoment> moments(LessonFields &fields) const;
    /// `step`: whose script and run a question has that names none.
    LessonQuestion question(LessonFields &fields, const LessonStep &step, int line) const;
    QStringList items(LessonFields &fields, LessonQuestion::Ask ask) const;
    QList<LessonChoice> choices(LessonFields &fields) const;
    QList<Misconception> misconceptions(LessonFields &fields, const LessonQuestion &question) const;
    Misconception misconception(LessonFields &fields, const LessonQuestion &question) const;
    QString item(LessonFields &fields, const char *name, const LessonQuestion &question) const;
    LessonTask task(LessonFields &fields) const;
    void lab(LessonFields &fields, LessonTask *task) const;
    /// `models`: those that it may ask about; of a MeasureSet::Lab.
    ConditionText condition(LessonFields &fields, const char *name, MeasureSet set, const QStringList &models = {}) const;
    QStringList options(LessonFields &fields) const;

    const LessonFiles &m_files;
    const Lesson &m_lesson;
    QList<LessonProblem> *m_problems;
};

} // namespace loopscope
