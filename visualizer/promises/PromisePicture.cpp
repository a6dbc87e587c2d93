// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "promises/PromisePicture.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace loopscope {

namespace {

/// So that the picture does not move with every promise, old ones go by so many.
constexpr size_t kLeftOutAtOnce = 1000;
/// Promises that are pending stay when others of their age go, up to so many.
constexpr size_t kOldPending = 1000;
/// Microtasks whose turn is told.
constexpr size_t kTurns = 999;

/// What makes two promises alike: made in the same way, at the same place, for the same handler, from alike ones.
struct Likeness
{
    PromiseOrigin origin;
    SiteId site;
    SiteId function;
    SiteId handler;
    quint32 source; ///< group, or noItem
    quint32 maker;
    auto operator<=>(const Likeness &) const = default;
};

} // namespace

quint32 PromisePicture::liveliest() const
{
    quint32 running = noItem;
    for (auto item = static_cast<quint32>(items.size()); item-- > 0;) {
        if (items[item].isChanged)
            return item;
        if (items[item].isRunning && running == noItem)
            running = item;
    }
    return running;
}

void PromisePicture::clearChanges()
{
    for (PromiseItem &item : items)
        item.isChanged = false;
    for (PromiseEdge &edge : edges)
        edge.isChanged = false;
}

struct PromisePictureBuilder::Work
{
    const PromiseChoice &choice;
    bool marksChanges;
    PromisePicture picture;
    std::vector<quint32> nodes; ///< chosen, by creation
};

PromisePictureBuilder::PromisePictureBuilder(const PromiseGraph &graph, const PromiseWarnings &warnings, const LoopState &state)
    : m_graph(graph)
    , m_warnings(warnings)
    , m_cursor(state.cursor)
{
    quint32 turn = 0;
    for (const TaskState &task : state.waiting(LoopQueue::Microtasks, kTurns))
        m_turns[task.id] = ++turn;
}

PromisePicture PromisePictureBuilder::build(const PromiseChoice &choice, bool marksChanges) const
{
    Work work{choice, marksChanges, {}, {}};
    work.picture.warnings = m_warnings.at(m_cursor);
    if (choice.isNodes && !choice.showsInner)
        std::erase_if(
            work.picture.warnings, [&](const PromiseWarning &warning) { return choice.isNodes(m_graph.nodes()[warning.node].id); });
    choose(work);
    group(work);
    fillItems(work);
    fillEdges(work);
    return std::move(work.picture);
}

/// What the focus comes from and what comes of it.
std::vector<bool> PromisePictureBuilder::family(SubjectId focus) const
{
    std::vector<bool> isIn(m_graph.nodes().size(), false);
    const auto first = m_graph.find(focus);
    if (!first)
        return isIn;
    const auto walk = [&](bool forward) {
        std::vector<bool> seen(m_graph.nodes().size(), false);
        std::vector<quint32> open{*first};
        seen[*first] = true;
        while (!open.empty()) {
            const quint32 at = open.back();
            open.pop_back();
            isIn[at] = true;
            const auto take = [&](quint32 other) {
                if (other != noNode && !seen[other]) {
                    seen[other] = true;
                    open.push_back(other);
                }
            };
            if (forward)
                m_graph.visitOut(at, m_cursor, [&](const PromiseLink &link) { take(link.to); });
            else
                m_graph.visitIn(at, m_cursor, [&](const PromiseLink &link) { take(link.from); });
        }
    };
    walk(true);
    walk(false);
    return isIn;
}

/// Made in the same way, at the same place, for the same handler.
bool PromisePictureBuilder::areAlike(quint32 one, quint32 other) const
{
    const PromiseNode &first = m_graph.nodes()[one];
    const PromiseNode &second = m_graph.nodes()[other];
    return first.origin == second.origin && first.site == second.site && first.function == second.function
        && handlerOf(one) == handlerOf(other);
}

bool PromisePictureBuilder::isHidden(quint32 number, const PromiseChoice &choice) const
{
    if (choice.showsInner)
        return false;
    const PromiseNode &node = m_graph.nodes()[number];
    // A wrapper of a plain value shows as such two events after it was made.
    const bool mayBeWrapper =
        node.origin == PromiseOrigin::Resolve && node.created + 3 > m_graph.end() && m_graph.finished() == neverHappens;
    return node.isInner || mayBeWrapper || (choice.isNodes && choice.isNodes(node.id));
}

