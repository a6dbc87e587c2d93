// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/ConditionParser.h"

#include "servers/lab/NearName.h"

#include <array>

namespace loopscope {

namespace {

bool isDigit(QChar letter) { return letter >= QLatin1Char('0') && letter <= QLatin1Char('9'); }

bool isOfName(QChar letter)
{
    return isDigit(letter) || (letter >= QLatin1Char('a') && letter <= QLatin1Char('z'))
        || (letter >= QLatin1Char('A') && letter <= QLatin1Char('Z')) || letter == QLatin1Char('_');
}

} // namespace

ConditionParser::ConditionParser(const QString &text, MeasureSet set, ConditionProblem *problem)
    : m_set(set)
    , m_problem(problem)
{
    m_condition.m_text = text;
}

std::optional<Condition> ConditionParser::parse()
{
    if (m_condition.m_text.size() > Condition::mostLetters)
        return fail(0, tr("this condition is longer than %1 letters; make it simpler.").arg(Condition::mostLetters));
    if (!advance())
        return std::nullopt;
    const Parsed whole = parseOr();
    if (!whole)
        return std::nullopt;
    if (m_token.kind != Token::Kind::End)
        return fail(m_token.begin, expectation());
    return needTruth(*whole) ? std::optional(m_condition) : std::nullopt;
}

std::nullopt_t ConditionParser::fail(qsizetype place, const QString &sentence)
{
    *m_problem = {static_cast<int>(place) + 1, sentence};
    return std::nullopt;
}

/// What to say where nothing fits that stands here.
QString ConditionParser::expectation() const
{
    if (m_token.kind == Token::Kind::End)
        return tr("the condition ends too early; something is missing behind it.");
    if (isUnit())
        return tr("a duration is written without a space, as 20%1.").arg(m_token.text);
    if (m_token.kind == Token::Kind::Sign && (isSign("=") || isSign("&") || isSign("|") || isSign("!")))
        return tr("'%1' means nothing here; write == to compare, and 'and', 'or', 'not' to join conditions.").arg(m_token.text);
    return tr("'%1' does not belong here; conditions are joined by 'and' and 'or'.").arg(m_token.text);
}

bool ConditionParser::advance()
{
    const QString &text = m_condition.m_text;
    m_end = m_token.end;
    qsizetype at = m_token.end;
    while (at < text.size() && text[at].isSpace())
        ++at;
    m_token = {Token::Kind::End, {}, 0, at, at};
    if (at == text.size())
        return true;
    const QChar first = text[at];
    if (isDigit(first))
        return readNumber();
    if (first == QLatin1Char('"') || first == QLatin1Char('\''))
        return readText();
    if (isOfName(first)) {
        while (m_token.end < text.size() && isOfName(text[m_token.end]))
            ++m_token.end;
        m_token.kind = Token::Kind::Name;
    } else {
        const bool isTwo = at + 1 < text.size() && text[at + 1] == QLatin1Char('=') && QStringLiteral("<>=!").contains(first);
        m_token.end += isTwo ? 2 : 1;
        m_token.kind = Token::Kind::Sign;
    }
    m_token.text = text.mid(at, m_token.end - at);
    return true;
}

bool ConditionParser::readNumber()
{
    const QString &text = m_condition.m_text;
    qsizetype &end = m_token.end;
    const auto skip = [&](auto fits) {
        while (end < text.size() && fits(text[end]))
            ++end;
    };
    skip(isDigit);
    if (end + 1 < text.size() && text[end] == QLatin1Char('.') && isDigit(text[end + 1])) {
        ++end;
        skip(isDigit);
    }
    m_token.number = text.mid(m_token.begin, end - m_token.begin).toDouble();
    m_token.kind = Token::Kind::Number;
    const qsizetype unitBegin = end;
    skip(isOfName);
    const QString unit = text.mid(unitBegin, end - unitBegin);
    m_token.text = text.mid(m_token.begin, end - m_token.begin);
    if (unit.isEmpty())
        return true;
    m_token.kind = Token::Kind::Duration;
    if (unit == QLatin1String("us"))
        m_token.number *= 1e3;
    else if (unit == QLatin1String("ms"))
        m_token.number *= 1e6;
    else if (unit == QLatin1String("s"))
        m_token.number *= 1e9;
    else
        return fail(unitBegin, tr("'%1' is no unit of time; durations are written as 300us, 20ms or 1.5s.").arg(unit)), false;
    return true;
}

bool ConditionParser::readText()
{
    const QString &text = m_condition.m_text;
    const QChar quote = text[m_token.begin];
    m_token.kind = Token::Kind::Text;
    for (qsizetype at = m_token.begin + 1; at < text.size(); ++at) {
        if (text[at] == quote) {
            m_token.end = at + 1;
            return true;
        }
        if (text[at] == QLatin1Char('\\') && at + 1 < text.size()) // so that a text may hold its own quote
            ++at;
        m_token.text.append(text[at]);
    }
    return fail(m_token.begin, tr("this text has no closing %1.").arg(quote)), false;
}

bool ConditionParser::isSign(const char *sign) const { return m_token.kind == Token::Kind::Sign && m_token.text == QLatin1String(sign); }
bool ConditionParser::isWord(const char *word) const { return m_token.kind == Token::Kind::Name && m_token.text == QLatin1String(word); }

QString ConditionParser::typeName(ValueType type)
{
    switch (type) {
    case ValueType::Truth:
        return tr("a condition");
    case ValueType::Number:
        return tr("a number");
    case ValueType::Duration:
        return tr("a duration");
    case ValueType::Text:
        return tr("a text");
    }
    return {};
}

bool ConditionParser::needTruth(std::size_t node)
{
    const Node &found = m_condition.m_nodes[node];
    if (found.type == ValueType::Truth)
        return true;
    fail(found.begin,
        tr("'%1' is %2, and a condition belongs here; compare it with something, as in '%1 %3'.")
            .arg(m_condition.m_text.mid(found.begin, found.end - found.begin), typeName(found.type),
                found.type == ValueType::Duration   ? QStringLiteral("<= 20ms")
                    : found.type == ValueType::Text ? QStringLiteral("== \"...\"")
                                                    : QStringLiteral("== 1")));
    return false;
}

ConditionParser::Parsed ConditionParser::add(Node node)
{
    if (m_condition.m_nodes.size() >= Condition::mostNodes)
        return fail(node.begin, tr("this condition has more than %1 parts; make it simpler.").arg(Condition::mostNodes));
    m_condition.m_nodes.push_back(std::move(node));
    return m_condition.m_nodes.size() - 1;
}

ConditionParser::Parsed ConditionParser::joinTruths(Operation operation, std::size_t left, Parsed right)
{
    if (!right || !needTruth(left) || !needTruth(*right))
        return std::nullopt;
    return add({operation, left, *right, {}, ValueType::Truth, m_condition.m_nodes[left].begin, m_end});
}

ConditionParser::Parsed ConditionParser::parseOr()
{
    Parsed left = parseAnd();
    while (left && isWord("or"))
        left = advance() ? joinTruths(Operation::Or, *left, parseAnd()) : std::nullopt;
    return left;
}

ConditionParser::Parsed ConditionParser::parseAnd()
{
    Parsed left = parseNot();
    while (left && isWord("and"))
        left = advance() ? joinTruths(Operation::And, *left, parseNot()) : std::nullopt;
    return left;
}

ConditionParser::Parsed ConditionParser::parseNot()
{
    // A loop, as a thousand of them in a row are no depth that mostDepth would see.
    QList<qsizetype> nots;
    while (isWord("not")) {
        nots.append(m_token.begin);
        if (!advance())
            return std::nullopt;
    }
    Parsed operand = parseComparison();
    while (operand && !nots.isEmpty())
        operand = needTruth(*operand)
            ? add({Operation::Not, *operand, 0, {}, ValueType::Truth, nots.takeLast(), m_condition.m_nodes[*operand].end})
            : std::nullopt;
    return operand;
}

std::optional<Condition::Operation> ConditionParser::comparison() const
{
    static constexpr std::array signs = {std::pair("<", Operation::Less), std::pair("<=", Operation::LessOrEqual),
        std::pair("==", Operation::Equal), std::pair("!=", Operation::NotEqual), std::pair(">=", Operation::GreaterOrEqual),
        std::pair(">", Operation::Greater)};
    for (const auto &[sign, operation] : signs) {
        if (isSign(sign))
            return operation;
    }
    return std::nullopt;
}

ConditionParser::Parsed ConditionParser::parseComparison()
{
    const Parsed left = parseSum();
    const auto operation = comparison();
    if (!left || !operation)
        return left;
    const Token sign = m_token;
    const Parsed right = advance() ? parseSum() : std::nullopt;
    if (!right)
        return std::nullopt;
    const ValueType type = m_condition.m_nodes[*left].type;
    const ValueType other = m_condition.m_nodes[*right].type;
    if (type != other && isUnit()) // "2 ms" is the reason
        return fail(m_token.begin, expectation());
    if (type != other)
        return fail(sign.begin, tr("%1 cannot be compared with %2.").arg(typeName(type), typeName(other)));
    const bool isOrdered = type == ValueType::Number || type == ValueType::Duration;
    if (!isOrdered && *operation != Operation::Equal && *operation != Operation::NotEqual)
        return fail(sign.begin, tr("%1 is neither less nor greater; it can be compared by == and !=.").arg(typeName(type)));
    if (comparison())
        return fail(m_token.begin, tr("only two things can be compared; join comparisons by 'and'."));
    return add({*operation, *left, *right, {}, ValueType::Truth, m_condition.m_nodes[*left].begin, m_end});
}

ConditionParser::Parsed ConditionParser::joinNumbers(Operation operation, std::size_t left, Parsed right, qsizetype sign)
{
    if (!right)
        return std::nullopt;
    const ValueType one = m_condition.m_nodes[left].type;
    const ValueType two = m_condition.m_nodes[*right].type;
    const auto isSize = [](ValueType type) { return type == ValueType::Number || type == ValueType::Duration; };
    std::optional<ValueType> type;
    if (isSize(one) && isSize(two)) {
        if (operation == Operation::Add || operation == Operation::Subtract)
            type = one == two ? std::optional(one) : std::nullopt;
        else if (operation == Operation::Multiply)
            type = one == ValueType::Number ? std::optional(two) : two == ValueType::Number ? std::optional(one) : std::nullopt;
        else if (two == ValueType::Number || one == ValueType::Duration)
            type = two == ValueType::Number ? one : ValueType::Number;
    }
    if (!type)
        return fail(sign, tr("%1 and %2 cannot be calculated with like this.").arg(typeName(one), typeName(two)));
    return add({operation, left, *right, {}, *type, m_condition.m_nodes[left].begin, m_end});
}

ConditionParser::Parsed ConditionParser::parseSum()
{
    Parsed left = parseProduct();
    while (left && (isSign("+") || isSign("-"))) {
        const Operation operation = isSign("+") ? Operation::Add : Operation::Subtract;
        const qsizetype sign = m_token.begin;
        left = advance() ? joinNumbers(operation, *left, parseProduct(), sign) : std::nullopt;
    }
    return left;
}

ConditionParser::Parsed ConditionParser::parseProduct()
{
    Parsed left = parseNegation();
    while (left && (isSign("*") || isSign("/"))) {
        const Operation operation = isSign("*") ? Operation::Multiply : Operation::Divide;
        const qsizetype sign = m_token.begin;
        left = advance() ? joinNumbers(operation, *left, parseNegation(), sign) : std::nullopt;
    }
    return left;
}

ConditionParser::Parsed ConditionParser::parseNegation()
{
    if (!isSign("-"))
        return parsePrimary();
    const qsizetype sign = m_token.begin;
    const Parsed operand = advance() ? parsePrimary() : std::nullopt;
    if (!operand)
        return std::nullopt;
    const ValueType type = m_condition.m_nodes[*operand].type;
    if (type != ValueType::Number && type != ValueType::Duration)
        return fail(sign, tr("'-' goes before a number or a duration, not before %1.").arg(typeName(type)));
    return add({Operation::Negate, *operand, 0, {}, type, sign, m_end});
}

ConditionParser::Parsed ConditionParser::parsePrimary()
{
    const Token token = m_token;
    const auto constant = [&](MeasureValue value) -> Parsed {
        const ValueType type = value.type;
        return advance() ? add({Operation::Constant, 0, 0, std::move(value), type, token.begin, token.end}) : std::nullopt;
    };
    switch (token.kind) {
    case Token::Kind::Number:
        return constant(MeasureValue::count(token.number));
    case Token::Kind::Duration:
        return constant(MeasureValue::duration(token.number));
    case Token::Kind::Text:
        return constant({ValueType::Text, 0, token.text});
    case Token::Kind::Name:
        if (isWord("true") || isWord("false"))
            return constant(MeasureValue::truth(isWord("true")));
        return parseName();
    default:
        break;
    }
    if (!isSign("("))
        return fail(token.begin, expectation());
    if (++m_depth > Condition::mostDepth)
        return fail(token.begin, tr("parentheses are nested too deeply; %1 levels are enough.").arg(Condition::mostDepth));
    const Parsed inner = advance() ? parseOr() : std::nullopt;
    if (!inner)
        return std::nullopt;
    if (!isSign(")"))
        return fail(m_token.begin, m_token.kind == Token::Kind::End ? tr("a closing ')' is missing.") : expectation());
    --m_depth;
    if (!advance())
        return std::nullopt;
    m_condition.m_nodes[*inner].begin = token.begin;
    m_condition.m_nodes[*inner].end = m_end;
    return inner;
}

ConditionParser::Parsed ConditionParser::parseName()
{
    const Token name = m_token;
    const MeasureForm *form = MeasureForm::named(name.text);
    if (!form) {
        if (isWord("and") || isWord("or") || isWord("not"))
            return fail(name.begin, tr("something to join is missing before '%1'.").arg(name.text));
        return fail(name.begin,
            tr("there is no measure '%1'.%2 docs/lessons.md lists all.")
                .arg(name.text, nearNameQuestion(name.text, MeasureForm::names(m_set))));
    }
    if (form->set != m_set)
        return fail(name.begin,
            m_set == MeasureSet::Run ? tr("'%1' is known in tasks with 'lab' only.").arg(name.text)
                                     : tr("'%1' is not known in tasks with 'lab', which measure %2 only.")
                                           .arg(name.text, MeasureForm::names(m_set).join(QLatin1String(", "))));
    Condition::Call call{form, {}, static_cast<int>(name.begin) + 1};
    if (!advance())
        return std::nullopt;
    if (!isSign("("))
        return fail(name.begin, tr("parentheses are missing behind '%1': write %2.").arg(name.text, form->shown()));
    if (!parseArguments(&call))
        return std::nullopt;
    m_condition.m_calls.push_back(call);
    return add({Operation::Measure, m_condition.m_calls.size() - 1, 0, {}, form->gives, name.begin, m_end});
}

bool ConditionParser::parseArguments(Condition::Call *call)
{
    QList<qsizetype> places;
    if (!advance())
        return false;
    while (!isSign(")")) {
        if (m_token.kind == Token::Kind::End)
            return fail(m_token.begin, tr("a closing ')' is missing.")), false;
        if (!places.isEmpty() && !isSign(","))
            return fail(m_token.begin, tr("a comma is missing between the texts: %1.").arg(call->form->shown())), false;
        if (!places.isEmpty() && !advance())
            return false;
        if (m_token.kind != Token::Kind::Text)
            return fail(m_token.begin, tr("only texts in quotes belong here: %1.").arg(call->form->shown())), false;
        call->arguments.append(m_token.text);
        places.append(m_token.begin);
        if (!advance())
            return false;
    }
    return checkArguments(*call, places) && advance();
}

bool ConditionParser::checkArguments(const Condition::Call &call, const QList<qsizetype> &places)
{
    const MeasureForm &form = *call.form;
    if (call.arguments.size() < form.needed || (call.arguments.size() > form.arguments.size() && !form.repeats))
        return fail(call.column - 1,
                   tr("'%1' takes other texts than the %2 that stand here: write %3.")
                       .arg(form.name)
                       .arg(call.arguments.size())
                       .arg(form.shown())),
               false;
    for (qsizetype index = 0; index < call.arguments.size(); ++index) {
        const QStringList &words = MeasureForm::words(form.arguments[std::min(index, form.arguments.size() - 1)]);
        if (!words.isEmpty() && !words.contains(call.arguments[index]))
            return fail(places[index],
                       tr("'%1' is none of %2.%3")
                           .arg(call.arguments[index], words.join(QLatin1String(", ")), nearNameQuestion(call.arguments[index], words))),
                   false;
    }
    return true;
}

} // namespace loopscope
