// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Instrumenter.h"

#include <algorithm>

namespace loopscope {

namespace {

bool isStatement(NodeType type)
{
    return (type >= NodeType::StatementBlock && type <= NodeType::ExportStatement && type != NodeType::VariableDeclarator
               && type != NodeType::ElseClause && type != NodeType::SwitchCase && type != NodeType::SwitchDefault
               && type != NodeType::CatchClause && type != NodeType::FinallyClause)
        || type == NodeType::FunctionDeclaration || type == NodeType::GeneratorFunctionDeclaration || type == NodeType::ClassDeclaration;
}

bool isFunctionDeclaration(NodeType type)
{
    return type == NodeType::FunctionDeclaration || type == NodeType::GeneratorFunctionDeclaration;
}

/// Statements that have no mark of their own: they do nothing when control reaches them, or their parts are marked.
bool isUnmarked(const SyntaxTree &tree, NodeIndex statement)
{
    const NodeType type = tree[statement].type;
    if (type == NodeType::ExportStatement) {
        const NodeIndex declaration = tree.child(statement, FieldName::Declaration);
        if (declaration != noNode)
            return isFunctionDeclaration(tree[declaration].type);
        return tree.child(statement, FieldName::Value) == noNode;
    }
    return isFunctionDeclaration(type) || type == NodeType::EmptyStatement || type == NodeType::StatementBlock
        || type == NodeType::ImportStatement;
}

} // namespace

void Instrumenter::insertStatementMark(quint32 start, quint32 end)
{
    copyTo(start);
    const quint32 site = addSite(SiteKind::Statement, start, end);
    insert(mark("s", site) + ')' + valueRequest(site) + ';');
}

/// A mark is a statement with a value, which must not be the last one that an eval sees.
bool Instrumenter::hasMark(NodeIndex statement) const
{
    return !isUnmarked(m_tree, statement) && (m_function != noNode || !isEval(m_kind));
}

void Instrumenter::visitStatementList(NodeIndex parent, NodeIndex after)
{
    const NodeIndex first = after == noNode ? at(parent).firstChild : at(after).nextSibling;
    const NameScope scope(*this, NameScope::Kind::Block);
    for (NodeIndex statement = first; statement != noNode; statement = at(statement).nextSibling) {
        if (!isStatement(at(statement).type) || at(statement).field == FieldName::Value)
            continue;
        visitStatement(statement);
        addDeclaredNames(statement);
    }
}

void Instrumenter::visitStatement(NodeIndex node)
{
    if (hasMark(node))
        insertStatementMark(at(node).start, at(node).end);
    visitUnmarked(node);
}

void Instrumenter::visitUnmarked(NodeIndex node)
{
    switch (at(node).type) {
    case NodeType::StatementBlock:
        return visitBlock(node, noNode);
    case NodeType::IfStatement:
        return visitIf(node);
    case NodeType::ForInStatement:
        if (m_tree.token(node, "await") != noNode)
            return visitForAwait(node, node);
        return visitLoop(node);
    case NodeType::ForStatement:
    case NodeType::WhileStatement:
    case NodeType::DoStatement:
        return visitLoop(node);
    case NodeType::LabeledStatement:
        return visitLabeled(node);
    case NodeType::ReturnStatement:
        return visitReturn(node);
    case NodeType::DebuggerStatement: // V4 has none, and says so on standard error
        copyTo(at(node).start);
        skipTo(at(node).end);
        return insert(";");
    case NodeType::WithStatement: {
        visit(m_tree.child(node, NodeType::ParenthesizedExpression));
        const NameScope scope(*this, NameScope::Kind::Function); // inside, a name may be the object's, and run a getter
        return visitNested(child(node, FieldName::Body), noNode);
    }
    case NodeType::FunctionDeclaration:
        visitFunction(node);
        return insertBlockFunction(node);
    default:
        return visit(node);
    }
}

/// The body of an `if`, `else` or loop; braces make room for the mark. `loop` is the loop statement, if it is one's body.
void Instrumenter::visitNested(NodeIndex node, NodeIndex loop)
{
    if (at(node).type == NodeType::StatementBlock)
        return visitBlock(node, loop);
    copyTo(at(node).start);
    insert("{");
    if (loop != noNode && !hasMark(node))
        insertStatementMark(at(loop).start, at(loop).end);
    visitStatement(node);
    copyTo(at(node).end);
    insert("}");
}

/// True if entering the block runs into a mark at once.
bool Instrumenter::beginsWithMark(NodeIndex block) const
{
    for (NodeIndex statement = at(block).firstChild; statement != noNode; statement = at(statement).nextSibling) {
        if (!isStatement(at(statement).type) || isFunctionDeclaration(at(statement).type))
            continue;
        if (at(statement).type == NodeType::EmptyStatement)
            continue;
        return hasMark(statement);
    }
    return false;
}

void Instrumenter::visitBlock(NodeIndex node, NodeIndex loop)
{
    copyTo(at(node).start + 1);
    if (loop != noNode && !beginsWithMark(node))
        insertStatementMark(at(loop).start, at(loop).end);
    visitStatementList(node);
    copyTo(at(node).end);
}

void Instrumenter::visitIf(NodeIndex node)
{
    visitCondition(child(node, FieldName::Condition));
    visitNested(child(node, FieldName::Consequence), noNode);
    const NodeIndex otherwise = child(node, FieldName::Alternative);
    if (otherwise == noNode)
        return;
    const NodeIndex body = m_tree.lastChild(otherwise);
    // "else" and what follows may touch: else{...}, but not elseif.
    visitNested(body, noNode);
}

/// `for (key in object)` becomes `for (key of $op_forIn(object))`. An initializer, which only sloppy code may have, stays V4's to refuse.
void Instrumenter::visitForIn(NodeIndex node)
{
    const NodeIndex word = m_tree.token(node, "in");
    const NodeIndex object = child(node, FieldName::Right);
    for (NodeIndex part = at(node).firstChild; part != word; part = at(part).nextSibling)
        visit(part);
    copyTo(at(word).start);
    insert("of "); // minified code has nothing behind `in`
    skipTo(at(word).end);
    copyTo(at(object).start);
    insert(helper("forIn") + "((" + mentionOfTargets(child(node, FieldName::Left)));
    visit(object);
    copyTo(at(object).end);
    insert("))");
    const NameScope scope(*this, NameScope::Kind::Block);
    if (child(node, FieldName::Kind) != noNode)
        addNames(child(node, FieldName::Left));
    visitNested(child(node, FieldName::Body), node);
}

void Instrumenter::visitLoop(NodeIndex node)
{
    const bool isForIn = at(node).type == NodeType::ForInStatement && m_tree.token(node, "in") != noNode;
    if (isForIn && child(node, FieldName::Value) == noNode)
        return visitForIn(node);
    const bool declares = at(node).type != NodeType::ForInStatement || child(node, FieldName::Kind) != noNode;
    const QByteArray mention = declares ? QByteArray() : mentionOfTargets(child(node, FieldName::Left));
    const NameScope scope(*this, NameScope::Kind::Block);
    for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling) {
        if (at(part).field == FieldName::Right && !mention.isEmpty()) {
            copyTo(at(part).start);
            insert('(' + mention);
            visit(part);
            copyTo(at(part).end);
            insert(")");
        } else if (at(part).field == FieldName::Body) {
            addDeclaredNames(child(node, FieldName::Initializer));
            if (child(node, FieldName::Kind) != noNode)
                addNames(child(node, FieldName::Left));
            visitNested(part, node);
        } else if (at(part).field == FieldName::Condition && at(part).isNamed)
            visitCondition(part);
        else
            visit(part);
    }
}

