// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/loader/LessonText.h"

#include <QRegularExpression>
#include <QStringList>

namespace loopscope {

LessonText LessonText::parse(const QString &markdown)
{
    static const QRegularExpression heading(QStringLiteral("^ {0,3}#{1,6}[ \\t]+(.*?)[ \\t]*\\{#([^{}\\s]*)\\}[ \\t]*$"));
    static const QRegularExpression fence(QStringLiteral("^ {0,3}(`{3,}|~{3,})(.*)$"));
    LessonText text;
    QStringList lines;
    const auto close = [&] {
        (text.sections.isEmpty() ? text.introduction : text.sections.last().text) = lines.join(QLatin1Char('\n')).trimmed();
        lines.clear();
    };
    QString openFence; // CommonMark: closed by at least as many of the same sign, with nothing behind
    int number = 0;
    for (QString line : markdown.split(QLatin1Char('\n'))) {
        ++number;
        if (line.endsWith(QLatin1Char('\r')))
            line.chop(1);
        if (const auto mark = fence.match(line); mark.hasMatch()) {
            const QString signs = mark.captured(1);
            if (openFence.isEmpty())
                openFence = signs;
            else if (signs.startsWith(openFence) && mark.captured(2).trimmed().isEmpty())
                openFence.clear();
        } else if (const auto found = heading.match(line); openFence.isEmpty() && found.hasMatch()) {
            close();
            text.sections.append({found.captured(2), found.captured(1), {}, number});
            continue;
        }
        lines.append(line);
    }
    close();
    return text;
}

} // namespace loopscope
