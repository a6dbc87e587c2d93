// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LocatedJson.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

namespace loopscope {

/// Finds the texts of a lesson that a translation lacks, which LessonReader would show as they are.
class LessonTranslation
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonTranslation)

public:
    /// Of a lesson and a translation that can be read. Each gap at the place where it is to be filled.
    static QList<LessonProblem> gaps(const QString &folder, const QString &language);

private:
    void compare(const LocatedJson &lesson, const LocatedJson &translation, const QString &what);
    void compareLists(const LocatedJson &lesson, const LocatedJson &translation, const QString &name, const QString &what);
    void complain(const LocatedJson &at, const QString &sentence) { m_gaps.append({at.file, at.line, sentence}); }

    QList<LessonProblem> m_gaps;
};

} // namespace loopscope
