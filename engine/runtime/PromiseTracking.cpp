// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
// What async_hooks learns of promises, ticks and queued microtasks.
#include "runtime/Promises.h"

namespace loopscope {

using namespace QV4;

void Promises::track(PromiseHeap *promise, PromiseHeap *parent)
{
    if (promise->asyncId != 0)
        return;
    AsyncHooks &hooks = m_core.asyncHooks();
    if (parent && parent->asyncId == 0)
        parent->asyncId = hooks.newId();
    promise->asyncId = hooks.newId();
    promise->triggerId = parent ? parent->asyncId : hooks.running().id;
}

void Promises::announce(PromiseHeap *promiseHeap, PromiseHeap *parent)
{
    track(promiseHeap, parent);
    if (!m_core.asyncHooks().hasInit())
        return;
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    m_core.asyncHooks().init(promise->d()->operation(), "PROMISE", promise);
}

void Promises::announceResolution(PromiseHeap *promiseHeap)
{
    Scope scope(m_v4);
    Scoped<LoopscopePromise> promise(scope, promiseHeap);
    track(promise->d(), nullptr);
    m_core.asyncHooks().promiseResolved(promise->d()->operation());
}

void Promises::trackAwait(Heap::LoopscopeJob *jobHeap, PromiseHeap *awaited)
{
    if (!m_core.asyncHooks().tracksPromises())
        return;
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope, jobHeap);
    auto *promiseClass = static_cast<Heap::InternalClass *>(m_promiseClass.valueRef()->heapObject());
    // Not part of the recording: no script can see it but through async_hooks.
    Scoped<LoopscopePromise> standIn(scope, m_v4->memoryManager->allocObject<LoopscopePromise>(promiseClass));
    job->d()->capability.set(m_v4, standIn);
    announce(standIn->d(), awaited);
}

Promises::PromiseHeap *Promises::trackedPromise(const Heap::LoopscopeJob *job)
{
    if (!m_core.asyncHooks().tracksPromises())
        return nullptr;
    PromiseHeap *promise = asPromise(job->capability);
    if (!promise) {
        Scope scope(m_v4);
        ScopedObject record(scope, job->capability);
        if (!record)
            return nullptr;
        ScopedString name(scope, m_promiseName.value());
        ScopedValue member(scope, record->get(name));
        promise = asPromise(member);
    }
    if (promise)
        track(promise, nullptr);
    return promise;
}

ReturnedValue Promises::resourceOf(Heap::LoopscopeJob *jobHeap)
{
    Scope scope(m_v4);
    Scoped<LoopscopeJob> job(scope, jobHeap);
    if (job->d()->capability.isUndefined()) {
        Value *arguments = scope.alloc(5);
        arguments[0] = Value::fromBoolean(job->d()->kind == TaskKind::Tick);
        arguments[1] = Value::fromUInt32(job->d()->asyncId);
        arguments[2] = Value::fromUInt32(job->d()->triggerId);
        arguments[3] = job->d()->handler;
        arguments[4] = job->d()->argument;
        ScopedValue resource(scope);
        if (!m_core.callHook("makeAsyncResource", arguments, 5, resource))
            return Encode::undefined();
        job->d()->capability.set(m_v4, resource);
    }
    return job->d()->capability.asReturnedValue();
}

} // namespace loopscope
