// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonCheck.h"

#include "lessons/loader/LessonChecker.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonThreads.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <atomic>
#include <mutex>

namespace loopscope {

namespace {

/// The folders of a course's lessons that are there, or that of the one lesson.
QStringList lessonFolders(const QString &folder)
{
    const QDir dir(folder);
    QFile file(dir.filePath(QStringLiteral("course.json")));
    if (!file.open(QIODevice::ReadOnly))
        return {dir.path()};
    QStringList folders;
    const QJsonArray names = QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("lessons")].toArray();
    for (const QJsonValue &name : names) {
        const QString path = dir.filePath(name.toString());
        if (!name.toString().isEmpty() && QFileInfo(path).isDir() && !folders.contains(path))
            folders.append(path);
    }
    return folders;
}

/// Takes the problems that are of files in `folder`.
QList<LessonProblem> taken(QList<LessonProblem> *problems, const QString &folder)
{
    const auto isOutside = [&folder](const LessonProblem &problem) { return !problem.file.startsWith(folder + QLatin1Char('/')); };
    const auto first = std::stable_partition(problems->begin(), problems->end(), isOutside);
    const QList<LessonProblem> inside(first, problems->end());
    problems->erase(first, problems->end());
    return inside;
}

} // namespace

qsizetype CheckedCourse::problemCount() const
{
    qsizetype count = problems.size();
    for (const CheckedLesson &lesson : lessons)
        count += lesson.problems.size();
    return count;
}

CheckedCourse LessonCheck::check(const QString &folder, const std::function<void(const CheckedLesson &)> &done) const
{
    CheckedCourse result;
    result.hasNode = m_settings.node.isInstalled();
    const Course course = LessonReader::readCourse(folder, QString());
    result.problems = course.problems;
    for (const QString &path : lessonFolders(course.folder)) {
        CheckedLesson lesson;
        lesson.name = QFileInfo(path).fileName();
        // Of one lesson alone everything is its own.
        lesson.problems = path == course.folder ? std::exchange(result.problems, {}) : taken(&result.problems, path);
        if (m_settings.only.isEmpty() || m_settings.only.contains(lesson.name))
            result.lessons.append(lesson);
    }
    std::atomic<qsizetype> next = 0;
    std::mutex telling;
    const auto work = [&] {
        for (qsizetype index = next++; index < result.lessons.size(); index = next++) {
            CheckedLesson &checked = result.lessons[index];
            const auto lesson = std::ranges::find(course.lessons, checked.name, &Lesson::name);
            QElapsedTimer time;
            time.start();
            if (lesson != course.lessons.end())
                LessonChecker(*lesson, m_settings, &checked).check();
            constexpr double millisecondsOfSecond = 1000;
            checked.seconds = static_cast<double>(time.elapsed()) / millisecondsOfSecond;
            const std::lock_guard lock(telling);
            done(checked);
        }
    };
    result.lessons.detach(); // the threads write to places of their own
    runInThreads(m_settings.jobs, work);
    return result;
}

} // namespace loopscope
