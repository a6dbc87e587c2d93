// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes one row of CSV for each run of a task, in the order in which they end: an interval has as many rows as it ran. A task that was
/// cancelled or never ran has a row without the times it has not.
///
/// Times are ms of run time. `ready`: a timer's due time; else when its I/O came; else when it was created. `waited`: from ready to begun.
void writeTaskTable(const ExportNames &names, TextSink &sink);

} // namespace loopscope
