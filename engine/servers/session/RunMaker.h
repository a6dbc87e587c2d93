// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabJson.h"

#include <memory>

namespace loopscope {

/// A run of a model under a truth; nothing, with a sentence in `problem`, if there is no such thing.
std::unique_ptr<LabRun> makeRun(const Scenario &scenario, LabRunName name, QString *problem, const LabRecording &recording = {});

/// Null if there can be such runs, else the sentence that says why not.
QString runProblem(LabRunName name);

} // namespace loopscope
