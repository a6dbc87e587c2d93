// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/inotify.h>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr int firstHandle = 3; ///< behind the process's own streams
constexpr qint64 largestFile = 1LL << 44U; ///< as ext4 with blocks of 4 KiB
constexpr qint64 chunkSize = 256 * 1024;

bool isReadable(int flags) { return (flags & O_ACCMODE) != O_WRONLY; }
bool isWritable(int flags) { return (flags & O_ACCMODE) != O_RDONLY; }

} // namespace

OverlayFileSystem::OverlayFileSystem(const Permissions &permissions, std::function<double()> now, qint64 capacity)
    : m_real(permissions)
    , m_now(std::move(now))
    , m_budget{capacity, 0}
    , m_root(std::make_shared<OverlayNode>())
    , m_mask(::umask(0))
    , m_user(::geteuid())
    , m_group(::getegid())
{
    ::umask(static_cast<mode_t>(m_mask));
    m_groups.resize(static_cast<std::size_t>(std::max(::getgroups(0, nullptr), 0)));
    static_assert(sizeof(gid_t) == sizeof(quint32));
    ::getgroups(static_cast<int>(m_groups.size()), m_groups.data());
    m_root->real = "/";
    m_real.system().status("/", false, &m_root->status);
    // The current folder may be anywhere; who started the program chose it.
    QByteArray current;
    m_current = m_root;
    if (m_real.system().currentDirectory(&current) == 0)
        m_current = passFolders(current);
}

OverlayFileSystem::~OverlayFileSystem()
{
    for (const Handle &handle : m_handles) {
        if (handle.isOpen && handle.descriptor >= 0)
            m_real.close(handle.descriptor);
    }
}

OverlayFileSystem::Handle *OverlayFileSystem::handleAt(int handle)
{
    const auto index = static_cast<std::size_t>(handle - firstHandle);
    return handle >= firstHandle && index < m_handles.size() && m_handles[index].isOpen ? &m_handles[index] : nullptr;
}

int OverlayFileSystem::addHandle(Handle handle)
{
    handle.isOpen = true;
    auto slot = std::find_if(m_handles.begin(), m_handles.end(), [](const Handle &entry) { return !entry.isOpen; });
    if (slot == m_handles.end())
        slot = m_handles.insert(m_handles.end(), Handle());
    *slot = std::move(handle);
    return firstHandle + static_cast<int>(slot - m_handles.begin());
}

int OverlayFileSystem::currentStatus(OverlayNode &node, FileStatus *status)
{
    if (!node.kept) {
        if (const int error = m_real.status(node.real, &node.status); error < 0)
            return error;
    }
    *status = node.status;
    if (node.content) {
        constexpr qint64 blockUnit = 512;
        status->size = static_cast<quint64>(node.content->size());
        status->blocks = static_cast<quint64>((node.content->storedBytes() + blockUnit - 1) / blockUnit);
    }
    return 0;
}

void OverlayFileSystem::keep(OverlayNode &node)
{
    if (node.kept)
        return;
    m_real.status(node.real, &node.status); // if it has gone meanwhile: as it was
    node.kept = true;
    if (node.isFile())
        m_identities[{node.status.device, node.status.inode}] = node.shared_from_this();
}

int OverlayFileSystem::findKept(const QByteArray &path, bool followLinks, OverlayNodePtr *node)
{
    Place place;
    if (const int error = walkToNode(path, followLinks ? Follow::All : Follow::NotTheLast, &place); error < 0)
        return error;
    keep(*place.node);
    if (place.last == Last::Name)
        place.folder->entries[place.name] = place.node;
    *node = place.node;
    return 0;
}

void OverlayFileSystem::stampChange(OverlayNode &node, bool isModified)
{
    node.status.changed = m_now();
    if (isModified)
        node.status.modified = node.status.changed;
    markChange(node);
}

void OverlayFileSystem::markChange(OverlayNode &node)
{
    node.lastChange = m_moment();
    if (node.firstChange == 0)
        node.firstChange = node.lastChange;
}

int OverlayFileSystem::loadContent(OverlayNode &file)
{
    keep(file);
    if (file.content)
        return 0;
    const int descriptor = m_real.open(file.real, O_RDONLY);
    if (descriptor < 0)
        return descriptor;
    file.content.emplace(m_budget);
    QByteArray chunk(chunkSize, Qt::Uninitialized);
    qint64 count = 0;
    while ((count = m_real.system().read(descriptor, chunk.data(), chunk.size(), -1)) > 0) {
        if (file.content->write(file.content->size(), chunk.constData(), count) < count) {
            count = -ENOSPC;
            break;
        }
    }
    m_real.close(descriptor);
    if (count < 0)
        file.content.reset();
    return static_cast<int>(count);
}

int OverlayFileSystem::emptyContent(OverlayNode &file)
{
    keep(file);
    if (!file.content)
        file.content.emplace(m_budget);
    file.content->resize(0);
    stampChange(file, true);
    return 0;
}

