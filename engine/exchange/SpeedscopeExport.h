// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/ExportNames.h"
#include "exchange/TextSink.h"

namespace loopscope {

/// Writes speedscope's file format (https://www.speedscope.app/file-format-schema.json): an evented profile for each loop, in ns of run
/// time. Reads the recording once for each loop.
void writeSpeedscope(const ExportNames &names, TextSink &sink);

} // namespace loopscope