void Instrumenter::visitLabeled(NodeIndex node)
{
    NodeIndex innermost = node;
    while (at(innermost).type == NodeType::LabeledStatement)
        innermost = child(innermost, FieldName::Body);
    if (isFunctionDeclaration(at(innermost).type)) { // V4 refuses the label, and nothing can jump to it
        copyTo(at(node).start);
        skipTo(at(innermost).start);
    }
    if (at(innermost).type == NodeType::ForInStatement && m_tree.token(innermost, "await") != noNode)
        return visitForAwait(innermost, node);
    copyTo(at(innermost).start);
    visitUnmarked(innermost);
}

/// `for await (const x of y) body` becomes
///     {const $f=$h.loop(y);try{for(;$f.step(yield $f.next());){const x=$f.value;body}}catch($x){$f.fail($x)}
///     finally{try{$f.isOpen()&&$f.check(yield $f.close())}finally{$f.end()}}}
/// with labels (the outermost is given) in front of the inner `for`. The helper's methods do what ECMAScript's ForIn/OfBodyEvaluation and
/// AsyncIteratorClose do between the awaits.
void Instrumenter::visitForAwait(NodeIndex loop, NodeIndex outermost)
{
    const NodeIndex left = child(loop, FieldName::Left);
    const NodeIndex right = child(loop, FieldName::Right);
    const NodeIndex body = child(loop, FieldName::Body);
    const NodeIndex kind = child(loop, FieldName::Kind);
    const QByteArray state = name("f");
    const quint32 headEnd = at(body).start;

    copyTo(at(outermost).start);
    insert("{const " + state + '=' + name("h") + ".loop(");
    // The iterated expression comes first now; what it is taken from follows without it.
    const quint32 labels = m_position;
    m_position = at(right).start;
    visit(right);
    copyTo(at(right).end);
    insert(");try{");
    m_position = labels;
    copyTo(at(loop).start);
    insert("for(;" + state + ".step(");
    openAwait(at(left).start, headEnd); // as V8: each element is awaited for its variable
    insert(state + ".next()");
    closeAwait();
    insert(");){");
    const bool isPattern = kind == noNode && (at(left).type == NodeType::ObjectPattern || at(left).type == NodeType::ArrayPattern);
    skipTo(at(left).start);
    if (kind != noNode)
        insert(m_tree.textOf(kind).toByteArray() + ' ');
    else if (isPattern)
        insert("(");
    visit(left);
    copyTo(at(left).end);
    insert(isPattern ? "=(" + mentionOfTargets(left) + state + ".value));" : '=' + state + ".value;");
    skipTo(at(right).start);
    m_position = at(right).end; // its line ends are written already
    skipTo(headEnd);
    const NameScope scope(*this, NameScope::Kind::Block);
    if (kind != noNode)
        addNames(left);
    visitNested(body, loop);
    const QByteArray error = name("x");
    insert("}}catch(" + error + "){" + state + ".fail(" + error + ")}finally{try{" + state + ".isOpen()&&" + state + ".check(");
    openAwait(at(loop).start, headEnd);
    insert(state + ".close()");
    closeAwait();
    insert(")}finally{" + state + ".end()}}}");
}

