// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/IoProvider.h"

#include <functional>
#include <memory>

namespace loopscope {

class Clock;
class EventLoop;
class LoopClient;
class LoopThread;
class ServerHook;
class SimulatedNetwork;
class Tracer;

/// Takes part in a run in virtual time beside its script: clients of a server, threads in place of the loop's phases. Of the main loop,
/// and called on its thread, if nothing else is said. RunOptions::companion; it has to live longer than the Runtime.
class RunCompanion
{
public:
    struct Parts
    {
        Tracer &tracer;
        EventLoop &loop;
        LoopClient &client;
        std::shared_ptr<SimulatedNetwork> network;
        std::function<void()> stop; ///< ends the run
        /// Runs the same script once more, in an engine of its own on a thread of its own: another process of the same machine, with its
        /// files and network. Its `companion` gives it its turns (EventLoop::setOrder); nothing else keeps it from running at the same
        /// time. `moment`: run time at which it begins. Destroying what this gives waits for its end.
        std::function<std::shared_ptr<LoopThread>(RunCompanion &companion, ServerHook *server, int process, quint64 moment)> startProcess;
    };

    virtual ~RunCompanion() = default;
    /// The I/O that the script gets; as it is, or with something of the companion's around it.
    virtual std::unique_ptr<IoProvider> adopt(std::unique_ptr<IoProvider> provider) = 0;
    /// After adopt(), before any script.
    virtual void join(const Parts &parts) = 0;
    /// A loop beside the main one begins, on its thread. `loop`: its number in the group.
    virtual void joinBeside(int loop, Tracer &tracer)
    {
        Q_UNUSED(loop)
        Q_UNUSED(tracer)
    }
    /// What the network takes for the time, in ns, when the clock is at `now`.
    virtual quint64 networkTime(quint64 now) const { return now; }
    /// From time to time, also within long callbacks.
    virtual void attend() { }
    /// Nobody caught an error; true if it shall not end the run.
    virtual bool contain(const QString &reason)
    {
        Q_UNUSED(reason)
        return false;
    }
};

} // namespace loopscope
