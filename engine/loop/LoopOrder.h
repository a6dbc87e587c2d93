// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <functional>

namespace loopscope {

struct Immediate;
struct Timer;

/// Another order of callbacks than that of the phases (EventLoop::setOrder): that of threads, say, which each run what is theirs. It is
/// told of what waits, and calls EventLoop::run(timer), EventLoop::run(immediate) or the callback when its turn has come.
class LoopOrder
{
public:
    virtual ~LoopOrder() = default;
    /// Until nothing is left that keeps the loop alive, or the client stops.
    virtual void run() = 0;
    /// What the loop does not know of keeps it alive.
    virtual bool isAlive() const = 0;
    /// The timer is due `duration` ms from now. One that waited already waits anew.
    virtual void armed(Timer &timer, quint64 duration) = 0;
    /// The timer waits no more, or it runs.
    virtual void disarmed(Timer &timer) = 0;
    virtual void enqueued(Immediate &immediate) = 0;
    /// A callback of the pending or the closing phase. It drains ticks and microtasks itself.
    virtual void enqueued(std::function<void()> callback) = 0;
};

} // namespace loopscope
