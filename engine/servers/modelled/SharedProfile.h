// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/profile/ObservedProfile.h"

#include <functional>
#include <optional>

namespace loopscope {

/// The profile of a scenario's requests out of the user's cache, or what `make` gives, which is put there: the runs of several models, of a
/// sweep, and of later calls need it made once only. Runs in other processes that want the same one meanwhile wait for it, as long as
/// `isStopped` says no. Where the cache cannot be written, each makes its own.
std::optional<ObservedProfile> sharedProfile(
    const Scenario &scenario, const std::function<std::optional<ObservedProfile>()> &make, const std::function<bool()> &isStopped);

/// What tells profiles apart: this program, what of the scenario they depend on, and the files around the script by name, size and time
/// (of node_modules: the packages). A hexadecimal number.
QString profileKey(const Scenario &scenario);

} // namespace loopscope
