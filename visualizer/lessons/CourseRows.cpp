// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/CourseRows.h"

#include <algorithm>

namespace loopscope {

using Stand = OpenCourse::Stand;

QList<CourseRow> CourseRows::of(const OpenCourse &course)
{
    QList<CourseRow> rows;
    for (const Lesson &lesson : course.course().lessons) {
        CourseRow row{lesson.name, QString::number(rows.size() + 1), lesson.title, lesson.goal, {}, course.standOf(lesson), {}};
        for (const LessonStep &step : lesson.steps)
            row.steps << course.standOf(lesson, step);
        QStringList missing;
        for (const QString &name : lesson.prerequisites) {
            const Lesson *before = course.lesson(name);
            if (before != nullptr && course.standOf(*before) != Stand::Done)
                missing << before->title;
        }
        if (row.stand == Stand::Begun)
            row.note = tr("%1 of %2 steps").arg(course.stepsDone(lesson)).arg(lesson.steps.size());
        else if (row.stand == Stand::Done)
            row.note = tr("done");
        else if (!missing.isEmpty())
            row.note = tr("after: %1").arg(missing.join(QLatin1String(", ")));
        rows << row;
    }
    return rows;
}

QString CourseRows::word(Stand stand)
{
    switch (stand) {
    case Stand::New:
        return tr("not begun");
    case Stand::Begun:
        return tr("begun");
    case Stand::Wrong:
        return tr("to be taken again");
    case Stand::Outdated:
        return tr("changed since it was answered");
    case Stand::Done:
        return tr("done");
    }
    return {};
}

QString CourseRows::summary(const OpenCourse &course)
{
    const QList<Lesson> &lessons = course.course().lessons;
    const auto done =
        std::count_if(lessons.begin(), lessons.end(), [&](const Lesson &each) { return course.standOf(each) == Stand::Done; });
    return lessons.size() == 1 ? (done == 1 ? tr("done") : tr("one lesson")) : tr("%L1 of %L2 lessons done").arg(done).arg(lessons.size());
}

} // namespace loopscope
