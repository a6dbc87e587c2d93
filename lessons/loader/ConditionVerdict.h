// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "lessons/loader/Condition.h"
#include "lessons/loader/Lesson.h"

#include <QString>

/// What a run says to a condition of a lesson, which the reader found to be one.
namespace loopscope {

bool conditionHolds(const ConditionText &condition, MeasureSet set, const Measures &run);
/// What of it does not hold, with what was measured: "longestHold() <= 20ms (longestHold() is 35 ms)"; the first three. Empty if all does.
QString failingParts(const ConditionText &condition, MeasureSet set, const Measures &run);

} // namespace loopscope
