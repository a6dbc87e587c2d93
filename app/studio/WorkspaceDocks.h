// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <map>

class QDockWidget;
class QMainWindow;
class QMenu;

namespace loopscope {

class SectionHead;

/// The docks around the loop view: which there are, and where they stand by default.
class WorkspaceDocks : public QObject
{
    Q_OBJECT
public:
    enum class Role : quint8 { Source, Console, Why, Events, Promises, Timeline, Comparison, Written };

    /// `panels` gets an entry that shows and hides each dock.
    WorkspaceDocks(QMainWindow &window, QMenu &panels);

    /// Puts a view into a dock of its own; gives the dock's head, which the view may write a note into.
    SectionHead *add(Role role, const QString &title, QWidget *view);
    /// Null if there is none.
    QDockWidget *dock(Role role) const;
    SectionHead *head(Role role) const;
    /// Shows a dock, and brings it to the front of those it shares its place with.
    void bringUp(Role role);
    /// The same, with at least a share of the window's height, in percent.
    void bringUpAtLeast(Role role, int percent);
    /// Gives all docks their default places and sizes; those not meant for the first sight are hidden. The window must have its size.
    void placeByDefault();
    /// After another text size: the default arrangement changes with it, one of the person's own stays.
    void followTextSize();

private:
    /// How many views fit in a column, at this text size: one, two or three.
    enum class Room : quint8 { Tight, Usual, Ample };
    Room room() const;
    /// Nobody moved, hid or showed a view since placeByDefault().
    bool isAsPlaced() const;
    static Qt::DockWidgetArea areaOf(Role role);

    QMainWindow &m_window;
    QMenu &m_panels;
    std::map<Role, QDockWidget *> m_docks;
    Room m_placedFor = Room::Usual; ///< by placeByDefault()
};

} // namespace loopscope
