// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "io/FileContents.h"
#include "io/FileSystem.h"
#include "io/FileTree.h"
#include "io/HandleTable.h"

namespace loopscope {

/// Carries out the operations of Node's `fs` on a FileSystem, by name.
///
/// Arguments by position; `?` may be left out (or null). A path is text or bytes; `fd` is a number of our own (HandleTable); a flag is a
/// string of Node's table or a number; data is bytes or text (UTF-8); times are seconds since 1970. What is not given gives nothing back.
///
///     readFile(path | fd, flag?) -> bytes          writeFile(path | fd, data, flag?, mode?)    appendFile(path | fd, data, flag?, mode?)
///     open(path, flag?, mode?) -> fd               close(fd)                                   copyFile(from, to, mode?)
///     read(fd, length, position | -1) -> bytes     write(fd, data, position | -1) -> count     truncate(path, size)   ftruncate(fd, size)
///     fsync(fd)   fdatasync(fd)
///     stat(path) -> status   lstat(path) -> status   fstat(fd) -> status   exists(path) -> bool   access(path, mode?)
///     readdir(path, withTypes?) -> names, sorted by bytes as libuv does; with types, each name is preceded by one digit, its
///         UV_DIRENT_* (0 unknown, 1 file, 2 directory, 3 link, 4 fifo, 5 socket, 6 character device, 7 block device)
///     opendir(path) -> names with types, as readdir gives them; differs in its error, which is of "opendir" and names no path
///     mkdir(path, mode?, recursive?) -> first folder made, if recursive and any     mkdtemp(prefix) -> path     rmdir(path)
///     unlink(path)   rm(path, recursive?, force?)   rename(from, to)   link(existing, path)   symlink(target, path)
///     readlink(path) -> text   realpath(path) -> text   realpathNative(path) -> text
///     chmod(path, mode)   fchmod(fd, mode)   chown, lchown(path, user, group)   fchown(fd, user, group)
///     statfs(path) -> [type, bsize, blocks, bfree, bavail, files, ffree]
///     utimes, lutimes(path, accessed, modified)   futimes(fd, accessed, modified)
///
/// A status is 14 numbers: [dev, mode, nlink, uid, gid, rdev, blksize, ino, size, blocks, atimeMs, mtimeMs, ctimeMs, birthtimeMs].
/// Errors are those of Node 20 on Linux: code, errno, libuv's words, the syscall name Node reports (open, scandir, copyfile, utime, ...),
/// path and destination. Any thread. `rm` of a folder without `recursive` is EISDIR of "rm": Node's ERR_FS_EISDIR is made in JavaScript.
class FileOperations
{
public:
    /// `files` has to live longer.
    explicit FileOperations(FileSystem &files, quint64 seed = 1);
    ~FileOperations();

    static bool knows(const QString &name);
    /// An operation it does not know fails with ENOSYS.
    IoResult perform(const IoOperation &operation);
    /// The system's number behind one of the script's; -1 if it has none.
    int descriptorOf(int number) const { return m_handles.real(number); }

private:
    struct Entry;
    static const Entry *find(const QString &name);

    FileSystem &m_files;
    HandleTable m_handles;
    FileContents m_contents;
    FileTree m_tree;
};

} // namespace loopscope
