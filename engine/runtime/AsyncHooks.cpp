// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/AsyncHooks.h"

#include "runtime/Core.h"
#include "runtime/Natives.h"
#include "runtime/Promises.h"
#include "runtime/RuntimeTask.h"

#include <optional>

namespace loopscope {

using namespace QV4;

AsyncHooks::AsyncHooks(ExecutionEngine *engine)
    : m_engine(engine)
    , m_resource(engine, Encode::undefined())
{
    for (PersistentValue &callback : m_callbacks)
        callback.set(engine, Encode::undefined());
}

void AsyncHooks::init(const AsyncOperation &operation, const char *type, const Value &resource)
{
    if (!hasInit())
        return;
    Scope scope(m_engine);
    Value *arguments = scope.alloc(4);
    arguments[0] = Value::fromUInt32(operation.id);
    arguments[1] = m_engine->newString(QLatin1String(type))->asReturnedValue();
    arguments[2] = Value::fromUInt32(operation.trigger);
    arguments[3] = resource;
    call(Init, arguments, 4);
}

void AsyncHooks::call(Kind kind, quint32 id)
{
    if (m_callbacks[kind].isUndefined())
        return;
    Scope scope(m_engine);
    Value *argument = scope.alloc(1);
    *argument = Value::fromUInt32(id);
    call(kind, argument, 1);
}

void AsyncHooks::call(Kind kind, const Value *arguments, int count)
{
    // Between tasks a hook is one itself.
    std::optional<RuntimeTask> task;
    if (Tracer &tracer = Core::current().tracer(); tracer.runningTask() == 0)
        task.emplace(tracer, TaskKind::Internal, QStringLiteral("async_hooks"), 0);
    Scope scope(m_engine);
    ScopedValue ignored(scope);
    // async_hooks.js ends the run itself if a hook throws.
    Core::current().call(*m_callbacks[kind].valueRef(), Value::undefinedValue(), arguments, count, ignored);
}

void AsyncHooks::destroy(quint32 id)
{
    if (id != 0 && !m_callbacks[Destroy].isUndefined())
        m_destroyed.push_back(id);
}

void AsyncHooks::runDestroyHooks()
{
    while (!m_destroyed.empty() && !Core::current().isStopping()) {
        std::vector<quint32> batch;
        batch.swap(m_destroyed);
        for (const quint32 id : batch)
            call(Destroy, id);
    }
}

// --------------------------------------------------------------------------------------------------------------- natives

namespace {

AsyncHooks &hooks() { return Core::current().asyncHooks(); }

ReturnedValue newAsyncId(const FunctionObject *, const Value *, const Value *, int) { return Encode(hooks().newId()); }

ReturnedValue executionAsyncId(const FunctionObject *, const Value *, const Value *, int) { return Encode(hooks().running().id); }

ReturnedValue triggerAsyncId(const FunctionObject *, const Value *, const Value *, int) { return Encode(hooks().running().trigger); }

// asyncResource() -> the running operation's object; undefined if it has none. A job of the queues has it made by the hook
// makeAsyncResource.
ReturnedValue asyncResource(const FunctionObject *function, const Value *, const Value *, int)
{
    Scope scope(function);
    const LoopscopeJob *running = hooks().resource().as<LoopscopeJob>();
    if (!running)
        return hooks().resource().asReturnedValue();
    Scoped<LoopscopeJob> job(scope, running);
    return Promises::current().resourceOf(job->d());
}

// enterAsyncScope(id, triggerId, resource)
ReturnedValue enterAsyncScope(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    hooks().enter({argumentAt(argv, argc, 0).toUInt32(), argumentAt(argv, argc, 1).toUInt32()}, argumentAt(argv, argc, 2));
    return Encode::undefined();
}

// setAsyncHooks(init, before, after, destroy, promiseResolve): each a function or undefined
ReturnedValue setAsyncHooks(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    for (int kind = 0; kind < AsyncHooks::KindCount; ++kind)
        hooks().setCallback(static_cast<AsyncHooks::Kind>(kind), argumentAt(argv, argc, kind));
    return Encode::undefined();
}

// trackPromises(flag)
ReturnedValue trackPromises(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    hooks().setTracksPromises(argumentAt(argv, argc, 0).toBoolean());
    return Encode::undefined();
}

// queueDestroy(id): the destroy hooks learn of it in the next check phase
ReturnedValue queueDestroy(const FunctionObject *, const Value *, const Value *argv, int)
{
    hooks().destroy(argv[0].toUInt32());
    return Encode::undefined();
}

// setDefaultTrigger(id) -> the one before
ReturnedValue setDefaultTrigger(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    const quint32 before = hooks().defaultTrigger();
    hooks().setDefaultTrigger(argumentAt(argv, argc, 0).toUInt32());
    return Encode(before);
}

// promiseAsyncIds(promise) -> [id, triggerId], 0 where it was not tracked
ReturnedValue promiseAsyncIds(const FunctionObject *function, const Value *, const Value *argv, int argc)
{
    const auto *promise = argc > 0 ? Promises::asPromise(argv[0]) : nullptr;
    if (!promise)
        return Encode::undefined();
    Scope scope(function);
    Value *values = scope.alloc(2);
    values[0] = Value::fromUInt32(promise->asyncId);
    values[1] = Value::fromUInt32(promise->triggerId);
    return scope.engine->newArrayObject(values, 2)->asReturnedValue();
}

} // namespace

void defineAsyncHooks(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding,
        {{"newAsyncId", newAsyncId}, {"executionAsyncId", executionAsyncId}, {"triggerAsyncId", triggerAsyncId},
            {"asyncResource", asyncResource}, {"enterAsyncScope", enterAsyncScope, 3}, {"setAsyncHooks", setAsyncHooks, 5},
            {"trackPromises", trackPromises, 1}, {"queueDestroy", queueDestroy, 1}, {"setDefaultTrigger", setDefaultTrigger, 1},
            {"promiseAsyncIds", promiseAsyncIds, 1}});
}

} // namespace loopscope
