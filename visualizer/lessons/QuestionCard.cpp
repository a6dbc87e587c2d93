// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/QuestionCard.h"

#include "lessons/AnswerList.h"
#include "lessons/LessonProse.h"
#include "lessons/loader/Lesson.h"
#include "theme/Theme.h"

#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace loopscope {

QuestionCard::QuestionCard(QWidget *parent)
    : QFrame(parent)
    , m_question(new LessonProse(this))
    , m_how(new QLabel(this))
    , m_list(new AnswerList(m_chips, this))
    , m_because(new QLabel(tr("Because of which rule?"), this))
    , m_rules(new AnswerList(m_ruleChips, this))
    , m_notYet(new QLabel(this))
{
    setObjectName(QStringLiteral("labCard"));
    m_question->setAccessibleName(tr("Question"));
    m_list->setAccessibleName(tr("Answer"));
    m_rules->setAccessibleName(tr("Rule"));
    m_rules->setObjectName(QStringLiteral("ruleList"));
    m_how->setObjectName(QStringLiteral("labFact"));
    m_notYet->setObjectName(QStringLiteral("labEmpty"));
    for (QLabel *label : {m_how, m_notYet})
        label->setWordWrap(true);
    auto *layout = new QVBoxLayout(this);
    for (QWidget *part : {static_cast<QWidget *>(m_question), static_cast<QWidget *>(m_notYet), static_cast<QWidget *>(m_list),
             static_cast<QWidget *>(m_because), static_cast<QWidget *>(m_rules), static_cast<QWidget *>(m_how)})
        layout->addWidget(part);
    for (const AnswerList *list : {m_list, m_rules})
        connect(list, &AnswerList::handedIn, this, &QuestionCard::handedIn);
    for (const AnswerChips *chips : {&m_chips, &m_ruleChips})
        connect(chips, &AnswerChips::changed, this, &QuestionCard::changed);
    m_rules->setShowsCode(false);
    connect(&Theme::current(), &Theme::changed, this, &QuestionCard::applyTheme);
    applyTheme();
}

void QuestionCard::applyTheme()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(12));
    layout()->setContentsMargins(side, side, side, side);
    layout()->setSpacing(qRound(theme.scaled(8)));
    m_how->setFont(theme.font(Theme::TextRole::Fact));
    m_because->setFont(theme.font(Theme::TextRole::Strong));
}

QList<std::pair<QString, QString>> QuestionCard::rulesInWords()
{
    return {{QStringLiteral("script-first"), tr("The script runs to its end before anything else.")},
        {QStringLiteral("ticks-first"), tr("What `process.nextTick` put off comes before the microtasks.")},
        {QStringLiteral("microtasks-first"), tr("Microtasks are run until none is left before the loop goes on.")},
        {QStringLiteral("timer-due"), tr("A timer whose time has come runs in the timers phase.")},
        {QStringLiteral("poll-finished-io"), tr("I/O that is finished has its callback run in the poll phase.")},
        {QStringLiteral("check-after-poll"), tr("Immediates run in the check phase, behind poll.")},
        {QStringLiteral("closing-last"), tr("Closing callbacks come last in an iteration.")}};
}

void QuestionCard::say(const QString &sentence)
{
    m_notYet->setText(sentence);
    m_notYet->setVisible(!sentence.isEmpty());
    for (QWidget *part : {static_cast<QWidget *>(m_list), static_cast<QWidget *>(m_how)})
        part->setVisible(sentence.isEmpty());
    m_because->setVisible(sentence.isEmpty() && m_asksRule);
    m_rules->setVisible(sentence.isEmpty() && m_asksRule);
}

void QuestionCard::ask(const LessonQuestion &question, const QStringList &items)
{
    using Ask = LessonQuestion::Ask;
    using Kind = AnswerChips::Kind;
    m_items = items;
    m_asksChoice = question.ask == Ask::Choice;
    m_asksRule = question.ask == Ask::Next;
    m_question->setLesson(question.question);
    const Kind kind = question.ask == Ask::Order ? Kind::Order : question.ask == Ask::Queue ? Kind::Queue : Kind::One;
    m_list->setShowsCode(!m_asksChoice);
    m_chips.ask(kind, items, !m_asksChoice);
    if (m_asksRule) {
        QStringList rules;
        for (const auto &[name, words] : rulesInWords())
            rules << words;
        m_ruleChips.ask(Kind::One, rules, false);
    }
    switch (kind) {
    case Kind::Order:
        m_how->setText(tr("Drag them into the order, or move them with Alt and the arrows. Enter hands it in: once."));
        break;
    case Kind::Queue:
        m_how->setText(tr("A click or Space puts one into the queue and takes it out; drag them into the order, or move them with Alt and "
                          "the arrows. Enter hands it in: once."));
        break;
    case Kind::One:
        m_how->setText(tr("Choose by a click, or with the arrows and Space. Enter hands it in: once."));
        break;
    }
    setFixedAnswer(false);
    say({});
}

void QuestionCard::setFixedAnswer(bool isFixed)
{
    m_list->setFixedAnswer(isFixed);
    m_rules->setFixedAnswer(isFixed);
    m_how->setVisible(!isFixed);
}

bool QuestionCard::isReady() const
{
    return m_notYet->isHidden() && m_chips.count() > 0 && m_chips.isReady() && (!m_asksRule || m_ruleChips.isReady());
}

QStringList QuestionCard::answer() const
{
    if (m_asksChoice)
        return {QString::number(m_items.indexOf(m_chips.answer().value(0)))};
    QStringList answer = m_chips.answer();
    if (m_asksRule) {
        const QString words = m_ruleChips.answer().value(0);
        for (const auto &[name, text] : rulesInWords()) {
            if (text == words)
                answer << name;
        }
    }
    return answer;
}

void QuestionCard::showAnswer(const QStringList &answer)
{
    if (m_asksChoice) {
        m_chips.toggle(answer.value(0).toInt());
    } else if (m_asksRule) {
        m_chips.toggle(static_cast<int>(m_chips.items().indexOf(answer.value(0))));
        const auto rules = rulesInWords();
        for (qsizetype i = 0; i < rules.size(); ++i) {
            if (rules.at(i).first == answer.value(1))
                m_ruleChips.toggle(static_cast<int>(i));
        }
    } else {
        QStringList others = m_chips.items();
        QStringList order;
        for (const QString &item : answer) {
            if (others.removeOne(item))
                order << item;
        }
        const AnswerChips::Kind kind = m_chips.kind();
        m_chips.ask(kind, order + others, false);
        for (int item = 0; kind == AnswerChips::Kind::Queue && item < order.size(); ++item)
            m_chips.toggle(item);
    }
    setFixedAnswer(true);
}

} // namespace loopscope
