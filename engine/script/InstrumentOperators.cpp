// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Operators on what may be a BigInt, which V4's instructions do not know: `a + b` becomes `$op_add(a,b)`. docs/decisions/bigint.md has the
// forms. Files without BigInts do not come here.

#include "script/Instrumenter.h"

#include <array>
#include <string_view>

namespace loopscope {

namespace {

struct NamedOperator
{
    std::string_view sign;
    const char *name;
};

constexpr std::array binaryOperators{NamedOperator{"+", "add"}, NamedOperator{"-", "sub"}, NamedOperator{"*", "mul"},
    NamedOperator{"/", "div"}, NamedOperator{"%", "rem"}, NamedOperator{"**", "pow"}, NamedOperator{"<<", "shl"},
    NamedOperator{">>", "shr"}, NamedOperator{">>>", "ushr"}, NamedOperator{"&", "and"}, NamedOperator{"|", "or"},
    NamedOperator{"^", "xor"}, NamedOperator{"<", "lt"}, NamedOperator{">", "gt"}, NamedOperator{"<=", "le"}, NamedOperator{">=", "ge"},
    NamedOperator{"==", "eq"}, NamedOperator{"!=", "eq"}, NamedOperator{"instanceof", "instanceOf"}};

/// The name of a binary operator's function; nullptr if V4's own will do.
const char *nameOf(QByteArrayView sign)
{
    for (const NamedOperator &known : binaryOperators) {
        if (sign == QByteArrayView(known.sign.data(), static_cast<qsizetype>(known.sign.size())))
            return known.name;
    }
    return nullptr;
}

bool isNullish(QByteArrayView text) { return text == "null" || text == "undefined"; }

} // namespace

/// The name of an operator's function in the code; the file's head declares it.
QByteArray Instrumenter::bigOperator(const char *operation)
{
    if (!m_bigOperators.contains(operation))
        m_bigOperators.append(operation);
    return name("op_") + operation;
}

/// The name of a helper's function in the code; the file's head declares it.
QByteArray Instrumenter::helper(const char *operation)
{
    if (!m_helpers.contains(operation))
        m_helpers.append(operation);
    return name("op_") + operation;
}

QByteArray Instrumenter::operatorHead() const
{
    QByteArrayList names;
    for (const QByteArray &operation : m_bigOperators)
        names.append(operation + ':' + name("op_") + operation);
    QByteArray head;
    for (const QByteArray &helper : m_helpers)
        head += "const " + name("op_") + helper + " = " + name("h.") + helper + "; ";
    if (!names.isEmpty())
        head += "const {" + names.join(',') + "} = " + name("h.bigInt") + "; ";
    for (qsizetype index = 0; index < m_bigLiterals.size(); ++index)
        head += "const " + name("op_n") + QByteArray::number(index) + " = " + name("h.bigInt.parse(\"") + m_bigLiterals[index] + "\"); ";
    return head;
}

void Instrumenter::visitBigLiteral(NodeIndex node)
{
    QByteArray text = m_tree.textOf(node).toByteArray();
    text.chop(1);
    text.replace("_", "");
    qsizetype index = m_bigLiterals.indexOf(text);
    if (index < 0) {
        index = m_bigLiterals.size();
        m_bigLiterals.append(text);
    }
    const NodeType parent = at(at(node).parent).type;
    const FieldName field = at(node).field;
    const bool isKey = (parent == NodeType::Pair && field == FieldName::Key) || (parent == NodeType::PairPattern && field == FieldName::Key)
        || (parent == NodeType::MethodDefinition && field == FieldName::Name)
        || (parent == NodeType::FieldDefinition && field == FieldName::Property);
    const QByteArray constant = name("op_n") + QByteArray::number(index);
    copyTo(at(node).start);
    insert(isKey ? '[' + constant + ']' : constant);
    skipTo(at(node).end);
}

/// An expression inside a template literal. V4 would ask an object for its default value, not for its text.
void Instrumenter::visitSubstitution(NodeIndex node)
{
    NodeIndex expression = at(node).firstChild;
    const auto isComment = [this](NodeIndex part) { return m_tree.textOf(part).startsWith("/*") || m_tree.textOf(part).startsWith("//"); };
    while (expression != noNode && (!at(expression).isNamed || isComment(expression)))
        expression = at(expression).nextSibling;
    if (expression == noNode || isPrimitive(expression))
        return visitChildren(node);
    const bool isSequence = at(expression).type == NodeType::SequenceExpression;
    copyTo(at(expression).start);
    insert(helper("text") + (isSequence ? "((" : "("));
    visit(expression);
    copyTo(at(expression).end);
    insert(isSequence ? "))" : ")");
}

/// True if a template literal can take an expression as it is.
bool Instrumenter::isPrimitive(NodeIndex expression) const
{
    if (mayBeBigInt(expression))
        return false;
    switch (at(expression).type) {
    case NodeType::String:
    case NodeType::Number:
    case NodeType::TemplateString:
    case NodeType::UnaryExpression:
    case NodeType::UpdateExpression:
        return true;
    case NodeType::BinaryExpression: {
        const QByteArrayView sign = m_tree.textOf(child(expression, FieldName::Operator));
        return sign != "&&" && sign != "||" && sign != "?\?";
    }
    case NodeType::MemberExpression:
        return m_tree.textOf(child(expression, FieldName::Property)) == "length";
    default:
        return false;
    }
}

/// Writes a call of an operator with one operand.
void Instrumenter::visitWrapped(const char *operation, NodeIndex operand)
{
    copyTo(at(operand).start);
    insert(bigOperator(operation) + '(');
    visit(operand);
    copyTo(at(operand).end);
    insert(")");
}

/// An expression of which only the truth matters.
void Instrumenter::visitCondition(NodeIndex node)
{
    if (!m_bigInts || m_tree.textOf(node) == ";") // the second takes the place of a condition in `for (;;)`
        return visit(node);
    const NodeType type = at(node).type;
    const NodeIndex sign = child(node, FieldName::Operator);
    if (type == NodeType::ParenthesizedExpression || type == NodeType::ExpressionStatement) {
        for (NodeIndex part = at(node).firstChild; part != noNode; part = at(part).nextSibling) {
            if (at(part).isNamed)
                visitCondition(part);
        }
    } else if (type == NodeType::SequenceExpression) {
        const NodeIndex last = m_tree.lastChild(node);
        for (NodeIndex part = at(node).firstChild; part != last; part = at(part).nextSibling)
            visit(part);
        visitCondition(last);
    } else if (type == NodeType::BinaryExpression && (m_tree.textOf(sign) == "&&" || m_tree.textOf(sign) == "||")) {
        visitCondition(child(node, FieldName::Left));
        visitCondition(child(node, FieldName::Right));
    } else if (mayBeBigInt(node)) {
        visitWrapped("truth", node);
    } else {
        visit(node);
    }
}

void Instrumenter::visitBinary(NodeIndex node)
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    const QByteArrayView text = m_tree.textOf(sign);
    if (text == "*" && !mayBeBigInt(left) && !mayBeBigInt(right))
        return visitProduct(node);
    if (text == "instanceof" && !mayBeBigInt(left))
        return visitInstanceof(node);
    if (!m_bigInts)
        return visitChildren(node);
    if (text == "&&")
        return visitConjunction(node);
    if (text == "||") {
        if (mayBeBigInt(left))
            visitWrapped("truth", left);
        else
            visit(left);
        return visit(right);
    }
    const char *operation = nameOf(text);
    const bool isEquality = text == "==" || text == "!=";
    const bool isPlain = !operation || (isEquality && (isNullish(m_tree.textOf(left)) || isNullish(m_tree.textOf(right))))
        || (!mayBeBigInt(left) && !mayBeBigInt(right));
    if (isPlain)
        return visitChildren(node);
    copyTo(at(node).start);
    if (text == "!=")
        insert("(!");
    visitAsCall(node, bigOperator(operation));
    if (text == "!=")
        insert(")");
}

