// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <functional>
#include <limits>
#include <optional>
#include <unordered_map>
#include <vector>

namespace loopscope {

/// Not (yet) in the recording; also the number of no node.
constexpr quint64 neverHappens = std::numeric_limits<quint64>::max();
constexpr quint32 noNode = std::numeric_limits<quint32>::max();

/// A microtask of a promise, with the events (their indices) in which it was queued, begun and ended.
struct PromiseJob
{
    SubjectId task = 0; ///< 0: none was queued
    SiteId function = 0;
    quint64 queued = neverHappens;
    quint64 begun = neverHappens;
    quint64 ended = neverHappens;
    bool operator==(const PromiseJob &) const = default;
};

enum class PromiseOutcome : quint8 { Pending, Fulfilled, Rejected };

/// A promise with the events that made it what it is. What happened before a cursor are the events below it.
struct PromiseNode
{
    SubjectId id = 0;
    PromiseOrigin origin = PromiseOrigin::Constructor;
    bool isInner = false; ///< no code of the person sees it: around a plain value that is awaited, or inside adoption, `all`, `finally`
    bool isEarlier = false; ///< made before the stretch: what hangs on it may not be known
    bool becomesRejected = false; ///< when it is settled
    bool isUndefined = false; ///< fulfilled with undefined
    SiteId site = 0; ///< where it was made
    SiteId function = 0; ///< the async function that answers with it
    SubjectId madeBy = 0; ///< the task that ran when it was made
    quint32 derivedFrom = noNode; ///< the promise whose `then` made it
    quint32 maker = noNode; ///< promise of the async function, or of the handler, that ran when it was made
    quint32 firstIn = noNode; ///< links that lead to it, by PromiseLink::nextIn; the newest first
    quint32 firstOut = noNode; ///< and from it, by nextOut
    StringId name = 0;
    StringId reason = 0; ///< of its rejection
    SubjectId settledBy = 0; ///< the task that settled it
    SiteId settledAt = 0;
    quint64 created = neverHappens;
    quint64 settled = neverHappens;
    quint64 unhandled = neverHappens; ///< reported as not handled
    quint64 handledLate = neverHappens;

    bool isThere(quint64 cursor) const { return created < cursor; }
    bool isSettled(quint64 cursor) const { return settled < cursor; }
    PromiseOutcome outcome(quint64 cursor) const
    {
        if (!isSettled(cursor))
            return PromiseOutcome::Pending;
        return becomesRejected ? PromiseOutcome::Rejected : PromiseOutcome::Fulfilled;
    }
    bool isUnhandled(quint64 cursor) const { return unhandled < cursor && handledLate >= cursor; }
    bool operator==(const PromiseNode &) const = default;
};

/// What makes one promise depend on another. `to` waits for `from`.
struct PromiseLink
{
    enum class Kind : quint8 { Then, Catch, Finally, Await, Adopt, Combine };
    Kind kind = Kind::Then;
    quint32 from = noNode; ///< noNode: of an adopted thenable that is no promise
    quint32 to = noNode; ///< noNode: the top level of a module, at an await
    SiteId site = 0; ///< handler or await
    quint64 made = neverHappens;
    quint64 ended = neverHappens; ///< of an await: when the function went on
    PromiseJob reaction; ///< runs the handler, goes on after the await, or hands the state on
    PromiseJob thenable; ///< of an adoption: the job before, that asks for the state
    quint32 nextIn = noNode;
    quint32 nextOut = noNode;
    bool operator==(const PromiseLink &) const = default;
};

/// A try to settle a promise that was resolved before.
struct IgnoredSettling
{
    quint32 node = noNode;
    quint64 event = neverHappens;
    SiteId site = 0;
    IgnoredSettle what = IgnoredSettle::Resolve;
    bool operator==(const IgnoredSettling &) const = default;
};

/// The promises of a stretch of a recording and what links them, with the event of each fact, so that the graph at any cursor of the
/// stretch can be read off without folding again.
///
/// Which reaction a microtask belongs to is not recorded but follows from ECMAScript: reactions of one promise are queued in the order in
/// which they were added (27.2.1.8 TriggerPromiseReactions). Memory: about 130 bytes a promise, 150 a link. Any events can be added, also
/// from a damaged file. Not thread-safe.
class PromiseGraph
{
public:
    /// What is known of a promise that was made before the stretch: the events in which it was made and settled, with their indices.
    struct Earlier
    {
        quint64 created = neverHappens;
        Event creation;
        quint64 settled = neverHappens;
        Event settling;
    };
    using FindEarlier = std::function<Earlier(SubjectId)>;

