// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "recording/RecordingReader.h"

#include <QCoreApplication>

namespace loopscope {

/// The right answer to a question, as the recording of its script shows it. A plain value.
struct PredictionTruth
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::PredictionTruth)

public:
    QStringList items; ///< of Order, Queue and Next: among these the learner chooses; of Order not yet shuffled
    QStringList order; ///< of Order: the lines as they came; of Queue: those in it, the first in turn first
    QString next; ///< of Next: the callback
    QString rule; ///< and why it is next
    int choice = -1; ///< of Choice
    /// Where the run shows it: numbers of events, for each of `order`; of Next and Choice one. A cursor (StateTimeline) behind the event is
    /// one more. Never empty.
    QList<quint64> events;

    /// Nothing, with problems in line `question.line` of `file` (lesson.json), if the run does not decide it.
    static std::optional<PredictionTruth> find(
        const LessonQuestion &question, const RecordingReader &reader, const QString &file, QList<LessonProblem> &problems);
};

} // namespace loopscope
