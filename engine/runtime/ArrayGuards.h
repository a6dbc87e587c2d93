// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Lets Array.prototype.push and unshift refuse arrays that are frozen, sealed or not extensible; V4's push grows them.
void installArrayGuards(QV4::ExecutionEngine *engine);

} // namespace loopscope
