// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QCoreApplication>
#include <QString>
#include <QTemporaryDir>

#include <optional>

namespace loopscope {

/// Where lessons are read from: a folder, a bundle, which is unpacked for as long as this lives, or the course that comes with the program.
class LessonSource
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonSource)

public:
    /// `path`: a folder or a bundle's file; empty: the course. False, with a sentence in problem(), if there is none.
    bool open(const QString &path);
    /// Of the course, or of the one lesson.
    QString folder() const { return m_folder; }
    QString problem() const { return m_problem; }
    bool isBundle() const { return m_unpacked.has_value(); }

    /// The folder of the course that comes with the program; empty if it is not installed.
    static QString standardCourse();

private:
    QString m_folder;
    QString m_problem;
    std::optional<QTemporaryDir> m_unpacked;
};

} // namespace loopscope
