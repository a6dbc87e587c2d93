// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Products: V4 multiplies integers as such, so that 0 * -1 is 0 where ECMAScript says -0. A product that comes out as zero is looked at
// again: `a * b` becomes `(($r=a * b)||$op_product($r,a,b))`. docs/decisions/lowering.md has the forms, and where V4's own will do.

#include "script/Instrumenter.h"

#include <array>
#include <cmath>
#include <string_view>

namespace loopscope {

namespace {

template<std::size_t count>
bool isAmong(const std::array<std::string_view, count> &words, QByteArrayView text)
{
    for (const std::string_view word : words) {
        if (text == QByteArrayView(word.data(), static_cast<qsizetype>(word.size())))
            return true;
    }
    return false;
}

/// Operators whose result is the same for 0 and -0.
constexpr std::array<std::string_view, 14> blindOperators{"|", "&", "^", "<<", ">>", ">>>", "<", ">", "<=", ">=", "==", "!=", "===", "!=="};

/// Functions whose results V4 keeps as floating-point numbers, which it multiplies right.
constexpr std::array<std::string_view, 12> floatingFunctions{"Math.random", "Math.sqrt", "Math.sin", "Math.cos", "Math.tan", "Math.asin",
    "Math.acos", "Math.atan", "Math.atan2", "Math.exp", "Math.log", "performance.now"};

} // namespace

NodeIndex Instrumenter::withoutParentheses(NodeIndex node) const
{
    while (at(node).type == NodeType::ParenthesizedExpression) {
        NodeIndex inner = at(node).firstChild;
        while (inner != noNode && !at(inner).isNamed)
            inner = at(inner).nextSibling;
        if (inner == noNode)
            return node;
        node = inner;
    }
    return node;
}

/// The value of a number as written; nothing for any other expression.
std::optional<double> Instrumenter::writtenNumber(NodeIndex expression) const
{
    const NodeIndex node = withoutParentheses(expression);
    if (at(node).type != NodeType::Number)
        return std::nullopt;
    QByteArray digits = m_tree.textOf(node).toByteArray();
    digits.replace("_", "");
    bool isDecimal = false;
    const double value = digits.toDouble(&isDecimal);
    const bool isLegacy = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    return isDecimal && !isLegacy ? std::optional(value) : std::nullopt;
}

/// True if V4 certainly has no integer here.
bool Instrumenter::isFloating(NodeIndex expression) const
{
    const NodeIndex node = withoutParentheses(expression);
    switch (at(node).type) {
    case NodeType::Number: {
        const std::optional<double> value = writtenNumber(node);
        return value && *value != std::trunc(*value);
    }
    case NodeType::UnaryExpression:
        return m_tree.textOf(child(node, FieldName::Operator)) == "-" && isFloating(child(node, FieldName::Argument));
    case NodeType::BinaryExpression: {
        const QByteArrayView sign = m_tree.textOf(child(node, FieldName::Operator));
        return (sign == "+" || sign == "-" || sign == "*")
            && (isFloating(child(node, FieldName::Left)) || isFloating(child(node, FieldName::Right)));
    }
    case NodeType::MemberExpression: {
        const QByteArrayView text = m_tree.textOf(node);
        return text == "Math.PI" || text == "Math.E" || text == "Math.SQRT2";
    }
    case NodeType::CallExpression:
        return isAmong(floatingFunctions, m_tree.textOf(child(node, FieldName::Function)));
    default:
        return false;
    }
}

/// True if V4's own product is right: a positive factor, a square, or floating-point numbers.
bool Instrumenter::isPlainProduct(NodeIndex left, NodeIndex right) const
{
    for (const NodeIndex factor : {left, right}) {
        const std::optional<double> value = writtenNumber(factor);
        if ((value && *value > 0) || isFloating(factor))
            return true;
    }
    return at(left).type == NodeType::Identifier && at(right).type == NodeType::Identifier && m_tree.textOf(left) == m_tree.textOf(right);
}

/// True if anybody could tell whether the value of an expression is 0 or -0.
bool Instrumenter::showsSignOfZero(NodeIndex node) const
{
    const NodeIndex parent = at(node).parent;
    const FieldName field = at(node).field;
    switch (at(parent).type) {
    case NodeType::ParenthesizedExpression: {
        const NodeType statement = at(at(parent).parent).type;
        const bool isCondition =
            statement == NodeType::IfStatement || statement == NodeType::WhileStatement || statement == NodeType::DoStatement;
        return !isCondition && showsSignOfZero(parent);
    }
    case NodeType::SubscriptExpression:
        return field != FieldName::Index;
    case NodeType::TemplateSubstitution:
        return isTagged(at(parent).parent);
    case NodeType::UnaryExpression: {
        const QByteArrayView sign = m_tree.textOf(child(parent, FieldName::Operator));
        return (sign == "-" || sign == "+") && showsSignOfZero(parent);
    }
    case NodeType::TernaryExpression:
        return field != FieldName::Condition && showsSignOfZero(parent);
    case NodeType::BinaryExpression: {
        const QByteArrayView sign = m_tree.textOf(child(parent, FieldName::Operator));
        if (isAmong(blindOperators, sign))
            return false;
        const bool isLeft = field == FieldName::Left;
        const NodeIndex other = child(parent, isLeft ? FieldName::Right : FieldName::Left);
        if (sign == "+" || sign == "-") {
            const bool isText = at(other).type == NodeType::String || at(other).type == NodeType::TemplateString;
            const bool isVisible = sign == "-" || !isText;
            return isVisible && writtenNumber(other).value_or(0) == 0 && showsSignOfZero(parent);
        }
        return (sign != "*" && (sign != "/" || !isLeft)) || showsSignOfZero(parent);
    }
    default:
        return true;
    }
}

/// True if evaluating an expression can change no variable, so that another one can be read again after it.
bool Instrumenter::isQuiet(NodeIndex expression) const
{
    NodeIndex node = withoutParentheses(expression);
    if (at(node).type == NodeType::UnaryExpression && m_tree.textOf(child(node, FieldName::Operator)) == "-")
        node = withoutParentheses(child(node, FieldName::Argument));
    if (at(node).type == NodeType::Identifier)
        return m_tree.textOf(node) != "yield" && !m_facts.isDeadName(node) && !m_order.isReadTooLate(node);
    return at(node).type == NodeType::Number || at(node).type == NodeType::This;
}

QByteArray Instrumenter::takeTemporary()
{
    m_temporaries.isUsed = true;
    QByteArray variable = name("t") + QByteArray::number(m_temporaries.used++);
    m_temporaries.most = std::max(m_temporaries.most, m_temporaries.used);
    return variable;
}

/// The variables that products of a function need, for the end of its body: `var` reaches the whole of it.
QByteArray Instrumenter::temporaryDeclarations() const
{
    if (!m_temporaries.isUsed)
        return {};
    QByteArray text = ";var " + name("r");
    for (int index = 0; index < m_temporaries.most; ++index)
        text += ',' + name("t") + QByteArray::number(index);
    return text + ';';
}

/// Writes an expression, by way of a variable unless it can be written twice, and gives the text that names its value from then on.
QByteArray Instrumenter::visitNamed(NodeIndex expression, bool isNameable)
{
    copyTo(at(expression).start);
    if (isNameable && isQuiet(expression)) {
        visit(expression);
        copyTo(at(expression).end);
        return writtenText(expression).replace('\n', ' ');
    }
    QByteArray variable = takeTemporary();
    insert('(' + variable + '=');
    visit(expression);
    copyTo(at(expression).end);
    insert(")");
    return variable;
}

void Instrumenter::visitProduct(NodeIndex node)
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    if (isPlainProduct(left, right) || !showsSignOfZero(node))
        return visitChildren(node);
    copyTo(at(node).start);
    if (!m_temporaries.areThere)
        return visitAsCall(node, helper("multiply"));
    const int used = m_temporaries.used;
    insert("((" + name("r=")); // of the innermost product only: the outer one's is assigned behind it
    const QByteArray first = visitNamed(left, isQuiet(right));
    copyTo(at(sign).end);
    const QByteArray second = visitNamed(right, true);
    closeProduct(first, second);
    m_temporaries.used = used;
}

