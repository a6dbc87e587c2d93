// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "lessons/StandSign.h"

#include "theme/Theme.h"

#include <QPainter>

namespace loopscope {

void paintStandSign(QPainter &painter, const QPointF &middle, qreal radius, OpenCourse::Stand stand)
{
    using Stand = OpenCourse::Stand;
    const Palette &p = Theme::current().palette();
    const QRectF round(middle - QPointF(radius, radius), QSizeF(2 * radius, 2 * radius));
    const QPen pen(stand == Stand::New ? p.track : stand == Stand::Wrong ? p.error : p.link, 1.4);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    if (stand == Stand::Wrong) {
        painter.drawLine(round.topLeft(), round.bottomRight());
        painter.drawLine(round.topRight(), round.bottomLeft());
        return;
    }
    if (stand == Stand::Done)
        painter.setBrush(p.link);
    painter.drawEllipse(round);
    painter.setBrush(p.link);
    if (stand == Stand::Begun)
        painter.drawPie(round, 90 * 16, 180 * 16);
    else if (stand == Stand::Outdated)
        painter.drawEllipse(middle, radius / 3, radius / 3);
}

} // namespace loopscope
