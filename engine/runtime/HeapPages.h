// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace loopscope {

/// Has V4's heap keep some of the memory that it gives back, on this thread from now on (docs/decisions/heap-pages.md).
void keepHeapPages();

} // namespace loopscope
