// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/CallTree.h"

#include <algorithm>

namespace loopscope {

CallTree::CallTree() { m_nodes.emplace_back(); }

void CallTree::spend(quint64 duration)
{
    m_nodes[current()].self += duration;
    for (quint32 node = current(); node != CallNode::none; node = m_nodes[node].parent)
        m_nodes[node].total += duration;
}

quint32 CallTree::child(quint32 parent, SiteId function, quint8 task)
{
    std::vector<quint32> &same = m_children[(quint64{parent} << 32U) | function];
    for (const quint32 node : same) {
        if (m_nodes[node].task == task)
            return node;
    }
    if (m_nodes.size() >= mostNodes)
        return parent;
    const auto made = static_cast<quint32>(m_nodes.size());
    CallNode node;
    node.function = function;
    node.task = task;
    node.parent = parent;
    node.nextSibling = m_nodes[parent].firstChild;
    m_nodes.push_back(node);
    m_nodes[parent].firstChild = made;
    same.push_back(made);
    return made;
}

void CallTree::enter(SiteId function, quint8 task, bool isCall)
{
    if (m_frames.size() >= deepest) {
        ++m_uncounted;
        return;
    }
    const quint32 node = child(current(), function, task);
    if (isCall)
        ++m_nodes[node].calls;
    m_frames.push_back(node);
}

void CallTree::leaveTask()
{
    m_uncounted = 0;
    while (!m_frames.empty()) {
        const bool wasTask = m_nodes[m_frames.back()].task != 0;
        m_frames.pop_back();
        if (wasTask)
            return;
    }
}

void CallTree::add(const Event &event)
{
    if (!m_frames.empty() && event.time > m_lastTime)
        spend(event.time - m_lastTime);
    m_lastTime = event.time;
    switch (event.kind) {
    case EventKind::TaskBegun:
        enter(event.site, event.detail, true);
        break;
    case EventKind::TaskEnded:
        leaveTask();
        break;
    case EventKind::CallEntered:
        enter(event.site, 0, event.detail == 0); // neither going on nor being seen is a call
        m_hasSamples |= (event.detail & CallSampled) != 0;
        m_hasCalls |= (event.detail & CallSampled) == 0;
        break;
    case EventKind::CallLeft:
        if (m_uncounted > 0)
            --m_uncounted;
        else if (!m_frames.empty() && m_nodes[m_frames.back()].task == 0)
            m_frames.pop_back();
        break;
    default:
        break;
    }
}

CallTree CallTree::inverted() const
{
    CallTree tree;
    for (quint32 node = 1; node < m_nodes.size(); ++node) {
        const CallNode &from = m_nodes[node];
        if (from.self == 0 && from.calls == 0)
            continue;
        quint32 at = root;
        for (quint32 caller = node; caller != root; caller = m_nodes[caller].parent) {
            at = tree.child(at, m_nodes[caller].function, m_nodes[caller].task);
            tree.m_nodes[at].total += from.self;
            tree.m_nodes[at].calls += from.calls;
            if (caller == node)
                tree.m_nodes[at].self += from.self;
        }
        tree.m_nodes[root].total += from.self;
    }
    return tree;
}

std::vector<FunctionCost> CallTree::functions() const
{
    std::unordered_map<SiteId, FunctionCost> costs;
    for (quint32 node = 1; node < m_nodes.size(); ++node) {
        const CallNode &from = m_nodes[node];
        FunctionCost &cost = costs[from.function];
        cost.function = from.function;
        cost.self += from.self;
        // A callback's function is entered by a call of its own right below the callback, which counts unless a sample saw it.
        const bool hasOwnCall = from.task != 0 && (!isSampled() || from.taskKind() == TaskKind::AwaitContinuation);
        bool isCounted = true;
        for (quint32 below = from.firstChild; hasOwnCall && below != CallNode::none; below = m_nodes[below].nextSibling)
            isCounted = isCounted && (m_nodes[below].task != 0 || m_nodes[below].function != from.function);
        if (isCounted)
            cost.calls += from.calls;
        bool isInside = false;
        for (quint32 caller = from.parent; caller != CallNode::none && caller != root && !isInside; caller = m_nodes[caller].parent)
            isInside = m_nodes[caller].function == from.function;
        if (!isInside)
            cost.total += from.total;
    }
    std::vector<FunctionCost> sorted;
    sorted.reserve(costs.size());
    for (const auto &each : costs)
        sorted.push_back(each.second);
    std::ranges::sort(sorted, [](const FunctionCost &left, const FunctionCost &right) {
        return left.self != right.self ? left.self > right.self : left.function < right.function;
    });
    return sorted;
}

std::vector<quint32> CallTree::path(quint32 node) const
{
    std::vector<quint32> nodes;
    for (; node != CallNode::none && node != root; node = m_nodes[node].parent)
        nodes.push_back(node);
    std::ranges::reverse(nodes);
    return nodes;
}

std::vector<quint32> CallTree::children(quint32 node) const
{
    std::vector<quint32> found;
    for (quint32 below = m_nodes[node].firstChild; below != CallNode::none; below = m_nodes[below].nextSibling)
        found.push_back(below);
    std::ranges::sort(found, [this](quint32 left, quint32 right) {
        return m_nodes[left].total != m_nodes[right].total ? m_nodes[left].total > m_nodes[right].total : left < right;
    });
    return found;
}

} // namespace loopscope
