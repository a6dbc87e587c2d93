// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/LessonFile.h"

#include <QCoreApplication>
#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <optional>
#include <vector>

namespace loopscope {

/// What was asked, so that an answer can be told from one to a question that was edited since. Answers do not grow old because the learner
/// changed the language: words count in their own language only.
struct QuestionMark
{
    QString facts; ///< digest of what the right answer follows from: script, run, kind, moment, items, conditions
    QString language; ///< of the lesson
    QString words; ///< digest of the question's text

    static QuestionMark of(const Lesson &lesson, const LessonQuestion &question);
    static QuestionMark of(const Lesson &lesson, const LessonStep &step, const LessonTask &task);
    bool isSameQuestion(const QuestionMark &other) const;
};

/// How far someone is with a step. Times are milliseconds since 1970, UTC; 0: never.
struct StepProgress
{
    QString id; ///< of the step; of a sibling question "ID.again"
    qint64 seenAt = 0; ///< the last time
    bool isPrediction = false;
    QStringList answer; ///< of a prediction: the last one
    bool isRight = false; ///< the last answer, or the last try of a task
    int attempts = 0;
    int hints = 0; ///< shown
    qint64 answeredAt = 0;
    QuestionMark question; ///< that was answered
    QString text; ///< written for a task
    qint64 writtenAt = 0;

    bool isAnswered() const { return answeredAt > 0; }
};

struct LessonStand
{
    QString lesson; ///< name of its folder
    QString step; ///< at which one stands
    qint64 movedAt = 0;
    qint64 forgottenAt = 0; ///< begun anew: what is older counts no more, here and in files that are merged with this one
    std::vector<StepProgress> steps; ///< in the order in which they were first met
};

struct CourseStand
{
    QString course; ///< LessonProgress::nameOf()
    std::vector<LessonStand> lessons;
};

/// What someone did in lessons, in one local file that the caller names; two programs may use it at once.
///
/// **Predictions that were wrong come back.** Whatever prediction was answered wrong the last time is in the course's retry list, in the
/// order in which these answers were given; answered right, it goes; answered wrong again, it stands at the end. At the end of a lesson the
/// first `retriesAtOnce` of those are asked again that belong to other lessons.
///
/// **Two files become one** (import(), and save() if another program wrote the file meanwhile) step by step: of both answers the later, of
/// both texts the later, of attempts and hints the more; one stands where one went last. Nothing is taken away but what was forgotten
/// since.
class LessonProgress
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::LessonProgress)

public:
    static constexpr int retriesAtOnce = 3;
    static constexpr qsizetype mostTextBytes = 256 * 1024; ///< written for a task
    using Clock = std::function<qint64()>;

    struct Retry
    {
        QString lesson;
        QString step;
        bool operator==(const Retry &) const = default;
    };

    /// `clock` gives milliseconds since 1970.
    explicit LessonProgress(const QString &path, Clock clock = {});

    /// What a course is called here: its folder's name, which it keeps in a bundle.
    static QString nameOf(const Course &course);

    /// Reads the file; none is a beginning. A damaged or newer one is renamed, and what is told is said in a sentence; otherwise empty.
    QString load();
    /// Empty, or why the file cannot be written. Its folder is made.
    QString save();
    QString exportTo(const QString &file) const;
    /// Takes what another file has, as said above. Empty, or what is wrong with it; then nothing was taken.
    QString import(const QString &file);

    /// Null if the step was never met.
    const StepProgress *step(const QString &course, const QString &lesson, const QString &step) const;
    /// The step at which one stands; empty: at none yet.
    QString position(const QString &course, const QString &lesson) const;
    /// What one did in a course; null if nothing.
    const CourseStand *course(const QString &name) const;
    QList<Retry> retries(const QString &course) const;
    /// Those to ask at the end of `lesson`.
    QList<Retry> retriesAfter(const QString &course, const QString &lesson) const;
    /// The step was answered, but the question is not the one it was.
    bool isOutdated(const QString &course, const Lesson &lesson, const QString &step) const;

    void moveTo(const QString &course, const QString &lesson, const QString &step);
    void setSeen(const QString &course, const QString &lesson, const QString &step);
    void setHints(const QString &course, const QString &lesson, const QString &step, int shown);
    void answer(const QString &course, const Lesson &lesson, const QString &step, const QStringList &answer, bool isRight);
    /// A task was tried: `text` was run.
    void attempt(const QString &course, const Lesson &lesson, const QString &step, const QString &text, bool isRight);
    /// Keeps what is being written, before it is tried. False if it is longer than mostTextBytes; then what was kept stays.
    bool write(const QString &course, const QString &lesson, const QString &step, const QString &text);
    /// Begins a lesson anew.
    void forget(const QString &course, const QString &lesson);

private:
    LessonStand &lesson(const QString &course, const QString &lesson);
    StepProgress &step(LessonStand &lesson, const QString &id);
    void merge(const std::vector<CourseStand> &others);
    QString keepAside(const QString &problem, LessonFile::Problem what);
    /// The time of something new: later than all that is known, even if the machine's clock was set back.
    qint64 now();

    QString m_path;
    Clock m_clock;
    std::vector<CourseStand> m_courses;
    qint64 m_latest = 0;
};

} // namespace loopscope
