// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// What Number.prototype and Math need of C++.
void defineNumberNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
