// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"
#include "runtime/TimerObjects.h"

#include <QHash>

namespace loopscope {

/// setTimeout, setInterval and setImmediate: Node's lib/internal/timers.js between the loop (order and time) and js/core/timers.js (the
/// classes' methods and the old interface).
class TimerNatives
{
public:
    TimerNatives(Core &core, EventLoop &loop);
    ~TimerNatives();
    static TimerNatives *current() { return s_current; }

    void install(QV4::Object *binding);

    /// Delays, in ms, that timers get instead of what the script asks for.
    void setDelays(const QHash<SubjectId, quint32> &delays) { m_givenDelays = delays; }
    /// Those of timers that nobody has made.
    QList<SubjectId> unusedDelays() const { return m_givenDelays.keys(); }

    // For the loop.
    bool fire(Timer &timer);
    bool run(Immediate &immediate);

    /// A timer waits whose function is the script's.
    bool hasTimersOfScript() const;
    /// Marks what waits, for the garbage collector.
    void mark(QV4::MarkStack *stack) const;

private:
    friend struct TimerFunctions;
    using Timeout = QV4::LoopscopeTimeout;
    using ScopedTimeout = QV4::Scoped<QV4::LoopscopeTimeout>;
    using ScopedImmediate = QV4::Scoped<QV4::LoopscopeImmediate>;

    QV4::ReturnedValue setTimer(const QV4::Value *argv, int argc, bool repeats);
    /// `delay` becomes the one that was given for this timer, if one was.
    QV4::Heap::LoopscopeTimeout *makeTimeout(
        const QV4::Value &callback, double &delay, const QV4::Value &arguments, bool repeats, bool referenced);
    QV4::ReturnedValue setImmediate(const QV4::Value *argv, int argc);
    /// Node's clamped delay; with an exception pending if the value has none.
    double delayOf(const QV4::Value &after);

    /// Puts a timer into its list; `cause` is who has it wait anew, if it waited before.
    void arm(const ScopedTimeout &timeout, double delay, quint64 start, SubjectId cause);
    /// Node's insertGuarded: refresh() and the old interface's active().
    void activate(const ScopedTimeout &timeout, bool referenced);
    /// Takes a timer out for good (Node's unenroll).
    void unenroll(const ScopedTimeout &timeout);
    /// It will not run again: what both of its ends have in common.
    void retire(const ScopedTimeout &timeout);
    void setNeighbours(const ScopedTimeout &timeout, const QV4::Value &previous, const QV4::Value &next);
    void showNeighbours(const ScopedTimeout &timeout, bool shows);
    void referenceTimer(const ScopedTimeout &timeout, bool referenced);
    /// After the callback: an interval goes back into its list.
    void goOn(const ScopedTimeout &timeout, quint64 start);

    void clearImmediate(const ScopedImmediate &immediate);
    void referenceImmediate(const ScopedImmediate &immediate, bool referenced);

    /// Calls what a timer or immediate holds, with itself as this, as a task. False, with the error in `result`, if it threw.
    template<typename T>
    bool callTask(TaskKind kind, const QV4::Scoped<T> &object, const QV4::Value &callback, const QV4::Value &arguments, QV4::Value *result);
    /// After the callback, and after its error was seen to.
    void endOperation(const AsyncOperation &operation);
    /// Gives a timer its async ids, anew each time it comes back to life.
    void beginOperation(const ScopedTimeout &timeout);
    void recordCreated(TaskKind kind, const TaskOrigin &origin, const QV4::Value &callback);

    static thread_local TimerNatives *s_current;
    Core &m_core;
    EventLoop &m_loop;
    QV4::ExecutionEngine *m_v4;
    SlotClass<QV4::LoopscopeTimeout> m_timeouts;
    SlotClass<QV4::LoopscopeImmediate> m_immediates;
    QHash<SubjectId, quint32> m_givenDelays;
    QV4::PersistentValue m_waiting;
    QV4::PersistentValue m_waitingList; ///< what `_idlePrev` and `_idleNext` of a waiting timer show
};

} // namespace loopscope
