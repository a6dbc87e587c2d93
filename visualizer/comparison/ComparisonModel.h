// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/RecordingComparison.h"
#include "theme/Palette.h"

#include <QAbstractTableModel>

namespace loopscope {

class EventText;

/// Two runs side by side as rows: what the first did, how the two agree, what the second did. Words are made when a row is shown.
class ComparisonModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : int { FirstTime, First, Sign, Second, SecondTime, ColumnCount };
    enum Role : int {
        AgreementRole = Qt::UserRole, ///< int of RecordingComparison::Agreement
        EventRole, ///< the event number of the cell's side; invalid in the middle and where that side has nothing
        PlaceRole, ///< QString, "script.js:3"
        HueRole, ///< int of Hue, the kind of what the cell's side did
        IsFirstDifferenceRole,
        IsNowRole, ///< the cursor of the shown run stands behind this cell's event
        LineRole, ///< QString, the row as one line of text
    };

    explicit ComparisonModel(QObject *parent = nullptr);

    /// A run with what tells of its events.
    struct Side
    {
        QString name;
        const RecordingReader *reader = nullptr;
        const EventText *text = nullptr;
    };
    /// All must outlive their time here; a null comparison empties the rows.
    void setSource(const RecordingComparison *comparison, const Side &first, const Side &second);
    /// The comparison knows more.
    void refresh();
    void setNames(const QString &first, const QString &second);
    void setCursor(bool isOfSecond, quint64 cursor);

    /// The row of the last moment of a side that is not after `event`; -1 if there is none.
    int rowUpTo(bool isOfSecond, quint64 event) const;
    /// The row where they part, else the first at another time; -1 if the two are the same so far.
    int firstDifference() const { return m_firstDifference; }
    /// What the comparison found, in a sentence or two.
    QString summary() const;

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    using Agreement = RecordingComparison::Agreement;

    const RecordingComparison::Row &rowAt(int row) const { return m_rows[static_cast<size_t>(row)]; }
    static bool isOfSecond(int column) { return column == Second || column == SecondTime; }
    quint32 eventOf(int row, int column) const;
    QString textOf(int row, int column) const;
    QString signOf(int row) const;
    QString explanationOf(int row) const;
    /// The other side does further down what this row is about.
    bool isElsewhereLater(int row) const;
    QString lineOf(int row) const;
    QVariant hueOf(int row, int column) const;
    int findFirstDifference() const;
    bool isNow(int row, int column) const;

    const RecordingComparison *m_comparison = nullptr;
    Side m_first;
    Side m_second;
    std::vector<RecordingComparison::Row> m_rows; ///< as the views know them
    bool m_cursorIsOfSecond = true;
    int m_firstDifference = -1;
    int m_nowRow = -1;
    quint64 m_cursor = 0;
};

} // namespace loopscope
