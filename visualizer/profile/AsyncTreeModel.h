// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/AsyncTree.h"
#include "profile/CostTreeModel.h"
#include "profile/ProfileTables.h"

namespace loopscope {

/// Callbacks below those that started them, with the time between. Keeps a copy of the tree. Needs no window.
class AsyncTreeModel : public CostTreeModel
{
    Q_OBJECT
public:
    enum Column { Name, Together, NotReady, Waited, Ran, Runs, Place, ColumnCount };
    using CostTreeModel::CostTreeModel;

    /// `text` must live as long as the model has this tree.
    void setTree(const AsyncTree &tree, const ProfileText &text);
    void clear();
    /// The run that took longest from its start; its place if none has begun.
    ProfileTarget targetOf(const QModelIndex &index) const;

    int columnCount(const QModelIndex &parent = {}) const override;

protected:
    QString text(quint32 node, int column) const override;
    QString title(int column) const override;
    bool isWords(int column) const override { return column == Name || column == Place; }

private:
    std::vector<AsyncNode> m_nodes;
    std::vector<AsyncTimes> m_totals;
    const ProfileText *m_text = nullptr;
};

} // namespace loopscope
