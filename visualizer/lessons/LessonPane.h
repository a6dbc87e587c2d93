// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QAction;
class QFrame;
class QLabel;
class QScrollArea;
class QToolButton;
class QUrl;
class QVBoxLayout;

namespace loopscope {

class LessonProse;
class QuestionCard;

/// A step of a lesson to read, answer and work on: where one is, the text, what is asked or shown, what came of it; below it the way back,
/// the way on and the one thing to do next. What the buttons do is the window's.
class LessonPane : public QWidget
{
    Q_OBJECT
public:
    struct Commands
    {
        QAction *course; ///< back to the list
        QAction *previous;
        QAction *next;
        QAction *act; ///< the step's own: hand in, check, next moment
        QAction *hint;
        QAction *solution;
        QAction *reset;
    };
    explicit LessonPane(const Commands &commands, QWidget *parent = nullptr);

    void setLesson(const QString &title);
    /// The way back to the list, for the head of the dock.
    QToolButton *courseButton() const { return m_course; }
    /// Markdown.
    void setText(const QString &text);
    /// What is to be done, or the moment that is shown; empty: nothing.
    void setTask(const QString &head, const QString &text);
    void setHints(const QStringList &hints);
    /// What came of an answer or a try, as Markdown with "site:" and "event:" links; empty: nothing.
    void setFeedback(const QString &markdown);
    QuestionCard &question() const { return *m_question; }
    void showQuestion(bool isShown);
    /// Puts something of its own below the question.
    void addCard(QWidget *card);
    void scrollToTop();
    /// Brings what came of an answer into sight.
    void scrollToFeedback();
    QString feedbackText() const;
    QString text() const;
    /// Where the keyboard goes first.
    void focusStep();

Q_SIGNALS:
    void linkChosen(const QUrl &link);

private:
    void applyTheme();
    QToolButton *button(QAction *action, bool isMain);

    QLabel *m_lesson;
    QScrollArea *m_scroll;
    LessonProse *m_text;
    QuestionCard *m_question;
    QFrame *m_taskCard;
    QLabel *m_taskHead;
    LessonProse *m_task;
    LessonProse *m_hints;
    QFrame *m_feedbackCard;
    LessonProse *m_feedback;
    QVBoxLayout *m_column;
    QWidget *m_footer;
    QList<QToolButton *> m_buttons;
    QToolButton *m_course = nullptr;
    QToolButton *m_act = nullptr;
    QToolButton *m_next = nullptr;
};

} // namespace loopscope
