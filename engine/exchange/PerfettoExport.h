// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes the trace format of Perfetto (protobuf, perfetto.dev), which ui.perfetto.dev and trace_processor open.
///
/// Loops and threads of pools are threads; phases, tasks and calls are nested slices on them. What overlaps (waiting timers, promises,
/// awaits, I/O, handles, clients' requests) lies on tracks below its loop, as many of each kind as there are at the same time. Flows lead
/// from what created a task to where it runs; counters tell the lengths of the queues. Streamed: what is held in memory is what is open at
/// a time, and `names`.
void writePerfettoTrace(const ExportNames &names, TextSink &sink);

} // namespace loopscope
