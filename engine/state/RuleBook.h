// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <QCoreApplication>
#include <QString>

namespace loopscope {

/// Why something happened, told twice.
struct Rule
{
    QString plain; ///< the sentence a beginner needs
    QString mechanism; ///< how Node.js 20, libuv, V8 and ECMAScript bring it about
};

/// What decides between rules and is not in the event itself.
struct Occasion
{
    TaskKind task = TaskKind::Internal; ///< of the task the event is about
    QString name; ///< that task's name: which event of `process`, which work of Node's own
    bool isNested = false; ///< the task runs inside another one
    bool ticksWait = false; ///< the nextTick queue is not empty
};

/// The rules by which Node.js 20 runs a program: for every kind of event the one that made it happen.
///
/// Sources: libuv 1.46 (src/unix/core.c: uv_run and uv__backend_timeout; src/threadpool.c), Node 20 (lib/internal/timers.js,
/// lib/internal/process/task_queues.js and promises.js, src/api/callback.cc, src/api/embed_helpers.cc, src/env.cc), ECMAScript 2023
/// (9.5 Jobs, 27.2 Promise Objects, 27.7.5.3 Await).
class RuleBook
{
    Q_DECLARE_TR_FUNCTIONS(loopscope::RuleBook)

public:
    static Rule of(const Event &event, const Occasion &occasion);
    /// Of a task that waits: why it is where it is.
    static Rule ofWaiting(TaskKind task);
    /// Of an I/O request that waits for a thread of the pool, or is worked on.
    static Rule ofRequest(bool isInKernel);

private:
    // RuleBookTasks.cpp
    static Rule ofTask(const Event &event, const Occasion &occasion);
    static Rule ofTaskBegun(const Occasion &occasion);
    static Rule ofJobBegun(const Occasion &occasion);
    static Rule ofTaskEnded(const Event &event, const Occasion &occasion);
    static Rule ofCancelled(TaskKind task);
    static Rule ofProcessEvent(const QString &name);
    static Rule ofInternalWork(const QString &name);
    // RuleBookPromises.cpp
    static Rule ofPromise(const Event &event);
    static Rule ofPromiseCreated(PromiseOrigin origin);
    static Rule ofReaction(ReactionKind reaction);
    // RuleBook.cpp
    static Rule ofRun(const Event &event);
    static Rule ofRunEnded(RunEnding ending);
    static Rule ofPhase(Phase phase);
    static Rule ofPollWait(qint64 timeout);
    static Rule ofCall(const Event &event);
    static Rule ofRequestEvent(const Event &event);
    static Rule ofNote(const Event &event);
    // RuleBookServers.cpp
    static Rule ofServer(const Event &event);
};

} // namespace loopscope
