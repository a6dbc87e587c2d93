// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/RowView.h"

namespace loopscope {

class EventListModel;

/// The ordered list of events; the row of the moment is yellow. Click and arrow keys move there, with Shift they select rows, which Ctrl+C
/// copies.
class EventListView : public RowView
{
    Q_OBJECT
public:
    explicit EventListView(QWidget *parent = nullptr);

    void setEvents(EventListModel *events);
    /// Shows the event before the cursor, and puts the keys on it, without saying that it was chosen. If it is filtered away, the last one
    /// before it is shown, and none selected.
    void showCursor(quint64 cursor);
    /// The selected lines, or all that are shown, as far as a clipboard should hold them.
    void copySelected() const;
    void copyAll() const;

Q_SIGNALS:
    void eventChosen(quint64 event);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    void applyTheme();
    void copy(const QList<int> &rows, int total) const;

    EventListModel *m_events = nullptr;
    bool m_isShowing = false; ///< the cursor's place, which nobody chose here
    bool m_isPressed = false; ///< the mouse may go on to select rows, so the cursor waits for it
};

} // namespace loopscope
