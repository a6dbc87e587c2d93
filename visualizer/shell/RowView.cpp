// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/RowView.h"

#include <QAccessible>
#include <QHeaderView>
#include <QPaintEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyledItemDelegate>

#include <algorithm>
#include <limits>

namespace loopscope {

RowView::RowView(QWidget *parent)
    : QListView(parent)
{
    setMouseTracking(true);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(QAbstractItemView::ScrollPerItem);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setTabKeyNavigation(false);
}

void RowView::setModel(QAbstractItemModel *model)
{
    if (this->model() != nullptr)
        disconnect(this->model(), &QAbstractItemModel::rowsRemoved, this, &RowView::rowsGone);
    QListView::setModel(model);
    if (m_header != nullptr)
        m_header->setModel(model);
    if (model != nullptr)
        connect(model, &QAbstractItemModel::rowsRemoved, this, &RowView::rowsGone);
    updateGeometries();
}

void RowView::setRowHeight(int height)
{
    m_rowHeight = std::max(1, height);
    updateGeometries();
    viewport()->update();
}

void RowView::setContentWidth(int width)
{
    if (width == m_contentWidth)
        return;
    m_contentWidth = width;
    updateGeometries();
}

QHeaderView *RowView::makeHeader()
{
    m_header = new QHeaderView(Qt::Horizontal, this);
    m_header->setHighlightSections(false);
    m_header->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_header->setFocusPolicy(Qt::NoFocus);
    if (model() != nullptr)
        m_header->setModel(model());
    connect(m_header, &QHeaderView::sectionResized, viewport(), qOverload<>(&QWidget::update));
    updateGeometries();
    return m_header;
}

int RowView::firstVisibleRow() const { return verticalScrollBar()->value(); }

bool RowView::isScrolledToBottom() const { return verticalScrollBar()->value() >= verticalScrollBar()->maximum(); }

QList<int> RowView::selectedRows(int limit) const
{
    QList<int> rows;
    QItemSelection ranges = selectionModel() != nullptr ? selectionModel()->selection() : QItemSelection();
    std::sort(ranges.begin(), ranges.end(), [](const auto &one, const auto &other) { return one.top() < other.top(); });
    for (const QItemSelectionRange &range : std::as_const(ranges)) {
        for (int row = range.top(); row <= range.bottom() && rows.size() < limit; ++row) {
            if (rows.isEmpty() || rows.constLast() < row)
                rows.append(row);
        }
    }
    return rows;
}

int RowView::rowsInView() const { return std::max(1, viewport()->height() / m_rowHeight); }

int RowView::rowAt(int y) const { return firstVisibleRow() + (y >= 0 ? y / m_rowHeight : (y + 1) / m_rowHeight - 1); }

int RowView::topOf(int row) const
{
    constexpr qint64 farAway = std::numeric_limits<int>::max() / 4;
    return static_cast<int>(std::clamp((qint64{row} - firstVisibleRow()) * m_rowHeight, -farAway, farAway));
}

QRect RowView::visualRect(const QModelIndex &index) const
{
    if (!index.isValid())
        return {};
    const int y = topOf(index.row());
    if (m_header == nullptr) {
        const int x = -horizontalScrollBar()->value();
        return index.column() == 0 ? QRect(x, y, std::max(viewport()->width(), m_contentWidth), m_rowHeight) : QRect();
    }
    if (m_header->isSectionHidden(index.column()))
        return {};
    return {m_header->sectionViewportPosition(index.column()), y, m_header->sectionSize(index.column()), m_rowHeight};
}

QModelIndex RowView::indexAt(const QPoint &point) const
{
    const int row = rowAt(point.y());
    if (point.y() < 0 || row < 0 || row >= rowCount())
        return {};
    const int column = m_header != nullptr ? m_header->logicalIndexAt(point.x()) : 0;
    return column >= 0 ? model()->index(row, column) : QModelIndex();
}

void RowView::scrollTo(const QModelIndex &index, ScrollHint hint)
{
    if (!index.isValid())
        return;
    const int first = firstVisibleRow();
    const int inView = rowsInView();
    const int row = index.row();
    int wanted = first;
    if (hint == PositionAtTop)
        wanted = row;
    else if (hint == PositionAtBottom)
        wanted = row - inView + 1;
    else if (hint == PositionAtCenter)
        wanted = row - inView / 2;
    else if (row < first)
        wanted = row;
    else if (row >= first + inView)
        wanted = row - inView + 1;
    if (wanted != first)
        verticalScrollBar()->setValue(wanted);
}

void RowView::doItemsLayout()
{
    QAbstractItemView::doItemsLayout();
    updateGeometries();
}

void RowView::updateGeometries()
{
    const int top = m_header != nullptr ? m_header->sizeHint().height() : 0;
    setViewportMargins(0, top, 0, 0);
    if (m_header != nullptr)
        m_header->setGeometry(viewport()->x(), viewport()->y() - top, viewport()->width(), top);
    QScrollBar *bar = verticalScrollBar();
    bar->setSingleStep(1);
    bar->setPageStep(rowsInView());
    bar->setRange(0, std::max(0, rowCount() - rowsInView()));
    if (m_header == nullptr) {
        horizontalScrollBar()->setSingleStep(m_rowHeight);
        horizontalScrollBar()->setPageStep(viewport()->width());
        horizontalScrollBar()->setRange(0, std::max(0, m_contentWidth - viewport()->width()));
    }
    QAbstractItemView::updateGeometries();
}

void RowView::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    if (model() == nullptr)
        return;
    QStyleOptionViewItem option;
    initViewItemOption(&option);
    const QPoint mouse = viewport()->mapFromGlobal(QCursor::pos());
    const int hovered = viewport()->underMouse() ? rowAt(mouse.y()) : -1;
    const int last = std::min(rowAt(event->rect().bottom()), rowCount() - 1);
    const int columns = m_header != nullptr ? model()->columnCount() : 1;
    const QStyle::State state = option.state;
    for (int row = std::max(0, rowAt(event->rect().top())); row <= last; ++row) {
        option.state = state;
        option.state.setFlag(QStyle::State_MouseOver, row == hovered);
        option.state.setFlag(QStyle::State_Selected, selectionModel()->isRowSelected(row));
        option.state.setFlag(QStyle::State_HasFocus, hasFocus() && currentIndex().row() == row);
        for (int column = 0; column < columns; ++column) {
            const QModelIndex index = model()->index(row, column);
            option.rect = visualRect(index);
            if (!option.rect.isEmpty())
                itemDelegateForIndex(index)->paint(&painter, option, index);
        }
    }
}

