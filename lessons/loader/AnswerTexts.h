// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/AnswerFeedback.h"

#include <QStringList>

/// Answers as files keep them: of Order and Queue the items in their order; of Next the callback and the rule; of Choice the number of the
/// choice, from 0, which is the same in every language.
namespace loopscope {

QStringList textsOf(const LessonQuestion &question, const PredictionAnswer &answer);
/// Takes any list; what makes no sense is an answer that is not right.
PredictionAnswer answerOf(const LessonQuestion &question, const QStringList &texts);

} // namespace loopscope
