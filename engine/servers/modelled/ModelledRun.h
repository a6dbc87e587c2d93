// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabRun.h"
#include "servers/load/LoadPlan.h"
#include "servers/modelled/RequestProfile.h"

#include <memory>

namespace loopscope {

/// A run of a model whose requests are those of a profile: a discrete-event simulation, no script runs. Deterministic from the scenario's
/// seed. Runs on several threads do not know of each other.
std::unique_ptr<LabRun> makeModelledRun(const Scenario &scenario, ServerModel model, const RequestProfile &profile);

} // namespace loopscope
