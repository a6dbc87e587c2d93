// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonGrading.h"

#include "lessons/loader/LessonBundle.h"
#include "lessons/loader/LessonReader.h"
#include "lessons/loader/LessonThreads.h"
#include "lessons/loader/StudentGrading.h"

#include <atomic>
#include <map>
#include <mutex>

namespace loopscope {

QString LessonGrading::open(const QString &folder)
{
    QString problem;
    // Whoever is graded could otherwise have the solution read by a script.
    const auto bundle = LessonBundle::ofFolder(folder, LessonBundle::Solutions::LeftOut, &problem);
    if (!bundle)
        return problem;
    const QString unpacked = bundle->unpack(m_unpacked.path(), &problem);
    if (unpacked.isEmpty())
        return problem;
    m_course = LessonReader::readCourse(unpacked, QString());
    if (m_course.lessons.isEmpty())
        return m_course.problems.isEmpty() ? tr("there are no lessons in '%1'.").arg(folder) : m_course.problems.first().text();
    return {};
}

void LessonGrading::grade(const QList<Submission> &submissions, const std::function<void(const QList<GradedStep> &)> &done) const
{
    std::atomic<qsizetype> next = 0;
    std::mutex telling;
    std::map<qsizetype, QList<GradedStep>> waiting; ///< for those before them
    qsizetype told = 0;
    const auto work = [&] {
        StudentGrading student(m_course, m_settings.runner);
        for (qsizetype index = next++; index < submissions.size(); index = next++) {
            QList<GradedStep> steps = student.grade(submissions[index], m_settings.includesUntouched);
            const std::lock_guard lock(telling);
            waiting.emplace(index, std::move(steps));
            for (auto first = waiting.begin(); first != waiting.end() && first->first == told; first = waiting.erase(first), ++told)
                done(first->second);
        }
    };
    runInThreads(m_settings.jobs, work);
}

} // namespace loopscope