/// `a instanceof B`: V4 knows nothing of proxies' prototypes, so that its "no" may be wrong.
void Instrumenter::visitInstanceof(NodeIndex node)
{
    const NodeIndex left = child(node, FieldName::Left);
    const NodeIndex right = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    copyTo(at(node).start);
    if (!m_temporaries.areThere)
        return visitAsCall(node, helper("isInstance"));
    const int used = m_temporaries.used;
    insert("(");
    const QByteArray value = visitNamed(left, isQuiet(right));
    copyTo(at(sign).end);
    const QByteArray constructor = visitNamed(right, true);
    insert("||" + helper("inherits") + '(' + value + ',' + constructor + "))");
    m_temporaries.used = used;
}

void Instrumenter::closeProduct(const QByteArray &first, const QByteArray &second)
{
    m_temporaries.isUsed = true;
    insert(")||" + helper("product") + '(' + name("r,") + first + ',' + second + "))");
}

/// `x *= v` becomes `x=(($r=x*v)||$op_product($r,x,v))`. False: nothing was written, V4's own will do.
bool Instrumenter::visitProductAssignment(NodeIndex node)
{
    const NodeIndex target = child(node, FieldName::Left);
    const NodeIndex value = child(node, FieldName::Right);
    const NodeIndex sign = child(node, FieldName::Operator);
    if (sign == noNode || m_tree.textOf(sign) != "*=" || isPlainProduct(target, value))
        return false;
    const NodeType type = at(target).type;
    const bool isMember = type == NodeType::MemberExpression || type == NodeType::SubscriptExpression;
    if ((!isMember && (type != NodeType::Identifier || m_tree.textOf(target) == "yield"))
        || (isMember && at(at(target).firstChild).type == NodeType::Super))
        return false;
    const int used = m_temporaries.used;
    const bool isTwice = isWritableTwice(target) && isQuiet(value);
    if (!m_temporaries.areThere) {
        const bool isVariable = type == NodeType::Identifier || isTwice;
        const quint32 start = m_position;
        copyTo(at(node).start);
        if (!isVariable && !openBigReference(target)) {
            m_position = start;
            return false;
        }
        insert(
            isVariable ? '(' + writtenText(target) + '=' + helper("multiply") + '(' + writtenText(target) + ',' : QByteArray(".multiply("));
        skipTo(at(value).start);
        visit(value);
        copyTo(at(value).end);
        insert(isVariable ? "))" : ")");
        return true;
    }
    copyTo(at(node).start);
    insert("(");
    const QByteArray old = type == NodeType::Identifier || isTwice ? visitTwice(target) : visitReference(target);
    skipTo(at(sign).start);
    const bool isNameable = type == NodeType::Identifier && isQuiet(value);
    const QByteArray first = isNameable ? old : takeTemporary();
    insert("=((" + name("r=") + (isNameable ? old : '(' + first + '=' + old + ')') + '*');
    skipTo(at(value).start);
    closeProduct(first, visitNamed(value, true));
    insert(")");
    m_temporaries.used = used;
    return true;
}

/// Writes a target that can be read again as it stands; gives its text.
QByteArray Instrumenter::visitTwice(NodeIndex target)
{
    QByteArray text = writtenText(target);
    insert(text);
    skipTo(at(target).end);
    return text;
}

/// Writes a property as a target, its object and key kept in variables; gives the text that reads it.
QByteArray Instrumenter::visitReference(NodeIndex target)
{
    const NodeIndex object = at(target).firstChild;
    const QByteArray holder = visitNamed(object, false);
    if (at(target).type == NodeType::SubscriptExpression) {
        const NodeIndex index = child(target, FieldName::Index);
        copyTo(at(index).start);
        const QByteArray key = visitNamed(index, false);
        copyTo(at(target).end);
        return holder + '[' + key + ']';
    }
    const NodeIndex property = child(target, FieldName::Property);
    if (needsQuotes(property)) {
        insert("[\"" + m_tree.textOf(property).toByteArray() + "\"]");
        skipTo(at(property).end);
        return holder + "[\"" + m_tree.textOf(property).toByteArray() + "\"]";
    }
    copyTo(at(property).end);
    return holder + '.' + m_tree.textOf(property).toByteArray();
}

} // namespace loopscope
