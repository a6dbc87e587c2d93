// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <cmath>
#include <set>
#include <sys/inotify.h>
#include <unistd.h>

namespace loopscope {

// The order of checks is that of fs/namei.c of Linux: where several errors fit, the same one has to come out.

OverlayNodePtr OverlayFileSystem::makeNode(const OverlayNode &folder, quint32 mode)
{
    auto node = std::make_shared<OverlayNode>();
    node->kept = true;
    FileStatus &status = node->status;
    const bool inheritsGroup = (folder.status.mode & S_ISGID) != 0;
    status.device = folder.status.device;
    status.mode = mode | (inheritsGroup && S_ISDIR(mode) ? S_ISGID : 0U);
    status.links = S_ISDIR(mode) ? 2 : 1;
    status.user = m_user;
    status.group = inheritsGroup ? folder.status.group : m_group;
    status.blockSize = 4096;
    status.inode = m_nextInode++;
    if (S_ISDIR(mode)) {
        status.size = 4096;
        status.blocks = 8;
    }
    status.accessed = status.modified = status.changed = status.born = m_now();
    return node;
}

void OverlayFileSystem::attach(OverlayNode &folder, const QByteArray &name, const OverlayNodePtr &node)
{
    keep(folder);
    folder.entries[name] = node;
    stampChange(folder, true);
    node->firstChange = 0; // under another name it was another file
    markChange(*node);
    if (!node->isFolder())
        return;
    node->parent = &folder;
    node->name = name;
    if (folder.status.links > 1) // some file systems do not count
        ++folder.status.links;
}

void OverlayFileSystem::detach(OverlayNode &folder, const QByteArray &name)
{
    keep(folder);
    const auto entry = folder.entries.find(name);
    if (entry != folder.entries.end() && entry->second && entry->second->isFolder() && folder.status.links > 2)
        --folder.status.links;
    if (folder.real.isEmpty())
        folder.entries.erase(name);
    else
        folder.entries[name] = nullptr;
    stampChange(folder, true);
    folder.removals[name] = folder.lastChange;
}

void OverlayFileSystem::dropName(OverlayNode &node)
{
    keep(node);
    if (node.isFolder()) {
        // Who still holds it, as the current folder, finds nothing in it.
        node.parent = nullptr;
        node.real.clear();
        node.entries.clear();
        node.status.links = 0;
    } else if (node.status.links > 0) {
        --node.status.links;
    }
    stampChange(node, false);
}

int OverlayFileSystem::namesIn(OverlayNode &folder, std::vector<DirectoryEntry> *entries)
{
    if (!folder.real.isEmpty()) {
        if (const int error = m_real.list(folder.real, entries); error < 0)
            return error;
        const auto isKnown = [&folder](const DirectoryEntry &entry) { return folder.entries.count(entry.name) != 0; };
        entries->erase(std::remove_if(entries->begin(), entries->end(), isKnown), entries->end());
    }
    for (const auto &[name, node] : folder.entries) {
        FileStatus status;
        if (node && currentStatus(*node, &status) == 0)
            entries->push_back({name, entryTypeOf(status.mode)});
    }
    return 0;
}

int OverlayFileSystem::checkEmpty(OverlayNode &folder)
{
    std::vector<DirectoryEntry> entries;
    const int error = namesIn(folder, &entries);
    return error < 0 ? error : entries.empty() ? 0 : -ENOTEMPTY;
}

int OverlayFileSystem::list(const QByteArray &path, std::vector<DirectoryEntry> *entries)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    if (const int error = find(path, true, &node); error < 0)
        return error;
    if (!node->isFolder())
        return -ENOTDIR;
    return permits(node->status, R_OK) ? namesIn(*node, entries) : -EACCES;
}

int OverlayFileSystem::checkNew(const Place &place, bool isFolder)
{
    if (place.last != Last::Name)
        return -EEXIST;
    OverlayNodePtr node;
    const int error = lookUp(place.folder, place.name, &node);
    if (error == 0)
        return -EEXIST;
    // What may not be looked at is hidden by what is made here.
    if (error != -ENOENT && error != refusedAccess)
        return error;
    if (isRemoved(*place.folder) || (place.endsWithSlash && !isFolder))
        return -ENOENT;
    return permits(place.folder->status, W_OK | X_OK) ? 0 : -EACCES;
}

int OverlayFileSystem::makeDirectory(const QByteArray &path, quint32 mode)
{
    const std::lock_guard lock(m_mutex);
    Place place;
    if (const int error = walk(path, Follow::ParentOnly, &place); error < 0)
        return error;
    if (const int error = checkNew(place, true); error < 0)
        return error;
    const OverlayNodePtr node = makeNode(*place.folder, S_IFDIR | (mode & 01777U & ~m_mask));
    attach(*place.folder, place.name, node);
    tellEntry(*place.folder, place.name, *node, IN_CREATE);
    return 0;
}

