// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// binding.installEval() makes code from text as scripts are made: `Function` hands its texts to the hook makeFunction, which compiles them
/// as files are compiled; an indirect `eval` runs as a global script, though V4 keeps what it declares there off the global object. A
/// direct `eval` stays V4's.
void defineEvalNatives(QV4::ExecutionEngine *engine, QV4::Object *binding);

} // namespace loopscope
