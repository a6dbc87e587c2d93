// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "comparison/ComparisonTable.h"

#include "comparison/ComparisonModel.h"
#include "theme/Theme.h"

#include <QClipboard>
#include <QFontMetrics>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>

namespace loopscope {

namespace {

using Agreement = RecordingComparison::Agreement;

/// Cells of one side: a stripe of the kind's colour, the words, the place at their end. Same rows stand back; different ones stand out.
class ComparisonDelegate : public QStyledItemDelegate
{
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        const Palette &p = Theme::current().palette();
        const bool isMiddle = index.column() == ComparisonModel::Sign;
        const bool isFirst = index.data(ComparisonModel::IsFirstDifferenceRole).toBool();
        const auto agreement = static_cast<Agreement>(index.data(ComparisonModel::AgreementRole).toInt());
        const bool isEmpty = !isMiddle && !index.data(ComparisonModel::EventRole).isValid();
        paintGround(painter, option, index, isFirst);
        if (isEmpty && agreement != Agreement::NotReached)
            painter->fillRect(option.rect, QBrush(p.line, Qt::BDiagPattern));
        const bool isQuiet = !isFirst && (agreement == Agreement::Same || agreement == Agreement::NotReached);
        if (isMiddle)
            paintSign(painter, option.rect, index, isFirst, isQuiet);
        else
            paintSide(painter, option.rect, index, isQuiet);
        if (isFirst) {
            painter->fillRect(QRect(option.rect.left(), option.rect.top(), option.rect.width(), 1), p.caution);
            painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), p.caution);
        }
    }

private:
    static void paintGround(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index, bool isFirst)
    {
        const Palette &p = Theme::current().palette();
        if (index.data(ComparisonModel::IsNowRole).toBool())
            painter->fillRect(option.rect, p.nowFill);
        else if (isFirst)
            painter->fillRect(option.rect, p.cautionFill);
        else if ((option.state & (QStyle::State_Selected | QStyle::State_MouseOver)) != 0)
            painter->fillRect(option.rect, p.card);
    }

    static void paintSign(QPainter *painter, const QRect &rect, const QModelIndex &index, bool isFirst, bool isQuiet)
    {
        const Palette &p = Theme::current().palette();
        const QFont font = Theme::current().font(Theme::TextRole::Fact);
        painter->setFont(font);
        painter->setPen(isQuiet ? p.faint : isFirst ? p.text : p.dim);
        painter->drawText(
            rect, static_cast<int>(Qt::AlignCenter), QFontMetrics(font).elidedText(index.data().toString(), Qt::ElideRight, rect.width()));
    }

    static void paintSide(QPainter *painter, const QRect &rect, const QModelIndex &index, bool isQuiet)
    {
        const Theme &theme = Theme::current();
        const Palette &p = theme.palette();
        const int margin = qRound(theme.scaled(8));
        QRect room = rect.adjusted(margin, 0, -margin, 0);
        const bool isTime = index.column() == ComparisonModel::FirstTime || index.column() == ComparisonModel::SecondTime;
        if (isTime) {
            painter->setFont(theme.font(Theme::TextRole::SmallCode));
            painter->setPen(isQuiet ? p.faint : p.dim);
            painter->drawText(room, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), index.data().toString());
            return;
        }
        if (const QVariant hue = index.data(ComparisonModel::HueRole); hue.isValid())
            painter->fillRect(QRect(rect.left(), rect.top() + 2, 3, rect.height() - 4), p.hue(static_cast<Hue>(hue.toInt())));
        const QFont words = theme.font(Theme::TextRole::Words);
        const QFont fact = theme.font(Theme::TextRole::Fact);
        const QString text = index.data().toString();
        const QString place = index.data(ComparisonModel::PlaceRole).toString();
        const int placeWidth = place.isEmpty() ? 0 : QFontMetrics(fact).horizontalAdvance(place) + margin;
        const bool showsPlace = placeWidth > 0 && placeWidth < room.width() / 2;
        if (showsPlace) {
            painter->setFont(fact);
            painter->setPen(isQuiet ? p.faint : p.dim);
            painter->drawText(room, static_cast<int>(Qt::AlignRight | Qt::AlignVCenter), place);
            room.setRight(room.right() - placeWidth);
        }
        painter->setFont(words);
        painter->setPen(isQuiet ? p.dim : p.text);
        painter->drawText(
            room, static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter), QFontMetrics(words).elidedText(text, Qt::ElideRight, room.width()));
    }
};

} // namespace

ComparisonTable::ComparisonTable(QWidget *parent)
    : QTableView(parent)
{
    setObjectName(QStringLiteral("comparisonTable"));
    setAccessibleName(tr("Comparison of two runs"));
    setItemDelegate(new ComparisonDelegate(this));
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
    connect(&Theme::current(), &Theme::changed, this, &ComparisonTable::applyTheme);
}

void ComparisonTable::setComparison(ComparisonModel *model)
{
    setModel(model);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setSectionResizeMode(ComparisonModel::First, QHeaderView::Stretch);
    horizontalHeader()->setSectionResizeMode(ComparisonModel::Second, QHeaderView::Stretch);
    applyTheme();
}

void ComparisonTable::applyTheme()
{
    const Theme &theme = Theme::current();
    verticalHeader()->setDefaultSectionSize(QFontMetrics(theme.font(Theme::TextRole::Words)).height() + qRound(theme.scaled(5)));
    if (model() == nullptr)
        return;
    const int time = QFontMetrics(theme.font(Theme::TextRole::SmallCode)).horizontalAdvance(QStringLiteral("999.999 ms"));
    const int sign = QFontMetrics(theme.font(Theme::TextRole::Fact)).horizontalAdvance(tr("≠ first difference"));
    const int padding = qRound(theme.scaled(18));
    const bool isNarrow = width() < theme.scaled(620);
    for (const int column : {ComparisonModel::FirstTime, ComparisonModel::SecondTime}) {
        setColumnWidth(column, time + padding);
        setColumnHidden(column, isNarrow);
    }
    setColumnWidth(ComparisonModel::Sign, sign + padding);
}

void ComparisonTable::resizeEvent(QResizeEvent *event)
{
    applyTheme();
    QTableView::resizeEvent(event);
}

void ComparisonTable::showRow(int row)
{
    const QModelIndex there = model()->index(row, ComparisonModel::First);
    scrollTo(there, QAbstractItemView::EnsureVisible);
    setCurrentIndex(there);
}

void ComparisonTable::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    const QModelIndex pressed = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && pressed.isValid())
        Q_EMIT rowChosen(pressed.row());
}

void ComparisonTable::keyPressEvent(QKeyEvent *event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QGuiApplication::clipboard()->setText(currentIndex().data(ComparisonModel::LineRole).toString());
        return;
    }
    const int before = currentIndex().row();
    const bool isEnter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (!isEnter)
        QTableView::keyPressEvent(event);
    if (currentIndex().isValid() && (isEnter || currentIndex().row() != before))
        Q_EMIT rowChosen(currentIndex().row());
}

} // namespace loopscope