/// `a op b`, up to whose start all is written, becomes `function(a,b)`.
void Instrumenter::visitAsCall(NodeIndex node, const QByteArray &function)
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    insert(function + '(');
    visit(left);
    copyTo(at(sign).start);
    insert(",");
    skipTo(at(sign).end);
    visit(right);
    copyTo(at(right).end);
    insert(")");
}

/// `a && b` as a value: 0n is the result then, not what stands for it in conditions.
void Instrumenter::visitConjunction(NodeIndex node)
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    if (!mayBeBigInt(left))
        return visitChildren(node);
    copyTo(at(node).start);
    insert("(" + bigOperator("keep") + '(');
    visit(left);
    copyTo(at(sign).start);
    insert(")?");
    skipTo(at(sign).end);
    visit(right);
    copyTo(at(right).end);
    insert(":" + bigOperator("kept") + "())");
}

void Instrumenter::visitTernary(NodeIndex node)
{
    const NodeIndex condition = child(node, FieldName::Condition);
    visitCondition(condition);
    for (NodeIndex part = at(condition).nextSibling; part != noNode; part = at(part).nextSibling)
        visit(part);
}

void Instrumenter::visitUnary(NodeIndex node)
{
    const NodeIndex sign = child(node, FieldName::Operator);
    const NodeIndex operand = child(node, FieldName::Argument);
    const QByteArrayView text = m_tree.textOf(sign);
    if (text == "!" && m_bigInts)
        return visitCondition(operand);
    if (text == "delete")
        return visitDelete(node);
    if (!m_bigInts)
        return visitChildren(node);
    if (text == "typeof")
        return visitTypeof(node);
    const char *operation = text == "-" ? "neg" : text == "+" ? "number" : text == "~" ? "not" : nullptr;
    if (!operation || !mayBeBigInt(operand))
        return visitChildren(node);
    copyTo(at(node).start);
    insert(bigOperator(operation) + '(');
    skipTo(at(sign).end);
    visit(operand);
    copyTo(at(operand).end);
    insert(")");
}

