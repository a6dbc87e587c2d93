// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

class RuntimeHost;

/// What the process gives a script: standard streams, time, arguments, exit; and the files and compiler behind the module loader.
void defineHostNatives(RuntimeHost &host, QV4::Object *binding);

} // namespace loopscope
