// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>

namespace loopscope {

class EventText;
class RecordingReader;

/// The events of a recording as rows, read when shown: nothing is kept here. Rows only ever grow, until setReader.
class EventListModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { Number, Time, What, Where, ColumnCount };
    enum Role : int {
        KindRole = Qt::UserRole, ///< int of EventKind
        SiteRole, ///< SiteId
        TimeRole, ///< ns
    };

    explicit EventListModel(QObject *parent = nullptr);

    /// Both must outlive their time here; null empties the list.
    void setSource(const RecordingReader *reader, const EventText *text);
    /// Shows the events below `eventCount`, which the text's index must hold.
    void grow(quint64 eventCount);
    /// The event that the cursor stands behind: shown as "now". -1 for none.
    void setCurrent(int row);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QVariant textOf(quint64 event, int column) const;

    const RecordingReader *m_reader = nullptr;
    const EventText *m_text = nullptr;
    int m_rows = 0;
    int m_current = -1;
};

} // namespace loopscope
