// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Turns V4's tail calls in the byte code of `unit` into ordinary calls. Call it before any function of the unit runs; the unit must have
/// been compiled in this process (its code is changed in place).
///
/// V4 makes tail calls in strict code, which V8 does not: frames are missing from stacks and endless recursion never ends. Worse, it takes
/// the call in `return x = f()` for one, and then leaves out the assignment.
void removeTailCalls(QV4::ExecutableCompilationUnit &unit);

} // namespace loopscope
