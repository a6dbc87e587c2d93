// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What SourceEditor paints over QScintilla's picture: times of lines, notes at their ends.
#include "editor/SourceEditor.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>

#include <algorithm>
#include <cmath>

namespace loopscope {

namespace {

constexpr qreal kLeastNote = 48; ///< px at 100 %: a note of less room is left out
constexpr quint64 kLongLine = 1'000'000; ///< ns: what delays everything else noticeably

} // namespace

/// Width and strength say how much: the longest line has the full margin, a quarter of its time half of it. Where no line took long, none
/// is painted as if it had.
void SourceEditor::paintLineTimes(QPainter &painter) const
{
    if (m_longestLine == 0)
        return;
    const auto height = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, 0UL));
    const qreal margin = Theme::current().scaled(7);
    const auto longest = static_cast<double>(std::max(m_longestLine, kLongLine));
    for (auto line = m_lineTimes.cbegin(); line != m_lineTimes.cend(); ++line) {
        if (line->time == 0 || line.key() < 1 || line.key() > lines())
            continue;
        const long start = SendScintilla(SCI_POSITIONFROMLINE, static_cast<unsigned long>(line.key() - 1));
        const auto top = static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, start));
        if (top < -height || top > viewport()->height())
            continue;
        const double share = std::sqrt(static_cast<double>(line->time) / longest);
        QColor colour = Theme::current().palette().heat;
        colour.setAlphaF(0.25F + 0.75F * static_cast<float>(share));
        painter.fillRect(QRectF(0, top, std::max(1.5, margin * share), height), colour);
    }
}

// QScintilla 2.13 has no end-of-line annotations, so notes are painted over its own picture: what waits at the right edge, what was changed
// right behind the text.
QRect SourceEditor::endOfLine(int line) const
{
    if (line < 1 || line > lines())
        return {};
    const auto height = static_cast<int>(SendScintilla(SCI_TEXTHEIGHT, 0UL));
    const long end = SendScintilla(SCI_GETLINEENDPOSITION, static_cast<unsigned long>(line - 1));
    const auto top = static_cast<int>(SendScintilla(SCI_POINTYFROMPOSITION, 0UL, end));
    if (top < -height || top > viewport()->height())
        return {};
    return {static_cast<int>(SendScintilla(SCI_POINTXFROMPOSITION, 0UL, end)), top, 1, height};
}

QRect SourceEditor::changeRect(int line, const QRect &endOfLine) const
{
    const Theme &theme = Theme::current();
    const int gap = qRound(theme.scaled(12));
    const int padding = qRound(theme.scaled(6));
    const int wanted = QFontMetrics(theme.font(Theme::TextRole::Fact)).horizontalAdvance(m_changes.value(line)) + 2 * padding;
    const int room = viewport()->width() - qRound(theme.scaled(8)) - endOfLine.left() - gap;
    // Rather over the end of a long line than out of sight.
    const int width = std::min(wanted, std::max(room, viewport()->width() * 2 / 5));
    const int left = std::min(endOfLine.left() + gap, viewport()->width() - qRound(theme.scaled(8)) - width);
    return QRect(left, endOfLine.top(), width, endOfLine.height()).adjusted(0, 1, 0, -1);
}

void SourceEditor::paintChanges(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::Fact);
    painter.setFont(font);
    painter.setRenderHint(QPainter::Antialiasing);
    for (auto change = m_changes.cbegin(); change != m_changes.cend(); ++change) {
        const QRect end = endOfLine(change.key());
        if (end.isEmpty())
            continue;
        const QRect mark = changeRect(change.key(), end);
        painter.setPen(theme.palette().caution);
        painter.setBrush(theme.palette().field);
        painter.drawRoundedRect(QRectF(mark).adjusted(0.5, 0.5, -0.5, -0.5), theme.scaled(4), theme.scaled(4));
        painter.setBrush(theme.palette().cautionFill);
        painter.drawRoundedRect(QRectF(mark).adjusted(0.5, 0.5, -0.5, -0.5), theme.scaled(4), theme.scaled(4));
        painter.setPen(theme.palette().text);
        const QRect room = mark.adjusted(qRound(theme.scaled(6)), 0, -qRound(theme.scaled(4)), 0);
        painter.drawText(room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter),
            QFontMetrics(font).elidedText(change.value(), Qt::ElideRight, room.width()));
    }
}

void SourceEditor::paintNotes(QPainter &painter) const
{
    const Theme &theme = Theme::current();
    const QFont font = theme.font(Theme::TextRole::Fact);
    const QFontMetrics metrics(font);
    painter.setFont(font);
    const int right = viewport()->width() - qRound(theme.scaled(8));
    const int gap = qRound(theme.scaled(12));
    for (auto note = m_notes.cbegin(); note != m_notes.cend(); ++note) {
        const QRect end = endOfLine(note.key());
        if (end.isEmpty())
            continue;
        const int textEnd = m_changes.contains(note.key()) ? changeRect(note.key(), end).right() : end.left();
        const int room = right - std::max(textEnd + gap, viewport()->width() / 3);
        // An icon and an ellipsis tell nothing.
        if (room < std::min(metrics.horizontalAdvance(note.value()), qRound(theme.scaled(kLeastNote))))
            continue;
        painter.setPen(note.key() == m_currentLine ? theme.palette().text : theme.palette().dim);
        painter.drawText(QRect(right - room, end.top(), room, end.height()), static_cast<int>(Qt::AlignRight | Qt::AlignVCenter),
            metrics.elidedText(note.value(), Qt::ElideRight, room));
    }
}

} // namespace loopscope
