// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/AnswerFeedback.h"
#include "lessons/loader/Lesson.h"
#include "lessons/loader/Measures.h"
#include "lessons/loader/PredictionTruth.h"

#include <QCoreApplication>
#include <QString>
#include <QStringList>

namespace loopscope {

class RunSession;

/// What came of trying a task: whether its condition holds for the run, and what of it does not. Texts are Markdown.
class TaskResult
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::TaskResult)
public:
    TaskResult(const LessonTask &task, const Measures &run, MeasureSet set);

    bool isRight() const { return m_isRight; }
    QString feedback() const { return m_feedback; }

private:
    bool m_isRight = false;
    QString m_feedback;
};

/// A question and the run of its script that answers it. Texts are Markdown, with "event:" links into the run.
class QuestionRun
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::QuestionRun)
public:
    /// `session` holds the whole recording; both outlive this.
    QuestionRun(const LessonQuestion &question, RunSession &session);

    /// Why it cannot be asked: the run does not decide it. Empty if it can.
    QString problem() const { return m_problem; }
    /// To choose from or to put in order; of a choice their texts.
    QStringList items() const;
    /// What the run says, a line each.
    QStringList right() const;
    /// Of a choice its number, of `next` the callback's place among the items, of an order its first item's; -1: none of them.
    int rightItem() const;
    bool isRight(const QStringList &answer) const;
    /// What the run did, and where.
    QString told() const;
    /// The learner's answer beside the run's, the first difference, what is behind it, and the rule at that event.
    QString feedback(const QStringList &answer) const;

private:
    QStringList shown(const QStringList &answer) const;
    QString beside(const QStringList &given, const QStringList &real, int difference) const;
    QString ruleAt(quint64 event) const;

    const LessonQuestion &m_question;
    RunSession &m_session;
    QString m_problem;
    PredictionTruth m_truth;
};

} // namespace loopscope
