// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <functional>
#include <vector>

namespace loopscope {

class FileNotices;

/// What stat tells of a file, in Node's order and units (times in ms since 1970, with fractions).
struct FileStatus
{
    quint64 device = 0;
    quint32 mode = 0;
    quint64 links = 0;
    quint32 user = 0;
    quint32 group = 0;
    quint64 specialDevice = 0;
    quint64 blockSize = 0;
    quint64 inode = 0;
    quint64 size = 0;
    quint64 blocks = 0;
    double accessed = 0;
    double modified = 0;
    double changed = 0;
    double born = 0;
};

/// What statfs tells of the file system a path is on.
struct SpaceStatus
{
    quint64 type = 0; ///< a number of linux/magic.h
    quint64 blockSize = 0;
    quint64 blocks = 0;
    quint64 freeBlocks = 0;
    quint64 availableBlocks = 0; ///< to who is not root
    quint64 files = 0;
    quint64 freeFiles = 0;
};

struct DirectoryEntry
{
    QByteArray name;
    int type = 0; ///< UV_DIRENT_*: 0 unknown, 1 file, 2 directory, 3 link, 4 fifo, 5 socket, 6 character device, 7 block device
};

/// What a call gives that the run may not make: no errno. Permissions::takeRefusal() has the error.
constexpr int refusedAccess = -100'000;

/// UV_DIRENT_* of a mode as stat gives it.
int entryTypeOf(quint32 mode);

/// The system calls that file operations are made of. What a script sees as its files goes through here, so that another file system (one
/// in memory over the real one) can take the place of PosixFileSystem.
///
/// Paths are bytes, as the kernel takes them; flags and modes are POSIX numbers. Every call gives a count or handle from 0, or a negative
/// errno; refusedAccess if the run's permissions do not allow it. It may be called on several threads at once.
class FileSystem
{
public:
    virtual ~FileSystem() = default;

    virtual int open(const QByteArray &path, int flags, quint32 mode) = 0;
    virtual int close(int handle) = 0;
    /// Reads up to `length` bytes into `data`; from the current position if `position` is below 0.
    virtual qint64 read(int handle, char *data, qint64 length, qint64 position) = 0;
    virtual qint64 write(int handle, const char *data, qint64 length, qint64 position) = 0;
    virtual int setSize(int handle, qint64 size) = 0;
    virtual int flush(int handle) = 0;

    virtual int status(const QByteArray &path, bool followLinks, FileStatus *status) = 0;
    virtual int statusOf(int handle, FileStatus *status) = 0;
    virtual int setMode(const QByteArray &path, quint32 mode) = 0;
    virtual int setModeOf(int handle, quint32 mode) = 0;
    virtual int setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group) = 0;
    virtual int setOwnerOf(int handle, quint32 user, quint32 group) = 0;
    /// Times in seconds since 1970, with fractions.
    virtual int setTimes(const QByteArray &path, bool followLinks, double accessed, double modified) = 0;
    virtual int setTimesOf(int handle, double accessed, double modified) = 0;
    virtual int checkAccess(const QByteArray &path, int mode) = 0;

    /// Entries in no order, without "." and "..".
    virtual int list(const QByteArray &path, std::vector<DirectoryEntry> *entries) = 0;
    virtual int makeDirectory(const QByteArray &path, quint32 mode) = 0;
    virtual int removeDirectory(const QByteArray &path) = 0;
    virtual int removeFile(const QByteArray &path) = 0;
    virtual int rename(const QByteArray &from, const QByteArray &to) = 0;
    virtual int makeLink(const QByteArray &existing, const QByteArray &path) = 0;
    virtual int makeSymbolicLink(const QByteArray &target, const QByteArray &path) = 0;
    virtual int readLink(const QByteArray &path, QByteArray *target) = 0;
    virtual int resolve(const QByteArray &path, QByteArray *resolved) = 0;

    /// Where relative paths begin.
    virtual int currentDirectory(QByteArray *path) = 0;
    virtual int changeDirectory(const QByteArray &path) = 0;
    /// Access bits that new files and folders do not get (umask); gives those of before.
    virtual quint32 setModeMask(quint32 mask) = 0;
    virtual int spaceStatus(const QByteArray &path, SpaceStatus *status) = 0;

    /// From now on `notices` gets what happens to what is at a path, as of inotify_add_watch with all that libuv asks for: the number of
    /// the watch, which is the same for the same file. Watches of what was removed end by themselves. ENOSYS where the system tells
    /// of changes itself (see useReadable()).
    virtual int addWatch(const QByteArray &path, FileNotices &notices);
    virtual void removeWatch(FileNotices &notices, int number);
    virtual void removeWatches(FileNotices &notices);
    /// Calls `use` with a path of what is at `path`, if it may be read, which leads there whatever becomes of names meanwhile; gives its
    /// result. ENOSYS where files are not the system's.
    virtual int useReadable(const QByteArray &path, const std::function<int(const QByteArray &)> &use);
};

} // namespace loopscope
