// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Lets the methods of Array.prototype that change or copy arrays work on what is no array itself, proxies above all: V4's own reach past
/// traps, getters and Symbol.isConcatSpreadable. They call what the function given to the binding's `setArrayLikeMethods(load)` gives for
/// their name; `load` is first called when one is needed. Array.isArray looks through proxies.
void installArrayLikes(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
