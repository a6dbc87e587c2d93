// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <map>
#include <vector>

namespace loopscope {

/// What the processes of a server use, by the system's own figures. Used on one thread.
class ServerUsage
{
public:
    struct Figures
    {
        double processorSeconds = 0; ///< of all processes, with those that have ended
        qint64 memoryBytes = 0; ///< in memory: all that is the processes' own, and files once, as all run the same program
        qint64 contextSwitches = 0; ///< with those of processes that have ended
    };

    struct Process
    {
        double seconds = 0;
        qint64 memoryBytes = 0; ///< the most that was seen
        qint64 switches = 0;
    };

    struct Memory ///< bytes that are in memory
    {
        qint64 own = 0;
        qint64 files = 0; ///< which other processes have, too
    };
    /// 0 if there is no such process. (smaps_rollup would tell more, but takes seconds where there are hundreds of threads.)
    static Memory memoryOf(int process);

    /// Now; memory and context switches are looked up once a second at most, as that takes long where there are many threads.
    Figures look(const std::vector<int> &processes);
    /// All that there were, by their numbers.
    const std::map<int, Process> &processes() const { return m_processes; }

private:
    std::map<int, Process> m_processes;
    qint64 m_memory = 0;
    qint64 m_lookedAt = 0; ///< ns
};

} // namespace loopscope
