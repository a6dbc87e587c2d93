// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/EarlyErrors.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

bool isName(NodeType type)
{
    return type == NodeType::Identifier || type == NodeType::ShorthandPropertyIdentifier
        || type == NodeType::ShorthandPropertyIdentifierPattern || type == NodeType::StatementIdentifier;
}

/// The name that an identifier with escapes spells, if it is plain ASCII.
QByteArray unescaped(QByteArrayView text)
{
    QByteArray name;
    for (qsizetype at = 0; at < text.size(); ++at) {
        if (text[at] != '\\') {
            name += text[at];
            continue;
        }
        const bool isBraced = at + 2 < text.size() && text[at + 2] == '{';
        const qsizetype start = at + (isBraced ? 3 : 2);
        const qsizetype end = isBraced ? text.indexOf('}', start) : start + 4;
        if (end < 0 || end > text.size())
            return {};
        const uint code = text.sliced(start, end - start).toByteArray().toUInt(nullptr, 16);
        if (code == 0 || code > 0x7f)
            return {};
        name += static_cast<char>(code);
        at = isBraced ? end : end - 1;
    }
    return name;
}

class Checker
{
public:
    Checker(const SyntaxTree &tree, const SourceFacts &facts, ScriptKind kind)
        : m_tree(tree)
        , m_facts(facts)
        , m_kind(kind)
    {
    }

    EarlyError run()
    {
        for (NodeIndex node = 0; node < m_tree.nodes().size() && m_error.message.isEmpty(); ++node) {
            const NodeType type = m_tree[node].type;
            if (isName(type))
                checkName(node);
            else if (SourceFacts::isFunction(type) && type != NodeType::ClassStaticBlock)
                checkFunction(node);
            else if (type == NodeType::ForInStatement)
                checkLoop(node);
            else if (type == NodeType::Import)
                checkImport(node);
            else if (type == NodeType::AwaitExpression || type == NodeType::YieldExpression)
                checkSuspension(node);
            else if (type == NodeType::AssignmentExpression || type == NodeType::AugmentedAssignmentExpression)
                checkTarget(m_tree.child(node, FieldName::Left));
            else if (type == NodeType::UpdateExpression)
                checkTarget(m_tree.child(node, FieldName::Argument));
            else if (type == NodeType::ReturnStatement && isEval(m_kind) && m_facts.functionAround(node) == noNode)
                refuse(node, QStringLiteral("Illegal return statement"));
        }
        return m_error;
    }

private:
    void checkTarget(NodeIndex target)
    {
        if (target == noNode || m_tree[target].type != NodeType::Identifier)
            return;
        const QByteArrayView name = m_tree.textOf(target);
        if ((name == "eval" || name == "arguments") && factsOf(m_facts.functionAround(target)).isStrict)
            refuse(target, QStringLiteral("Unexpected eval or arguments in strict mode"));
    }

    /// A function is met before what is in it: of two errors, the one that comes first in the text counts.
    void refuse(quint32 start, quint32 end, const QString &message)
    {
        if (m_error.message.isEmpty() || start < m_error.start)
            m_error = {start, end, message};
    }
    void refuse(NodeIndex node, const QString &message) { refuse(m_tree[node].start, m_tree[node].end, message); }

    const FunctionFacts &factsOf(NodeIndex function) const { return function == noNode ? m_facts.file() : m_facts.function(function); }

    bool isInParameters(NodeIndex node, NodeIndex function) const
    {
        while (m_tree[node].parent != function)
            node = m_tree[node].parent;
        return m_tree[node].field == FieldName::Parameters || m_tree[node].field == FieldName::Parameter;
    }

    /// The function whose grammar decides whether `await` and `yield` are words of their own at a name; noNode: the file.
    NodeIndex grammarOwner(NodeIndex node) const
    {
        // The name of a function expression belongs to its inside.
        const NodeIndex parent = m_tree[node].parent;
        const bool isOwnName = m_tree[node].field == FieldName::Name
            && (m_tree[parent].type == NodeType::FunctionExpression || m_tree[parent].type == NodeType::GeneratorFunction);
        NodeIndex owner = isOwnName ? parent : m_facts.functionAround(node);
        // Parameters of an arrow function that is not async are read as what stands around it.
        while (owner != noNode && factsOf(owner).isArrow && !factsOf(owner).isAsync && isInParameters(node, owner)) {
            node = owner;
            owner = m_facts.functionAround(owner);
        }
        return owner;
    }

    bool isBinding(NodeIndex node) const
    {
        const SyntaxNode &name = m_tree[node];
        const NodeType parent = m_tree[name.parent].type;
        return (name.field == FieldName::Name && (parent == NodeType::VariableDeclarator || SourceFacts::isFunction(parent)))
            || name.type == NodeType::ShorthandPropertyIdentifierPattern || parent == NodeType::FormalParameters
            || parent == NodeType::ArrayPattern || parent == NodeType::RestPattern;
    }

