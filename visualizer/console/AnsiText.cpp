// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/AnsiText.h"

#include <QList>

namespace loopscope {

namespace {

constexpr QChar kEscape(0x1b);
constexpr QChar kBell(0x07);
constexpr int kTab = 8;

/// One number of a "select graphic rendition"; gives how many of the following ones belong to it.
int select(AnsiText::Style &style, const QList<int> &numbers, qsizetype at)
{
    using Colour = AnsiText::Colour;
    const int number = numbers.at(at);
    switch (number) {
    case 0:
        style = {};
        break;
    case 1:
        style.isBold = true;
        break;
    case 2:
        style.isFaint = true;
        break;
    case 3:
        style.isItalic = true;
        break;
    case 4:
        style.isUnderlined = true;
        break;
    case 22:
        style.isBold = false;
        style.isFaint = false;
        break;
    case 23:
        style.isItalic = false;
        break;
    case 24:
        style.isUnderlined = false;
        break;
    case 38:
    case 48:
        if (number == 38)
            style.colour = Colour::None;
        return numbers.value(at + 1) == 5 ? 2 : numbers.value(at + 1) == 2 ? 4 : 0;
    case 39:
        style.colour = Colour::None;
        break;
    default:
        if (number >= 30 && number <= 37)
            style.colour = static_cast<Colour>(number - 30 + 1);
        else if (number >= 90 && number <= 97)
            style.colour = static_cast<Colour>(number - 90 + 1);
    }
    return 0;
}

/// Takes the sequence that begins with the escape at `at`; gives the place behind it.
qsizetype takeSequence(const QString &written, qsizetype at, AnsiText::Style &style)
{
    const qsizetype size = written.size();
    if (++at >= size)
        return at;
    if (written.at(at) == QLatin1Char(']')) { // an operating system command, as links and titles are: up to BEL or ESC backslash
        for (++at; at < size && written.at(at) != kBell; ++at) {
            if (written.at(at) == kEscape)
                return std::min(size, at + 2);
        }
        return std::min(size, at + 1);
    }
    if (written.at(at) != QLatin1Char('['))
        return at + 1;
    QList<int> numbers{0};
    for (++at; at < size; ++at) {
        const char16_t character = written.at(at).unicode();
        if (character >= u'0' && character <= u'9')
            numbers.last() = std::min(numbers.constLast() * 10 + (character - u'0'), 9999);
        else if (character == u';' || character == u':')
            numbers.append(0);
        else if (character >= u'@' && character <= u'~')
            break;
    }
    if (at < size && written.at(at) == QLatin1Char('m')) {
        for (qsizetype i = 0; i < numbers.size(); ++i)
            i += select(style, numbers, i);
    }
    return std::min(size, at + 1);
}

} // namespace

AnsiText AnsiText::parse(const QString &written)
{
    AnsiText result;
    if (!written.contains(kEscape)) {
        result.text = written;
        return result;
    }
    Style style;
    Style last;
    for (qsizetype at = 0; at < written.size();) {
        if (written.at(at) == kEscape) {
            at = takeSequence(written, at, style);
            continue;
        }
        const qsizetype next = written.indexOf(kEscape, at);
        const qsizetype end = next < 0 ? written.size() : next;
        if (style != last)
            result.stretches.push_back({result.text.size(), style});
        last = style;
        result.text += QStringView(written).mid(at, end - at);
        at = end;
    }
    return result;
}

int AnsiText::lineCount(const QString &written)
{
    return static_cast<int>(written.count(QLatin1Char('\n'))) + (written.endsWith(QLatin1Char('\n')) ? 0 : 1);
}

AnsiText AnsiText::line(int number) const
{
    qsizetype begin = 0;
    for (; number > 0; --number)
        begin = text.indexOf(QLatin1Char('\n'), begin) + 1;
    const qsizetype lineBreak = text.indexOf(QLatin1Char('\n'), begin);
    qsizetype end = lineBreak < 0 ? text.size() : lineBreak;
    while (end > begin && text.at(end - 1) == QLatin1Char('\r'))
        --end;
    if (end > begin) {
        const qsizetype carriageReturn = text.lastIndexOf(QLatin1Char('\r'), end - 1);
        begin = std::max(begin, carriageReturn + 1);
    }
    AnsiText result;
    std::size_t stretch = 0;
    Style style;
    Style last;
    for (qsizetype at = begin; at < end; ++at) {
        for (; stretch < stretches.size() && stretches[stretch].start <= at; ++stretch)
            style = stretches[stretch].style;
        if (style != last)
            result.stretches.push_back({result.text.size(), style});
        last = style;
        const QChar character = text.at(at);
        if (character == QLatin1Char('\t'))
            result.text += QString(kTab - result.text.size() % kTab, QLatin1Char(' '));
        else if (character.unicode() >= 0x20)
            result.text += character;
    }
    return result;
}

} // namespace loopscope
