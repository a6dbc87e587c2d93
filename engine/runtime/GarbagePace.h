// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <algorithm>

namespace loopscope {

/// Lets a program leave at least so much garbage before V4 collects it. V4 alone collects once the heap is twice what lived after the last
/// time, or 128 KiB were allocated beside it; a small server then marks its whole heap every few hundred requests, which took a sixth of
/// its time. V8's young generation is of the same order (3 semi-spaces of 16 MiB). To be called now and then: V4 sets both anew when it
/// collects.
inline void paceGarbageCollection(QV4::ExecutionEngine *engine)
{
    constexpr std::size_t leastGarbage = std::size_t(12) * 1024 * 1024; // bytes
    constexpr std::size_t slotSize = QV4::Chunk::SlotSize;
    QV4::MemoryManager *memory = engine->memoryManager;
    memory->usedSlotsAfterLastFullSweep = std::max(memory->usedSlotsAfterLastFullSweep, leastGarbage / slotSize);
    memory->unmanagedHeapSizeGCLimit = std::max(memory->unmanagedHeapSizeGCLimit, leastGarbage);
}

} // namespace loopscope
