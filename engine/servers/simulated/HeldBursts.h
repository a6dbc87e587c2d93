// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording/Event.h"

#include <map>
#include <vector>

namespace loopscope {

class Machine;
class ServerTrace;

/// The events of bursts whose JavaScript has run already, until the machine has come to them: then they are recorded, in the order of time
/// over all threads, each at the moment at which its thread was so far, however often it was interrupted. Times are ns of run time.
class HeldBursts
{
public:
    explicit HeldBursts(ServerTrace &trace)
        : m_trace(trace)
    {
    }

    /// A burst begins at `now`; the times of its events are those of a thread that is never interrupted. Nothing is recorded of threads
    /// without a lane.
    void begin(int thread, std::vector<Event> &&events, quint64 now);
    /// Records what has happened. To be called whenever anything happens on the machine, before it does.
    void advanceTo(quint64 now, const Machine &machine);
    /// The burst is over.
    void end(int thread, quint64 now);
    /// All bursts are.
    void endAll(quint64 now);

private:
    struct Burst
    {
        quint64 start = 0;
        std::vector<Event> events;
        std::size_t next = 0; ///< that was not recorded yet
    };
    void endBurst(Burst &burst, quint64 now);

    ServerTrace &m_trace;
    std::map<int, Burst> m_bursts; ///< by thread
    std::vector<Event> m_due;
};

} // namespace loopscope
