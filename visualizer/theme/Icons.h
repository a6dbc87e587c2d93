// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/Palette.h"

#include <QIcon>
#include <QString>

namespace loopscope {

/// The icon of a command (resources/icons/commands), in one colour for each state. Empty if there is none of that name.
QIcon commandIcon(const QString &name, const QColor &colour, const QColor &disabled);

/// The icon of a kind of thing, in the kind's own colour for text: its shape says the same as its colour. Empty for Structure.
QIcon kindIcon(Hue hue, const Palette &palette);

} // namespace loopscope
