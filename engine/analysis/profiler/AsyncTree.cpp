// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "analysis/profiler/AsyncTree.h"

#include <algorithm>

namespace loopscope {

AsyncTimes &AsyncTimes::operator+=(const AsyncTimes &other)
{
    count += other.count;
    notReady += other.notReady;
    waited += other.waited;
    ran += other.ran;
    return *this;
}

AsyncTree::AsyncTree()
    : m_nodes(1)
    , m_depths(1)
{
}

std::size_t AsyncTree::KeyHash::operator()(const Key &key) const
{
    // Mixes as splitmix64 does.
    quint64 mixed = key.place ^ (key.rest * 0x9e3779b97f4a7c15ULL) ^ (quint64{key.parent} << 17U);
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
    return mixed ^ (mixed >> 31U);
}

AsyncTree::Key AsyncTree::keyOf(quint32 parent, const AsyncNode &like)
{
    return {(quint64{like.function} << 32U) | like.startedAt, (quint64{like.name} << 8U) | static_cast<quint8>(like.kind), parent};
}

quint32 AsyncTree::child(quint32 parent, const AsyncNode &like)
{
    const Key key = keyOf(parent, like);
    if (const auto known = m_children.find(key); known != m_children.end())
        return known->second;
    for (quint32 ancestor = parent; ancestor != root; ancestor = m_nodes[ancestor].parent) {
        if (m_nodes[ancestor].isSameAs(like))
            return ancestor;
    }
    if (m_nodes.size() >= mostNodes || m_depths[parent] >= deepest)
        return parent;
    const auto made = static_cast<quint32>(m_nodes.size());
    m_nodes.push_back(like);
    m_nodes[made].parent = parent;
    m_nodes[made].nextSibling = m_nodes[parent].firstChild;
    m_nodes[parent].firstChild = made;
    m_depths.push_back(m_depths[parent] + 1);
    m_children.emplace(key, made);
    return made;
}

void AsyncTree::addWaiter(SubjectId promise, const Event &event, quint64 index)
{
    Waiters *waiters = m_waitersOf.make(promise, index);
    if (!waiters)
        return;
    quint32 made = m_freeWaiter;
    if (made == none) {
        made = static_cast<quint32>(m_waiters.size());
        m_waiters.emplace_back();
    } else {
        m_freeWaiter = m_waiters[made].next;
    }
    m_waiters[made] = {event.time, current(), request(), none};
    (waiters->first == none ? waiters->first : m_waiters[waiters->last].next) = made;
    waiters->last = made;
}

bool AsyncTree::takeWaiter(SubjectId promise, Start *start)
{
    Waiters *waiters = m_waitersOf.find(promise);
    if (!waiters || waiters->first == none)
        return false;
    const quint32 taken = waiters->first;
    Waiter &waiter = m_waiters[taken];
    start->since = waiter.since;
    start->node = waiter.node;
    start->request = waiter.request;
    waiters->first = waiter.next;
    waiter.next = m_freeWaiter;
    m_freeWaiter = taken;
    return true;
}

void AsyncTree::create(const Event &event, quint64 index)
{
    Start start{event.time, current(), request(), 0, Start::Role::Task};
    const auto kind = static_cast<TaskKind>(event.detail);
    const Start *cause = m_starts.find(event.cause);
    // What closes a handle starts its last callback.
    const bool isIo = kind == TaskKind::IoCallback || kind == TaskKind::PendingCallback;
    if (kind == TaskKind::PromiseReaction || kind == TaskKind::AwaitContinuation)
        takeWaiter(event.cause, &start); // what hangs on a promise comes in the order in which it was hung there
    else if (isIo && cause && (cause->role == Start::Role::Request || cause->role == Start::Role::Handle))
        start = {cause->since, cause->node, cause->request, 0, Start::Role::Task};
    else if (m_running.empty() && cause && cause->role == Start::Role::Task)
        start = {event.time, cause->node, cause->request, 0, Start::Role::Task};
    if (Start *known = m_starts.make(event.subject, index))
        *known = start;
}

void AsyncTree::begin(const Event &event, const TaskRun &run)
{
    Start start{run.created, current(), request(), 0, Start::Role::Task};
    Start *known = m_starts.find(event.subject);
    if (known && known->role == Start::Role::Task)
        start = *known;
    Start *source = m_starts.find(event.cause);
    const bool isHandles = source && source->role == Start::Role::Handle;

    AsyncNode like;
    like.kind = run.kind;
    like.function = run.function;
    like.startedAt = run.scheduledAt;
    like.first = run.task;
    if (like.function == 0 && !(source && source->role == Start::Role::Request))
        like.name = start.name;
    // A timer's later turns are of the node of its first.
    const quint32 at = start.hasBegun ? start.node : child(start.node, like);
    AsyncNode &node = m_nodes[at];
    const quint64 since = std::min(start.since, event.time);
    const quint64 ready = std::clamp(run.ready, since, event.time);
    ++node.own.count;
    node.own.notReady += ready - since;
    node.own.waited += event.time - ready;
    if (event.time - since >= node.longest) {
        node.longest = event.time - since;
        node.longestEvent = run.event;
    }
    if (known && known->role == Start::Role::Task) {
        known->node = at;
        known->hasBegun = true;
    }
    if (isHandles)
        source->since = event.time;
    if (Start *accepted = m_accepted == 0 ? nullptr : m_starts.find(m_accepted); accepted && isHandles) {
        accepted->node = at;
        m_accepted = 0;
    }
    m_running.push_back({event.subject, at, start.request});
}

void AsyncTree::end(const Event &event)
{
    const auto found =
        std::find_if(m_running.rbegin(), m_running.rend(), [&](const Running &running) { return running.task == event.subject; });
    if (found != m_running.rend())
        m_running.erase(std::next(found).base(), m_running.end());
}

void AsyncTree::open(const Event &event, quint64 index, Start::Role role)
{
    Start *start = m_starts.make(event.subject, index);
    if (!start)
        return;
    *start = {event.time, current(), request(), 0, role};
    const Start *cause = m_starts.find(event.cause);
    if (role == Start::Role::Handle && cause && cause->role == Start::Role::Handle) {
        start->node = cause->node;
        start->request = 0;
        m_accepted = event.subject;
    }
}

void AsyncTree::add(const Event &event, quint64 index, const TaskRuns &runs)
{
    if (event.time > m_lastTime) {
        if (!m_running.empty())
            m_nodes[current()].own.ran += event.time - m_lastTime;
        m_lastTime = event.time;
    }
    switch (event.kind) {
    case EventKind::TaskCreated:
        create(event, index);
        break;
    case EventKind::TaskRearmed:
        if (Start *start = m_starts.find(event.subject))
            start->since = event.time;
        break;
    case EventKind::SubjectNamed:
        if (Start *start = m_starts.find(event.subject))
            start->name = static_cast<StringId>(event.value);
        break;
    case EventKind::TaskBegun:
        begin(event, runs.all().back());
        break;
    case EventKind::TaskEnded:
        end(event);
        break;
    case EventKind::IoSubmitted:
        open(event, index, Start::Role::Request);
        break;
    case EventKind::HandleOpened:
        open(event, index, Start::Role::Handle);
        break;
    case EventKind::RequestSent:
        if (!m_running.empty() && event.cause == m_running.back().task)
            m_running.back().request = event.subject;
        break;
    case EventKind::ReactionAdded:
    case EventKind::AwaitSuspended:
        addWaiter(event.kind == EventKind::ReactionAdded ? event.subject : static_cast<SubjectId>(event.value), event, index);
        break;
    default:
        break;
    }
}

std::vector<AsyncTimes> AsyncTree::totals() const
{
    std::vector<AsyncTimes> totals(m_nodes.size());
    for (std::size_t node = m_nodes.size(); node-- > 0;) {
        totals[node] += m_nodes[node].own;
        if (node != root)
            totals[m_nodes[node].parent] += totals[node];
    }
    return totals;
}

std::vector<quint32> AsyncTree::children(quint32 node, const std::vector<AsyncTimes> &totals) const
{
    std::vector<quint32> found;
    for (quint32 below = m_nodes[node].firstChild; below != none; below = m_nodes[below].nextSibling)
        found.push_back(below);
    std::ranges::sort(found, [&](quint32 left, quint32 right) {
        return totals[left].all() != totals[right].all() ? totals[left].all() > totals[right].all() : left < right;
    });
    return found;
}

std::vector<quint32> AsyncTree::path(quint32 node) const
{
    std::vector<quint32> nodes;
    for (; node != none && node != root; node = m_nodes[node].parent)
        nodes.push_back(node);
    std::ranges::reverse(nodes);
    return nodes;
}

} // namespace loopscope
