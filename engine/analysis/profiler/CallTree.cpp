// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/CallTree.h"

#include <algorithm>

namespace loopscope {

CallTree::CallTree() { m_nodes.emplace_back(); }

/// Adding to all callers at every event would cost the depth of the calls.
void CallTree::sumUp() const
{
    for (CallNode &node : m_nodes)
        node.total = node.self;
    for (std::size_t node = m_nodes.size() - 1; node > root; --node)
        m_nodes[m_nodes[node].parent].total += m_nodes[node].total;
    m_areSummedUp = true;
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
    if (!m_frames.empty() && event.time > m_lastTime) {
        m_nodes[current()].self += event.time - m_lastTime;
        m_areSummedUp = false;
    }
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
    case EventKind::StatementsCapped:
        if (event.detail == 1 && event.value > 0)
            m_callsLeftOut += static_cast<quint64>(event.value);
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
        int callers = 0;
        for (quint32 caller = node; caller != root && callers <= mostCallers; caller = m_nodes[caller].parent, ++callers) {
            const quint32 above = tree.child(at, m_nodes[caller].function, m_nodes[caller].task);
            if (above == at)
                break; // there is no room for more
            at = above;
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
    std::unordered_map<SiteId, quint32> open; // how often a function is on the path to the node
    std::vector<std::pair<quint32, bool>> toDo; // nodes, and whether they are left
    for (quint32 below = nodes()[root].firstChild; below != CallNode::none; below = m_nodes[below].nextSibling)
        toDo.emplace_back(below, false);
    while (!toDo.empty()) {
        const auto [node, isLeft] = toDo.back();
        toDo.pop_back();
        const CallNode &from = m_nodes[node];
        if (isLeft) {
            --open[from.function];
            continue;
        }
        FunctionCost &cost = costs[from.function];
        cost.function = from.function;
        cost.self += from.self;
        if (open[from.function]++ == 0)
            cost.total += from.total;
        toDo.emplace_back(node, true);
        // A callback's function is entered by a call of its own right below the callback, which counts unless a sample saw it.
        const bool hasOwnCall = from.task != 0 && (!isSampled() || from.taskKind() == TaskKind::AwaitContinuation);
        bool isCounted = true;
        for (quint32 below = from.firstChild; below != CallNode::none; below = m_nodes[below].nextSibling) {
            isCounted = isCounted && (!hasOwnCall || m_nodes[below].task != 0 || m_nodes[below].function != from.function);
            toDo.emplace_back(below, false);
        }
        if (isCounted)
            cost.calls += from.calls;
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
    for (quint32 below = nodes()[node].firstChild; below != CallNode::none; below = m_nodes[below].nextSibling)
        found.push_back(below);
    std::ranges::sort(found, [this](quint32 left, quint32 right) {
        return m_nodes[left].total != m_nodes[right].total ? m_nodes[left].total > m_nodes[right].total : left < right;
    });
    return found;
}

} // namespace loopscope
