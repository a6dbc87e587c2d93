// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/PromiseGraph.h"

#include <algorithm>
#include <array>

namespace loopscope {

namespace {

SubjectId subjectIn(qint64 value)
{
    return value > 0 && value <= std::numeric_limits<SubjectId>::max() ? static_cast<SubjectId>(value) : 0;
}

PromiseLink::Kind linkKind(quint8 reaction)
{
    switch (static_cast<ReactionKind>(reaction)) {
    case ReactionKind::Await:
        return PromiseLink::Kind::Await;
    case ReactionKind::Catch:
        return PromiseLink::Kind::Catch;
    case ReactionKind::Finally:
        return PromiseLink::Kind::Finally;
    case ReactionKind::Then:
    case ReactionKind::Adopt:
        break;
    }
    return PromiseLink::Kind::Then;
}

} // namespace

void PromiseGraph::restart(quint64 from, FindEarlier findEarlier)
{
    *this = {};
    m_findEarlier = std::move(findEarlier);
    m_from = from;
    m_end = from;
}

std::optional<quint32> PromiseGraph::find(SubjectId id) const
{
    const auto found = m_nodeOf.find(id);
    return found != m_nodeOf.end() ? std::optional<quint32>(found->second) : std::nullopt;
}

quint32 PromiseGraph::addEarlier(SubjectId id)
{
    if (const auto known = find(id))
        return *known;
    const Earlier earlier = m_findEarlier && id != 0 ? m_findEarlier(id) : Earlier();
    const Event &event = earlier.creation;
    if (event.kind != EventKind::PromiseCreated || earlier.created >= m_from)
        return noNode;
    PromiseNode node;
    node.id = id;
    node.origin = static_cast<PromiseOrigin>(event.detail);
    node.isEarlier = true;
    node.site = event.site;
    node.madeBy = event.cause;
    node.created = earlier.created;
    if (earlier.settled < m_from)
        noteSettling(node, earlier.settling, earlier.settled);
    if (node.origin == PromiseOrigin::AsyncFunction)
        node.function = subjectIn(event.value);
    m_nodeOf[id] = static_cast<quint32>(m_nodes.size());
    m_nodes.push_back(node);
    return static_cast<quint32>(m_nodes.size() - 1);
}

quint32 PromiseGraph::nodeOf(SubjectId id) { return id != 0 ? addEarlier(id) : noNode; }

quint32 PromiseGraph::link(PromiseLink::Kind kind, quint32 from, quint32 to, SiteId site)
{
    PromiseLink link;
    link.kind = kind;
    link.from = from;
    link.to = to;
    link.site = site;
    link.made = here();
    const auto number = static_cast<quint32>(m_links.size());
    if (from != noNode)
        link.nextOut = std::exchange(m_nodes[from].firstOut, number);
    if (to != noNode)
        link.nextIn = std::exchange(m_nodes[to].firstIn, number);
    m_links.push_back(link);
    return number;
}

template<typename Change>
void PromiseGraph::changeJob(const JobPlace &place, Change &&change)
{
    PromiseLink &link = m_links[place.link];
    change(place.isThenable ? link.thenable : link.reaction);
    if (place.isThenable || link.to == noNode)
        return;
    if (const auto served = m_worksFor.find(link.to); served != m_worksFor.end())
        change(m_links[served->second].reaction);
}

void PromiseGraph::add(const Event &event)
{
    if (event.loop() != 0) { // another loop's promises: another graph
        ++m_end;
        return;
    }
    switch (event.kind) {
    case EventKind::PromiseCreated:
        createPromise(event);
        break;
    case EventKind::PromiseAdopted:
        adopt(event);
        break;
    case EventKind::PromiseFulfilled:
    case EventKind::PromiseRejected:
        settle(event);
        break;
    case EventKind::ReactionAdded:
        addReaction(event);
        break;
    case EventKind::AwaitSuspended:
        addAwait(event);
        break;
    case EventKind::AwaitResumed:
        resumeAwait(event);
        break;
    case EventKind::PromiseAwaitedAll:
        if (const quint32 from = nodeOf(subjectIn(event.value)); from != noNode) {
            noteWrapper(from);
            link(PromiseLink::Kind::Combine, from, nodeOf(event.subject), 0);
        }
        break;
    case EventKind::RejectionUnhandled:
    case EventKind::RejectionHandled:
        if (const quint32 node = nodeOf(event.subject); node != noNode)
            (event.kind == EventKind::RejectionUnhandled ? m_nodes[node].unhandled : m_nodes[node].handledLate) = here();
        break;
    case EventKind::PromiseSettleIgnored:
        if (const quint32 node = nodeOf(event.subject); node != noNode)
            m_ignored.push_back({node, here(), event.site, static_cast<IgnoredSettle>(event.detail)});
        break;
    default:
        addTaskEvent(event);
        break;
    }
    m_last = event;
    ++m_end;
}

void PromiseGraph::addTaskEvent(const Event &event)
{
    switch (event.kind) {
    case EventKind::TaskCreated:
        queueJob(event);
        break;
    case EventKind::TaskBegun:
        beginTask(event);
        break;
    case EventKind::TaskEnded: {
        const auto isIt = [&](const Frame &frame) { return frame.isTask && frame.task == event.subject; };
        if (const auto frame = std::find_if(m_frames.rbegin(), m_frames.rend(), isIt); frame != m_frames.rend())
            m_frames.erase(std::prev(frame.base()), m_frames.end());
        if (const auto place = m_jobs.find(event.subject); place != m_jobs.end()) {
            changeJob(place->second, [this](PromiseJob &job) { job.ended = here(); });
            m_jobs.erase(place);
        }
        break;
    }
    case EventKind::SubjectNamed:
        if (const auto node = find(event.subject))
            m_nodes[*node].name = subjectIn(event.value);
        break;
    case EventKind::RunEnded:
        if (event.detail == static_cast<quint8>(RunEnding::Finished))
            m_finished = here();
        break;
    default:
        break;
    }
}

/// Of a promise of before the stretch it is not known which reactions it had; only one that is queued as it is added is told apart.
bool PromiseGraph::isKnownToBeFirst(quint32 promise) const
{
    const PromiseNode &node = m_nodes[promise];
    return !node.isEarlier || (m_last.kind == EventKind::ReactionAdded && m_last.subject == node.id)
        || (m_last.kind == EventKind::AwaitSuspended && subjectIn(m_last.value) == node.id);
}

void PromiseGraph::queueJob(const Event &event)
{
    const auto kind = static_cast<TaskKind>(event.detail);
    const bool isReaction = kind == TaskKind::PromiseReaction;
    if (!isReaction && kind != TaskKind::AwaitContinuation && kind != TaskKind::ThenableJob)
        return;
    const quint32 promise = nodeOf(event.cause);
    if (promise == noNode)
        return;
    std::optional<JobPlace> place;
    if (kind == TaskKind::ThenableJob) {
        // Right behind its PromiseAdopted; without one it adopts something that is no promise.
        const bool isPromise =
            m_last.kind == EventKind::PromiseAdopted && m_last.subject == event.cause && m_nodes[promise].firstIn != noNode;
        const quint32 adoption = isPromise ? m_nodes[promise].firstIn : link(PromiseLink::Kind::Adopt, noNode, promise, 0);
        place = JobPlace{adoption, true};
        leaveFunction(promise);
    } else if (const auto waiting = m_waiting.find(promise); waiting != m_waiting.end() && isKnownToBeFirst(promise)) {
        std::vector<quint32> &links = isReaction ? waiting->second.thens : waiting->second.awaits;
        size_t &next = isReaction ? waiting->second.nextThen : waiting->second.nextAwait;
        if (next < links.size())
            place = JobPlace{links[next++], false};
        if (waiting->second.nextThen == waiting->second.thens.size() && waiting->second.nextAwait == waiting->second.awaits.size())
            m_waiting.erase(waiting);
    }
    if (!place)
        return;
    m_jobs[event.subject] = *place;
    changeJob(*place, [&](PromiseJob &job) {
        job.task = event.subject;
        job.function = event.site;
        job.queued = here();
    });
}

void PromiseGraph::beginTask(const Event &event)
{
    Frame frame{event.subject, noNode, true};
    if (const auto place = m_jobs.find(event.subject); place != m_jobs.end()) {
        changeJob(place->second, [this](PromiseJob &job) { job.begun = here(); });
        const PromiseLink &link = m_links[place->second.link];
        if (!place->second.isThenable && link.kind != PromiseLink::Kind::Await)
            frame.promise = link.to;
    }
    m_frames.push_back(frame);
}

void PromiseGraph::createPromise(const Event &event)
{
    PromiseNode node;
    node.id = event.subject;
    node.origin = static_cast<PromiseOrigin>(event.detail);
    node.site = event.site;
    node.madeBy = event.cause;
    node.created = here();
    if (!m_frames.empty())
        node.maker = m_frames.back().promise;
    const bool isOfFunction = node.origin == PromiseOrigin::AsyncFunction;
    if (isOfFunction)
        node.function = subjectIn(event.value);
    else
        node.derivedFrom = nodeOf(subjectIn(event.value));
    const auto number = static_cast<quint32>(m_nodes.size());
    m_nodeOf[node.id] = number;
    m_nodes.push_back(node);
    if (isOfFunction)
        m_frames.push_back({event.cause, number, false});
    else
        markInner(number, event);
}

/// Finds the promises that `then` makes where the runtime itself calls it, for a combinator or to adopt a state.
void PromiseGraph::markInner(quint32 number, const Event &event)
{
    const quint32 source = m_nodes[number].derivedFrom;
    if (source == noNode)
        return;
    if (m_last.kind == EventKind::PromiseAwaitedAll && subjectIn(m_last.value) == m_nodes[source].id) {
        m_nodes[number].isInner = true;
        if (const quint32 combination = m_nodes[source].firstOut; combination != noNode)
            m_worksFor[number] = combination;
        return;
    }
    const auto place = m_jobs.find(event.cause);
    if (place == m_jobs.end() || !place->second.isThenable || m_links[place->second.link].from != source)
        return;
    m_nodes[number].isInner = true;
    m_worksFor[number] = place->second.link;
}

void PromiseGraph::noteWrapper(quint32 node)
{
    PromiseNode &wrapper = m_nodes[node];
    if (wrapper.origin == PromiseOrigin::Resolve && wrapper.created + 2 == here() && m_last.subject == wrapper.id)
        wrapper.isInner = true;
}

void PromiseGraph::waitFor(quint32 number)
{
    const PromiseLink &link = m_links[number];
    Waiting &waiting = m_waiting[link.from];
    (link.kind == PromiseLink::Kind::Await ? waiting.awaits : waiting.thens).push_back(number);
}

void PromiseGraph::addReaction(const Event &event)
{
    const quint32 from = nodeOf(event.subject);
    if (from == noNode)
        return;
    const PromiseLink::Kind kind = linkKind(event.detail);
    if (kind == PromiseLink::Kind::Await)
        noteWrapper(from);
    waitFor(link(kind, from, nodeOf(subjectIn(event.value)), event.site));
}

void PromiseGraph::addAwait(const Event &event)
{
    const quint32 from = nodeOf(subjectIn(event.value));
    const quint32 function = nodeOf(event.subject);
    leaveFunction(function);
    if (from == noNode)
        return;
    noteWrapper(from);
    waitFor(link(PromiseLink::Kind::Await, from, function, event.site));
}

void PromiseGraph::resumeAwait(const Event &event)
{
    const quint32 function = nodeOf(event.subject);
    const quint32 from = nodeOf(subjectIn(event.value));
    if (function != noNode) {
        if (const quint32 newest = m_nodes[function].firstIn; newest != noNode && m_links[newest].from == from)
            m_links[newest].ended = here();
        m_frames.push_back({event.cause, function, false});
    } else if (from != noNode) { // the top level of a module
        for (quint32 at = m_nodes[from].firstOut; at != noNode; at = m_links[at].nextOut) {
            if (m_links[at].to == noNode && m_links[at].ended == neverHappens) {
                m_links[at].ended = here();
                break;
            }
        }
    }
}

void PromiseGraph::adopt(const Event &event)
{
    const quint32 from = nodeOf(subjectIn(event.value));
    const quint32 to = nodeOf(event.subject);
    if (from == noNode || to == noNode)
        return;
    link(PromiseLink::Kind::Adopt, from, to, event.site);
    if (m_nodes[to].origin == PromiseOrigin::Runtime && m_nodes[from].origin == PromiseOrigin::Runtime
        && m_nodes[from].madeBy == m_nodes[to].madeBy)
        m_nodes[from].isInner = true; // Node's API on top of Node's API
    // `finally` follows what waits for its handler's result: a `then` of a promise that only Node knows.
    const PromiseNode &follower = m_nodes[to];
    PromiseNode &followed = m_nodes[from];
    if (follower.origin == PromiseOrigin::Finally && followed.origin == PromiseOrigin::Then && followed.maker == to
        && followed.derivedFrom != noNode && followed.madeBy == event.cause) {
        followed.isInner = true;
        PromiseNode &result = m_nodes[followed.derivedFrom];
        if (result.origin == PromiseOrigin::Resolve && result.madeBy == event.cause && result.created + 2 == followed.created)
            result.isInner = true;
    }
    leaveFunction(to);
}

void PromiseGraph::settle(const Event &event)
{
    const quint32 number = nodeOf(event.subject);
    if (number == noNode || m_nodes[number].settled != neverHappens)
        return;
    noteSettling(m_nodes[number], event, here());
    leaveFunction(number);
}

void PromiseGraph::noteSettling(PromiseNode &node, const Event &event, quint64 index)
{
    node.settled = index;
    node.settledBy = event.cause;
    node.settledAt = event.site;
    node.becomesRejected = event.kind == EventKind::PromiseRejected;
    if (node.becomesRejected)
        node.reason = subjectIn(event.value);
    else
        node.isUndefined = event.detail == 1;
}

/// The async function that answers with this promise stops running, if it is the one that runs.
void PromiseGraph::leaveFunction(quint32 promise)
{
    if (promise != noNode && !m_frames.empty() && !m_frames.back().isTask && m_frames.back().promise == promise)
        m_frames.pop_back();
}

} // namespace loopscope
