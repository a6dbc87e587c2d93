// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

namespace loopscope {

/// The operations of Node's `dns` (see NameOperations) on the machine's own resolver, getaddrinfo(3) and getnameinfo(3): they block, so
/// they run on threads of the pool. Any thread.
namespace RealNames {

IoResult perform(const IoOperation &operation);

} // namespace RealNames

} // namespace loopscope
