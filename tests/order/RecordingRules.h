// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/RecordingReader.h"

#include <QHash>
#include <QString>
#include <QStringList>

#include <vector>

namespace loopscope {

/// What holds in every recording, because Node's event loop guarantees it. Reads the whole recording once.
class RecordingRules
{
public:
    explicit RecordingRules(const RecordingReader &reader);

    /// A sentence with the number of the event; empty if all rules hold:
    ///  * the run starts first and ends last, time never goes back;
    ///  * phases come in Node's order, once an iteration;
    ///  * a task is created before it begins, begins once for each time it was made or armed, ends if it began, innermost first;
    ///  * timers run in the timers phase, not before their time; immediates in the check phase, I/O in poll;
    ///  * ticks and microtasks are through before a callback of a phase begins, before a phase is entered and before the loop sleeps;
    ///  * ticks come before microtasks after a callback, and microtasks are through before the ticks they made.
    QString firstBrokenRule();

    /// What began and what was printed, in order, with names instead of numbers and without times.
    QStringList order() const;
    /// True if the run took a choice that Node leaves open, or did I/O (the order of its completions depends on the seed).
    bool hasFreedom() const;

private:
    struct Task
    {
        TaskKind kind = TaskKind::Script;
        bool waits = false; ///< may begin
        qint64 due = 0; ///< timers: ns
    };
    enum class Queue : quint8 { None, Tick, Micro };

    QString check(const Event &event);
    QString checkPhase(const Event &event);
    QString checkTask(const Event &event);
    QString checkBegin(const Event &event, Task &task);
    QString checkQueues(const Event &event, const Task &task);
    QString checkEnd(const Event &event);
    static Queue queueOf(TaskKind kind);
    bool queuesAreThrough() const { return m_threw || (m_waitingTicks == 0 && m_waitingMicrotasks == 0); }
    int &waitingIn(Queue queue) { return queue == Queue::Tick ? m_waitingTicks : m_waitingMicrotasks; }

    const RecordingReader &m_reader;
    QHash<SubjectId, Task> m_tasks;
    std::vector<SubjectId> m_running;
    quint64 m_time = 0;
    Phase m_phase = Phase::None;
    Phase m_lastPhase = Phase::None;
    int m_waitingTicks = 0;
    int m_waitingMicrotasks = 0;
    Queue m_lastQueue = Queue::None; ///< of the callback that ended last at the bottom
    bool m_isModule = false;
    /// An error that nobody caught ended a callback since the queues were last through. Node leaves them as they are then and empties
    /// them from an immediate of its own; callbacks of phases can come before.
    bool m_threw = false;
};

} // namespace loopscope
