// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

#include <QIcon>
#include <QString>

class QPainter;
class QRectF;

namespace loopscope {

/// The icon of a command (resources/icons/commands), in one colour for each state. Empty if there is none of that name.
QIcon commandIcon(const QString &name, const QColor &colour, const QColor &disabled);

/// The icon of a kind of thing, in the kind's own colour for text: its shape says the same as its colour. Empty for Structure.
QIcon kindIcon(Hue hue, const Palette &palette);

/// Paints the same sign into a square, in a colour of its own; nothing for Structure. As quick as a line of text. GUI thread.
void drawKind(QPainter &painter, const QRectF &square, Hue hue, const QColor &colour);

} // namespace loopscope
