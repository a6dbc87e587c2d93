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
    setShape(std::move(parents), weights);
    endResetModel();
}

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

QString CallTreeModel::title(int column) const
{
    switch (column) {
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
