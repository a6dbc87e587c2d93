// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Gives Map, Set, WeakMap and WeakSet methods that look keys up by a hash (V4's own search from the start) and that keep iterators right
/// when entries go away under them (V4's skip some). The objects stay V4's. Call once, before anything of a program runs. The binding gets
/// registerWeak(collection), which js/polyfills/weak.js calls for every weak collection that is made.
void installCollections(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
