// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/AnswerFeedback.h"

#include <algorithm>

namespace loopscope {

namespace {

using Ask = LessonQuestion::Ask;

bool isBefore(const QStringList &order, const QString &first, const QString &second)
{
    const qsizetype one = order.indexOf(first);
    return one >= 0 && one < order.indexOf(second);
}

/// Only what the answer has and the run has not is behind its being wrong.
bool applies(const Misconception &wrong, const PredictionTruth &truth, const PredictionAnswer &answer)
{
    if (!wrong.first.isEmpty())
        return isBefore(answer.order, wrong.first, wrong.second) && !isBefore(truth.order, wrong.first, wrong.second);
    if (!wrong.has.isEmpty())
        return answer.order.contains(wrong.has) && !truth.order.contains(wrong.has);
    if (!wrong.lacks.isEmpty())
        return !answer.order.contains(wrong.lacks) && truth.order.contains(wrong.lacks);
    if (!wrong.picks.isEmpty())
        return answer.next == wrong.picks && truth.next != wrong.picks;
    return !wrong.rule.isEmpty() && answer.rule == wrong.rule && truth.rule != wrong.rule;
}

/// What was answered and what is right, place by place.
struct Sides
{
    QStringList given;
    QStringList real;
};

Sides sidesOf(const LessonQuestion &question, const PredictionTruth &truth, const PredictionAnswer &answer)
{
    switch (question.ask) {
    case Ask::Next:
        return {{answer.next, answer.rule}, {truth.next, truth.rule}};
    case Ask::Choice: {
        const auto text = [&](int choice) {
            return choice >= 0 && choice < question.choices.size() ? question.choices[choice].text : QString();
        };
        return {{text(answer.choice)}, {text(truth.choice)}};
    }
    case Ask::Order:
    case Ask::Queue:
        break;
    }
    return {answer.order, truth.order};
}

} // namespace

AnswerFeedback AnswerFeedback::of(const LessonQuestion &question, const PredictionTruth &truth, const PredictionAnswer &answer)
{
    AnswerFeedback feedback;
    const Sides sides = sidesOf(question, truth, answer);
    // Choices may have the same text.
    feedback.isRight = question.ask == Ask::Choice ? answer.choice == truth.choice : sides.given == sides.real;
    feedback.event = truth.events.value(0);
    if (feedback.isRight)
        return feedback;
    qsizetype place = 0;
    while (
        question.ask != Ask::Choice && place < std::min(sides.given.size(), sides.real.size()) && sides.given[place] == sides.real[place])
        ++place;
    feedback.firstDifference = static_cast<int>(place);
    feedback.given = sides.given.value(place);
    feedback.real = sides.real.value(place);
    feedback.event = truth.events.value(std::min(place, truth.events.size() - 1));
    if (question.ask == Ask::Choice) {
        if (answer.choice >= 0 && answer.choice < question.choices.size())
            feedback.misconception = question.choices[answer.choice].misconception;
        return feedback;
    }
    const auto behind = std::find_if(question.misconceptions.begin(), question.misconceptions.end(),
        [&](const Misconception &wrong) { return applies(wrong, truth, answer); });
    if (behind != question.misconceptions.end())
        feedback.misconception = behind->text;
    return feedback;
}

} // namespace loopscope
