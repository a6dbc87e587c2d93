// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "events/EventFilter.h"

#include <QWidget>

class QLabel;
class QLineEdit;
class QToolButton;

namespace loopscope {

class EventListModel;
class EventListView;

/// The event list with its search above: a text and a kind. What fits is shown alone, or marked among all events; Down or Enter in the
/// text go into the list, Escape clears it. GUI thread only.
class EventPane : public QWidget
{
    Q_OBJECT
public:
    explicit EventPane(QWidget *parent = nullptr);

    void setModel(EventListModel *model);
    void setCursor(quint64 cursor);
    void setGroup(EventGroup group);
    /// Gives the keyboard to the filter's text.
    void focusFilter();
    /// Moves the cursor to the next or previous event that fits; without a filter, gives the keyboard to its text. Where the search has not
    /// come that far yet, the move is made when it has.
    void goToHit(int direction);

    EventListView *list() const { return m_list; }
    QLineEdit *filterText() const { return m_text; }
    QToolButton *onlyHitsButton() const { return m_onlyHits; }

Q_SIGNALS:
    void eventChosen(quint64 event);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeGroups();
    void makeFoundBar();
    void reachHit();
    void applyFilter();
    void sayFound();
    void sayFolded();
    void applyTheme();

    QLineEdit *m_text;
    QToolButton *m_groups;
    QWidget *m_foundBar;
    QLabel *m_found;
    QToolButton *m_previous;
    QToolButton *m_next;
    QToolButton *m_onlyHits;
    QLabel *m_folded; ///< how much of Node's own work is left out
    EventListView *m_list;
    EventListModel *m_model = nullptr;
    EventGroup m_group = EventGroup::All;
    quint64 m_cursor = 0;
    int m_wantedHit = 0; ///< 1 or -1 while the next or previous hit is waited for
};

} // namespace loopscope
