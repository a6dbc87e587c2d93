// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "analysis/profiler/TaskRuns.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// What callbacks took together from their start to their end; ns.
struct AsyncTimes
{
    quint64 count = 0; ///< runs
    quint64 notReady = 0; ///< from what started them until they could run: a delay, the I/O itself, an unsettled promise
    quint64 waited = 0; ///< could run, and it was not their turn
    quint64 ran = 0;
    quint64 all() const { return notReady + waited + ran; }
    AsyncTimes &operator+=(const AsyncTimes &other);
    bool operator==(const AsyncTimes &) const = default;
};

/// Callbacks of one kind and function that were started at one place, by callbacks of the parent.
struct AsyncNode
{
    static constexpr quint32 none = ~0U;

    TaskKind kind = TaskKind::Internal;
    SiteId function = 0; ///< 0: Node's own
    SiteId startedAt = 0; ///< the place of setTimeout, then, await and the like; 0: Node's own
    StringId name = 0; ///< of Node's own function; 0 if it has none, and for requests, which are named for their files
    quint32 parent = none;
    quint32 firstChild = none;
    quint32 nextSibling = none;
    AsyncTimes own;
    SubjectId first = 0; ///< task: what it is called stands for all
    quint32 longestEvent = 0; ///< TaskBegun of the one that began latest after its start
    quint64 longest = 0; ///< ns from its start to that
    bool isSameAs(const AsyncNode &other) const
    {
        return kind == other.kind && function == other.function && startedAt == other.startedAt && name == other.name;
    }
};

/// Who started what, and how long that took to come: callbacks by the path of callbacks that led to them. What an idea of Clinic.js
/// Bubbleprof (asynchronous operations grouped by where they come from, with the time between) becomes if the whole run is recorded.
///
/// A timer, tick, microtask or immediate was started by the callback that set it; an I/O callback by the one that submitted the request or
/// opened the handle (of an accepted socket: the callback that took it); a reaction or the continuation of an await by the one that called
/// `then` or came to the await, whoever settled the promise. A handle's callback counts from the one before it.
///
/// A callback that starts its like (a timer that sets itself, a loop of awaits, a server's next turn) is counted in the node of that, so
/// that no path holds the same twice. Memory: 80 bytes a node, at most mostNodes of them, none deeper than deepest; what comes beyond is
/// counted in its starter's node. Beside that 32 bytes a subject of the recording. Any sequence of events can be taken in. Not thread-safe.
class AsyncTree
{
public:
    static constexpr quint32 root = 0;
    static constexpr std::size_t mostNodes = 1U << 16U;
    static constexpr std::size_t deepest = 128;

    AsyncTree();
    /// Takes in event number `index` of the loop; `runs` has taken it in already.
    void add(const Event &event, quint64 index, const TaskRuns &runs);

    /// The request of a plain server that the running callback works for: it read it, or goes back to a callback that does. 0 if none.
    SubjectId request() const { return m_running.empty() ? 0 : m_running.back().request; }

    /// Node 0 stands for all. A parent comes before its children.
    const std::vector<AsyncNode> &nodes() const { return m_nodes; }
    /// By node: its own times and those of all below. What ran at once is counted each for itself.
    std::vector<AsyncTimes> totals() const;
    /// The children of a node, those with the longest `totals` first.
    std::vector<quint32> children(quint32 node, const std::vector<AsyncTimes> &totals) const;
    /// From below the root down to the node.
    std::vector<quint32> path(quint32 node) const;

private:
    /// What is known of a task, request or handle.
    struct Start
    {
        enum class Role : quint8 { None, Task, Request, Handle };
        quint64 since = 0; ///< ns: what is next counts from here
        quint32 node = root; ///< of its starter; of a task that has begun its own
        SubjectId request = 0;
        StringId name = 0;
        Role role = Role::None;
        bool hasBegun = false;
    };
    /// A reaction or an await that waits for a promise.
    struct Waiter
    {
        quint64 since = 0;
        quint32 node = root;
        SubjectId request = 0;
        quint32 next = none;
    };
    struct Waiters
    {
        quint32 first = none;
        quint32 last = none;
    };
    struct Running
    {
        SubjectId task = 0;
        quint32 node = root;
        SubjectId request = 0;
    };
    static constexpr quint32 none = AsyncNode::none;

    quint32 current() const { return m_running.empty() ? root : m_running.back().node; }
    quint32 child(quint32 parent, const AsyncNode &like);
    void create(const Event &event, quint64 index);
    void begin(const Event &event, const TaskRun &run);
    void end(const Event &event);
    void open(const Event &event, quint64 index, Start::Role role);
    void addWaiter(SubjectId promise, const Event &event, quint64 index);
    bool takeWaiter(SubjectId promise, Start *start);

    struct Key
    {
        quint64 place = 0;
        quint64 rest = 0;
        quint32 parent = 0;
        bool operator==(const Key &) const = default;
    };
    struct KeyHash
    {
        std::size_t operator()(const Key &key) const;
    };
    static Key keyOf(quint32 parent, const AsyncNode &like);

    std::vector<AsyncNode> m_nodes;
    std::vector<quint8> m_depths; ///< by node
    std::unordered_map<Key, quint32, KeyHash> m_children;
    SubjectTable<Start> m_starts;
    SubjectTable<Waiters> m_waitersOf; ///< by promise, in the order in which they came
    std::vector<Waiter> m_waiters;
    quint32 m_freeWaiter = none;
    SubjectId m_accepted = 0; ///< a handle that another one made, not taken yet by a callback
    std::vector<Running> m_running; ///< the outermost first
    quint64 m_lastTime = 0;
};

} // namespace loopscope
