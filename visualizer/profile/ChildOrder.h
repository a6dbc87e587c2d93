// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>
#include <vector>

namespace loopscope {

/// The children of each node of a tree, the heaviest first. A counting sort by parent: linear in the nodes, but for the order of siblings.
class ChildOrder
{
public:
    ChildOrder() = default;
    /// By node; node 0 is the root, which is nobody's child.
    ChildOrder(const std::vector<quint32> &parents, const std::vector<quint64> &weights);

    std::span<const quint32> of(quint32 node) const { return std::span(m_order).subspan(m_begin[node], m_begin[node + 1] - m_begin[node]); }

private:
    std::vector<quint32> m_begin; ///< by node, and one more: where its children begin
    std::vector<quint32> m_order;
};

} // namespace loopscope
