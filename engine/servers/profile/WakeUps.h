// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/profile/ObservedProfile.h"

namespace loopscope {

/// What a real profile says of a machine that falls asleep between two requests (ScenarioMachine has the same members). In seconds.
struct WakeUps
{
    double core = 0; ///< until a core that sleeps has begun with what has come, and what its thread takes longer then
    double client = 0;
    double afterAnswer = 0; ///< that the loop still works for a request whose answer is on its way
};

/// Of each route, by weight: the time from a request's coming until the loop goes on; and what the loop works more for a request that comes
/// alone than for one among many, up to the answer and divided by the times it is woken up.
WakeUps fitWakeUps(const ObservedProfile &real);

/// The same profile, of a machine that never sleeps: who runs it on one that does adds `wakeUps`.
ObservedProfile withoutWakeUps(const ObservedProfile &real, const WakeUps &wakeUps);

} // namespace loopscope
