// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Lets `object.method()` and, in strict code, `object.property = value` of `unit` go through functions of ours. Call it before any
/// function of the unit runs; the unit must have been compiled in this process (its code is changed in place), without look-ups of its own.
///
/// V4 loses what a getter or a trap throws when it looks a method up: it makes a "is not a function" of it, for which it asks the object
/// for its text, and with that puts the error away. And where an assignment fails it says no more than "Type error", and does not know
/// setters of primitive values.
void usePropertyHooks(QV4::ExecutableCompilationUnit &unit);

/// What a value that is no object takes its properties from; null for undefined and null.
QV4::Heap::Object *prototypeOf(QV4::ExecutionEngine *engine, const QV4::Value &primitive);

} // namespace loopscope
