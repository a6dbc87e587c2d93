// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/Permissions.h"
#include "io/PosixFileSystem.h"

#include <memory>

namespace loopscope {

/// The machine's own files as far as the run's permissions go.
///
/// Every path is opened first in a way that does nothing to what is there (O_PATH). The kernel tells the resolved path of what was opened;
/// that is decided on; and the call is then made on what was opened, not on the path again. So no link, and nobody who changes links or
/// folders at the same time, gets around a permission. New names are made in a folder that was opened in this way.
///
/// May be used by several threads at once.
class GuardedFileSystem final : public FileSystem
{
public:
    explicit GuardedFileSystem(const Permissions &permissions)
        : m_permissions(permissions)
    {
    }

    int open(const QByteArray &path, int flags, quint32 mode) override;
    int close(int handle) override { return m_system.close(handle); }
    qint64 read(int handle, char *data, qint64 length, qint64 position) override { return m_system.read(handle, data, length, position); }
    qint64 write(int handle, const char *data, qint64 length, qint64 position) override
    {
        return m_system.write(handle, data, length, position);
    }
    int setSize(int handle, qint64 size) override { return m_system.setSize(handle, size); }
    int flush(int handle) override { return m_system.flush(handle); }
    int status(const QByteArray &path, bool followLinks, FileStatus *status) override;
    int statusOf(int handle, FileStatus *status) override { return m_system.statusOf(handle, status); }
    int setMode(const QByteArray &path, quint32 mode) override;
    int setModeOf(int handle, quint32 mode) override;
    int setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group) override;
    int setOwnerOf(int handle, quint32 user, quint32 group) override;
    int setTimes(const QByteArray &path, bool followLinks, double accessed, double modified) override;
    int setTimesOf(int handle, double accessed, double modified) override;
    int checkAccess(const QByteArray &path, int mode) override;
    int list(const QByteArray &path, std::vector<DirectoryEntry> *entries) override;
    int makeDirectory(const QByteArray &path, quint32 mode) override;
    int removeDirectory(const QByteArray &path) override;
    int removeFile(const QByteArray &path) override;
    int rename(const QByteArray &from, const QByteArray &to) override;
    int makeLink(const QByteArray &existing, const QByteArray &path) override;
    int makeSymbolicLink(const QByteArray &target, const QByteArray &path) override;
    int readLink(const QByteArray &path, QByteArray *target) override;
    int resolve(const QByteArray &path, QByteArray *resolved) override;
    int currentDirectory(QByteArray *path) override { return m_system.currentDirectory(path); }
    int changeDirectory(const QByteArray &path) override;
    quint32 setModeMask(quint32 mask) override { return m_system.setModeMask(mask); }
    int spaceStatus(const QByteArray &path, SpaceStatus *status) override;
    int useReadable(const QByteArray &path, const std::function<int(const QByteArray &)> &use) override;

private:
    enum class Need : quint8 { See, Read, Write };

    /// Something that was opened with O_PATH, and its resolved path.
    struct Opened
    {
        Opened() = default;
        ~Opened();
        Opened(const Opened &) = delete;
        Opened &operator=(const Opened &) = delete;
        /// A path that leads to it, whatever happens to its names.
        QByteArray link() const { return "/proc/self/fd/" + QByteArray::number(descriptor); }

        int descriptor = -1;
        QByteArray path;
    };
    /// A folder, and the last part of a path in it (with the slashes behind it).
    struct Name
    {
        Opened folder;
        QByteArray last;
        QByteArray path; ///< resolved, as far as it exists
    };

    bool isVisible(const QByteArray &path) const;
    bool has(Need need, const QByteArray &path) const;
    int refuse(Need need, const QByteArray &path) const;
    int openPath(const QByteArray &path, int flags, Opened *opened) const;
    /// As openPath, if the run may do that with it.
    int reach(const QByteArray &path, bool followLinks, Need need, Opened *opened) const;
    /// What to answer for a path that could not be opened: its error, if the run may see the folder that it fails in.
    int failureAt(const QByteArray &path, int error) const;
    int nameIn(const QByteArray &path, Name *name) const;
    int writableName(const QByteArray &path, Name *name) const;
    int checkHandle(int handle) const;
    int createFile(const QByteArray &path, int flags, quint32 mode);

    const Permissions &m_permissions;
    PosixFileSystem m_system;
};

/// The machine's own files, guarded unless there is nothing to guard.
std::unique_ptr<FileSystem> makeRealFiles(const Permissions &permissions);

} // namespace loopscope
