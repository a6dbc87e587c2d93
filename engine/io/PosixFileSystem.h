// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileSystem.h"

namespace loopscope {

/// The machine's own files, one system call a function (Linux).
class PosixFileSystem final : public FileSystem
{
public:
    int open(const QByteArray &path, int flags, quint32 mode) override;
    int close(int handle) override;
    qint64 read(int handle, char *data, qint64 length, qint64 position) override;
    qint64 write(int handle, const char *data, qint64 length, qint64 position) override;
    int setSize(int handle, qint64 size) override;
    int flush(int handle) override;
    int status(const QByteArray &path, bool followLinks, FileStatus *status) override;
    int statusOf(int handle, FileStatus *status) override;
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
    int currentDirectory(QByteArray *path) override;
    int changeDirectory(const QByteArray &path) override;
    quint32 setModeMask(quint32 mask) override;
    int spaceStatus(const QByteArray &path, SpaceStatus *status) override;
    int useReadable(const QByteArray &path, const std::function<int(const QByteArray &)> &use) override { return use(path); }

    /// As list, of an open descriptor, which it closes.
    static int listOf(int descriptor, std::vector<DirectoryEntry> *entries);
};

} // namespace loopscope
