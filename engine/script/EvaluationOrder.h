// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "script/SyntaxTree.h"

#include <set>

namespace loopscope {

/// Variables whose value counts before something later in the same expression assigns to them: the first `a` of `a.x = a = {}`, of
/// `a + (a = b)` and of `a[i] = i++`. V4 reads them where they are used, which is after the assignment.
class EvaluationOrder
{
public:
    explicit EvaluationOrder(const SyntaxTree &tree);

    bool isReadTooLate(NodeIndex identifier) const { return m_early.count(identifier) > 0; }

private:
    void noteAssignment(NodeIndex node, NodeIndex target);
    void protect(NodeIndex operand, QByteArrayView name);
    void protectOperandsBefore(NodeIndex parent, NodeIndex child, QByteArrayView name);

    const SyntaxTree &m_tree;
    std::set<NodeIndex> m_early;
};

} // namespace loopscope
