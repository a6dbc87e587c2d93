// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/GuardedFileSystem.h"

#include "io/RealFiles.h"

#include <QDir>
#include <QFile>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace loopscope {

namespace {

int asResult(int result) { return result < 0 ? -errno : result; }

/// What the kernel says a descriptor leads to.
QByteArray pathOf(int descriptor)
{
    std::array<char, PATH_MAX> buffer = {};
    const auto length = ::readlink(("/proc/self/fd/" + QByteArray::number(descriptor)).constData(), buffer.data(), buffer.size());
    QByteArray path(buffer.data(), std::max<qsizetype>(length, 0));
    // Its last name was removed meanwhile.
    static const QByteArray removed = " (deleted)";
    if (path.endsWith(removed))
        path.chop(removed.size());
    return path;
}

QByteArray cleaned(const QByteArray &path) { return QFile::encodeName(QDir::cleanPath(QFile::decodeName(path))); }

/// Everything before the last part; "." if that is all.
QByteArray folderPart(const QByteArray &path, QByteArray *last)
{
    qsizetype end = path.size();
    while (end > 0 && path.at(end - 1) == '/')
        --end;
    const qsizetype slash = end == 0 ? -1 : path.lastIndexOf('/', end - 1);
    *last = path.mid(slash + 1);
    return slash < 0 ? QByteArray(".") : slash == 0 ? QByteArray("/") : path.left(slash);
}

} // namespace

GuardedFileSystem::Opened::~Opened()
{
    if (descriptor >= 0)
        ::close(descriptor);
}

bool GuardedFileSystem::isVisible(const QByteArray &path) const
{
    return m_permissions.mayRead(path) || m_permissions.mayWrite(path) || m_permissions.isOnTheWay(path);
}

bool GuardedFileSystem::has(Need need, const QByteArray &path) const
{
    switch (need) {
    case Need::See:
        return isVisible(path);
    case Need::Read:
        return m_permissions.mayRead(path);
    default:
        return m_permissions.mayWrite(path) || Permissions::isHarmlessDevice(path);
    }
}

int GuardedFileSystem::refuse(Need need, const QByteArray &path) const
{
    return Permissions::refuse(need == Need::Write ? Permission::Write : Permission::Read, path);
}

int GuardedFileSystem::openPath(const QByteArray &path, int flags, Opened *opened) const
{
    opened->descriptor = ::open(path.constData(), O_PATH | O_CLOEXEC | flags);
    if (opened->descriptor < 0)
        return -errno;
    opened->path = pathOf(opened->descriptor);
    return 0;
}

int GuardedFileSystem::failureAt(const QByteArray &path, int error) const
{
    QByteArray last;
    QByteArray folder = path;
    do {
        const QByteArray before = folder;
        folder = folderPart(folder, &last);
        Opened opened;
        if (openPath(folder, O_DIRECTORY, &opened) == 0)
            return isVisible(opened.path) ? error
                                          : refuse(Need::Read, cleaned(opened.path + '/' + path.mid(folder == "." ? 0 : folder.size())));
        if (folder == before)
            break;
    } while (folder != "/" && folder != ".");
    return error;
}

int GuardedFileSystem::reach(const QByteArray &path, bool followLinks, Need need, Opened *opened) const
{
    const int error = openPath(path, followLinks ? 0 : O_NOFOLLOW, opened);
    if (error < 0)
        return path.isEmpty() ? error : failureAt(path, error);
    return has(need, opened->path) ? 0 : refuse(need, opened->path);
}

int GuardedFileSystem::nameIn(const QByteArray &path, Name *name) const
{
    if (path.isEmpty())
        return -ENOENT;
    const QByteArray folder = folderPart(path, &name->last);
    if (const int error = openPath(folder, O_DIRECTORY, &name->folder); error < 0)
        return failureAt(path, error);
    name->path = cleaned(name->folder.path + '/' + name->last);
    return 0;
}

int GuardedFileSystem::writableName(const QByteArray &path, Name *name) const
{
    if (const int error = nameIn(path, name); error < 0)
        return error;
    return m_permissions.mayWrite(name->path) ? 0 : refuse(Need::Write, name->path);
}

