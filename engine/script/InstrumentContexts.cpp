// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Instrumenter.h"

namespace loopscope {

// What a script of node:vm declares outside of functions lives in its context, where the next script finds it. So declarations become
// assignments, `let a = 1;` `let $op_d1=((a = 1));` (as that has no value either), and the context is told the names before it runs. A
// `var` of sloppy code and functions need nothing: V4 declares them where names are looked up.

/// False if it is no declaration of the context's.
bool Instrumenter::visitContextDeclaration(NodeIndex node)
{
    if (m_facts.functionAround(node) != noNode)
        return false;
    const bool isTop = at(node).parent == SyntaxTree::root();
    if (at(node).type == NodeType::VariableDeclaration) {
        if (!m_facts.file().isStrict)
            return false;
        visitContextVariables(node, ContextName::Kind::Variable, at(at(node).parent).type != NodeType::ForStatement);
        return true;
    }
    if (!isTop)
        return false;
    if (at(node).type == NodeType::ClassDeclaration)
        visitContextClass(node);
    else
        visitContextVariables(node, m_tree.token(node, "const") != noNode ? ContextName::Kind::Const : ContextName::Kind::Let, true);
    return true;
}

QByteArray Instrumenter::unusedDeclaration() { return "let " + name("op_d") + QByteArray::number(++m_unusedDeclarations) + "=("; }

void Instrumenter::visitContextVariables(NodeIndex node, ContextName::Kind kind, bool isStatement)
{
    NodeIndex last = noNode;
    for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling)
        last = at(part).type == NodeType::VariableDeclarator ? part : last;
    bool isFirst = true;
    for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling) {
        if (at(part).type != NodeType::VariableDeclarator)
            continue;
        const NodeIndex pattern = child(part, FieldName::Name);
        const NodeIndex value = child(part, FieldName::Value);
        std::vector<QByteArrayView> names;
        SourceFacts::collectNames(m_tree, pattern, names);
        for (const QByteArrayView name : names)
            m_contextNames.push_back({kind, QString::fromUtf8(name)});
        if (isFirst) {
            copyTo(at(node).start);
            insert(isStatement ? unusedDeclaration() : "(");
            skipTo(at(part).start);
        }
        isFirst = false;
        copyTo(at(part).start);
        insert("(");
        visit(pattern);
        copyTo(at(pattern).end);
        if (value != noNode)
            visit(value);
        else if (kind == ContextName::Kind::Let)
            insert("=void 0");
        copyTo(at(part).end);
        insert(")");
        if (part == last)
            insert(");");
    }
    skipTo(at(node).end);
}

void Instrumenter::visitContextClass(NodeIndex node)
{
    const QByteArray className = m_tree.textOf(child(node, FieldName::Name)).toByteArray();
    m_contextNames.push_back({ContextName::Kind::Let, QString::fromUtf8(className)});
    copyTo(at(node).start);
    insert(unusedDeclaration() + className + '=');
    visitChildren(node);
    copyTo(at(node).end);
    insert(");");
}

/// Functions of strict code stay its own, in V4; the context gets them too.
void Instrumenter::insertContextFunctions()
{
    for (NodeIndex statement = at(SyntaxTree::root()).firstChild; statement != noNode; statement = at(statement).nextSibling) {
        const NodeType type = at(statement).type;
        if (type != NodeType::FunctionDeclaration && type != NodeType::GeneratorFunctionDeclaration)
            continue;
        const QByteArray function = m_tree.textOf(child(statement, FieldName::Name)).toByteArray();
        insert(';' + unusedDeclaration() + name("op_export") + "(\"" + function + "\"," + function + "));");
    }
}

/// V4 has one global object, which it gives to sloppy functions that are called without `this`; the context has another.
void Instrumenter::visitThis(NodeIndex node)
{
    if (m_kind != ScriptKind::ContextScript)
        return;
    copyTo(at(node).start);
    insert(name(isStrictAt(node) ? "op_strictThis" : "op_this") + '(');
    copyTo(at(node).end);
    insert(")");
}

} // namespace loopscope
