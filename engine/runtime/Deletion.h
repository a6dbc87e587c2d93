// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// delete(object, key, isStrict): what the compiler makes of `delete object[key]`; also Reflect.deleteProperty.
///
/// V4 only marks the place of a property that is deleted, and gives it back to the property if it returns. ECMAScript wants it last then,
/// so the object's properties are put together again without it. An object with very many properties keeps V4's way, for the sake of speed.
void installDeletion(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
