// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/ServerModel.h"
#include "theme/Palette.h"

#include <QPainterPath>
#include <QString>

class QPainter;

namespace loopscope {

/// A server model has the same colour in all views of the Servers workspace, and a shape that says the same.
Hue hueOf(ServerModel model);
/// The shape in a square of side 1 around 0: circle, square, triangle, diamond, cross, pentagon, ring.
QPainterPath markOf(ServerModel model);
/// Paints the shape into a rectangle, in the model's colour for areas.
void drawMark(QPainter &painter, const QRectF &place, ServerModel model, const Palette &palette);

/// What such a server is, in half a sentence.
QString explanationOf(ServerModel model);

/// What begins small because a model's name may come before it (names, sentences of the lab), at the beginning of a sentence.
QString capitalised(QString words);

/// "3,998", "0.25": a number of three digits that mean something, at least.
QString formatFigure(double value);
/// "12 µs", "24 ms", "1.9 s"; a dash for what was not measured (0 or less).
QString formatSeconds(double seconds);

} // namespace loopscope
