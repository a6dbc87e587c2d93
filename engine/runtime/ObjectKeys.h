// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Replaces Object.keys: V4's own reads every property on its way and so calls getters.
void installObjectKeys(QV4::ExecutionEngine *engine);

} // namespace loopscope
