// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"

namespace loopscope {

/// Puts `processes` on the binding: what child_process and process.on('SIG...') need beside the handles of HandleNatives.
void defineProcessNatives(QV4::ExecutionEngine *v4, QV4::Object *binding);

} // namespace loopscope
