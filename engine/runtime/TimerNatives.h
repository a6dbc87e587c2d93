// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "loop/EventLoop.h"
#include "runtime/Core.h"

#include <unordered_map>

namespace loopscope {

/// setTimeout, setInterval and setImmediate between js/core/timers.js (Node's classes and arguments) and the loop (order and time).
/// A waiting timer or immediate is known by the number of its task.
class TimerNatives
{
public:
    TimerNatives(Core &core, EventLoop &loop);
    ~TimerNatives();
    static TimerNatives &current() { return *s_current; }

    void install(QV4::Object *binding);
    void discard(Immediate *immediate);

private:
    class JsTimer;
    class JsImmediate;
    friend struct TimerFunctions;

    SubjectId arm(
        const QV4::Value &timeout, quint64 duration, bool isInterval, bool referenced, const QV4::Value &callback, SubjectId reuse);
    void disarm(SubjectId task);
    void reference(SubjectId task, bool referenced);
    void recordDue(SubjectId task, quint64 start, quint64 duration);

    static thread_local TimerNatives *s_current;
    Core &m_core;
    EventLoop &m_loop;
    std::unordered_map<SubjectId, JsTimer *> m_timers;
    std::unordered_map<SubjectId, JsImmediate *> m_immediates;
    QV4::PersistentValue m_onTimeout;
    QV4::PersistentValue m_timerArguments;
    QV4::PersistentValue m_repeat;
    QV4::PersistentValue m_idleTimeout;
    QV4::PersistentValue m_destroyed;
    QV4::PersistentValue m_onImmediate;
    QV4::PersistentValue m_immediateArguments;
};

} // namespace loopscope
