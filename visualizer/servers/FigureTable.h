// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QCollator>
#include <QSortFilterProxyModel>
#include <QStringList>
#include <QVariant>

#include <vector>

namespace loopscope {

/// Figures as a table: what a chart draws, or what a card's threads used. Plain data.
struct FigureTable
{
    using Row = std::vector<QVariant>; ///< a cell a column: text, a qint64 or a double; invalid where nothing is known

    QString title;
    QStringList columns; ///< with their units
    std::vector<Row> rows;
};

/// Such a table for views. SortRole has the values themselves. Needs no window.
class FigureTableModel : public QAbstractTableModel
{
    Q_OBJECT
public:
    static constexpr int SortRole = Qt::UserRole;

    using QAbstractTableModel::QAbstractTableModel;

    void setTable(FigureTable table);
    const FigureTable &table() const { return m_table; }
    /// A cell as other programs read it: numbers with a point and without groups.
    static QString plainText(const QVariant &cell);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    FigureTable m_table;
};

/// The rows in the order of a column's values. Texts with numbers in them by these: thread 2 comes before thread 10.
class FigureSortModel : public QSortFilterProxyModel
{
    Q_OBJECT
public:
    explicit FigureSortModel(QObject *parent = nullptr);

protected:
    bool lessThan(const QModelIndex &left, const QModelIndex &right) const override;

private:
    QCollator m_collator;
};

} // namespace loopscope
