// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Puts the natives of js/polyfills/errors.js on the binding that make V4's error objects look like V8's.
void defineErrorNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
