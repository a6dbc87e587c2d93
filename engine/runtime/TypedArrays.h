// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Lets the constructors of typed arrays take iterables and shared buffers, which V4's give empty arrays for, and Function.prototype.apply
/// take typed arrays.
void installTypedArrays(QV4::ExecutionEngine *engine);

} // namespace loopscope
