// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/Instrumenter.h"

#include <algorithm>

namespace loopscope {

QByteArray quotedForScript(QByteArrayView text)
{
    QByteArray quoted("\"");
    for (const char character : text) {
        switch (character) {
        case '"':
        case '\\':
            quoted += '\\';
            quoted += character;
            break;
        case '\n':
            quoted += "\\n";
            break;
        case '\r':
            quoted += "\\r";
            break;
        default:
            quoted += character;
        }
    }
    return quoted + '"';
}

/// A parameter that is read before it is bound becomes a call that throws; a variable may be named otherwise.
void Instrumenter::visitName(NodeIndex node)
{
    const QByteArray text = m_tree.textOf(node).toByteArray();
    const bool isDead = m_facts.isDeadName(node);
    const bool isRenamed = m_parameterScopes.isRenamed(node);
    const bool isEarly = m_order.isReadTooLate(node);
    if (!isDead && !isRenamed && !isEarly && m_namedValues.count(node) == 0 && (text != "yield" || !m_facts.renamesYield()))
        return;
    copyTo(at(node).start);
    if (m_namedValues.erase(node) > 0) {
        insert(text + ':' + helper("keepName") + '('
            + (isRenamed     ? name("own_") + text
                    : isDead ? name("h.deadName(") + quotedForScript(text) + ')'
                             : text)
            + ')');
        skipTo(at(node).end);
        return;
    }
    if (isEarly) { // a value of its own, whatever becomes of the variable
        insert('(' + name("h?") + writtenText(node) + ":0)");
        skipTo(at(node).end);
        return;
    }
    if (at(node).type != NodeType::Identifier)
        insert(text + ':');
    insert(isDead ? name("h.deadName(") + quotedForScript(text) + ')' : isRenamed ? name("own_") + text : name("yield"));
    skipTo(at(node).end);
}

/// A site for every call, at the column V8 reports: the last name of the callee, or the opening parenthesis if the callee ends otherwise.
void Instrumenter::visitCall(NodeIndex node)
{
    const bool isNew = at(node).type == NodeType::NewExpression;
    const NodeIndex callee = child(node, isNew ? FieldName::Constructor : FieldName::Function);
    const NodeIndex arguments = child(node, FieldName::Arguments);
    if (callee == noNode)
        return visitChildren(node);
    if (at(callee).type == NodeType::Import)
        return visitImportCall(node);
    const bool isOptional = m_tree.child(node, NodeType::OptionalChain) != noNode;
    const NodeIndex called = withoutParentheses(callee);
    if (!isNew && !isOptional && at(called).type == NodeType::Identifier && m_tree.textOf(called) == "eval" && arguments != noNode
        && at(arguments).type == NodeType::Arguments)
        return visitEval(node, arguments);
    if (!isNew)
        m_plainValue = referenceWithin(callee);

    NodeIndex last = callee;
    if (at(callee).type == NodeType::MemberExpression)
        last = child(callee, FieldName::Property);
    const NodeType lastType = at(last).type;
    const bool isName = lastType == NodeType::Identifier || lastType == NodeType::PropertyIdentifier || lastType == NodeType::Super;
    const QString calleeName = isName || lastType == NodeType::PrivatePropertyIdentifier ? propertyName(last) : QString();
    const quint32 start = isNew ? at(node).start : (isName || arguments == noNode ? at(last).start : at(arguments).start);
    addSite(SiteKind::Call, start, at(node).end, calleeName);

    if (!isNew && isSuperMember(callee) && arguments != noNode && at(arguments).type == NodeType::Arguments) {
        insertSuper(callee, "super(");
        insert(").call");
        copyTo(at(arguments).start + 1);
        const bool hasArguments = at(at(arguments).firstChild).nextSibling != m_tree.lastChild(arguments);
        insert(hasArguments ? "this," : "this");
        return visitChildren(arguments);
    }
    visitChildren(node);
}

/// `eval(text)` becomes `($op_eval?$op_eval(eval,isStrict,$import,text):eval())`: the text is compiled as files are. The second call never
/// happens; it tells V4 to keep variables where eval finds them.
void Instrumenter::visitEval(NodeIndex node, NodeIndex arguments)
{
    addSite(SiteKind::Call, at(node).start, at(node).end, QStringLiteral("eval"));
    copyTo(at(node).start);
    const QByteArray evaluate = helper("eval");
    const bool hasArguments = at(at(arguments).firstChild).nextSibling != m_tree.lastChild(arguments);
    insert(
        '(' + evaluate + '?' + evaluate + "(eval," + (isStrictAt(node) ? "true," : "false,") + name("import") + (hasArguments ? "," : ""));
    skipTo(at(arguments).start + 1);
    visitChildren(arguments);
    copyTo(at(arguments).end);
    insert(":eval())");
}

/// The part of a callee like `(0, object.method)` that V4 takes for a reference, so that it calls the method on the object (and eval
/// directly). What is no function cannot be called anyway: `||void 0` makes a plain value of it. noNode: there is no such part.
NodeIndex Instrumenter::referenceWithin(NodeIndex callee) const
{
    NodeIndex node = withoutParentheses(callee);
    const bool isLogical = at(node).type == NodeType::BinaryExpression && m_tree.textOf(child(node, FieldName::Operator)) == "&&";
    if (isLogical)
        return node;
    if (at(node).type != NodeType::SequenceExpression)
        return noNode;
    while (at(node).type == NodeType::SequenceExpression)
        node = withoutParentheses(m_tree.lastChild(node));
    const NodeType type = at(node).type;
    return type == NodeType::MemberExpression || type == NodeType::SubscriptExpression || type == NodeType::Identifier ? node : noNode;
}

void Instrumenter::visitImportCall(NodeIndex node)
{
    const NodeIndex arguments = child(node, FieldName::Arguments);
    const quint32 site = addSite(SiteKind::Call, at(node).start, at(node).end, QStringLiteral("import"));
    copyTo(at(node).start);
    insert(name("import"));
    skipTo(at(child(node, FieldName::Function)).end);
    bool isFirst = true;
    for (NodeIndex argument = at(arguments).firstChild; argument != noNode; argument = at(argument).nextSibling) {
        visit(argument);
        copyTo(at(argument).end);
        if (at(argument).isNamed && isFirst) {
            insert(',' + QByteArray::number(m_firstSite + site));
            isFirst = false;
        }
    }
}

bool Instrumenter::isSuperMember(NodeIndex node) const
{
    const NodeType type = at(node).type;
    return (type == NodeType::MemberExpression || type == NodeType::SubscriptExpression) && at(at(node).firstChild).type == NodeType::Super
        && m_facts.methodOfDistantSuper(at(node).firstChild) != noNode;
}

/// `super.x` as far as `$super("x"`; `opening` is what comes before the key.
void Instrumenter::insertSuper(NodeIndex node, const char *opening)
{
    copyTo(at(node).start);
    insert(name(opening));
    if (at(node).type == NodeType::MemberExpression) {
        insert(quotedForScript(m_tree.textOf(child(node, FieldName::Property))));
    } else {
        const NodeIndex index = child(node, FieldName::Index);
        skipTo(at(index).start);
        visit(index);
        copyTo(at(index).end);
    }
    skipTo(at(node).end);
}

/// `super.x` in an arrow function or in the generator of an async function becomes `$super.call(this,"x")`.
void Instrumenter::visitSuperMember(NodeIndex node)
{
    insertSuper(node, "super.call(this,");
    insert(")");
}

/// V4 does not see that a function uses the variables that it only assigns to by a pattern, `[a, b] = c`: it then writes to others of the
/// same names. So they are mentioned where nothing runs, in front of the value: `$h||(a,b),`. Empty if the target is no pattern with
/// variables.
QByteArray Instrumenter::mentionOfTargets(NodeIndex target) const
{
    if (target == noNode || (at(target).type != NodeType::ObjectPattern && at(target).type != NodeType::ArrayPattern))
        return {};
    std::vector<QByteArrayView> names;
    SourceFacts::collectNames(m_tree, target, names);
    QByteArray list;
    for (const QByteArrayView name : names)
        list += (list.isEmpty() ? "" : ",") + name.toByteArray();
    return list.isEmpty() ? list : name("h") + "||(" + list + "),";
}

/// `super.x = v` there becomes `$superSet.call(this,"x",v)`.
void Instrumenter::visitAssignment(NodeIndex node)
{
    const NodeIndex target = child(node, FieldName::Left);
    const NodeIndex value = child(node, FieldName::Right);
    if (const QByteArray mention = mentionOfTargets(target); !mention.isEmpty()) {
        visit(target);
        copyTo(at(value).start);
        insert('(' + mention);
        visit(value);
        copyTo(at(value).end);
        return insert(")");
    }
    if (target == noNode || !isSuperMember(target))
        return visitChildren(node);
    insertSuper(target, "superSet.call(this,");
    insert(",");
    skipTo(at(value).start);
    visit(value);
    copyTo(at(value).end);
    insert(")");
}

void Instrumenter::visitAwait(NodeIndex node)
{
    const NodeIndex operand = m_tree.lastChild(node);
    const NodeIndex owner = m_facts.functionAround(node);
    const FunctionFacts &facts = owner == noNode ? m_facts.file() : m_facts.function(owner);
    if (!facts.isAsync)
        return visitChildren(node); // a call of a function named await
    copyTo(at(node).start);
    openAwait(at(node).start, at(node).end);
    skipTo(at(at(node).firstChild).end);
    visit(operand);
    copyTo(at(operand).end);
    closeAwait();
}

void Instrumenter::visitYield(NodeIndex node)
{
    const NodeIndex owner = m_facts.functionAround(node);
    const NodeIndex star = m_tree.token(node, "*");
    const NodeIndex operand = m_tree.lastChild(node);
    if (star == noNode || owner == noNode || !m_facts.function(owner).isAsync)
        return visitChildren(node);
    copyTo(at(star).end);
    insert(' ' + name("h.yieldStar("));
    visit(operand);
    copyTo(at(operand).end);
    insert(")");
}

/// Object spread, from left to right: `{a, ...b, c}` becomes `$h.spreadProps($h.spreadValues({a,}, b),{ c})`.
/// `__proto__: value`, which V4 takes for a plain property, is set right by `$h.withPrototype`.
/// V4 gives every function that stands behind a method, an accessor or a computed key in a literal the name of its property, even one that
/// has a name: `{m() {}, key: existing}`. Notes the values that must keep theirs; true if there are any.
bool Instrumenter::noteNamedValues(NodeIndex object)
{
    bool isNoted = false;
    bool isSlow = false; // V4 has two ways to make the properties of a literal
    for (NodeIndex member = at(object).firstChild; member != noNode; member = at(member).nextSibling) {
        NodeIndex value = noNode;
        switch (at(member).type) {
        case NodeType::SpreadElement: // another literal follows
            isSlow = false;
            continue;
        case NodeType::MethodDefinition:
            isSlow = true;
            continue;
        case NodeType::ShorthandPropertyIdentifier:
            value = member;
            break;
        case NodeType::Pair: {
            const NodeType key = at(child(member, FieldName::Key)).type;
            isSlow |= key == NodeType::ComputedPropertyName || key == NodeType::Number;
            value = child(member, FieldName::Value);
            break;
        }
        default:
            continue;
        }
        if (isSlow && mayBeNamedFunction(value)) {
            m_namedValues.insert(value);
            isNoted = true;
        }
    }
    return isNoted;
}

bool Instrumenter::mayBeNamedFunction(NodeIndex expression) const
{
    const NodeIndex node = withoutParentheses(expression);
    switch (at(node).type) {
    case NodeType::Identifier:
    case NodeType::ShorthandPropertyIdentifier:
        return m_tree.textOf(node) != "undefined";
    case NodeType::MemberExpression:
    case NodeType::SubscriptExpression:
    case NodeType::CallExpression:
    case NodeType::TernaryExpression:
    case NodeType::AssignmentExpression:
    case NodeType::SequenceExpression:
    case NodeType::AwaitExpression:
    case NodeType::YieldExpression:
        return true;
    case NodeType::BinaryExpression: {
        const QByteArrayView sign = m_tree.textOf(child(node, FieldName::Operator));
        return sign == "&&" || sign == "||" || sign == "?\?";
    }
    case NodeType::FunctionExpression:
    case NodeType::GeneratorFunction:
    case NodeType::Class:
        return child(node, FieldName::Name) != noNode;
    default:
        return false;
    }
}

/// `{m() {}, key: f}` becomes `$op_restoreNames($op_markNames(),{m() {}, key: $op_keepName(f)})` where V4 would name f anew.
void Instrumenter::visitObject(NodeIndex node)
{
    if (!noteNamedValues(node))
        return visitObjectParts(node);
    copyTo(at(node).start);
    insert(helper("restoreNames") + '(' + helper("markNames") + "(),");
    visitObjectParts(node);
    copyTo(at(node).end);
    insert(")");
}

void Instrumenter::visitObjectParts(NodeIndex node)
{
    QByteArray openings; // the calls nest with the last part outermost
    bool setsPrototype = false;
    bool isBehindSpread = false;
    for (NodeIndex member = at(node).firstChild; member != noNode; member = at(member).nextSibling) {
        if (at(member).type == NodeType::SpreadElement) {
            openings.prepend(name("h.spreadValues("));
            isBehindSpread = true;
        } else if (at(member).isNamed) {
            if (isBehindSpread)
                openings.prepend(name("h.spreadProps("));
            isBehindSpread = false;
            if (openings.isEmpty() && at(member).type == NodeType::Pair) {
                const NodeIndex key = child(member, FieldName::Key);
                setsPrototype |= at(key).type != NodeType::ComputedPropertyName && propertyName(key) == QLatin1String("__proto__");
            }
        }
    }
    if (openings.isEmpty() && !setsPrototype)
        return visitChildren(node);

    copyTo(at(node).start);
    insert(openings + (setsPrototype ? name("h.withPrototype(") : QByteArray()));
    copyTo(at(node).start + 1);
    QByteArray closing = setsPrototype ? "})" : "}"; // of the literal part being written; empty between parts
    for (NodeIndex member = at(node).firstChild; member != noNode; member = at(member).nextSibling) {
        if (at(member).type == NodeType::SpreadElement) {
            copyTo(at(member).start);
            insert(closing + ',');
            closing.clear();
            const NodeIndex value = m_tree.lastChild(member);
            skipTo(at(value).start);
            visit(value);
            copyTo(at(value).end);
            insert(")");
        } else if (at(member).isNamed) {
            copyTo(at(member).start);
            if (closing.isEmpty()) {
                insert(",{");
                closing = "})";
            }
            visit(member);
            copyTo(at(member).end);
        } else if (closing.isEmpty() && m_tree.textOf(member) == ",") {
            copyTo(at(member).start);
            skipTo(at(member).end);
        }
    }
    copyTo(at(node).end - 1);
    skipTo(at(node).end);
    insert(closing);
}

/// `a ??= b` becomes `(a ?? (a = b))`; the target is one that may be written twice, other files go through esbuild.
void Instrumenter::visitLogicalAssignment(NodeIndex node)
{
    const NodeIndex target = child(node, FieldName::Left);
    const NodeIndex sign = child(node, FieldName::Operator);
    const NodeIndex value = child(node, FieldName::Right);
    const QByteArrayView text = sign == noNode ? QByteArrayView() : m_tree.textOf(sign);
    if ((text != "?\?=" && text != "||=" && text != "&&=") || !SourceFacts::isRepeatable(m_tree, target))
        return visitChildren(node);
    copyTo(at(node).start);
    insert("(");
    copyTo(at(sign).end - 1);
    insert('(' + writtenText(target) + '=');
    m_position = at(sign).end;
    visit(value);
    copyTo(at(value).end);
    insert("))");
}

bool Instrumenter::isTagged(NodeIndex templateString) const { return at(at(templateString).parent).type == NodeType::CallExpression; }

bool Instrumenter::holdsFunction(NodeIndex node) const
{
    if (SourceFacts::isFunction(at(node).type) || at(node).type == NodeType::ClassBody)
        return true;
    for (NodeIndex child = at(node).firstChild; child != noNode; child = at(child).nextSibling) {
        if (holdsFunction(child))
            return true;
    }
    return false;
}

/// V4 looks twice at functions in the second and further substitutions of a template, and then finds their `let` and `const` declared
/// twice. Such a template becomes several with one substitution each: `a${b}`.concat(`c${d}`).
void Instrumenter::visitTemplate(NodeIndex node)
{
    bool isSplit = false;
    NodeIndex previous = noNode;
    for (NodeIndex part = at(node).firstChild; part != noNode && !isTagged(node); part = at(part).nextSibling) {
        if (at(part).type != NodeType::TemplateSubstitution)
            continue;
        isSplit |= previous != noNode && holdsFunction(part);
        previous = part;
    }
    if (!isSplit)
        return visitChildren(node);
    QByteArray joint = "`.concat(`"; // a sum esbuild would put together again
    previous = noNode;
    for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling) {
        if (at(part).type != NodeType::TemplateSubstitution)
            continue;
        if (previous != noNode) {
            copyTo(at(previous).end);
            insert(joint);
            joint = "`,`";
        }
        visit(part);
        previous = part;
    }
    copyTo(at(node).end);
    insert(")");
}

