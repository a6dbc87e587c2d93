// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "profile/CostTreeModel.h"

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
class CallTreeModel : public CostTreeModel
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

    using CostTreeModel::CostTreeModel;

    /// The functions are called as long as the model has this tree.
    void setTree(std::vector<CallTreeRow> rows, Texts texts);
    quint32 siteOf(const QModelIndex &index) const { return index.isValid() ? m_texts.site(nodeOf(index)) : 0; }

    int columnCount(const QModelIndex &parent = {}) const override;

protected:
    QString text(quint32 node, int column) const override;
    QString title(int column) const override;
    bool isWords(int column) const override { return column == Name || column == Place; }

private:
    std::vector<CallTreeRow> m_rows;
    Texts m_texts;
};

} // namespace loopscope
