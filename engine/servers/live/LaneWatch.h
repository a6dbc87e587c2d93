// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/live/LaneBoard.h"

#include <array>
#include <vector>

namespace loopscope {

/// What the lanes of a server say, as spans of its threads and as the ways of its first requests. Used on one thread.
class LaneWatch
{
public:
    /// A request on the server; times are seconds of the run, 0 where there was none.
    struct Way
    {
        double began = 0;
        double handler = 0;
        double ended = 0;
        int lane = -1; ///< -1: it never came
        std::vector<LabSpan> spans; ///< of threads that had it: its own, and workers
    };

    /// `origin`: ns of CLOCK_MONOTONIC at second 0 of the run. `keepsWays`: of requests up to this number.
    LaneWatch(const LaneBoard &board, qint64 origin, qint64 keepsWays);
    /// Better known now; before the first take().
    void setOrigin(qint64 origin);

    /// Takes in what was written since the last call; spans that have ended, or go on, up to now.
    LabLanes take();
    /// Requests that came to the server's code and have not ended.
    qint64 inService() const;
    /// By ThreadState. The lanes do not know who waits for a processor: of those that run, `waiting` do (ThreadUsage), on average.
    std::array<int, 4> states(double waiting) const;
    int threads() const; ///< that live
    /// Null: it did not come, or is beyond those that are kept.
    const Way *way(qint64 request) const;

private:
    struct Lane
    {
        LaneReader reader;
        ThreadState state = ThreadState::Gone;
        qint64 request = 0;
        double since = 0;
    };
    double seconds(qint64 time) const { return static_cast<double>(time - m_origin) / 1e9; }
    void note(int index, const LaneNote &note, LabLanes *lanes);
    Way *keptWay(qint64 request);
    ThreadState shown(int lane, ThreadState state) const;
    void close(int index, double until, LabLanes *lanes);

    const LaneBoard &m_board;
    qint64 m_origin;
    const qint64 m_keepsWays;
    std::vector<Lane> m_lanes;
    std::vector<Way> m_ways; ///< by number - 1
    qint64 m_missed = 0;
};

} // namespace loopscope
