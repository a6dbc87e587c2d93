// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/**
 * Replaces what defines properties (Object.defineProperty and its kin). When a data property becomes an accessor, V4 may put the setter
 * where another property's value lies.
 */
void installPropertyDefinitions(QV4::ExecutionEngine *engine);

} // namespace loopscope
