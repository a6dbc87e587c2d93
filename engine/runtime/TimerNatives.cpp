// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "runtime/TimerNatives.h"

#include "runtime/Natives.h"
#include "runtime/RuntimeTask.h"

#include <algorithm>
#include <optional>

namespace QV4 {
DEFINE_OBJECT_VTABLE(LoopscopeTimeout);
DEFINE_OBJECT_VTABLE(LoopscopeImmediate);
DEFINE_OBJECT_VTABLE(LoopscopeWaiting);

void Heap::LoopscopeWaiting::markObjects(Base *base, MarkStack *stack)
{
    Object::markObjects(base, stack);
    if (const loopscope::TimerNatives *timers = loopscope::TimerNatives::current())
        timers->mark(stack);
}
} // namespace QV4

namespace loopscope {

using namespace QV4;

thread_local TimerNatives *TimerNatives::s_current = nullptr;

namespace {

constexpr quint64 nanosecondsPerMillisecond = 1'000'000;
constexpr double longestDelay = 2147483647;

Heap::LoopscopeTimeout *heapOf(Timer &timer) { return static_cast<Heap::LoopscopeTimeout *>(&timer); }
Heap::LoopscopeImmediate *heapOf(Immediate &immediate) { return static_cast<Heap::LoopscopeImmediate *>(&immediate); }

Value numberValue(double number) { return Value::fromReturnedValue(Encode::smallestNumber(number)); }

TaskKind kindOf(const Heap::LoopscopeTimeout &timeout) { return timeout.isInterval ? TaskKind::Interval : TaskKind::Timeout; }

} // namespace

TimerNatives::TimerNatives(Core &core, EventLoop &loop)
    : m_core(core)
    , m_loop(loop)
    , m_v4(core.v4())
{
    s_current = this;
    Scope scope(m_v4);
    Scoped<LoopscopeWaiting> waiting(scope, m_v4->memoryManager->allocate<LoopscopeWaiting>());
    m_waiting.set(m_v4, waiting);
}

TimerNatives::~TimerNatives() { s_current = nullptr; }

void TimerNatives::mark(MarkStack *stack) const
{
    m_loop.forEachWaiting(
        [stack](Timer &timer) { heapOf(timer)->mark(stack); }, [stack](Immediate &immediate) { heapOf(immediate)->mark(stack); });
}

bool TimerNatives::hasTimersOfScript() const
{
    bool found = false;
    m_loop.forEachWaiting([&found](Timer &timer) { found = found || heapOf(timer)->site != 0; }, [](Immediate &) {});
    return found;
}

void TimerNatives::recordCreated(TaskKind kind, const TaskOrigin &origin, const Value &callback)
{
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::TaskCreated, static_cast<quint8>(kind), origin.subject, origin.site, tracer.currentSite());
    if (origin.site == 0)
        m_core.nameSubject(origin.subject, callback);
}

template<typename T>
bool TimerNatives::callTask(TaskKind kind, const Scoped<T> &object, const Value &callback, const Value &arguments, Value *result)
{
    Scope scope(m_v4);
    Tracer &tracer = m_core.tracer();
    const auto origin = static_cast<const TaskOrigin &>(*object->d());
    tracer.clock().work(tracer.costs().callback);
    tracer.beginTask(origin.subject, kind, origin.cause, origin.site);
    m_core.setAsyncContext(object->d()->context);
    ScopedObject list(scope, arguments);
    const int count = list ? static_cast<int>(list->getLength()) : 0;
    Value *values = count > 0 ? scope.alloc(count) : nullptr;
    for (int index = 0; index < count; ++index)
        values[index] = list->get(static_cast<uint>(index));
    m_core.asyncHooks().enter(origin.operation(), object);
    m_core.asyncHooks().before(origin.operation());
    const bool returned = m_core.call(callback, object, values, count, result);
    tracer.endTask(origin.subject, kind, !returned);
    m_core.setAsyncContext(Value::undefinedValue());
    return returned;
}

void TimerNatives::endOperation(const AsyncOperation &operation)
{
    m_core.asyncHooks().after(operation);
    m_core.asyncHooks().leave();
}

