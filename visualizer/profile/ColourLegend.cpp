// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "profile/ColourLegend.h"

#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace loopscope {

namespace {

constexpr double kSide = 10; ///< pixels at 100 %, as all lengths here
constexpr double kGap = 5;
constexpr double kBetween = 14;

int scaled(double length) { return qRound(Theme::current().scaled(length)); }

} // namespace

ColourLegend::ColourLegend(QWidget *parent)
    : QWidget(parent)
{
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

void ColourLegend::setEntries(std::vector<Entry> entries)
{
    m_entries = std::move(entries);
    QStringList words;
    for (const Entry &entry : m_entries)
        words << entry.word;
    setToolTip(words.join(QStringLiteral(", "))); // in case they have no room
    updateGeometry();
    update();
}

int ColourLegend::widthOf(const Entry &entry) const
{
    return scaled(kSide) + scaled(kGap) + QFontMetrics(Theme::current().font(Theme::TextRole::Fact)).horizontalAdvance(entry.word) + 1;
}

QSize ColourLegend::sizeHint() const
{
    int width = 0;
    for (const Entry &entry : m_entries)
        width += widthOf(entry) + scaled(kBetween);
    return {width, QFontMetrics(Theme::current().font(Theme::TextRole::Fact)).height() + 2};
}

void ColourLegend::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setFont(Theme::current().font(Theme::TextRole::Fact));
    painter.setPen(Theme::current().palette().dim);
    int x = 0;
    for (const Entry &entry : m_entries) {
        const int needed = widthOf(entry);
        if (x + needed > width())
            break;
        painter.fillRect(QRect(x, (height() - scaled(kSide)) / 2, scaled(kSide), scaled(kSide)), entry.colour());
        painter.drawText(QRect(x + scaled(kSide) + scaled(kGap), 0, needed, height()), Qt::AlignVCenter | Qt::AlignLeft, entry.word);
        x += needed + scaled(kBetween);
    }
}

} // namespace loopscope
