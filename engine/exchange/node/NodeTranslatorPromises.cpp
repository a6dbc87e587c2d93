// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/node/NodeNumbers.h"
#include "exchange/node/NodeTranslator.h"

#include <QHash>

#include <utility>

namespace loopscope {

/// What made a promise, of which the call is known, or that it is an async function's.
PromiseOrigin NodeTranslator::originOf(const NodeRecord &record, bool isDerived, bool isSettledAtOnce)
{
    static const QHash<QString, PromiseOrigin> origins = {{QStringLiteral("Promise"), PromiseOrigin::Constructor},
        {QStringLiteral("then"), PromiseOrigin::Then}, {QStringLiteral("catch"), PromiseOrigin::Catch},
        {QStringLiteral("finally"), PromiseOrigin::Finally}, {QStringLiteral("resolve"), PromiseOrigin::Resolve},
        {QStringLiteral("reject"), PromiseOrigin::Reject}, {QStringLiteral("all"), PromiseOrigin::All},
        {QStringLiteral("allSettled"), PromiseOrigin::AllSettled}, {QStringLiteral("any"), PromiseOrigin::Any},
        {QStringLiteral("race"), PromiseOrigin::Race}};
    if (record.place == 0)
        return isDerived ? PromiseOrigin::Then : PromiseOrigin::Runtime;
    const QString made = api(record.place);
    if (made.isEmpty())
        return PromiseOrigin::AsyncFunction;
    const PromiseOrigin origin = origins.value(made, PromiseOrigin::Runtime);
    const bool isCombinator = origin == PromiseOrigin::All || origin == PromiseOrigin::AllSettled || origin == PromiseOrigin::Any
        || origin == PromiseOrigin::Race;
    if (!isCombinator)
        return origin;
    // Promise.all makes its own promise first; then, for each thing it waits for, what Promise.resolve and then make.
    if (isDerived)
        return PromiseOrigin::Then;
    const Resource *call = find(m_combinator.promise);
    if (isSettledAtOnce && m_combinator.place == record.place && call != nullptr && !call->isSettled)
        return PromiseOrigin::Resolve;
    m_combinator = {record.place, counted(record.first)};
    return origin;
}

void NodeTranslator::initPromise(const NodeRecord &record, const NodeRecord *next)
{
    const AsyncId id = counted(record.first);
    const AsyncId trigger = counted(record.second);
    const NodeSite found = site(record.place);
    const QString made = api(record.place);
    if (made.isEmpty() && initAwait(record, next, found))
        return;
    const AsyncId running = m_running.empty() ? 0 : m_running.back().id;
    Resource *parent = trigger != running ? find(trigger) : nullptr;
    if (parent != nullptr && parent->type.kind != NodeType::Kind::Promise)
        parent = nullptr;
    const bool isSettledAtOnce = next != nullptr && next->operation == NodeRecord::Operation::Resolve && next->first == record.first;
    const PromiseOrigin origin = originOf(record, parent != nullptr, isSettledAtOnce);
    const SubjectId derivedFrom = parent != nullptr ? parent->subject : 0;
    Resource &resource = make(id);
    resource.type.kind = NodeType::Kind::Promise;
    resource.kind = TaskKind::PromiseReaction;
    resource.subject = m_writer.newSubject();
    resource.origin = origin;
    const bool isHandled = origin != PromiseOrigin::Then || made == QLatin1String("then"); // else it is the language's own
    resource.site = isHandled ? found.callback : 0;
    resource.onRejected = origin != PromiseOrigin::Then ? resource.site : isHandled ? found.onRejected : 0;
    resource.scheduledAt = found.statement;
    const bool isCall = origin == PromiseOrigin::AsyncFunction;
    Event &event = add(EventKind::PromiseCreated);
    event.detail = static_cast<quint8>(origin);
    event.subject = resource.subject;
    event.cause = cause();
    event.site = isCall ? found.function : found.statement;
    event.value = isCall ? found.function : derivedFrom;
    commit();
    if (isCall)
        m_calls.push_back({found.function, id});
    if (parent == nullptr || isCall)
        return;
    resource.parent = trigger;
    Event &reaction = add(EventKind::ReactionAdded);
    reaction.detail = static_cast<quint8>(origin == PromiseOrigin::Catch ? ReactionKind::Catch
            : origin == PromiseOrigin::Finally                           ? ReactionKind::Finally
                                                                         : ReactionKind::Then);
    reaction.subject = derivedFrom;
    reaction.site = resource.site;
    reaction.value = resource.subject;
    commit();
    parent = find(trigger);
    if (parent->isSettled)
        createReaction(resource, parent);
    else
        parent->waiting.push_back(id);
}

/// The reaction to a promise that has settled: its handler's, or one that only passes on how it did.
void NodeTranslator::createReaction(Resource &reaction, const Resource *parent)
{
    if (parent != nullptr && !reaction.isAwait) {
        if (parent->isRejected)
            reaction.site = reaction.onRejected;
        else if (reaction.origin == PromiseOrigin::Catch)
            reaction.site = 0;
    }
    createTask(reaction, parent != nullptr ? parent->subject : 0);
}

/// The promise of the innermost call of an async function that runs.
NodeTranslator::AsyncId NodeTranslator::promiseOfRunningCall(SiteId function)
{
    for (auto call = m_calls.rbegin(); call != m_calls.rend(); ++call) {
        const Resource *promise = find(call->promise);
        if (call->function == function && promise != nullptr && !promise->isSettled)
            return call->promise;
    }
    return 0;
}

/// An await makes a promise of what is no promise, and one more that stands for what goes on behind it. True if this is one of the latter.
bool NodeTranslator::initAwait(const NodeRecord &record, const NodeRecord *next, const NodeSite &found)
{
    const AsyncId id = counted(record.first);
    const bool isWrapper = next != nullptr && next->operation == NodeRecord::Operation::Resolve && next->first == record.first;
    if (found.await == 0)
        return false;
    if (isWrapper) {
        Resource &resource = make(id);
        resource.type.kind = NodeType::Kind::Promise;
        resource.subject = m_writer.newSubject();
        Event &event = add(EventKind::PromiseCreated);
        event.detail = static_cast<quint8>(PromiseOrigin::Resolve);
        event.subject = resource.subject;
        event.cause = cause();
        event.site = found.await;
        commit();
        return true;
    }
    const AsyncId awaited = counted(record.second);
    Resource *promise = find(awaited);
    if (promise != nullptr && promise->type.kind != NodeType::Kind::Promise)
        return false;
    const SubjectId awaitedSubject = promise != nullptr ? promise->subject : 0; // settled long ago
    const AsyncId owner = promiseOfRunningCall(found.function);
    const Resource *call = find(owner);
    const SubjectId outer = call != nullptr ? call->subject : 0;
    Resource &resource = make(id);
    resource.type.kind = NodeType::Kind::Promise;
    resource.kind = TaskKind::AwaitContinuation;
    resource.isAwait = true;
    resource.subject = outer;
    resource.site = found.await;
    resource.scheduledAt = found.await;
    resource.parent = awaited;
    resource.call = {found.function, owner};
    Event &event = add(EventKind::AwaitSuspended);
    event.subject = outer;
    event.site = found.await;
    event.value = awaitedSubject;
    commit();
    promise = find(awaited);
    if (promise == nullptr || promise->isSettled)
        createTask(resource, awaitedSubject);
    else
        promise->waiting.push_back(id);
    return true;
}

void NodeTranslator::makeReady(AsyncId id)
{
    Resource *reaction = find(id);
    if (reaction == nullptr || reaction->task != 0 || reaction->hasRun)
        return;
    createReaction(*reaction, find(reaction->parent));
}

void NodeTranslator::settle(AsyncId id, bool isRejected)
{
    Resource *promise = find(id);
    if (promise == nullptr || promise->isSettled || promise->isAwait)
        return;
    promise->isSettled = true;
    promise->isRejected = isRejected;
    m_settled.push_back(id);
    Event &event = add(isRejected ? EventKind::PromiseRejected : EventKind::PromiseFulfilled);
    event.subject = promise->subject;
    event.cause = cause();
    commit();
    const std::vector<AsyncId> waiting = std::exchange(promise->waiting, {});
    for (const AsyncId reaction : waiting)
        makeReady(reaction);
}

} // namespace loopscope
