// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/SystemErrors.h"

#include <algorithm>
#include <array>
#include <cerrno>

namespace loopscope {

namespace {

struct Entry
{
    int number;
    const char *code;
    const char *description;
};

constexpr std::array entries = {
    Entry{E2BIG, "E2BIG", "argument list too long"},
    Entry{EACCES, "EACCES", "permission denied"},
    Entry{EAGAIN, "EAGAIN", "resource temporarily unavailable"},
    Entry{EBADF, "EBADF", "bad file descriptor"},
    Entry{EBUSY, "EBUSY", "resource busy or locked"},
    Entry{EEXIST, "EEXIST", "file already exists"},
    Entry{EFAULT, "EFAULT", "bad address in system call argument"},
    Entry{EFBIG, "EFBIG", "file too large"},
    Entry{EINTR, "EINTR", "interrupted system call"},
    Entry{EINVAL, "EINVAL", "invalid argument"},
    Entry{EIO, "EIO", "i/o error"},
    Entry{EISDIR, "EISDIR", "illegal operation on a directory"},
    Entry{ELOOP, "ELOOP", "too many symbolic links encountered"},
    Entry{EMFILE, "EMFILE", "too many open files"},
    Entry{EMLINK, "EMLINK", "too many links"},
    Entry{ENAMETOOLONG, "ENAMETOOLONG", "name too long"},
    Entry{ENFILE, "ENFILE", "file table overflow"},
    Entry{ENODEV, "ENODEV", "no such device"},
    Entry{ENOENT, "ENOENT", "no such file or directory"},
    Entry{ENOMEM, "ENOMEM", "not enough memory"},
    Entry{ENOSPC, "ENOSPC", "no space left on device"},
    Entry{ENOSYS, "ENOSYS", "function not implemented"},
    Entry{ENOTDIR, "ENOTDIR", "not a directory"},
    Entry{ENOTEMPTY, "ENOTEMPTY", "directory not empty"},
    Entry{ENOTSUP, "ENOTSUP", "operation not supported on socket"},
    Entry{ENOTTY, "ENOTTY", "inappropriate ioctl for device"},
    Entry{ENXIO, "ENXIO", "no such device or address"},
    Entry{EOVERFLOW, "EOVERFLOW", "value too large for defined data type"},
    Entry{EPERM, "EPERM", "operation not permitted"},
    Entry{EPIPE, "EPIPE", "broken pipe"},
    Entry{ERANGE, "ERANGE", "result too large"},
    Entry{EROFS, "EROFS", "read-only file system"},
    Entry{ESPIPE, "ESPIPE", "invalid seek"},
    Entry{ESRCH, "ESRCH", "no such process"},
    Entry{ETXTBSY, "ETXTBSY", "text file is busy"},
    Entry{EXDEV, "EXDEV", "cross-device link not permitted"},
};

} // namespace

SystemErrorName systemErrorName(int negativeErrno)
{
    const auto entry =
        std::find_if(entries.begin(), entries.end(), [negativeErrno](const Entry &known) { return known.number == -negativeErrno; });
    if (entry == entries.end())
        return {QStringLiteral("UNKNOWN"), QStringLiteral("unknown error")};
    return {QString::fromLatin1(entry->code), QString::fromLatin1(entry->description)};
}

IoError makeIoError(int negativeErrno, const QString &syscall, const QString &path, const QString &destination)
{
    SystemErrorName name = systemErrorName(negativeErrno);
    IoError error;
    error.code = std::move(name.code);
    error.errorNumber = negativeErrno;
    error.description = std::move(name.description);
    error.syscall = syscall;
    error.path = path;
    error.destination = destination;
    return error;
}

} // namespace loopscope
