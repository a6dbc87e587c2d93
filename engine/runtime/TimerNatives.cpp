// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/TimerNatives.h"

#include "runtime/Natives.h"

namespace loopscope {

using namespace QV4;

thread_local TimerNatives *TimerNatives::s_current = nullptr;

namespace {

constexpr quint64 nanosecondsPerMillisecond = 1'000'000;

/// Calls `object[functionName](...object[argumentsName])` with `object` as this, as Node does. False if it threw.
bool callStored(Core &core, const Value &object, const PersistentValue &functionName, const PersistentValue &argumentsName, Value *result)
{
    Scope scope(core.v4());
    ScopedObject target(scope, object);
    ScopedString name(scope, functionName.value());
    ScopedValue callback(scope, target->get(name));
    name = argumentsName.value();
    ScopedObject list(scope, target->get(name));
    const int count = list ? static_cast<int>(list->getLength()) : 0;
    Value *arguments = scope.alloc(count > 0 ? count : 1);
    for (int index = 0; index < count; ++index)
        arguments[index] = list->get(static_cast<uint>(index));
    return core.call(callback, target, arguments, count, result);
}

} // namespace

// ---------------------------------------------------------------------------------------------------------------- timers

class TimerNatives::JsTimer : public Timer
{
public:
    JsTimer(TimerNatives &owner, SubjectId number, const Value &timeout, bool referenced)
        : task(number)
        , isReferenced(referenced)
        , m_owner(owner)
        , m_object(owner.m_core.v4(), timeout)
        , m_context(owner.m_core.v4(), owner.m_core.asyncContext())
    {
    }

    bool fire(quint64 loopTime) override;

