// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/FileTree.h"

#include "io/SystemErrors.h"

#include <QDir>

#include <algorithm>
#include <cerrno>
#include <sys/stat.h>

namespace loopscope {

namespace {

/// As uv_fs_scandir gives them.
void sortByName(std::vector<DirectoryEntry> *entries)
{
    std::sort(entries->begin(), entries->end(), [](const DirectoryEntry &a, const DirectoryEntry &b) { return a.name < b.name; });
}

/// Nothing, or the error with the path at argument 0.
IoResult outcome(int result, const char *syscall, const OperationArguments &arguments)
{
    if (result < 0)
        return {makeIoError(result, QLatin1String(syscall), arguments.path(0)), {}};
    return {};
}

IoResult outcomeOfTwo(int result, const char *syscall, const OperationArguments &arguments)
{
    if (result < 0)
        return {makeIoError(result, QLatin1String(syscall), arguments.path(0), arguments.path(1)), {}};
    return {};
}

/// Of operations on a handle, whose errors name no path.
IoResult outcomeOfHandle(int result, const char *syscall)
{
    if (result < 0)
        return {makeIoError(result, QLatin1String(syscall)), {}};
    return {};
}

IoResult statusResult(const FileStatus &status)
{
    const std::vector<double> fields = {
        static_cast<double>(status.device),
        static_cast<double>(status.mode),
        static_cast<double>(status.links),
        static_cast<double>(status.user),
        static_cast<double>(status.group),
        static_cast<double>(status.specialDevice),
        static_cast<double>(status.blockSize),
        static_cast<double>(status.inode),
        static_cast<double>(status.size),
        static_cast<double>(status.blocks),
        status.accessed,
        status.modified,
        status.changed,
        status.born,
    };
    return {{}, {fields}};
}

QByteArray parentOf(QByteArray path)
{
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    const auto slash = path.lastIndexOf('/');
    if (slash < 0)
        return ".";
    path.truncate(std::max<qsizetype>(slash, 1));
    while (path.size() > 1 && path.endsWith('/'))
        path.chop(1);
    return path;
}

} // namespace

IoResult FileTree::stat(const OperationArguments &arguments)
{
    FileStatus status;
    const int error = m_files.status(arguments.pathBytes(0), true, &status);
    return error < 0 ? outcome(error, "stat", arguments) : statusResult(status);
}

IoResult FileTree::lstat(const OperationArguments &arguments)
{
    FileStatus status;
    const int error = m_files.status(arguments.pathBytes(0), false, &status);
    return error < 0 ? outcome(error, "lstat", arguments) : statusResult(status);
}

IoResult FileTree::fstat(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    FileStatus status;
    const int error = handle < 0 ? -EBADF : m_files.statusOf(handle, &status);
    return error < 0 ? outcomeOfHandle(error, "fstat") : statusResult(status);
}

IoResult FileTree::exists(const OperationArguments &arguments) { return {{}, {m_files.checkAccess(arguments.pathBytes(0), 0) == 0}}; }

IoResult FileTree::access(const OperationArguments &arguments)
{
    return outcome(m_files.checkAccess(arguments.pathBytes(0), arguments.integer(1, 0)), "access", arguments);
}

IoResult FileTree::readdir(const OperationArguments &arguments)
{
    QStringList names;
    const int error = listSorted(arguments.pathBytes(0), arguments.flag(1), &names);
    return error < 0 ? outcome(error, "scandir", arguments) : IoResult{{}, {names}};
}

IoResult FileTree::opendir(const OperationArguments &arguments)
{
    QStringList names;
    const int error = listSorted(arguments.pathBytes(0), true, &names);
    return error < 0 ? outcomeOfHandle(error, "opendir") : IoResult{{}, {names}};
}

int FileTree::listSorted(const QByteArray &folder, bool withTypes, QStringList *names)
{
    std::vector<DirectoryEntry> entries;
    if (const int error = m_files.list(folder, &entries); error < 0)
        return error;
    sortByName(&entries);
    names->reserve(static_cast<qsizetype>(entries.size()));
    for (const DirectoryEntry &entry : entries) {
        const QString name = QString::fromUtf8(entry.name);
        names->append(withTypes ? QChar(u'0' + entryType(folder, entry)) + name : name);
    }
    return 0;
}

int FileTree::entryType(const QByteArray &folder, const DirectoryEntry &entry)
{
    if (entry.type != 0)
        return entry.type;
    // Some file systems do not say what an entry is; Node asks lstat then.
    FileStatus status;
    if (m_files.status(folder + '/' + entry.name, false, &status) < 0)
        return 0;
    return entryTypeOf(status.mode);
}

int FileTree::makeWithParents(const QByteArray &path, quint32 mode, QByteArray *firstMade)
{
    int error = m_files.makeDirectory(path, mode);
    // What may not be looked at may be hidden by a new folder, so its parents are made where that is possible.
    if (error == -ENOENT || error == refusedAccess) {
        const QByteArray parent = parentOf(path);
        if (parent == path || path.isEmpty())
            return error;
        error = makeWithParents(parent, mode, firstMade);
        if (error == -EEXIST)
            return -ENOTDIR;
        if (error < 0)
            return error;
        error = m_files.makeDirectory(path, mode);
    }
    if (error == 0) {
        if (firstMade->isEmpty())
            *firstMade = path;
        return 0;
    }
    if (error != -EEXIST && error != -EISDIR)
        return error;
    FileStatus status;
    const int statError = m_files.status(path, true, &status);
    if (statError < 0)
        return statError;
    return S_ISDIR(status.mode) ? 0 : -EEXIST;
}

IoResult FileTree::mkdir(const OperationArguments &arguments)
{
    const QByteArray path = arguments.pathBytes(0);
    const auto mode = static_cast<quint32>(arguments.integer(1, 0777));
    if (!arguments.flag(2))
        return outcome(m_files.makeDirectory(path, mode), "mkdir", arguments);
    QByteArray firstMade;
    const int error = makeWithParents(path, mode, &firstMade);
    if (error < 0)
        return outcome(error, "mkdir", arguments);
    while (firstMade.size() > 1 && firstMade.endsWith('/'))
        firstMade.chop(1);
    return firstMade.isEmpty() ? IoResult() : IoResult{{}, {QString::fromUtf8(firstMade)}};
}

IoResult FileTree::mkdtemp(const OperationArguments &arguments)
{
    static constexpr char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    constexpr quint64 letterCount = sizeof(letters) - 1;
    constexpr int attempts = 1000;
    const QByteArray prefix = arguments.pathBytes(0);
    int error = -EEXIST;
    const std::scoped_lock lock(m_namesMutex);
    for (int attempt = 0; attempt < attempts && error == -EEXIST; ++attempt) {
        QByteArray path = prefix;
        for (int i = 0; i < 6; ++i)
            path += letters[m_names.next() % letterCount];
        error = m_files.makeDirectory(path, 0700);
        if (error == 0)
            return {{}, {QString::fromUtf8(path)}};
    }
    return {makeIoError(error, QStringLiteral("mkdtemp"), arguments.path(0) + QLatin1String("XXXXXX")), {}};
}

IoResult FileTree::rmdir(const OperationArguments &arguments)
{
    return outcome(m_files.removeDirectory(arguments.pathBytes(0)), "rmdir", arguments);
}

IoResult FileTree::unlink(const OperationArguments &arguments)
{
    return outcome(m_files.removeFile(arguments.pathBytes(0)), "unlink", arguments);
}

IoResult FileTree::removeWithContents(const QByteArray &path)
{
    const auto failed = [&path](int error, const char *syscall) {
        return IoResult{makeIoError(error, QLatin1String(syscall), QString::fromUtf8(path)), {}};
    };
    std::vector<DirectoryEntry> entries;
    if (const int error = m_files.list(path, &entries); error < 0)
        return failed(error, "scandir");
    sortByName(&entries);
    for (const DirectoryEntry &entry : entries) {
        const QByteArray child = path + '/' + entry.name;
        FileStatus status;
        if (const int error = m_files.status(child, false, &status); error < 0)
            return {makeIoError(error, QStringLiteral("lstat"), QString::fromUtf8(child)), {}};
        if (S_ISDIR(status.mode)) {
            IoResult inner = removeWithContents(child);
            if (inner.error.isError())
                return inner;
        } else if (const int error = m_files.removeFile(child); error < 0) {
            return {makeIoError(error, QStringLiteral("unlink"), QString::fromUtf8(child)), {}};
        }
    }
    const int error = m_files.removeDirectory(path);
    return error < 0 ? failed(error, "rmdir") : IoResult();
}

IoResult FileTree::rm(const OperationArguments &arguments)
{
    const bool recursive = arguments.flag(1);
    const bool force = arguments.flag(2);
    FileStatus status;
    const int error = m_files.status(arguments.pathBytes(0), false, &status);
    if (error == -ENOENT && force)
        return {};
    if (error < 0)
        return outcome(error, "lstat", arguments);
    if (!S_ISDIR(status.mode))
        return outcome(m_files.removeFile(arguments.pathBytes(0)), "unlink", arguments);
    return recursive ? removeWithContents(arguments.pathBytes(0)) : outcome(-EISDIR, "rm", arguments);
}

IoResult FileTree::rename(const OperationArguments &arguments)
{
    return outcomeOfTwo(m_files.rename(arguments.pathBytes(0), arguments.pathBytes(1)), "rename", arguments);
}

IoResult FileTree::link(const OperationArguments &arguments)
{
    return outcomeOfTwo(m_files.makeLink(arguments.pathBytes(0), arguments.pathBytes(1)), "link", arguments);
}

IoResult FileTree::symlink(const OperationArguments &arguments)
{
    return outcomeOfTwo(m_files.makeSymbolicLink(arguments.pathBytes(0), arguments.pathBytes(1)), "symlink", arguments);
}

IoResult FileTree::readlink(const OperationArguments &arguments)
{
    QByteArray target;
    const int error = m_files.readLink(arguments.pathBytes(0), &target);
    return error < 0 ? outcome(error, "readlink", arguments) : IoResult{{}, {QString::fromUtf8(target)}};
}

IoResult FileTree::realpath(const OperationArguments &arguments)
{
    // As Node's own: ".." is taken out of the text first, and an error names the first part of the path that is not there.
    QByteArray folder;
    const bool isRelative = !arguments.path(0).startsWith(QLatin1Char('/'));
    if (isRelative) {
        if (const int error = m_files.currentDirectory(&folder); error < 0)
            return {makeIoError(error, QStringLiteral("uv_cwd")), {}};
    }
    const QString path = QDir::cleanPath(QString::fromUtf8(folder) + QLatin1Char('/') + arguments.path(0));
    QByteArray resolved;
    const int failure = m_files.resolve(path.toUtf8(), &resolved);
    if (failure == 0)
        return {{}, {QString::fromUtf8(resolved)}};
    QByteArray base;
    const auto parts = path.split(QLatin1Char('/'), Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        base += '/' + part.toUtf8();
        FileStatus status;
        if (const int error = m_files.status(base, false, &status); error < 0)
            return {makeIoError(error, QStringLiteral("lstat"), QString::fromUtf8(base)), {}};
        if (!S_ISLNK(status.mode))
            continue;
        if (const int error = m_files.status(base, true, &status); error < 0)
            return {makeIoError(error, QStringLiteral("stat"), QString::fromUtf8(base)), {}};
        QByteArray target;
        if (m_files.resolve(base, &target) == 0)
            base = target == "/" ? QByteArray() : target;
    }
    return {makeIoError(failure, QStringLiteral("lstat"), path), {}};
}

IoResult FileTree::realpathNative(const OperationArguments &arguments)
{
    QByteArray resolved;
    const int error = m_files.resolve(arguments.pathBytes(0), &resolved);
    return error < 0 ? outcome(error, "realpath", arguments) : IoResult{{}, {QString::fromUtf8(resolved)}};
}

IoResult FileTree::statfs(const OperationArguments &arguments)
{
    SpaceStatus status;
    const int error = m_files.spaceStatus(arguments.pathBytes(0), &status);
    if (error < 0)
        return outcome(error, "statfs", arguments);
    const std::vector<double> fields = {static_cast<double>(status.type), static_cast<double>(status.blockSize),
        static_cast<double>(status.blocks), static_cast<double>(status.freeBlocks), static_cast<double>(status.availableBlocks),
        static_cast<double>(status.files), static_cast<double>(status.freeFiles)};
    return {{}, {fields}};
}

IoResult FileTree::chmod(const OperationArguments &arguments)
{
    return outcome(m_files.setMode(arguments.pathBytes(0), static_cast<quint32>(arguments.integer(1, 0))), "chmod", arguments);
}

IoResult FileTree::fchmod(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    return outcomeOfHandle(handle < 0 ? -EBADF : m_files.setModeOf(handle, static_cast<quint32>(arguments.integer(1, 0))), "fchmod");
}

IoResult FileTree::chown(const OperationArguments &arguments)
{
    const auto user = static_cast<quint32>(arguments.number(1, 0));
    const auto group = static_cast<quint32>(arguments.number(2, 0));
    return outcome(m_files.setOwner(arguments.pathBytes(0), true, user, group), "chown", arguments);
}

IoResult FileTree::lchown(const OperationArguments &arguments)
{
    const auto user = static_cast<quint32>(arguments.number(1, 0));
    const auto group = static_cast<quint32>(arguments.number(2, 0));
    return outcome(m_files.setOwner(arguments.pathBytes(0), false, user, group), "lchown", arguments);
}

IoResult FileTree::fchown(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    const auto user = static_cast<quint32>(arguments.number(1, 0));
    const auto group = static_cast<quint32>(arguments.number(2, 0));
    return outcomeOfHandle(handle < 0 ? -EBADF : m_files.setOwnerOf(handle, user, group), "fchown");
}

IoResult FileTree::utimes(const OperationArguments &arguments)
{
    return outcome(m_files.setTimes(arguments.pathBytes(0), true, arguments.number(1, 0), arguments.number(2, 0)), "utime", arguments);
}

IoResult FileTree::lutimes(const OperationArguments &arguments)
{
    return outcome(m_files.setTimes(arguments.pathBytes(0), false, arguments.number(1, 0), arguments.number(2, 0)), "lutime", arguments);
}

IoResult FileTree::futimes(const OperationArguments &arguments)
{
    const int handle = m_handles.real(arguments.integer(0, -1));
    return outcomeOfHandle(handle < 0 ? -EBADF : m_files.setTimesOf(handle, arguments.number(1, 0), arguments.number(2, 0)), "futime");
}

} // namespace loopscope
