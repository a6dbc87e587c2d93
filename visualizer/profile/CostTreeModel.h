// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/ChildOrder.h"

#include <QAbstractItemModel>

#include <vector>

namespace loopscope {

/// A tree with figures for a tree view, under each node the heaviest first. Row 0 is the root, which is not shown. What the columns hold is
/// asked for when they are shown. Needs no window.
class CostTreeModel : public QAbstractItemModel
{
    Q_OBJECT
public:
    using QAbstractItemModel::QAbstractItemModel;

    quint32 nodeOf(const QModelIndex &index) const { return static_cast<quint32>(index.internalId()); }

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

protected:
    /// By node; a parent comes before its children. Between beginResetModel() and endResetModel().
    void setShape(std::vector<quint32> parents, const std::vector<quint64> &weights);
    virtual QString text(quint32 node, int column) const = 0;
    virtual QString title(int column) const = 0;
    /// Words stand left, figures right.
    virtual bool isWords(int column) const = 0;

private:
    std::span<const quint32> children(const QModelIndex &parent) const;

    std::vector<quint32> m_parents;
    ChildOrder m_order;
    std::vector<int> m_places; ///< of each node among its siblings
};

} // namespace loopscope
