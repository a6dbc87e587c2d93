// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LocatedJson.h"

#include <QCoreApplication>
#include <QList>

namespace loopscope {

/// Lays a translation over a lesson: texts only, found by their field, steps by their id, what else is in lists by its place. What a
/// translation says without need (names, conditions, what the lesson does not have) is a problem.
class LessonOverlay
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonOverlay)

public:
    explicit LessonOverlay(QList<LessonProblem> *problems)
        : m_problems(problems)
    {
    }

    void lay(const LocatedJson &texts, LocatedJson *lesson);

    /// Fields that are texts (one, or a list of them), and those whose objects have such fields.
    static bool isText(const QString &name);
    static bool holdsTexts(const QString &name);

private:
    void layMember(const LocatedJson::Member &text, LocatedJson *object);
    void layList(const LocatedJson &texts, const QString &name, LocatedJson *list);
    void complain(int line, const QString &sentence) { m_problems->append({m_file, line, sentence}); }

    QString m_file;
    QList<LessonProblem> *m_problems;
};

} // namespace loopscope
