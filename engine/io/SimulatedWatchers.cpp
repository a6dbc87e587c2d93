// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SimulatedWatchers.h"

#include <algorithm>
#include <cerrno>
#include <sys/inotify.h>
#include <uv.h>

namespace loopscope {

SimulatedWatchers::SimulatedWatchers(FileSystem &files, std::function<quint64()> now)
    : m_files(files)
    , m_notices(std::move(now))
{
}

SimulatedWatchers::~SimulatedWatchers() { m_files.removeWatches(m_notices); }

int SimulatedWatchers::watch(HandleId watcher, const QByteArray &path)
{
    if (m_numbers.count(watcher) != 0)
        return -EINVAL;
    const int number = m_files.addWatch(path, m_notices);
    if (number < 0)
        return number;
    Watch &watch = m_watches[number];
    if (watch.watchers.empty())
        watch.name = path.mid(path.lastIndexOf('/') + 1);
    watch.watchers.push_back(watcher);
    m_numbers.emplace(watcher, number);
    return 0;
}

void SimulatedWatchers::close(HandleId watcher)
{
    const auto found = m_numbers.find(watcher);
    if (found == m_numbers.end())
        return;
    const int number = found->second;
    m_numbers.erase(found);
    std::vector<HandleId> &watchers = m_watches[number].watchers;
    watchers.erase(std::remove(watchers.begin(), watchers.end(), watcher), watchers.end());
    if (!watchers.empty())
        return;
    m_watches.erase(number);
    m_files.removeWatch(m_notices, number);
}

void SimulatedWatchers::takeTransitions(std::vector<IoTransition> *transitions)
{
    for (FileNotice &notice : m_notices.take()) {
        const auto watch = m_watches.find(notice.watch);
        if (watch == m_watches.end())
            continue;
        for (const HandleId watcher : watch->second.watchers) {
            IoTransition transition;
            transition.time = notice.time;
            transition.kind = IoTransition::Kind::Told;
            transition.event.kind = HandleEvent::Kind::Changed;
            transition.event.handle = watcher;
            transition.event.number = notice.number;
            // As uv__inotify_read and Node: what is more than a change of content or attributes is a renaming. A folder's mask always is.
            const bool isChange = (notice.mask & ~static_cast<quint32>(IN_ATTRIB | IN_MODIFY)) == 0;
            transition.event.status = isChange ? UV_CHANGE : UV_RENAME;
            transition.event.data = notice.name.isEmpty() ? watch->second.name : notice.name;
            transitions->push_back(std::move(transition));
        }
    }
}

} // namespace loopscope
