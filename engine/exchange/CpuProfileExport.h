// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes the main loop as V8 writes a CPU profile (`node --cpu-prof`; the Profile type of the Chrome DevTools Protocol).
///
/// What V8 samples is known exactly here: there is a sample wherever the stack changes, in whole µs; a call that begins and ends in the
/// same µs has a node and no sample. Below the root stand the kinds of tasks, "(Timeout)", their calls below them, and "(idle)". Reads the
/// recording three times, as nodes, samples and their times are lists of their own.
void writeCpuProfile(const ExportNames &names, TextSink &sink);

} // namespace loopscope
