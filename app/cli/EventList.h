// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

namespace loopscope {

/// Prints the ordered event list of a recording on standard output, one event a line: for people, or as JSON objects.
void printEventList(const RecordingReader &reader, bool json);

} // namespace loopscope
