// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/OpenCourse.h"

#include <QPointF>

class QPainter;

namespace loopscope {

/// How far one is with a step, as a sign told by its shape: a ring (not begun), half a disc (begun), a disc (done), a cross (wrong, comes
/// back), a ring with a dot (the question was changed).
void paintStandSign(QPainter &painter, const QPointF &middle, qreal radius, OpenCourse::Stand stand);

} // namespace loopscope
