// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <memory>
#include <optional>

/// What a lesson's folder says, read and found to be sound (LessonReader). docs/lessons.md explains every field. Plain values; paths are
/// absolute; texts are Markdown.
namespace loopscope {

/// A text of the condition language with its place, for what is wrong with it later. Parsed by Condition.
struct ConditionText
{
    QString text;
    int line = 0; ///< in lesson.json, from 1
};

/// How a lesson's script is run, beside what all lessons' runs get (LessonTrial).
struct LessonRun
{
    QStringList arguments; ///< of the script
    QStringList options; ///< of `loopscope run`
};

/// What running the script in the installed Node must give.
enum class NodeAgreement : quint8 { Equal, SameLines, ExitCode, None };

/// A moment of a recording: right behind the event that fits. Found by MomentSearch.
struct LessonMoment
{
    QString event; ///< one of MomentSearch::events()
    QString task; ///< kind of a callback; empty: any
    QString name; ///< with `*`; empty: any
    QString phase; ///< empty: any
    int nth = 1;
    int line = 0; ///< in lesson.json
};

/// "Stop here and look at the microtask queue."
struct WatchMoment
{
    LessonMoment at;
    QString look; ///< a phase, a queue or a view
    QString text;
};

/// What is behind a wrong answer. Which of the fields is set says what it applies to.
struct Misconception
{
    QString first; ///< `before`: put before `second`
    QString second;
    QString has;
    QString lacks;
    QString picks;
    QString rule;
    ConditionText when; ///< of a `do`
    QString text;
};

struct LessonChoice
{
    QString text;
    ConditionText holds;
    QString misconception; ///< told to who chose it though it does not hold
};

struct LessonQuestion
{
    enum class Ask : quint8 { Order, Queue, Next, Choice };
    Ask ask = Ask::Order;
    QString question;
    QString script; ///< path
    LessonRun run;
    LessonMoment at; ///< of Queue and Next
    QString queue;
    QStringList items; ///< empty: all lines that the script prints
    QList<LessonChoice> choices;
    QList<Misconception> misconceptions;
    QStringList hints;
    QString explanation;
    int line = 0;
};

struct LessonTask
{
    QString task; ///< what is to be done, in a sentence
    ConditionText holds;
    QString solution; ///< path; empty in a lesson without solutions
    QString scenario; ///< path of a scenario of the server lab; empty: the script is run
    QStringList models; ///< of the server lab
    QList<Misconception> misconceptions;
};

struct LessonStep
{
    enum class Kind : quint8 { Read, Watch, Predict, Do };
    QString id;
    Kind kind = Kind::Read;
    QString title; ///< its heading in lesson.md
    QString text; ///< below it
    QString script; ///< path
    LessonRun run;
    NodeAgreement node = NodeAgreement::Equal;
    QString nodeReason;
    QStringList views;
    QStringList hints;
    QString explanation;
    QList<WatchMoment> moments; ///< of Watch
    std::optional<LessonQuestion> question; ///< of Predict
    std::shared_ptr<const LessonQuestion> again; ///< its sibling; null if there is none
    std::optional<LessonTask> task; ///< of Do
    int line = 0; ///< in lesson.json
};

struct Lesson
{
    QString name; ///< of the folder: what progress and prerequisites call it
    QString folder;
    QString language; ///< empty: as written
    QString title;
    QString goal;
    QStringList prerequisites;
    bool isWithoutSolutions = false; ///< it was handed out to students (LessonBundle)
    QString introduction;
    QString script; ///< path
    LessonRun run;
    NodeAgreement node = NodeAgreement::Equal;
    QString nodeReason;
    QStringList views;
    QList<LessonStep> steps;

    /// Null if there is none.
    const LessonStep *step(const QString &id) const;
};

/// Something wrong with a lesson's folder: a sentence, and where.
struct LessonProblem
{
    QString file; ///< path
    int line = 0; ///< from 1; 0: the file as a whole
    QString sentence;

    /// "lesson.json:12: ..."
    QString text() const;
};

struct Course
{
    QString title;
    QString folder;
    QList<Lesson> lessons; ///< those that can be taken
    QList<LessonProblem> problems; ///< and what is wrong with the others
};

} // namespace loopscope
