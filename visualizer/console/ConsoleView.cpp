// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "console/ConsoleView.h"

#include "console/ConsoleModel.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>

namespace loopscope {

namespace {

/// Text on the left in mono, the fact on the right in small type; the fact gives way where both do not fit.
class LineDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        const Palette &p = theme.palette();
        if ((option.state & QStyle::State_Selected) != 0)
            painter->fillRect(option.rect, p.nowFill);
        else if ((option.state & QStyle::State_MouseOver) != 0)
            painter->fillRect(option.rect, p.card);
        const int margin = qRound(theme.scaled(12));
        const QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        const QFont code = theme.font(Theme::TextRole::Code);
        const QFont small = theme.font(Theme::TextRole::Fact);
        const QString text = index.data(Qt::DisplayRole).toString();
        const QString fact = index.data(ConsoleModel::FactRole).toString();
        const bool isError = index.data(ConsoleModel::IsErrorRole).toBool();
        const int textWidth = QFontMetrics(code).horizontalAdvance(text);
        const int factWidth = fact.isEmpty() ? 0 : QFontMetrics(small).horizontalAdvance(fact) + margin;
        const bool showsFact = textWidth + factWidth <= room.width();
        painter->setFont(code);
        painter->setPen(isError ? p.error : p.text);
        painter->drawText(
            room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), QFontMetrics(code).elidedText(text, Qt::ElideRight, room.width()));
        if (!showsFact)
            return;
        painter->setFont(small);
        painter->setPen(p.dim);
        painter->drawText(room, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), fact);
    }

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const override
    {
        const Theme &theme = Theme::current();
        return {100, QFontMetrics(theme.font(Theme::TextRole::Code)).height() + qRound(theme.scaled(4))};
    }
};

} // namespace

ConsoleView::ConsoleView(QWidget *parent)
    : QListView(parent)
{
    setObjectName(QStringLiteral("consoleView"));
    setAccessibleName(tr("Console"));
    setItemDelegate(new LineDelegate(this));
    setUniformItemSizes(true);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(this, &QListView::clicked, this, &ConsoleView::choose);
    connect(this, &QListView::activated, this, &ConsoleView::choose);
    connect(&Theme::current(), &Theme::changed, this, &QListView::doItemsLayout);
}

void ConsoleView::setModel(QAbstractItemModel *model)
{
    QListView::setModel(model);
    // The newest line stays in sight.
    connect(
        model, &QAbstractItemModel::rowsInserted, this, [this] { scrollToBottom(); }, Qt::QueuedConnection);
}

void ConsoleView::setEmptyHint(const QString &hint)
{
    m_emptyHint = hint;
    viewport()->update();
}

void ConsoleView::paintEvent(QPaintEvent *event)
{
    QListView::paintEvent(event);
    if (model() == nullptr || model()->rowCount() > 0 || m_emptyHint.isEmpty())
        return;
    QPainter painter(viewport());
    painter.setFont(Theme::current().font(Theme::TextRole::Words));
    painter.setPen(Theme::current().palette().faint);
    const int margin = qRound(Theme::current().scaled(12));
    painter.drawText(viewport()->rect().adjusted(margin, margin / 3, -margin, 0),
        static_cast<int>(Qt::AlignLeft | Qt::AlignTop) | static_cast<int>(Qt::TextWordWrap), m_emptyHint);
}

void ConsoleView::choose(const QModelIndex &index)
{
    const QVariant event = index.data(ConsoleModel::EventRole);
    if (event.isValid())
        Q_EMIT eventChosen(event.value<quint64>());
}

} // namespace loopscope
