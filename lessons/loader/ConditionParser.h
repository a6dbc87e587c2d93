// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Condition.h"

namespace loopscope {

/// Reads a condition by recursive descent; from the loosest to the tightest: `or`, `and`, `not`, comparisons, `+ -`, `* /`, `-`. Types are
/// checked on the way. For Condition only.
class ConditionParser
{
public:
    ConditionParser(const QString &text, MeasureSet set, ConditionProblem *problem);
    std::optional<Condition> parse();

private:
    using Node = Condition::Node;
    using Operation = Condition::Operation;
    struct Token
    {
        enum class Kind : quint8 { End, Name, Number, Duration, Text, Sign };
        Kind kind = Kind::End;
        QString text; ///< of a text without its quotes
        double number = 0;
        qsizetype begin = 0;
        qsizetype end = 0;
    };
    /// The number of a node; nothing if there is a problem.
    using Parsed = std::optional<std::size_t>;

    bool advance();
    bool readNumber();
    bool readText();
    bool isSign(const char *sign) const;
    bool isWord(const char *word) const;
    bool isUnit() const { return isWord("ms") || isWord("us") || isWord("s"); }

    Parsed parseOr();
    Parsed parseAnd();
    Parsed parseNot();
    Parsed parseComparison();
    Parsed parseSum();
    Parsed parseProduct();
    Parsed parseNegation();
    Parsed parsePrimary();
    Parsed parseName();
    bool parseArguments(Condition::Call *call);
    bool checkArguments(const Condition::Call &call, const QList<qsizetype> &places);
    Parsed joinTruths(Operation operation, std::size_t left, Parsed right);
    Parsed joinNumbers(Operation operation, std::size_t left, Parsed right, qsizetype sign);
    Parsed add(Node node);
    std::optional<Operation> comparison() const;
    bool needTruth(std::size_t node);

    std::nullopt_t fail(qsizetype place, const QString &sentence);
    QString expectation() const;
    static QString typeName(ValueType type);
    static QString tr(const char *text) { return Condition::tr(text); }

    Condition m_condition;
    MeasureSet m_set;
    ConditionProblem *m_problem;
    Token m_token;
    qsizetype m_end = 0; ///< of the token before
    int m_depth = 0;
};

} // namespace loopscope
