// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

// The call that a frame stands in, read from the byte code. V4's frames are those of JavaScript functions only: this tells which native
// function lies between two of them, and which of several calls of a line runs.

/// Finds the call instruction that `frame` is in; gives its place in the function's code, -1 if it is in none. Writes what is called, and
/// on what (null: it is constructed), to `pair`; undefined where that cannot be told without running code.
int runningCall(const QV4::JSTypesStackFrame &frame, QV4::Value *pair);

/// A call that names what it calls: `name(...)` of a global function or `object.name(...)`.
struct NamedCall
{
    QString name; ///< empty: the call names nothing
    int ordinal = 0; ///< among the calls of that name on the line, in the order they are made in
    int count = 0; ///< of those calls
};
NamedCall namedCall(const QV4::Function &function, int place);

} // namespace loopscope
