// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes the reports of the profiler as one HTML page that needs nothing else: no network, no scripts. Verdict, blocking report, figures
/// of the loop, flame graph, functions, awaits, and the source with the time of each line where statements were recorded. UTF-8.
void writeHtmlReport(const ExportNames &names, TextSink &sink);

} // namespace loopscope
