// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Puts the natives of js/polyfills/regexp.js on the binding, and lets V4's own matches have a `groups` property.
void defineRegExpNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
