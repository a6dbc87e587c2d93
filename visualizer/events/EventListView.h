// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTableView>

namespace loopscope {

class EventListModel;

/// The ordered list of events; the row of the moment is selected. Click and arrow keys move there, Ctrl+C copies its line.
class EventListView : public QTableView
{
    Q_OBJECT
public:
    explicit EventListView(QWidget *parent = nullptr);

    void setEvents(EventListModel *events);
    /// Selects and shows the event before the cursor without saying that it was chosen. If it is filtered away, the last one before it is
    /// shown, and none selected.
    void showCursor(quint64 cursor);
    void copyCurrent() const;
    /// All lines that are shown, as far as a clipboard should hold them.
    void copyAll() const;

Q_SIGNALS:
    void eventChosen(quint64 event);

protected:
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    void resizeEvent(QResizeEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;

private:
    void applyTheme();

    EventListModel *m_events = nullptr;
    bool m_isShowing = false;
};

} // namespace loopscope
