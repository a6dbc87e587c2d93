// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>

namespace loopscope {

/// Does the same in `count` threads, this one among them, until all are through. Each may wait for processes.
void runInThreads(int count, const std::function<void()> &work);

} // namespace loopscope