/// `delete object.key` becomes `$op_delete(object,"key",isStrict)`.
void Instrumenter::visitDelete(NodeIndex node)
{
    const NodeIndex target = withoutParentheses(child(node, FieldName::Argument));
    const bool isMember = at(target).type == NodeType::MemberExpression;
    if ((!isMember && at(target).type != NodeType::SubscriptExpression) || isInOptionalChain(target)) {
        m_plainValue = referenceWithin(target);
        return visitChildren(node);
    }
    const NodeIndex object = at(target).firstChild;
    const NodeIndex key = child(target, isMember ? FieldName::Property : FieldName::Index);
    if (at(object).type == NodeType::Super || at(key).type == NodeType::PrivatePropertyIdentifier)
        return visitChildren(node);
    copyTo(at(node).start);
    insert(helper("delete") + '(');
    skipTo(at(object).start);
    visitReferenceParts(target, object, key);
    insert(isStrictAt(target) ? ",true)" : ",false)");
    skipTo(at(node).end);
}

/// True if a link further in may end the whole chain.
bool Instrumenter::isInOptionalChain(NodeIndex node) const
{
    for (; node != noNode; node = at(node).firstChild) {
        const NodeType type = at(node).type;
        if (type != NodeType::MemberExpression && type != NodeType::SubscriptExpression && type != NodeType::CallExpression)
            return false;
        if (m_tree.child(node, NodeType::OptionalChain) != noNode)
            return true;
    }
    return false;
}

bool Instrumenter::isStrictAt(NodeIndex node) const
{
    const NodeIndex owner = m_facts.functionAround(node);
    return (owner == noNode ? m_facts.file() : m_facts.function(owner)).isStrict;
}

/// Writes `object,key` for a property, as arguments.
void Instrumenter::visitReferenceParts(NodeIndex target, NodeIndex object, NodeIndex key)
{
    visit(object);
    copyTo(at(object).end);
    insert(",");
    skipTo(at(key).start);
    if (at(target).type == NodeType::MemberExpression) {
        insert(quotedForScript(m_tree.textOf(key)));
    } else {
        const bool isSequence = at(key).type == NodeType::SequenceExpression;
        insert(isSequence ? "(" : "");
        visit(key);
        copyTo(at(key).end);
        insert(isSequence ? ")" : "");
    }
    skipTo(at(target).end);
}

/// `typeof name` must not touch a name that may not exist; and what is compared with 'string' and the like needs no look.
void Instrumenter::visitTypeof(NodeIndex node)
{
    const NodeIndex operand = child(node, FieldName::Argument);
    const NodeIndex parent = at(node).parent;
    if (at(parent).type == NodeType::BinaryExpression) {
        const NodeIndex other = child(parent, child(parent, FieldName::Left) == node ? FieldName::Right : FieldName::Left);
        const QByteArrayView text = m_tree.textOf(other);
        if (at(other).type == NodeType::String && !text.contains("object") && !text.contains("bigint") && !text.contains('\\'))
            return visitChildren(node);
    }
    if (!mayBeBigInt(operand))
        return visitChildren(node);
    copyTo(at(node).start);
    if (at(operand).type == NodeType::Identifier) {
        const QByteArray variable = writtenText(operand);
        insert("(typeof " + variable + "==\"object\"?" + bigOperator("typeOf") + '(' + variable + "):");
        copyTo(at(operand).end);
        insert(")");
        return;
    }
    insert(bigOperator("typeOf") + '(');
    skipTo(at(operand).start);
    visit(operand);
    copyTo(at(operand).end);
    insert(")");
}

