// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/RealFiles.h"

#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <linux/openat2.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace loopscope {

int openWithoutLinks(const QByteArray &path, int flags, quint32 mode)
{
    struct open_how how = {};
    how.flags = static_cast<quint64>(flags | O_CLOEXEC);
    how.mode = (flags & O_CREAT) != 0 ? mode : 0;
    how.resolve = RESOLVE_NO_SYMLINKS;
    const long descriptor = ::syscall(SYS_openat2, AT_FDCWD, path.constData(), &how, sizeof(how));
    if (descriptor >= 0)
        return static_cast<int>(descriptor);
    // Kernels before 5.6 do not know it, and some sandboxes do not let it through.
    if (errno != ENOSYS && errno != EPERM)
        return -errno;
    const int opened = ::open(path.constData(), flags | O_CLOEXEC | O_NOFOLLOW, static_cast<mode_t>(mode));
    if (opened < 0)
        return -errno;
    std::array<char, PATH_MAX> real = {};
    const auto length = ::readlink(("/proc/self/fd/" + QByteArray::number(opened)).constData(), real.data(), real.size());
    if (length < 0 || QByteArray(real.data(), length) != path) {
        ::close(opened);
        return -ELOOP;
    }
    return opened;
}

int openOwnStream(const QByteArray &path, int *flags)
{
    static const std::array<QByteArray, 3> names = {"/dev/stdin", "/dev/stdout", "/dev/stderr"};
    constexpr int firstFree = 3;
    for (int stream = 0; stream < firstFree; ++stream) {
        const QByteArray number = QByteArray::number(stream);
        if (path != names[static_cast<std::size_t>(stream)] && path != "/dev/fd/" + number && path != "/proc/self/fd/" + number)
            continue;
        *flags = stream == 0 ? O_RDONLY : O_WRONLY;
        const int descriptor = ::fcntl(stream, F_DUPFD_CLOEXEC, firstFree);
        return descriptor < 0 ? -errno : descriptor;
    }
    return -ENOENT;
}

int RealFiles::status(const QByteArray &path, FileStatus *status)
{
    const int error = m_system.status(path, false, status);
    // That a name does not exist in a folder which may be passed is no secret.
    if (error == -ENOENT || isVisible(path))
        return error;
    return Permissions::refuse(Permission::Read, path);
}

int RealFiles::open(const QByteArray &path, int flags)
{
    if (!m_permissions.mayRead(path))
        return Permissions::refuse(Permission::Read, path);
    FileStatus status;
    if (const int error = m_system.status(path, false, &status); error < 0)
        return error;
    const bool isRegular = S_ISREG(status.mode) || S_ISDIR(status.mode);
    const bool writes = (flags & O_ACCMODE) != O_RDONLY;
    if (writes && (isRegular || !Permissions::isHarmlessDevice(path)))
        return Permissions::refuse(Permission::Write, path);
    return openWithoutLinks(path, flags & (O_ACCMODE | O_APPEND | O_NONBLOCK | O_DIRECTORY));
}

int RealFiles::list(const QByteArray &path, std::vector<DirectoryEntry> *entries)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY);
    if (descriptor < 0)
        return descriptor;
    const int error = m_system.listOf(descriptor, entries);
    return error;
}

int RealFiles::readLink(const QByteArray &path, QByteArray *target)
{
    return isVisible(path) ? m_system.readLink(path, target) : Permissions::refuse(Permission::Read, path);
}

} // namespace loopscope
