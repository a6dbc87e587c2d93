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
    Wording{R"~(^This constant must be initialized$)~", "Missing initializer in destructuring declaration"},
    Wording{R"~(^Cannot use "let" as an identifier here.*$)~", "let is disallowed as a lexically bound name"},
    Wording{
        R"~(^"(.+)" cannot be bound multiple times in the same parameter list$)~", "Duplicate parameter name not allowed in this context"},
    Wording{R"~(^Unicode escape sequence is out of range$)~", "Undefined Unicode code-point"},
    Wording{
        R"~(^Cannot use a declaration in a single-statement context$)~", "Lexical declaration cannot appear in a single-statement context"},
    Wording{R"~(^Cannot use "(.+)" with ".+" without parentheses$)~", R"~(Unexpected token '\1')~"},
    Wording{R"~(^(Duplicate|Invalid) flag "." in regular expression$)~", "Invalid regular expression flags"},
    Wording{R"~(^Multiple exports with the same name "(.+)"$)~", R"~(Duplicate export of '\1')~"},
    Wording{R"~(^"(.+)" is not declared in this file$)~", R"~(Export '\1' is not defined in module)~"},
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

/// Moves a range to the token in front of it.
void previousToken(const QByteArray &text, quint32 *start, quint32 *end)
{
    quint32 last = *start;
    while (last > 0 && QChar::isSpace(static_cast<unsigned char>(text[last - 1])))
        --last;
    quint32 first = last;
    if (last > 1 && (text[last - 1] == '"' || text[last - 1] == '\'' || text[last - 1] == '`')) {
        const qsizetype opening = text.lastIndexOf(text[last - 1], static_cast<qsizetype>(last) - 2);
        first = opening >= 0 ? static_cast<quint32>(opening) : last;
    }
    if (first == last) {
        while (first > 0 && isWordByte(text[first - 1]))
            --first;
    }
    *start = first == last && first > 0 ? first - 1 : first;
    *end = last;
}

bool lastTokenIsOpen(const QByteArray &text, quint32 offset)
{
    const QByteArray before = text.left(offset).trimmed();
    return before.endsWith('(') || before.endsWith(',');
}

/// Where V8 points for what esbuild reports behind it: at the head of an unterminated literal and of a number that runs into a name.
void adjustPlace(const QByteArray &text, const QString &message, quint32 *start, quint32 *end)
{
    const qsizetype lineStart = *start == 0 ? 0 : text.lastIndexOf('\n', *start - 1) + 1;
    if (message == QLatin1String("Unterminated string literal")) {
        char quote = 0;
        qsizetype opening = *start;
        for (qsizetype at = lineStart; at < static_cast<qsizetype>(*start); ++at) {
            if (text[at] == '\\' && quote != 0) {
                ++at;
            } else if (quote == 0 && (text[at] == '"' || text[at] == '\'')) {
                quote = text[at];
                opening = at;
            } else if (text[at] == quote) {
                quote = 0;
            }
        }
        // None in this line: it is a template's.
        *start = opening == static_cast<qsizetype>(*start) ? static_cast<quint32>(text.size()) : static_cast<quint32>(opening);
        *end = static_cast<quint32>(std::max<qsizetype>(text.indexOf('\n', opening), opening));
    } else if (message == QLatin1String("Unterminated regular expression")) {
        const qsizetype opening = *start == 0 ? -1 : text.lastIndexOf('/', *start - 1);
        *start = opening >= lineStart ? static_cast<quint32>(opening) : *start;
        *end = *start + 1;
    } else if (message.startsWith(QLatin1String("Syntax error \""))) {
        while (*start > 0 && isWordByte(text[*start - 1]))
            --*start;
        *end = *start + 1;
    }
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
    error.length = start >= static_cast<quint32>(text.size()) // at the end of the text there is nothing to point at
        ? 0
        : std::max(1U, (to.line == from.line ? to.column : lineEnd) - std::min(from.column, lineEnd));
    error.message = message;
    error.isSyntaxError = isSyntaxError;
    return error;
}

CompileError syntaxErrorOf(const EsbuildResult &result, const QByteArray &text, const QString &path)
{
    const LineIndex lines(text);
    const auto size = static_cast<quint32>(text.size());
    quint32 start = result.line == 0 ? 0 : std::min(lines.offset({result.line, 1}) + result.column, size);
    quint32 end = std::min(start + result.length, size);
    QString message = result.message;
    adjustPlace(text, message, &start, &end);
    if (message.startsWith(QLatin1String("Unterminated ")) && start >= size)
        message = QStringLiteral("Unexpected end of file"); // of a template
    for (const Wording &wording : wordings) {
        const QRegularExpression pattern(QString::fromLatin1(wording.pattern));
        if (message.contains(pattern)) {
            message.replace(pattern, QString::fromLatin1(wording.words));
            return errorAt(text, path, start, end, message, true);
        }
    }
    if (message.startsWith(QLatin1String("Unexpected ")) || message.startsWith(QLatin1String("Expected "))) {
        const bool isEnd = message.endsWith(QLatin1String("end of file"));
        const QString token = isEnd ? QString() : tokenAt(text, start, end - start);
        if (message.startsWith(QLatin1String("Expected \")\"")) && isInArguments(text, start) && !lastTokenIsOpen(text, start)) {
            // V8 points at the last argument.
            previousToken(text, &start, &end);
            message = QStringLiteral("missing ) after argument list");
        } else if (message.startsWith(QLatin1String("Expected identifier")) && text.left(start).trimmed().endsWith("function")) {
            start = static_cast<quint32>(text.left(start).lastIndexOf("function"));
            end = start + 8;
            message = QStringLiteral("Function statements require a function name");
        } else {
            message = unexpectedToken(token);
            if (!isEnd)
                end = start + static_cast<quint32>(token.toUtf8().size());
        }
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
