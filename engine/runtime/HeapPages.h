// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace QV4 {
struct ExecutionEngine;
}

namespace loopscope {

/// Has V4's heap keep some of the memory that it gives back, on this thread from now on (docs/decisions/heap-pages.md).
void keepHeapPages();

/// Has V4 collect no sooner than when objects or texts have grown by as much as the objects took after the last time, and no sooner than at
/// 24 MiB of objects, or 12 MiB of texts. Called now and then, since V4 sets its limits anew after each collection
/// (docs/decisions/heap-pages.md).
void raiseHeapLimits(const QV4::ExecutionEngine &engine);

} // namespace loopscope
