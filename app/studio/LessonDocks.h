// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "SavedLayout.h"

#include <QStringList>

class QDockWidget;
class QMainWindow;

namespace loopscope {

class LessonPane;
class SectionHead;
class WorkspaceDocks;

/// The docks while a lesson is open: its text on the left, beside it only the views that it needs. Leaving puts them back as they were.
class LessonDocks : public QObject
{
    Q_OBJECT
public:
    /// `text` gets a dock of its own.
    LessonDocks(QMainWindow &window, WorkspaceDocks &docks, LessonPane &text);

    QDockWidget &textDock() const { return *m_text; }
    /// "step 2 of 6", in the head of the text.
    void setPlace(const QString &place);
    bool isOn() const { return m_isOn; }
    /// What is put back in the end, if it is not how the docks stand when they are entered. Before or after that.
    void setBefore(const SavedLayout &before);
    /// The views by their names in lesson.json; `servers` and `profile` are pages, which leave the docks empty.
    void enter(const QStringList &views);
    /// The same views once more, for another size of window or text.
    void arrange();
    void leave();

private:
    QMainWindow &m_window;
    WorkspaceDocks &m_docks;
    QDockWidget *m_text;
    SectionHead *m_head;
    SavedLayout m_layout;
    QStringList m_views;
    Qt::DockWidgetArea m_corner = Qt::BottomDockWidgetArea; ///< whose the left lower one was
    bool m_isOn = false;
    bool m_hasBefore = false; ///< given, and not entered since
};

} // namespace loopscope
