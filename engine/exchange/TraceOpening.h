// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <QString>

namespace loopscope {

/// Opens a recording; a trace of another program is read into a temporary recording first, which is gone with the reader. False, with a
/// sentence in `problem`, if it is neither. `notice` tells what of a trace was left out; of a recording it stays empty.
bool openRecordingOrTrace(const QString &path, RecordingReader &reader, QString *problem, QString *notice);

} // namespace loopscope
