// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/Scenario.h"
#include "servers/load/LoadPlan.h"

#include <optional>

namespace loopscope {

/// What a scenario's load is for the generator, against a server at `port` of 127.0.0.1. Nothing, with a sentence, if it cannot be made.
std::optional<LoadPlan> loadPlanOf(const Scenario &scenario, quint16 port, QString *problem);

} // namespace loopscope
