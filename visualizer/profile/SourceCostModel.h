// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/LineProfile.h"

#include <QAbstractTableModel>
#include <QStringList>

namespace loopscope {

/// A source file line by line, with what each line cost. Needs no window.
class SourceCostModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Line, Self, Calls, Times, Awaited, Code, ColumnCount };
    static constexpr int ShareRole = Qt::UserRole; ///< of the Self column: 0 to 1, of the line that took most

    using QAbstractTableModel::QAbstractTableModel;

    /// The source's text is copied.
    void setSource(const SourceCost &cost);
    void clear();
    /// The line (from 1) that took most; 0 if there is none.
    int hottest() const { return m_hottest; }

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(int row, int column) const;
    const LineCost *costOf(int row) const;

    QStringList m_code;
    std::map<quint32, LineCost> m_lines;
    quint64 m_most = 1; ///< ns, of one line
    int m_hottest = 0;
};

} // namespace loopscope
