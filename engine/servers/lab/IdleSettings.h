// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/lab/LabEvents.h"
#include "servers/lab/Scenario.h"

#include <vector>

namespace loopscope {

/// A setting that changes nothing.
struct IdleSetting
{
    QString member; ///< as scenarios have it, "load.rate"; or "threads", the knob
    QString why; ///< half a sentence, which goes on with what to do: "in a closed load clients ask when ...; set ..."
};

/// Which of `members` change nothing under any of `runs`: the load is of another kind, or no such model or truth is among them.
std::vector<IdleSetting> idleSettings(const Scenario &scenario, const std::vector<LabRunName> &runs, const QStringList &members);
/// The same of all members that a scenario sets to something else than their default: it is written for its models, and for any truth.
std::vector<IdleSetting> idleSettings(const Scenario &scenario);

} // namespace loopscope
