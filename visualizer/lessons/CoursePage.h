// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;
class QScrollArea;
class QToolButton;
class QVBoxLayout;

namespace loopscope {

class CourseList;
class LessonProse;
class OpenCourse;

/// The course as a list, with what to go on with, what to take again, and what is wrong with its files.
class CoursePage : public QWidget
{
    Q_OBJECT
public:
    explicit CoursePage(OpenCourse &course, QWidget *parent = nullptr);

    CourseList &list() const { return *m_list; }
    /// What is told of problems; empty if there is none.
    QString problemText() const;
    /// Where the keyboard goes first.
    void focusList();
    QToolButton &goOnButton() const { return *m_goOn; }
    QToolButton &retryButton() const { return *m_retry; }

Q_SIGNALS:
    void lessonChosen(const QString &name);
    void goOnChosen();
    void retriesChosen();
    void openChosen();

private:
    void fill();
    void fillProblems();
    void applyTheme();

    OpenCourse &m_course;
    QScrollArea *m_scroll;
    QWidget *m_column;
    QLabel *m_title;
    QLabel *m_summary;
    QToolButton *m_goOn;
    QToolButton *m_retry;
    QToolButton *m_open;
    CourseList *m_list;
    LessonProse *m_problems;
};

} // namespace loopscope
