// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/DerivedThis.h"

#include "script/LineIndex.h"
#include "script/SyntaxTree.h"

#include <algorithm>

namespace loopscope {

namespace {

struct Edit
{
    quint32 offset;
    quint32 removed; ///< bytes
    QByteArray inserted;
};

/// The constructor's own uses of `this` inside arrow functions, and its calls of super().
struct ConstructorUses
{
    std::vector<NodeIndex> thisInArrows;
    std::vector<NodeIndex> superCalls;
};

void collectUses(const SyntaxTree &tree, NodeIndex node, bool inArrow, ConstructorUses *uses)
{
    for (NodeIndex child = tree[node].firstChild; child != noNode; child = tree[child].nextSibling) {
        switch (tree[child].type) {
        case NodeType::FunctionDeclaration:
        case NodeType::GeneratorFunctionDeclaration:
        case NodeType::FunctionExpression:
        case NodeType::GeneratorFunction:
        case NodeType::MethodDefinition:
        case NodeType::ClassBody:
            continue; // a `this` of their own
        case NodeType::ArrowFunction:
            collectUses(tree, child, true, uses);
            continue;
        case NodeType::This:
            if (inArrow)
                uses->thisInArrows.push_back(child);
            continue;
        case NodeType::CallExpression:
            if (const NodeIndex callee = tree.child(child, FieldName::Function); callee != noNode && tree[callee].type == NodeType::Super)
                uses->superCalls.push_back(child);
            break;
        default:
            break;
        }
        collectUses(tree, child, inArrow, uses);
    }
}

bool isDerivedConstructor(const SyntaxTree &tree, NodeIndex node)
{
    if (tree[node].type != NodeType::MethodDefinition || tree[tree[node].parent].type != NodeType::ClassBody)
        return false;
    const NodeIndex name = tree.child(node, FieldName::Name);
    const NodeIndex owner = tree[tree[node].parent].parent;
    return name != noNode && tree.textOf(name) == "constructor" && tree.token(node, "static") == noNode
        && tree.child(owner, NodeType::ClassHeritage) != noNode;
}

void moveFunctions(const QByteArray &code, const std::vector<Edit> &edits, std::vector<FunctionPlace> *functions)
{
    const LineIndex lines(code);
    for (FunctionPlace &function : *functions) {
        const quint32 offset = lines.offset({function.line, function.column});
        for (const Edit &edit : edits) {
            if (edit.offset > offset)
                break;
            if (lines.place(edit.offset).line == function.line)
                function.column += static_cast<quint32>(edit.inserted.size()) - edit.removed;
        }
    }
}

} // namespace

QByteArray captureDerivedThis(const QByteArray &code, const QByteArray &prefix, std::vector<FunctionPlace> *functions)
{
    if (!code.contains("extends") || !code.contains("=>"))
        return code;
    const SyntaxTree tree(code);
    const QByteArray variable = prefix + "this";
    std::vector<Edit> edits;
    for (NodeIndex node = 0; node < tree.nodes().size(); ++node) {
        if (!isDerivedConstructor(tree, node))
            continue;
        const NodeIndex body = tree.child(node, FieldName::Body);
        if (body == noNode)
            continue;
        ConstructorUses uses;
        collectUses(tree, body, false, &uses);
        if (uses.thisInArrows.empty())
            continue;
        edits.push_back({tree[body].start + 1, 0, " let " + variable + ';'});
        for (const NodeIndex call : uses.superCalls) {
            edits.push_back({tree[call].start, 0, '(' + variable + " = "});
            edits.push_back({tree[call].end, 0, ")"});
        }
        for (const NodeIndex use : uses.thisInArrows)
            edits.push_back({tree[use].start, tree[use].end - tree[use].start, variable});
    }
    if (edits.empty())
        return code;
    std::stable_sort(edits.begin(), edits.end(), [](const Edit &left, const Edit &right) { return left.offset < right.offset; });
    moveFunctions(code, edits, functions);
    QByteArray result;
    quint32 position = 0;
    for (const Edit &edit : edits) {
        result += QByteArrayView(code).sliced(position, edit.offset - position).toByteArray();
        result += edit.inserted;
        position = edit.offset + edit.removed;
    }
    return result + code.mid(static_cast<qsizetype>(position));
}

} // namespace loopscope
