// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/PredictionTruth.h"

namespace loopscope {

/// What a learner says. Which of the fields count depends on what is asked.
struct PredictionAnswer
{
    QStringList order; ///< of Order and Queue
    QString next; ///< of Next
    QString rule;
    int choice = -1; ///< of Choice
};

/// How an answer compares with the run. A plain value.
struct AnswerFeedback
{
    bool isRight = false;
    /// Where the answer parts from the run first: a place in `order`; of Next 0 for the callback, 1 for the rule; of Choice 0. -1 if it is
    /// right.
    int firstDifference = -1;
    QString given; ///< there; null if the answer had ended
    QString real; ///< there; null if there is nothing more
    QString misconception; ///< that is behind it; empty if the lesson knows none
    quint64 event = 0; ///< where the run shows it: number of an event

    static AnswerFeedback of(const LessonQuestion &question, const PredictionTruth &truth, const PredictionAnswer &answer);
};

} // namespace loopscope