int GuardedFileSystem::createFile(const QByteArray &path, int flags, quint32 mode)
{
    constexpr int mostLinks = 40; // as Linux
    QByteArray next = path;
    for (int links = 0; links <= mostLinks; ++links) {
        Name name;
        if (const int error = nameIn(next, &name); error < 0)
            return error;
        std::array<char, PATH_MAX> target = {};
        const auto length = ::readlinkat(name.folder.descriptor, name.last.constData(), target.data(), target.size());
        const bool follows = length > 0 && (flags & (O_EXCL | O_NOFOLLOW)) == 0;
        if (!follows) {
            if (!m_permissions.mayWrite(name.path))
                return refuse(Need::Write, name.path);
            return asResult(::openat(name.folder.descriptor, name.last.constData(), flags | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode));
        }
        const QByteArray to(target.data(), length);
        next = to.startsWith('/') ? to : name.folder.path + '/' + to;
    }
    return -ELOOP;
}

int GuardedFileSystem::open(const QByteArray &path, int flags, quint32 mode)
{
    int streamFlags = 0;
    if (const int stream = openOwnStream(path, &streamFlags); stream != -ENOENT)
        return stream;
    const bool creates = (flags & O_CREAT) != 0;
    const bool writes = (flags & O_ACCMODE) != O_RDONLY || (flags & (O_TRUNC | O_CREAT)) != 0;
    const bool isExclusive = creates && (flags & O_EXCL) != 0;
    if ((flags & O_TMPFILE) == O_TMPFILE)
        return -EOPNOTSUPP;
    if (isExclusive)
        return createFile(path, flags, mode);
    Opened opened;
    const int error = openPath(path, flags & (O_NOFOLLOW | O_DIRECTORY), &opened);
    if (error == -ENOENT && creates)
        return createFile(path, flags, mode);
    if (error < 0)
        return path.isEmpty() ? error : failureAt(path, error);
    if (writes && !has(Need::Write, opened.path))
        return refuse(Need::Write, opened.path);
    if ((flags & O_ACCMODE) != O_WRONLY && !has(Need::Read, opened.path))
        return refuse(Need::Read, opened.path);
    if (creates && path.endsWith('/'))
        return -EISDIR;
    struct stat kind = {};
    const bool isLink = ::fstat(opened.descriptor, &kind) == 0 && S_ISLNK(kind.st_mode);
    const bool isFolder = S_ISDIR(kind.st_mode);
    if (isLink)
        return -ELOOP; // with O_NOFOLLOW only
    if (creates && isFolder)
        return -EISDIR;
    return m_system.open(opened.link(), flags & ~(O_CREAT | O_NOFOLLOW), mode);
}

int GuardedFileSystem::status(const QByteArray &path, bool followLinks, FileStatus *status)
{
    Opened opened;
    const int error = reach(path, followLinks, Need::See, &opened);
    return error < 0 ? error : m_system.statusOf(opened.descriptor, status);
}

int GuardedFileSystem::setMode(const QByteArray &path, quint32 mode)
{
    Opened opened;
    const int error = reach(path, true, Need::Write, &opened);
    return error < 0 ? error : m_system.setMode(opened.link(), mode);
}

int GuardedFileSystem::checkHandle(int handle) const
{
    const QByteArray path = pathOf(handle);
    return handle < 0 || has(Need::Write, path) ? 0 : refuse(Need::Write, path);
}

int GuardedFileSystem::setModeOf(int handle, quint32 mode)
{
    const int error = checkHandle(handle);
    return error < 0 ? error : m_system.setModeOf(handle, mode);
}

int GuardedFileSystem::setOwner(const QByteArray &path, bool followLinks, quint32 user, quint32 group)
{
    Opened opened;
    if (const int error = reach(path, followLinks, Need::Write, &opened); error < 0)
        return error;
    return asResult(::fchownat(opened.descriptor, "", user, group, AT_EMPTY_PATH));
}

int GuardedFileSystem::setOwnerOf(int handle, quint32 user, quint32 group)
{
    const int error = checkHandle(handle);
    return error < 0 ? error : m_system.setOwnerOf(handle, user, group);
}

int GuardedFileSystem::setTimes(const QByteArray &path, bool followLinks, double accessed, double modified)
{
    Opened opened;
    if (const int error = reach(path, followLinks, Need::Write, &opened); error < 0)
        return error;
    // Follows the one link that leads to what was opened, and no further.
    return m_system.setTimes(opened.link(), true, accessed, modified);
}

int GuardedFileSystem::setTimesOf(int handle, double accessed, double modified)
{
    const int error = checkHandle(handle);
    return error < 0 ? error : m_system.setTimesOf(handle, accessed, modified);
}

