// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/BigIntFacts.h"

#include "script/SourceFacts.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

std::string_view viewOf(QByteArrayView text) { return {text.data(), static_cast<std::size_t>(text.size())}; }

/// True if the `n` at a place ends a number.
bool endsBigIntLiteral(const QByteArray &text, qsizetype at)
{
    if (at + 1 < text.size() && isWordByte(text[at + 1]))
        return false;
    qsizetype start = at;
    while (start > 0 && isWordByte(text[start - 1]))
        --start;
    return start < at && text[start] >= '0' && text[start] <= '9';
}

/// Functions of the language that give no BigInt, unless a file has a variable of the name.
constexpr std::array<std::string_view, 9> plainFunctions{
    "Number", "String", "Boolean", "Symbol", "Array", "parseInt", "parseFloat", "isNaN", "isFinite"};

} // namespace

bool BigIntFacts::mentions(const QByteArray &text)
{
    for (const char *word : {"BigInt", "bigint", "Bigint", "BIGINT"}) {
        if (text.contains(word))
            return true;
    }
    for (qsizetype at = text.indexOf('n'); at >= 0; at = text.indexOf('n', at + 1)) {
        if (endsBigIntLiteral(text, at))
            return true;
    }
    return false;
}

BigIntFacts::BigIntFacts(const SyntaxTree &tree)
    : m_tree(tree)
{
    for (NodeIndex node = 1; node < tree.nodes().size(); ++node)
        note(node);
    // What is assigned may itself be a variable: take names out until all that are left hold.
    bool isSettled = false;
    while (!isSettled) {
        isSettled = true;
        for (auto &[name, variable] : m_variables) {
            if (variable.isUnknown)
                continue;
            variable.isUnknown =
                std::any_of(variable.values.begin(), variable.values.end(), [this](NodeIndex value) { return mayBeBigInt(value); });
            isSettled &= !variable.isUnknown;
        }
    }
}

void BigIntFacts::noteUnknown(NodeIndex pattern)
{
    std::vector<QByteArrayView> names;
    SourceFacts::collectNames(m_tree, pattern, names);
    for (const QByteArrayView name : names)
        m_variables[viewOf(name)].isUnknown = true;
}

void BigIntFacts::noteTarget(NodeIndex target, NodeIndex value)
{
    if (target == noNode)
        return;
    if (m_tree[target].type != NodeType::Identifier)
        return noteUnknown(target);
    Variable &variable = m_variables[viewOf(m_tree.textOf(target))];
    if (value != noNode)
        variable.values.push_back(value);
}

void BigIntFacts::note(NodeIndex node)
{
    const SyntaxNode &at = m_tree[node];
    switch (at.type) {
    case NodeType::VariableDeclarator:
        return noteTarget(child(node, FieldName::Name), child(node, FieldName::Value));
    case NodeType::AssignmentExpression:
        return noteTarget(child(node, FieldName::Left), child(node, FieldName::Right));
    case NodeType::AugmentedAssignmentExpression:
        if (const NodeIndex target = child(node, FieldName::Left); m_tree[target].type == NodeType::Identifier)
            noteTarget(target, node);
        return;
    case NodeType::ForInStatement: {
        const NodeIndex target = child(node, FieldName::Left);
        if (m_tree.token(node, "in") == noNode || m_tree[target].type != NodeType::Identifier)
            return noteUnknown(target);
        return noteTarget(target, noNode); // property names
    }
    case NodeType::FunctionDeclaration:
    case NodeType::GeneratorFunctionDeclaration:
    case NodeType::ClassDeclaration:
        noteTarget(child(node, FieldName::Name), noNode);
        break;
    case NodeType::CatchClause:
        return noteUnknown(child(node, FieldName::Parameter));
    case NodeType::ImportClause:
    case NodeType::NamespaceImport:
    case NodeType::ImportSpecifier:
        for (NodeIndex name = at.firstChild; name != noNode; name = m_tree[name].nextSibling)
            noteUnknown(name);
        return;
    case NodeType::WithStatement:
        m_isOpaque = true;
        return;
    case NodeType::Identifier:
        m_isOpaque |= m_tree.textOf(node) == "eval";
        return;
    default:
        break;
    }
    if (SourceFacts::isFunction(at.type)) {
        noteUnknown(child(node, FieldName::Parameters));
        noteUnknown(child(node, FieldName::Parameter));
    }
}

