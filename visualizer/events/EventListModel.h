// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "events/EventFilter.h"

#include <QAbstractTableModel>
#include <QTimer>

#include <vector>

namespace loopscope {

class EventText;
class RecordingReader;

/// The events of a recording as rows, read when shown. Without a filter nothing is kept here; with one, the numbers of the events that it
/// accepts, which are looked for in small portions so that the window stays quick. Rows only ever grow, until setSource or setFilter.
class EventListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Number, Time, What, Where, ColumnCount };
    enum Role : int {
        KindRole = Qt::UserRole, ///< int of EventKind
        SiteRole, ///< SiteId
        TimeRole, ///< ns
        LineRole, ///< QString, all columns as one line of text
    };

    explicit EventListModel(QObject *parent = nullptr);

    /// Both must outlive their time here; null empties the list.
    void setSource(const RecordingReader *reader, const EventText *text);
    /// Shows the events below `eventCount`, which the text's index must hold.
    void grow(quint64 eventCount);
    /// The event that the cursor stands behind is shown as "now". 0 is before the first.
    void setCursor(quint64 cursor);

    void setFilter(const EventFilter &filter);
    const EventFilter &filter() const { return m_filter; }
    /// True while events are still to be looked at.
    bool isSearching() const { return m_looked < m_known && !m_filter.isEmpty(); }
    /// Of the events, how many were looked at.
    quint64 lookedAt() const { return m_filter.isEmpty() ? m_known : m_looked; }

    quint64 eventOf(int row) const;
    /// The row of the last shown event that is not after `event`; -1 if there is none.
    int rowUpTo(quint64 event) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    /// Some more events were looked at.
    void searched();

private:
    void lookOn();
    QVariant textOf(quint64 event, int column) const;

    const RecordingReader *m_reader = nullptr;
    const EventText *m_text = nullptr;
    EventFilter m_filter;
    std::vector<quint64> m_accepted; ///< with a filter: the events of the rows, in order
    quint64 m_known = 0; ///< events there are
    quint64 m_looked = 0; ///< with a filter: of these, how many were looked at
    quint64 m_cursor = 0;
    int m_rows = 0;
    QTimer m_timer;
};

} // namespace loopscope
