// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "events/EventHits.h"

#include <QAbstractTableModel>

namespace loopscope {

/// The events of a recording as rows, read when shown: all of them, or those that a filter accepts. Rows only ever grow, until setSource,
/// setFilter or setShowsOnlyHits.
class EventListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Number, Time, Loop, What, Where, ColumnCount };
    enum Role : int {
        KindRole = Qt::UserRole, ///< int of EventKind
        HueRole, ///< int of Hue, the kind of thing it is about
        SiteRole, ///< SiteId
        TimeRole, ///< ns
        LineRole, ///< QString, all columns as one line of text
        IsNowRole, ///< true for the event that the cursor stands behind
        IsHitRole, ///< true if there is a filter and it accepts the event
    };

    explicit EventListModel(QObject *parent = nullptr);

    /// Both must outlive their time here; null empties the list.
    void setSource(const RecordingReader *reader, const EventText *text);
    const RecordingReader *reader() const { return m_reader; }
    /// Shows the events below `eventCount`, which the text's index must hold.
    void grow(quint64 eventCount);
    /// The event that the cursor stands behind is shown as "now". 0 is before the first.
    void setCursor(quint64 cursor);

    void setFilter(const EventFilter &filter);
    const EventFilter &filter() const { return m_hits.filter(); }
    /// With a filter: rows are its hits only (the default), or all events with the hits among them.
    void setShowsOnlyHits(bool isOn);
    bool showsOnlyHits() const { return m_showsOnlyHits; }
    /// Without a filter: leaves out what NodesWork calls Node's own.
    void setFolds(bool folds);
    /// How many events are left out for that.
    quint64 foldedCount() const { return foldedBefore(m_known); }
    const EventHits &hits() const { return m_hits; }
    /// Events there are to show or to look through.
    quint64 eventCount() const { return m_known; }

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
    /// Rows are hits, not events.
    bool isFiltered() const { return m_showsOnlyHits && !m_hits.filter().isEmpty(); }
    int rowsNow() const { return isFiltered() ? m_hits.count() : static_cast<int>(m_known - foldedBefore(m_known)); }
    /// Of the events below this one, how many are left out.
    quint64 foldedBefore(quint64 event) const;
    QVariant textOf(quint64 event, int column) const;

    const RecordingReader *m_reader = nullptr;
    const EventText *m_text = nullptr;
    EventHits m_hits;
    quint64 m_known = 0; ///< events there are
    quint64 m_cursor = 0;
    int m_rows = 0;
    bool m_showsOnlyHits = true;
    bool m_folds = false;
};

} // namespace loopscope
