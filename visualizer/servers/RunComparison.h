// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/session/LabComparison.h"

#include <QAbstractTableModel>

#include <vector>

namespace loopscope {

/// Two runs beside each other: a row a figure of a model that both have, with this run, the other, and the change, if it is more than
/// chance. Needs no window.
class RunComparison : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column { Model, Figure, This, Other, Change, ColumnCount };
    enum Role {
        ServerModelRole = Qt::UserRole, ///< int
        JudgementRole
    }; ///< int: 1 better than the other run, -1 worse, 0 neither or within chance

    using QAbstractTableModel::QAbstractTableModel;

    /// Copies what it needs; `before` is the other run.
    void setComparison(const LabComparison &comparison);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Row
    {
        LabRunName run; ///< of this run
        bool isFirst = false; ///< of its model
        LabDifference difference;
    };
    static int judgementOf(const LabDifference &difference);
    static QString changeText(const LabDifference &difference);

    std::vector<Row> m_rows;
};

} // namespace loopscope