void PromisePictureBuilder::choose(Work &work) const
{
    const auto &nodes = m_graph.nodes();
    const PromiseChoice &choice = work.choice;
    std::vector<bool> isIn = choice.focus != 0 ? family(choice.focus) : std::vector<bool>();
    const auto like = choice.alike != 0 ? m_graph.find(choice.alike) : std::nullopt;
    std::vector<bool> isWarned;
    if (choice.only == PromiseChoice::Only::Warned) {
        isWarned.resize(nodes.size(), false);
        for (const PromiseWarning &warning : work.picture.warnings)
            isWarned[warning.node] = true;
    }
    for (quint32 number = 0; number < nodes.size(); ++number) {
        const PromiseNode &node = nodes[number];
        if (!node.isThere(m_cursor) || isHidden(number, choice))
            continue;
        ++work.picture.total;
        work.picture.pending += node.isSettled(m_cursor) ? 0 : 1;
        bool fits = (isIn.empty() || isIn[number]) && (!like || areAlike(number, *like));
        switch (choice.only) {
        case PromiseChoice::Only::All:
            break;
        case PromiseChoice::Only::Pending:
            fits = fits && !node.isSettled(m_cursor);
            break;
        case PromiseChoice::Only::Rejected:
            fits = fits && node.outcome(m_cursor) == PromiseOutcome::Rejected;
            break;
        case PromiseChoice::Only::Warned:
            fits = fits && isWarned[number];
            break;
        }
        if (fits && (!choice.fits || choice.fits(number)))
            work.nodes.push_back(number);
    }
    // Those from before the stretch were taken in when they were met.
    std::stable_sort(
        work.nodes.begin(), work.nodes.end(), [&](quint32 one, quint32 other) { return nodes[one].created < nodes[other].created; });
    if (work.nodes.size() > choice.most) {
        const size_t tooMany = (work.nodes.size() - choice.most + kLeftOutAtOnce - 1) / kLeftOutAtOnce * kLeftOutAtOnce;
        const auto end = work.nodes.begin() + static_cast<std::ptrdiff_t>(std::min(tooMany, work.nodes.size()));
        size_t kept = 0;
        const auto goes = [&](quint32 number) { return nodes[number].isSettled(m_cursor) || ++kept > kOldPending; };
        const auto newEnd = std::remove_if(work.nodes.begin(), end, goes);
        work.picture.leftOut = static_cast<size_t>(end - newEnd);
        work.nodes.erase(newEnd, end);
    }
    work.picture.shown = work.nodes.size();
}

/// The handler whose answer it is.
SiteId PromisePictureBuilder::handlerOf(quint32 number) const
{
    SiteId handler = 0;
    const quint32 source = m_graph.nodes()[number].derivedFrom;
    if (source == noNode)
        return handler;
    m_graph.visitIn(number, m_cursor, [&](const PromiseLink &link) {
        if (link.from == source && link.kind != PromiseLink::Kind::Adopt)
            handler = link.site;
    });
    return handler;
}

/// Gives each chosen promise its item.
void PromisePictureBuilder::group(Work &work) const
{
    PromisePicture &picture = work.picture;
    const PromiseChoice &choice = work.choice;
    const bool areMany = choice.grouping == PromiseChoice::Grouping::Many && work.nodes.size() > choice.groupFrom;
    picture.isGrouped = choice.alike == 0 && (choice.grouping == PromiseChoice::Grouping::Always || areMany);
    picture.itemOf.reserve(work.nodes.size());
    std::map<Likeness, quint32> groups;
    for (const quint32 number : work.nodes) {
        const PromiseNode &node = m_graph.nodes()[number];
        auto item = static_cast<quint32>(picture.items.size());
        if (picture.isGrouped && node.id != choice.focus) {
            const SiteId handler = handlerOf(number);
            const quint32 source = node.derivedFrom != noNode ? picture.find(node.derivedFrom) : noItem;
            const quint32 maker = node.maker != noNode ? picture.find(node.maker) : noItem;
            const Likeness like{node.origin, node.site, node.function, handler, source, maker};
            // A chain of the same thing over and over is one group: a link of it is like the one before.
            for (const quint32 before : {source, maker}) {
                if (before == noItem)
                    continue;
                if ((handler != 0 || node.function != 0) && areAlike(number, picture.items[before].node))
                    item = before;
            }
            if (item == picture.items.size())
                item = groups.try_emplace(like, item).first->second;
        }
        if (item == picture.items.size()) {
            PromiseItem made;
            made.node = number;
            made.count = 0;
            picture.items.push_back(std::move(made));
        }
        ++picture.items[item].count;
        picture.itemOf[number] = item;
    }
}