// ---------------------------------------------------------------------------------------------------------------- timers

double TimerNatives::delayOf(const Value &after)
{
    const double delay = after.toNumber();
    if (delay >= 1 && delay <= longestDelay)
        return delay;
    if (delay > longestDelay) {
        Scope scope(m_v4);
        Value *argument = scope.alloc(1);
        *argument = Value::fromDouble(delay);
        m_core.callHookOrThrow("timerOverflow", argument, 1);
    }
    return 1; // as browsers do
}

Heap::LoopscopeTimeout *TimerNatives::makeTimeout(
    const Value &callback, double &delay, const Value &arguments, bool repeats, bool referenced)
{
    Tracer &tracer = m_core.tracer();
    Heap::LoopscopeTimeout *timeout = m_timeouts.make(m_v4);
    timeout->context.set(m_v4, m_core.asyncContext());
    timeout->subject = tracer.newSubject();
    if (!m_givenDelays.isEmpty() && m_givenDelays.contains(timeout->subject))
        delay = m_givenDelays.take(timeout->subject);
    timeout->cause = tracer.runningTask();
    timeout->site = m_core.siteOf(callback);
    timeout->isInterval = repeats;
    const Value shownDelay = numberValue(delay);
    m_timeouts.init(timeout, Timeout::IdleTimeout, shownDelay);
    m_timeouts.init(timeout, Timeout::IdlePrevious, Value::nullValue());
    m_timeouts.init(timeout, Timeout::IdleNext, Value::nullValue());
    m_timeouts.init(timeout, Timeout::IdleStart, Value::nullValue());
    m_timeouts.init(timeout, Timeout::OnTimeout, callback);
    m_timeouts.init(timeout, Timeout::TimerArguments, arguments);
    m_timeouts.init(timeout, Timeout::Repeat, repeats ? shownDelay : Value::nullValue());
    m_timeouts.init(timeout, Timeout::Destroyed, Value::fromBoolean(false));
    m_timeouts.init(timeout, Timeout::Referenced, Value::fromBoolean(referenced));
    m_timeouts.init(timeout, Timeout::HasPrimitive, Value::fromBoolean(false));
    m_timeouts.init(timeout, Timeout::AsyncId, Value::undefinedValue());
    m_timeouts.init(timeout, Timeout::TriggerAsyncId, Value::undefinedValue());
    if (referenced)
        m_loop.countReferencedTimers(1);
    return timeout;
}

void TimerNatives::beginOperation(const ScopedTimeout &timeout)
{
    const AsyncOperation operation = m_core.asyncHooks().create();
    timeout->d()->setOperation(operation);
    m_timeouts.set(timeout, Timeout::AsyncId, Value::fromUInt32(operation.id));
    m_timeouts.set(timeout, Timeout::TriggerAsyncId, Value::fromUInt32(operation.trigger));
    m_core.asyncHooks().init(operation, "Timeout", timeout);
}

ReturnedValue TimerNatives::setTimer(const Value *argv, int argc, bool repeats)
{
    if (argc == 0 || !argv[0].isFunctionObject())
        return m_core.refuseCallback(argumentAt(argv, argc, 0));
    double delay = delayOf(argumentAt(argv, argc, 1));
    if (m_v4->hasException)
        return Encode::undefined();
    Scope scope(m_v4);
    ScopedValue arguments(scope, argc > 2 ? m_v4->newArrayObject(argv + 2, argc - 2)->asReturnedValue() : Encode::undefined());
    ScopedTimeout timeout(scope, makeTimeout(argv[0], delay, arguments, repeats, true));
    beginOperation(timeout);
    arm(timeout, delay, m_loop.updatedTime(), 0);
    return timeout.asReturnedValue();
}

void TimerNatives::setNeighbours(const ScopedTimeout &timeout, const Value &previous, const Value &next)
{
    m_timeouts.set(timeout, Timeout::IdlePrevious, previous);
    m_timeouts.set(timeout, Timeout::IdleNext, next);
}

