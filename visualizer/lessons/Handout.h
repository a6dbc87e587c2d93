// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/TextLook.h"
#include "lessons/loader/Lesson.h"

#include <QCoreApplication>
#include <QHash>
#include <QStringList>

class QTextCursor;
class QTextDocument;

namespace loopscope {

/// Lessons on paper: texts, scripts with line numbers, questions with boxes to fill in. With solutions also the right answers, explanations
/// and the scripts that solve the tasks.
class Handout
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Handout)
public:
    /// What running the scripts gave: of a question its items, and its right answer as one line each. By key().
    struct Answer
    {
        QStringList items; ///< to choose from or to put in order
        QStringList right;
    };
    using Answers = QHash<QString, Answer>;
    /// What a rule of lesson.json says.
    static QString ruleInWords(const QString &rule);
    static QString key(const Lesson &lesson, const QString &id) { return lesson.name + u'/' + id; }

    Handout(const Course &course, const Answers &answers, bool hasSolutions);

    void fill(QTextDocument &document) const;
    /// A4 with page numbers. Empty, or why it cannot be written.
    QString writePdf(const QString &path) const;
    /// How many pages the last writePdf() wrote.
    int pages() const { return m_pages; }

private:
    void addLesson(QTextCursor &cursor, const Lesson &lesson, bool isFirst) const;
    void addStep(QTextCursor &cursor, const Lesson &lesson, const LessonStep &step) const;
    void addQuestion(QTextCursor &cursor, const Lesson &lesson, const LessonQuestion &question, const QString &id) const;
    void addTask(QTextCursor &cursor, const LessonStep &step) const;
    void addScript(QTextCursor &cursor, const QString &path) const;
    void addText(QTextCursor &cursor, const QString &markdown) const;
    void addHead(QTextCursor &cursor, const QString &text, int level, bool isNewPage = false) const;
    void addLine(QTextCursor &cursor, const QString &html, qreal indent = 0) const;
    void addBoxes(QTextCursor &cursor, const LessonQuestion &question, const QStringList &items) const;

    const Course &m_course;
    const Answers &m_answers;
    bool m_hasSolutions;
    TextLook m_look;
    mutable int m_pages = 0;
};

} // namespace loopscope
