// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "events/EventListView.h"

#include "events/EventListModel.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QHeaderView>
#include <QLocale>
#include <QPainter>
#include <QScopedValueRollback>
#include <QStyledItemDelegate>

#include <algorithm>

namespace loopscope {

namespace {

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
        const int margin = qRound(theme.scaled(5));
        const QRect room = option.rect.adjusted(margin, 0, -margin, 0);
        painter->drawText(room, index.data(Qt::TextAlignmentRole).toInt(),
            QFontMetrics(font).elidedText(index.data(Qt::DisplayRole).toString(), Qt::ElideRight, room.width()));
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

void EventListView::setModel(QAbstractItemModel *model)
{
    QTableView::setModel(model);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(EventListModel::What, QHeaderView::Stretch);
    // Numbers get longer as the recording does.
    connect(model, &QAbstractItemModel::rowsInserted, this, [this](const QModelIndex &, int first, int last) {
        if (QLocale().toString(first).size() != QLocale().toString(last + 1).size())
            applyTheme();
    });
    connect(model, &QAbstractItemModel::modelReset, this, &EventListView::applyTheme);
    applyTheme();
}

void EventListView::applyTheme()
{
    const Theme &theme = Theme::current();
    verticalHeader()->setDefaultSectionSize(QFontMetrics(theme.font(Theme::TextRole::Words)).height() + qRound(theme.scaled(5)));
    if (model() == nullptr)
        return;
    const int digit = QFontMetrics(theme.font(Theme::TextRole::SmallCode)).horizontalAdvance(QLatin1Char('9'));
    const int padding = qRound(theme.scaled(12));
    const bool isNarrow = width() < theme.scaled(340);
    setColumnWidth(EventListModel::Number, digit * std::max(5, static_cast<int>(QLocale().toString(model()->rowCount()).size())) + padding);
    setColumnWidth(EventListModel::Time, digit * 9 + padding);
    // The place is part of the sentence too; a narrow list has no room for it twice.
    setColumnHidden(EventListModel::Where, isNarrow);
    if (!isNarrow)
        setColumnWidth(EventListModel::Where, digit * 14 + padding);
}

void EventListView::resizeEvent(QResizeEvent *event)
{
    applyTheme();
    QTableView::resizeEvent(event);
}

void EventListView::showRow(int row)
{
    const QScopedValueRollback<bool> guard(m_isShowing, true);
    if (row < 0 || model() == nullptr || row >= model()->rowCount()) {
        clearSelection();
        setCurrentIndex({});
        return;
    }
    setCurrentIndex(model()->index(row, EventListModel::What));
    scrollTo(model()->index(row, EventListModel::What), QAbstractItemView::EnsureVisible);
}

void EventListView::currentChanged(const QModelIndex &current, const QModelIndex &previous)
{
    QTableView::currentChanged(current, previous);
    if (!m_isShowing && current.isValid())
        Q_EMIT rowChosen(current.row());
}

} // namespace loopscope