void TimerNatives::showNeighbours(const ScopedTimeout &timeout, bool shows)
{
    if (!timeout->d()->isWaiting())
        return;
    const auto shown = [&](Timer *neighbour) {
        return shows && neighbour ? Value::fromHeapObject(heapOf(*neighbour)) : *m_waitingList.valueRef();
    };
    setNeighbours(timeout, shown(timeout->d()->next), shown(timeout->d()->previous)); // Node's lists start with the newest
}

void TimerNatives::arm(const ScopedTimeout &timeout, double delay, quint64 start, SubjectId cause)
{
    Heap::LoopscopeTimeout *heap = timeout->d();
    Tracer &tracer = m_core.tracer();
    const auto duration = static_cast<quint64>(delay);
    m_timeouts.set(timeout, Timeout::IdleStart, numberValue(static_cast<double>(start)));
    setNeighbours(timeout, *m_waitingList.valueRef(), *m_waitingList.valueRef());
    if (heap->isRecorded) {
        tracer.emitCaused(EventKind::TaskRearmed, static_cast<quint8>(kindOf(*heap)), heap->subject, cause, heap->site, 0);
    } else {
        Scope scope(m_v4);
        ScopedValue callback(scope, m_timeouts.get(timeout, Timeout::OnTimeout));
        heap->isRecorded = true;
        recordCreated(kindOf(*heap), *heap, callback);
    }
    tracer.emitEvent(EventKind::TimerArmed, 0, heap->subject, 0, static_cast<qint64>((start + duration) * nanosecondsPerMillisecond));
    m_loop.arm(*heap, duration, start);
}

void TimerNatives::activate(const ScopedTimeout &timeout, bool referenced)
{
    Scope scope(m_v4);
    ScopedValue delay(scope, m_timeouts.get(timeout, Timeout::IdleTimeout));
    const double milliseconds = delay->toNumber();
    if (!(milliseconds >= 0))
        return;
    const bool wasDestroyed = m_timeouts.isTrue(timeout, Timeout::Destroyed);
    arm(timeout, milliseconds, m_loop.updatedTime(), m_core.tracer().runningTask());
    if (wasDestroyed)
        beginOperation(timeout);
    const bool wasReferenced = m_timeouts.isTrue(timeout, Timeout::Referenced);
    m_timeouts.set(timeout, Timeout::Destroyed, Value::fromBoolean(false));
    m_timeouts.set(timeout, Timeout::Referenced, Value::fromBoolean(referenced));
    const int counted = wasReferenced && !wasDestroyed ? 1 : 0;
    m_loop.countReferencedTimers((referenced ? 1 : 0) - counted);
}

void TimerNatives::retire(const ScopedTimeout &timeout)
{
    m_timeouts.set(timeout, Timeout::Destroyed, Value::fromBoolean(true));
    m_core.asyncHooks().destroy(timeout->d()->asyncId);
    if (m_timeouts.isTrue(timeout, Timeout::HasPrimitive)) {
        Scope scope(m_v4);
        Value *argument = scope.alloc(1);
        *argument = Value::fromReturnedValue(m_timeouts.get(timeout, Timeout::AsyncId));
        ScopedValue ignored(scope);
        m_core.callHook("forgetTimer", argument, 1, ignored);
    }
    if (m_timeouts.isTrue(timeout, Timeout::Referenced))
        m_loop.countReferencedTimers(-1);
}

void TimerNatives::unenroll(const ScopedTimeout &timeout)
{
    if (m_timeouts.isTrue(timeout, Timeout::Destroyed))
        return;
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::TaskCancelled, 0, timeout->d()->subject, tracer.currentSite(), 0);
    const bool wasReferenced = m_timeouts.isTrue(timeout, Timeout::Referenced);
    m_loop.disarm(*timeout->d(), wasReferenced);
    setNeighbours(timeout, Value::nullValue(), Value::nullValue());
    retire(timeout);
    m_timeouts.set(timeout, Timeout::IdleTimeout, Value::fromInt32(-1)); // should it be started later, it is not
}

void TimerNatives::referenceTimer(const ScopedTimeout &timeout, bool referenced)
{
    m_timeouts.set(timeout, Timeout::Referenced, Value::fromBoolean(referenced));
    if (m_timeouts.isTrue(timeout, Timeout::Destroyed))
        return;
    m_loop.countReferencedTimers(referenced ? 1 : -1);
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::TaskReferenced, referenced ? 1 : 0, timeout->d()->subject, tracer.currentSite(), 0);
}