int GuardedFileSystem::checkAccess(const QByteArray &path, int mode)
{
    Opened opened;
    if (const int error = reach(path, true, Need::See, &opened); error < 0)
        return error;
    if ((mode & W_OK) != 0 && !has(Need::Write, opened.path))
        return refuse(Need::Write, opened.path);
    return m_system.checkAccess(opened.link(), mode);
}

int GuardedFileSystem::list(const QByteArray &path, std::vector<DirectoryEntry> *entries)
{
    Opened opened;
    const int error = reach(path, true, Need::Read, &opened);
    return error < 0 ? error : m_system.list(opened.link(), entries);
}

int GuardedFileSystem::makeDirectory(const QByteArray &path, quint32 mode)
{
    Name name;
    const int error = writableName(path, &name);
    return error < 0 ? error : asResult(::mkdirat(name.folder.descriptor, name.last.constData(), mode));
}

int GuardedFileSystem::removeDirectory(const QByteArray &path)
{
    Name name;
    const int error = writableName(path, &name);
    return error < 0 ? error : asResult(::unlinkat(name.folder.descriptor, name.last.constData(), AT_REMOVEDIR));
}

int GuardedFileSystem::removeFile(const QByteArray &path)
{
    Name name;
    const int error = writableName(path, &name);
    return error < 0 ? error : asResult(::unlinkat(name.folder.descriptor, name.last.constData(), 0));
}

int GuardedFileSystem::rename(const QByteArray &from, const QByteArray &to)
{
    Name source;
    Name target;
    if (const int error = writableName(from, &source); error < 0)
        return error;
    if (const int error = writableName(to, &target); error < 0)
        return error;
    return asResult(::renameat(source.folder.descriptor, source.last.constData(), target.folder.descriptor, target.last.constData()));
}

int GuardedFileSystem::makeLink(const QByteArray &existing, const QByteArray &path)
{
    Name source;
    Name target;
    // Whoever may write to one of the names of a file may write to all.
    if (const int error = writableName(existing, &source); error < 0)
        return error;
    if (const int error = writableName(path, &target); error < 0)
        return error;
    return asResult(::linkat(source.folder.descriptor, source.last.constData(), target.folder.descriptor, target.last.constData(), 0));
}

int GuardedFileSystem::makeSymbolicLink(const QByteArray &target, const QByteArray &path)
{
    Name name;
    const int error = writableName(path, &name);
    return error < 0 ? error : asResult(::symlinkat(target.constData(), name.folder.descriptor, name.last.constData()));
}

int GuardedFileSystem::readLink(const QByteArray &path, QByteArray *target)
{
    Opened opened;
    if (const int error = reach(path, false, Need::See, &opened); error < 0)
        return error;
    std::array<char, PATH_MAX> buffer = {};
    const auto length = ::readlinkat(opened.descriptor, "", buffer.data(), buffer.size());
    if (length < 0)
        return errno == ENOENT ? -EINVAL : -errno; // of what is no link
    *target = QByteArray(buffer.data(), length);
    return 0;
}

int GuardedFileSystem::resolve(const QByteArray &path, QByteArray *resolved)
{
    Opened opened;
    const int error = reach(path, true, Need::See, &opened);
    if (error == 0)
        *resolved = opened.path;
    return error;
}

int GuardedFileSystem::changeDirectory(const QByteArray &path)
{
    Opened opened;
    const int error = reach(path, true, Need::See, &opened);
    return error < 0 ? error : asResult(::fchdir(opened.descriptor));
}

int GuardedFileSystem::spaceStatus(const QByteArray &path, SpaceStatus *status)
{
    Opened opened;
    const int error = reach(path, true, Need::See, &opened);
    return error < 0 ? error : m_system.spaceStatus(opened.link(), status);
}

int GuardedFileSystem::useReadable(const QByteArray &path, const std::function<int(const QByteArray &)> &use)
{
    Opened opened;
    const int error = reach(path, true, Need::Read, &opened);
    return error < 0 ? error : use(opened.link());
}

std::unique_ptr<FileSystem> makeRealFiles(const Permissions &permissions)
{
    if (permissions.allowsAllFiles())
        return std::make_unique<PosixFileSystem>();
    return std::make_unique<GuardedFileSystem>(permissions);
}

} // namespace loopscope
