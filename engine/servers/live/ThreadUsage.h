// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "servers/live/LaneBoard.h"

#include <vector>

namespace loopscope {

/// What the threads of a server's lanes use, by the system's own figures (/proc/PID/task/TID/schedstat). Used on one thread.
class ThreadUsage
{
public:
    /// Of all threads that a lane has had.
    struct Figures
    {
        double processorSeconds = 0;
        double readySeconds = 0; ///< could have run, and waited for a processor
    };

    explicit ThreadUsage(const LaneBoard &board);
    /// Looks at all lanes, some 10 us each; of many threads once a second at most, unless it is forced.
    void look(bool isForced = false);
    const std::vector<Figures> &lanes() const { return m_figures; }
    /// Threads that waited for a processor, on average between the last two looks.
    double ready() const { return m_ready; }

private:
    struct Lane
    {
        int process = 0;
        int thread = 0;
        Figures before; ///< of the lane's earlier threads
    };

    const LaneBoard &m_board;
    std::vector<Lane> m_lanes;
    std::vector<Figures> m_figures;
    qint64 m_lookedAt = 0; ///< ns
    double m_ready = 0;
};

} // namespace loopscope
