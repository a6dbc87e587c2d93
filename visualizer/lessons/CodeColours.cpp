// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/CodeColours.h"

#include <QRegularExpression>
#include <QSet>
#include <QTextBlock>
#include <QTextCursor>

namespace loopscope {

namespace {

const QRegularExpression &tokens()
{
    static const QRegularExpression pattern(
        QStringLiteral("(?<comment>//.*$|/\\*.*?(\\*/|$))"
                       "|(?<text>'(?:[^'\\\\]|\\\\.)*'?|\"(?:[^\"\\\\]|\\\\.)*\"?|`(?:[^`\\\\]|\\\\.)*`?)"
                       "|(?<number>\\b\\d[\\w.]*)"
                       "|(?<call>\\b[A-Za-z_$][\\w$]*(?=\\s*\\())"
                       "|(?<word>\\b[A-Za-z_$][\\w$]*)"));
    return pattern;
}

bool isKeyword(const QString &word)
{
    static const QSet<QString> words{QStringLiteral("async"), QStringLiteral("await"), QStringLiteral("break"), QStringLiteral("case"),
        QStringLiteral("catch"), QStringLiteral("class"), QStringLiteral("const"), QStringLiteral("continue"), QStringLiteral("default"),
        QStringLiteral("delete"), QStringLiteral("do"), QStringLiteral("else"), QStringLiteral("export"), QStringLiteral("extends"),
        QStringLiteral("false"), QStringLiteral("finally"), QStringLiteral("for"), QStringLiteral("from"), QStringLiteral("function"),
        QStringLiteral("if"), QStringLiteral("import"), QStringLiteral("in"), QStringLiteral("instanceof"), QStringLiteral("let"),
        QStringLiteral("new"), QStringLiteral("null"), QStringLiteral("of"), QStringLiteral("return"), QStringLiteral("static"),
        QStringLiteral("super"), QStringLiteral("switch"), QStringLiteral("this"), QStringLiteral("throw"), QStringLiteral("true"),
        QStringLiteral("try"), QStringLiteral("typeof"), QStringLiteral("undefined"), QStringLiteral("var"), QStringLiteral("void"),
        QStringLiteral("while"), QStringLiteral("yield")};
    return words.contains(word);
}

QColor colourOf(const QRegularExpressionMatch &token, const Palette &palette)
{
    if (token.hasCaptured(QStringLiteral("comment")))
        return palette.comment;
    if (token.hasCaptured(QStringLiteral("text")))
        return palette.stringLiteral;
    if (token.hasCaptured(QStringLiteral("number")))
        return palette.numberLiteral;
    if (isKeyword(token.captured(0)))
        return palette.keyword;
    return token.hasCaptured(QStringLiteral("call")) ? palette.functionName : QColor();
}

} // namespace

bool CodeColours::isKnown(const QString &language)
{
    static const QSet<QString> known{QString(), QStringLiteral("js"), QStringLiteral("mjs"), QStringLiteral("javascript"),
        QStringLiteral("ts"), QStringLiteral("typescript")};
    return known.contains(language.toLower());
}

void CodeColours::apply(const QTextBlock &line, const Palette &palette)
{
    for (auto found = tokens().globalMatch(line.text()); found.hasNext();) {
        const auto token = found.next();
        const QColor colour = colourOf(token, palette);
        if (!colour.isValid())
            continue;
        QTextCursor cursor(line);
        cursor.setPosition(line.position() + static_cast<int>(token.capturedStart()));
        cursor.setPosition(line.position() + static_cast<int>(token.capturedEnd()), QTextCursor::KeepAnchor);
        QTextCharFormat format;
        format.setForeground(colour);
        cursor.mergeCharFormat(format);
    }
}

} // namespace loopscope