bool TimerNatives::fire(Timer &timer)
{
    Scope scope(m_v4);
    ScopedTimeout timeout(scope, heapOf(timer));
    setNeighbours(timeout, Value::nullValue(), Value::nullValue());
    std::optional<RuntimeTask> reading;
    if (m_timeouts.isAccessor(timeout, Timeout::OnTimeout))
        reading.emplace(m_core.tracer(), TaskKind::Internal, QStringLiteral("_onTimeout"), timeout->d()->subject);
    ScopedValue callback(scope, m_timeouts.get(timeout, Timeout::OnTimeout));
    reading.reset();
    if (!callback->toBoolean()) {
        if (!m_timeouts.isTrue(timeout, Timeout::Destroyed))
            retire(timeout);
        return true;
    }
    const quint64 start = m_loop.updatedTime();
    ScopedValue arguments(scope, m_timeouts.get(timeout, Timeout::TimerArguments));
    ScopedValue result(scope);
    const AsyncOperation operation = timeout->d()->operation();
    const bool returned = callTask(kindOf(*timeout->d()), timeout, callback, arguments, result);
    if (m_core.isStopping())
        return returned;
    goOn(timeout, start);
    if (!returned)
        m_core.reportUncaught(result, false);
    endOperation(operation);
    return returned;
}

void TimerNatives::goOn(const ScopedTimeout &timeout, quint64 start)
{
    Scope scope(m_v4);
    ScopedValue period(scope, m_timeouts.get(timeout, Timeout::Repeat));
    if (period->toBoolean()) {
        const double idle = Value::fromReturnedValue(m_timeouts.get(timeout, Timeout::IdleTimeout)).toNumber();
        if (idle != -1) {
            m_timeouts.set(timeout, Timeout::IdleTimeout, period);
            arm(timeout, std::max(period->toNumber(), 1.0), start, timeout->d()->subject);
            return;
        }
    }
    if (!timeout->d()->isWaiting() && !m_timeouts.isTrue(timeout, Timeout::Destroyed))
        retire(timeout);
}

// ------------------------------------------------------------------------------------------------------------ immediates

ReturnedValue TimerNatives::setImmediate(const Value *argv, int argc)
{
    using Slot = LoopscopeImmediate;
    if (argc == 0 || !argv[0].isFunctionObject())
        return m_core.refuseCallback(argumentAt(argv, argc, 0));
    Scope scope(m_v4);
    ScopedValue arguments(scope, argc > 1 ? m_v4->newArrayObject(argv + 1, argc - 1)->asReturnedValue() : Encode::undefined());
    Tracer &tracer = m_core.tracer();
    ScopedImmediate immediate(scope, m_immediates.make(m_v4));
    Heap::LoopscopeImmediate *heap = immediate->d();
    heap->context.set(m_v4, m_core.asyncContext());
    heap->subject = tracer.newSubject();
    heap->cause = tracer.runningTask();
    heap->site = m_core.siteOf(argv[0]);
    m_immediates.init(heap, Slot::IdleNext, Value::nullValue());
    m_immediates.init(heap, Slot::IdlePrevious, Value::nullValue());
    m_immediates.init(heap, Slot::OnImmediate, argv[0]);
    m_immediates.init(heap, Slot::Arguments, arguments);
    m_immediates.init(heap, Slot::Destroyed, Value::fromBoolean(false));
    m_immediates.init(heap, Slot::Referenced, Value::fromBoolean(true));
    heap->setOperation(m_core.asyncHooks().create());
    m_immediates.init(heap, Slot::AsyncId, Value::fromUInt32(heap->asyncId));
    m_immediates.init(heap, Slot::TriggerAsyncId, Value::fromUInt32(heap->triggerId));
    m_core.asyncHooks().init(heap->operation(), "Immediate", immediate);
    recordCreated(TaskKind::Immediate, *heap, argv[0]);
    m_loop.enqueue(*heap);
    return immediate.asReturnedValue();
}

