// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "state/LoopState.h"

namespace loopscope {

/// What the loop does next by its rules alone, judged from what waits at a moment: for the end of a recording whose run goes on. It holds
/// as long as what runs asks for nothing more and no time or I/O comes meanwhile. (The order is that of Node 20: lib/internal/timers.js,
/// lib/internal/process/task_queues.js and libuv's uv_run.)
struct Forecast
{
    enum class Turn : quint8 {
        Unknown, ///< the rules do not decide it
        AtOnce, ///< what no queue holds: scripts, modules, events of `process`
        Tick, ///< nextTick queue, after a callback
        Microtask,
        LoopBegins, ///< the script has ended
        NothingWaits, ///< the loop does not begin: nothing keeps it alive
        Timer, ///< the timers phase goes on with one that is due
        AfterTimers, ///< no other is due
        Pending,
        AfterPending,
        Waits, ///< poll waits
        FinishedIo, ///< poll goes on with I/O that is done
        CheckAfterPoll,
        AfterPoll, ///< no immediate waits
        Immediate, ///< the check phase goes on
        AfterCheck,
        Closing,
        AfterClosing,
    };
    Turn turn = Turn::Unknown;
    SubjectId task = 0; ///< the callback that runs, or (Waits) the timer that ends the wait; 0 if there is none

    /// `phaseEvent`: index of the event that entered the state's phase; what was made after it has to wait for the next iteration.
    /// `drainsMicrotasks`: microtasks come before ticks, as while they are drained and after the code of an ES module.
    static Forecast of(const LoopState &state, quint64 phaseEvent, bool drainsMicrotasks);

private:
    static Forecast ofPhase(const LoopState &state, quint64 phaseEvent);
};

} // namespace loopscope
