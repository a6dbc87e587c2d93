// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/RuntimeTask.h"

#include "runtime/Natives.h"
#include "runtime/Promises.h"

namespace loopscope {

using namespace QV4;

RuntimeTask::RuntimeTask(Tracer &tracer, TaskKind kind, const QString &name, SubjectId cause, SiteId function)
    : m_tracer(tracer)
    , m_task(tracer.newSubject())
    , m_kind(kind)
{
    tracer.emitCaused(EventKind::TaskCreated, static_cast<quint8>(kind), m_task, cause, function, 0);
    tracer.emitEvent(EventKind::SubjectNamed, 0, m_task, 0, tracer.text(name));
    tracer.beginTask(m_task, kind, cause, function);
}

RuntimeTask::~RuntimeTask() { m_tracer.endTask(m_task, m_kind, m_threw); }

namespace {

ReturnedValue runAs(TaskKind kind, const Value &name, SubjectId cause, SiteId function, const Value &action)
{
    Core &core = Core::current();
    ExecutionEngine *engine = core.v4();
    RuntimeTask task(core.tracer(), kind, name.toQStringNoThrow(), cause, function);
    Scope scope(engine);
    ScopedValue result(scope, static_cast<const FunctionObject &>(action).call(nullptr, nullptr, 0));
    if (engine->hasException && !core.isStopping())
        task.setThrew();
    return result->asReturnedValue();
}

/// The promise that is given, the task that ended last with an error if `true` is, else the running task.
SubjectId causeFrom(const Value &given)
{
    const Tracer &tracer = Core::current().tracer();
    if (const auto *promise = Promises::asPromise(given))
        return promise->subject;
    return given.toBoolean() ? tracer.throwTask() : tracer.runningTask();
}

// asProcessEvent(name, listener, cause, action): what action() gives or throws
ReturnedValue asProcessEvent(const FunctionObject *, const Value *, const Value *argv, int)
{
    return runAs(TaskKind::ProcessEvent, argv[0], causeFrom(argv[2]), Core::current().siteOf(argv[1]), argv[3]);
}

// asInternal(name, cause, action): the same, for work of the runtime's own
ReturnedValue asInternal(const FunctionObject *, const Value *, const Value *argv, int)
{
    return runAs(TaskKind::Internal, argv[0], causeFrom(argv[1]), 0, argv[2]);
}

// recordError(text, cause): an error that nobody caught
ReturnedValue recordError(const FunctionObject *, const Value *, const Value *argv, int)
{
    Tracer &tracer = Core::current().tracer();
    const SiteId site = argv[1].as<Object>() ? 0 : tracer.throwSite();
    tracer.emitCaused(EventKind::ErrorThrown, 1, 0, causeFrom(argv[1]), site, tracer.text(argv[0].toQStringNoThrow()));
    return Encode::undefined();
}

} // namespace

void defineRuntimeTasks(ExecutionEngine *engine, Object *binding)
{
    defineNatives(engine, binding, {{"asProcessEvent", asProcessEvent, 4}, {"asInternal", asInternal, 3}, {"recordError", recordError, 2}});
}

} // namespace loopscope
