// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/ProfileComparison.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loopscope {

namespace {

quint64 distance(BeforeAfter figure) { return static_cast<quint64>(std::abs(figure.change())); }

quint64 harmOf(const BlockingReport &report)
{
    quint64 harm = 0;
    for (const Blocker &blocker : report.blockers())
        harm += blocker.harm;
    return harm;
}

/// Sites of the recording before, for those of the one after.
std::map<SiteId, SiteId> inverse(const std::vector<SiteId> &before, SiteMatch &places)
{
    std::map<SiteId, SiteId> matched;
    for (const SiteId site : before) {
        const SiteId right = site == 0 ? 0 : places.rightOf(site);
        if (right != 0)
            matched.emplace(right, site);
    }
    return matched;
}

/// The place of a thing in `changes`: that of its partner before, or a new one.
template<typename Change>
Change &changeAfter(
    SiteId after, const std::map<SiteId, SiteId> &befores, std::map<SiteId, std::size_t> &rows, std::vector<Change> *changes)
{
    const auto before = befores.find(after);
    const auto row = before == befores.end() ? rows.end() : rows.find(before->second);
    if (row == rows.end()) {
        changes->emplace_back();
        changes->back().after = after;
        return changes->back();
    }
    Change &change = (*changes)[row->second];
    change.after = after;
    return change;
}

} // namespace

ProfileComparison::ProfileComparison(const Profile &before, const Profile &after, SiteMatch &places, quint64 threshold)
{
    const BlockingReport blockingBefore(before, threshold);
    const BlockingReport blockingAfter(after, threshold);
    m_duration = {before.metrics().endTime(), after.metrics().endTime()};
    m_busy = {before.metrics().busy(), after.metrics().busy()};
    m_held = {blockingBefore.heldTime(), blockingAfter.heldTime()};
    m_longestHold = {blockingBefore.delay().most, blockingAfter.delay().most};
    m_harm = {harmOf(blockingBefore), harmOf(blockingAfter)};
    compareFunctions(before, after, places);
    compareAwaits(before, after, places);
    layOver(before, after, places);
}

void ProfileComparison::compareFunctions(const Profile &before, const Profile &after, SiteMatch &places)
{
    std::map<SiteId, std::size_t> rows;
    std::vector<SiteId> sites;
    for (const FunctionCost &cost : before.callTree().functions()) {
        rows.emplace(cost.function, m_functions.size());
        sites.push_back(cost.function);
        m_functions.push_back({cost.function, 0, {cost.self, 0}, {cost.total, 0}, {cost.calls, 0}});
    }
    std::map<SiteId, SiteId> befores = inverse(sites, places);
    if (rows.contains(0))
        befores.emplace(0, 0);
    for (const FunctionCost &cost : after.callTree().functions()) {
        auto &change = changeAfter(cost.function, befores, rows, &m_functions);
        change.self.after = cost.self;
        change.total.after = cost.total;
        change.calls.after = cost.calls;
    }
    std::erase_if(m_functions,
        [](const FunctionChange &change) { return change.self.change() == 0 && change.total.change() == 0 && change.calls.change() == 0; });
    std::ranges::stable_sort(
        m_functions, [](const FunctionChange &left, const FunctionChange &right) { return distance(left.self) > distance(right.self); });
}

void ProfileComparison::compareAwaits(const Profile &before, const Profile &after, SiteMatch &places)
{
    std::map<SiteId, std::size_t> rows;
    std::vector<SiteId> sites;
    for (const AwaitCost &cost : before.awaits().awaits()) {
        rows.emplace(cost.await, m_awaits.size());
        sites.push_back(cost.await);
        m_awaits.push_back({cost.await, 0, {cost.total, 0}, {cost.count, 0}});
    }
    const std::map<SiteId, SiteId> befores = inverse(sites, places);
    for (const AwaitCost &cost : after.awaits().awaits()) {
        auto &change = changeAfter(cost.await, befores, rows, &m_awaits);
        change.total.after = cost.total;
        change.count.after = cost.count;
    }
    std::erase_if(m_awaits, [](const AwaitChange &change) { return change.total.change() == 0 && change.count.change() == 0; });
    std::ranges::stable_sort(
        m_awaits, [](const AwaitChange &left, const AwaitChange &right) { return distance(left.total) > distance(right.total); });
}

void ProfileComparison::layOver(const Profile &before, const Profile &after, SiteMatch &places)
{
    const std::vector<CallNode> &left = before.callTree().nodes();
    const std::vector<CallNode> &right = after.callTree().nodes();
    // By the node above, the function as it is on the right if it is there at all, which side that number is of, and the kind of task.
    std::map<std::tuple<quint32, SiteId, bool, quint8>, quint32> known;
    for (quint32 i = 0; i < left.size(); ++i) {
        const CallNode &node = left[i];
        m_tree.push_back({node.function, 0, node.task, node.parent, {node.self, 0}, {node.total, 0}, {node.calls, 0}});
        const SiteId partner = node.function == 0 ? 0 : places.rightOf(node.function);
        const bool isMatched = node.function == 0 || partner != 0;
        known.emplace(std::tuple(node.parent, isMatched ? partner : node.function, isMatched, node.task), i);
    }
    std::vector<quint32> placeOf(right.size());
    for (quint32 i = 0; i < right.size(); ++i) {
        const CallNode &node = right[i];
        const quint32 parent = node.parent == CallNode::none ? CallNode::none : placeOf[node.parent];
        const auto [found, isNew] = known.emplace(std::tuple(parent, node.function, true, node.task), static_cast<quint32>(m_tree.size()));
        if (isNew)
            m_tree.push_back({0, 0, node.task, parent, {}, {}, {}});
        placeOf[i] = found->second;
        CallDifference &difference = m_tree[found->second];
        difference.after = node.function;
        difference.self.after += node.self;
        difference.total.after += node.total;
        difference.calls.after += node.calls;
    }
}

} // namespace loopscope