void Instrumenter::visitNumber(NodeIndex node)
{
    const QByteArrayView text = m_tree.textOf(node);
    if (text.endsWith('n'))
        return visitBigLiteral(node);
    const bool isLegacy = text.size() > 1 && text[0] == '0' && text[1] >= '0' && text[1] <= '9';
    if (!isLegacy && !text.contains('_'))
        return;
    QByteArray plain = text.toByteArray();
    plain.replace("_", "");
    if (isLegacy) {
        const bool isOctal = std::all_of(plain.cbegin(), plain.cend(), [](char digit) { return digit >= '0' && digit <= '7'; });
        plain.remove(0, 1);
        if (isOctal)
            plain.prepend("0o");
        while (!isOctal && plain.size() > 1 && plain.startsWith('0'))
            plain.remove(0, 1);
    }
    copyTo(at(node).start);
    insert(plain);
    skipTo(at(node).end);
}

/// V4 knows no octal escapes; they become \xHH.
void Instrumenter::visitString(NodeIndex node)
{
    for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling) {
        if (at(part).type != NodeType::EscapeSequence)
            continue;
        const QByteArrayView text = m_tree.textOf(part);
        if (text.size() < 2 || text[1] < '0' || text[1] > '7')
            continue;
        // As many digits as make a value below 256; the grammar may have stopped earlier.
        qsizetype digits = 1;
        const char *first = text.data() + 1;
        const qsizetype most = text[1] <= '3' ? 3 : 2;
        while (digits < most && first[digits] >= '0' && first[digits] <= '7')
            ++digits;
        if (digits == 1 && text[1] == '0' && first[1] != '8' && first[1] != '9')
            continue;
        const int value = QByteArray(first, digits).toInt(nullptr, 8);
        copyTo(at(part).start);
        insert("\\x" + QByteArray::number(value, 16).rightJustified(2, '0'));
        m_position = at(part).start + 1 + static_cast<quint32>(digits);
    }
}

/// What V4's regular expressions cannot do (look-behind, named groups, flags d, s, u and v) is made by the runtime. With the flag u, V4
/// finds nothing but at the start.
void Instrumenter::visitRegex(NodeIndex node)
{
    const NodeIndex flags = m_tree.child(node, NodeType::RegexFlags);
    const NodeIndex pattern = m_tree.child(node, NodeType::RegexPattern);
    if (pattern == noNode)
        return;
    const QByteArrayView source = m_tree.textOf(pattern);
    const QByteArrayView options = flags == noNode ? QByteArrayView() : m_tree.textOf(flags);
    const bool isBeyond = options.contains('s') || options.contains('d') || options.contains('u') || options.contains('v')
        || source.contains("(?<") || source.contains("\\k<");
    if (!isBeyond)
        return;
    copyTo(at(node).start);
    insert(name("h.regexp(") + quotedForScript(source) + ',' + quotedForScript(options) + ')');
    skipTo(at(node).end);
}

} // namespace loopscope
