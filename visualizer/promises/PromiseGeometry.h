// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "promises/PromiseLayout.h"

#include <QPainterPath>
#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cmath>

namespace loopscope {

/// Turns places into lengths, in pixels of the whole graph (scrolling comes on top). `unit`: a pixel at zoom 1.
struct PromiseGeometry
{
    qreal unit = 1;

    qreal columnWidth() const { return 96 * unit; }
    qreal rowHeight() const { return 72 * unit; }
    qreal radius() const { return 12 * unit; }
    qreal margin() const { return 6 * unit; }

    QRectF cell(PromisePlace place) const
    {
        return {margin() + place.column * columnWidth(), margin() + place.row * rowHeight(), columnWidth(), rowHeight()};
    }
    QPointF centre(PromisePlace place) const { return cell(place).topLeft() + QPointF(columnWidth() / 2, 24 * unit); }
    QSizeF size(const PromiseLayout &layout) const
    {
        return {2 * margin() + layout.columns * columnWidth(), 2 * margin() + layout.rows * rowHeight()};
    }
    /// The place whose cell holds the point; it may be beyond the last one.
    PromisePlace placeAt(QPointF point) const
    {
        return {static_cast<int>(std::floor((point.x() - margin()) / columnWidth())),
            static_cast<int>(std::floor((point.y() - margin()) / rowHeight()))};
    }

    /// The line from one promise to another: to the right along its row or over to another one, or back between the rows.
    /// `startGap` and `endGap`: how far from the centres it begins and ends.
    QPainterPath edge(PromisePlace from, PromisePlace to, qreal startGap, qreal endGap) const;
    /// The room around a disc, or around the box that stands for many.
    qreal gap(bool isGroup) const { return radius() * (isGroup ? 1.7 : 1) + 4 * unit; }
    /// Where the microtasks of an edge stand, on its line; left of `to` if `from` is not shown: then it is given as `to`.
    QPointF middle(PromisePlace from, PromisePlace to) const;
};

} // namespace loopscope
