// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/PosixFileSystem.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cmath>
#include <cstdlib>
#include <dirent.h>
#include <fcntl.h>
#include <memory>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/sysmacros.h>
#include <unistd.h>

namespace loopscope {

namespace {

/// What the call gave, or the negative errno. Calls that a signal interrupted are made again.
template<typename Call>
auto checked(Call call) -> decltype(call())
{
    auto result = call();
    while (result < 0 && errno == EINTR)
        result = call();
    return result < 0 ? static_cast<decltype(result)>(-errno) : result;
}

double milliseconds(const struct statx_timestamp &moment)
{
    return static_cast<double>(moment.tv_sec) * 1000.0 + static_cast<double>(moment.tv_nsec) / 1e6;
}

int readStatus(int handle, const char *path, int flags, FileStatus *status)
{
    struct statx kernel = {};
    const int error = checked([&] { return ::statx(handle, path, flags, STATX_BASIC_STATS | STATX_BTIME, &kernel); });
    if (error < 0)
        return error;
    status->device = makedev(kernel.stx_dev_major, kernel.stx_dev_minor);
    status->mode = kernel.stx_mode;
    status->links = kernel.stx_nlink;
    status->user = kernel.stx_uid;
    status->group = kernel.stx_gid;
    status->specialDevice = makedev(kernel.stx_rdev_major, kernel.stx_rdev_minor);
    status->blockSize = kernel.stx_blksize;
    status->inode = kernel.stx_ino;
    status->size = kernel.stx_size;
    status->blocks = kernel.stx_blocks;
    status->accessed = milliseconds(kernel.stx_atime);
    status->modified = milliseconds(kernel.stx_mtime);
    status->changed = milliseconds(kernel.stx_ctime);
    status->born = milliseconds(kernel.stx_btime);
    return 0;
}

std::array<timespec, 2> timePair(double accessed, double modified)
{
    const auto split = [](double seconds) {
        const double whole = std::floor(seconds);
        // libuv keeps microseconds only; so do we, or stat would show other fractions than under Node.
        const auto microseconds = static_cast<long>((seconds - whole) * 1e6);
        return timespec{static_cast<time_t>(whole), microseconds * 1000};
    };
    return {split(accessed), split(modified)};
}

int entryType(unsigned char kind)
{
    switch (kind) {
    case DT_REG:
        return 1;
    case DT_DIR:
        return 2;
    case DT_LNK:
        return 3;
    case DT_FIFO:
        return 4;
    case DT_SOCK:
        return 5;
    case DT_CHR:
        return 6;
    case DT_BLK:
        return 7;
    default:
        return 0;
    }
}

} // namespace

int PosixFileSystem::open(const QByteArray &path, int flags, quint32 mode)
{
    return checked([&] { return ::open(path.constData(), flags | O_CLOEXEC, static_cast<mode_t>(mode)); });
}

int PosixFileSystem::close(int handle)
{
    // Not made again after EINTR: the handle is closed all the same on Linux.
    return ::close(handle) < 0 && errno != EINTR ? -errno : 0;
}

qint64 PosixFileSystem::read(int handle, char *data, qint64 length, qint64 position)
{
    const auto count = static_cast<std::size_t>(length);
    return checked([&]() -> qint64 {
        return position < 0 ? ::read(handle, data, count) : ::pread(handle, data, count, static_cast<off_t>(position));
    });
}

qint64 PosixFileSystem::write(int handle, const char *data, qint64 length, qint64 position)
{
    const auto count = static_cast<std::size_t>(length);
    return checked([&]() -> qint64 {
        return position < 0 ? ::write(handle, data, count) : ::pwrite(handle, data, count, static_cast<off_t>(position));
    });
}

int PosixFileSystem::setSize(int handle, qint64 size)
{
    return checked([&] { return ::ftruncate(handle, static_cast<off_t>(size)); });
}

int PosixFileSystem::flush(int handle)
{
    return checked([&] { return ::fsync(handle); });
}

int PosixFileSystem::status(const QByteArray &path, bool followLinks, FileStatus *status)
{
    return readStatus(AT_FDCWD, path.constData(), followLinks ? 0 : AT_SYMLINK_NOFOLLOW, status);
}

int PosixFileSystem::statusOf(int handle, FileStatus *status) { return readStatus(handle, "", AT_EMPTY_PATH, status); }

int PosixFileSystem::setMode(const QByteArray &path, quint32 mode)
{
    return checked([&] { return ::chmod(path.constData(), static_cast<mode_t>(mode)); });
}

int PosixFileSystem::setModeOf(int handle, quint32 mode)
{
    return checked([&] { return ::fchmod(handle, static_cast<mode_t>(mode)); });
}

int PosixFileSystem::setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group)
{
    return checked([&] { return ::fchownat(AT_FDCWD, path.constData(), user, group, followLinks ? 0 : AT_SYMLINK_NOFOLLOW); });
}

