// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// `instanceof` and isPrototypeOf that ask proxies for their prototypes; V4's look at the proxies themselves, which have none.
/// inherits(value, constructor) says what V4's `instanceof` does not see, for code that has heard "no" from it; instanceOf(value,
/// constructor) is the whole operator.
void installInheritance(QV4::ExecutionEngine *engine, QV4::Object *binding);

/// value `instanceof` constructor (the two arguments), as a native function.
QV4::ReturnedValue isInstance(const QV4::FunctionObject *function, const QV4::Value *thisObject, const QV4::Value *argv, int argc);

} // namespace loopscope
