// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"
#include "runtime/AsyncHooks.h"
#include "runtime/V4.h"

/// Jobs and promises as objects of V4's garbage-collected heap. A job is made once, when a reaction is added (or a tick is asked for); when
/// it becomes due it is linked into its queue as it is, so running a microtask allocates nothing.
namespace QV4 {
namespace Heap {

struct LoopscopeJob;
struct LoopscopePromise;
struct LoopscopeResolver;
struct LoopscopeElement;

#define LoopscopeJobMembers(class, Member)                                                                                                 \
    Member(class, HeapValue, HeapValue, handler) Member(class, HeapValue, HeapValue, rejectHandler)                                        \
        Member(class, HeapValue, HeapValue, capability) Member(class, HeapValue, HeapValue, argument)                                      \
            Member(class, HeapValue, HeapValue, context) Member(class, Pointer, LoopscopeJob *, next)

/// handler: what to call when fulfilled (or the callback, the `then` function, the coroutine of an await);
/// rejectHandler: the same for a rejection; capability: the derived promise, a {promise, resolve, reject} object, or undefined;
/// argument: the settled value (ticks: undefined, one argument in an array...); context: the async context it was made in.
/// Ticks and queued microtasks have asyncId and triggerId, and keep the object that stands for them (async_hooks) as capability; an await
/// that is tracked keeps there the promise that stands for it.
DECLARE_HEAP_OBJECT(LoopscopeJob, Object)
{
    DECLARE_MARKOBJECTS(LoopscopeJob)
    quint32 subject;
    quint32 site;
    quint32 cause;
    quint32 asyncId;
    quint32 triggerId; ///< of a reaction: the site of what `catch` or `finally` was given; its handler calls that
    loopscope::TaskKind kind;
    bool isRejected;
    bool isAtAwait; ///< `site` is that of an await
    void init()
    {
        Object::init();
        subject = site = cause = asyncId = triggerId = 0;
        kind = loopscope::TaskKind::PromiseReaction;
        isRejected = false;
        isAtAwait = false;
    }
    loopscope::AsyncOperation operation() const { return {asyncId, triggerId}; }
    quint32 handlerSite() const { return kind == loopscope::TaskKind::PromiseReaction ? triggerId : 0; }
};

#define LoopscopePromiseMembers(class, Member)                                                                                             \
    Member(class, HeapValue, HeapValue, result) Member(class, Pointer, LoopscopeJob *, firstReaction)                                      \
        Member(class, Pointer, LoopscopeJob *, lastReaction)

/// While a promise is pending its `result` is the async context it was made in, which an unhandled rejection is told in.
DECLARE_HEAP_OBJECT(LoopscopePromise, Object)
{
    DECLARE_MARKOBJECTS(LoopscopePromise)
    enum State : quint8 { Pending, Fulfilled, Rejected };
    quint32 subject;
    quint32 asyncId; ///< 0 until somebody tracks promises
    quint32 triggerId;
    State state;
    bool isHandled;
    bool alreadyResolved; ///< of the intrinsic resolving functions that have no objects of their own
    void init()
    {
        Object::init();
        subject = asyncId = triggerId = 0;
        state = Pending;
        isHandled = false;
        alreadyResolved = false;
    }
    loopscope::AsyncOperation operation() const { return {asyncId, triggerId}; }
};

#define LoopscopeCoroutineMembers(class, Member)                                                                                           \
    Member(class, HeapValue, HeapValue, generator) Member(class, Pointer, LoopscopePromise *, promise)                                     \
        Member(class, Pointer, LoopscopeJob *, job)

/// An async function that is suspended or runs: its lowered generator, the promise it answers with, and the job that continues it, which
/// serves all of its awaits, because it is at one at a time.
DECLARE_HEAP_OBJECT(LoopscopeCoroutine, Object)
{
    DECLARE_MARKOBJECTS(LoopscopeCoroutine)
    quint32 awaitSite;
    quint32 awaited;
    bool yieldsPlainly; ///< see PlainYield
    void init()
    {
        Object::init();
        awaitSite = awaited = 0;
        yieldsPlainly = false;
    }
};

#define LoopscopeResolverMembers(class, Member)                                                                                            \
    Member(class, Pointer, LoopscopePromise *, promise) Member(class, Pointer, LoopscopeResolver *, sibling)

/// One of the pair of functions that an executor gets.
DECLARE_HEAP_OBJECT(LoopscopeResolver, FunctionObject)
{
    DECLARE_MARKOBJECTS(LoopscopeResolver)
    bool rejects;
    bool alreadyResolved; ///< kept on the pair's resolve function
};

#define LoopscopeElementMembers(class, Member)                                                                                             \
    Member(class, HeapValue, HeapValue, settle) Member(class, Pointer, LoopscopePromise *, promise)                                        \
        Member(class, Pointer, LoopscopeElement *, sibling)

/// The function by which one promise given to a combinator tells its outcome; the first call of it (or of its sibling) calls
/// settle(index, outcome).
DECLARE_HEAP_OBJECT(LoopscopeElement, FunctionObject)
{
    DECLARE_MARKOBJECTS(LoopscopeElement)
    quint32 index;
    loopscope::PromiseOrigin combinator;
    bool wasCalled; ///< kept on the pair's first
};

struct LoopscopePromiseConstructor : FunctionObject
{
    void init(QV4::ExecutionContext *scope);
};

} // namespace Heap

// No room for properties inside: hardly one ever gets any, and every object is smaller for it.
struct LoopscopeJob : Object
{
    V4_OBJECT2(LoopscopeJob, Object)
    enum { NInlineProperties = 0 };
};

struct LoopscopePromise : Object
{
    V4_OBJECT2(LoopscopePromise, Object)
    enum { NInlineProperties = 0 };
};

struct LoopscopeCoroutine : Object
{
    V4_OBJECT2(LoopscopeCoroutine, Object)
    enum { NInlineProperties = 0 };
};

struct LoopscopeResolver : FunctionObject
{
    V4_OBJECT2(LoopscopeResolver, FunctionObject)
    static ReturnedValue virtualCall(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc);
};

struct LoopscopeElement : FunctionObject
{
    V4_OBJECT2(LoopscopeElement, FunctionObject)
    static ReturnedValue virtualCall(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc);
};

struct LoopscopePromiseConstructor : FunctionObject
{
    V4_OBJECT2(LoopscopePromiseConstructor, FunctionObject)
    static ReturnedValue virtualCall(const FunctionObject *function, const Value *thisObject, const Value *argv, int argc);
    static ReturnedValue virtualCallAsConstructor(const FunctionObject *function, const Value *argv, int argc, const Value *newTarget);
};

} // namespace QV4
