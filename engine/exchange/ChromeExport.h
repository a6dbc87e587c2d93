// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes the Trace Event Format of Chrome (JSON, object form), which Perfetto, chrome://tracing and DevTools open.
///
/// Every event of the recording is one event of the trace, whose `args` hold all its fields (docs/exchange.md), so that TraceImport gives
/// the same recording again; its sources come first, as metadata of our own. Others, whose `args` have no `event`, are there for viewers
/// only: names of threads, ends of calls that an error left, flows, counters. Streamed: what is held in memory does not grow with the
/// recording, but for `names`.
void writeChromeTrace(const ExportNames &names, TextSink &sink);

/// Trace events of this name have a source each: `first`, the number of its first site, `path`, and `source`, its text and sites as a
/// recording has them (encodeSource()), in Base64.
constexpr const char *chromeSourceName = "loopscope_source";

} // namespace loopscope