bool TimerNatives::run(Immediate &immediateToRun)
{
    using Slot = LoopscopeImmediate;
    Scope scope(m_v4);
    ScopedImmediate immediate(scope, heapOf(immediateToRun));
    m_immediates.set(immediate, Slot::Destroyed, Value::fromBoolean(true));
    m_immediates.set(immediate, Slot::Referenced, Value::nullValue());
    ScopedValue callback(scope, m_immediates.get(immediate, Slot::OnImmediate));
    ScopedValue arguments(scope, m_immediates.get(immediate, Slot::Arguments));
    ScopedValue result(scope);
    const bool returned = callTask(TaskKind::Immediate, immediate, callback, arguments, result);
    if (m_core.isStopping())
        return returned;
    m_immediates.set(immediate, Slot::OnImmediate, Value::nullValue());
    m_core.asyncHooks().destroy(immediate->d()->asyncId);
    if (!returned)
        m_core.reportUncaught(result, false);
    endOperation(immediate->d()->operation());
    return returned;
}

void TimerNatives::clearImmediate(const ScopedImmediate &immediate)
{
    using Slot = LoopscopeImmediate;
    if (m_immediates.isTrue(immediate, Slot::Destroyed))
        return;
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::TaskCancelled, 0, immediate->d()->subject, tracer.currentSite(), 0);
    m_loop.clear(*immediate->d());
    m_immediates.set(immediate, Slot::Destroyed, Value::fromBoolean(true));
    m_immediates.set(immediate, Slot::Referenced, Value::nullValue());
    m_immediates.set(immediate, Slot::OnImmediate, Value::nullValue());
    m_core.asyncHooks().destroy(immediate->d()->asyncId);
}

void TimerNatives::referenceImmediate(const ScopedImmediate &immediate, bool referenced)
{
    m_immediates.set(immediate, LoopscopeImmediate::Referenced, Value::fromBoolean(referenced));
    Heap::LoopscopeImmediate *heap = immediate->d();
    if (heap->isCleared || heap->isReferenced == referenced)
        return;
    heap->isReferenced = referenced;
    m_loop.countReferencedImmediates(referenced ? 1 : -1);
    Tracer &tracer = m_core.tracer();
    tracer.emitEvent(EventKind::TaskReferenced, referenced ? 1 : 0, heap->subject, tracer.currentSite(), 0);
}

// --------------------------------------------------------------------------------------------------------------- natives

struct TimerFunctions
{
    static TimerNatives &natives() { return *TimerNatives::current(); }

    static ReturnedValue setTimeout(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return natives().setTimer(argv, argc, false);
    }
    static ReturnedValue setInterval(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return natives().setTimer(argv, argc, true);
    }
    static ReturnedValue setImmediate(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        return natives().setImmediate(argv, argc);
    }

    // clearTimeout and clearInterval: numbers, and objects that are none of ours, are timers.js's.
    static ReturnedValue clearTimer(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        TimerNatives &timers = natives();
        Scope scope(timers.m_v4);
        TimerNatives::ScopedTimeout timeout(scope, argumentAt(argv, argc, 0));
        if (!timeout) {
            Value *argument = scope.alloc(1);
            *argument = argumentAt(argv, argc, 0);
            if (!argument->toBoolean())
                return Encode::undefined();
            return timers.m_core.callHookOrThrow("clearTimer", argument, 1);
        }
        if (timers.m_timeouts.isTrue(timeout, LoopscopeTimeout::OnTimeout)) {
            timers.m_timeouts.set(timeout, LoopscopeTimeout::OnTimeout, Value::nullValue());
            timers.unenroll(timeout);
        }
        return Encode::undefined();
    }
    static ReturnedValue clearImmediate(const FunctionObject *, const Value *, const Value *argv, int argc)
    {
        Scope scope(natives().m_v4);
        if (TimerNatives::ScopedImmediate immediate(scope, argumentAt(argv, argc, 0)); immediate)
            natives().clearImmediate(immediate);
        return Encode::undefined();
    }

