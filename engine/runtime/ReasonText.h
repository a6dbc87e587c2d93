// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

namespace loopscope {

/// One line that tells what was thrown or rejected with: "TypeError: no such thing", "'text'", "#<Order>". Runs nothing of the program's:
/// only plain properties are read.
QString reasonText(const QV4::Value &reason);

} // namespace loopscope
