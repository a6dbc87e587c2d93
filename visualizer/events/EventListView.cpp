// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListView.h"

#include "events/EventListModel.h"
#include "theme/Icons.h"
#include "theme/Theme.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>
#include <numeric>

namespace loopscope {

namespace {

constexpr int kLinesCopied = 100'000;
constexpr int kSignsFrom = 120; ///< width of a cell that has room for the sign of its kind

/// Cells without the focus frame; the row of the moment in yellow, hits of a search with a mark at their edge.
class EventDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        const Palette &p = theme.palette();
        const bool isNow = index.data(EventListModel::IsNowRole).toBool();
        const bool isSelected = option.state.testFlag(QStyle::State_Selected);
        if (isNow)
            painter->fillRect(option.rect, p.nowFill);
        else if (isSelected)
            painter->fillRect(option.rect, p.chip);
        else if (option.state.testFlag(QStyle::State_MouseOver))
            painter->fillRect(option.rect, p.card);
        if (index.column() == 0 && (isNow || index.data(EventListModel::IsHitRole).toBool())) {
            const QColor mark = !isNow ? p.link : p.isDark ? p.now : p.nowText;
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), mark);
        }
        const QFont font = index.data(Qt::FontRole).value<QFont>();
        painter->setFont(font);
        painter->setPen(isNow || isSelected ? p.text : index.data(Qt::ForegroundRole).value<QColor>());
        // Of a place the line, at its end, is what counts.
        const auto elide = index.column() == EventListModel::Where ? Qt::ElideLeft : Qt::ElideRight;
        const int margin = qRound(theme.scaled(5));
        QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        if (index.column() == EventListModel::What && room.width() > theme.scaled(kSignsFrom)) {
            const int side = qRound(theme.scaled(13));
            const QRect sign(room.left(), room.center().y() - side / 2, side, side);
            const auto hue = static_cast<Hue>(index.data(EventListModel::HueRole).toInt());
            drawKind(*painter, sign, hue, p.hueText(hue));
            room.setLeft(sign.right() + margin);
        }
        painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt(),
            QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), elide, room.width()));
    }
};

} // namespace

EventListView::EventListView(QWidget *parent)
    : RowView(parent)
{
    setObjectName(QStringLiteral("eventListView"));
    setAccessibleName(tr("Events"));
    setItemDelegate(new EventDelegate(this));
    setSelectionMode(QAbstractItemView::ExtendedSelection);
    makeHeader()->setMinimumSectionSize(20);
    connect(&Theme::current(), &Theme::changed, this, &EventListView::applyTheme);
}

void EventListView::setEvents(EventListModel *events)
{
    m_events = events;
    setModel(events);
    header()->setSectionResizeMode(QHeaderView::Fixed);
    header()->setSectionResizeMode(EventListModel::What, QHeaderView::Stretch);
    // Numbers get longer as the recording does.
    connect(events, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        if (QLocale().toString(first).size() != QLocale().toString(last + 1).size())
            applyTheme();
    });
    connect(events, &QAbstractItemModel::modelReset, this, &EventListView::applyTheme);
    applyTheme();
}

void EventListView::applyTheme()
{
    const Theme &theme = Theme::current();
    setRowHeight(QFontMetrics(theme.font(Theme::TextRole::Words)).height() + qRound(theme.scaled(5)));
    if (m_events == nullptr)
        return;
    const int digit = QFontMetrics(theme.font(Theme::TextRole::SmallCode)).horizontalAdvance(QLatin1Char('9'));
    const int padding = qRound(theme.scaled(12));
    const bool isNarrow = width() < theme.scaled(340);
    header()->resizeSection(
        EventListModel::Number, digit * std::max(5, static_cast<int>(QLocale().toString(m_events->eventCount()).size())) + padding);
    header()->resizeSection(EventListModel::Time, digit * 9 + padding);
    header()->resizeSection(EventListModel::Loop, digit * 21 + padding);
    // The place is part of the sentence too; a narrow list has no room for it twice.
    header()->setSectionHidden(EventListModel::Time, width() < theme.scaled(230));
    header()->setSectionHidden(EventListModel::Loop, width() < theme.scaled(520));
    header()->setSectionHidden(EventListModel::Where, isNarrow);
    if (!isNarrow)
        header()->resizeSection(EventListModel::Where, digit * 14 + padding);
}

