// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Instrumenter.h"

#include <algorithm>

namespace loopscope {

Instrumenter::Instrumenter(
    const SyntaxTree &tree, const SourceFacts &facts, const BigIntFacts *bigInts, const LineIndex &lines, ScriptKind kind, SiteId firstSite)
    : m_tree(tree)
    , m_facts(facts)
    , m_bigInts(bigInts)
    , m_lines(lines)
    , m_parameterScopes(tree)
    , m_order(tree)
    , m_kind(kind)
    , m_firstSite(firstSite)
    , m_prefix(facts.prefix())
{
    m_awaitToken = name("tla");
    for (int number = 1; tree.text().contains(m_awaitToken); ++number)
        m_awaitToken = name("tla") + QByteArray::number(number);
    m_out.reserve(tree.text().size() * 3 / 2 + 256);
}

InstrumentedText Instrumenter::run()
{
    const NodeIndex root = SyntaxTree::root();
    addSite(SiteKind::Function, 0, static_cast<quint32>(m_tree.text().size()));
    bool isStrict = false;
    const NodeIndex directive = SourceFacts::lastDirective(m_tree, root, &isStrict);
    if (directive != noNode)
        copyTo(at(directive).end);
    if (const QByteArray declarations = entryDeclarations(m_facts.file()); !declarations.isEmpty()) {
        if (directive != noNode && !m_out.endsWith(';'))
            insert(";");
        insert(declarations);
    }
    m_temporaries.areThere = !isEval(m_kind); // what eval declares is there for all to see
    if (m_kind == ScriptKind::ContextScript && isStrict)
        insertContextFunctions();
    visitStatementList(root, directive);
    copyTo(static_cast<quint32>(m_tree.text().size()));
    if (m_temporaries.isUsed)
        insert((m_out.indexOf("//", m_out.lastIndexOf('\n') + 1) < 0 ? QByteArray() : QByteArray("\n")) + temporaryDeclarations());
    return {std::move(m_out), std::move(m_sites), std::move(m_functionMarks), std::move(m_copies), operatorHead(),
        m_facts.hasRawTemplates(), m_usesAwaitToken ? m_awaitToken : QByteArray(), std::move(m_valueNames), std::move(m_contextNames)};
}

quint32 InstrumentedText::sourceOffset(quint32 offset) const
{
    const auto after =
        std::upper_bound(copies.begin(), copies.end(), offset, [](quint32 value, const CopiedText &copy) { return value < copy.offset; });
    if (after == copies.begin())
        return 0;
    const quint32 source = (after - 1)->sourceOffset + (offset - (after - 1)->offset);
    // What was inserted behind a copy stands for what comes next.
    return after == copies.end() ? source : std::min(source, std::max(after->sourceOffset, (after - 1)->sourceOffset));
}

void Instrumenter::copyTo(quint32 offset)
{
    if (offset <= m_position)
        return;
    m_copies.push_back({static_cast<quint32>(m_out.size()), m_position});
    m_out.append(m_tree.text().constData() + m_position, static_cast<qsizetype>(offset - m_position));
    m_position = offset;
    m_copyEnd = m_out.size();
}

/// Minified code writes `return{` and `of[`: a name that comes between must not grow onto the word.
void Instrumenter::insert(QByteArrayView text)
{
    if (m_out.size() == m_copyEnd && !m_out.isEmpty() && !text.isEmpty() && isWordByte(m_out.back()) && isWordByte(text.front()))
        m_out.append(' ');
    m_out.append(text.data(), text.size());
}

/// Leaves text out, but not its line ends.
void Instrumenter::skipTo(quint32 offset)
{
    for (; m_position < offset; ++m_position) {
        const char character = m_tree.text().at(static_cast<qsizetype>(m_position));
        if (character == '\n' || character == '\r')
            m_out.append(character);
    }
}

quint32 Instrumenter::addSite(SiteKind kind, quint32 start, quint32 end, const QString &name)
{
    const TextPlace from = m_lines.place(start);
    const TextPlace to = m_lines.place(end);
    m_sites.push_back({from.line, from.column, to.line, to.column, m_functionSite, kind, name});
    return static_cast<quint32>(m_sites.size() - 1);
}

QByteArray Instrumenter::mark(const char *name, quint32 site) const
{
    return m_prefix + name + '(' + QByteArray::number(m_firstSite + site);
}

/// The text of a node that is written a second time: as the source has it, but for variables that are called otherwise.
QByteArray Instrumenter::writtenText(NodeIndex node) const
{
    QByteArray text;
    quint32 position = at(node).start;
    for (const NodeIndex renamed : m_parameterScopes.renamedWithin(at(node).start, at(node).end)) {
        text += m_tree.text().mid(position, at(renamed).start - position) + name("own_");
        position = at(renamed).start;
    }
    return text + m_tree.text().mid(position, at(node).end - position);
}

void Instrumenter::visitChildren(NodeIndex node)
{
    for (NodeIndex child = at(node).firstChild; child != noNode; child = at(child).nextSibling)
        visit(child);
}

/// Property names that V4 does not take as they stand. It reads `yield` as the keyword wherever it stands inside a generator, which every
/// async function and module becomes, and inserts a semicolon behind `break`, `continue`, `return` and `throw` at the end of a line.
bool Instrumenter::needsQuotes(NodeIndex property) const
{
    if (at(property).type != NodeType::PropertyIdentifier)
        return false;
    const QByteArrayView name = m_tree.textOf(property);
    if (name == "yield")
        return true;
    if (name != "break" && name != "continue" && name != "return" && name != "throw")
        return false;
    const QByteArray &text = m_tree.text();
    quint32 next = at(property).end;
    while (next < text.size() && (text[next] == ' ' || text[next] == '\t'))
        ++next;
    return next < text.size() && (text[next] == '\n' || text[next] == '\r' || text[next] == '/');
}

bool Instrumenter::isQuotedMember(NodeIndex node) const
{
    const NodeIndex property = child(node, FieldName::Property);
    return property != noNode && needsQuotes(property);
}

/// `object.yield` becomes `object["yield"]`.
void Instrumenter::visitQuotedMember(NodeIndex node)
{
    const NodeIndex object = child(node, FieldName::Object);
    const NodeIndex property = child(node, FieldName::Property);
    visit(object);
    copyTo(at(object).end);
    const bool isOptional = m_tree.textOf(node).sliced(at(object).end - at(node).start).trimmed().startsWith("?.");
    insert((isOptional ? "?.[\"" : "[\"") + m_tree.textOf(property).toByteArray() + "\"]");
    skipTo(at(property).end);
}

void Instrumenter::visit(NodeIndex node)
{
    if (at(node).type != NodeType::ShorthandPropertyIdentifier && m_namedValues.erase(node) > 0) {
        const bool isSequence = at(node).type == NodeType::SequenceExpression;
        copyTo(at(node).start);
        insert(helper("keepName") + (isSequence ? "((" : "("));
        visit(node);
        copyTo(at(node).end);
        insert(isSequence ? "))" : ")");
        return;
    }
    if (node == m_plainValue) {
        m_plainValue = noNode;
        visit(node);
        copyTo(at(node).end);
        insert("||void 0");
        return;
    }
    switch (at(node).type) {
    case NodeType::FunctionDeclaration:
    case NodeType::GeneratorFunctionDeclaration:
    case NodeType::FunctionExpression:
    case NodeType::GeneratorFunction:
    case NodeType::ArrowFunction:
    case NodeType::MethodDefinition:
    case NodeType::ClassStaticBlock:
        return visitFunction(node);
    case NodeType::ClassBody:
        return visitClassMembers(node);
    case NodeType::StatementBlock:
        return visitBlock(node, noNode);
    case NodeType::SwitchCase:
    case NodeType::SwitchDefault:
        if (const NodeIndex value = child(node, FieldName::Value); value != noNode)
            visit(value);
        return visitStatementList(node);
    case NodeType::CatchClause:
        return visitCatch(node);
    case NodeType::Identifier:
    case NodeType::ShorthandPropertyIdentifier:
    case NodeType::ShorthandPropertyIdentifierPattern:
        return visitName(node);
    case NodeType::CallExpression:
    case NodeType::NewExpression:
        return visitCall(node);
    case NodeType::MemberExpression:
    case NodeType::SubscriptExpression:
        if (isSuperMember(node))
            return visitSuperMember(node);
        return isQuotedMember(node) ? visitQuotedMember(node) : visitChildren(node);
    case NodeType::PropertyIdentifier:
        if (needsQuotes(node)) {
            copyTo(at(node).start);
            insert('"' + m_tree.textOf(node).toByteArray() + '"');
            skipTo(at(node).end);
        } else if (at(at(node).parent).type == NodeType::MethodDefinition
            && (m_tree.textOf(node) == "eval" || m_tree.textOf(node) == "arguments")) {
            // V4 takes a method's name for a variable's, which may not be one of these in strict code.
            copyTo(at(node).start);
            insert("[\"" + m_tree.textOf(node).toByteArray() + "\"]");
            skipTo(at(node).end);
        }
        return;
    case NodeType::AwaitExpression:
        return visitAwait(node);
    case NodeType::YieldExpression:
        return visitYield(node);
    case NodeType::Object:
        return visitObject(node);
    case NodeType::AssignmentExpression:
        return visitAssignment(node);
    case NodeType::AugmentedAssignmentExpression:
        if (!visitBigAssignment(node) && !visitProductAssignment(node))
            visitLogicalAssignment(node);
        return;
    case NodeType::BinaryExpression:
        return visitBinary(node);
    case NodeType::FieldDefinition:
        return visitField(node);
    case NodeType::UnaryExpression:
        return visitUnary(node);
    case NodeType::UpdateExpression:
        return m_bigInts ? visitUpdate(node) : visitChildren(node);
    case NodeType::TernaryExpression:
        return visitTernary(node);
    case NodeType::MetaProperty:
        if (m_tree.textOf(node).startsWith("import")) {
            copyTo(at(node).start);
            insert(name("meta"));
            skipTo(at(node).end);
        }
        return;
    case NodeType::TemplateString:
        return visitTemplate(node);
    case NodeType::TemplateSubstitution:
        return isTagged(at(node).parent) ? visitChildren(node) : visitSubstitution(node);
    case NodeType::Number:
        return visitNumber(node);
    case NodeType::String:
        return visitString(node);
    case NodeType::Regex:
        return visitRegex(node);
    case NodeType::This:
        return visitThis(node);
    case NodeType::LexicalDeclaration:
    case NodeType::VariableDeclaration:
    case NodeType::ClassDeclaration:
        if (m_kind == ScriptKind::ContextScript && visitContextDeclaration(node))
            return;
        return visitChildren(node);
    case NodeType::Error:
        return; // left as it is: V4 has the last word
    default:
        return visitChildren(node);
    }
}

} // namespace loopscope
