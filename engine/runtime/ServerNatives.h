// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

class RuntimeHost;

/// Puts `server`, the way to the run's ServerHook, on the binding; nothing if there is no hook.
void defineServerNatives(RuntimeHost &host, QV4::Object *binding);

} // namespace loopscope