void PromisePictureBuilder::fillItems(Work &work) const
{
    PromisePicture &picture = work.picture;
    const quint64 now = m_cursor - 1;
    for (const quint32 number : work.nodes) {
        const PromiseNode &node = m_graph.nodes()[number];
        const quint32 at = picture.itemOf[number];
        PromiseItem &item = picture.items[at];
        const PromiseOutcome outcome = node.outcome(m_cursor);
        item.pending += outcome == PromiseOutcome::Pending ? 1 : 0;
        item.rejected += outcome == PromiseOutcome::Rejected ? 1 : 0;
        item.isUnhandled = item.isUnhandled || node.isUnhandled(m_cursor);
        if (work.marksChanges)
            item.isChanged =
                item.isChanged || node.created == now || node.settled == now || node.unhandled == now || node.handledLate == now;
        const auto itemBefore = [&](quint32 other) {
            const quint32 found = other != noNode ? picture.find(other) : noItem;
            return found < at ? found : noItem;
        };
        if (item.source == noItem)
            item.source = itemBefore(node.derivedFrom);
        if (item.maker == noItem)
            item.maker = itemBefore(node.maker);
    }
    for (const PromiseWarning &warning : picture.warnings) {
        if (const quint32 item = picture.find(warning.node); item != noItem)
            ++picture.items[item].warnings;
    }
}

JobStage PromisePictureBuilder::stage(const PromiseJob &job) const
{
    if (job.ended < m_cursor)
        return JobStage::Over;
    if (job.begun < m_cursor)
        return JobStage::Running;
    return job.queued < m_cursor ? JobStage::Queued : JobStage::None;
}

quint32 PromisePictureBuilder::turn(const PromiseJob &job) const
{
    const auto found = m_turns.find(job.task);
    return found != m_turns.end() ? found->second : 0;
}

bool PromisePictureBuilder::isNow(const PromiseJob &job) const
{
    const quint64 now = m_cursor - 1;
    return job.queued == now || job.begun == now || job.ended == now;
}

void PromisePictureBuilder::addEdge(Work &work, quint32 to, quint32 number) const
{
    PromisePicture &picture = work.picture;
    const PromiseLink &link = m_graph.links()[number];
    PromiseEdge edge;
    edge.from = link.from != noNode ? picture.find(link.from) : noItem;
    edge.to = to;
    edge.kind = link.kind;
    edge.link = number;
    edge.reaction = stage(link.reaction);
    edge.thenable = stage(link.thenable);
    edge.reactionTurn = edge.reaction == JobStage::Queued ? turn(link.reaction) : 0;
    edge.thenableTurn = edge.thenable == JobStage::Queued ? turn(link.thenable) : 0;
    edge.isPast = link.kind == PromiseLink::Kind::Await && link.ended < m_cursor;
    edge.isChanged =
        work.marksChanges && (link.made == m_cursor - 1 || link.ended == m_cursor - 1 || isNow(link.reaction) || isNow(link.thenable));
    const bool isLive = edge.reaction == JobStage::Queued || edge.reaction == JobStage::Running || edge.thenable == JobStage::Queued
        || edge.thenable == JobStage::Running;
    picture.items[to].isRunning = picture.items[to].isRunning || edge.reaction == JobStage::Running;
    // Of what is not shown only what goes on now matters.
    if (edge.from == noItem && !isLive && !edge.isChanged)
        return;
    if (edge.from == edge.to)
        return;
    picture.edges.push_back(edge);
}

void PromisePictureBuilder::fillEdges(Work &work) const
{
    PromisePicture &picture = work.picture;
    const auto &links = m_graph.links();
    for (const quint32 number : work.nodes) {
        const quint32 to = picture.itemOf[number];
        for (quint32 at = m_graph.nodes()[number].firstIn; at != noNode; at = links[at].nextIn) {
            if (links[at].made >= m_cursor)
                continue;
            addEdge(work, to, at);
            const quint32 from = links[at].from != noNode ? picture.find(links[at].from) : noItem;
            if (links[at].kind == PromiseLink::Kind::Combine && from < to)
                picture.items[to].inputs.push_back(from);
        }
    }
    for (PromiseItem &item : picture.items) {
        std::sort(item.inputs.begin(), item.inputs.end());
        item.inputs.erase(std::unique(item.inputs.begin(), item.inputs.end()), item.inputs.end());
    }
    // One edge for what is alike: between two groups, or of one promise that was awaited again and again. The liveliest stays.
    const auto rank = [](const PromiseEdge &edge) {
        return std::tuple(edge.from, edge.to, edge.kind, edge.isPast, edge.reaction == JobStage::Over, ~edge.link);
    };
    const auto isSame = [](const PromiseEdge &one, const PromiseEdge &other) {
        return one.from != noItem && one.from == other.from && one.to == other.to && one.kind == other.kind;
    };
    std::sort(picture.edges.begin(), picture.edges.end(), [&](const auto &one, const auto &other) { return rank(one) < rank(other); });
    picture.edges.erase(std::unique(picture.edges.begin(), picture.edges.end(), isSame), picture.edges.end());
}

} // namespace loopscope
