// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "script/SyntaxErrors.h"

#include "script/LineIndex.h"

#include <QRegularExpression>

#include <array>

namespace loopscope {

namespace {

/// What esbuild says, and what V8 says to the same. \1 is the first capture.
struct Wording
{
    const char *pattern;
    const char *words;
};

constexpr std::array wordings{
    Wording{R"~(^The symbol "(.+)" has already been declared$)~", R"~(Identifier '\1' has already been declared)~"},
    Wording{R"~(^"await" can only be used inside an "async" function$)~",
        "await is only valid in async functions and the top level bodies of modules"},
    Wording{R"~(^The constant "(.+)" must be initialized$)~", "Missing initializer in const declaration"},
    Wording{R"~(^Unterminated (string literal|string)$)~", "Invalid or unexpected token"},
    Wording{R"~(^Unterminated template literal$)~", "Unterminated template literal"},
    Wording{R"~(^Unterminated regular expression$)~", "Invalid regular expression: missing /"},
    Wording{R"~(^Expected "\*/" to terminate multi-line comment$)~", "Invalid or unexpected token"},
    Wording{R"~(^Syntax error "(.+)"$)~", "Invalid or unexpected token"},
    Wording{R"~(^Cannot use "break" here.*$)~", "Illegal break statement"},
    Wording{R"~(^Cannot use "continue" here.*$)~", "Illegal continue statement: no surrounding iteration statement"},
    Wording{R"~(^There is no containing label named "(.+)"$)~", R"~(Undefined label '\1')~"},
    Wording{R"~(^Cannot continue to label "(.+)"$)~", R"~(Illegal continue statement: '\1' does not denote an iteration statement)~"},
    Wording{R"~(^Invalid assignment target$)~", "Invalid left-hand side in assignment"},
    Wording{R"~(^Unexpected "super"$)~", "'super' keyword unexpected here"},
    Wording{R"~(^Private name "(.+)" must be declared in an enclosing class$)~",
        R"~(Private field '\1' must be declared in an enclosing class)~"},
    Wording{R"~(^Multiple default clauses are not allowed$)~", "More than one default clause in switch statement"},
    Wording{R"~(^Delete of a bare identifier cannot be used in .*$)~", "Delete of an unqualified identifier in strict mode."},
    Wording{R"~(^With statements cannot be used in .*$)~", "Strict mode code may not include a with statement"},
    Wording{R"~(^Legacy octal literals cannot be used in .*$)~", "Octal literals are not allowed in strict mode."},
    Wording{R"~(^Legacy octal escape sequences cannot be used in .*$)~", "Octal escape sequences are not allowed in strict mode."},
    Wording{R"~(^Cannot use "yield" outside a generator function$)~", "Unexpected strict mode reserved word"},
    Wording{R"~(^Cannot use "new.target" here.*$)~", "new.target expression is not allowed here"},
    Wording{R"~(^Classes cannot contain more than one constructor$)~", "A class may only have one constructor"},
    Wording{R"~(^Expected "finally" but found .*$)~", "Missing catch or finally after try"},
    Wording{R"~(^Expected "catch" but found .*$)~", "Missing catch or finally after try"},
    Wording{R"~(^Cannot use "(eval|arguments)" here.*$)~", "Unexpected eval or arguments in strict mode"},
    Wording{R"~(^"(.+)" is a reserved word and cannot be used in .*$)~", "Unexpected strict mode reserved word"},
    Wording{R"~(^Unexpected "\*\*".*$)~",
        "Unary operator used immediately before exponentiation expression. Parenthesis must be used to disambiguate operator precedence"},
};

/// V8's name for a token that should not be there.
QString unexpectedToken(const QString &token)
{
    static const QStringList words{QStringLiteral("break"), QStringLiteral("case"), QStringLiteral("catch"), QStringLiteral("class"),
        QStringLiteral("const"), QStringLiteral("continue"), QStringLiteral("debugger"), QStringLiteral("default"),
        QStringLiteral("delete"), QStringLiteral("do"), QStringLiteral("else"), QStringLiteral("export"), QStringLiteral("extends"),
        QStringLiteral("false"), QStringLiteral("finally"), QStringLiteral("for"), QStringLiteral("function"), QStringLiteral("if"),
        QStringLiteral("import"), QStringLiteral("in"), QStringLiteral("instanceof"), QStringLiteral("new"), QStringLiteral("null"),
        QStringLiteral("return"), QStringLiteral("super"), QStringLiteral("switch"), QStringLiteral("this"), QStringLiteral("throw"),
        QStringLiteral("true"), QStringLiteral("try"), QStringLiteral("typeof"), QStringLiteral("var"), QStringLiteral("void"),
        QStringLiteral("while"), QStringLiteral("with")};
    if (token.isEmpty() || token == QLatin1String("end of file"))
        return QStringLiteral("Unexpected end of input");
    const QChar first = token[0];
    if (first == QLatin1Char('"') || first == QLatin1Char('\''))
        return QStringLiteral("Unexpected string");
    if (first == QLatin1Char('`'))
        return QStringLiteral("Unexpected template string");
    if (first.isDigit())
        return QStringLiteral("Unexpected number");
    if (token == QLatin1String("enum") || token == QLatin1String("await"))
        return QStringLiteral("Unexpected reserved word");
    if (token == QLatin1String("@") || token == QLatin1String("#") || token == QLatin1String("\\"))
        return QStringLiteral("Invalid or unexpected token");
    if ((first.isLetter() || first == QLatin1Char('_') || first == QLatin1Char('$')) && !words.contains(token))
        return QStringLiteral("Unexpected identifier '%1'").arg(token);
    return QStringLiteral("Unexpected token '%1'").arg(token);
}

bool isWordByte(char character)
{
    return (character >= '0' && character <= '9') || (character >= 'A' && character <= 'Z') || (character >= 'a' && character <= 'z')
        || character == '_' || character == '$';
}

/// The word, number or string that starts at an offset; esbuild gives only its length.
QString tokenAt(const QByteArray &text, quint32 start, quint32 length)
{
    quint32 end = start + std::max(length, 1U);
    const auto size = static_cast<quint32>(text.size());
    while (end < size && start < size && isWordByte(text[start]) && isWordByte(text[end]))
        ++end;
    return QString::fromUtf8(text.mid(start, std::min(end, size) - start));
}

/// True if the innermost bracket open at an offset is the `(` of a call. Good enough for the words of a message: strings are not skipped.
bool isInArguments(const QByteArray &text, quint32 offset)
{
    int depth = 0;
    for (qsizetype at = static_cast<qsizetype>(offset) - 1; at >= 0; --at) {
        const char character = text[at];
        if (character == ')' || character == ']' || character == '}')
            ++depth;
        if (character != '(' && character != '[' && character != '{')
            continue;
        if (depth-- > 0)
            continue;
        if (character != '(')
            return false;
        qsizetype end = at;
        while (end > 0 && (text[end - 1] == ' ' || text[end - 1] == '\t'))
            --end;
        qsizetype start = end;
        while (start > 0 && isWordByte(text[start - 1]))
            --start;
        const QByteArray word = text.mid(start, end - start);
        static const QByteArrayList notCalls{"if", "while", "for", "switch", "catch", "with", "return", "typeof", "await", "function"};
        const bool isFunctionHead = text.left(start).trimmed().endsWith("function");
        return (!word.isEmpty() && !notCalls.contains(word) && !isFunctionHead)
            || (end > 0 && (text[end - 1] == ')' || text[end - 1] == ']'));
    }
    return false;
}

} // namespace

CompileError errorAt(const QByteArray &text, const QString &path, quint32 start, quint32 end, const QString &message, bool isSyntaxError)
{
    const LineIndex lines(text);
    const TextPlace from = lines.place(start);
    const TextPlace to = lines.place(end);
    CompileError error;
    error.path = path;
    error.line = from.line;
    error.column = from.column;
    error.sourceLine = lines.line(from.line);
    const quint32 lineEnd = static_cast<quint32>(error.sourceLine.size()) + 1;
    error.length = std::max(1U, (to.line == from.line ? to.column : lineEnd) - std::min(from.column, lineEnd));
    error.message = message;
    error.isSyntaxError = isSyntaxError;
    return error;
}

CompileError syntaxErrorOf(const EsbuildResult &result, const QByteArray &text, const QString &path)
{
    const LineIndex lines(text);
    const quint32 start = result.line == 0 ? 0 : lines.offset({result.line, 1}) + result.column;
    quint32 end = start + result.length;
    QString message = result.message;
    for (const Wording &wording : wordings) {
        const QRegularExpression pattern(QString::fromLatin1(wording.pattern));
        if (message.contains(pattern)) {
            message.replace(pattern, QString::fromLatin1(wording.words));
            return errorAt(text, path, start, end, message, true);
        }
    }
    const bool isUnexpected = message.startsWith(QLatin1String("Unexpected ")) || message.startsWith(QLatin1String("Expected "));
    if (isUnexpected) {
        const bool isEnd = message.endsWith(QLatin1String("end of file"));
        const QString token = isEnd ? QString() : tokenAt(text, start, result.length);
        const bool isMissingParenthesis = message.startsWith(QLatin1String("Expected \")\""));
        if (isMissingParenthesis && isInArguments(text, start))
            message = QStringLiteral("missing ) after argument list");
        else
            message = unexpectedToken(token);
        if (!isEnd)
            end = start + static_cast<quint32>(token.toUtf8().size());
    }
    return errorAt(text, path, start, end, message, true);
}

CompileError syntaxErrorOf(const SyntaxTree &tree, const QString &path)
{
    const SyntaxNode &node = tree[tree.firstError()];
    const quint32 end = std::min(node.end, node.start + 1);
    if (node.start >= static_cast<quint32>(tree.text().size()))
        return errorAt(tree.text(), path, node.start, end, QStringLiteral("Unexpected end of input"), true);
    return errorAt(tree.text(), path, node.start, end, QStringLiteral("Invalid or unexpected token"), true);
}

} // namespace loopscope