/// True if an assignment's target can stand on both sides of it.
bool Instrumenter::isWritableTwice(NodeIndex target) const
{
    if (m_tree.textOf(target).contains('\n') || isQuotedMember(target))
        return false;
    if (SourceFacts::isRepeatable(m_tree, target))
        return true;
    const NodeType object = at(target).type == NodeType::MemberExpression ? at(at(target).firstChild).type : NodeType::Other;
    return (object == NodeType::This || object == NodeType::Identifier)
        && at(child(target, FieldName::Property)).type == NodeType::PrivatePropertyIdentifier;
}

/// Writes `$h.bigReference(object,key,isStrict)` for a property whose object and key are evaluated once; false if there is no such form.
bool Instrumenter::openBigReference(NodeIndex target)
{
    const bool isMember = at(target).type == NodeType::MemberExpression;
    if (!isMember && at(target).type != NodeType::SubscriptExpression)
        return false;
    const NodeIndex object = at(target).firstChild;
    const NodeIndex key = child(target, isMember ? FieldName::Property : FieldName::Index);
    if (at(object).type == NodeType::Super || at(key).type == NodeType::PrivatePropertyIdentifier)
        return false;
    copyTo(at(target).start);
    insert(name("h.bigReference("));
    visitReferenceParts(target, object, key);
    insert(isStrictAt(target) ? ",true)" : ",false)");
    return true;
}

/// `x++`: `(x=$op_inc(x))`, or `[$op_numeric(x),x=$op_inc(x)][0]` where the old value is asked for.
void Instrumenter::visitUpdate(NodeIndex node)
{
    const NodeIndex target = child(node, FieldName::Argument);
    const NodeIndex sign = child(node, FieldName::Operator);
    const bool isIncrement = m_tree.textOf(sign) == "++";
    const bool isPrefix = at(sign).start < at(target).start;
    const bool isUnused = at(at(node).parent).type == NodeType::ExpressionStatement || at(node).field == FieldName::Increment;
    if (!mayBeBigInt(target))
        return visitChildren(node);
    const QByteArray variable = writtenText(target);
    const bool isVariable = at(target).type == NodeType::Identifier;
    const bool givesNew = isPrefix || isUnused;
    const bool isPrivate =
        at(target).type == NodeType::MemberExpression && at(child(target, FieldName::Property)).type == NodeType::PrivatePropertyIdentifier;
    if (isWritableTwice(target) && (isVariable || isPrivate || givesNew)) {
        copyTo(at(node).start);
        const QByteArray change = variable + '=' + bigOperator(isIncrement ? "inc" : "dec") + '(' + variable + ')';
        insert(givesNew ? '(' + change + ')' : '[' + bigOperator("numeric") + '(' + variable + ")," + change + "][0]");
        skipTo(at(node).end);
        return;
    }
    copyTo(at(node).start);
    const quint32 start = m_position;
    if (isPrefix)
        skipTo(at(target).start);
    if (!openBigReference(target)) {
        m_position = start;
        return visitChildren(node);
    }
    skipTo(at(node).end);
    insert(QByteArray(".update(\"") + (isIncrement ? "inc" : "dec") + (givesNew ? "\",true)" : "\",false)"));
}

/// `x += v` becomes `(x=$op_add(x,v))`. False: nothing was written, V4's own will do.
bool Instrumenter::visitBigAssignment(NodeIndex node)
{
    const NodeIndex target = child(node, FieldName::Left);
    const NodeIndex value = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    if (!m_bigInts || sign == noNode || (!mayBeBigInt(target) && !mayBeBigInt(value)))
        return false;
    QByteArray text = m_tree.textOf(sign).toByteArray();
    text.chop(1);
    const bool isTwice = isWritableTwice(target);
    const QByteArray variable = writtenText(target);
    if (isTwice && SourceFacts::isRepeatable(m_tree, target) && (text == "||" || text == "&&")) {
        copyTo(at(node).start);
        insert('(' + bigOperator("truth") + '(' + variable + (text == "||" ? ")||(" : ")?("));
        insert(variable + '=');
        skipTo(at(value).start);
        visit(value);
        copyTo(at(value).end);
        insert(text == "||" ? QByteArray("))") : "):" + variable + ')');
        return true;
    }
    const char *operation = nameOf(text);
    if (!operation)
        return false;
    copyTo(at(node).start);
    if (isTwice) {
        insert('(' + variable + '=' + bigOperator(operation) + '(' + variable + ',');
        skipTo(at(value).start);
    } else {
        if (!openBigReference(target))
            return false;
        skipTo(at(value).start);
        insert(QByteArray(".assign(\"") + operation + "\",");
    }
    visit(value);
    copyTo(at(value).end);
    insert(isTwice ? "))" : ")");
    return true;
}

} // namespace loopscope
