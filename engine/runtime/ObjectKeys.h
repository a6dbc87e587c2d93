// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Replaces Object.keys, since V4's own reads every property on its way and so calls getters, and Object.assign, since V4's own leaves out
/// symbols.
void installObjectKeys(QV4::ExecutionEngine *engine);

} // namespace loopscope
