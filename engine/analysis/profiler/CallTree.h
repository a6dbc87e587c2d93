// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <unordered_map>
#include <vector>

namespace loopscope {

/// A function in one place of the call tree, or a callback of some kind.
struct CallNode
{
    static constexpr quint32 none = ~0U;

    SiteId function = 0; ///< 0: code without a place in the person's files
    quint8 task = 0; ///< not 0: stands for callbacks of this TaskKind, whose function `function` is
    quint32 parent = none;
    quint32 firstChild = none;
    quint32 nextSibling = none;
    quint64 self = 0; ///< ns of run time
    quint64 total = 0; ///< ns, with what it called
    quint64 calls = 0; ///< how often it was called or begun; going on after an await is no call
    TaskKind taskKind() const { return static_cast<TaskKind>(task); }
};

/// What a function cost in all places together.
struct FunctionCost
{
    SiteId function = 0;
    quint64 self = 0; ///< ns
    quint64 total = 0; ///< ns; of calls inside of calls of the same function only the outer one counts
    quint64 calls = 0;
};

/// Where the time of a loop's callbacks went, by call path: callbacks of one kind and function are one node, and so are the calls of a
/// function from one node. Without recorded calls (detail `tasks`) there are nodes of callbacks only.
///
/// Time that passes between two events belongs to the innermost frame. Any sequence of events can be taken in. Memory: 48 bytes a node, at
/// most mostNodes of them; deeper or further ones are counted in their callers. Not thread-safe.
class CallTree
{
public:
    static constexpr quint32 root = 0;
    static constexpr std::size_t mostNodes = 1U << 20U;
    static constexpr std::size_t deepest = 4096;

    CallTree();
    /// Takes in an event of the tree's loop, its own lane.
    void add(const Event &event);

    /// Node 0 stands for all. A parent comes before its children.
    const std::vector<CallNode> &nodes() const
    {
        if (!m_areSummedUp)
            sumUp();
        return m_nodes;
    }
    /// Bottom-up: below the root each function with its self time, below it who called it, and so on, up to mostCallers of them. Totals are
    /// what the function at the path's beginning took in itself when called on that path.
    CallTree inverted() const;
    static constexpr int mostCallers = 64;
    /// True if all calls are there as a sampling profiler saw them: then none is counted, only how often callbacks were begun.
    bool isSampled() const { return m_hasSamples && !m_hasCalls; }
    /// Calls that were not recorded one by one (StatementsCapped); all counts of calls are at least so many, then.
    quint64 callsLeftOut() const { return m_callsLeftOut; }
    /// By self time, the most first; callbacks' nodes belong to their function.
    std::vector<FunctionCost> functions() const;
    /// From below the root down to the node.
    std::vector<quint32> path(quint32 node) const;
    /// Of the frame that runs; the root if none does.
    quint32 current() const { return m_frames.empty() ? root : m_frames.back(); }
    /// The nodes of the frames on the stack, the outermost first. An event puts one on it, or takes one or several off.
    const std::vector<quint32> &frames() const { return m_frames; }
    /// The children of a node, the longest first.
    std::vector<quint32> children(quint32 node) const;

private:
    quint32 child(quint32 parent, SiteId function, quint8 task);
    void enter(SiteId function, quint8 task, bool isCall);
    void leaveTask();
    void sumUp() const;

    mutable std::vector<CallNode> m_nodes; ///< totals are known if m_areSummedUp
    mutable bool m_areSummedUp = true;
    std::unordered_map<quint64, std::vector<quint32>> m_children; ///< by parent and function
    std::vector<quint32> m_frames; ///< the outermost first
    std::size_t m_uncounted = 0; ///< frames beyond the deepest
    quint64 m_lastTime = 0;
    bool m_hasSamples = false;
    bool m_hasCalls = false;
    quint64 m_callsLeftOut = 0;
};

} // namespace loopscope
