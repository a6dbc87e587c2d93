// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "runtime/Core.h"
#include "runtime/LoopGroup.h"

#include <functional>
#include <map>
#include <memory>

namespace loopscope {

class HandleInFlight;
class LoopThread;
struct LoopStart;
class RuntimeHost;

/// What a loop of a run has to do with the others: ports, workers and child loops, shared memory. The natives `binding.loops`, behind
/// js/lib/internal/message-port.js and js/lib/internal/worker.js.
class LoopNatives
{
public:
    /// `loop`: the number of this one in the group.
    LoopNatives(RuntimeHost &host, std::shared_ptr<LoopGroup> group, int loop);
    ~LoopNatives();
    static LoopNatives &current() { return *s_current; }

    void install(QV4::Object *binding);

    LoopGroup &group() { return *m_group; }
    int loop() const { return m_loop; }

    /// Ports that are listened at and loops that were started keep this one alive.
    bool hasReferences() const { return m_references > 0; }
    /// When something comes to this loop; ~0 if nothing is on its way.
    quint64 nextMoment() const { return m_group->nextNotice(m_loop); }
    /// Delivers what has come up to now, each message as a task; `afterEach` drains ticks and microtasks.
    void runReady(const std::function<void()> &afterEach);
    /// Starts a script beside the main one. waitForProcesses() waits for all of these, and for child processes, to come to their own end.
    void startBeside(const QString &file);
    /// Child processes live on without the one that started them.
    void waitForProcesses();
    /// Leaves them to the main loop, as this one ends.
    void leaveProcesses();
    /// For the main loop: all that others left, too.
    void takeProcesses() { m_children.merge(m_group->takeOrphans()); }
    /// Ends the loops that this one started, and waits until they have.
    void endChildren();
    /// Atomics.wait: stops the loop until then (run time), or until somebody notifies.
    LoopGroup::WaitOutcome waitAt(const void *address, quint64 until);
    /// What came with a message, by the number that JavaScript was given; null if it was taken already.
    std::shared_ptr<HandleInFlight> takeArrived(quint32 number);
    /// What other loops do from now on can matter earlier than was known.
    void othersChanged();

private:
    friend struct LoopFunctions;
    void deliver(const Notice &notice, const std::function<void()> &afterEach);
    void runTask(const char *hook, const QString &name, SubjectId cause, const QV4::Value *arguments, int count);
    int start(const QV4::Value &options);
    int launch(LoopStart &&start);
    void join(int loop);
    /// A child process, or a script beside the main one, that has not ended; -1 if there is none.
    int livingProcess();
    quint64 now() const;
    QV4::ReturnedValue arrivedHandles(Message &message);

    static thread_local LoopNatives *s_current;
    RuntimeHost &m_host;
    Core &m_core;
    std::shared_ptr<LoopGroup> m_group;
    const int m_loop;
    int m_references = 0;
    std::map<quint32, std::shared_ptr<HandleInFlight>> m_arrived; ///< handles that came, and wait for takeArrived()
    quint32 m_lastArrived = 0;
    std::map<int, std::shared_ptr<LoopThread>> m_children; ///< that have not ended
};

} // namespace loopscope
