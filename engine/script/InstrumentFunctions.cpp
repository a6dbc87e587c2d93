// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Instrumenter.h"

#include <algorithm>

namespace loopscope {

namespace {
/// Puts a value back when a scope ends.
template<typename Value>
class Restore
{
public:
    explicit Restore(Value &value)
        : m_value(value)
        , m_saved(value)
    {
    }
    ~Restore() { m_value = m_saved; }
    Restore(const Restore &) = delete;
    Restore &operator=(const Restore &) = delete;

private:
    Value &m_value;
    Value m_saved;
};
} // namespace

void Instrumenter::visitFunction(NodeIndex node)
{
    const NodeIndex key = at(node).type == NodeType::MethodDefinition ? child(node, FieldName::Name) : noNode;
    if (key != noNode && at(key).type == NodeType::ComputedPropertyName) {
        // Evaluated outside of the method, but its modifiers come first: they are dealt with now.
        leaveOutAsync(node);
        leaveOutStar(node);
        visit(key);
    }
    const Restore restoreSite(m_functionSite);
    const Restore restoreFunction(m_function);
    const Restore restoreTemporaries(m_temporaries);
    m_temporaries = {};
    // `static` says where a method goes; its text begins behind it.
    const NodeIndex word = key == noNode ? noNode : m_tree.token(node, "static");
    const quint32 start = word == noNode || word == key ? at(node).start : at(at(word).nextSibling).start;
    const quint32 site = addSite(SiteKind::Function, start, at(node).end, functionName(node));
    m_functionSite = site;
    m_function = node;
    const NameScope scope(*this, NameScope::Kind::Function);
    addParameterNames(node);
    copyTo(at(node).start);
    const NodeIndex hiddenName = redeclaredName(node);
    if (hiddenName != noNode)
        insert(name("h.name("));
    leaveOutAsync(node);
    // Where `async` was left out, the function begins behind the gap.
    while (m_position < at(node).end && (m_tree.text()[m_position] == ' ' || m_tree.text()[m_position] == '\t'))
        copyTo(m_position + 1);
    m_functionMarks.push_back(
        {static_cast<quint32>(m_out.size()), site, ownerName(node), isClassConstructor(node), m_facts.function(node).isArrow});
    leaveOutStar(node);
    if (key != noNode && at(key).type == NodeType::PropertyIdentifier)
        visit(key); // `yield` must not stand there as it is
    if (hiddenName != noNode) {
        copyTo(at(hiddenName).start);
        skipTo(at(hiddenName).end);
    } else if (const NodeIndex own = child(node, FieldName::Name); own != noNode && key == noNode) {
        visitName(own);
    }
    if (m_facts.function(node).isAsync)
        visitAsyncFunction(node, site);
    else
        visitPlainBody(node, site);
    if (hiddenName != noNode) {
        copyTo(at(node).end);
        insert(",\"" + m_tree.textOf(hiddenName).toByteArray() + "\")");
    }
}

/// The name of a function expression whose body declares that name again with `let`, `const` or `class`, which V4 refuses; noNode
/// otherwise. Nothing but the body could have seen it, so the function goes without and gets its `name` by a helper.
NodeIndex Instrumenter::redeclaredName(NodeIndex function) const
{
    const NodeType type = at(function).type;
    if (type != NodeType::FunctionExpression && type != NodeType::GeneratorFunction)
        return noNode;
    const NodeIndex own = child(function, FieldName::Name);
    const NodeIndex body = child(function, FieldName::Body);
    if (own == noNode || body == noNode)
        return noNode;
    const auto isOwn = [&](NodeIndex node) { return node != noNode && m_tree.textOf(node) == m_tree.textOf(own); };
    for (NodeIndex statement = at(body).firstChild; statement != noNode; statement = at(statement).nextSibling) {
        if (at(statement).type == NodeType::ClassDeclaration && isOwn(child(statement, FieldName::Name)))
            return own;
        if (at(statement).type != NodeType::LexicalDeclaration)
            continue;
        for (NodeIndex part = at(statement).firstChild; part != noNode; part = at(part).nextSibling) {
            if (at(part).type == NodeType::VariableDeclarator && isOwn(child(part, FieldName::Name)))
                return own;
        }
    }
    return noNode;
}

/// The functions around the generators are plain ones.
void Instrumenter::leaveOutAsync(NodeIndex node)
{
    if (!m_facts.function(node).isAsync)
        return;
    if (const NodeIndex word = m_tree.token(node, "async"); word != noNode && m_position <= at(word).start) {
        copyTo(at(word).start);
        // After a field without semicolon, what remains must not join it.
        if (at(at(node).parent).type == NodeType::ClassBody && at(node).start == at(word).start)
            insert(";");
        skipTo(at(word).end);
    }
}

void Instrumenter::leaveOutStar(NodeIndex node)
{
    const FunctionFacts &facts = m_facts.function(node);
    if (!facts.isAsync || !facts.isGenerator)
        return;
    if (const NodeIndex star = m_tree.token(node, "*"); star != noNode && m_position <= at(star).start) {
        copyTo(at(star).start);
        insert(" "); // it may be all that stands between `function` and the name
        skipTo(at(star).end);
    }
}

void Instrumenter::visitParameters(NodeIndex node)
{
    for (const FieldName field : {FieldName::Parameters, FieldName::Parameter}) {
        if (const NodeIndex parameters = child(node, field); parameters != noNode) {
            visit(parameters);
            copyTo(at(parameters).end);
        }
    }
}

void Instrumenter::visitPlainBody(NodeIndex node, quint32 site)
{
    const NodeIndex body = child(node, FieldName::Body);
    if (hasFragileParameters(node))
        return visitFragileBody(node, site);
    visitParameters(node);
    if (at(body).type == NodeType::StatementBlock) {
        insertEntry(body, site, entryDeclarations(m_facts.function(node)));
        copyTo(at(body).end);
        return;
    }
    copyTo(at(body).start);
    const quint32 statement = addSite(SiteKind::Statement, at(body).start, at(body).end);
    insert('(' + mark("e", site) + ")," + mark("s", statement) + "),");
    visit(body);
    copyTo(at(body).end);
    insert(")");
}

/// V4 loses values when several patterns are among three or more parameters.
bool Instrumenter::hasFragileParameters(NodeIndex node) const
{
    const NodeIndex parameters = child(node, FieldName::Parameters);
    int count = 0;
    int patterns = 0;
    for (NodeIndex part = parameters == noNode ? noNode : at(parameters).firstChild; part != noNode; part = at(part).nextSibling) {
        if (!at(part).isNamed)
            continue;
        const NodeIndex target = at(part).type == NodeType::AssignmentPattern ? child(part, FieldName::Left) : part;
        ++count;
        patterns += at(target).type == NodeType::ObjectPattern || at(target).type == NodeType::ArrayPattern ? 1 : 0;
    }
    return count > 2 && patterns > 1;
}

/// Such parameters are taken apart in the body: `function f($p0,$p1){var [{a},{b},...c]=arguments; ...}`. Stand-ins keep the `length`.
void Instrumenter::visitFragileBody(NodeIndex node, quint32 site)
{
    const bool isArrow = m_facts.function(node).isArrow;
    const NodeIndex body = child(node, FieldName::Body);
    const NodeIndex parameters = child(node, FieldName::Parameters);
    const QByteArray forwarded = forwardedParameters(node, isArrow);
    copyTo(at(parameters).start);
    insert('(' + forwarded + (isArrow ? ")=>{var [" : "){var ["));
    skipTo(at(parameters).start + 1);
    visit(parameters);
    copyTo(at(parameters).end - 1);
    insert("]=" + (isArrow ? '[' + forwarded + ']' : QByteArray("arguments")) + ';');
    if (at(body).type == NodeType::StatementBlock) {
        skipTo(at(body).start + 1);
        insertEntry(body, site, entryDeclarations(m_facts.function(node)));
        copyTo(at(body).end);
        return;
    }
    skipTo(at(body).start);
    const quint32 statement = addSite(SiteKind::Statement, at(body).start, at(body).end);
    insert(mark("e", site) + ");" + mark("s", statement) + ");return ");
    visit(body);
    copyTo(at(body).end);
    insert("}");
}

/// Writes a body's directives, what the caller wants in front of the entry mark, and the statements up to the closing brace.
void Instrumenter::insertEntry(NodeIndex body, quint32 site, const QByteArray &before)
{
    copyTo(at(body).start + 1);
    const NodeIndex directive = SourceFacts::lastDirective(m_tree, body, nullptr);
    if (directive != noNode) {
        copyTo(at(directive).end);
        if (!m_out.endsWith(';'))
            insert(";");
    }
    insert(before + scopeDeclarations(body) + mark("e", site) + ");");
    m_temporaries.areThere = true;
    visitStatementList(body, directive);
    copyTo(at(body).end - 1);
    insert(temporaryDeclarations());
}

/// Variables a function needs beside its own: those that take over functions declared in blocks, and the way to `super` for async parts.
QByteArray Instrumenter::entryDeclarations(const FunctionFacts &facts) const
{
    QByteArray text;
    for (std::size_t index = 0; index < facts.blockFunctions.size(); ++index) {
        const QByteArray variable = facts.blockFunctions[index].name.toByteArray();
        const QByteArray value = name("v");
        text += "var " + variable + ";let " + name("b") + QByteArray::number(index) + '=' + value + "=>" + variable + '=' + value + ';';
    }
    // Called with the method's `this`, for V4 has none in an arrow's `super`.
    if (facts.usesDistantSuper)
        text += "const " + name("super") + '=' + name("k") + "=>super[" + name("k") + "];";
    if (facts.setsDistantSuper)
        text += "const " + name("superSet") + "=(" + name("k") + ',' + name("v") + ")=>super[" + name("k") + "]=" + name("v") + ';';
    return text;
}

/// What a body needs whose variables must not be seen from the parameters.
QByteArray Instrumenter::scopeDeclarations(NodeIndex body) const
{
    const ParameterScopes::Entry entry = m_parameterScopes.entryOf(body);
    QByteArray text;
    for (const QByteArray &parameter : entry.parameters)
        text += "var " + parameter + '=' + name("own_") + parameter + ';';
    for (const QByteArray &function : entry.functions)
        text += name("h.name(") + name("own_") + function + ",\"" + function + "\");";
    return text;
}

bool Instrumenter::hasSimpleParameters(NodeIndex node, std::vector<QByteArrayView> &names) const
{
    const NodeIndex single = child(node, FieldName::Parameter);
    if (single != noNode) {
        names.push_back(m_tree.textOf(single));
        return true;
    }
    const NodeIndex parameters = child(node, FieldName::Parameters);
    if (parameters == noNode)
        return true;
    for (NodeIndex parameter = at(parameters).firstChild; parameter != noNode; parameter = at(parameter).nextSibling) {
        if (!at(parameter).isNamed)
            continue;
        if (at(parameter).type != NodeType::Identifier)
            return false;
        names.push_back(m_tree.textOf(parameter));
    }
    return true;
}

/// Stand-ins that give the function its `length`; an arrow, which has no `arguments`, also takes the rest.
QByteArray Instrumenter::forwardedParameters(NodeIndex node, bool isArrow) const
{
    QByteArrayList names;
    const NodeIndex parameters = child(node, FieldName::Parameters);
    if (parameters != noNode) {
        for (NodeIndex parameter = at(parameters).firstChild; parameter != noNode; parameter = at(parameter).nextSibling) {
            if (!at(parameter).isNamed)
                continue;
            if (at(parameter).type == NodeType::AssignmentPattern || at(parameter).type == NodeType::RestPattern)
                break;
            names.append(name("p") + QByteArray::number(names.size()));
        }
    } else if (child(node, FieldName::Parameter) != noNode) {
        names.append(name("p0"));
    }
    if (isArrow)
        names.append("..." + name("r"));
    return names.join(',');
}

/// An async function becomes a plain one that gives a generator to `$h.async`:
///     function f(a) {$e(1); return $h.async(this,null,function*(){ ... });}
/// Parameters stay outside if they are plain names; others must be evaluated inside, where what they throw becomes a rejection.
void Instrumenter::visitAsyncFunction(NodeIndex node, quint32 site)
{
    const FunctionFacts &facts = m_facts.function(node);
    std::vector<QByteArrayView> names;
    bool isOutside = hasSimpleParameters(node, names);
    // A variable of the generator would hide the parameter whose value it should start with.
    for (const QByteArrayView variable : facts.variables)
        isOutside = isOutside && std::find(names.begin(), names.end(), variable) == names.end();

    FunctionFacts outer = facts; // what belongs in front of the generator, and what inside
    outer.blockFunctions.clear();
    FunctionFacts inner = facts;
    inner.usesDistantSuper = inner.setsDistantSuper = false;
    const QByteArray call = name(facts.isGenerator ? "h.asyncGenerator(this," : "h.async(this,");
    const NodeIndex body = child(node, FieldName::Body);
    const bool isBlock = at(body).type == NodeType::StatementBlock;
    if (isOutside) {
        visitParameters(node);
        const QByteArray opening = call + (facts.usesArguments ? "arguments" : "null") + ",function*()";
        return visitAsyncBody(node, site, opening);
    }
    const NodeIndex single = child(node, FieldName::Parameter);
    const NodeIndex parameters = single != noNode ? single : child(node, FieldName::Parameters);
    const QByteArray forwarded = forwardedParameters(node, facts.isArrow);
    copyTo(at(parameters).start);
    const bool keepsArguments = facts.isArrow && facts.usesArguments;
    // Where the generator cannot have the parameters itself, its body takes them apart.
    const bool isInBody = keepsArguments || hasFragileParameters(node);
    const QByteArray values = facts.isArrow ? '[' + forwarded + ']' : QByteArray("arguments");
    if (facts.isArrow)
        insert('(' + forwarded + ")=>" + call + (keepsArguments ? QByteArray("arguments") : values) + ",function*");
    else
        insert('(' + forwarded + "){" + entryDeclarations(outer) + "return " + call + "arguments,function*");
    if (isInBody) {
        insert(facts.isArrow ? "(){let [" : "(){var [");
        if (single == noNode)
            skipTo(at(parameters).start + 1);
    } else if (single != noNode) {
        insert("(");
    }
    visit(parameters);
    if (isInBody) {
        copyTo(single != noNode ? at(parameters).end : at(parameters).end - 1);
        insert("]=" + values + ';');
    } else {
        copyTo(at(parameters).end);
        if (single != noNode)
            insert(")");
    }
    if (isBlock) {
        if (facts.isArrow || isInBody)
            skipTo(at(body).start + (isInBody ? 1 : 0));
        insertEntry(body, site, entryDeclarations(inner));
        copyTo(at(body).end);
    } else {
        skipTo(at(body).start);
        const quint32 statement = addSite(SiteKind::Statement, at(body).start, at(body).end);
        insert((isInBody ? QByteArray() : QByteArray("{")) + mark("e", site) + ");" + mark("s", statement) + ");return ");
        visit(body);
        copyTo(at(body).end);
        insert("}");
    }
    insert(facts.isArrow ? ")" : ")}");
}

void Instrumenter::visitAsyncBody(NodeIndex node, quint32 site, const QByteArray &opening)
{
    const NodeIndex body = child(node, FieldName::Body);
    if (at(body).type == NodeType::StatementBlock) {
        // Directives stay with the outer function, and so reach the generator too.
        copyTo(at(body).start + 1);
        const NodeIndex directive = SourceFacts::lastDirective(m_tree, body, nullptr);
        if (directive != noNode) {
            copyTo(at(directive).end);
            if (!m_out.endsWith(';'))
                insert(";");
        }
        FunctionFacts outer = m_facts.function(node);
        outer.blockFunctions.clear();
        FunctionFacts inner = m_facts.function(node);
        inner.usesDistantSuper = inner.setsDistantSuper = false;
        insert(entryDeclarations(outer) + "return " + opening);
        insert('{' + entryDeclarations(inner) + mark("e", site) + ");");
        m_temporaries.areThere = true;
        visitStatementList(body, directive);
        copyTo(at(body).end - 1);
        insert(temporaryDeclarations());
        copyTo(at(body).end);
        insert(");}");
        return;
    }
    copyTo(at(body).start);
    const quint32 statement = addSite(SiteKind::Statement, at(body).start, at(body).end);
    insert(opening);
    insert('{' + mark("e", site) + ");" + mark("s", statement) + ");return ");
    visit(body);
    copyTo(at(body).end);
    insert("})");
}

/// A field's value is evaluated in a function of its own.
void Instrumenter::visitField(NodeIndex node)
{
    const Restore restoreTemporaries(m_temporaries);
    m_temporaries = {};
    visitChildren(node);
}

void Instrumenter::visitClassMembers(NodeIndex body)
{
    for (NodeIndex member = at(body).firstChild; member != noNode; member = at(member).nextSibling)
        visit(member);
}

QString Instrumenter::propertyName(NodeIndex key) const
{
    if (key == noNode)
        return {};
    const QByteArrayView text = m_tree.textOf(key);
    if (at(key).type == NodeType::String)
        return QString::fromUtf8(text.sliced(1, text.size() - 2));
    return QString::fromUtf8(text);
}

QString Instrumenter::functionName(NodeIndex node) const
{
    const NodeIndex own = child(node, FieldName::Name);
    if (at(node).type == NodeType::ClassStaticBlock)
        return QStringLiteral("<static_initializer>");
    if (at(node).type != NodeType::MethodDefinition)
        return own != noNode ? QString::fromUtf8(m_tree.textOf(own)) : inferredName(node);
    const QString name = propertyName(own);
    for (const auto &[word, prefix] : {std::pair{"get", "get "}, std::pair{"set", "set "}}) {
        if (const NodeIndex token = m_tree.token(node, word); token != noNode && token != own)
            return QLatin1String(prefix) + name;
    }
    return isClassConstructor(node) ? ownerName(node) : name;
}

bool Instrumenter::isClassConstructor(NodeIndex node) const
{
    return at(node).type == NodeType::MethodDefinition && at(at(node).parent).type == NodeType::ClassBody
        && m_tree.token(node, "static") == noNode && propertyName(child(node, FieldName::Name)) == QLatin1String("constructor");
}

/// What a method is called on, going by its source: the name of its class, or Object.
QString Instrumenter::ownerName(NodeIndex node) const
{
    if (at(node).type != NodeType::MethodDefinition)
        return {};
    const NodeIndex body = at(node).parent;
    if (at(body).type != NodeType::ClassBody)
        return QStringLiteral("Object");
    const NodeIndex owner = at(body).parent;
    const NodeIndex name = child(owner, FieldName::Name);
    return name != noNode ? QString::fromUtf8(m_tree.textOf(name)) : inferredName(owner);
}

/// The name that an anonymous function or class takes from what it is assigned to.
QString Instrumenter::inferredName(NodeIndex node) const
{
    NodeIndex value = node;
    NodeIndex parent = at(value).parent;
    while (at(parent).type == NodeType::ParenthesizedExpression) {
        value = parent;
        parent = at(value).parent;
    }
    NodeIndex target = noNode;
    switch (at(parent).type) {
    case NodeType::VariableDeclarator:
        target = child(parent, FieldName::Name);
        break;
    case NodeType::AssignmentExpression:
    case NodeType::AugmentedAssignmentExpression:
    case NodeType::AssignmentPattern:
        target = child(parent, FieldName::Left);
        break;
    case NodeType::ObjectAssignmentPattern:
        target = at(parent).firstChild;
        break;
    case NodeType::Pair:
        return value == child(parent, FieldName::Value) ? propertyName(child(parent, FieldName::Key)) : QString();
    case NodeType::FieldDefinition:
        return value == child(parent, FieldName::Value) ? propertyName(child(parent, FieldName::Property)) : QString();
    case NodeType::ExportStatement:
        return QStringLiteral("default");
    default:
        return {};
    }
    if (target == noNode || target == value)
        return {};
    switch (at(target).type) {
    case NodeType::Identifier:
    case NodeType::ShorthandPropertyIdentifierPattern:
        return QString::fromUtf8(m_tree.textOf(target));
    case NodeType::MemberExpression: { // as V8 shows it in stack traces
        QString path = QString::fromUtf8(m_tree.textOf(target));
        if (path.size() > 80)
            return propertyName(child(target, FieldName::Property));
        if (path.startsWith(QLatin1String("this.")))
            path.remove(0, 5);
        return path.replace(QLatin1String(".prototype."), QLatin1String("."));
    }
    default:
        return {};
    }
}

} // namespace loopscope
