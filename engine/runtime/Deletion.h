// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// delete(object, key, isStrict): what the compiler makes of `delete object[key]`; also Reflect.deleteProperty.
///
/// V4 only marks the place of a property that is deleted, and gives it back to the property if it returns. ECMAScript wants it last then,
/// so the object's properties are put together again without it. An object with very many properties keeps V4's way, for the sake of speed.
///
/// A script's and the library's deletions alike must come here: V4's own let the class of an object grow old, see renewClass().
void installDeletion(QV4::ExecutionEngine *engine, QV4::Object *binding);

/// Makes the class of `object` anew if it has seen many changes of properties that were there. V4 does so by itself, too late: it may then
/// write a property over another one. To be called after a deletion and before a property is redefined.
void renewClass(QV4::ExecutionEngine *engine, QV4::Object *object);

} // namespace loopscope
