// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// One line that shows a value to a person who stands before it: "42", "'text'", "{name: 'a', list: Array(3)}", "Map(2)", "Promise
/// {pending}". At most 300 characters. Runs nothing of the program's: no getter, no proxy's trap, no toString.
QString valueText(const QV4::Value &value);

} // namespace loopscope