    /// Forgets all; the stretch starts with event number `from`. `findEarlier` is asked for promises of before; may be null.
    void restart(quint64 from, FindEarlier findEarlier = {});
    /// Takes in event number end().
    void add(const Event &event);
    /// Takes in a promise of before the stretch that nothing has happened to since.
    quint32 addEarlier(SubjectId id);

    quint64 from() const { return m_from; }
    quint64 end() const { return m_end; }
    const std::vector<PromiseNode> &nodes() const { return m_nodes; }
    const std::vector<PromiseLink> &links() const { return m_links; }
    const std::vector<IgnoredSettling> &ignored() const { return m_ignored; }
    std::optional<quint32> find(SubjectId id) const;
    /// Index of the event with which the run ended by itself: nothing that is still pending can be settled behind it.
    quint64 finished() const { return m_finished; }

    /// Calls visit(link) for what node waits for, or for what waits for it, as it is at the cursor; the newest first.
    template<typename Visit>
    void visitIn(quint32 node, quint64 cursor, Visit &&visit) const
    {
        for (quint32 at = m_nodes[node].firstIn; at != noNode; at = m_links[at].nextIn) {
            if (m_links[at].made < cursor)
                visit(m_links[at]);
        }
    }
    template<typename Visit>
    void visitOut(quint32 node, quint64 cursor, Visit &&visit) const
    {
        for (quint32 at = m_nodes[node].firstOut; at != noNode; at = m_links[at].nextOut) {
            if (m_links[at].made < cursor)
                visit(m_links[at]);
        }
    }

private:
    /// What runs: a task, or an async function inside it.
    struct Frame
    {
        SubjectId task;
        quint32 promise; ///< of the async function, or what the task's handler answers with
        bool isTask;
    };
    /// Links of one promise whose microtask is not queued yet, in their order.
    struct Waiting
    {
        std::vector<quint32> thens;
        std::vector<quint32> awaits;
        size_t nextThen = 0;
        size_t nextAwait = 0;
    };
    /// Where a microtask stands in.
    struct JobPlace
    {
        quint32 link;
        bool isThenable;
    };

    void addTaskEvent(const Event &event);
    void queueJob(const Event &event);
    bool isKnownToBeFirst(quint32 promise) const;
    void beginTask(const Event &event);
    void createPromise(const Event &event);
    void markInner(quint32 node, const Event &event);
    void addReaction(const Event &event);
    void settle(const Event &event);
    static void noteSettling(PromiseNode &node, const Event &event, quint64 index);
    void addAwait(const Event &event);
    void resumeAwait(const Event &event);
    void waitFor(quint32 link);
    void adopt(const Event &event);
    quint32 nodeOf(SubjectId id);
    quint32 link(PromiseLink::Kind kind, quint32 from, quint32 to, SiteId site);
    /// An await's or `all`'s promise around a value that was none: it was made and fulfilled right before.
    void noteWrapper(quint32 node);
    void leaveFunction(quint32 promise);
    /// Changes the microtask, and its copy in the link that it serves; `change` is called with each.
    template<typename Change>
    void changeJob(const JobPlace &place, Change &&change);
    quint64 here() const { return m_end; }

    FindEarlier m_findEarlier;
    quint64 m_from = 0;
    quint64 m_end = 0;
    quint64 m_finished = neverHappens;
    std::vector<PromiseNode> m_nodes;
    std::vector<PromiseLink> m_links;
    std::vector<IgnoredSettling> m_ignored;
    std::unordered_map<SubjectId, quint32> m_nodeOf;
    std::unordered_map<SubjectId, JobPlace> m_jobs; ///< microtasks that are queued or run
    std::unordered_map<quint32, Waiting> m_waiting;
    std::unordered_map<quint32, quint32> m_worksFor; ///< inner promise of a `then` -> the adoption or combination it serves
    std::vector<Frame> m_frames;
    Event m_last; ///< the event before
};

} // namespace loopscope