void Instrumenter::visitCatch(NodeIndex node)
{
    const NodeIndex parameter = child(node, FieldName::Parameter);
    const NodeIndex body = child(node, FieldName::Body);
    QByteArray error = name("x");
    if (parameter != noNode && at(parameter).type == NodeType::Identifier) {
        error = m_tree.textOf(parameter).toByteArray();
        copyTo(at(body).start + 1);
        insert(name("c(") + error + ");");
    } else if (parameter == noNode) {
        copyTo(at(body).start);
        insert('(' + error + "){" + name("c(") + error + ");");
        m_position = at(body).start + 1;
    } else {
        copyTo(at(parameter).start);
        insert(error + "){" + name("c(") + error + ");let ");
        visit(parameter);
        copyTo(at(parameter).end);
        insert('=' + error + ';');
        skipTo(at(body).start + 1);
    }
    const NameScope scope(*this, NameScope::Kind::Block);
    addNames(parameter);
    visitStatementList(body);
    copyTo(at(body).end);
}

/// In an async generator, `return x` awaits x.
void Instrumenter::visitReturn(NodeIndex node)
{
    const NodeIndex value = at(at(node).firstChild).nextSibling;
    if (value == noNode || !at(value).isNamed)
        return;
    const FunctionFacts &facts = m_facts.functionAround(node) == noNode ? m_facts.file() : m_facts.function(m_facts.functionAround(node));
    if (!facts.isAsync || !facts.isGenerator)
        return visit(value);
    copyTo(at(value).start);
    openAwait(at(value).start, at(value).end);
    visit(value);
    copyTo(at(value).end);
    closeAwait();
}

void Instrumenter::insertBlockFunction(NodeIndex declaration)
{
    const FunctionFacts &facts =
        m_facts.functionAround(declaration) == noNode ? m_facts.file() : m_facts.function(m_facts.functionAround(declaration));
    const auto found = std::find_if(facts.blockFunctions.begin(), facts.blockFunctions.end(),
        [declaration](const BlockFunction &function) { return function.declaration == declaration; });
    if (found == facts.blockFunctions.end())
        return;
    copyTo(at(declaration).end);
    insert(name("b") + QByteArray::number(found - facts.blockFunctions.begin()) + '(' + found->name.toByteArray() + ");");
}

/// Writes `(yield $a(n,` and the like; the operand and closeAwait() follow.
void Instrumenter::openAwait(quint32 start, quint32 end)
{
    const quint32 site = addSite(SiteKind::Await, start, end);
    if (m_function == noNode) {
        m_usesAwaitToken = true;
        insert(m_awaitToken + '(');
    } else {
        insert(m_facts.function(m_function).isGenerator ? "(yield new " + name("h.await(") : QByteArray("(yield ("));
    }
    insert(mark("a", site) + ',');
}

void Instrumenter::closeAwait() { insert(m_function == noNode ? "))" : ")))"); }

} // namespace loopscope