void RowView::resizeEvent(QResizeEvent *event)
{
    const bool wasAtBottom = isScrolledToBottom() && verticalScrollBar()->maximum() > 0;
    QAbstractItemView::resizeEvent(event);
    updateGeometries();
    if (wasAtBottom)
        scrollToBottom();
}

void RowView::wheelEvent(QWheelEvent *event) { QAbstractItemView::wheelEvent(event); }

void RowView::scrollContentsBy(int, int) { viewport()->update(); }

void RowView::dataChanged(const QModelIndex &topLeft, const QModelIndex &bottomRight, const QList<int> &)
{
    if (bottomRight.row() >= firstVisibleRow() && topLeft.row() <= rowAt(viewport()->height()))
        viewport()->update();
}

void RowView::rowsInserted(const QModelIndex &, int start, int)
{
    const bool isInView = start <= rowAt(viewport()->height());
    updateGeometries();
    if (isInView)
        viewport()->update();
}

void RowView::rowsAboutToBeRemoved(const QModelIndex &parent, int start, int end)
{
    QAbstractItemView::rowsAboutToBeRemoved(parent, start, end);
}

void RowView::rowsGone()
{
    updateGeometries();
    viewport()->update();
}

void RowView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QAbstractItemView::currentChanged(current, previous);
    if (QAccessible::isActive() && current.isValid() && hasFocus()) {
        QAccessibleEvent event(this, QAccessible::Focus);
        event.setChild(current.row() * model()->columnCount() + current.column());
        QAccessible::updateAccessibility(&event);
    }
}

void RowView::selectionChanged(const QItemSelection &selected, const QItemSelection &deselected)
{
    QAbstractItemView::selectionChanged(selected, deselected);
    viewport()->update();
}

QModelIndex RowView::moveCursor(CursorAction action, Qt::KeyboardModifiers)
{
    const int count = rowCount();
    if (count == 0)
        return {};
    const QModelIndex current = currentIndex();
    int row = current.isValid() ? current.row() : 0;
    switch (action) {
    case MoveUp:
    case MovePrevious:
        row = current.isValid() ? row - 1 : count - 1;
        break;
    case MoveDown:
    case MoveNext:
        row = current.isValid() ? row + 1 : 0;
        break;
    case MovePageUp:
        row -= rowsInView();
        break;
    case MovePageDown:
        row += rowsInView();
        break;
    case MoveHome:
        row = 0;
        break;
    case MoveEnd:
        row = count - 1;
        break;
    case MoveLeft:
    case MoveRight:
        break;
    }
    return model()->index(std::clamp(row, 0, count - 1), std::max(0, current.column()));
}

void RowView::setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags flags)
{
    const int count = rowCount();
    if (count == 0 || selectionModel() == nullptr)
        return;
    const int first = std::clamp(rowAt(rect.top()), 0, count - 1);
    const int last = std::clamp(rowAt(rect.bottom()), 0, count - 1);
    selectionModel()->select(QItemSelection(model()->index(first, 0), model()->index(last, model()->columnCount() - 1)), flags);
}

QRegion RowView::visualRegionForSelection(const QItemSelection &selection) const
{
    QRegion region;
    for (const QItemSelectionRange &range : selection) {
        const int top = topOf(range.top());
        const int bottom = topOf(range.bottom()) + m_rowHeight;
        region += QRect(0, top, viewport()->width(), bottom - top) & viewport()->rect();
    }
    return region;
}

int RowView::verticalOffset() const
{
    return static_cast<int>(std::min<qint64>(qint64{firstVisibleRow()} * m_rowHeight, std::numeric_limits<int>::max() / 2));
}

} // namespace loopscope
