// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "servers/LaneLegend.h"

#include "servers/LaneView.h"
#include "theme/Theme.h"

#include <QFontMetrics>
#include <QPainter>

namespace loopscope {

LaneLegend::LaneLegend(const LaneView &lanes, QWidget *parent)
    : QWidget(parent)
    , m_lanes(lanes)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

QSize LaneLegend::sizeHint() const
{
    return {qRound(Theme::current().scaled(240)), QFontMetrics(Theme::current().font(Theme::TextRole::Fact)).height() + 2};
}

void LaneLegend::paintEvent(QPaintEvent *)
{
    const Theme &theme = Theme::current();
    QPainter painter(this);
    painter.setFont(theme.font(Theme::TextRole::Fact));
    painter.setPen(theme.palette().dim);
    const QFontMetrics metrics(painter.font());
    const std::pair<ThreadState, QString> entries[] = {{ThreadState::Running, tr("running")}, {ThreadState::Ready, tr("ready")},
        {ThreadState::Blocked, tr("blocked on I/O")}, {ThreadState::Idle, tr("idle")}};
    const int side = qRound(theme.scaled(10));
    const int gap = qRound(theme.scaled(5));
    int x = 0;
    for (const auto &[state, word] : entries) {
        const int needed = side + gap + metrics.horizontalAdvance(word);
        if (x + needed > width())
            break;
        m_lanes.paintSample(painter, QRect(x, (height() - side) / 2, side, side), state);
        painter.drawText(QRect(x + side + gap, 0, needed, height()), Qt::AlignVCenter | Qt::AlignLeft, word);
        x += needed + 2 * gap + 2;
    }
}

} // namespace loopscope
