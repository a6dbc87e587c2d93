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

/// The event list with its filter above: a text and a kind. Down or Enter in the text go into the list, Escape clears it.
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

    EventListView *list() const { return m_list; }
    QLineEdit *filterText() const { return m_text; }

Q_SIGNALS:
    void eventChosen(quint64 event);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeGroups();
    void applyFilter();
    void sayFound();
    void applyTheme();

    QLineEdit *m_text;
    QToolButton *m_groups;
    QLabel *m_found;
    EventListView *m_list;
    EventListModel *m_model = nullptr;
    EventGroup m_group = EventGroup::All;
    quint64 m_cursor = 0;
};

} // namespace loopscope
