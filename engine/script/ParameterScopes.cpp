// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/ParameterScopes.h"

#include "script/SourceFacts.h"

#include <algorithm>

namespace loopscope {

namespace {

bool isName(NodeType type)
{
    return type == NodeType::Identifier || type == NodeType::ShorthandPropertyIdentifier
        || type == NodeType::ShorthandPropertyIdentifierPattern;
}

} // namespace

ParameterScopes::ParameterScopes(const SyntaxTree &tree)
    : m_tree(tree)
{
    for (NodeIndex node = 1; node < tree.nodes().size(); ++node) {
        if (!SourceFacts::isFunction(tree[node].type))
            continue;
        const NodeIndex parameters = tree.child(node, FieldName::Parameters);
        const NodeIndex body = tree.child(node, FieldName::Body);
        // Without a value or a computed key there is nothing that could see the body.
        if (parameters != noNode && body != noNode && tree[body].type == NodeType::StatementBlock
            && (tree.textOf(parameters).contains('=') || tree.textOf(parameters).contains('[')))
            separate(parameters, body);
    }
}

void ParameterScopes::separate(NodeIndex parameters, NodeIndex body)
{
    Names used;
    Names usedLater;
    collectUses(parameters, false, false, &used, &usedLater);
    if (used.empty() || used.count("eval") > 0)
        return;
    Names variables;
    Names functions;
    collectDeclarations(body, true, &variables, &functions);
    std::vector<QByteArrayView> bound;
    SourceFacts::collectNames(m_tree, parameters, bound);
    for (const QByteArray &name : used) {
        const bool isFunction = functions.count(name) > 0;
        if ((!isFunction && variables.count(name) == 0) || name == "arguments")
            continue;
        const bool isParameter = std::find(bound.begin(), bound.end(), QByteArrayView(name)) != bound.end();
        if (isParameter && usedLater.count(name) == 0)
            continue;
        rename(isParameter ? parameters : body, name);
        if (isParameter && !isFunction)
            m_entries[body].parameters.append(name);
        else if (!isParameter && isFunction)
            m_entries[body].functions.append(name);
    }
}

/// The names that expressions among parameters use, and those of them that functions use, which may run later.
void ParameterScopes::collectUses(NodeIndex node, bool isValue, bool isInFunction, Names *used, Names *usedLater) const
{
    const SyntaxNode &at = m_tree[node];
    if (isName(at.type)) {
        if (isValue)
            used->insert(m_tree.textOf(node).toByteArray());
        if (isInFunction)
            usedLater->insert(m_tree.textOf(node).toByteArray());
        return;
    }
    const bool isDefault = at.type == NodeType::AssignmentPattern || at.type == NodeType::ObjectAssignmentPattern;
    const bool entersFunction = SourceFacts::isFunction(at.type) || at.type == NodeType::ClassBody;
    for (NodeIndex child = at.firstChild; child != noNode; child = m_tree[child].nextSibling) {
        const bool isExpression = at.type == NodeType::ComputedPropertyName || (isDefault && m_tree[child].field == FieldName::Right);
        collectUses(child, isValue || isExpression, isInFunction || (isValue && entersFunction), used, usedLater);
    }
}

/// What a body declares for all of itself.
void ParameterScopes::collectDeclarations(NodeIndex node, bool isTop, Names *variables, Names *functions) const
{
    for (NodeIndex child = m_tree[node].firstChild; child != noNode; child = m_tree[child].nextSibling) {
        const NodeType type = m_tree[child].type;
        std::vector<QByteArrayView> names;
        if (type == NodeType::FunctionDeclaration || type == NodeType::GeneratorFunctionDeclaration) {
            if (isTop)
                functions->insert(m_tree.textOf(m_tree.child(child, FieldName::Name)).toByteArray());
            continue;
        }
        if (SourceFacts::isFunction(type))
            continue;
        if (type == NodeType::VariableDeclaration || (isTop && type == NodeType::LexicalDeclaration)) {
            for (NodeIndex part = m_tree[child].firstChild; part != noNode; part = m_tree[part].nextSibling) {
                if (m_tree[part].type == NodeType::VariableDeclarator)
                    SourceFacts::collectNames(m_tree, m_tree.child(part, FieldName::Name), names);
            }
        } else if (type == NodeType::ForInStatement) {
            const NodeIndex kind = m_tree.child(child, FieldName::Kind);
            if (kind != noNode && m_tree.textOf(kind) == "var")
                SourceFacts::collectNames(m_tree, m_tree.child(child, FieldName::Left), names);
        }
        for (const QByteArrayView name : names)
            variables->insert(name.toByteArray());
        collectDeclarations(child, false, variables, functions);
    }
}

void ParameterScopes::rename(NodeIndex node, const QByteArray &name)
{
    if (isName(m_tree[node].type) && m_tree.textOf(node) == name)
        m_renamed.insert(node);
    for (NodeIndex child = m_tree[node].firstChild; child != noNode; child = m_tree[child].nextSibling)
        rename(child, name);
}

std::vector<NodeIndex> ParameterScopes::renamedWithin(quint32 start, quint32 end) const
{
    std::vector<NodeIndex> names;
    for (const NodeIndex node : m_renamed) {
        if (m_tree[node].start >= start && m_tree[node].end <= end)
            names.push_back(node);
    }
    return names;
}

ParameterScopes::Entry ParameterScopes::entryOf(NodeIndex body) const
{
    const auto found = m_entries.find(body);
    return found == m_entries.end() ? Entry() : found->second;
}

} // namespace loopscope