int PosixFileSystem::setOwnerOf(int handle, quint32 user, quint32 group)
{
    return checked([&] { return ::fchown(handle, user, group); });
}

int PosixFileSystem::setTimes(const QByteArray &path, bool followLinks, double accessed, double modified)
{
    const auto times = timePair(accessed, modified);
    return checked([&] { return ::utimensat(AT_FDCWD, path.constData(), times.data(), followLinks ? 0 : AT_SYMLINK_NOFOLLOW); });
}

int PosixFileSystem::setTimesOf(int handle, double accessed, double modified)
{
    const auto times = timePair(accessed, modified);
    return checked([&] { return ::futimens(handle, times.data()); });
}

int PosixFileSystem::checkAccess(const QByteArray &path, int mode)
{
    return checked([&] { return ::access(path.constData(), mode); });
}

int PosixFileSystem::list(const QByteArray &path, std::vector<DirectoryEntry> *entries)
{
    const int descriptor = open(path, O_RDONLY | O_DIRECTORY, 0);
    return descriptor < 0 ? descriptor : listOf(descriptor, entries);
}

int PosixFileSystem::listOf(int descriptor, std::vector<DirectoryEntry> *entries)
{
    const std::unique_ptr<DIR, int (*)(DIR *)> directory(::fdopendir(descriptor), &::closedir);
    if (!directory) {
        const int error = -errno;
        ::close(descriptor);
        return error;
    }
    errno = 0;
    while (const dirent *entry = ::readdir(directory.get())) {
        const QByteArray name(entry->d_name);
        if (name != "." && name != "..")
            entries->push_back({name, entryType(entry->d_type)});
        errno = 0;
    }
    return -errno;
}

int PosixFileSystem::makeDirectory(const QByteArray &path, quint32 mode)
{
    return checked([&] { return ::mkdir(path.constData(), static_cast<mode_t>(mode)); });
}

int PosixFileSystem::removeDirectory(const QByteArray &path)
{
    return checked([&] { return ::rmdir(path.constData()); });
}

int PosixFileSystem::removeFile(const QByteArray &path)
{
    return checked([&] { return ::unlink(path.constData()); });
}

int PosixFileSystem::rename(const QByteArray &from, const QByteArray &to)
{
    return checked([&] { return ::rename(from.constData(), to.constData()); });
}

int PosixFileSystem::makeLink(const QByteArray &existing, const QByteArray &path)
{
    return checked([&] { return ::link(existing.constData(), path.constData()); });
}

int PosixFileSystem::makeSymbolicLink(const QByteArray &target, const QByteArray &path)
{
    return checked([&] { return ::symlink(target.constData(), path.constData()); });
}

int PosixFileSystem::readLink(const QByteArray &path, QByteArray *target)
{
    std::array<char, PATH_MAX> buffer = {};
    const auto length = checked([&] { return ::readlink(path.constData(), buffer.data(), buffer.size()); });
    if (length < 0)
        return static_cast<int>(length);
    *target = QByteArray(buffer.data(), length);
    return 0;
}

int PosixFileSystem::resolve(const QByteArray &path, QByteArray *resolved)
{
    const std::unique_ptr<char, void (*)(void *)> found(::realpath(path.constData(), nullptr), &::free);
    if (!found)
        return -errno;
    *resolved = QByteArray(found.get());
    return 0;
}

int PosixFileSystem::currentDirectory(QByteArray *path)
{
    const std::unique_ptr<char, void (*)(void *)> found(::getcwd(nullptr, 0), &::free);
    if (!found)
        return -errno;
    *path = QByteArray(found.get());
    return 0;
}

int PosixFileSystem::changeDirectory(const QByteArray &path)
{
    return checked([&] { return ::chdir(path.constData()); });
}

quint32 PosixFileSystem::setModeMask(quint32 mask) { return ::umask(static_cast<mode_t>(mask)); }

int PosixFileSystem::spaceStatus(const QByteArray &path, SpaceStatus *status)
{
    struct statfs kernel = {};
    const int error = checked([&] { return ::statfs(path.constData(), &kernel); });
    if (error < 0)
        return error;
    *status = {static_cast<quint64>(kernel.f_type), static_cast<quint64>(kernel.f_bsize), kernel.f_blocks, kernel.f_bfree, kernel.f_bavail,
        kernel.f_files, kernel.f_ffree};
    return 0;
}

} // namespace loopscope