void EventListView::resizeEvent(QResizeEvent *event)
{
    applyTheme();
    RowView::resizeEvent(event);
}

void EventListView::showCursor(quint64 cursor)
{
    const QScopedValueRollback<bool> guard(m_isShowing, true);
    const int row = m_events != nullptr && cursor > 0 ? m_events->rowUpTo(cursor - 1) : -1;
    if (row >= 0)
        scrollTo(m_events->index(row, EventListModel::What), QAbstractItemView::EnsureVisible);
    if (row >= 0 && m_events->eventOf(row) == cursor - 1) {
        // The keys may have come here while they select rows: then the selection is to stay.
        if (currentIndex().row() != row || !selectionModel()->isRowSelected(row))
            selectionModel()->setCurrentIndex(
                m_events->index(row, EventListModel::What), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        return;
    }
    if (row < 0)
        scrollToTop();
    // The keys go on from the place in between; only nothing is selected there.
    selectionModel()->setCurrentIndex(row >= 0 ? m_events->index(row, EventListModel::What) : QModelIndex(), QItemSelectionModel::Clear);
}

void EventListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    RowView::currentChanged(current, previous);
    if (!m_isShowing && !m_isPressed && current.isValid())
        Q_EMIT eventChosen(m_events->eventOf(current.row()));
}

void EventListView::mousePressEvent(QMouseEvent *event)
{
    m_isPressed = event->button() == Qt::LeftButton;
    RowView::mousePressEvent(event);
}

void EventListView::mouseReleaseEvent(QMouseEvent *event)
{
    RowView::mouseReleaseEvent(event);
    if (!std::exchange(m_isPressed, false))
        return;
    // Also on the row where the keys stand: that changes nothing for Qt, and yet it chooses it.
    const QModelIndex now = indexAt(event->position().toPoint());
    if (now.isValid() && now.row() == currentIndex().row())
        Q_EMIT eventChosen(m_events->eventOf(now.row()));
}

void EventListView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copySelected();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT eventChosen(m_events->eventOf(currentIndex().row()));
    else
        RowView::keyPressEvent(event);
}

void EventListView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex at = indexAt(event->pos());
    QMenu menu(this);
    QAction *selected = menu.addAction(tr("Copy the selected lines"));
    selected->setEnabled(selectionModel()->hasSelection());
    QAction *one = menu.addAction(tr("Copy this line"));
    one->setEnabled(at.isValid());
    QAction *all = menu.addAction(tr("Copy all lines shown"));
    all->setEnabled(m_events != nullptr && m_events->rowCount() > 0);
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == selected)
        copySelected();
    else if (chosen == one)
        copy({at.row()}, 1);
    else if (chosen == all)
        copyAll();
}

void EventListView::copySelected() const
{
    qint64 total = 0;
    for (const QItemSelectionRange &range : selectionModel()->selection())
        total += range.height();
    copy(selectedRows(kLinesCopied), static_cast<int>(total));
}

void EventListView::copyAll() const
{
    QList<int> rows(std::min(m_events->rowCount(), kLinesCopied));
    std::iota(rows.begin(), rows.end(), 0);
    copy(rows, m_events->rowCount());
}

void EventListView::copy(const QList<int> &rows, int total) const
{
    if (rows.isEmpty())
        return;
    QStringList lines;
    for (const int row : rows)
        lines.append(m_events->index(row, 0).data(EventListModel::LineRole).toString());
    if (rows.size() < total)
        lines.append(tr("… and %L1 more").arg(total - rows.size()));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

} // namespace loopscope