int OverlayFileSystem::openStream(const QByteArray &path)
{
    Handle handle;
    handle.descriptor = openOwnStream(path, &handle.flags);
    return handle.descriptor < 0 ? handle.descriptor : addHandle(std::move(handle));
}

int OverlayFileSystem::create(const Place &place, int flags, quint32 mode)
{
    // What may not be looked at is not changed, but hidden by something new: only where nothing of it would be kept.
    const bool isUnseen = place.error == refusedAccess && (flags & (O_EXCL | O_TRUNC)) != 0;
    if (place.error != -ENOENT && !isUnseen)
        return place.error;
    if (place.endsWithSlash)
        return -EISDIR;
    if (isRemoved(*place.folder))
        return -ENOENT;
    if (!permits(place.folder->status, W_OK | X_OK))
        return -EACCES;
    const OverlayNodePtr node = makeNode(*place.folder, S_IFREG | (mode & 07777U & ~m_mask));
    node->content.emplace(m_budget);
    attach(*place.folder, place.name, node);
    tellEntry(*place.folder, place.name, *node, IN_CREATE);
    Handle handle;
    handle.node = node;
    handle.folder = place.folder;
    handle.name = place.name;
    handle.flags = flags;
    return addHandle(std::move(handle));
}

int OverlayFileSystem::openExisting(const Place &place, int flags)
{
    OverlayNode &node = *place.node;
    const bool truncates = (flags & O_TRUNC) != 0;
    if ((flags & O_CREAT) != 0 && node.isFolder())
        return -EISDIR;
    if (node.isLink())
        return -ELOOP;
    if ((flags & O_DIRECTORY) != 0 && !node.isFolder())
        return -ENOTDIR;
    if (node.isFolder() && (isWritable(flags) || truncates))
        return -EISDIR;
    if (S_ISSOCK(node.status.mode))
        return -ENXIO;
    FileStatus status;
    if (const int error = currentStatus(node, &status); error < 0)
        return error;
    const int access = (isReadable(flags) ? R_OK : 0) | (isWritable(flags) || truncates ? W_OK : 0);
    if (!permits(status, access))
        return -EACCES;
    Handle handle;
    handle.node = place.node;
    handle.folder = place.folder;
    handle.name = place.name;
    handle.flags = flags;
    const bool isReal = !node.content && !node.isFolder() && !node.real.isEmpty();
    if (isReal && !(node.isFile() && truncates)) {
        handle.descriptor = m_real.open(node.real, node.isFile() ? O_RDONLY : flags);
        if (handle.descriptor < 0)
            return handle.descriptor;
    }
    if (node.isFile()) {
        // One node for all who have it open, so that each sees what another writes.
        if (place.last == Last::Name)
            place.folder->entries[place.name] = place.node;
        if (!node.kept)
            m_identities[{status.device, status.inode}] = place.node;
        if (truncates) {
            emptyContent(node);
            tellChange(node, IN_MODIFY);
        }
    }
    return addHandle(std::move(handle));
}

int OverlayFileSystem::open(const QByteArray &path, int flags, quint32 mode)
{
    const std::lock_guard lock(m_mutex);
    if (const int stream = openStream(path); stream != -ENOENT)
        return stream;
    if ((flags & O_TMPFILE) == O_TMPFILE)
        return -EOPNOTSUPP;
    const bool creates = (flags & O_CREAT) != 0;
    const bool isExclusive = creates && (flags & O_EXCL) != 0;
    Place place;
    if (creates && path.endsWith('/')) {
        const int error = walk(path, Follow::ParentOnly, &place);
        return error < 0 ? error : -EISDIR;
    }
    const bool follows = (flags & O_NOFOLLOW) == 0 && !isExclusive;
    if (const int error = walk(path, follows ? Follow::All : Follow::NotTheLast, &place); error < 0)
        return error;
    if (!place.node)
        return creates ? create(place, flags, mode) : place.error;
    return isExclusive ? -EEXIST : openExisting(place, flags);
}

int OverlayFileSystem::close(int handle)
{
    const std::lock_guard lock(m_mutex);
    Handle *found = handleAt(handle);
    if (!found)
        return -EBADF;
    const int error = found->descriptor >= 0 ? m_real.close(found->descriptor) : 0;
    const Handle closed = std::exchange(*found, {});
    if (closed.node && closed.node->isFile() && closed.node->kept)
        tellGone(*closed.node);
    if (closed.folder && isRemoved(*closed.folder))
        tellGone(*closed.folder);
    return error;
}

