// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

// How V8 names things in its messages. None of these runs a program's code.

/// "#<Point>", or "[object Array]".
QString describeObject(const QV4::Object &object);
/// "x", or "Symbol(x)".
QString describeKey(QV4::PropertyKey key);

} // namespace loopscope
