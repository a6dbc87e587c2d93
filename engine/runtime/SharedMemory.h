// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <QArrayDataPointer>

namespace loopscope {

/// The memory of a SharedArrayBuffer, which other engines can have buffers of too. It lives as long as any of them does.
QArrayDataPointer<char> sharedMemoryOf(const QV4::SharedArrayBuffer &buffer);
/// A SharedArrayBuffer of that memory.
QV4::ReturnedValue bufferOfSharedMemory(QV4::ExecutionEngine *engine, const QArrayDataPointer<char> &memory);

/// Has Atomics see to the turns of loops in virtual time, and gives it the wait and notify that V4 lacks.
void installAtomics(QV4::ExecutionEngine *engine);

} // namespace loopscope