int OverlayFileSystem::makeSymbolicLink(const QByteArray &target, const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    if (target.isEmpty())
        return -ENOENT;
    if (target.size() >= PATH_MAX)
        return -ENAMETOOLONG;
    Place place;
    if (const int error = walk(path, Follow::ParentOnly, &place); error < 0)
        return error;
    if (const int error = checkNew(place, false); error < 0)
        return error;
    const OverlayNodePtr node = makeNode(*place.folder, S_IFLNK | 0777U);
    node->target = target;
    node->status.size = static_cast<quint64>(target.size());
    attach(*place.folder, place.name, node);
    tellEntry(*place.folder, place.name, *node, IN_CREATE);
    return 0;
}

int OverlayFileSystem::makeLink(const QByteArray &existing, const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    Place source;
    if (const int error = walkToNode(existing, Follow::NotTheLast, &source); error < 0)
        return error;
    Place place;
    if (const int error = walk(path, Follow::ParentOnly, &place); error < 0)
        return error;
    if (const int error = checkNew(place, false); error < 0)
        return error;
    if (source.node->isFolder())
        return -EPERM;
    OverlayNodePtr node;
    if (const int error = findKept(existing, false, &node); error < 0)
        return error;
    ++node->status.links;
    stampChange(*node, false);
    attach(*place.folder, place.name, node);
    tellItself(*node, IN_ATTRIB);
    tellEntry(*place.folder, place.name, *node, IN_CREATE);
    return 0;
}

int OverlayFileSystem::checkRemoval(const Place &place, const OverlayNodePtr &node)
{
    const FileStatus &folder = place.folder->status;
    if (!permits(folder, W_OK | X_OK))
        return -EACCES;
    const bool isSticky = (folder.mode & S_ISVTX) != 0;
    return isSticky && !isOwner(folder) && !isOwner(node->status) ? -EPERM : 0;
}

int OverlayFileSystem::removeFile(const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    Place place;
    if (const int error = walk(path, Follow::ParentOnly, &place); error < 0)
        return error;
    if (place.last != Last::Name)
        return -EISDIR;
    OverlayNodePtr node;
    if (const int error = lookUp(place.folder, place.name, &node); error < 0)
        return error;
    if (place.endsWithSlash)
        return node->isFolder() ? -EISDIR : -ENOTDIR;
    if (const int error = checkRemoval(place, node); error < 0)
        return error;
    if (node->isFolder())
        return -EISDIR;
    detach(*place.folder, place.name);
    dropName(*node);
    tellItself(*node, IN_ATTRIB);
    tellGone(*node);
    tellEntry(*place.folder, place.name, *node, IN_DELETE);
    return 0;
}

int OverlayFileSystem::removeDirectory(const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    Place place;
    if (const int error = walk(path, Follow::ParentOnly, &place); error < 0)
        return error;
    if (place.last != Last::Name)
        return place.last == Last::DotDot ? -ENOTEMPTY : place.last == Last::Dot ? -EINVAL : -EBUSY;
    OverlayNodePtr node;
    if (const int error = lookUp(place.folder, place.name, &node); error < 0)
        return error;
    if (const int error = checkRemoval(place, node); error < 0)
        return error;
    if (!node->isFolder())
        return -ENOTDIR;
    if (const int error = checkEmpty(*node); error < 0)
        return error;
    detach(*place.folder, place.name);
    dropName(*node);
    tellGone(*node);
    tellEntry(*place.folder, place.name, *node, IN_DELETE);
    return 0;
}

int OverlayFileSystem::checkRename(const Place &from, const OverlayNodePtr &source, const Place &to, const OverlayNodePtr &target)
{
    if (!source->isFolder() && (from.endsWithSlash || to.endsWithSlash))
        return -ENOTDIR;
    for (const OverlayNode *folder = to.folder.get(); folder; folder = folder->parent) {
        if (folder == source.get())
            return -EINVAL;
    }
    for (const OverlayNode *folder = from.folder.get(); folder && target; folder = folder->parent) {
        if (folder == target.get())
            return -ENOTEMPTY;
    }
    if (source == target)
        return 0;
    if (const int error = checkRemoval(from, source); error < 0)
        return error;
    if (!target) {
        if (isRemoved(*to.folder))
            return -ENOENT;
        if (!permits(to.folder->status, W_OK | X_OK))
            return -EACCES;
    } else {
        if (const int error = checkRemoval(to, target); error < 0)
            return error;
        if (source->isFolder() != target->isFolder())
            return source->isFolder() ? -ENOTDIR : -EISDIR;
    }
    if (source->isFolder() && from.folder != to.folder && !permits(source->status, W_OK))
        return -EACCES;
    return target && target->isFolder() ? checkEmpty(*target) : 0;
}

