// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/AnswerTexts.h"

namespace loopscope {

using Ask = LessonQuestion::Ask;

QStringList textsOf(const LessonQuestion &question, const PredictionAnswer &answer)
{
    switch (question.ask) {
    case Ask::Order:
    case Ask::Queue:
        return answer.order;
    case Ask::Next:
        return {answer.next, answer.rule};
    case Ask::Choice:
        return {QString::number(answer.choice)};
    }
    return {};
}

PredictionAnswer answerOf(const LessonQuestion &question, const QStringList &texts)
{
    PredictionAnswer answer;
    if (question.ask == Ask::Order || question.ask == Ask::Queue)
        answer.order = texts;
    answer.next = question.ask == Ask::Next ? texts.value(0) : QString();
    answer.rule = question.ask == Ask::Next ? texts.value(1) : QString();
    bool isNumber = false;
    const int choice = texts.value(0).toInt(&isNumber);
    if (question.ask == Ask::Choice && isNumber && choice >= 0 && choice < question.choices.size())
        answer.choice = choice;
    return answer;
}

} // namespace loopscope
