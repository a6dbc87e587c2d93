// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <span>
#include <utility>
#include <vector>

namespace loopscope {

/// Two sequences laid beside each other.
struct SequenceAlignment
{
    using Match = std::pair<quint32, quint32>; ///< an index on the left and one on the right that hold equal items
    std::vector<Match> matches; ///< both indices rise
    /// How many items of either side the alignment speaks of. All of them, unless the other side may go on: then what lies behind has
    /// no partner *yet*.
    quint32 leftReached = 0;
    quint32 rightReached = 0;
};

/// Which sequences may still grow: their end is no reason to call the other's rest unmatched.
struct GrowingEnds
{
    bool left = false;
    bool right = false;
};

/// The fewest insertions and deletions that turn left into right: the greedy algorithm of E. W. Myers, "An O(ND) difference algorithm and
/// its variations", Algorithmica 1 (1986).
///
/// Where there are more than a few hundred differences in a row it goes on from the furthest place it has come to, so that the time is
/// bounded by a few hundred steps an item and the memory by 1 MiB; the result is then good rather than best. Items are compared by value,
/// so hash what is longer.
SequenceAlignment alignSequences(std::span<const quint64> left, std::span<const quint64> right, GrowingEnds growing = {});

} // namespace loopscope
