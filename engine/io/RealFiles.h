// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/Permissions.h"
#include "io/PosixFileSystem.h"

namespace loopscope {

/// The machine's files as far as a run may read them, by resolved paths (absolute, without links, "." and ".."). Nothing is ever changed. A
/// link that somebody puts into such a path meanwhile is not followed.
///
/// Results are those of FileSystem; what may not be read is refusedAccess, with the reason in Permissions::takeRefusal().
class RealFiles
{
public:
    explicit RealFiles(const Permissions &permissions)
        : m_permissions(permissions)
    {
    }

    /// Of the file itself, not of what a link leads to.
    int status(const QByteArray &path, FileStatus *status);
    int statusOf(int descriptor, FileStatus *status) { return m_system.statusOf(descriptor, status); }
    /// A descriptor. Only harmless devices can be opened for writing.
    int open(const QByteArray &path, int flags);
    int close(int descriptor) { return m_system.close(descriptor); }
    /// 0, or refusedAccess.
    int checkReadable(const QByteArray &path) const
    {
        return m_permissions.mayRead(path) ? 0 : Permissions::refuse(Permission::Read, path);
    }
    int list(const QByteArray &path, std::vector<DirectoryEntry> *entries);
    int readLink(const QByteArray &path, QByteArray *target);

    PosixFileSystem &system() { return m_system; }

private:
    bool isVisible(const QByteArray &path) const { return m_permissions.mayRead(path) || m_permissions.isOnTheWay(path); }

    const Permissions &m_permissions;
    PosixFileSystem m_system;
};

/// If the path is that of one of the process's own streams ("/dev/stdin", "/dev/fd/1", ...): one more descriptor of it, and how it is open.
/// -ENOENT for any other path.
int openOwnStream(const QByteArray &path, int *flags);

/// Opens a resolved path. If a link is found in it after all: -ELOOP.
int openWithoutLinks(const QByteArray &path, int flags, quint32 mode = 0);

} // namespace loopscope
