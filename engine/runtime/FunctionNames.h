// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// markNames() -> mark; keepName(value) -> value; restoreNames(mark, object) -> object: functions that went through keepName since the mark
/// have the names again that they had then. V4 renames functions that become properties in certain object literals.
void defineFunctionNames(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
