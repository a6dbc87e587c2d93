// SPDX-FileCopyrightText: 2026 The Loopscope authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "io/FileSystem.h"

#include <QtGlobal>

#include <cerrno>
#include <sys/stat.h>

namespace loopscope {

int entryTypeOf(quint32 mode)
{
    switch (mode & S_IFMT) {
    case S_IFREG:
        return 1;
    case S_IFDIR:
        return 2;
    case S_IFLNK:
        return 3;
    case S_IFIFO:
        return 4;
    case S_IFSOCK:
        return 5;
    case S_IFCHR:
        return 6;
    case S_IFBLK:
        return 7;
    default:
        return 0;
    }
}

int FileSystem::addWatch(const QByteArray &path, FileNotices &notices)
{
    Q_UNUSED(path)
    Q_UNUSED(notices)
    return -ENOSYS;
}

void FileSystem::removeWatch(FileNotices &notices, int number)
{
    Q_UNUSED(notices)
    Q_UNUSED(number)
}

void FileSystem::removeWatches(FileNotices &notices) { Q_UNUSED(notices) }

int FileSystem::useReadable(const QByteArray &path, const std::function<int(const QByteArray &)> &use)
{
    Q_UNUSED(path)
    Q_UNUSED(use)
    return -ENOSYS;
}

} // namespace loopscope
