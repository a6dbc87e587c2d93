// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Lesson.h"
#include "lessons/loader/LessonProgress.h"

#include <QObject>

namespace loopscope {

class OpenCourse;

/// Where in a course the learner is: the lesson, its step, in a step the question or its sibling, the moment, the hints. Keeps the
/// progress. Also walks through the retry list, question by question. No widgets; GUI thread.
class LessonWalk : public QObject
{
    Q_OBJECT
public:
    explicit LessonWalk(OpenCourse &course, QObject *parent = nullptr);

    /// A lesson at a step (empty: where one stands, or at the first). False if there is none of these names.
    bool begin(const QString &lesson, const QString &step = {});
    /// The predictions that were wrong, one after the other. False if there is none.
    bool beginRetries(const QList<LessonProgress::Retry> &retries);
    void leave();

    bool isOn() const { return lesson() != nullptr; }
    bool isRetry() const { return !m_retries.isEmpty(); }
    /// Null when nothing is open. Looked up anew each time: the course may have been read again.
    const Lesson *lesson() const;
    const LessonStep *step() const;
    int stepIndex() const { return m_index; }
    /// Which of how many: steps, or questions of the retry list. From 1.
    int place() const { return isRetry() ? m_retryIndex + 1 : m_index + 1; }
    int places() const;
    /// The question of the step or, behind it, its sibling; null if the step asks nothing.
    const LessonQuestion *question() const;
    bool isSibling() const { return m_isSibling; }
    /// By which progress knows the question: "ID" or "ID.again".
    QString id() const;
    /// The script of what is asked or shown, and how it is run.
    QString script() const;
    LessonRun run() const;
    QStringList hints() const;
    QString explanation() const;
    /// The views that the step wants; a question's own script changes none of them.
    QStringList views() const;

    bool hasNext() const;
    bool hasPrevious() const;
    /// The sibling question, the next step, or the next question of the retry list.
    void next();
    void previous();

    /// The question's answer was handed in; what it says stays. Null before.
    const StepProgress *answer() const;
    void handIn(const QStringList &answer, bool isRight);
    void tried(const QString &text, bool isRight);

    int moment() const { return m_moment; }
    /// From 0; -1: none yet.
    void setMoment(int moment);
    int hintsShown() const { return m_hints; }
    void showHint();

Q_SIGNALS:
    /// Another step, question or lesson, or none.
    void moved();
    /// The same place, something about it is new.
    void changed();

private:
    void enter();
    void courseChanged();

    OpenCourse &m_course;
    QString m_lesson; ///< name; empty: none
    QString m_step; ///< id
    int m_index = 0;
    bool m_isSibling = false;
    bool m_isAnswered = false;
    int m_moment = -1;
    int m_hints = 0;
    QList<LessonProgress::Retry> m_retries;
    int m_retryIndex = 0;
};

} // namespace loopscope
