// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/CardGrid.h"

#include "theme/Theme.h"

#include <QEvent>

#include <algorithm>

namespace loopscope {

namespace {

int gap() { return qRound(Theme::current().scaled(12)); }

} // namespace

CardGrid::CardGrid(int leastWidth, QWidget *parent)
    : QWidget(parent)
    , m_leastWidth(leastWidth)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        place(width(), true);
    });
}

void CardGrid::add(QWidget *card)
{
    card->setParent(this);
    m_cards.append(card);
    card->show();
    updateGeometry();
    place(width(), true);
}

void CardGrid::clear()
{
    for (QWidget *card : std::as_const(m_cards)) {
        card->hide();
        card->deleteLater();
    }
    m_cards.clear();
    updateGeometry();
}

int CardGrid::columnsFor(int width) const
{
    const auto shown =
        static_cast<int>(std::count_if(m_cards.begin(), m_cards.end(), [](const QWidget *card) { return !card->isHidden(); }));
    const int fitting = std::max(1, (width + gap()) / (qRound(Theme::current().scaled(m_leastWidth)) + gap()));
    if (fitting >= shown)
        return std::max(1, shown);
    // Rows as even as they can be: four cards where three fit stand two by two.
    const int rows = (shown + fitting - 1) / fitting;
    return (shown + rows - 1) / rows;
}

int CardGrid::place(int width, bool isApplied) const
{
    const int columns = columnsFor(width);
    const int side = (width - (columns - 1) * gap()) / columns;
    QList<QWidget *> shown = m_cards;
    shown.removeIf([](const QWidget *card) { return card->isHidden(); });
    int top = 0;
    for (qsizetype row = 0; row < shown.size(); row += columns) {
        const auto end = std::min<qsizetype>(row + columns, shown.size());
        int height = 0;
        for (qsizetype i = row; i < end; ++i) {
            const QWidget *card = shown.at(i);
            height = std::max(height, card->hasHeightForWidth() ? card->heightForWidth(side) : card->sizeHint().height());
        }
        for (qsizetype i = row; isApplied && i < end; ++i) {
            const auto column = static_cast<int>(i - row);
            shown.at(i)->setGeometry(column * (side + gap()), top, column == columns - 1 ? width - column * (side + gap()) : side, height);
        }
        top += height + gap();
    }
    return std::max(0, top - gap());
}

int CardGrid::heightForWidth(int width) const { return place(width, false); }

QSize CardGrid::sizeHint() const { return {qRound(Theme::current().scaled(m_leastWidth)), heightForWidth(width())}; }

QSize CardGrid::minimumSizeHint() const { return {1, heightForWidth(std::max(1, width()))}; }

void CardGrid::resizeEvent(QResizeEvent *)
{
    place(width(), true);
    updateGeometry();
}

bool CardGrid::event(QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) { // a card wants another height
        updateGeometry();
        place(width(), true);
    }
    return QWidget::event(event);
}

} // namespace loopscope
