// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <unistd.h>

namespace loopscope {

namespace {

QByteArray joined(const QByteArray &folder, const QByteArray &name) { return (folder == "/" ? folder : folder + '/') + name; }

} // namespace

void OverlayFileSystem::collectEntry(const OverlayNodePtr &node, const QByteArray &path, std::vector<FileChange> *changes)
{
    FileStatus real;
    const bool wasThere = m_real.system().status(path, false, &real) == 0;
    if (!node) {
        if (wasThere)
            changes->push_back({FileChange::Kind::Removed, path});
        return;
    }
    FileStatus status;
    const bool isTouched = node->kept || node->real != path;
    const bool isThere = currentStatus(*node, &status) == 0;
    const bool isSameFolder = node->isFolder() && node->real == path;
    if (isThere && isTouched && !isSameFolder)
        changes->push_back({wasThere ? FileChange::Kind::Changed : FileChange::Kind::Made, path, status.mode,
            node->isFile() ? static_cast<qint64>(status.size) : 0, node->firstChange,
            node->isFolder() ? node->firstChange : node->lastChange});
    if (node->isFolder())
        collect(node, path, changes);
}

void OverlayFileSystem::collect(const OverlayNodePtr &folder, const QByteArray &path, std::vector<FileChange> *changes)
{
    // Of a folder that was moved, all that is in it has moved.
    if (!folder->real.isEmpty() && folder->real != path) {
        const std::size_t before = changes->size();
        std::vector<DirectoryEntry> names;
        namesIn(*folder, &names);
        std::sort(names.begin(), names.end(), [](const DirectoryEntry &a, const DirectoryEntry &b) { return a.name < b.name; });
        for (const DirectoryEntry &entry : names) {
            OverlayNodePtr node;
            if (lookUp(folder, entry.name, &node) == 0)
                collectEntry(node, joined(path, entry.name), changes);
        }
        for (std::size_t i = before; i < changes->size(); ++i) {
            FileChange &change = (*changes)[i];
            change.since = std::max(change.since, folder->firstChange);
            change.until = std::max(change.until, change.since);
        }
        return;
    }
    for (const auto &[name, node] : folder->entries) {
        const std::size_t before = changes->size();
        collectEntry(node, joined(path, name), changes);
        if (const auto removal = folder->removals.find(name); !node && removal != folder->removals.end() && changes->size() > before)
            changes->back().since = changes->back().until = removal->second;
    }
}

std::vector<FileChange> OverlayFileSystem::changes()
{
    const std::lock_guard lock(m_mutex);
    std::vector<FileChange> changes;
    collect(m_root, "/", &changes);
    return changes;
}

OverlayNodePtr OverlayFileSystem::nodeAt(const QByteArray &resolved)
{
    OverlayNodePtr node = m_root;
    const QByteArrayList parts = resolved.split('/');
    for (const QByteArray &part : parts) {
        OverlayNodePtr next;
        if (!part.isEmpty() && node && node->isFolder() && lookUp(node, part, &next) == 0)
            node = next;
        else if (!part.isEmpty())
            return nullptr;
    }
    return node;
}

OverlayNodePtr OverlayFileSystem::passFolders(const QByteArray &resolved)
{
    OverlayNodePtr folder = m_root;
    const QByteArrayList parts = resolved.split('/');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        OverlayNodePtr &next = folder->entries[part];
        if (!next) {
            next = std::make_shared<OverlayNode>();
            next->real = joined(folder->real, part);
            m_real.system().status(next->real, false, &next->status);
            next->parent = folder.get();
            next->name = part;
        }
        folder = next;
    }
    return folder;
}

int OverlayFileSystem::copyContent(const QByteArray &path, int descriptor)
{
    const std::lock_guard lock(m_mutex);
    const OverlayNodePtr node = nodeAt(path);
    if (!node || !node->isFile())
        return -ENOENT;
    constexpr qint64 chunkSize = 65536;
    QByteArray chunk(chunkSize, Qt::Uninitialized);
    const int source = node->content ? -1 : m_real.open(node->real, O_RDONLY);
    if (!node->content && source < 0)
        return source;
    qint64 count = 0;
    for (qint64 position = 0;; position += count) {
        count = node->content ? node->content->read(position, chunk.data(), chunkSize)
                              : m_real.system().read(source, chunk.data(), chunkSize, position);
        if (count <= 0)
            break;
        for (qint64 written = 0; written < count && count > 0;) {
            const qint64 part = m_real.system().write(descriptor, chunk.constData() + written, count - written, -1);
            written += part;
            count = part < 0 ? part : count;
        }
        if (count < 0)
            break;
    }
    if (source >= 0)
        m_real.close(source);
    return static_cast<int>(count);
}

QByteArray OverlayFileSystem::linkTarget(const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    const OverlayNodePtr node = nodeAt(path);
    QByteArray target;
    if (node && node->isLink())
        targetOf(*node, &target);
    return target;
}

} // namespace loopscope
