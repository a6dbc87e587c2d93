// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"

namespace loopscope {

/// Keeps with an error what V4 leaves out of its stack: functions, receivers, `new`, async callers, and what of it is to be shown. It is
/// collected when the error is made and turned into frames when somebody reads its `stack`.

/// What is left out at the top of a stack.
enum class HiddenFrames {
    Constructors, ///< those that ran for `new X`
    ThroughFunction, ///< everything up to a function, or all if it does not run
};

/// An error was made by JavaScript: `top` is the class asked for, or the function that everything is hidden through. `limit` counts shown
/// frames; below 0: there is to be no stack.
void noteCreatedError(QV4::ErrorObject *error, const QV4::Value &top, HiddenFrames hidden, int limit);

/// V4 threw `thrown` (anything), and the frames that run are those it did not end. `callee` is what the innermost of them called on
/// `thisObject`, if known.
void noteThrownError(const QV4::Value &thrown, const QV4::FunctionObject *callee = nullptr, const QV4::Value *thisObject = nullptr);

/// The call that a generator goes on with, or null if the value is no generator.
const QV4::JSTypesStackFrame *frameOfGenerator(const QV4::Value &value);

void defineStackNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
