// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/CostTreeModel.h"

namespace loopscope {

void CostTreeModel::setShape(std::vector<quint32> parents, const std::vector<quint64> &weights)
{
    m_parents = std::move(parents);
    m_order = ChildOrder(m_parents, weights);
    m_places.assign(m_parents.size(), 0);
    for (quint32 node = 0; node < m_parents.size(); ++node) {
        int place = 0;
        for (const quint32 child : m_order.of(node))
            m_places[child] = place++;
    }
}

std::span<const quint32> CostTreeModel::children(const QModelIndex &parent) const
{
    if (m_parents.empty() || parent.column() > 0)
        return {};
    return m_order.of(parent.isValid() ? nodeOf(parent) : 0);
}

QModelIndex CostTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const std::span<const quint32> below = children(parent);
    if (row < 0 || column < 0 || column >= columnCount() || static_cast<std::size_t>(row) >= below.size())
        return {};
    return createIndex(row, column, below[static_cast<std::size_t>(row)]);
}

QModelIndex CostTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const quint32 parent = m_parents.at(nodeOf(index));
    return parent == 0 ? QModelIndex() : createIndex(m_places.at(parent), 0, parent);
}

int CostTreeModel::rowCount(const QModelIndex &parent) const { return static_cast<int>(children(parent).size()); }

QVariant CostTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(nodeOf(index), index.column());
    case Qt::AccessibleTextRole: // a cell is read alone: with what it is
        return tr("%1: %2").arg(title(index.column()), text(nodeOf(index), index.column()));
    case Qt::TextAlignmentRole:
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isWords(index.column()) ? Qt::AlignLeft : Qt::AlignRight)));
    default:
        return {};
    }
}

QVariant CostTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    return orientation == Qt::Horizontal && role == Qt::DisplayRole ? QVariant(title(section)) : QVariant();
}

} // namespace loopscope
