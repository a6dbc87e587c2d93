// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Measures.h"

#include <QCoreApplication>
#include <QList>
#include <QString>

#include <optional>
#include <vector>

namespace loopscope {

struct ConditionProblem
{
    int column = 0; ///< in the condition's text, from 1
    QString sentence;
};

/// A condition over a run, such as `longestHold() <= 20ms and printed("sum 4950")`; docs/lessons.md has the language. Everything that can
/// be wrong with it is found by parse(): names, arguments and types. A plain value.
class Condition
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::Condition)

public:
    static constexpr qsizetype mostLetters = 10'000;
    static constexpr int mostDepth = 64; ///< of parentheses
    static constexpr std::size_t mostNodes = 1000;

    /// Nothing, with the first problem, if the text is no condition over runs of that set.
    static std::optional<Condition> parse(const QString &text, MeasureSet set, ConditionProblem *problem);

    /// Comparisons with what is no number (0 / 0) do not hold.
    bool holds(const Measures &run) const;

    /// One of the conditions that the outermost `and` joins, as a run has it.
    struct Part
    {
        QString text; ///< as it is written
        bool holds = false;
        QStringList measured; ///< "longestHold() is 35.2 ms", once for each measure in it
    };
    QList<Part> parts(const Measures &run) const;

    struct Call
    {
        const MeasureForm *form = nullptr; ///< of MeasureForm::all()
        QStringList arguments;
        int column = 0; ///< from 1
    };
    /// In the order of the text.
    const std::vector<Call> &calls() const { return m_calls; }
    const QString &text() const { return m_text; }

private:
    friend class ConditionParser;

    enum class Operation : quint8 {
        Constant,
        Measure,
        Or,
        And,
        Not,
        Less,
        LessOrEqual,
        Equal,
        NotEqual,
        GreaterOrEqual,
        Greater,
        Add,
        Subtract,
        Multiply,
        Divide,
        Negate,
    };
    struct Node
    {
        Operation operation = Operation::Constant;
        std::size_t left = 0; ///< the operand of what has one; of a measure its call
        std::size_t right = 0;
        MeasureValue constant;
        ValueType type = ValueType::Truth;
        qsizetype begin = 0; ///< of its text
        qsizetype end = 0;
    };

    MeasureValue value(std::size_t node, const Measures &run) const;
    bool compare(const Node &node, const Measures &run) const;
    void findParts(std::size_t node, const Measures &run, QList<Part> *parts) const;
    void findCalls(std::size_t node, std::vector<std::size_t> *calls) const;

    QString m_text;
    std::vector<Call> m_calls;
    std::vector<Node> m_nodes; ///< operands before what they belong to, so the last is the whole
};

} // namespace loopscope
