// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/Scenario.h"
#include "servers/load/LoadPlan.h"

#include <optional>

namespace loopscope {

/// What the clients of a scenario do, as the load generator takes it. Nothing, with a sentence, if it cannot be.
std::optional<LoadPlan> loadPlanOf(const Scenario &scenario, QString *problem);

} // namespace loopscope