    // makeTimeout(callback, after, arguments | undefined, repeats, isReferenced): a timer that does not wait yet (`new Timeout`).
    static ReturnedValue makeTimeout(const FunctionObject *, const Value *, const Value *argv, int)
    {
        double delay = natives().delayOf(argv[1]);
        if (natives().m_v4->hasException)
            return Encode::undefined();
        Scope scope(natives().m_v4);
        TimerNatives::ScopedTimeout timeout(
            scope, natives().makeTimeout(argv[0], delay, argv[2], argv[3].toBoolean(), argv[4].toBoolean()));
        natives().beginOperation(timeout);
        return timeout.asReturnedValue();
    }

    // Methods of Timeout; what is no Timeout is left alone.
    template<typename Work>
    static ReturnedValue withTimeout(const Value *argv, Work work)
    {
        Scope scope(natives().m_v4);
        if (TimerNatives::ScopedTimeout timeout(scope, argv[0]); timeout)
            work(timeout);
        return Encode::undefined();
    }
    // activateTimer(timeout, isReferenced), unenrollTimer(timeout), referenceTimer(timeout, isReferenced), showNeighbours(timeout, shows)
    static ReturnedValue activateTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return withTimeout(argv, [argv](const auto &timeout) { natives().activate(timeout, argv[1].toBoolean()); });
    }
    static ReturnedValue unenrollTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return withTimeout(argv, [](const auto &timeout) { natives().unenroll(timeout); });
    }
    static ReturnedValue referenceTimer(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return withTimeout(argv, [argv](const auto &timeout) { natives().referenceTimer(timeout, argv[1].toBoolean()); });
    }
    static ReturnedValue showNeighbours(const FunctionObject *, const Value *, const Value *argv, int)
    {
        return withTimeout(argv, [argv](const auto &timeout) { natives().showNeighbours(timeout, argv[1].toBoolean()); });
    }
    static ReturnedValue referenceImmediate(const FunctionObject *, const Value *, const Value *argv, int)
    {
        Scope scope(natives().m_v4);
        if (TimerNatives::ScopedImmediate immediate(scope, argv[0]); immediate)
            natives().referenceImmediate(immediate, argv[1].toBoolean());
        return Encode::undefined();
    }

    // adoptTimers(Timeout.prototype, Immediate.prototype, waitingList, names of Timeout's properties, names of Immediate's)
    static ReturnedValue adoptTimers(const FunctionObject *, const Value *, const Value *argv, int)
    {
        TimerNatives &timers = natives();
        const auto build = [&timers](auto &slotClass, const Value &prototype, const Value &names) {
            Scope scope(timers.m_v4);
            ScopedObject list(scope, names);
            const auto count = static_cast<uint>(list->getLength());
            Value *keys = scope.alloc(static_cast<int>(count));
            for (uint index = 0; index < count; ++index)
                keys[index] = Value::fromReturnedValue(list->get(index));
            slotClass.build(timers.m_v4, prototype, keys);
        };
        build(timers.m_timeouts, argv[0], argv[3]);
        build(timers.m_immediates, argv[1], argv[4]);
        timers.m_waitingList.set(timers.m_v4, argv[2]);
        return Encode::undefined();
    }
};

void TimerNatives::install(Object *binding)
{
    defineNatives(m_v4, binding,
        {{"setTimeout", TimerFunctions::setTimeout, 5}, {"setInterval", TimerFunctions::setInterval, 5},
            {"setImmediate", TimerFunctions::setImmediate, 4}, {"clearTimeout", TimerFunctions::clearTimer, 1},
            {"clearInterval", TimerFunctions::clearTimer, 1}, {"clearImmediate", TimerFunctions::clearImmediate, 1},
            {"makeTimeout", TimerFunctions::makeTimeout, 5}, {"activateTimer", TimerFunctions::activateTimer, 2},
            {"unenrollTimer", TimerFunctions::unenrollTimer, 1}, {"referenceTimer", TimerFunctions::referenceTimer, 2},
            {"showNeighbours", TimerFunctions::showNeighbours, 2}, {"referenceImmediate", TimerFunctions::referenceImmediate, 2},
            {"adoptTimers", TimerFunctions::adoptTimers, 5}});
}

} // namespace loopscope
