// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/FigureTable.h"

#include "servers/ModelLook.h"

#include <QLocale>

namespace loopscope {

namespace {

bool isText(const QVariant &cell) { return cell.typeId() == QMetaType::QString; }

QString shownText(const QVariant &cell)
{
    switch (cell.typeId()) {
    case QMetaType::QString:
        return cell.toString();
    case QMetaType::Double:
        return formatFigure(cell.toDouble());
    case QMetaType::LongLong:
        return QLocale().toString(cell.toLongLong());
    default:
        return QStringLiteral("–");
    }
}

} // namespace

void FigureTableModel::setTable(FigureTable table)
{
    beginResetModel();
    m_table = std::move(table);
    endResetModel();
}

QString FigureTableModel::plainText(const QVariant &cell)
{
    return cell.typeId() == QMetaType::Double ? QString::number(cell.toDouble(), 'g', 9) : cell.toString();
}

int FigureTableModel::rowCount(const QModelIndex &parent) const { return parent.isValid() ? 0 : static_cast<int>(m_table.rows.size()); }

int FigureTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_table.columns.size());
}

QVariant FigureTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QVariant &cell = m_table.rows[static_cast<std::size_t>(index.row())][static_cast<std::size_t>(index.column())];
    switch (role) {
    case Qt::DisplayRole:
        return shownText(cell);
    case Qt::AccessibleTextRole: // a cell is read alone: with what it is
        return tr("%1: %2").arg(m_table.columns.at(index.column()), cell.isValid() ? shownText(cell) : tr("not known"));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isText(cell) ? Qt::AlignLeft : Qt::AlignRight)));
    case SortRole:
        return cell;
    default:
        return {};
    }
}

QVariant FigureTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_table.columns.at(section);
    return {};
}

FigureSortModel::FigureSortModel(QObject *parent)
    : QSortFilterProxyModel(parent)
    , m_collator(QLocale(QLocale::English)) // of the C locale numbers are not told
{
    m_collator.setNumericMode(true);
    setSortRole(FigureTableModel::SortRole);
}

bool FigureSortModel::lessThan(const QModelIndex &left, const QModelIndex &right) const
{
    const QVariant one = left.data(FigureTableModel::SortRole);
    const QVariant other = right.data(FigureTableModel::SortRole);
    if (one.typeId() == QMetaType::QString && other.typeId() == QMetaType::QString)
        return m_collator.compare(one.toString(), other.toString()) < 0;
    return QSortFilterProxyModel::lessThan(left, right);
}

} // namespace loopscope