qint64 OverlayFileSystem::read(int handle, char *data, qint64 length, qint64 position)
{
    if (handle >= 0 && handle < firstHandle)
        return m_real.system().read(handle, data, length, position);
    const std::lock_guard lock(m_mutex);
    Handle *found = handleAt(handle);
    if (!found || !isReadable(found->flags))
        return -EBADF;
    if (!found->node || !(found->node->isFile() || found->node->isFolder()))
        return m_real.system().read(found->descriptor, data, length, position);
    OverlayNode &node = *found->node;
    if (node.isFolder())
        return -EISDIR;
    const qint64 start = position < 0 ? found->position : position;
    const qint64 count =
        node.content ? node.content->read(start, data, length) : m_real.system().read(found->descriptor, data, length, start);
    if (count > 0 && position < 0)
        found->position += count;
    // As a file system that is mounted with relatime.
    if (node.content && node.status.accessed <= std::max(node.status.modified, node.status.changed))
        node.status.accessed = m_now();
    return count;
}

qint64 OverlayFileSystem::write(int handle, const char *data, qint64 length, qint64 position)
{
    if (handle >= 0 && handle < firstHandle)
        return m_real.system().write(handle, data, length, position);
    const std::lock_guard lock(m_mutex);
    Handle *found = handleAt(handle);
    if (!found || !isWritable(found->flags))
        return -EBADF;
    if (!found->node || !found->node->isFile())
        return m_real.system().write(found->descriptor, data, length, position);
    OverlayNode &node = *found->node;
    if (length == 0)
        return 0;
    if (const int error = loadContent(node); error < 0)
        return error;
    const bool appends = (found->flags & O_APPEND) != 0; // even at a position, on Linux
    const qint64 start = appends ? node.content->size() : position < 0 ? found->position : position;
    if (start >= largestFile)
        return -EFBIG;
    const qint64 count = node.content->write(start, data, std::min(length, largestFile - start));
    if (count == 0)
        return -ENOSPC;
    if (position < 0)
        found->position = start + count;
    stampChange(node, true);
    tellChange(node, IN_MODIFY, found);
    return count;
}

int OverlayFileSystem::setSize(int handle, qint64 size)
{
    const std::lock_guard lock(m_mutex);
    Handle *found = handleAt(handle);
    if (!found)
        return handle >= 0 && handle < firstHandle ? -EINVAL : -EBADF;
    if (!isWritable(found->flags) || !found->node || !found->node->isFile() || size < 0)
        return -EINVAL;
    if (size > largestFile)
        return -EFBIG;
    OverlayNode &node = *found->node;
    if (const int error = size == 0 ? emptyContent(node) : loadContent(node); error < 0)
        return error;
    node.content->resize(size);
    stampChange(node, true);
    tellChange(node, IN_MODIFY, found);
    return 0;
}

int OverlayFileSystem::flush(int handle)
{
    const std::lock_guard lock(m_mutex);
    const Handle *found = handleAt(handle);
    if (!found)
        return handle >= 0 && handle < firstHandle ? m_real.system().flush(handle) : -EBADF;
    return found->node && (found->node->isFile() || found->node->isFolder()) ? 0 : m_real.system().flush(found->descriptor);
}

int OverlayFileSystem::status(const QByteArray &path, bool followLinks, FileStatus *status)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    const int error = find(path, followLinks, &node);
    return error < 0 ? error : currentStatus(*node, status);
}

int OverlayFileSystem::statusOf(int handle, FileStatus *status)
{
    const std::lock_guard lock(m_mutex);
    if (handle >= 0 && handle < firstHandle)
        return m_real.statusOf(handle, status);
    const Handle *found = handleAt(handle);
    if (!found)
        return -EBADF;
    if (!found->node || (!found->node->kept && found->descriptor >= 0))
        return m_real.statusOf(found->descriptor, status);
    return currentStatus(*found->node, status);
}

int OverlayFileSystem::checkAccess(const QByteArray &path, int mode)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    if (const int error = find(path, true, &node); error < 0)
        return error;
    FileStatus status;
    if (const int error = currentStatus(*node, &status); error < 0)
        return error;
    return mode == F_OK || permits(status, mode) ? 0 : -EACCES;
}

int OverlayFileSystem::readLink(const QByteArray &path, QByteArray *target)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    if (const int error = find(path, false, &node); error < 0)
        return error;
    return node->isLink() ? targetOf(*node, target) : -EINVAL;
}

quint32 OverlayFileSystem::setModeMask(quint32 mask)
{
    const std::lock_guard lock(m_mutex);
    const quint32 before = m_mask;
    m_mask = mask & 0777U;
    return before;
}

int OverlayFileSystem::spaceStatus(const QByteArray &path, SpaceStatus *status)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    if (const int error = find(path, true, &node); error < 0)
        return error;
    constexpr quint64 tmpfsType = 0x01021994; // TMPFS_MAGIC of linux/magic.h: files in memory
    constexpr qint64 blockSize = 4096;
    *status = {};
    status->type = tmpfsType;
    status->blockSize = blockSize;
    status->blocks = static_cast<quint64>(m_budget.capacity / blockSize);
    status->freeBlocks = status->availableBlocks = static_cast<quint64>(m_budget.left() / blockSize);
    return 0;
}

} // namespace loopscope