int OverlayFileSystem::rename(const QByteArray &from, const QByteArray &to)
{
    const std::lock_guard lock(m_mutex);
    Place source;
    Place target;
    if (const int error = walk(from, Follow::ParentOnly, &source); error < 0)
        return error;
    if (const int error = walk(to, Follow::ParentOnly, &target); error < 0)
        return error;
    if (source.last != Last::Name || target.last != Last::Name)
        return -EBUSY;
    if (const int error = lookUp(source.folder, source.name, &source.node); error < 0)
        return error;
    const int error = lookUp(target.folder, target.name, &target.node);
    if (error < 0 && error != -ENOENT && error != refusedAccess)
        return error;
    if (const int problem = checkRename(source, source.node, target, target.node); problem < 0)
        return problem;
    if (source.node == target.node)
        return 0; // two names of one file: nothing happens
    keep(*source.node);
    if (target.node) {
        detach(*target.folder, target.name);
        dropName(*target.node);
    }
    detach(*source.folder, source.name);
    attach(*target.folder, target.name, source.node);
    stampChange(*source.node, false);
    for (Handle &handle : m_handles) { // what is told of an open file is told of where it is
        if (handle.node == source.node && handle.folder == source.folder && handle.name == source.name) {
            handle.folder = target.folder;
            handle.name = target.name;
        }
    }
    tellEntry(*source.folder, source.name, *source.node, IN_MOVED_FROM);
    tellEntry(*target.folder, target.name, *source.node, IN_MOVED_TO);
    if (target.node)
        tellItself(*target.node, IN_ATTRIB);
    tellItself(*source.node, IN_MOVE_SELF);
    if (target.node)
        tellGone(*target.node);
    return 0;
}

int OverlayFileSystem::setModeOf(OverlayNode &node, quint32 mode)
{
    if (!isOwner(node.status))
        return -EPERM;
    node.status.mode = (node.status.mode & S_IFMT) | (mode & 07777U);
    stampChange(node, false);
    tellChange(node, IN_ATTRIB);
    return 0;
}

int OverlayFileSystem::setMode(const QByteArray &path, quint32 mode)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    const int error = findKept(path, true, &node);
    return error < 0 ? error : setModeOf(*node, mode);
}

int OverlayFileSystem::setModeOf(int handle, quint32 mode)
{
    const std::lock_guard lock(m_mutex);
    const Handle *found = handleAt(handle);
    if (!found || !found->node)
        return found || (handle >= 0 && handle < 3) ? -EPERM : -EBADF;
    keep(*found->node);
    return setModeOf(*found->node, mode);
}

int OverlayFileSystem::setOwnerOf(OverlayNode &node, quint32 user, quint32 group)
{
    constexpr quint32 asItIs = ~0U;
    const bool keepsUser = user == asItIs || user == node.status.user;
    const bool keepsGroup = group == asItIs || group == node.status.group;
    const bool isOwnGroup = group == m_group || std::find(m_groups.begin(), m_groups.end(), group) != m_groups.end();
    if (m_user != 0 && !(keepsUser && isOwner(node.status) && (keepsGroup || isOwnGroup)))
        return -EPERM;
    if (user != asItIs)
        node.status.user = user;
    if (group != asItIs)
        node.status.group = group;
    stampChange(node, false);
    tellChange(node, IN_ATTRIB);
    return 0;
}

int OverlayFileSystem::setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    const int error = findKept(path, followLinks, &node);
    return error < 0 ? error : setOwnerOf(*node, user, group);
}

int OverlayFileSystem::setOwnerOf(int handle, quint32 user, quint32 group)
{
    const std::lock_guard lock(m_mutex);
    const Handle *found = handleAt(handle);
    if (!found || !found->node)
        return found || (handle >= 0 && handle < 3) ? -EPERM : -EBADF;
    keep(*found->node);
    return setOwnerOf(*found->node, user, group);
}

int OverlayFileSystem::setTimesOf(OverlayNode &node, double accessed, double modified)
{
    if (!isOwner(node.status))
        return -EPERM;
    const auto milliseconds = [](double seconds) {
        // libuv keeps microseconds only.
        const double whole = std::floor(seconds);
        return whole * 1000 + std::floor((seconds - whole) * 1e6) / 1000;
    };
    node.status.accessed = milliseconds(accessed);
    node.status.modified = milliseconds(modified);
    stampChange(node, false);
    tellChange(node, IN_ATTRIB);
    return 0;
}

int OverlayFileSystem::setTimes(const QByteArray &path, bool followLinks, double accessed, double modified)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    const int error = findKept(path, followLinks, &node);
    return error < 0 ? error : setTimesOf(*node, accessed, modified);
}

int OverlayFileSystem::setTimesOf(int handle, double accessed, double modified)
{
    const std::lock_guard lock(m_mutex);
    const Handle *found = handleAt(handle);
    if (!found || !found->node)
        return found || (handle >= 0 && handle < 3) ? -EPERM : -EBADF;
    keep(*found->node);
    return setTimesOf(*found->node, accessed, modified);
}

} // namespace loopscope
