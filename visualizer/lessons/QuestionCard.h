// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/AnswerChips.h"

#include <QFrame>

class QLabel;

namespace loopscope {

class AnswerList;
class LessonProse;
struct LessonQuestion;

/// A question with its chips: an order, a queue, one of several answers, or the callback that comes next and the rule for it.
class QuestionCard : public QFrame
{
    Q_OBJECT
public:
    explicit QuestionCard(QWidget *parent = nullptr);

    /// `items`: the lines, names or answers to choose from.
    void ask(const LessonQuestion &question, const QStringList &items);
    /// Why it cannot be asked now, or that it will be in a moment.
    void say(const QString &sentence);
    /// Shows an answer that was handed in; nothing moves any more.
    void showAnswer(const QStringList &answer);
    /// Nothing more can be changed.
    void setFixedAnswer(bool isFixed);

    bool isReady() const;
    /// As LessonProgress keeps it: items in their order; of a choice its text's place from 0; of `next` the name and the rule.
    QStringList answer() const;

    AnswerList &list() const { return *m_list; }
    AnswerList &rules() const { return *m_rules; }
    AnswerChips &chips() { return m_chips; }

    /// What a rule is called in lesson.json, and what it says.
    static QList<std::pair<QString, QString>> rulesInWords();

Q_SIGNALS:
    void handedIn();
    void changed();

private:
    void applyTheme();

    AnswerChips m_chips;
    AnswerChips m_ruleChips;
    LessonProse *m_question;
    QLabel *m_how; ///< how to answer, by keys and mouse
    AnswerList *m_list;
    QLabel *m_because;
    AnswerList *m_rules;
    QLabel *m_notYet;
    bool m_asksChoice = false;
    bool m_asksRule = false;
    QStringList m_items; ///< as given
};

} // namespace loopscope
