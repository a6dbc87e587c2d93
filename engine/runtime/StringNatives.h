// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Replaces the searches of String.prototype: V4 finds nothing in an empty string, not even the empty string.
void defineStringSearches(QV4::ExecutionEngine *engine);

} // namespace loopscope
