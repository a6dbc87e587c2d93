// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// Puts decodeBytes, ICU's conversion from older encodings, on the binding.
void defineEncodingNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