    const SubjectId task;
    SubjectId cause = 0;
    SiteId site = 0;
    bool isReferenced;
    bool isInterval = false;
    bool isFiring = false;
    bool wasDisarmed = false; ///< while it fires
    quint64 duration = 0;
    PersistentValue &object() { return m_object; }

private:
    TimerNatives &m_owner;
    PersistentValue m_object;
    PersistentValue m_context;
};

bool TimerNatives::JsTimer::fire(quint64)
{
    Core &core = m_owner.m_core;
    Scope scope(core.v4());
    ScopedObject target(scope, m_object.value());
    ScopedString name(scope, m_owner.m_onTimeout.value());
    ScopedValue callback(scope, target->get(name));
    bool returned = true;
    isFiring = true;
    const quint64 start = m_owner.m_loop.updatedTime();
    if (callback->as<FunctionObject>()) {
        const TaskKind kind = isInterval ? TaskKind::Interval : TaskKind::Timeout;
        core.tracer().clock().work(core.tracer().costs().callback);
        core.tracer().beginTask(task, kind, cause, site);
        ScopedValue context(scope, m_context.value());
        core.setAsyncContext(context);
        ScopedValue result(scope);
        returned = callStored(core, target, m_owner.m_onTimeout, m_owner.m_timerArguments, result);
        core.tracer().endTask(task, kind, !returned);
        core.setAsyncContext(Value::undefinedValue());
        if (!returned)
            core.reportUncaught(result, false);
    }
    isFiring = false;
    if (core.isStopping())
        return returned;
    if (isWaiting()) // refreshed by its own callback
        return returned;
    if (!wasDisarmed) {
        name = m_owner.m_repeat.value();
        ScopedValue repeat(scope, target->get(name));
        name = m_owner.m_idleTimeout.value();
        ScopedValue idle(scope, target->get(name));
        const double period = repeat->isNumber() ? repeat->asDouble() : 0;
        if (period > 0 && !(idle->isNumber() && idle->asDouble() == -1)) {
            duration = static_cast<quint64>(period);
            core.tracer().emitCaused(
                EventKind::TaskRearmed, static_cast<quint8>(isInterval ? TaskKind::Interval : TaskKind::Timeout), task, task, site, 0);
            m_owner.recordDue(task, start, duration);
            m_owner.m_loop.arm(*this, duration, start);
            return returned;
        }
        name = m_owner.m_destroyed.value();
        target->put(name, Value::fromBoolean(true));
        if (isReferenced)
            m_owner.m_loop.countReferencedTimers(-1);
    }
    m_owner.m_timers.erase(task);
    delete this;
    return returned;
}

void TimerNatives::recordDue(SubjectId task, quint64 start, quint64 duration)
{
    m_core.tracer().emitEvent(EventKind::TimerArmed, 0, task, 0, static_cast<qint64>((start + duration) * nanosecondsPerMillisecond));
}

SubjectId TimerNatives::arm(
    const Value &timeout, quint64 duration, bool isInterval, bool referenced, const Value &callback, SubjectId reuse)
{
    Tracer &tracer = m_core.tracer();
    JsTimer *timer = nullptr;
    const auto known = m_timers.find(reuse);
    const quint64 start = m_loop.updatedTime();
    if (reuse != 0 && known != m_timers.end()) { // refresh
        timer = known->second;
        if (timer->isWaiting())
            m_loop.disarm(*timer);
        timer->wasDisarmed = false;
        tracer.emitEvent(
            EventKind::TaskRearmed, static_cast<quint8>(isInterval ? TaskKind::Interval : TaskKind::Timeout), timer->task, timer->site, 0);
    } else {
        const SubjectId task = reuse != 0 ? reuse : tracer.newSubject();
        timer = new JsTimer(*this, task, timeout, referenced);
        timer->isInterval = isInterval;
        timer->cause = tracer.runningTask();
        timer->site = m_core.siteOf(callback);
        m_timers.emplace(task, timer);
        tracer.emitEvent(EventKind::TaskCreated, static_cast<quint8>(isInterval ? TaskKind::Interval : TaskKind::Timeout), task,
            timer->site, tracer.currentSite());
        if (timer->site == 0)
            m_core.nameSubject(task, callback);
        if (referenced)
            m_loop.countReferencedTimers(1);
    }
    timer->duration = duration;
    recordDue(timer->task, start, duration);
    m_loop.arm(*timer, duration, start);
    return timer->task;
}

void TimerNatives::disarm(SubjectId task)
{
    const auto known = m_timers.find(task);
    if (known == m_timers.end())
        return;
    JsTimer *timer = known->second;
    m_core.tracer().emitEvent(EventKind::TaskCancelled, 0, task, m_core.tracer().currentSite(), 0);
    if (timer->isReferenced && !timer->wasDisarmed)
        m_loop.countReferencedTimers(-1);
    if (timer->isWaiting())
        m_loop.disarm(*timer);
    if (timer->isFiring) {
        timer->wasDisarmed = true;
        return;
    }
    m_timers.erase(known);
    delete timer;
}

void TimerNatives::reference(SubjectId task, bool referenced)
{
    const auto known = m_timers.find(task);
    if (known == m_timers.end() || known->second->isReferenced == referenced)
        return;
    known->second->isReferenced = referenced;
    m_loop.countReferencedTimers(referenced ? 1 : -1);
    m_core.tracer().emitEvent(EventKind::TaskReferenced, referenced ? 1 : 0, task, m_core.tracer().currentSite(), 0);
}

// ------------------------------------------------------------------------------------------------------------ immediates

class TimerNatives::JsImmediate : public Immediate
{
public:
    JsImmediate(TimerNatives &owner, SubjectId number, const Value &immediate)
        : task(number)
        , object(owner.m_core.v4(), immediate)
        , m_owner(owner)
        , m_context(owner.m_core.v4(), owner.m_core.asyncContext())
    {
    }

    bool run() override
    {
        Core &core = m_owner.m_core;
        Scope scope(core.v4());
        ScopedObject target(scope, object.value());
        ScopedString name(scope, m_owner.m_destroyed.value());
        target->put(name, Value::fromBoolean(true));
        core.tracer().clock().work(core.tracer().costs().callback);
        core.tracer().beginTask(task, TaskKind::Immediate, cause, site);
        ScopedValue context(scope, m_context.value());
        core.setAsyncContext(context);
        ScopedValue result(scope);
        const bool returned = callStored(core, target, m_owner.m_onImmediate, m_owner.m_immediateArguments, result);
        core.tracer().endTask(task, TaskKind::Immediate, !returned);
        core.setAsyncContext(Value::undefinedValue());
        if (!returned)
            core.reportUncaught(result, false);
        if (!core.isStopping()) {
            name = m_owner.m_onImmediate.value();
            target->put(name, Value::nullValue());
        }
        return returned;
    }

