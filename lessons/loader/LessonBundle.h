// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QFileInfo>
#include <QMap>
#include <QString>

#include <optional>

namespace loopscope {

/// A course, or one lesson, as a single file (`.lessons`) that can be handed on. JSON: `name` of the course's folder, `title`,
/// `withoutSolutions`, and `files`: by their paths in the folder, each as text. Bounded in all directions; paths stay inside: no absolute
/// ones, no `..`, and links are refused when a bundle is made.
///
/// Without solutions it lacks, of tasks, `solution` with its script (unless some step runs it) and `explanation`; `lesson.json` then says
/// `"withoutSolutions": true`, which the reader takes for the reason.
class LessonBundle
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonBundle)

public:
    static constexpr qsizetype mostFiles = 5000;
    static constexpr qint64 mostBytesOfFile = 1 << 20;
    static constexpr qint64 mostBytes = 64 << 20; ///< of all files together
    static constexpr int mostPathLength = 240;
    static constexpr int mostPathDepth = 12;

    enum class Solutions : quint8 { Included, LeftOut };

    /// `folder`: one with a course.json, or a lesson's. Hidden files are left out; so are folders that no lesson of the course names.
    /// Nothing, with a sentence in `problem`, if something in it cannot be part of a bundle. Whether the lessons are right is not looked
    /// at.
    static std::optional<LessonBundle> ofFolder(const QString &folder, Solutions solutions, QString *problem);
    static std::optional<LessonBundle> read(const QString &file, QString *problem);
    /// Empty, or why not.
    QString write(const QString &file) const;
    /// Writes the files into a folder of the course's name, which is made in `folder` and must not be there yet or be empty. Empty, with a
    /// sentence in `problem`, if that cannot be done, or the folder's path.
    QString unpack(const QString &folder, QString *problem) const;

    QString name() const { return m_name; }
    QString title() const { return m_title; }
    bool isWithoutSolutions() const { return m_isWithoutSolutions; }
    const QMap<QString, QByteArray> &files() const { return m_files; }

private:
    bool takeFolder(const QString &folder, const QString &prefix, QString *problem);
    bool takeEntry(const QFileInfo &entry, const QString &name, QString *problem);
    bool takeFile(const QString &path, const QString &name, QString *problem);
    bool takeMember(const QString &name, const QString &text, QString *problem);
    bool leaveOutSolutions(const QString &lessonFolder, QString *problem);

    QString m_name;
    QString m_title;
    bool m_isWithoutSolutions = false;
    qint64 m_bytes = 0;
    QMap<QString, QByteArray> m_files;
};

} // namespace loopscope
