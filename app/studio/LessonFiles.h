// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QString;

namespace loopscope {

class LessonsWorkspace;
class MainWindow;

/// What the Lessons menu does with files: courses to open, a new lesson, progress out and in, handing in, hand-outs. The functions that
/// take a path do it without asking; what goes wrong is said in the banner, and they give false.
class LessonFiles : public QObject
{
    Q_OBJECT
public:
    LessonFiles(MainWindow &window, LessonsWorkspace &lessons);

    bool makeLesson(const QString &folder);
    bool exportProgress(const QString &path);
    bool importProgress(const QString &path);
    bool handIn(const QString &student, const QString &path);
    /// Runs the scripts first, where the course has questions: what is right is what they do.
    bool writeHandout(const QString &path, bool hasSolutions);
    /// A folder with lessons in it, or a bundle.
    static bool isLessons(const QString &path);

private:
    void chooseFolder();
    void chooseBundle();
    void chooseNewLesson();
    void chooseExport();
    void chooseImport();
    void chooseHandIn();
    void chooseHandout(bool hasSolutions);
    void fillLanguages();
    void forgetLesson();
    bool say(const QString &problem, const QString &done);

    MainWindow &m_window;
    LessonsWorkspace &m_lessons;
};

} // namespace loopscope
