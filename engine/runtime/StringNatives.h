// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Replaces methods of String.prototype: V4 finds nothing in an empty string, not even the empty string, and crashes when toString is given
/// what is no string.
void defineStringNatives(QV4::ExecutionEngine *engine);

} // namespace loopscope