    const SubjectId task;
    SubjectId cause = 0;
    SiteId site = 0;
    PersistentValue object;

private:
    TimerNatives &m_owner;
    PersistentValue m_context;
};

void TimerNatives::discard(Immediate *immediate)
{
    auto *ours = static_cast<JsImmediate *>(immediate);
    m_immediates.erase(ours->task);
    delete ours;
}

// --------------------------------------------------------------------------------------------------------------- natives

struct TimerFunctions
{
    // armTimer(timeout, milliseconds, isInterval, isReferenced, callback, number | 0) -> number
    static ReturnedValue armTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        const double duration = argv[1].toNumber();
        return Encode(TimerNatives::current().arm(argv[0], duration >= 1 ? static_cast<quint64>(duration) : 1, argv[2].toBoolean(),
            argv[3].toBoolean(), argv[4], static_cast<SubjectId>(argv[5].toUInt32())));
    }
    static ReturnedValue disarmTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives::current().disarm(argv[0].toUInt32());
        return Encode::undefined();
    }
    static ReturnedValue referenceTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives::current().reference(argv[0].toUInt32(), argv[1].toBoolean());
        return Encode::undefined();
    }
    // enqueueImmediate(immediate, callback) -> number
    static ReturnedValue enqueueImmediate(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives &natives = TimerNatives::current();
        Tracer &tracer = natives.m_core.tracer();
        auto *immediate = new TimerNatives::JsImmediate(natives, tracer.newSubject(), argv[0]);
        immediate->cause = tracer.runningTask();
        immediate->site = natives.m_core.siteOf(argv[1]);
        natives.m_immediates.emplace(immediate->task, immediate);
        tracer.emitEvent(
            EventKind::TaskCreated, static_cast<quint8>(TaskKind::Immediate), immediate->task, immediate->site, tracer.currentSite());
        if (immediate->site == 0)
            natives.m_core.nameSubject(immediate->task, argv[1]);
        natives.m_loop.enqueue(immediate);
        return Encode(immediate->task);
    }
    static ReturnedValue clearImmediate(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives &natives = TimerNatives::current();
        const auto known = natives.m_immediates.find(argv[0].toUInt32());
        if (known != natives.m_immediates.end() && !known->second->isCleared) {
            natives.m_core.tracer().emitEvent(EventKind::TaskCancelled, 0, known->first, natives.m_core.tracer().currentSite(), 0);
            natives.m_loop.clear(known->second);
        }
        return Encode::undefined();
    }
    static ReturnedValue referenceImmediate(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives &natives = TimerNatives::current();
        const auto known = natives.m_immediates.find(argv[0].toUInt32());
        const bool referenced = argv[1].toBoolean();
        if (known != natives.m_immediates.end() && !known->second->isCleared && known->second->isReferenced != referenced) {
            known->second->isReferenced = referenced;
            natives.m_loop.countReferencedImmediates(referenced ? 1 : -1);
            natives.m_core.tracer().emitEvent(
                EventKind::TaskReferenced, referenced ? 1 : 0, known->first, natives.m_core.tracer().currentSite(), 0);
        }
        return Encode::undefined();
    }
    // loopTime(): ms of loop time, updated.
    static ReturnedValue loopTime(const FunctionObject *, const Value *, const Value *, int)
    {
        return Encode(static_cast<double>(TimerNatives::current().m_loop.updatedTime()));
    }
};

TimerNatives::TimerNatives(Core &core, EventLoop &loop)
    : m_core(core)
    , m_loop(loop)
{
    s_current = this;
    Scope scope(core.v4());
    ScopedString name(scope);
    const auto intern = [&](PersistentValue &slot, const char *text) {
        name = core.v4()->newIdentifier(QLatin1String(text));
        slot.set(core.v4(), name->asReturnedValue());
    };
    intern(m_onTimeout, "_onTimeout");
    intern(m_timerArguments, "_timerArgs");
    intern(m_repeat, "_repeat");
    intern(m_idleTimeout, "_idleTimeout");
    intern(m_destroyed, "_destroyed");
    intern(m_onImmediate, "_onImmediate");
    intern(m_immediateArguments, "_argv");
}

TimerNatives::~TimerNatives()
{
    for (const auto &[task, timer] : m_timers)
        delete timer;
    s_current = nullptr;
}

void TimerNatives::install(Object *binding)
{
    defineNatives(m_core.v4(), binding,
        {{"armTimer", TimerFunctions::armTimer, 6}, {"disarmTimer", TimerFunctions::disarmTimer, 1},
            {"referenceTimer", TimerFunctions::referenceTimer, 2}, {"enqueueImmediate", TimerFunctions::enqueueImmediate, 2},
            {"clearImmediate", TimerFunctions::clearImmediate, 1}, {"referenceImmediate", TimerFunctions::referenceImmediate, 2},
            {"loopTime", TimerFunctions::loopTime}});
}

} // namespace loopscope
