// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

// How V8 names things in its messages, and what it looks at for that. None of these runs a program's code.

/// "#<Point>", or "[object Array]".
QString describeObject(const QV4::Object &object);
/// The name of the object's constructor as far as that is a plain value; empty otherwise.
QString constructorName(const QV4::Object &object);
/// object[key] as far as that is a plain value, of the object's own or inherited; undefined otherwise.
QV4::ReturnedValue plainProperty(const QV4::Object &object, QV4::PropertyKey key);
/// "x", or "Symbol(x)".
QString describeKey(QV4::PropertyKey key);

} // namespace loopscope
