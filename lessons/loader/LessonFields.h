// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/LocatedJson.h"

#include <QCoreApplication>
#include <QList>
#include <QStringList>

namespace loopscope {

/// Takes the fields of a JSON object one by one. Strict: each that is of the wrong type, says what is not allowed, or was never asked for
/// is a problem, told with its line and what would be right. What is wrong gives the same as what is missing.
class LessonFields
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonFields)

public:
    enum class Need : quint8 { Needed, Optional };

    /// Both must outlive this. What is no object has no fields, and one problem.
    LessonFields(const LocatedJson &object, QList<LessonProblem> *problems);

    bool has(const char *name) const { return m_object.member(QLatin1String(name)) != nullptr; }
    /// Where the field stands; the object if there is none.
    const LocatedJson &at(const char *name) const;

    /// Not empty, if it is needed.
    QString text(const char *name, Need need = Need::Optional);
    QStringList texts(const char *name);
    /// One of these words.
    QString word(const char *name, const QStringList &words, Need need = Need::Optional);
    QStringList words(const char *name, const QStringList &words);
    int whole(const char *name, int otherwise, int least, int most);
    /// Null if there is none.
    const LocatedJson *object(const char *name, Need need = Need::Optional);
    const LocatedJson *list(const char *name, Need need = Need::Optional);
    /// Knows a field that is looked at otherwise.
    const LocatedJson *take(const char *name, Need need = Need::Optional);
    /// To be called when all were asked for: complains about the others.
    void finish();

    void complain(const LocatedJson &at, const QString &sentence) { m_problems->append({at.file, at.line, sentence}); }
    QList<LessonProblem> *problems() const { return m_problems; }

private:
    const LocatedJson *typed(const char *name, LocatedJson::Type type, Need need);
    bool isOneOf(const LocatedJson &value, const QStringList &words);

    const LocatedJson &m_object;
    QList<LessonProblem> *m_problems;
    QStringList m_known;
};

} // namespace loopscope