    /// `export { a as await }` and `import { await as a }` name what is another module's.
    bool isForeignName(NodeIndex node) const
    {
        const NodeIndex parent = m_tree[node].parent;
        const NodeType type = m_tree[parent].type;
        if (type == NodeType::ImportSpecifier)
            return m_tree[node].field == FieldName::Name && m_tree.child(parent, FieldName::Alias) != noNode;
        return type == NodeType::ExportSpecifier || type == NodeType::NamespaceExport;
    }

    void checkName(NodeIndex node)
    {
        const QByteArrayView text = m_tree.textOf(node);
        const bool isEscaped = text.contains('\\');
        if (!isEscaped && (text.size() < 5 || (text[0] != 'a' && text[0] != 'y' && text[0] != 'i' && text[0] != 'p' && text[0] != 's')))
            return;
        if (isForeignName(node))
            return;
        const QByteArray name = isEscaped ? unescaped(text) : text.toByteArray();
        if (name == "await")
            return checkAwait(node, isEscaped);
        if (name == "yield")
            return checkYield(node, isEscaped);
        static constexpr std::array words{"implements", "interface", "package", "private", "protected", "public", "static"};
        if (std::find(words.begin(), words.end(), name) != words.end() && isStrictAt(node))
            refuse(node, QStringLiteral("Unexpected strict mode reserved word"));
    }

    bool isStrictAt(NodeIndex node) const
    {
        if (factsOf(m_facts.functionAround(node)).isStrict)
            return true;
        for (NodeIndex at = m_tree[node].parent; at != noNode; at = m_tree[at].parent) {
            if (m_tree[at].type == NodeType::ClassBody)
                return true;
        }
        return false;
    }

    void checkAwait(NodeIndex node, bool isEscaped)
    {
        const NodeIndex owner = grammarOwner(node);
        if (m_kind != ScriptKind::Module && !factsOf(owner).isAsync)
            return;
        if (owner != noNode && factsOf(owner).isArrow && isInParameters(node, owner))
            refuse(node, QStringLiteral("'await' is not a valid identifier name in an async function"));
        else if (isEscaped && !isBinding(node))
            refuse(node, QStringLiteral("Keyword must not contain escaped characters"));
        else
            refuse(node, QStringLiteral("Unexpected reserved word"));
    }

    void checkYield(NodeIndex node, bool isEscaped)
    {
        const NodeIndex owner = grammarOwner(node);
        const bool isLabel = m_tree[node].type == NodeType::StatementIdentifier;
        if (isStrictAt(node))
            refuse(node, QStringLiteral("Unexpected strict mode reserved word"));
        else if (factsOf(owner).isGenerator)
            refuse(node,
                isEscaped && isLabel ? QStringLiteral("Keyword must not contain escaped characters")
                                     : QStringLiteral("Unexpected identifier 'yield'"));
    }

    /// The names that a parameter list binds, as nodes.
    void collectBindings(NodeIndex pattern, std::vector<NodeIndex> &names) const
    {
        const SyntaxNode &node = m_tree[pattern];
        switch (node.type) {
        case NodeType::Identifier:
        case NodeType::ShorthandPropertyIdentifierPattern:
            names.push_back(pattern);
            return;
        case NodeType::AssignmentPattern:
        case NodeType::ObjectAssignmentPattern:
            return collectBindings(node.firstChild, names);
        case NodeType::PairPattern:
            if (const NodeIndex value = m_tree.child(pattern, FieldName::Value); value != noNode)
                collectBindings(value, names);
            return;
        case NodeType::ObjectPattern:
        case NodeType::ArrayPattern:
        case NodeType::RestPattern:
        case NodeType::FormalParameters:
            for (NodeIndex at = node.firstChild; at != noNode; at = m_tree[at].nextSibling)
                collectBindings(at, names);
            return;
        default:
            return;
        }
    }

    void checkFunction(NodeIndex function)
    {
        const NodeIndex body = m_tree.child(function, FieldName::Body);
        NodeIndex parameters = m_tree.child(function, FieldName::Parameters);
        const bool isList = parameters != noNode;
        if (!isList)
            parameters = m_tree.child(function, FieldName::Parameter);
        if (body == noNode || parameters == noNode)
            return;
        const FunctionFacts &facts = m_facts.function(function);
        if (facts.isArrow && facts.isAsync)
            checkAsyncHead(function, parameters);
        bool isSimple = true;
        for (NodeIndex at = isList ? m_tree[parameters].firstChild : noNode; at != noNode; at = m_tree[at].nextSibling)
            isSimple = isSimple && (!m_tree[at].isNamed || m_tree[at].type == NodeType::Identifier);
        std::vector<NodeIndex> names;
        collectBindings(parameters, names);
        const bool isUnique = facts.isArrow || facts.isStrict || !isSimple || m_tree[function].type == NodeType::MethodDefinition;
        if (isUnique)
            checkDuplicates(names);
        if (m_tree[body].type == NodeType::StatementBlock) {
            checkBody(body, names);
            checkDirective(body, isSimple);
        }
    }

