// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"
#include "state/PromiseGraph.h"
#include "state/PromiseWarnings.h"

#include <functional>
#include <unordered_map>
#include <vector>

namespace loopscope {

constexpr quint32 noItem = noNode;

/// One thing that is drawn: a promise, or many that were made alike.
struct PromiseItem
{
    quint32 node = noNode; ///< the promise, or the first of the group
    quint32 count = 1;
    quint32 pending = 0;
    quint32 rejected = 0; ///< the others are fulfilled
    quint32 warnings = 0;
    quint32 source = noItem; ///< item whose `then` made it
    quint32 maker = noItem; ///< item of the async function or handler that ran
    std::vector<quint32> inputs; ///< of `all` and its kin
    bool isUnhandled = false;
    bool isRunning = false; ///< its handler or async function runs now
    bool isChanged = false; ///< by the event of the moment

    bool isGroup() const { return count > 1; }
    /// Pending while one of them is.
    PromiseOutcome outcome() const
    {
        if (pending > 0)
            return PromiseOutcome::Pending;
        return rejected > 0 ? PromiseOutcome::Rejected : PromiseOutcome::Fulfilled;
    }
};

/// How far a microtask has come.
enum class JobStage : quint8 { None, Queued, Running, Over };

struct PromiseEdge
{
    quint32 from = noItem; ///< noItem: a promise that is not shown
    quint32 to = noItem;
    PromiseLink::Kind kind = PromiseLink::Kind::Then;
    quint32 link = noNode; ///< the newest of those it stands for
    JobStage reaction = JobStage::None;
    JobStage thenable = JobStage::None;
    quint32 reactionTurn = 0; ///< place in the microtask queue from 1; 0: it does not wait in it
    quint32 thenableTurn = 0;
    bool isPast = false; ///< an await that went on
    bool isChanged = false;
};

/// What of a graph is to be seen.
struct PromiseChoice
{
    enum class Only : quint8 { All, Pending, Rejected, Warned };
    enum class Grouping : quint8 {
        Many, ///< when there are more than `groupFrom`
        Always,
        Never,
    };
    Only only = Only::All;
    Grouping grouping = Grouping::Many;
    bool showsInner = false; ///< also those that no code of the person sees
    std::function<bool(SubjectId promise)> isNodes; ///< one of Node's own work, such as loading modules; null: none is
    SubjectId focus = 0; ///< only this promise, what it comes from, and what comes of it; 0: no focus
    SubjectId alike = 0; ///< only promises made like this one, each by itself; 0: no matter
    std::function<bool(quint32 node)> fits; ///< the words searched for; null: all do
    size_t most = 5000; ///< promises; older settled ones are left out
    size_t groupFrom = 80;
};

/// The promises at a cursor: items and edges, without places.
struct PromisePicture
{
    std::vector<PromiseItem> items; ///< by creation
    std::vector<PromiseEdge> edges;
    std::vector<PromiseWarning> warnings; ///< of all promises at the cursor, chosen or not, but for Node's own
    std::unordered_map<quint32, quint32> itemOf; ///< by node
    size_t total = 0; ///< promises at the cursor, without inner ones unless these are shown
    size_t pending = 0; ///< of them
    size_t shown = 0;
    size_t leftOut = 0; ///< that fit but are too old
    bool isGrouped = false;

    /// The newest item that the event of the moment changed, else the newest that runs; noItem if there is none.
    quint32 liveliest() const;
    void clearChanges();
    quint32 find(quint32 node) const
    {
        const auto found = itemOf.find(node);
        return found != itemOf.end() ? found->second : noItem;
    }
};

/// Makes pictures of a graph.
class PromisePictureBuilder
{
public:
    /// All must outlive this. The state is that of the cursor.
    PromisePictureBuilder(const PromiseGraph &graph, const PromiseWarnings &warnings, const LoopState &state);

    /// `marksChanges`: what the event of the moment did is marked.
    PromisePicture build(const PromiseChoice &choice, bool marksChanges) const;

private:
    struct Work;
    void choose(Work &work) const;
    void group(Work &work) const;
    void fillItems(Work &work) const;
    void fillEdges(Work &work) const;
    void addEdge(Work &work, quint32 to, quint32 link) const;
    std::vector<bool> family(SubjectId focus) const;
    bool areAlike(quint32 one, quint32 other) const;
    bool isHidden(quint32 node, const PromiseChoice &choice) const;
    SiteId handlerOf(quint32 node) const;
    JobStage stage(const PromiseJob &job) const;
    quint32 turn(const PromiseJob &job) const;
    bool isNow(const PromiseJob &job) const;

    const PromiseGraph &m_graph;
    const PromiseWarnings &m_warnings;
    quint64 m_cursor;
    std::unordered_map<SubjectId, quint32> m_turns; ///< microtask -> place in the queue
};

} // namespace loopscope
