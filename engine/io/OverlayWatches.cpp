// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"

#include <algorithm>
#include <cerrno>
#include <sys/inotify.h>
#include <unistd.h>

namespace loopscope {

// Which notices a call brings, and in which order, is what fs/namei.c, fs/attr.c and include/linux/fsnotify.h of Linux do.

int OverlayFileSystem::addWatch(const QByteArray &path, FileNotices &notices)
{
    const std::lock_guard lock(m_mutex);
    Place place;
    if (const int error = walkToNode(path, Follow::All, &place); error < 0)
        return error;
    OverlayNode &node = *place.node;
    FileStatus status;
    if (const int error = currentStatus(node, &status); error < 0)
        return error;
    if (!permits(status, R_OK))
        return -EACCES;
    if (!node.real.isEmpty()) {
        if (const int error = m_real.checkReadable(node.real); error < 0)
            return error;
    }
    for (const Watch &watch : m_watches) {
        if (watch.node == place.node && watch.notices == &notices)
            return watch.number;
    }
    // One node for all who come to this file from now on.
    if (place.last == Last::Name)
        place.folder->entries[place.name] = place.node;
    if (node.isFile() && !node.kept)
        m_identities[{status.device, status.inode}] = place.node;
    m_watches.push_back({++m_lastWatch, place.node, &notices});
    return m_lastWatch;
}

void OverlayFileSystem::removeWatch(FileNotices &notices, int number)
{
    const std::lock_guard lock(m_mutex);
    const auto isIt = [&](const Watch &watch) { return watch.number == number && watch.notices == &notices; };
    m_watches.erase(std::remove_if(m_watches.begin(), m_watches.end(), isIt), m_watches.end());
}

void OverlayFileSystem::removeWatches(FileNotices &notices)
{
    const std::lock_guard lock(m_mutex);
    const auto isOne = [&](const Watch &watch) { return watch.notices == &notices; };
    m_watches.erase(std::remove_if(m_watches.begin(), m_watches.end(), isOne), m_watches.end());
}

void OverlayFileSystem::tell(const OverlayNode &node, quint32 mask, const QByteArray &name)
{
    for (const Watch &watch : m_watches) {
        if (watch.node.get() == &node)
            watch.notices->add({watch.number, mask, name});
    }
}

void OverlayFileSystem::tellEntry(const OverlayNode &folder, const QByteArray &name, const OverlayNode &node, quint32 mask)
{
    if (!m_watches.empty())
        tell(folder, mask | (node.isFolder() ? IN_ISDIR : 0U), name);
}

void OverlayFileSystem::tellItself(const OverlayNode &node, quint32 mask)
{
    if (!m_watches.empty())
        tell(node, mask | (node.isFolder() && mask == IN_ATTRIB ? IN_ISDIR : 0U), {}); // the kernel says it of no other
}

void OverlayFileSystem::tellChange(const OverlayNode &node, quint32 mask, const Handle *handle)
{
    if (m_watches.empty())
        return;
    if (handle && handle->folder) {
        tellEntry(*handle->folder, handle->name, node, mask);
        tellItself(node, mask);
        return;
    }
    std::vector<const OverlayNode *> told;
    for (std::size_t i = 0; i < m_watches.size(); ++i) {
        const OverlayNode &folder = *m_watches[i].node;
        if (!folder.isFolder() || std::find(told.begin(), told.end(), &folder) != told.end())
            continue;
        told.push_back(&folder);
        if (node.isFolder() && node.parent != &folder)
            continue;
        for (const auto &[name, entry] : folder.entries) {
            if (entry.get() == &node)
                tellEntry(folder, name, node, mask);
        }
    }
    tellItself(node, mask);
}

void OverlayFileSystem::tellGone(const OverlayNode &node)
{
    if (m_watches.empty() || (!node.isFolder() && node.status.links > 0))
        return;
    // It lives on until it, or what was opened in it, is closed.
    const auto holdsIt = [&](const Handle &handle) {
        return handle.isOpen && (handle.node.get() == &node || handle.folder.get() == &node);
    };
    if (std::any_of(m_handles.begin(), m_handles.end(), holdsIt))
        return;
    tellItself(node, IN_DELETE_SELF);
    tell(node, IN_IGNORED, {});
    const auto isOver = [&](const Watch &watch) { return watch.node.get() == &node; };
    m_watches.erase(std::remove_if(m_watches.begin(), m_watches.end(), isOver), m_watches.end());
}

} // namespace loopscope
