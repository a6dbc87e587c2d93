// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Submission.h"

#include "servers/lab/JsonFields.h"

#include <algorithm>

namespace loopscope {

namespace {

constexpr int format = 1;
constexpr qint64 mostFileBytes = 32 << 20;
constexpr QLatin1String kind("loopscope-submission");

} // namespace

template<typename Fields>
void describe(Fields &fields, SubmittedStep &step)
{
    fields.needed({"step"});
    fields.text("step", step.step);
    fields.texts("answer", step.answer);
    fields.text("text", step.text);
    fields.text("question", step.question);
}

template<typename Fields>
void describe(Fields &fields, SubmittedLesson &lesson)
{
    fields.needed({"lesson"});
    fields.text("lesson", lesson.lesson);
    fields.parts("steps", lesson.steps);
}

template<typename Fields>
void describe(Fields &fields, Submission &submission)
{
    fields.needed({"student", "course"});
    fields.text("student", submission.student);
    fields.text("course", submission.course);
    fields.parts("lessons", submission.lessons);
}

const SubmittedStep *SubmittedLesson::step(const QString &id) const
{
    const auto found = std::ranges::find(steps, id, &SubmittedStep::step);
    return found == steps.end() ? nullptr : &*found;
}

const SubmittedLesson *Submission::lesson(const QString &name) const
{
    const auto found = std::ranges::find(lessons, name, &SubmittedLesson::lesson);
    return found == lessons.end() ? nullptr : &*found;
}

Submission Submission::of(const LessonProgress &progress, const QString &course, const QString &student)
{
    Submission submission;
    submission.student = student.trimmed().left(mostNameLength);
    submission.course = course;
    const CourseStand *stand = progress.course(course);
    if (!stand)
        return submission;
    for (const LessonStand &lesson : stand->lessons) {
        SubmittedLesson submitted{lesson.lesson, {}};
        for (const StepProgress &step : lesson.steps) {
            if (step.isAnswered() || !step.text.isEmpty())
                submitted.steps.push_back({step.id, step.answer, step.text, step.question.facts});
        }
        if (!submitted.steps.empty())
            submission.lessons.push_back(std::move(submitted));
    }
    return submission;
}

std::optional<Submission> Submission::read(const QString &file, QString *problem)
{
    const std::optional<QJsonObject> members = LessonFile(kind, format, mostFileBytes).read(file, problem);
    if (!members)
        return std::nullopt;
    Submission submission;
    QString complaint;
    if (JsonReader::read(*members, QString(), &complaint, submission))
        complaint = submission.excess();
    if (complaint.isEmpty())
        return submission;
    *problem = tr("the submission '%1' is damaged: %2").arg(file, complaint);
    return std::nullopt;
}

QString Submission::excess() const
{
    if (student.size() > mostNameLength || course.size() > mostNameLength)
        return tr("a name has more than %1 letters.").arg(mostNameLength);
    if (lessons.size() > mostLessons)
        return tr("it has more than %1 lessons.").arg(mostLessons);
    for (const SubmittedLesson &lesson : lessons) {
        if (lesson.lesson.size() > mostNameLength || lesson.steps.size() > mostSteps)
            return tr("a lesson's name has more than %1 letters, or the lesson more than %2 steps.").arg(mostNameLength).arg(mostSteps);
        for (const SubmittedStep &step : lesson.steps) {
            const bool isLong = step.answer.size() > mostItems || step.text.toUtf8().size() > LessonProgress::mostTextBytes
                || std::ranges::any_of(step.answer, [](const QString &item) { return item.size() > mostItemLength; });
            if (isLong || step.step.size() > mostNameLength)
                return tr("what was answered to '%1' is too long.").arg(step.step.left(mostNameLength));
        }
    }
    return {};
}

QString Submission::write(const QString &file) const
{
    Submission copy = *this;
    return LessonFile(kind, format, mostFileBytes).write(file, JsonWriter::objectOf(copy));
}

} // namespace loopscope
