// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleDelegate.h"

#include "console/ConsoleModel.h"
#include "shell/RowView.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QLinearGradient>
#include <QPainter>

namespace loopscope {

ConsoleDelegate::ConsoleDelegate(RowView *view)
    : QStyledItemDelegate(view)
    , m_view(view)
{
}

/// Terminals' colours in those of the window. Its yellow means "now" and nothing else, so the script's yellow is the amber beside it.
QColor ConsoleDelegate::colourOf(AnsiText::Colour colour)
{
    const Palette &p = Theme::current().palette();
    switch (colour) {
    case AnsiText::Colour::Red:
        return p.error;
    case AnsiText::Colour::Green:
        return p.hueText(Hue::Check);
    case AnsiText::Colour::Yellow:
        return p.hueText(Hue::Timers);
    case AnsiText::Colour::Blue:
        return p.link;
    case AnsiText::Colour::Magenta:
        return p.hueText(Hue::Microtask);
    case AnsiText::Colour::Cyan:
        return p.hueText(Hue::Poll);
    case AnsiText::Colour::Black:
        return p.dim; // black on black, or grey: meant to be quiet
    case AnsiText::Colour::White:
    case AnsiText::Colour::None:
        break;
    }
    return p.text;
}

void ConsoleDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const Theme &theme = Theme::current();
    const Palette &p = theme.palette();
    const QRect row(0, option.rect.top(), m_view->viewport()->width(), option.rect.height());
    if (option.state.testFlag(QStyle::State_Selected))
        painter->fillRect(row, p.chip);
    else if (option.state.testFlag(QStyle::State_MouseOver))
        painter->fillRect(row, p.card);
    if (option.state.testFlag(QStyle::State_HasFocus)) {
        painter->setPen(p.line);
        painter->drawRect(row.adjusted(0, 0, -1, -1));
    }
    const bool isError = index.data(ConsoleModel::IsErrorRole).toBool();
    const int margin = qRound(theme.scaled(12));
    if (isError)
        painter->fillRect(QRect(margin / 3, row.top(), std::max(2, margin / 6), row.height()), p.error);
    const AnsiText text = static_cast<const ConsoleModel *>(index.model())->shown(index.row());
    const QFont code = theme.font(Theme::TextRole::Code);
    painter->setFont(code);
    const QRect room(option.rect.left() + margin, row.top(), option.rect.width() - margin, row.height());
    paintMarks(*painter, room, text.text);
    const int right = room.left() + paintText(*painter, room, text, isError && text.stretches.empty() ? p.error : p.text);
    const QString fact = index.data(ConsoleModel::FactRole).toString();
    const QFont small = theme.font(Theme::TextRole::Fact);
    const int factWidth = fact.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(fact) + margin;
    // The widest line seen says how far one can scroll; not while painting, as that moves the view.
    if (const int width = right - option.rect.left() + margin + factWidth; width > std::max(m_view->contentWidth(), row.width())) {
        QMetaObject::invokeMethod(
            m_view, [view = m_view, width] { view->setContentWidth(std::max(view->contentWidth(), width)); }, Qt::QueuedConnection);
    }

    if (fact.isEmpty())
        return;
    // What printed the line stays in sight; a long line ends before it, and is read whole by scrolling.
    if (const int left = row.right() - factWidth - margin; right > left) {
        const QColor ground = option.state.testFlag(QStyle::State_Selected) ? p.chip
            : option.state.testFlag(QStyle::State_MouseOver)                ? p.card
                                                                            : p.window;
        QColor clear = ground;
        clear.setAlpha(0);
        QLinearGradient fade(left - margin, 0, left + margin / 2, 0);
        fade.setColorAt(0, clear);
        fade.setColorAt(1, ground);
        painter->fillRect(QRect(left - margin, row.top() + 1, row.right() - left + margin, row.height() - 2), fade);
    }
    painter->setFont(small);
    painter->setPen(p.dim);
    painter->drawText(row.adjusted(0, 0, -margin, 0), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), fact);
}

void ConsoleDelegate::paintMarks(QPainter &painter, const QRect &room, const QString &text) const
{
    if (m_marked.isEmpty())
        return;
    const QFontMetrics metrics(painter.font());
    QColor mark = Theme::current().palette().accent;
    mark.setAlphaF(0.35F);
    for (qsizetype at = text.indexOf(m_marked, 0, Qt::CaseInsensitive); at >= 0;
         at = text.indexOf(m_marked, at + m_marked.size(), Qt::CaseInsensitive)) {
        const int left = room.left() + metrics.horizontalAdvance(text, static_cast<int>(at));
        painter.fillRect(left, room.top() + 1, metrics.horizontalAdvance(text.mid(at, m_marked.size())), room.height() - 2, mark);
    }
}

int ConsoleDelegate::paintText(QPainter &painter, const QRect &room, const AnsiText &text, const QColor &normal) const
{
    const auto flags = static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter) | static_cast<int>(Qt::TextDontClip | Qt::TextSingleLine);
    const QFont plain = painter.font();
    int x = room.left();
    const auto piece = [&](qsizetype from, qsizetype to, const AnsiText::Style &style) {
        if (from == to)
            return;
        QFont font = plain;
        font.setBold(style.isBold);
        font.setItalic(style.isItalic);
        font.setUnderline(style.isUnderlined);
        painter.setFont(font);
        const QColor colour = style.colour == AnsiText::Colour::None ? normal : colourOf(style.colour);
        painter.setPen(style.isFaint ? Theme::current().palette().dim : colour);
        const QString part = text.text.mid(from, to - from);
        painter.drawText(QRect(x, room.top(), 1, room.height()), flags, part);
        x += QFontMetrics(font).horizontalAdvance(part);
    };
    AnsiText::Style style;
    qsizetype from = 0;
    for (const AnsiText::Stretch &stretch : text.stretches) {
        const qsizetype start = std::min(stretch.start, text.text.size());
        piece(from, start, style);
        from = start;
        style = stretch.style;
    }
    piece(from, text.text.size(), style);
    return x - room.left();
}

} // namespace loopscope
