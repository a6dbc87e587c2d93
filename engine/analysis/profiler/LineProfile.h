// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/Profile.h"

#include <map>
#include <vector>

namespace loopscope {

/// What a line of a source file cost. Times are ns of run time.
struct LineCost
{
    quint64 self = 0; ///< ran, the functions it called not counted
    quint64 calls = 0; ///< of functions that begin on it
    quint64 times = 0; ///< its statements were come to, as far as that was recorded
    quint64 awaited = 0; ///< functions stood at its awaits
    LineCost &operator+=(const LineCost &other);
    bool operator==(const LineCost &) const = default;
};

/// A source file with what its lines cost.
struct SourceCost
{
    const SourceText *source = nullptr; ///< the reader's
    std::map<quint32, LineCost> lines; ///< by number, from 1; only those that cost anything
    LineCost total;
};

/// The costs of all lines, as fine as the recording tells: with detail `statements` the time of each statement is its first line's, and
/// what a function took before its first one (without that detail: all of its own) is that of the line on which it begins. Time belongs to
/// one line only. Files by their self time, the longest first; those that cost nothing are left out. O(n log n) in the sites; `reader` is
/// that of the profile.
std::vector<SourceCost> sourceCosts(const Profile &profile, const RecordingReader &reader);

} // namespace loopscope
