// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/LessonPane.h"

#include "lessons/AnswerList.h"
#include "lessons/LessonProse.h"
#include "lessons/QuestionCard.h"
#include "theme/Theme.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

namespace loopscope {

LessonPane::LessonPane(const Commands &commands, QWidget *parent)
    : QWidget(parent)
    , m_lesson(new QLabel(this))
    , m_scroll(new QScrollArea(this))
    , m_text(new LessonProse)
    , m_question(new QuestionCard)
    , m_taskCard(new QFrame)
    , m_taskHead(new QLabel(m_taskCard))
    , m_task(new LessonProse(m_taskCard))
    , m_hints(new LessonProse)
    , m_feedbackCard(new QFrame)
    , m_feedback(new LessonProse(m_feedbackCard))
    , m_footer(new QWidget(this))
{
    setObjectName(QStringLiteral("lessonPane"));
    m_lesson->setWordWrap(true);
    m_text->setAccessibleName(tr("Text of the step"));
    m_task->setAccessibleName(tr("What to do"));
    m_hints->setAccessibleName(tr("Hints"));
    m_feedback->setAccessibleName(tr("What came of it"));
    m_taskHead->setObjectName(QStringLiteral("sectionTitle"));
    for (const auto &[card, parts] :
        {std::pair(m_taskCard, QList<QWidget *>{m_taskHead, m_task}), std::pair(m_feedbackCard, QList<QWidget *>{m_feedback})}) {
        card->setObjectName(QStringLiteral("labCard"));
        auto *layout = new QVBoxLayout(card);
        for (QWidget *part : parts)
            layout->addWidget(part);
        card->hide();
    }
    auto *content = new QWidget;
    m_column = new QVBoxLayout(content);
    for (QWidget *part : {static_cast<QWidget *>(m_text), static_cast<QWidget *>(m_taskCard), static_cast<QWidget *>(m_question),
             static_cast<QWidget *>(m_hints), static_cast<QWidget *>(m_feedbackCard)})
        m_column->addWidget(part);
    m_column->addStretch(1);
    m_scroll->setWidget(content);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::StrongFocus);
    m_scroll->setAccessibleName(tr("Lesson"));
    for (LessonProse *prose : {m_text, m_task, m_hints, m_feedback})
        connect(prose, &QTextBrowser::anchorClicked, this, &LessonPane::linkChosen);

    m_course = button(commands.course, false);
    m_course->setProperty("plain", true);
    auto *more = new QHBoxLayout;
    for (QAction *action : {commands.hint, commands.solution, commands.reset})
        more->addWidget(button(action, false));
    more->addStretch(1);
    auto *ways = new QHBoxLayout;
    ways->addWidget(button(commands.previous, false));
    ways->addStretch(1);
    ways->addWidget(m_next = button(commands.next, false));
    ways->addWidget(m_act = button(commands.act, true));
    auto *foot = new QVBoxLayout(m_footer);
    foot->addLayout(more);
    foot->addLayout(ways);
    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(0);
    layout->addWidget(m_lesson);
    layout->addWidget(m_scroll, 1);
    layout->addWidget(m_footer);
    m_question->hide();
    connect(&Theme::current(), &Theme::changed, this, &LessonPane::applyTheme);
    applyTheme();
}

QToolButton *LessonPane::button(QAction *action, bool isMain)
{
    auto *made = new QToolButton(this);
    made->setFocusPolicy(Qt::StrongFocus);
    if (isMain)
        made->setProperty("main", true);
    const auto follow = [made, action] {
        made->setText(action->iconText());
        made->setToolTip(action->toolTip());
        made->setAccessibleName(action->toolTip());
        made->setVisible(action->isVisible());
        made->setEnabled(action->isEnabled());
    };
    connect(made, &QToolButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, made, follow);
    follow();
    m_buttons << made;
    return made;
}

void LessonPane::applyTheme()
{
    const Theme &theme = Theme::current();
    const int side = qRound(theme.scaled(14));
    const int small = qRound(theme.scaled(8));
    layout()->setContentsMargins(0, 0, 0, 0);
    m_lesson->setContentsMargins(side, 0, side, small / 2);
    QFont font = theme.font(Theme::TextRole::Strong);
    font.setPixelSize(qRound(theme.scaled(18)));
    m_lesson->setFont(font);
    m_taskHead->setFont(theme.font(Theme::TextRole::Head));
    m_column->setContentsMargins(side, small, side, side);
    m_column->setSpacing(qRound(theme.scaled(12)));
    m_footer->layout()->setContentsMargins(side, small, side, small);
    for (const QFrame *card : {m_taskCard, m_feedbackCard})
        card->layout()->setContentsMargins(
            qRound(theme.scaled(12)), qRound(theme.scaled(10)), qRound(theme.scaled(12)), qRound(theme.scaled(10)));
}

void LessonPane::setLesson(const QString &title) { m_lesson->setText(title); }

void LessonPane::setText(const QString &text) { m_text->setLesson(text); }

QString LessonPane::text() const { return m_text->lesson(); }

void LessonPane::setTask(const QString &head, const QString &text)
{
    m_taskHead->setText(head);
    m_taskHead->setVisible(!head.isEmpty());
    m_task->setLesson(text);
    m_taskCard->setVisible(!text.isEmpty());
}

void LessonPane::setHints(const QStringList &hints)
{
    QStringList numbered;
    for (const QString &hint : hints)
        numbered << tr("**Hint %1.** %2").arg(numbered.size() + 1).arg(hint);
    m_hints->setLesson(numbered.join(QStringLiteral("\n\n")));
}

void LessonPane::setFeedback(const QString &markdown)
{
    m_feedback->setLesson(markdown);
    m_feedbackCard->setVisible(!markdown.isEmpty());
}

QString LessonPane::feedbackText() const { return m_feedbackCard->isHidden() ? QString() : m_feedback->toPlainText(); }

void LessonPane::showQuestion(bool isShown) { m_question->setVisible(isShown); }

void LessonPane::addCard(QWidget *card) { m_column->insertWidget(m_column->indexOf(m_question) + 1, card); }

void LessonPane::scrollToTop() { m_scroll->verticalScrollBar()->setValue(0); }

void LessonPane::scrollToFeedback()
{
    // Its height is known when it has been laid out.
    QTimer::singleShot(0, this, [this] {
        if (m_feedbackCard->isVisible()) // from its first line on
            m_scroll->verticalScrollBar()->setValue(m_feedbackCard->y() - m_column->spacing());
    });
}

void LessonPane::focusStep()
{
    if (m_question->isVisible() && m_question->list().isVisible() && !m_question->list().isFixedAnswer())
        m_question->list().setFocus();
    else if (m_act->isVisible() && m_act->isEnabled())
        m_act->setFocus();
    else
        m_scroll->setFocus();
}

} // namespace loopscope
