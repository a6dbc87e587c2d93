// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/AsyncTreeModel.h"

#include "analysis/profiler/ProfileText.h"

#include <QLocale>

namespace loopscope {

void AsyncTreeModel::setTree(const AsyncTree &tree, const ProfileText &text)
{
    beginResetModel();
    m_text = &text;
    m_nodes = tree.nodes();
    m_totals = tree.totals();
    std::vector<quint32> parents;
    std::vector<quint64> weights;
    for (std::size_t node = 0; node < m_nodes.size(); ++node) {
        parents.push_back(m_nodes[node].parent == AsyncNode::none ? AsyncTree::root : m_nodes[node].parent);
        weights.push_back(m_totals[node].all());
    }
    setShape(std::move(parents), weights);
    endResetModel();
}

void AsyncTreeModel::clear()
{
    beginResetModel();
    m_nodes.clear();
    m_totals.clear();
    setShape({}, {});
    endResetModel();
}

int AsyncTreeModel::columnCount(const QModelIndex &) const { return ColumnCount; }

ProfileTarget AsyncTreeModel::targetOf(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const AsyncNode &node = m_nodes.at(nodeOf(index));
    if (node.own.count == 0)
        return {node.startedAt != 0 ? node.startedAt : node.function, std::nullopt};
    return {node.function, node.longestEvent};
}

QString AsyncTreeModel::text(quint32 node, int column) const
{
    const AsyncNode &shown = m_nodes.at(node);
    switch (column) {
    case Name:
        return m_text->asyncName(shown).remove(QLatin1Char('`'));
    case Together:
        return ProfileText::duration(m_totals.at(node).all());
    case NotReady:
        return ProfileText::duration(shown.own.notReady);
    case Waited:
        return ProfileText::duration(shown.own.waited);
    case Ran:
        return ProfileText::duration(shown.own.ran);
    case Runs:
        return QLocale().toString(shown.own.count);
    case Place:
        return m_text->asyncPlace(shown);
    default:
        return {};
    }
}

QString AsyncTreeModel::title(int column) const
{
    switch (column) {
    case Name:
        return tr("Callback");
    case Together:
        return tr("With all below");
    case NotReady:
        return tr("Not ready");
    case Waited:
        return tr("Waited");
    case Ran:
        return tr("Ran");
    case Runs:
        return tr("Runs");
    case Place:
        return tr("Started at");
    default:
        return {};
    }
}

} // namespace loopscope
