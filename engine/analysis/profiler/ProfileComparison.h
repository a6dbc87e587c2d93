// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/SiteMatch.h"
#include "analysis/profiler/BlockingReport.h"
#include "analysis/profiler/Profile.h"

#include <vector>

namespace loopscope {

/// A figure of two runs.
struct BeforeAfter
{
    quint64 before = 0;
    quint64 after = 0;
    qint64 change() const { return static_cast<qint64>(after) - static_cast<qint64>(before); }
    bool operator==(const BeforeAfter &) const = default;
};

/// A function of either or both recordings; a site is 0 where the function is not in that recording, or not in its profile.
struct FunctionChange
{
    SiteId before = 0;
    SiteId after = 0;
    BeforeAfter self; ///< ns
    BeforeAfter total; ///< ns
    BeforeAfter calls;
};

/// An await of either or both recordings.
struct AwaitChange
{
    SiteId before = 0;
    SiteId after = 0;
    BeforeAfter total; ///< ns waited
    BeforeAfter count;
};

/// A node of both call trees laid over each other: what a difference flame graph shows. Node 0 stands for all; a parent comes before its
/// children.
struct CallDifference
{
    SiteId before = 0; ///< function; 0 if only the other tree has the node, or for code without a place
    SiteId after = 0;
    quint8 task = 0; ///< as of CallNode
    quint32 parent = CallNode::none;
    BeforeAfter self; ///< ns
    BeforeAfter total; ///< ns
    BeforeAfter calls;
};

/// What an edit, another rule or another machine changed between two runs, in time. Functions and awaits are those of the same place, as
/// SiteMatch has it, though the text was edited. Where the runs first differ in what they do is RecordingComparison's to say.
class ProfileComparison
{
public:
    /// All must outlive this; `places` matches the recordings of the two profiles.
    ProfileComparison(const Profile &before, const Profile &after, SiteMatch &places, quint64 threshold = BlockingReport::usualThreshold);

    BeforeAfter duration() const { return m_duration; } ///< ns from start to the last event
    BeforeAfter busy() const { return m_busy; } ///< ns in which callbacks ran
    BeforeAfter held() const { return m_held; } ///< ns in holds above the threshold
    BeforeAfter longestHold() const { return m_longestHold; } ///< ns
    BeforeAfter harm() const { return m_harm; } ///< ns that victims of holds waited for them
    /// By how much their own time changed, the most first; those that did not change in time or number are left out.
    const std::vector<FunctionChange> &functions() const { return m_functions; }
    const std::vector<AwaitChange> &awaits() const { return m_awaits; }
    const std::vector<CallDifference> &callTree() const { return m_tree; }

private:
    void compareFunctions(const Profile &before, const Profile &after, SiteMatch &places);
    void compareAwaits(const Profile &before, const Profile &after, SiteMatch &places);
    void layOver(const Profile &before, const Profile &after, SiteMatch &places);

    BeforeAfter m_duration;
    BeforeAfter m_busy;
    BeforeAfter m_held;
    BeforeAfter m_longestHold;
    BeforeAfter m_harm;
    std::vector<FunctionChange> m_functions;
    std::vector<AwaitChange> m_awaits;
    std::vector<CallDifference> m_tree;
};

} // namespace loopscope
