// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListView.h"

#include "events/EventListModel.h"
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

namespace loopscope {

namespace {

constexpr int kLinesCopied = 100'000;

/// Cells without the focus frame; the row of the moment in yellow; a line of colour says the kind.
class EventDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Theme &theme = Theme::current();
        const Palette &p = theme.palette();
        const bool isNow = (option.state & QStyle::State_Selected) != 0;
        if (isNow)
            painter->fillRect(option.rect, p.nowFill);
        else if ((option.state & QStyle::State_MouseOver) != 0)
            painter->fillRect(option.rect, p.card);
        if (isNow && index.column() == 0)
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), p.isDark ? p.now : p.nowText);
        const QFont font = index.data(Qt::FontRole).value<QFont>();
        painter->setFont(font);
        painter->setPen(isNow ? p.text : index.data(Qt::ForegroundRole).value<QColor>());
        // Of a place the line, at its end, is what counts.
        const auto elide = index.column() == EventListModel::Where ? Qt::ElideLeft : Qt::ElideRight;
        const int margin = qRound(theme.scaled(5));
        const QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt(),
            QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), elide, room.width()));
    }
};

} // namespace

EventListView::EventListView(QWidget *parent)
    : QTableView(parent)
{
    setObjectName(QStringLiteral("eventListView"));
    setAccessibleName(tr("Events"));
    setItemDelegate(new EventDelegate(this));
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setSelectionMode(QAbstractItemView::SingleSelection);
    setShowGrid(false);
    setWordWrap(false);
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    horizontalHeader()->setMinimumSectionSize(20);
    connect(&Theme::current(), &Theme::changed, this, &EventListView::applyTheme);
}

void EventListView::setEvents(EventListModel *events)
{
    m_events = events;
    setModel(events);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(EventListModel::What, QHeaderView::Stretch);
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
    verticalHeader()->setDefaultSectionSize(QFontMetrics(theme.font(Theme::TextRole::Words)).height() + qRound(theme.scaled(5)));
    if (m_events == nullptr)
        return;
    const int digit = QFontMetrics(theme.font(Theme::TextRole::SmallCode)).horizontalAdvance(QLatin1Char('9'));
    const int padding = qRound(theme.scaled(12));
    const bool isNarrow = width() < theme.scaled(340);
    setColumnWidth(
        EventListModel::Number, digit * std::max(5, static_cast<int>(QLocale().toString(m_events->lookedAt()).size())) + padding);
    setColumnWidth(EventListModel::Time, digit * 9 + padding);
    // The place is part of the sentence too; a narrow list has no room for it twice.
    setColumnHidden(EventListModel::Time, width() < theme.scaled(230));
    setColumnHidden(EventListModel::Where, isNarrow);
    if (!isNarrow)
        setColumnWidth(EventListModel::Where, digit * 14 + padding);
}

void EventListView::resizeEvent(QResizeEvent *event)
{
    applyTheme();
    QTableView::resizeEvent(event);
}

void EventListView::showCursor(quint64 cursor)
{
    const QScopedValueRollback<bool> guard(m_isShowing, true);
    const int row = m_events != nullptr && cursor > 0 ? m_events->rowUpTo(cursor - 1) : -1;
    if (row >= 0)
        scrollTo(m_events->index(row, EventListModel::What), QAbstractItemView::EnsureVisible);
    if (row >= 0 && m_events->eventOf(row) == cursor - 1) {
        setCurrentIndex(m_events->index(row, EventListModel::What));
        return;
    }
    if (row < 0)
        scrollToTop();
    // The keys go on from the place in between; only nothing is selected there.
    selectionModel()->setCurrentIndex(row >= 0 ? m_events->index(row, EventListModel::What) : QModelIndex(), QItemSelectionModel::Clear);
}

void EventListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_isShowing && current.isValid())
        Q_EMIT eventChosen(m_events->eventOf(current.row()));
}

void EventListView::mousePressEvent(QMouseEvent *event)
{
    const QModelIndex before = currentIndex();
    QTableView::mousePressEvent(event);
    // A click on the row where the keys stand changes nothing for Qt, and yet it chooses it.
    const QModelIndex now = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && now.isValid() && now.row() == before.row())
        Q_EMIT eventChosen(m_events->eventOf(now.row()));
}

void EventListView::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy))
        copyCurrent();
    else if ((event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter) && currentIndex().isValid())
        Q_EMIT eventChosen(m_events->eventOf(currentIndex().row()));
    else
        QTableView::keyPressEvent(event);
}

void EventListView::contextMenuEvent(QContextMenuEvent *event)
{
    const QModelIndex at = indexAt(event->pos());
    QMenu menu(this);
    QAction *copy = menu.addAction(tr("Copy this line"));
    copy->setEnabled(at.isValid());
    QAction *all = menu.addAction(tr("Copy all lines shown"));
    all->setEnabled(m_events != nullptr && m_events->rowCount() > 0);
    const QAction *chosen = menu.exec(event->globalPos());
    if (chosen == copy)
        QGuiApplication::clipboard()->setText(at.data(EventListModel::LineRole).toString());
    else if (chosen == all)
        copyAll();
}

void EventListView::copyCurrent() const
{
    if (currentIndex().isValid())
        QGuiApplication::clipboard()->setText(currentIndex().data(EventListModel::LineRole).toString());
}

void EventListView::copyAll() const
{
    QStringList lines;
    const int count = std::min(m_events->rowCount(), kLinesCopied);
    for (int row = 0; row < count; ++row)
        lines.append(m_events->index(row, 0).data(EventListModel::LineRole).toString());
    if (count < m_events->rowCount())
        lines.append(tr("… and %L1 more").arg(m_events->rowCount() - count));
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')) + QLatin1Char('\n'));
}

} // namespace loopscope
