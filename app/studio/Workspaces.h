// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <array>

class QMainWindow;
class QWidget;

namespace loopscope {

/// Which of the window's workspaces is seen. Servers and Profile lie over the docks of Step, which keep their places and sizes below
/// (hidden and shown again they would not), and are disabled meanwhile, so that keys do not get there. Of Lessons the list of the course
/// lies there, too; a lesson has the docks, or one of the other pages beside its text.
class Workspaces : public QObject
{
    Q_OBJECT
public:
    enum class Workspace : quint8 { Step, Servers, Profile, Lessons };

    /// The pages become children of the window. After the window has got its bar, docks and status line.
    Workspaces(QMainWindow &window, QWidget &servers, QWidget &profile, QWidget &course);

    /// The one that was chosen.
    Workspace current() const { return m_current; }
    /// What is seen: the same, but for a lesson. Step: the docks; Lessons: the list of the course.
    Workspace shown() const { return m_current == Workspace::Lessons ? m_ofLesson : m_current; }
    void setCurrent(Workspace workspace);
    /// What is seen of Lessons. `text`: the lesson's dock, which pages leave free; null if there is none.
    void setLessonView(Workspace view, QWidget *text);

Q_SIGNALS:
    /// Another workspace, or another view of Lessons while it is the current one.
    void changed();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    static std::size_t indexOf(Workspace workspace) { return static_cast<std::size_t>(workspace); }
    /// What lies over the docks; null where they are seen.
    QWidget *page() const { return m_pages.at(indexOf(shown())); }
    void show(QWidget *before);
    void place();
    void setStepEnabled(bool isEnabled);

    QMainWindow &m_window;
    std::array<QWidget *, 4> m_pages; ///< by Workspace
    Workspace m_current = Workspace::Step;
    Workspace m_ofLesson = Workspace::Lessons;
    QPointer<QWidget> m_text; ///< of the lesson
    QPointer<QWidget> m_hadKeyboard;
};

} // namespace loopscope
