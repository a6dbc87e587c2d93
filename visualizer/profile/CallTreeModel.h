// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/ChildOrder.h"

#include <QAbstractItemModel>

#include <functional>
#include <vector>

namespace loopscope {

/// A node of a call tree, top-down or bottom-up.
struct CallTreeRow
{
    quint32 parent = 0; ///< comes before this one; row 0 is the root, which is not shown
    quint64 self = 0; ///< ns
    quint64 total = 0; ///< ns, callees included
    quint64 calls = 0;
};

/// A call tree for a tree view, under each node the longest first. Names are asked for when they are shown. Needs no window.
class CallTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    enum Column { Name, Total, Share, Self, Calls, Place, ColumnCount };
    /// What is asked about a node.
    struct Texts
    {
        std::function<QString(quint32)> name;
        std::function<QString(quint32)> place; ///< "file.js:12"
        std::function<quint32(quint32)> site; ///< SiteId of its function; 0: none
    };

    using QAbstractItemModel::QAbstractItemModel;

    /// The functions are called as long as the model has this tree.
    void setTree(std::vector<CallTreeRow> rows, Texts texts);
    quint32 nodeOf(const QModelIndex &index) const { return static_cast<quint32>(index.internalId()); }
    quint32 siteOf(const QModelIndex &index) const { return index.isValid() ? m_texts.site(nodeOf(index)) : 0; }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    QString text(quint32 node, int column) const;
    std::span<const quint32> children(const QModelIndex &parent) const;

    std::vector<CallTreeRow> m_rows;
    ChildOrder m_order;
    std::vector<int> m_places; ///< of each node among its siblings
    Texts m_texts;
};

} // namespace loopscope
