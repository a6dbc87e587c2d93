// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileNotices.h"
#include "io/FileSystem.h"
#include "io/IoProvider.h"

#include <map>
#include <unordered_map>

namespace loopscope {

/// libuv's watchers of files (uv_fs_event) of one loop, over a file system that tells of its changes. As libuv: watchers of the same file
/// share one watch of the system's, and are told one after the other; a name that the system does not give is the last part of the path
/// that the first of them watches. Used on the loop's thread.
class SimulatedWatchers
{
public:
    /// `files` has to live longer. `now`: run time of the loop, in ns.
    SimulatedWatchers(FileSystem &files, std::function<quint64()> now);
    ~SimulatedWatchers();
    SimulatedWatchers(const SimulatedWatchers &) = delete;
    SimulatedWatchers &operator=(const SimulatedWatchers &) = delete;

    /// 0, a negative errno or refusedAccess.
    int watch(HandleId watcher, const QByteArray &path);
    void close(HandleId watcher);

    void fetch(const HandleEvent &event) { m_notices.read(event.number); }
    void takeTransitions(std::vector<IoTransition> *transitions);
    quint64 nextTransition() const { return m_notices.nextMoment(); }

private:
    struct Watch
    {
        QByteArray name;
        std::vector<HandleId> watchers; ///< the oldest first
    };

    FileSystem &m_files;
    FileNotices m_notices;
    std::map<int, Watch> m_watches; ///< by the system's number
    std::unordered_map<HandleId, int> m_numbers;
};

} // namespace loopscope