bool BigIntFacts::mayBeBigInt(NodeIndex expression) const
{
    if (expression == noNode)
        return false;
    const SyntaxNode &node = m_tree[expression];
    const QByteArrayView text = m_tree.textOf(expression);
    switch (node.type) {
    case NodeType::Number:
        return text.endsWith('n');
    case NodeType::Identifier: {
        if (text == "undefined" || text == "NaN" || text == "Infinity")
            return false;
        const auto found = m_variables.find(viewOf(text));
        return m_isOpaque || found == m_variables.end() || found->second.isUnknown;
    }
    case NodeType::ParenthesizedExpression:
    case NodeType::SequenceExpression: {
        NodeIndex last = node.firstChild;
        for (NodeIndex part = last; part != noNode; part = m_tree[part].nextSibling)
            last = m_tree[part].isNamed ? part : last;
        return mayBeBigInt(last);
    }
    case NodeType::BinaryExpression:
    case NodeType::AugmentedAssignmentExpression:
        return mayBinaryBeBigInt(expression);
    case NodeType::UnaryExpression: {
        const QByteArrayView sign = m_tree.textOf(node.firstChild);
        return (sign == "-" || sign == "~") && mayBeBigInt(child(expression, FieldName::Argument));
    }
    case NodeType::UpdateExpression:
        return mayBeBigInt(child(expression, FieldName::Argument));
    case NodeType::TernaryExpression:
        return mayBeBigInt(child(expression, FieldName::Consequence)) || mayBeBigInt(child(expression, FieldName::Alternative));
    case NodeType::AssignmentExpression:
        return mayBeBigInt(child(expression, FieldName::Right));
    case NodeType::CallExpression:
        return mayCallBeBigInt(expression);
    case NodeType::MemberExpression: {
        const QByteArrayView object = m_tree.textOf(child(expression, FieldName::Object));
        return object != "Math" && object != "Number" && m_tree.textOf(child(expression, FieldName::Property)) != "length";
    }
    case NodeType::String:
    case NodeType::TemplateString:
    case NodeType::Regex:
    case NodeType::Object:
    case NodeType::NewExpression:
    case NodeType::Class:
        return false;
    default:
        // Literals of one word and arrays are plain nodes of the grammar.
        return !SourceFacts::isFunction(node.type) && text != "true" && text != "false" && text != "null" && !text.startsWith('[');
    }
}

bool BigIntFacts::mayBinaryBeBigInt(NodeIndex node) const
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    QByteArray sign = m_tree.textOf(child(node, FieldName::Operator)).toByteArray();
    if (m_tree[node].type == NodeType::AugmentedAssignmentExpression)
        sign.chop(1);
    static constexpr std::array<std::string_view, 11> arithmetic{"+", "-", "*", "/", "%", "**", "&", "|", "^", "<<", ">>"};
    if (std::find(arithmetic.begin(), arithmetic.end(), viewOf(sign)) != arithmetic.end())
        return mayBeBigInt(right) && mayBeBigInt(left); // of two kinds there is an error or a string
    if (sign == "&&" || sign == "||" || sign == "?\?")
        return mayBeBigInt(right) || mayBeBigInt(left);
    return false;
}

bool BigIntFacts::mayCallBeBigInt(NodeIndex node) const
{
    const NodeIndex callee = child(node, FieldName::Function);
    const NodeIndex arguments = child(node, FieldName::Arguments);
    if (arguments != noNode && m_tree[arguments].type == NodeType::TemplateString)
        return true;
    const std::string_view text = viewOf(m_tree.textOf(callee));
    if (text.starts_with("Math.") || text.starts_with("Number.") || text == "Date.now")
        return false;
    return std::find(plainFunctions.begin(), plainFunctions.end(), text) == plainFunctions.end() || m_variables.count(text) > 0;
}

} // namespace loopscope
