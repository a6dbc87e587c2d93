// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromiseGeometry.h"

namespace loopscope {

QPainterPath PromiseGeometry::edge(PromisePlace from, PromisePlace to, qreal startGap, qreal endGap) const
{
    const QPointF start = centre(from);
    const QPointF end = centre(to);
    QPainterPath path;
    if (from.row == to.row && from.column < to.column) {
        path.moveTo(start + QPointF(startGap, 0));
        path.lineTo(end - QPointF(endGap, 0));
    } else if (from.column < to.column) {
        const qreal half = (end.x() - start.x()) / 2;
        path.moveTo(start + QPointF(startGap, 0));
        path.cubicTo(start + QPointF(half, 0), end - QPointF(half, 0), end - QPointF(endGap, 0));
    } else {
        // Back to the left: over the top, along the gap between two rows, and into the left side like all the others.
        const QRectF cell = this->cell(to);
        const qreal along = this->cell(from).top() + 3 * unit;
        const qreal side = cell.left() + 7 * unit;
        const qreal bend = 6 * unit;
        const qreal down = along < end.y() ? 1 : -1;
        path.moveTo(start.x(), start.y() - gap(false));
        path.lineTo(start.x(), along + bend);
        path.quadTo(start.x(), along, start.x() - bend, along);
        path.lineTo(side + bend, along);
        path.quadTo(side, along, side, along + down * bend);
        path.lineTo(side, end.y() - down * bend);
        path.quadTo(side, end.y(), side + bend, end.y());
        path.lineTo(end.x() - endGap, end.y());
    }
    return path;
}

QPointF PromiseGeometry::middle(PromisePlace from, PromisePlace to) const
{
    if (from.column < to.column)
        return (centre(from) + centre(to)) / 2;
    if (from == to)
        return centre(to) - QPointF(columnWidth() * 0.34, 0);
    return {centre(from).x() - 20 * unit, cell(from).top() + 3 * unit};
}

} // namespace loopscope
