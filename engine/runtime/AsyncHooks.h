// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/V4.h"

#include <vector>

namespace loopscope {

/// An asynchronous operation as Node numbers it: one new number for each timer, immediate, tick, queued microtask, request and
/// AsyncResource; `trigger` is the operation that was running (for a promise: its parent) when it was made. 0 is nobody.
struct AsyncOperation
{
    quint32 id = 0;
    quint32 trigger = 0;
};

/// Node's async ids, and the hooks (async_hooks.createHook) that a program set. One a run. Everything that makes or runs an operation tells
/// it here; while no hook is set that costs a comparison.
class AsyncHooks
{
public:
    explicit AsyncHooks(QV4::ExecutionEngine *engine);

    /// Numbers a new operation of what runs now.
    AsyncOperation create() { return {newId(), m_defaultTrigger != 0 ? m_defaultTrigger : m_running.id}; }
    /// What stands in for the running operation as the trigger of new ones; 0 is nothing.
    quint32 defaultTrigger() const { return m_defaultTrigger; }
    void setDefaultTrigger(quint32 id) { m_defaultTrigger = id; }
    quint32 newId() { return ++m_lastId; }
    const AsyncOperation &running() const { return m_running; }
    /// The object that stands for the running operation; for a tick or queued microtask its job, whose object is made when first asked for.
    const QV4::Value &resource() const { return *m_resource.valueRef(); }

    void enter(const AsyncOperation &operation, const QV4::Value &resource)
    {
        m_running = operation;
        m_resource.set(m_engine, resource);
    }
    void leave() { enter({}, QV4::Value::undefinedValue()); }

    /// Promises are numbered only while a hook or an AsyncLocalStorage is in use.
    bool tracksPromises() const { return m_tracksPromises; }
    void setTracksPromises(bool tracks) { m_tracksPromises = tracks; }
    bool hasInit() const { return !m_callbacks[Init].isUndefined(); }

    void init(const AsyncOperation &operation, const char *type, const QV4::Value &resource);
    void before(const AsyncOperation &operation) { call(Before, operation.id); }
    void after(const AsyncOperation &operation) { call(After, operation.id); }
    void promiseResolved(const AsyncOperation &operation) { call(PromiseResolve, operation.id); }
    /// The operation is over; its hook is called in the loop's next check phase.
    void destroy(quint32 id);
    void runDestroyHooks();

    enum Kind { Init, Before, After, Destroy, PromiseResolve, KindCount };
    /// Functions of async_hooks.js; undefined for a kind that nobody listens to.
    void setCallback(Kind kind, const QV4::Value &callback) { m_callbacks[kind].set(m_engine, callback); }

private:
    void call(Kind kind, quint32 id);
    void call(Kind kind, const QV4::Value *arguments, int count);

    QV4::ExecutionEngine *m_engine;
    AsyncOperation m_running;
    quint32 m_defaultTrigger = 0;
    quint32 m_lastId = 1; ///< 1 is the main script
    bool m_tracksPromises = false;
    QV4::PersistentValue m_resource;
    QV4::PersistentValue m_callbacks[KindCount];
    std::vector<quint32> m_destroyed;
};

} // namespace loopscope
