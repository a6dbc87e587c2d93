// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "state/PromiseWarnings.h"

#include "state/Names.h"

#include <algorithm>
#include <unordered_set>

namespace loopscope {

namespace {

using Kind = PromiseWarning::Kind;

bool isCombinator(PromiseOrigin origin)
{
    return origin == PromiseOrigin::All || origin == PromiseOrigin::AllSettled || origin == PromiseOrigin::Any
        || origin == PromiseOrigin::Race;
}

} // namespace

PromiseWarnings::PromiseWarnings(const PromiseGraph &graph, const RecordingReader &reader, const EventText &text)
    : m_graph(graph)
    , m_reader(reader)
    , m_text(text)
{
}

std::vector<PromiseWarning> PromiseWarnings::at(quint64 cursor) const
{
    std::vector<PromiseWarning> warnings;
    const bool isOver = m_graph.finished() < cursor;
    for (quint32 number = 0; number < m_graph.nodes().size(); ++number) {
        const PromiseNode &node = m_graph.nodes()[number];
        if (!node.isThere(cursor) || node.isInner)
            continue;
        if (node.isUnhandled(cursor))
            warnings.push_back({Kind::Unhandled, number, noNode, node.unhandled});
        if (isOver && !node.isSettled(cursor) && waitsFor(number, cursor) == noNode)
            warnings.push_back({Kind::NeverSettled, number, noNode, m_graph.finished()});
        else if (const auto found = floating(number, cursor))
            warnings.push_back(*found);
    }
    for (const IgnoredSettling &ignored : m_graph.ignored()) {
        // The losers of a race come late by nature.
        if (ignored.event < cursor && !isCombinator(m_graph.nodes()[ignored.node].origin))
            warnings.push_back({Kind::SettledTwice, ignored.node, noNode, ignored.event});
    }
    addMissingReturns(cursor, warnings);
    std::stable_sort(warnings.begin(), warnings.end(), [](const auto &one, const auto &other) { return one.node < other.node; });
    return warnings;
}

bool PromiseWarnings::isUsed(quint32 node, quint64 cursor) const
{
    bool isUsed = false;
    m_graph.visitOut(node, cursor, [&](const PromiseLink &) { isUsed = true; });
    return isUsed;
}

bool PromiseWarnings::isFileBody(SiteId function) const
{
    const SitePlace place = m_reader.place(function);
    return place.isValid() && place.site == place.source->sites.data();
}

quint64 PromiseWarnings::doneAt(quint32 number) const
{
    quint64 done = m_graph.nodes()[number].settled;
    m_graph.visitIn(number, neverHappens, [&](const PromiseLink &link) {
        if (link.kind == PromiseLink::Kind::Adopt)
            done = std::min(done, link.made);
    });
    return done;
}

std::optional<PromiseWarning> PromiseWarnings::floating(quint32 number, quint64 cursor) const
{
    const PromiseNode &node = m_graph.nodes()[number];
    if (node.isEarlier || node.maker == noNode)
        return std::nullopt;
    const PromiseNode &maker = m_graph.nodes()[node.maker];
    // A module's body is no function that somebody waits for: what it starts is the program. Nor is Node's loader, in which it runs.
    if (maker.origin != PromiseOrigin::AsyncFunction || maker.function == 0 || isFileBody(maker.function))
        return std::nullopt;
    const quint64 done = doneAt(node.maker);
    if (done >= cursor || node.created > done || node.settled < done || isUsed(number, cursor))
        return std::nullopt;
    return PromiseWarning{Kind::Floating, number, node.maker, done};
}

void PromiseWarnings::addMissingReturns(quint64 cursor, std::vector<PromiseWarning> &warnings) const
{
    const std::vector<PromiseNode> &nodes = m_graph.nodes();
    quint32 told = noNode;
    for (quint32 number = 0; number < nodes.size(); ++number) {
        const PromiseNode &started = nodes[number];
        if (started.isInner || started.isEarlier || started.maker == noNode || started.maker == told || !started.isThere(cursor))
            continue;
        const PromiseNode &answer = nodes[started.maker];
        const bool answersNothing = answer.isUndefined && answer.settled < cursor && answer.settledBy == started.madeBy;
        if (!answersNothing || started.settled < answer.settled || isUsed(number, cursor))
            continue;
        bool isOfHandler = false;
        m_graph.visitIn(started.maker, cursor, [&](const PromiseLink &link) {
            const bool isHandler = link.kind == PromiseLink::Kind::Then || link.kind == PromiseLink::Kind::Catch;
            isOfHandler = isOfHandler || (isHandler && link.reaction.task == answer.settledBy && link.reaction.function != 0);
        });
        if (!isOfHandler)
            continue;
        warnings.push_back({Kind::MissingReturn, started.maker, number, answer.settled});
        told = started.maker;
    }
}

quint32 PromiseWarnings::waitsFor(quint32 number, quint64 cursor) const
{
    quint32 found = noNode;
    const std::vector<PromiseNode> &nodes = m_graph.nodes();
    m_graph.visitIn(number, cursor, [&](const PromiseLink &link) {
        if (link.from != noNode && link.ended >= cursor && nodes[link.from].isThere(cursor) && !nodes[link.from].isSettled(cursor))
            found = link.from; // the links come the newest first, so the oldest stays
    });
    return found;
}

quint32 PromiseWarnings::root(quint32 node, quint64 cursor) const
{
    std::unordered_set<quint32> seen; // a promise can be made to wait for itself by way of others
    while (seen.insert(node).second) {
        const quint32 next = waitsFor(node, cursor);
        if (next == noNode)
            break;
        node = next;
    }
    return node;
}

size_t PromiseWarnings::waitersOf(quint32 node, quint64 cursor) const
{
    std::unordered_set<quint32> seen{node};
    std::vector<quint32> open{node};
    size_t count = 0;
    while (!open.empty()) {
        const quint32 at = open.back();
        open.pop_back();
        m_graph.visitOut(at, cursor, [&](const PromiseLink &link) {
            if (link.to == noNode || m_graph.nodes()[link.to].isSettled(cursor) || !seen.insert(link.to).second)
                return;
            open.push_back(link.to);
            count += m_graph.nodes()[link.to].isInner ? 0 : 1;
        });
    }
    return count;
}

// --- in words ------------------------------------------------------------------------------------------------------------------------

QString PromiseWarnings::name(Kind kind)
{
    switch (kind) {
    case Kind::Unhandled:
        return tr("unhandled rejection");
    case Kind::NeverSettled:
        return tr("never settled");
    case Kind::SettledTwice:
        return tr("settled twice");
    case Kind::MissingReturn:
        return tr("missing return");
    case Kind::Floating:
        return tr("floating promise");
    }
    return {};
}

QString PromiseWarnings::promise(quint32 node) const
{
    const PromiseNode &promise = m_graph.nodes()[node];
    const SitePlace place = m_reader.place(promise.site);
    const QString text = m_text.subjectText(promise.id);
    return place.isValid() ? tr("%1, [%2](site:%3),").arg(text, place.shortPlace(), QString::number(promise.site)) : text;
}

QString PromiseWarnings::function(SiteId site) const
{
    const SitePlace place = m_reader.place(site);
    const QString name = m_text.functionName(site);
    if (name.isEmpty())
        return tr("a function");
    return tr("`%1` ([%2](site:%3))").arg(name, place.shortPlace(), QString::number(site));
}

QString PromiseWarnings::sentence(const PromiseWarning &warning, quint64 cursor) const
{
    const PromiseNode &node = m_graph.nodes()[warning.node];
    const QString sofar = m_graph.finished() < cursor ? tr("nothing ever waited for it") : tr("nothing waits for it so far");
    switch (warning.kind) {
    case Kind::Unhandled:
        return tr("Unhandled rejection: %1 was rejected (%2) and nobody handled it in time.")
            .arg(promise(warning.node), m_reader.string(node.reason));
    case Kind::NeverSettled:
        return neverSettled(warning, cursor);
    case Kind::SettledTwice:
        return settledTwice(warning);
    case Kind::MissingReturn: {
        SiteId handler = 0;
        m_graph.visitIn(warning.node, cursor, [&](const PromiseLink &link) {
            if (link.reaction.task == node.settledBy)
                handler = link.reaction.function;
        });
        return tr("Missing return: %1 started %2 and returned nothing, so the chain went on without it; %3.")
            .arg(function(handler), promise(warning.other), sofar);
    }
    case Kind::Floating:
        return tr("Floating promise: %1 started %2 and finished without waiting for it; %3.")
            .arg(function(m_graph.nodes()[warning.other].function), promise(warning.node), sofar);
    }
    return {};
}

QString PromiseWarnings::neverSettled(const PromiseWarning &warning, quint64 cursor) const
{
    const PromiseNode &node = m_graph.nodes()[warning.node];
    if (node.isEarlier) // what it waits for may not be known
        return tr("Never settled: %1 was still pending when the run ended.").arg(promise(warning.node));
    QString reason = tr("nothing was left that could settle it");
    if (node.origin == PromiseOrigin::Constructor)
        reason = tr("neither its `resolve` nor its `reject` was called");
    else if (node.origin == PromiseOrigin::Race && node.firstIn == noNode)
        reason = tr("a race of no promises is never won");
    const size_t waiters = waitersOf(warning.node, cursor);
    const QString text = tr("Never settled: %1 was still pending when the run ended: %2.").arg(promise(warning.node), reason);
    if (waiters == 0)
        return text;
    return text + QLatin1Char(' ')
        + (waiters == 1 ? tr("One promise waited for it in vain.") : tr("%L1 promises waited for it in vain.").arg(waiters));
}

QString PromiseWarnings::settledTwice(const PromiseWarning &warning) const
{
    const auto &all = m_graph.ignored();
    const auto found = std::find_if(all.begin(), all.end(), [&](const IgnoredSettling &each) { return each.event == warning.event; });
    if (found == all.end())
        return {};
    QString what = tr("`resolve` was called again");
    if (found->what == IgnoredSettle::Reject)
        what = tr("`reject` was called");
    else if (found->what == IgnoredSettle::Throw)
        what = tr("its function threw an error");
    const SitePlace place = m_reader.place(found->site);
    const QString where = place.isValid() ? tr(" at [%1](site:%2)").arg(place.shortPlace(), QString::number(found->site)) : QString();
    return tr("Settled twice: %1%2, but %3 had been resolved before. Only the first call counts.").arg(what, where, promise(warning.node));
}

} // namespace loopscope
