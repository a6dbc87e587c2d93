// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

#include <optional>

namespace loopscope {

/// The POSIX flags that Node's flag stands for: a string of its table ("r", "wx+", "as", ...), or the number itself. Nothing given is
/// `fallback`; a string that Node does not know gives no value.
std::optional<int> openFlags(const IoValue &flag, int fallback);

} // namespace loopscope