    void checkAsyncHead(NodeIndex function, NodeIndex parameters)
    {
        const NodeIndex word = m_tree.token(function, "async");
        const QByteArrayView gap = QByteArrayView(m_tree.text()).sliced(m_tree[word].end, m_tree[parameters].start - m_tree[word].end);
        if (gap.contains('\n') || gap.contains('\r'))
            refuse(parameters, QStringLiteral("Malformed arrow function parameter list"));
    }

    void checkDuplicates(const std::vector<NodeIndex> &names)
    {
        for (std::size_t index = 1; index < names.size(); ++index) {
            const auto isSame = [&](NodeIndex other) { return m_tree.textOf(other) == m_tree.textOf(names[index]); };
            if (std::any_of(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(index), isSame))
                return refuse(names[index], QStringLiteral("Duplicate parameter name not allowed in this context"));
        }
    }

    /// `let`, `const` and classes of the body may not have a parameter's name.
    void checkBody(NodeIndex body, const std::vector<NodeIndex> &names)
    {
        if (names.empty())
            return;
        for (NodeIndex statement = m_tree[body].firstChild; statement != noNode; statement = m_tree[statement].nextSibling) {
            const bool isClass = m_tree[statement].type == NodeType::ClassDeclaration;
            std::vector<NodeIndex> declared;
            if (isClass && m_tree.child(statement, FieldName::Name) != noNode)
                declared.push_back(m_tree.child(statement, FieldName::Name));
            for (NodeIndex at = m_tree[statement].firstChild; at != noNode; at = m_tree[at].nextSibling) {
                if (m_tree[statement].type == NodeType::LexicalDeclaration && m_tree[at].type == NodeType::VariableDeclarator)
                    collectBindings(m_tree.child(at, FieldName::Name), declared);
            }
            for (const NodeIndex name : declared) {
                const auto isSame = [&](NodeIndex parameter) { return m_tree.textOf(parameter) == m_tree.textOf(name); };
                if (std::none_of(names.begin(), names.end(), isSame))
                    continue;
                const SyntaxNode &shown = m_tree[isClass ? statement : name];
                return refuse(shown.start, isClass ? shown.end : shown.start + 1,
                    QStringLiteral("Identifier '%1' has already been declared").arg(QString::fromUtf8(m_tree.textOf(name))));
            }
        }
    }

    void checkDirective(NodeIndex body, bool isSimple)
    {
        bool isStrict = false;
        const NodeIndex directive = isSimple ? noNode : SourceFacts::lastDirective(m_tree, body, &isStrict);
        if (directive != noNode && isStrict)
            refuse(
                m_tree[directive].firstChild, QStringLiteral("Illegal 'use strict' directive in function with non-simple parameter list"));
    }

    void checkImport(NodeIndex word)
    {
        const NodeIndex call = m_tree[word].parent;
        const NodeIndex around = m_tree[call].parent;
        if (m_tree[call].type == NodeType::NewExpression
            || (around != noNode && m_tree[around].type == NodeType::NewExpression && m_tree[call].field == FieldName::Constructor))
            return refuse(word, QStringLiteral("Cannot use new with import"));
        const NodeIndex arguments = m_tree.child(call, FieldName::Arguments);
        if (m_tree[call].type != NodeType::CallExpression || arguments == noNode)
            return;
        bool isEmpty = true;
        for (NodeIndex at = m_tree[arguments].firstChild; at != noNode; at = m_tree[at].nextSibling) {
            isEmpty = isEmpty && !m_tree[at].isNamed;
            if (m_tree[at].type == NodeType::SpreadElement)
                return refuse(m_tree[at].start, m_tree[at].start + 3, QStringLiteral("Unexpected token '...'"));
        }
        if (isEmpty)
            refuse(m_tree[arguments].firstChild, QStringLiteral("import() requires a specifier"));
    }

    /// Parameters are bound before a function can be suspended.
    void checkSuspension(NodeIndex node)
    {
        const NodeIndex owner = m_facts.functionAround(node);
        if (owner == noNode || !isInParameters(node, owner))
            return;
        const NodeIndex word = m_tree[node].firstChild;
        if (m_tree[node].type == NodeType::YieldExpression)
            refuse(word == noNode ? node : word, QStringLiteral("Yield expression not allowed in formal parameter"));
        else if (factsOf(owner).isAsync)
            refuse(word, QStringLiteral("Illegal await-expression in formal parameters of async function"));
    }

    void checkLoop(NodeIndex loop)
    {
        const NodeIndex value = m_tree.child(loop, FieldName::Value);
        if (value != noNode && m_tree.token(loop, "await") != noNode)
            refuse(m_tree[m_tree.child(loop, FieldName::Left)].start, m_tree[value].end,
                QStringLiteral("for-await-of loop variable declaration may not have an initializer."));
    }

    const SyntaxTree &m_tree;
    const SourceFacts &m_facts;
    ScriptKind m_kind;
    EarlyError m_error;
};

} // namespace

EarlyError findEarlyError(const SyntaxTree &tree, const SourceFacts &facts, ScriptKind kind) { return Checker(tree, facts, kind).run(); }

} // namespace loopscope
