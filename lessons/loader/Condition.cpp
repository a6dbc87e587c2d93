// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/Condition.h"

#include "lessons/loader/ConditionParser.h"

#include <algorithm>

namespace loopscope {

std::optional<Condition> Condition::parse(const QString &text, MeasureSet set, ConditionProblem *problem)
{
    return ConditionParser(text, set, problem).parse();
}

bool Condition::holds(const Measures &run) const { return value(m_nodes.size() - 1, run).isTrue(); }

QList<Condition::Part> Condition::parts(const Measures &run) const
{
    QList<Part> parts;
    findParts(m_nodes.size() - 1, run, &parts);
    return parts;
}

// Recursion of all functions below ends after mostNodes: operands are smaller numbers.
MeasureValue Condition::value(std::size_t index, const Measures &run) const
{
    const Node &node = m_nodes[index];
    const auto left = [&] { return value(node.left, run); };
    const auto right = [&] { return value(node.right, run); };
    MeasureValue result{node.type, 0, {}};
    switch (node.operation) {
    case Operation::Constant:
        return node.constant;
    case Operation::Measure:
        return run.measure(m_calls[node.left].form->id, m_calls[node.left].arguments);
    case Operation::Or:
        return MeasureValue::truth(left().isTrue() || right().isTrue());
    case Operation::And:
        return MeasureValue::truth(left().isTrue() && right().isTrue());
    case Operation::Not:
        return MeasureValue::truth(!left().isTrue());
    case Operation::Add:
        result.number = left().number + right().number;
        return result;
    case Operation::Subtract:
        result.number = left().number - right().number;
        return result;
    case Operation::Multiply:
        result.number = left().number * right().number;
        return result;
    case Operation::Divide:
        result.number = left().number / right().number;
        return result;
    case Operation::Negate:
        result.number = -left().number;
        return result;
    default:
        return MeasureValue::truth(compare(node, run));
    }
}

bool Condition::compare(const Node &node, const Measures &run) const
{
    const MeasureValue left = value(node.left, run);
    const MeasureValue right = value(node.right, run);
    const bool isText = left.type == ValueType::Text;
    switch (node.operation) {
    case Operation::Less:
        return left.number < right.number;
    case Operation::LessOrEqual:
        return left.number <= right.number;
    case Operation::GreaterOrEqual:
        return left.number >= right.number;
    case Operation::Greater:
        return left.number > right.number;
    case Operation::Equal:
        return isText ? left.text == right.text : left.number == right.number;
    default:
        return isText ? left.text != right.text : left.number < right.number || left.number > right.number;
    }
}

void Condition::findParts(std::size_t index, const Measures &run, QList<Part> *parts) const
{
    const Node &node = m_nodes[index];
    if (node.operation == Operation::And) {
        findParts(node.left, run, parts);
        findParts(node.right, run, parts);
        return;
    }
    Part part{m_text.mid(node.begin, node.end - node.begin), value(index, run).isTrue(), {}};
    std::vector<std::size_t> calls;
    findCalls(index, &calls);
    for (const std::size_t number : calls) {
        const Call &call = m_calls[number];
        QStringList arguments;
        for (const QString &argument : call.arguments)
            arguments.append(QStringLiteral("\"%1\"").arg(argument));
        const QString written = QStringLiteral("%1(%2)").arg(call.form->name, arguments.join(QLatin1String(", ")));
        const QString measured = tr("%1 is %2").arg(written, run.measure(call.form->id, call.arguments).shown());
        if (!part.measured.contains(measured))
            part.measured.append(measured);
    }
    parts->append(part);
}

void Condition::findCalls(std::size_t index, std::vector<std::size_t> *calls) const
{
    const Node &node = m_nodes[index];
    if (node.operation == Operation::Constant)
        return;
    if (node.operation == Operation::Measure)
        return calls->push_back(node.left);
    findCalls(node.left, calls);
    if (node.operation != Operation::Not && node.operation != Operation::Negate)
        findCalls(node.right, calls);
}

} // namespace loopscope
