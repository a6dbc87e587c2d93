// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

namespace loopscope {

struct Palette;

/// The application's style sheet: what plain widgets need to look like the drawn views. Lengths are scaled by `zoom` percent.
QString styleSheet(const Palette &palette, int zoom);

} // namespace loopscope
