// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

namespace loopscope {

/// A lesson's files for students, without what solves its tasks.
class SolutionRemoval
{
public:
    /// `lesson`: the content of its lesson.json.
    explicit SolutionRemoval(const QByteArray &lesson);

    /// Empty, or why lesson.json cannot be read.
    QString problem() const { return m_problem; }
    /// lesson.json without solutions and explanations of tasks.
    QByteArray lesson() const;
    /// The scripts that nothing needs any more, as lesson.json names them.
    QStringList scripts() const;
    /// A lesson.LANG.json without explanations of tasks.
    QByteArray translation(const QByteArray &content) const;

private:
    QString m_problem;
    QJsonObject m_lesson;
    QStringList m_tasks; ///< ids of steps
};

} // namespace loopscope
