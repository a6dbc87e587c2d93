// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/Core.h"
#include "runtime/Natives.h"
#include "runtime/Promises.h"
#include "runtime/ReasonText.h"

namespace loopscope {

using namespace QV4;

namespace {

void enqueue(JobQueue &queue, TaskKind kind, const Value &callback, const Value &arguments)
{
    Core &core = Core::current();
    Scope scope(core.v4());
    Scoped<LoopscopeJob> job(scope, Promises::current().createJob(kind));
    job->d()->handler.set(core.v4(), callback);
    job->d()->argument.set(core.v4(), arguments);
    Tracer &tracer = core.tracer();
    job->d()->subject = tracer.newSubject();
    const SiteId site = core.siteOf(callback);
    tracer.emitEvent(EventKind::TaskCreated, static_cast<quint8>(kind), job->d()->subject, site, tracer.currentSite());
    if (site == 0)
        core.nameSubject(job->d()->subject, callback);
    AsyncHooks &hooks = core.asyncHooks();
    const AsyncOperation operation = hooks.create();
    job->d()->asyncId = operation.id;
    job->d()->triggerId = operation.trigger;
    if (hooks.hasInit()) {
        ScopedValue resource(scope, Promises::current().resourceOf(job->d()));
        hooks.init(operation, kind == TaskKind::Tick ? "TickObject" : "Microtask", resource);
    }
    queue.append(job->d());
}

// process.nextTick(callback, ...arguments)
ReturnedValue nextTick(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    Core &core = Core::current();
    if (argc == 0 || !argv[0].isFunctionObject())
        return core.refuseCallback(argumentAt(argv, argc, 0));
    if (core.isExiting())
        return Encode::undefined();
    Scope scope(core.v4());
    ScopedValue arguments(scope, argc > 1 ? core.v4()->newArrayObject(argv + 1, argc - 1)->asReturnedValue() : Encode::undefined());
    enqueue(core.ticks(), TaskKind::Tick, argv[0], arguments);
    return Encode::undefined();
}

// queueMicrotask(callback)
ReturnedValue queueMicrotask(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    Core &core = Core::current();
    if (argc == 0 || !argv[0].isFunctionObject())
        return core.refuseCallback(argumentAt(argv, argc, 0));
    enqueue(core.microtasks(), TaskKind::Microtask, argv[0], Value::undefinedValue());
    return Encode::undefined();
}

ReturnedValue setExiting(const FunctionObject *, const Value *, const Value *argv, int)
{
    Core::current().setExiting(argv[0].toBoolean());
    return Encode::undefined();
}

ReturnedValue getAsyncContext(const FunctionObject *, const Value *, const Value *, int)
{
    return Core::current().asyncContext().asReturnedValue();
}

ReturnedValue setAsyncContext(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    Core::current().setAsyncContext(argumentAt(argv, argc, 0));
    return Encode::undefined();
}

// runningTask(): number of the task that runs (async_hooks' executionAsyncId).
ReturnedValue runningTask(const FunctionObject *, const Value *, const Value *, int)
{
    return Encode(Core::current().tracer().runningTask());
}

// setHook(name, function): gives C++ a function of the JavaScript side.
ReturnedValue setHook(const FunctionObject *, const Value *, const Value *argv, int)
{
    Core::current().setHook(argv[0].toQStringNoThrow(), argv[1]);
    return Encode::undefined();
}

// setHasRejections(): have processRejections called at the end of the drain.
ReturnedValue setHasRejections(const FunctionObject *, const Value *, const Value *, int)
{
    Core::current().setHasRejections(true);
    return Encode::undefined();
}

// reportUncaught(error, fromPromise)
ReturnedValue reportUncaught(const FunctionObject *, const Value *, const Value *argv, int argc)
{
    Core::current().reportUncaught(argumentAt(argv, argc, 0), argumentAt(argv, argc, 1).toBoolean());
    return Encode::undefined();
}

// rejectionUnhandled(promise) and rejectionHandled(promise): for the recording only.
ReturnedValue rejectionUnhandled(const FunctionObject *, const Value *, const Value *argv, int)
{
    Tracer &tracer = Core::current().tracer();
    if (const auto *promise = Promises::asPromise(argv[0])) {
        const StringId reason = tracer.writer().keepsEvents() ? tracer.text(reasonText(promise->result)) : 0;
        tracer.emitEvent(EventKind::RejectionUnhandled, 0, promise->subject, 0, reason);
    }
    return Encode::undefined();
}

ReturnedValue rejectionHandled(const FunctionObject *, const Value *, const Value *argv, int)
{
    if (const auto *promise = Promises::asPromise(argv[0]))
        Core::current().tracer().emitEvent(EventKind::RejectionHandled, 0, promise->subject, 0, 0);
    return Encode::undefined();
}

} // namespace

void defineTaskNatives(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding,
        {{"nextTick", nextTick, 1}, {"queueMicrotask", queueMicrotask, 1}, {"getAsyncContext", getAsyncContext},
            {"setAsyncContext", setAsyncContext, 1}, {"runningTask", runningTask}, {"setHook", setHook, 2},
            {"setHasRejections", setHasRejections}, {"setExiting", setExiting, 1}, {"reportUncaught", reportUncaught, 2},
            {"rejectionUnhandled", rejectionUnhandled, 1}, {"rejectionHandled", rejectionHandled, 1}});
}

} // namespace loopscope
