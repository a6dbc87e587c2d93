// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/CallTreeModel.h"

#include "analysis/profiler/ProfileText.h"

#include <QLocale>

#include <algorithm>

namespace loopscope {

void CallTreeModel::setTree(std::vector<CallTreeRow> rows, Texts texts)
{
    beginResetModel();
    m_rows = std::move(rows);
    m_texts = std::move(texts);
    std::vector<quint32> parents(m_rows.size());
    std::vector<quint64> weights(m_rows.size());
    for (std::size_t node = 0; node < m_rows.size(); ++node) {
        parents[node] = m_rows[node].parent;
        weights[node] = m_rows[node].total;
    }
    m_order = ChildOrder(parents, weights);
    m_places.assign(m_rows.size(), 0);
    for (quint32 node = 0; node < m_rows.size(); ++node) {
        int place = 0;
        for (const quint32 child : m_order.of(node))
            m_places[child] = place++;
    }
    endResetModel();
}

std::span<const quint32> CallTreeModel::children(const QModelIndex &parent) const
{
    if (m_rows.empty() || parent.column() > 0)
        return {};
    return m_order.of(parent.isValid() ? nodeOf(parent) : 0);
}

QModelIndex CallTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    const std::span<const quint32> below = children(parent);
    if (row < 0 || column < 0 || column >= ColumnCount || static_cast<std::size_t>(row) >= below.size())
        return {};
    return createIndex(row, column, below[static_cast<std::size_t>(row)]);
}

QModelIndex CallTreeModel::parent(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const quint32 parent = m_rows.at(nodeOf(index)).parent;
    return parent == 0 ? QModelIndex() : createIndex(m_places.at(parent), 0, parent);
}

int CallTreeModel::rowCount(const QModelIndex &parent) const { return static_cast<int>(children(parent).size()); }

int CallTreeModel::columnCount(const QModelIndex &) const { return ColumnCount; }

QString CallTreeModel::text(quint32 node, int column) const
{
    const CallTreeRow &row = m_rows.at(node);
    switch (column) {
    case Name:
        return m_texts.name(node);
    case Total:
        return ProfileText::duration(row.total);
    case Share: {
        const auto whole = static_cast<double>(std::max<quint64>(1, m_rows.front().total));
        return tr("%1 %").arg(QLocale().toString(100 * static_cast<double>(row.total) / whole, 'f', 1));
    }
    case Self:
        return ProfileText::duration(row.self);
    case Calls:
        return QLocale().toString(row.calls);
    case Place:
        return m_texts.place(node);
    default:
        return {};
    }
}

QVariant CallTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return text(nodeOf(index), index.column());
    case Qt::AccessibleTextRole: // a cell is read alone: with what it is
        return tr("%1: %2").arg(headerData(index.column(), Qt::Horizontal).toString(), text(nodeOf(index), index.column()));
    case Qt::TextAlignmentRole: {
        const bool isText = index.column() == Name || index.column() == Place;
        return QVariant::fromValue(Qt::Alignment(Qt::AlignVCenter | (isText ? Qt::AlignLeft : Qt::AlignRight)));
    }
    default:
        return {};
    }
}

QVariant CallTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Function");
    case Total:
        return tr("Total");
    case Share:
        return tr("Share");
    case Self:
        return tr("Self");
    case Calls:
        return tr("Calls");
    case Place:
        return tr("Place");
    default:
        return {};
    }
}

} // namespace loopscope
