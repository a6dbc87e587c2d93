// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/OverlayFileSystem.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <unistd.h>

namespace loopscope {

namespace {

constexpr int mostLinks = 40; ///< as Linux follows in one path (path_resolution(7))

QByteArray joined(const QByteArray &folder, const QByteArray &name) { return folder.endsWith('/') ? folder + name : folder + '/' + name; }

/// Takes the next part from `rest`, with the slashes around it.
QByteArray takePart(QByteArray *rest)
{
    qsizetype start = 0;
    while (start < rest->size() && rest->at(start) == '/')
        ++start;
    qsizetype end = start;
    while (end < rest->size() && rest->at(end) != '/')
        ++end;
    const QByteArray part = rest->mid(start, end - start);
    rest->remove(0, end);
    return part;
}

bool isOnlySlashes(const QByteArray &rest)
{
    return std::all_of(rest.begin(), rest.end(), [](char letter) { return letter == '/'; });
}

} // namespace

bool OverlayFileSystem::isOwner(const FileStatus &status) const { return m_user == 0 || status.user == m_user; }

bool OverlayFileSystem::permits(const FileStatus &status, int access) const
{
    if (m_user == 0)
        return (access & X_OK) == 0 || S_ISDIR(status.mode) || (status.mode & 0111U) != 0;
    const bool isOfGroup = status.group == m_group || std::find(m_groups.begin(), m_groups.end(), status.group) != m_groups.end();
    const quint32 shift = status.user == m_user ? 6 : isOfGroup ? 3 : 0;
    const quint32 granted = (status.mode >> shift) & 7U;
    return (granted & static_cast<quint32>(access)) == static_cast<quint32>(access);
}

OverlayNodePtr OverlayFileSystem::nodeOf(const QByteArray &real, const FileStatus &status)
{
    if (S_ISREG(status.mode)) {
        // All names of a real file are one file here too. A number that belongs to another name alone is a reused one.
        const auto known = m_identities.find({status.device, status.inode});
        if (known != m_identities.end() && (status.links > 1 || !known->second->kept)) {
            if (!known->second->kept) {
                known->second->status = status;
                known->second->real = real;
            }
            return known->second;
        }
    }
    auto node = std::make_shared<OverlayNode>();
    node->status = status;
    node->real = real;
    if (node->isFile() && status.links > 1)
        m_identities[{status.device, status.inode}] = node;
    return node;
}

int OverlayFileSystem::lookUp(const OverlayNodePtr &folder, const QByteArray &name, OverlayNodePtr *node)
{
    if (name.size() > NAME_MAX)
        return -ENAMETOOLONG;
    OverlayNodePtr passed;
    const auto known = folder->entries.find(name);
    if (known != folder->entries.end()) {
        *node = known->second;
        if (!*node)
            return -ENOENT;
        if ((*node)->kept || (*node)->isFolder())
            return 0;
        passed = *node;
        folder->entries.erase(known); // as it is on the disk now
    }
    if (folder->real.isEmpty())
        return -ENOENT;
    const QByteArray real = joined(folder->real, name);
    FileStatus status;
    if (const int error = m_real.status(real, &status); error < 0)
        return error;
    *node = nodeOf(real, status);
    // Stays here, so that whoever holds a folder finds what is put into it, and a file what is written.
    if ((*node)->isFolder() || *node == passed)
        folder->entries.emplace(name, *node);
    if ((*node)->isFolder()) {
        (*node)->parent = folder.get();
        (*node)->name = name;
    }
    return 0;
}

int OverlayFileSystem::targetOf(OverlayNode &link, QByteArray *target)
{
    if (!link.target.isEmpty()) {
        *target = link.target;
        return 0;
    }
    return m_real.readLink(link.real, target);
}

int OverlayFileSystem::walk(const QByteArray &path, Follow follow, Place *place)
{
    if (path.isEmpty())
        return -ENOENT;
    if (path.size() >= PATH_MAX)
        return -ENAMETOOLONG;
    OverlayNodePtr folder = path.startsWith('/') ? m_root : m_current;
    QByteArray rest = path;
    *place = {};
    place->folder = place->node = folder;
    place->last = Last::Root;
    place->endsWithSlash = path.endsWith('/');
    int links = 0;
    while (!isOnlySlashes(rest)) {
        const QByteArray part = takePart(&rest);
        const bool isLast = isOnlySlashes(rest);
        if (!permits(folder->status, X_OK))
            return -EACCES;
        place->folder = folder;
        place->name = part;
        place->last = part == "." ? Last::Dot : part == ".." ? Last::DotDot : Last::Name;
        place->endsWithSlash = !rest.isEmpty();
        if (place->last == Last::DotDot && folder != m_root)
            folder = folder->parent ? folder->parent->shared_from_this() : folder;
        if (place->last != Last::Name) {
            place->node = folder;
            continue;
        }
        if (isLast && follow == Follow::ParentOnly) {
            place->node.reset();
            return 0;
        }
        OverlayNodePtr node;
        const int error = lookUp(folder, part, &node);
        if (error == refusedAccess) // names the whole path, not only where it leaves what is allowed
            Permissions::refuse(
                Permission::Read, QFile::encodeName(QDir::cleanPath(QFile::decodeName(pathOf(*folder) + '/' + part + rest))));
        place->node = node;
        if (error < 0 && !isLast)
            return error;
        place->error = error;
        if (error < 0)
            return 0;
        if (node->isLink() && (!isLast || follow == Follow::All || !rest.isEmpty())) {
            if (++links > mostLinks)
                return -ELOOP;
            QByteArray target;
            if (const int failure = targetOf(*node, &target); failure < 0)
                return failure;
            rest = target + rest;
            if (target.startsWith('/'))
                folder = m_root;
            // A link to "/" leaves nothing to walk.
            place->folder = place->node = folder;
            place->last = Last::Root;
            continue;
        }
        if (!node->isFolder() && !rest.isEmpty())
            return -ENOTDIR;
        if (node->isFolder())
            folder = node;
    }
    return 0;
}

int OverlayFileSystem::find(const QByteArray &path, bool followLinks, OverlayNodePtr *node)
{
    Place place;
    if (const int error = walk(path, followLinks ? Follow::All : Follow::NotTheLast, &place); error < 0)
        return error;
    *node = place.node;
    return *node ? 0 : place.error;
}

QByteArray OverlayFileSystem::pathOf(const OverlayNode &folder) const
{
    if (!folder.parent)
        return "/";
    return joined(pathOf(*folder.parent), folder.name);
}

int OverlayFileSystem::walkToNode(const QByteArray &path, Follow follow, Place *place)
{
    if (const int error = walk(path, follow, place); error < 0)
        return error;
    return place->node ? 0 : place->error;
}

int OverlayFileSystem::resolve(const QByteArray &path, QByteArray *resolved)
{
    const std::lock_guard lock(m_mutex);
    Place place;
    if (const int error = walkToNode(path, Follow::All, &place); error < 0)
        return error;
    *resolved = place.node->isFolder() ? pathOf(*place.node) : joined(pathOf(*place.folder), place.name);
    return 0;
}

int OverlayFileSystem::currentDirectory(QByteArray *path)
{
    const std::lock_guard lock(m_mutex);
    if (isRemoved(*m_current))
        return -ENOENT;
    *path = pathOf(*m_current);
    return 0;
}

int OverlayFileSystem::changeDirectory(const QByteArray &path)
{
    const std::lock_guard lock(m_mutex);
    OverlayNodePtr node;
    if (const int error = find(path, true, &node); error < 0)
        return error;
    if (!node->isFolder())
        return -ENOTDIR;
    if (!permits(node->status, X_OK))
        return -EACCES;
    m_current = node;
    return 0;
}

} // namespace loopscope
