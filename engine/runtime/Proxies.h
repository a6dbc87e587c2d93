// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Gives every proxy that is made from now on ECMAScript's [[GetOwnProperty]]: V4's own refuses what the trap
/// `getOwnPropertyDescriptor` says of a property that the target does not have, which libraries with copies behind proxies rely on. Cached
/// look-ups in code that was compiled ahead ask the traps too.
void installProxies(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
