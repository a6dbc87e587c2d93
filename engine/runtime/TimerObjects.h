// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/EventLoop.h"
#include "runtime/AsyncHooks.h"
#include "runtime/V4.h"

#include <array>

/// What setTimeout and setImmediate give back, as objects of V4's heap that hold the loop's own bookkeeping beside the properties that
/// Node's have. Making one is one allocation (docs/decisions/timer-objects.md).
namespace loopscope {

/// What the recording and async_hooks tell of a callback that waits. Plain data.
struct TaskOrigin
{
    void init() { subject = cause = site = asyncId = triggerId = 0; }
    AsyncOperation operation() const { return {asyncId, triggerId}; }
    void setOperation(const AsyncOperation &operation)
    {
        asyncId = operation.id;
        triggerId = operation.trigger;
    }

    SubjectId subject;
    SubjectId cause;
    SiteId site; ///< of its function
    quint32 asyncId;
    quint32 triggerId;
};

} // namespace loopscope

namespace QV4 {
namespace Heap {

#define LoopscopeTimeoutMembers(class, Member) Member(class, HeapValue, HeapValue, context)

/// context: the async context it was made in.
DECLARE_HEAP_OBJECT(LoopscopeTimeout, Object), loopscope::Timer, loopscope::TaskOrigin
{
    DECLARE_MARKOBJECTS(LoopscopeTimeout)
    bool isInterval; ///< by its making; whether it repeats is its property `_repeat`
    bool isRecorded; ///< it was armed before
    void init()
    {
        Object::init();
        loopscope::Timer::init();
        loopscope::TaskOrigin::init();
        isInterval = isRecorded = false;
    }
};

#define LoopscopeImmediateMembers(class, Member) Member(class, HeapValue, HeapValue, context)

DECLARE_HEAP_OBJECT(LoopscopeImmediate, Object), loopscope::Immediate,
    loopscope::TaskOrigin{DECLARE_MARKOBJECTS(LoopscopeImmediate) void init(){Object::init();
loopscope::Immediate::init();
loopscope::TaskOrigin::init();
} // namespace Heap
}; // namespace QV4

/// Keeps what waits in the loop in memory: the one object of this kind is marked, and marks them.
struct LoopscopeWaiting : Object
{
    void init() { Object::init(); }
    static void markObjects(Base *base, MarkStack *stack);
};

} // namespace Heap

/// Its properties, in Node's order. They lie in the object, at these places, until a script adds or removes one.
struct LoopscopeTimeout : Object
{
    V4_OBJECT2(LoopscopeTimeout, Object)
    enum Slot : uint {
        IdleTimeout,
        IdlePrevious,
        IdleNext,
        IdleStart,
        OnTimeout,
        TimerArguments,
        Repeat,
        Destroyed,
        Referenced,
        HasPrimitive,
        AsyncId,
        TriggerAsyncId
    };
    enum { NInlineProperties = TriggerAsyncId + 1 };
};

struct LoopscopeImmediate : Object
{
    V4_OBJECT2(LoopscopeImmediate, Object)
    enum Slot : uint { IdleNext, IdlePrevious, OnImmediate, Arguments, Destroyed, Referenced, AsyncId, TriggerAsyncId };
    enum { NInlineProperties = TriggerAsyncId + 1 };
};

struct LoopscopeWaiting : Object
{
    V4_OBJECT2(LoopscopeWaiting, Object)
};

} // namespace QV4

namespace loopscope {

/// The internal class that all objects of one kind begin with, and access to their properties by place. A script may give an object other
/// properties, or accessors: then its class is another, and the way leads through the name, as in Node.
template<typename T>
class SlotClass
{
public:
    using Heap = typename T::Data;

    void build(QV4::ExecutionEngine *engine, const QV4::Value &prototype, const QV4::Value *names)
    {
        QV4::Scope scope(engine);
        QV4::Scoped<QV4::InternalClass> empty(scope, T::defaultInternalClass(engine));
        empty = empty->changeVTable(T::staticVTable());
        QV4::ScopedObject parent(scope, prototype);
        empty = empty->changePrototype(parent->d());
        QV4::Scoped<T> sample(scope, engine->memoryManager->allocObject<T>(empty->d()));
        QV4::ScopedStringOrSymbol name(scope);
        for (uint slot = 0; slot < m_names.size(); ++slot) {
            name = names[slot];
            m_names[slot].set(engine, name);
            sample->insertMember(name, QV4::Value::undefinedValue());
        }
        m_class = sample->d()->internalClass;
        m_kept.set(engine, m_class);
    }

    Heap *make(QV4::ExecutionEngine *engine) const { return engine->memoryManager->allocObject<T>(m_class); }

    QV4::ReturnedValue get(const QV4::Scoped<T> &object, uint slot) const
    {
        if (isPlain(object->d()))
            return slots(object->d())[slot].asReturnedValue();
        QV4::Scope scope(object->engine());
        QV4::ScopedStringOrSymbol name(scope, m_names[slot].value());
        return object->get(name);
    }

    /// A script put an accessor there: reading it runs code.
    bool isAccessor(const QV4::Scoped<T> &object, uint slot) const
    {
        if (isPlain(object->d()))
            return false;
        QV4::Scope scope(object->engine());
        QV4::ScopedStringOrSymbol name(scope, m_names[slot].value());
        QV4::ScopedProperty property(scope);
        return object->getOwnProperty(name->toPropertyKey(), property).isAccessor();
    }

    bool isTrue(const QV4::Scoped<T> &object, uint slot) const { return QV4::Value::fromReturnedValue(get(object, slot)).toBoolean(); }

    void set(const QV4::Scoped<T> &object, uint slot, QV4::Value value) const
    {
        if (isPlain(object->d())) {
            init(object->d(), slot, value);
            return;
        }
        QV4::Scope scope(object->engine());
        QV4::ScopedObject changed(scope, object->d());
        QV4::ScopedValue kept(scope, value);
        QV4::ScopedStringOrSymbol name(scope, m_names[slot].value());
        changed->put(name, kept);
    }

    /// For an object just made.
    void init(Heap *object, uint slot, QV4::Value value) const
    {
        object->setInlinePropertyWithOffset(m_class->engine, T::static_vtbl.inlinePropertyOffset + slot, value);
    }

private:
    bool isPlain(const Heap *object) const { return object->internalClass.get() == m_class; }
    static const QV4::Value *slots(const Heap *object)
    {
        return reinterpret_cast<const QV4::Value *>(object) + T::static_vtbl.inlinePropertyOffset;
    }

    QV4::Heap::InternalClass *m_class = nullptr;
    QV4::PersistentValue m_kept;
    std::array<QV4::PersistentValue, T::NInlineProperties> m_names;
};

} // namespace loopscope
