// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/SourceFacts.h"

#include <algorithm>

namespace loopscope {

namespace {

/// Function expressions, methods and arrows take their own `arguments`, `this` and `super`, except that arrows take none.
bool isArrowLike(const FunctionFacts &facts) { return facts.isArrow; }

bool declaresLexically(const SyntaxTree &tree, NodeIndex statement, QByteArrayView name)
{
    const SyntaxNode &node = tree[statement];
    if (node.type == NodeType::ClassDeclaration) {
        const NodeIndex own = tree.child(statement, FieldName::Name);
        return own != noNode && tree.textOf(own) == name;
    }
    if (node.type != NodeType::LexicalDeclaration)
        return false;
    std::vector<QByteArrayView> names;
    for (NodeIndex at = node.firstChild; at != noNode; at = tree[at].nextSibling) {
        if (tree[at].type == NodeType::VariableDeclarator)
            SourceFacts::collectNames(tree, tree.child(at, FieldName::Name), names);
    }
    return std::find(names.begin(), names.end(), name) != names.end();
}

/// True if a text has an escape that only templates with a tag may have: `\\unicode`, `\\xerxes`, `\\1`.
bool hasRawEscape(QByteArrayView text)
{
    const auto isHex = [](char digit) { return (digit >= '0' && digit <= '9') || ((digit | 0x20) >= 'a' && (digit | 0x20) <= 'f'); };
    for (qsizetype at = text.indexOf('\\'); at >= 0 && at + 5 < text.size(); at = text.indexOf('\\', at + 2)) {
        const char letter = text[at + 1];
        const bool isFine = letter == 'x' ? isHex(text[at + 2]) && isHex(text[at + 3])
            : letter == 'u'               ? text[at + 2] == '{' || std::all_of(text.begin() + at + 2, text.begin() + at + 6, isHex)
            : letter == '0'               ? text[at + 2] < '0' || text[at + 2] > '9'
                                          : letter < '1' || letter > '9';
        if (!isFine)
            return true;
    }
    return false;
}

bool isPlainFunction(NodeType type)
{
    return type == NodeType::FunctionExpression || type == NodeType::FunctionDeclaration || type == NodeType::GeneratorFunction
        || type == NodeType::GeneratorFunctionDeclaration;
}

bool isStatementList(NodeType type)
{
    return type == NodeType::StatementBlock || type == NodeType::Program || type == NodeType::SwitchCase || type == NodeType::SwitchDefault;
}

} // namespace

bool SourceFacts::isFunction(NodeType type)
{
    switch (type) {
    case NodeType::FunctionDeclaration:
    case NodeType::GeneratorFunctionDeclaration:
    case NodeType::FunctionExpression:
    case NodeType::GeneratorFunction:
    case NodeType::ArrowFunction:
    case NodeType::MethodDefinition:
    case NodeType::ClassStaticBlock:
        return true;
    default:
        return false;
    }
}

void SourceFacts::collectNames(const SyntaxTree &tree, NodeIndex pattern, std::vector<QByteArrayView> &names)
{
    if (pattern == noNode)
        return;
    const SyntaxNode &node = tree[pattern];
    switch (node.type) {
    case NodeType::Identifier:
    case NodeType::ShorthandPropertyIdentifierPattern:
        names.push_back(tree.textOf(pattern));
        return;
    case NodeType::AssignmentPattern:
    case NodeType::ObjectAssignmentPattern:
        collectNames(tree, node.firstChild, names);
        return;
    case NodeType::PairPattern:
        collectNames(tree, tree.child(pattern, FieldName::Value), names);
        return;
    case NodeType::ObjectPattern:
    case NodeType::ArrayPattern:
    case NodeType::RestPattern:
    case NodeType::FormalParameters:
        for (NodeIndex at = node.firstChild; at != noNode; at = tree[at].nextSibling)
            collectNames(tree, at, names);
        return;
    default:
        return;
    }
}

bool SourceFacts::isRepeatable(const SyntaxTree &tree, NodeIndex target)
{
    const SyntaxNode &node = tree[target];
    if (node.type == NodeType::Identifier)
        return true;
    if (node.type != NodeType::MemberExpression && node.type != NodeType::SubscriptExpression)
        return false;
    const NodeType object = tree[node.firstChild].type;
    if (object != NodeType::Identifier && object != NodeType::This)
        return false;
    const NodeIndex key = tree.child(target, node.type == NodeType::MemberExpression ? FieldName::Property : FieldName::Index);
    const NodeType keyType = tree[key].type;
    return keyType == NodeType::PropertyIdentifier || keyType == NodeType::String || keyType == NodeType::Number;
}

NodeIndex SourceFacts::lastDirective(const SyntaxTree &tree, NodeIndex list, bool *isStrict)
{
    NodeIndex last = noNode;
    for (NodeIndex at = tree[list].firstChild; at != noNode; at = tree[at].nextSibling) {
        if (!tree[at].isNamed)
            continue;
        if (tree[at].type != NodeType::ExpressionStatement || tree[tree[at].firstChild].type != NodeType::String)
            break;
        const QByteArrayView text = tree.textOf(tree[at].firstChild);
        if (isStrict && (text == "'use strict'" || text == "\"use strict\""))
            *isStrict = true;
        last = at;
    }
    return last;
}

SourceFacts::SourceFacts(const SyntaxTree &tree, ScriptKind kind)
    : m_tree(tree)
    , m_kind(kind)
{
    const std::vector<SyntaxNode> &nodes = tree.nodes();
    FunctionFacts &body = m_functions[noNode];
    body.isStrict = kind == ScriptKind::Module || kind == ScriptKind::StrictEval;
    body.isAsync = kind == ScriptKind::Module;
    lastDirective(tree, SyntaxTree::root(), &body.isStrict);

    m_owners.resize(nodes.size(), noNode);
    for (NodeIndex index = 1; index < nodes.size(); ++index) {
        const NodeIndex parent = nodes[index].parent;
        // A method's name and a function declaration's are evaluated outside of it.
        const bool isOutside = nodes[index].field == FieldName::Name && isFunction(nodes[parent].type);
        m_owners[index] = isFunction(nodes[parent].type) && !isOutside ? parent : m_owners[parent];
        if (isFunction(nodes[index].type))
            enterFunction(index);
        note(index);
    }

    // The grammar itself does not know all such escapes.
    if (tree.firstError() != noNode && tree.text().contains('`') && hasRawEscape(tree.text()))
        m_hasRawTemplates = m_needsLowering = true;

    m_prefix = "$";
    const auto clashes = [this](QByteArrayView name) {
        return name.startsWith(m_prefix)
            && (m_prefix.size() > 1 || name.size() <= 3 || name == "$import" || name == "$meta" || name == "$super" || name == "$yield"
                || name.startsWith("$tla") || name.startsWith("$op_") || name.startsWith("$own_")
                || (name.startsWith("$t") && name[2] >= '0' && name[2] <= '9'));
    };
    // The runtime finds async functions by the text of their calls, which no string of the file may look like.
    const auto isTaken = [&] {
        return std::any_of(m_dollarNames.begin(), m_dollarNames.end(), clashes) || m_tree.text().contains(m_prefix + "h.async");
    };
    for (int number = 1; isTaken(); ++number)
        m_prefix = "$ls" + QByteArray::number(number) + '_';
}

void SourceFacts::enterFunction(NodeIndex node)
{
    FunctionFacts facts;
    facts.outer = m_owners[node];
    facts.isArrow = m_tree[node].type == NodeType::ArrowFunction;
    facts.isAsync = m_tree.token(node, "async") != noNode;
    facts.isGenerator = m_tree[node].type == NodeType::GeneratorFunction || m_tree[node].type == NodeType::GeneratorFunctionDeclaration
        || m_tree.token(node, "*") != noNode;
    facts.isStrict = m_functions.at(facts.outer).isStrict;
    // Class bodies are strict.
    for (NodeIndex at = m_tree[node].parent; !facts.isStrict && at != noNode && at != facts.outer; at = m_tree[at].parent)
        facts.isStrict = m_tree[at].type == NodeType::ClassBody;
    const NodeIndex body = m_tree.child(node, FieldName::Body);
    if (body != noNode && m_tree[body].type == NodeType::StatementBlock)
        lastDirective(m_tree, body, &facts.isStrict);
    m_suspends |= facts.isAsync || facts.isGenerator;
    const NodeIndex own = m_tree.child(node, FieldName::Name);
    m_namesFunctionYield |= own != noNode && m_tree[own].type == NodeType::Identifier && m_tree.textOf(own) == "yield";
    m_functions.emplace(node, std::move(facts));
    noteDeadNames(node);
}

/// `(a = b, b) => 0`: b is not bound while a's default value is computed.
void SourceFacts::noteDeadNames(NodeIndex function)
{
    const NodeIndex parameters = m_tree.child(function, FieldName::Parameters);
    NodeIndex parameter = parameters == noNode ? noNode : m_tree[parameters].firstChild;
    for (; parameter != noNode; parameter = m_tree[parameter].nextSibling) {
        if (m_tree[parameter].type != NodeType::AssignmentPattern)
            continue;
        std::vector<QByteArrayView> names;
        for (NodeIndex later = parameter; later != noNode; later = m_tree[later].nextSibling)
            collectNames(m_tree, later, names);
        collectDeadNames(m_tree.child(parameter, FieldName::Right), names);
    }
}

/// Functions and classes inside run later, if at all; targets of assignments stay V4's.
void SourceFacts::collectDeadNames(NodeIndex expression, const std::vector<QByteArrayView> &names)
{
    if (expression == noNode || isFunction(m_tree[expression].type) || m_tree[expression].type == NodeType::Class)
        return;
    const NodeType type = m_tree[expression].type;
    if (type == NodeType::Identifier || type == NodeType::ShorthandPropertyIdentifier) {
        const NodeIndex parent = m_tree[expression].parent;
        const bool isTarget = m_tree[expression].field == FieldName::Left || m_tree.token(parent, "++") != noNode
            || m_tree.token(parent, "--") != noNode || m_tree[parent].type == NodeType::ArrayPattern
            || m_tree[parent].type == NodeType::PairPattern || m_tree[parent].type == NodeType::RestPattern;
        if (!isTarget && std::find(names.begin(), names.end(), m_tree.textOf(expression)) != names.end())
            m_deadNames.push_back(expression);
        return;
    }
    for (NodeIndex child = m_tree[expression].firstChild; child != noNode; child = m_tree[child].nextSibling)
        collectDeadNames(child, names);
}

void SourceFacts::note(NodeIndex node)
{
    switch (m_tree[node].type) {
    case NodeType::FieldDefinition:
    case NodeType::ClassStaticBlock:
    case NodeType::PrivatePropertyIdentifier:
        m_needsLowering = true;
        break;
    case NodeType::RestPattern:
        m_needsLowering |= m_tree[m_tree[node].parent].type == NodeType::ObjectPattern;
        break;
    case NodeType::AugmentedAssignmentExpression: {
        const NodeIndex sign = m_tree.child(node, FieldName::Operator);
        const QByteArrayView text = sign == noNode ? QByteArrayView() : m_tree.textOf(sign);
        if (text == "?\?=" || text == "||=" || text == "&&=")
            m_needsLowering |= !isRepeatable(m_tree, m_tree.child(node, FieldName::Left));
        break;
    }
    case NodeType::Identifier:
    case NodeType::ShorthandPropertyIdentifier:
    case NodeType::ShorthandPropertyIdentifierPattern:
        noteIdentifier(node);
        break;
    case NodeType::AwaitExpression:
        noteAwait(node);
        break;
    case NodeType::ForInStatement:
        if (m_tree.token(node, "await") != noNode)
            noteAwait(node);
        noteVariables(node);
        break;
    case NodeType::Super:
        noteSuper(node);
        break;
    case NodeType::FunctionDeclaration:
        noteBlockFunction(node);
        noteVariables(node);
        break;
    case NodeType::VariableDeclaration:
        noteVariables(node);
        break;
    case NodeType::Number:
        noteSeparators(node);
        noteLegacyNumber(node);
        break;
    case NodeType::EscapeSequence:
        noteLegacyEscape(node);
        break;
    case NodeType::TemplateString:
        noteTemplate(node);
        break;
    case NodeType::LexicalDeclaration:
    case NodeType::ClassDeclaration:
        noteDeclaration(node);
        break;
    case NodeType::ImportStatement:
    case NodeType::ExportStatement:
        if (m_kind != ScriptKind::Module) {
            refuse(node,
                m_tree[node].type == NodeType::ImportStatement ? QStringLiteral("Cannot use import statement outside a module")
                                                               : QStringLiteral("Unexpected token 'export'"),
                true);
        }
        break;
    case NodeType::MetaProperty:
        if (m_kind != ScriptKind::Module && m_tree.textOf(node).startsWith("import"))
            refuse(node, QStringLiteral("Cannot use 'import.meta' outside a module"), true);
        break;
    case NodeType::Decorator:
        refuse(node, QStringLiteral("Invalid or unexpected token"), true);
        break;
    case NodeType::JsxElement:
        refuse(node, QStringLiteral("Unexpected token '<'"), true);
        break;
    default:
        break;
    }
}

/// What the rewriter would make legal by leaving separators and the `n` of a BigInt out.
void SourceFacts::noteSeparators(NodeIndex node)
{
    QByteArrayView text = m_tree.textOf(node);
    const bool isBig = text.endsWith('n');
    if (isBig)
        text.chop(1);
    if (!isBig && !text.contains('_'))
        return;
    const bool hasBase = text.size() > 1 && text[0] == '0' && (text[1] | 0x20) >= 'a';
    const bool isDecimal = !hasBase;
    const bool isLegacy = isDecimal && text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
    const auto isDigit = [hasBase](char character) {
        return (character >= '0' && character <= '9') || (hasBase && (character | 0x20) >= 'a' && (character | 0x20) <= 'f');
    };
    QString message;
    for (qsizetype at = text.indexOf('_'); at >= 0 && message.isEmpty(); at = text.indexOf('_', at + 1)) {
        if (isDecimal && at == 1 && text[0] == '0')
            message = QStringLiteral("Numeric separator can not be used after leading 0.");
        else if (isLegacy || !isDigit(text[at - 1]) || (hasBase && at == 2))
            message = QStringLiteral("Invalid or unexpected token");
        else if (at + 1 < text.size() && text[at + 1] == '_')
            message = QStringLiteral("Only one underscore is allowed as numeric separator");
        else if (at + 1 == text.size() || !isDigit(text[at + 1]))
            message = QStringLiteral("Numeric separators are not allowed at the end of numeric literals");
    }
    if (message.isEmpty() && isBig && (isLegacy || (isDecimal && (text.contains('.') || text.contains('e') || text.contains('E')))))
        message = QStringLiteral("Invalid or unexpected token");
    if (!message.isEmpty())
        refuse(node, message, true);
}

void SourceFacts::noteLegacyNumber(NodeIndex node)
{
    const QByteArrayView text = m_tree.textOf(node);
    if (text.size() < 2 || text[0] != '0' || text[1] < '0' || text[1] > '9' || !m_functions.at(m_owners[node]).isStrict)
        return;
    const bool isOctal = std::all_of(text.begin(), text.end(), [](char digit) { return digit >= '0' && digit <= '7'; });
    refuse(node,
        isOctal ? QStringLiteral("Octal literals are not allowed in strict mode.")
                : QStringLiteral("Decimals with leading zeros are not allowed in strict mode."),
        true);
}

void SourceFacts::noteLegacyEscape(NodeIndex node)
{
    const QByteArrayView text = m_tree.textOf(node);
    const bool isLegacy = text.size() >= 2 && text[1] >= '0' && text[1] <= '7' && text != "\\0";
    if (isLegacy && m_tree[m_tree[node].parent].type == NodeType::String && m_functions.at(m_owners[node]).isStrict)
        refuse(node, QStringLiteral("Octal escape sequences are not allowed in strict mode."), true);
}

void SourceFacts::noteTemplate(NodeIndex node)
{
    if (m_tree[m_tree[node].parent].type == NodeType::CallExpression && hasRawEscape(m_tree.textOf(node)))
        m_hasRawTemplates = m_needsLowering = true;
}

/// The braces that we put around single statements would make legal what is not.
void SourceFacts::noteDeclaration(NodeIndex node)
{
    const SyntaxNode &declaration = m_tree[node];
    const NodeType parent = m_tree[declaration.parent].type;
    const bool isBody = declaration.field == FieldName::Body
        && (parent == NodeType::WhileStatement || parent == NodeType::DoStatement || parent == NodeType::ForStatement
            || parent == NodeType::ForInStatement || parent == NodeType::LabeledStatement || parent == NodeType::WithStatement);
    const bool isBranch = declaration.field == FieldName::Consequence || parent == NodeType::ElseClause;
    if (!isBody && !isBranch)
        return;
    refuse(declaration.firstChild,
        declaration.type == NodeType::ClassDeclaration ? QStringLiteral("Unexpected token 'class'")
                                                       : QStringLiteral("Lexical declaration cannot appear in a single-statement context"),
        true);
}

void SourceFacts::refuse(NodeIndex node, const QString &message, bool isSyntaxError)
{
    if (m_refusedNode != noNode)
        return;
    m_refusedNode = node;
    m_refusal = message;
    m_refusalIsSyntaxError = isSyntaxError;
}

void SourceFacts::noteIdentifier(NodeIndex node)
{
    const QByteArrayView name = m_tree.textOf(node);
    if (name.startsWith('$'))
        m_dollarNames.push_back(name);
    if (name == "yield") {
        const NodeType parent = m_tree[m_tree[node].parent].type;
        m_bindsYield |= parent == NodeType::VariableDeclarator || parent == NodeType::FormalParameters
            || m_tree[node].type == NodeType::ShorthandPropertyIdentifierPattern || parent == NodeType::AssignmentPattern;
    }
    if (name != "arguments")
        return;
    for (NodeIndex owner = m_owners[node]; owner != noNode; owner = m_functions.at(owner).outer) {
        FunctionFacts &facts = m_functions.at(owner);
        facts.usesArguments = true;
        if (!isArrowLike(facts))
            break;
    }
}

void SourceFacts::noteAwait(NodeIndex node)
{
    const NodeIndex owner = m_owners[node];
    const FunctionFacts &facts = m_functions.at(owner);
    if (facts.isAsync) {
        m_hasTopLevelAwait |= owner == noNode;
        return;
    }
    // `await(x)` in sloppy code calls a function of that name.
    const NodeIndex operand = m_tree[node].type == NodeType::AwaitExpression ? m_tree.lastChild(node) : noNode;
    if (operand != noNode && !facts.isStrict && m_kind != ScriptKind::Module && m_tree[operand].type == NodeType::ParenthesizedExpression)
        return;
    refuse(node,
        m_kind != ScriptKind::Module || owner != noNode
            ? QStringLiteral("await is only valid in async functions and the top level bodies of modules")
            : QStringLiteral("Unexpected reserved word"),
        true);
}

void SourceFacts::noteSuper(NodeIndex node)
{
    const NodeIndex member = m_tree[node].parent;
    NodeIndex home = member;
    while (home != noNode && m_tree[home].type != NodeType::MethodDefinition && m_tree[home].type != NodeType::FieldDefinition
        && m_tree[home].type != NodeType::ClassStaticBlock
        && (m_tree[home].type == NodeType::ArrowFunction || !isFunction(m_tree[home].type)))
        home = m_tree[home].parent;
    // Whether eval is called in a method nobody knows here.
    const bool isOutside = home == noNode && !isEval(m_kind);
    if (isOutside || (home != noNode && isPlainFunction(m_tree[home].type)))
        refuse(node, QStringLiteral("'super' keyword unexpected here"), true);
    const NodeIndex method = methodOfDistantSuper(node);
    if (method == noNode || m_tree[member].type == NodeType::CallExpression)
        return;
    FunctionFacts &facts = m_functions.at(method);
    facts.usesDistantSuper = true;
    const NodeType use = m_tree[m_tree[member].parent].type;
    if (m_tree[member].field == FieldName::Left && use == NodeType::AssignmentExpression)
        facts.setsDistantSuper = true;
    else if ((m_tree[member].field == FieldName::Left && use == NodeType::AugmentedAssignmentExpression)
        || use == NodeType::UpdateExpression)
        refuse(node,
            QStringLiteral("Calculating with a property of super in an arrow or async function is not supported by Loopscope's engine"),
            false);
}

NodeIndex SourceFacts::methodOfDistantSuper(NodeIndex node) const
{
    bool isDistant = false;
    NodeIndex inner = node;
    for (NodeIndex at = m_tree[node].parent; at != noNode; inner = at, at = m_tree[at].parent) {
        if (m_tree[at].type == NodeType::FieldDefinition || m_tree[at].type == NodeType::ClassStaticBlock)
            return noNode;
        const auto facts = m_functions.find(at);
        if (facts == m_functions.end())
            continue;
        isDistant |= facts->second.isAsync || facts->second.isArrow;
        if (facts->second.isArrow)
            continue;
        const bool isParameter = inner == m_tree.child(at, FieldName::Parameters) && !facts->second.isAsync;
        return isDistant && !isParameter ? at : noNode;
    }
    return noNode;
}

bool SourceFacts::isShadowed(NodeIndex declaration, QByteArrayView name) const
{
    const NodeIndex owner = m_owners[declaration];
    NodeIndex inner = m_tree[declaration].parent;
    for (NodeIndex at = m_tree[inner].parent; at != noNode && inner != owner; inner = at, at = m_tree[at].parent) {
        const SyntaxNode &node = m_tree[at];
        std::vector<QByteArrayView> names;
        if (isStatementList(node.type) || node.type == NodeType::ForStatement) {
            for (NodeIndex sibling = node.firstChild; sibling != noNode; sibling = m_tree[sibling].nextSibling) {
                if (declaresLexically(m_tree, sibling, name))
                    return true;
            }
        } else if (node.type == NodeType::ForInStatement) {
            collectNames(m_tree, m_tree.child(at, FieldName::Left), names);
        } else if (node.type == NodeType::CatchClause) {
            const NodeIndex parameter = m_tree.child(at, FieldName::Parameter);
            if (parameter != noNode && m_tree[parameter].type != NodeType::Identifier)
                collectNames(m_tree, parameter, names);
        } else if (isFunction(node.type)) {
            collectNames(m_tree, m_tree.child(at, FieldName::Parameters), names);
            collectNames(m_tree, m_tree.child(at, FieldName::Parameter), names);
        }
        if (std::find(names.begin(), names.end(), name) != names.end())
            return true;
        if (at == owner)
            break;
    }
    return false;
}

void SourceFacts::noteBlockFunction(NodeIndex node)
{
    const NodeIndex parent = m_tree[node].parent;
    const NodeIndex owner = m_owners[node];
    FunctionFacts &facts = m_functions.at(owner);
    const bool isInBody = m_tree[parent].type == NodeType::Program || m_tree[parent].type == NodeType::ExportStatement || parent == owner
        || (owner != noNode && m_tree[parent].parent == owner);
    if (isInBody || facts.isStrict || m_tree[parent].type == NodeType::LabeledStatement || m_functions.at(node).isAsync)
        return;
    const NodeIndex own = m_tree.child(node, FieldName::Name);
    if (own != noNode && !isShadowed(node, m_tree.textOf(own)))
        facts.blockFunctions.push_back({node, m_tree.textOf(own)});
}

void SourceFacts::noteVariables(NodeIndex node)
{
    FunctionFacts &facts = m_functions.at(m_owners[node]);
    if (!facts.isAsync)
        return;
    const SyntaxNode &at = m_tree[node];
    if (at.type == NodeType::FunctionDeclaration) {
        collectNames(m_tree, m_tree.child(node, FieldName::Name), facts.variables);
    } else if (at.type == NodeType::ForInStatement) {
        const NodeIndex kind = m_tree.child(node, FieldName::Kind);
        if (kind != noNode && m_tree.textOf(kind) == "var")
            collectNames(m_tree, m_tree.child(node, FieldName::Left), facts.variables);
    } else {
        for (NodeIndex child = at.firstChild; child != noNode; child = m_tree[child].nextSibling) {
            if (m_tree[child].type == NodeType::VariableDeclarator)
                collectNames(m_tree, m_tree.child(child, FieldName::Name), facts.variables);
        }
    }
}

} // namespace loopscope
