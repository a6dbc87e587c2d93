// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/EvaluationOrder.h"

#include "script/SourceFacts.h"

namespace loopscope {

EvaluationOrder::EvaluationOrder(const SyntaxTree &tree)
    : m_tree(tree)
{
    for (NodeIndex node = 1; node < tree.nodes().size(); ++node) {
        const NodeType type = tree[node].type;
        if (type == NodeType::AssignmentExpression || type == NodeType::AugmentedAssignmentExpression)
            noteAssignment(node, tree.child(node, FieldName::Left));
        else if (type == NodeType::UpdateExpression)
            noteAssignment(node, tree.child(node, FieldName::Argument));
    }
}

/// Goes from an assignment outwards, to the end of its statement or function.
void EvaluationOrder::noteAssignment(NodeIndex node, NodeIndex target)
{
    std::vector<QByteArrayView> names;
    if (target != noNode && m_tree[target].type != NodeType::MemberExpression && m_tree[target].type != NodeType::SubscriptExpression)
        SourceFacts::collectNames(m_tree, target, names);
    if (names.empty())
        return;
    for (NodeIndex child = node, parent = m_tree[node].parent; parent != noNode; child = parent, parent = m_tree[parent].parent) {
        const NodeType type = m_tree[parent].type;
        const bool isExpression = type >= NodeType::CallExpression && type <= NodeType::ComputedPropertyName;
        if (!isExpression && type != NodeType::TemplateString && type != NodeType::TemplateSubstitution && type != NodeType::Other)
            return;
        for (const QByteArrayView name : names)
            protectOperandsBefore(parent, child, name);
    }
}

/// The operands of `parent` that come before `child`.
void EvaluationOrder::protectOperandsBefore(NodeIndex parent, NodeIndex child, QByteArrayView name)
{
    const NodeIndex first = m_tree[parent].firstChild;
    if (first == noNode || first == child)
        return;
    switch (m_tree[parent].type) {
    case NodeType::BinaryExpression: {
        const QByteArrayView sign = m_tree.textOf(m_tree.child(parent, FieldName::Operator));
        if (sign != "&&" && sign != "||" && sign != "?\?")
            protect(first, name);
        return;
    }
    case NodeType::AssignmentExpression:
    case NodeType::AugmentedAssignmentExpression:
        // The variable itself is a target; the object and the key of a property are operands.
        if (m_tree[first].type != NodeType::Identifier)
            protect(first, name);
        return;
    case NodeType::SubscriptExpression:
        protect(first, name);
        return;
    case NodeType::CallExpression:
        protect(m_tree.child(parent, FieldName::Function), name);
        return;
    case NodeType::NewExpression:
        protect(m_tree.child(parent, FieldName::Constructor), name);
        return;
    default:
        return;
    }
}

void EvaluationOrder::protect(NodeIndex operand, QByteArrayView name)
{
    if (operand == noNode)
        return;
    const SyntaxNode &at = m_tree[operand];
    if (at.type == NodeType::Identifier && m_tree.textOf(operand) == name)
        m_early.insert(operand);
    if (at.type != NodeType::MemberExpression && at.type != NodeType::SubscriptExpression && at.type != NodeType::ParenthesizedExpression)
        return;
    for (NodeIndex part = at.firstChild; part != noNode; part = m_tree[part].nextSibling)
        protect(part, name);
}

} // namespace loopscope
