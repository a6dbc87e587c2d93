// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "console/AnsiText.h"

#include <QColor>
#include <QStyledItemDelegate>

namespace loopscope {

class RowView;

/// Paints a line of the console: its text on the left in mono, as the script coloured it; place and moment on the right in small type,
/// which give way where both do not fit; what was written to stderr has a bar at its edge.
class ConsoleDelegate : public QStyledItemDelegate
{
    Q_OBJECT
public:
    explicit ConsoleDelegate(RowView *view);

    /// Marks this text in every line; empty: none.
    void setMarked(const QString &text) { m_marked = text; }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    static QColor colourOf(AnsiText::Colour colour);
    /// Paints the text from x on; gives its width.
    int paintText(QPainter &painter, const QRect &room, const AnsiText &text, const QColor &normal) const;
    void paintMarks(QPainter &painter, const QRect &room, const QString &text) const;

    RowView *m_view;
    QString m_marked;
};

} // namespace loopscope
